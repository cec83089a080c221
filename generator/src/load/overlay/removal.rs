//! Actions that remove values.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::overlay::Document;
use crate::pointer::Pointer;

impl Document<'_> {
    /// Removes the values at `targets` from the objects and lists that contain them. `place` is the action.
    pub(super) fn remove(&mut self, targets: Vec<Pointer>, place: &Pointer, findings: &mut Findings) {
        let mut containers: BTreeMap<Pointer, BTreeSet<String>> = BTreeMap::new();
        for target in targets {
            match target.parent().zip(target.last()) {
                Some((container, name)) => _ = containers.entry(container).or_default().insert(name),
                None => {
                    let message = "The target is the whole document, which cannot be removed.";
                    findings.add(Code::Shape, &place.join("target"), message, "Select the parts to remove.");
                }
            }
        }
        // The innermost containers first: a removal from a list moves the later items, and everything in them.
        let mut containers: Vec<_> = containers.into_iter().collect();
        containers.sort_by_cached_key(|(container, _)| std::cmp::Reverse(container.tokens().count()));
        for (container, names) in containers {
            match self.raw.pointer_mut(container.as_str()) {
                Some(Value::Object(members)) => {
                    self.limits.count_removal(&container, members.len(), 0);
                    members.retain(|name, _| !names.contains(name));
                    names.iter().for_each(|name| self.origins.remove(&container.join(name)));
                }
                Some(Value::Array(items)) => {
                    let removed: BTreeSet<usize> = names.iter().filter_map(|name| name.parse().ok()).collect();
                    let first = removed.first().copied().unwrap_or_default();
                    self.limits.count_removal(&container, items.len(), items.len().saturating_sub(first));
                    self.origins.remove_items(&container, &removed, items.len());
                    let mut index = 0..;
                    items.retain(|_| index.next().is_none_or(|index| !removed.contains(&index)));
                }
                _ => {}
            }
        }
    }
}
