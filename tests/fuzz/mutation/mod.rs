//! Changes documents at random places.

pub mod tree;
mod yaml;

use serde_json::{Map, Value, json};

use crate::input::Input;
use crate::pipeline::Commands;
use crate::random::{Scope, Seeded};
use crate::seeds::Seeds;
use crate::{Target, hostile};

/// The number of nodes above which a document is not enlarged further.
const LARGE: usize = 4_000;

/// One in this number of runs changes a whole document. The others change a document with one operation, which takes less time.
const WHOLE: usize = 40;

/// Creates a changed document. If the run executes `diff`, the original is the older version in three of four runs.
pub fn input(seeds: &Seeds, random: &mut Seeded) -> Input {
    let commands = Commands::random(random);
    let originals = if random.one_in(WHOLE) { &seeds.trees } else { &seeds.small };
    let original = &originals[random.below(originals.len())];
    let mut document = original.clone();
    // Most documents have few changes, because errors hide other errors.
    let most = random.of(&[1, 2, 2, 3, 4, 8, 16]);
    let changes = 1 + random.below(most);
    for _ in 0..changes {
        change(&mut document, seeds, random);
    }
    let (name, write): (_, fn(&Value) -> String) = match random.below(4) {
        0 => ("fuzz.json", |document| document.to_string()),
        1 => ("fuzz.yaml", |document| document.to_string()),
        _ => ("fuzz.yaml", yaml::text),
    };
    let has_old = commands.is_diff() && !random.one_in(4);
    let old = has_old.then(|| write(original).into_bytes());
    Input { target: Target::Documents, name: name.to_owned(), content: write(&document).into_bytes(), old, commands }
}

/// Changes a document at one place.
fn change(document: &mut Value, seeds: &Seeds, random: &mut Seeded) {
    let count = tree::count(document);
    let place = &tree::place(document, random.below(count));
    let other = &tree::place(document, random.below(count));
    let is_large = count > LARGE;
    match random.below(16) {
        0 => tree::remove(document, place),
        1 if !is_large => duplicate(document, place, random),
        2 => swap(document, place, other),
        3 if !is_large => {
            let copy = tree::at(document, other).cloned().unwrap_or_default();
            tree::set(document, place, copy);
        }
        4 | 5 if !is_large => {
            let donor = donated(place, seeds, random);
            tree::set(document, place, donor);
        }
        6 => tree::set(document, place, scalar(random)),
        7 => tree::set(document, place, reference(place, other, random)),
        8 => rename(document, place, random),
        9 => tree::set(document, place, json!(hostile::text(random))),
        10 => tree::set(document, place, number(random)),
        11 if !is_large => {
            let wrapped = wrapped(tree::at(document, place).cloned().unwrap_or_default(), random);
            tree::set(document, place, wrapped);
        }
        12 if !is_large => {
            let scope =
                Scope { components: &[], lower: 0, depth: 2, typed: random.one_in(2), nullable: true, lenient: true };
            let schema = random.schema(scope, None);
            tree::set(document, place, schema);
        }
        _ => add_member(document, place, seeds, random),
    }
}

/// Adds a copy of a member under another name, or copies of an item.
fn duplicate(document: &mut Value, place: &[tree::Step], random: &mut Seeded) {
    let Some((last, parent)) = place.split_last() else { return };
    let Some(copy) = tree::at(document, place).cloned() else { return };
    match (tree::at_mut(document, parent), last) {
        (Some(Value::Object(members)), tree::Step::Member(name)) => {
            let name = if random.one_in(2) { format!("{name}2") } else { hostile::name(random) };
            members.insert(name, copy);
        }
        (Some(Value::Array(items)), _) => items.extend(vec![copy; 1 + random.below(3)]),
        _ => {}
    }
}

fn swap(document: &mut Value, place: &[tree::Step], other: &[tree::Step]) {
    let values = (tree::at(document, place).cloned(), tree::at(document, other).cloned());
    if let (Some(one), Some(two)) = values {
        tree::set(document, place, two);
        tree::set(document, other, one);
    }
}

/// Returns a document that another document gets values from.
fn donor<'s>(seeds: &'s Seeds, random: &mut Seeded) -> &'s Value {
    let documents = if random.one_in(WHOLE) { &seeds.trees } else { &seeds.small };
    &documents[random.below(documents.len())]
}

/// Returns a value in a document, and the last step to it.
fn any_value<'v>(document: &'v Value, random: &mut Seeded) -> (tree::LastStep<'v>, &'v Value) {
    tree::nth(document, random.below(tree::count(document)))
}

/// Returns a value from any document. If possible, it is the member of an object and has the same name as the last step of
/// `place`.
fn donated(place: &[tree::Step], seeds: &Seeds, random: &mut Seeded) -> Value {
    for _ in 0..4 {
        let mut same = Vec::new();
        tree::walk(donor(seeds, random), &mut |last, value| {
            if tree::is_last(place.last(), last) {
                same.push(value);
            }
            true
        });
        if !same.is_empty() {
            return same[random.below(same.len())].clone();
        }
    }
    any_value(donor(seeds, random), random).1.clone()
}

fn scalar(random: &mut Seeded) -> Value {
    match random.below(8) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(false),
        3 => json!([]),
        4 => json!({}),
        5 => random.value(3),
        6 => number(random),
        _ => json!(hostile::text(random)),
    }
}

fn number(random: &mut Seeded) -> Value {
    serde_json::from_str(hostile::number(random)).unwrap_or_default()
}

/// Returns a `$ref` to another place, to the place itself, or to one of its parents.
fn reference(place: &[tree::Step], other: &[tree::Step], random: &mut Seeded) -> Value {
    let target = match random.below(8) {
        0 => hostile::text(random),
        1 => format!("#{}", tree::pointer(place)),
        2 => format!("#{}", tree::pointer(&place[..place.len().saturating_sub(1)])),
        3 => format!("#{}", tree::pointer(&place[..random.below(place.len() + 1)])),
        4 => format!("{}#{}", random.of(&["fuzz.yaml", "fuzz.json", "tree.json"]), tree::pointer(other)),
        _ => format!("#{}", tree::pointer(other)),
    };
    json!({"$ref": target})
}

/// Renames a member: to a hostile name, or to the last name of another member.
fn rename(document: &mut Value, place: &[tree::Step], random: &mut Seeded) {
    let Some((tree::Step::Member(name), parent)) = place.split_last() else { return };
    let Some(Value::Object(members)) = tree::at_mut(document, parent) else { return };
    let new = if random.one_in(3) { hostile::text(random) } else { hostile::name(random) };
    let renamed =
        members.iter().map(|(key, value)| (if key == name { new.clone() } else { key.clone() }, value.clone()));
    *members = renamed.collect();
}

/// Returns a value that contains `value`, up to 200 levels deep.
fn wrapped(value: Value, random: &mut Seeded) -> Value {
    let depth = if random.one_in(8) { random.below(200) } else { 1 };
    let kind = random.below(9);
    (0..depth).fold(value, |value, _| match kind {
        0 => json!({"allOf": [value]}),
        1 => json!({"oneOf": [value, {"type": "string"}]}),
        2 => json!({"anyOf": [value.clone()]}),
        3 => json!({"not": value}),
        4 => json!({"type": "array", "items": value}),
        5 => json!({"type": "object", "additionalProperties": value}),
        6 => json!({"type": "object", "properties": {"a": value}, "required": ["a"]}),
        7 => json!({"allOf": [value, {"nullable": true, "description": "a"}]}),
        _ => json!([value]),
    })
}

/// Adds a member of an object in any document to the object at `place`, or to the nearest object around it.
fn add_member(document: &mut Value, place: &[tree::Step], seeds: &Seeds, random: &mut Seeded) {
    let (Some((Some(name), _)), value) = any_value(donor(seeds, random), random) else { return };
    let is_object = |length: &usize| tree::at(document, &place[..*length]).is_some_and(Value::is_object);
    let Some(length) = (0..=place.len()).rev().find(is_object) else { return };
    if let Some(Value::Object(members)) = tree::at_mut(document, &place[..length]) {
        let members: &mut Map<String, Value> = members;
        members.insert(name.to_owned(), value.clone());
    }
}
