//! Places in a tree of JSON values.

use serde_json::Value;

/// A step from a value to one of its members or items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Member(String),
    Item(usize),
}

/// The steps from the root to a value.
pub type Place = Vec<Step>;

/// The last step to a value, without a copy of the name. `None` for the root.
pub type LastStep<'v> = Option<(Option<&'v str>, usize)>;

/// Calls `visit` with each value and the last step to it, a value before its members and items. Ends when `visit` returns false.
pub fn walk<'v>(value: &'v Value, visit: &mut impl FnMut(LastStep<'v>, &'v Value) -> bool) {
    fn inner<'v>(
        last: LastStep<'v>,
        value: &'v Value,
        visit: &mut impl FnMut(LastStep<'v>, &'v Value) -> bool,
    ) -> bool {
        visit(last, value)
            && match value {
                Value::Object(members) => members
                    .iter()
                    .enumerate()
                    .all(|(index, (name, member))| inner(Some((Some(name), index)), member, visit)),
                Value::Array(items) => {
                    items.iter().enumerate().all(|(index, item)| inner(Some((None, index)), item, visit))
                }
                _ => true,
            }
    }
    inner(None, value, visit);
}

/// Returns the number of values in a tree.
pub fn count(value: &Value) -> usize {
    let mut count = 0;
    walk(value, &mut |_, _| {
        count += 1;
        true
    });
    count
}

/// Returns the value with this number in the order of [`walk`], and the last step to it.
pub fn nth(value: &Value, number: usize) -> (LastStep<'_>, &Value) {
    let mut left = number;
    let mut found = (None, value);
    walk(value, &mut |last, value| {
        found = (last, value);
        left = left.wrapping_sub(1);
        left != usize::MAX
    });
    found
}

/// Returns the place of the value with this number in the order of [`walk`].
pub fn place(value: &Value, number: usize) -> Place {
    fn find(value: &Value, left: &mut usize, place: &mut Place) -> bool {
        let Some(rest) = left.checked_sub(1) else { return true };
        *left = rest;
        let mut is_inside = |step: Step, inner: &Value| {
            place.push(step);
            let is_found = find(inner, left, place);
            if !is_found {
                place.pop();
            }
            is_found
        };
        match value {
            Value::Object(members) => {
                members.iter().any(|(name, member)| is_inside(Step::Member(name.clone()), member))
            }
            Value::Array(items) => items.iter().enumerate().any(|(index, item)| is_inside(Step::Item(index), item)),
            _ => false,
        }
    }
    let (mut left, mut place) = (number, Place::new());
    find(value, &mut left, &mut place);
    place
}

/// Returns whether a step is the last step to a value.
pub fn is_last(step: Option<&Step>, last: LastStep<'_>) -> bool {
    match (step, last) {
        (None, None) => true,
        (Some(Step::Member(name)), Some((Some(other), _))) => name == other,
        (Some(Step::Item(index)), Some((None, other))) => *index == other,
        _ => false,
    }
}

/// Returns the places of all values, each before the places of its members and items.
pub fn places(value: &Value) -> Vec<Place> {
    fn collect(value: &Value, place: &mut Place, found: &mut Vec<Place>) {
        found.push(place.clone());
        let mut visit = |step: Step, value: &Value| {
            place.push(step);
            collect(value, place, found);
            place.pop();
        };
        match value {
            Value::Object(members) => members.iter().for_each(|(name, value)| visit(Step::Member(name.clone()), value)),
            Value::Array(items) => items.iter().enumerate().for_each(|(index, item)| visit(Step::Item(index), item)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(value, &mut Vec::new(), &mut found);
    found
}

/// Returns the value at a place.
pub fn at<'v>(value: &'v Value, place: &[Step]) -> Option<&'v Value> {
    place.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get(name),
        Step::Item(index) => value.get(index),
    })
}

/// Returns the value at a place, to change it.
pub fn at_mut<'v>(value: &'v mut Value, place: &[Step]) -> Option<&'v mut Value> {
    place.iter().try_fold(value, |value, step| match step {
        Step::Member(name) => value.get_mut(name),
        Step::Item(index) => value.get_mut(index),
    })
}

/// Replaces the value at a place. Does nothing if there is no such place.
pub fn set(value: &mut Value, place: &[Step], new: Value) {
    if let Some(old) = at_mut(value, place) {
        *old = new;
    }
}

/// Removes the value at a place. The root is never removed.
pub fn remove(value: &mut Value, place: &[Step]) {
    let Some((last, parent)) = place.split_last() else { return };
    match (at_mut(value, parent), last) {
        (Some(Value::Object(members)), Step::Member(name)) => _ = members.shift_remove(name),
        (Some(Value::Array(items)), Step::Item(index)) if *index < items.len() => _ = items.remove(*index),
        _ => {}
    }
}

/// Returns the JSON Pointer of a place, as in a `$ref`.
pub fn pointer(place: &[Step]) -> String {
    let token = |step: &Step| match step {
        Step::Member(name) => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
        Step::Item(index) => format!("/{index}"),
    };
    place.iter().map(token).collect()
}

/// Returns smaller versions of a tree: without the value at a place, or with one of its members or items, or with a shorter
/// value.
pub fn smaller(value: &Value, place: &[Step]) -> Vec<Value> {
    let Some(target) = at(value, place) else { return Vec::new() };
    let mut versions = Vec::new();
    if !place.is_empty() {
        let mut without = value.clone();
        remove(&mut without, place);
        versions.push(without);
    }
    let inner: Vec<Value> = match target {
        Value::Object(members) => members.values().cloned().collect(),
        Value::Array(items) => items.clone(),
        Value::String(text) if text.chars().count() > 8 => {
            let half = text.chars().count() / 2;
            let (start, end): (String, String) = (text.chars().take(half).collect(), text.chars().skip(half).collect());
            vec![start.into(), end.into()]
        }
        _ => Vec::new(),
    };
    for inner in inner.into_iter().take(8) {
        let mut with = value.clone();
        set(&mut with, place, inner);
        versions.push(with);
    }
    versions
}
