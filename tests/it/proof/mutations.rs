//! Changes of documents: for each fact, a document in which it is changed, dropped, or another one is added.

mod content;
mod keywords;
mod structure;

use copperplate::finding::Finding;
use copperplate::pointer::Pointer;
use serde_yaml::{Mapping, Value};

/// A change of a document.
pub struct Mutation {
    /// What was changed.
    pub what: String,
    /// The value that was changed, in the document before the change.
    pub place: Pointer,
    /// The value that the finding may be about: within it, or around it by at most two levels.
    pub reported: Pointer,
    /// The document after the change.
    pub document: Value,
}

impl Mutation {
    /// Returns whether the finding is about the changed value: at it, within it, or at the object that has it.
    pub fn fits(&self, finding: &Finding) -> bool {
        let around = std::iter::successors(Some(self.reported.clone()), Pointer::parent).take(4);
        let mut around = around.filter(|pointer| pointer.as_str().len() > 1);
        finding.pointer.is_within(&self.reported) || around.any(|pointer| pointer == finding.pointer)
    }
}

/// Returns all changes of a document.
pub fn of(document: &Value) -> Vec<Mutation> {
    let mut mutations = Vec::new();
    let mut walk = |place: &Pointer, value: &Value| {
        keywords::collect(document, place, value, &mut mutations);
        structure::collect(document, place, value, &mut mutations);
        content::collect(document, place, value, &mut mutations);
    };
    visit(document, &Pointer::root(), &mut walk);
    content::collect_whole(document, &mut mutations);
    mutations
}

fn visit(value: &Value, place: &Pointer, walk: &mut dyn FnMut(&Pointer, &Value)) {
    walk(place, value);
    match value {
        Value::Mapping(members) => {
            for (name, value) in members {
                let name = text(name);
                let is_opaque =
                    ["x-examples", "examples", "example", "x-acknowledge", "x-overload", "x-error", "x-failure"];
                if !is_opaque.contains(&name.as_str()) {
                    visit(value, &place.join(name), walk);
                }
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                visit(item, &place.join(index), walk);
            }
        }
        _ => {}
    }
}

/// Returns the text of a key.
pub fn text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        other => format!("{other:?}"),
    }
}

/// Returns the value at a JSON pointer.
pub fn get<'v>(document: &'v Value, place: &Pointer) -> Option<&'v Value> {
    place.tokens().try_fold(document, |value, token| match value {
        Value::Mapping(members) => members.iter().find(|(name, _)| text(name) == token).map(|(_, value)| value),
        Value::Sequence(items) => items.get(token.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Returns a document in which the value at a JSON pointer was changed by `edit`.
pub fn edited(document: &Value, place: &Pointer, edit: impl FnOnce(&mut Value)) -> Value {
    let mut changed = document.clone();
    let mut value = &mut changed;
    for token in place.tokens() {
        value = match value {
            Value::Mapping(members) => {
                members.iter_mut().find(|(name, _)| text(name) == token).map(|(_, value)| value).unwrap()
            }
            Value::Sequence(items) => &mut items[token.parse::<usize>().unwrap()],
            _ => panic!("no value at {place}"),
        };
    }
    edit(value);
    changed
}

/// Returns a document in which a member of an object has another name.
pub fn renamed(document: &Value, holder: &Pointer, old: &str, new: &str) -> Value {
    edited(document, holder, |value| {
        let members = value.as_mapping_mut().unwrap();
        let pairs: Mapping = std::mem::take(members)
            .into_iter()
            .map(|(name, value)| if text(&name) == old { (Value::from(new), value) } else { (name, value) })
            .collect();
        *members = pairs;
    })
}

/// Returns a document without a member of an object, or an item of a list.
pub fn dropped(document: &Value, holder: &Pointer, name: &str) -> Value {
    edited(document, holder, |value| match value {
        Value::Mapping(members) => members.retain(|key, _| text(key) != name),
        Value::Sequence(items) => _ = items.remove(name.parse().unwrap()),
        _ => panic!("no members at {holder}"),
    })
}

/// Returns a document with a further member of an object.
pub fn added(document: &Value, holder: &Pointer, name: &str, member: &Value) -> Value {
    edited(document, holder, |value| {
        value.as_mapping_mut().unwrap().insert(Value::from(name), member.clone());
    })
}

/// Returns whether a document acknowledges something at a value or around it.
pub fn is_acknowledged(document: &Value, place: &Pointer) -> bool {
    std::iter::successors(Some(place.clone()), Pointer::parent)
        .any(|place| get(document, &place).is_some_and(|value| value.get("x-acknowledge").is_some()))
}
