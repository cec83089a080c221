//! Actions that add to values, or replace them.

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::load::overlay::Document;
use crate::load::overlay::origins::Origins;
use crate::pointer::Pointer;

impl Document<'_> {
    /// Merges `update` into the object at `target`, or appends it to the list at `target`. `from` are the overlay and the place of
    /// `update` in it.
    pub(super) fn update(
        &mut self,
        target: &Pointer,
        update: &Value,
        (file, place): (&str, &Pointer),
        findings: &mut Findings,
    ) {
        let Some(value) = self.raw.pointer_mut(target.as_str()) else { return };
        let mut merge = Merge { origins: &mut self.origins, file };
        match (value, update) {
            (Value::Object(members), Value::Object(update)) => merge.merge_members(members, update, target, place),
            (Value::Array(items), update) => merge.append(items, update, target, place),
            (Value::Object(_), _) => {
                let message = "The target is an object, so `update` must be an object with the members to add.";
                findings.add(Code::Shape, place, message, "Write the members that are added.");
            }
            _ => {
                let message =
                    format!("The target `{target}` is neither an object nor a list, so nothing can be added to it.");
                let remedy = "Select the object around the value, and write the member with its new value in `update`.";
                findings.add(Code::Shape, &place.parent().unwrap_or_default().join("target"), message, remedy);
            }
        }
    }
}

/// A merge of the `update` of one action into the document.
struct Merge<'m> {
    origins: &'m mut Origins,
    /// The overlay.
    file: &'m str,
}

impl Merge<'_> {
    /// Merges `update` into the object at `here`. Objects are merged, lists are joined, and other values are replaced. `there` is
    /// the place of `update` in the overlay.
    fn merge_members(
        &mut self,
        members: &mut Map<String, Value>,
        update: &Map<String, Value>,
        here: &Pointer,
        there: &Pointer,
    ) {
        for (name, added) in update {
            let (here, there) = (here.join(name), there.join(name));
            match (members.get_mut(name), added) {
                (Some(Value::Object(members)), Value::Object(added)) => {
                    self.merge_members(members, added, &here, &there);
                }
                (Some(Value::Array(items)), Value::Array(added)) => {
                    for (index, item) in added.iter().enumerate() {
                        self.append(items, item, &here, &there.join(index));
                    }
                }
                _ => {
                    self.origins.replace(&here, self.file, &there);
                    members.insert(name.clone(), added.clone());
                }
            }
        }
    }

    /// Appends `item` to the list at `here`. `there` is the place of `item` in the overlay.
    fn append(&mut self, items: &mut Vec<Value>, item: &Value, here: &Pointer, there: &Pointer) {
        self.origins.replace(&here.join(items.len()), self.file, there);
        items.push(item.clone());
    }
}
