//! Names, texts and numbers that are likely to break a program. They are in `hostile.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::random::Seeded;

/// The content of `hostile.json`.
#[derive(Deserialize)]
struct Lists {
    /// Groups of names, such as keywords, items of generated crates, and names that Unicode regards as equivalent.
    names: BTreeMap<String, Vec<String>>,
    /// Texts for any place in a document.
    texts: Vec<String>,
    /// Regular expressions, valid and invalid.
    patterns: Vec<String>,
    /// Numbers as they are written in JSON.
    numbers: Vec<String>,
}

static LISTS: LazyLock<Lists> =
    LazyLock::new(|| serde_json::from_str(include_str!("hostile.json")).expect("`hostile.json` is well-formed"));

static NAMES: LazyLock<Vec<&str>> = LazyLock::new(|| LISTS.names.values().flatten().map(String::as_str).collect());

/// Returns a hostile name. It may be a twin of other names, long, or a combination.
pub fn name(random: &mut Seeded) -> String {
    let name = plain_name(random);
    match random.below(16) {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        2 => format!("{name}{}", plain_name(random)),
        3 => format!("{name}{}{}", random.of(&["_", "-", " ", ".", "/", ""]), plain_name(random)),
        4 => format!("{}{name}", random.of(&["_", "x-", "1", "$", "@", "__"])),
        5 if random.one_in(4) => format!("{name}x").repeat(300 / (name.len() + 1)),
        _ => name.to_owned(),
    }
}

fn plain_name(random: &mut Seeded) -> &'static str {
    NAMES[random.below(NAMES.len())]
}

/// Returns a text for any place in a document.
pub fn text(random: &mut Seeded) -> String {
    match random.below(8) {
        0..3 => name(random),
        3 => one_of(&LISTS.patterns, random).to_owned(),
        4 => (0..1 + random.below(5)).map(|_| one_of(&LISTS.patterns, random)).collect(),
        _ => one_of(&LISTS.texts, random).to_owned(),
    }
}

/// Returns a number as it is written in JSON.
pub fn number(random: &mut Seeded) -> &'static str {
    one_of(&LISTS.numbers, random)
}

fn one_of(list: &'static [String], random: &mut Seeded) -> &'static str {
    &list[random.below(list.len())]
}
