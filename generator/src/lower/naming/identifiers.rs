//! Identifiers: pure functions from a document's words to Rust names, and scopes that keep names apart.

use std::borrow::Cow;
use std::collections::HashSet;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Words that no Rust identifier may be, strict and reserved, of every edition.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Whether a word is a keyword wherever it stands, as `union` is not.
pub fn is_keyword(word: &str) -> bool {
    word != "union" && KEYWORDS.contains(&word)
}

/// A name for a function, field, argument or module.
pub fn snake(text: &str) -> String {
    identifier(&spelt(text).to_snake_case(), "field", "_", "_")
}

/// A name for a module with a file of its own. Such files have ASCII names, so any other letter is written as its number.
pub fn module(text: &str) -> String {
    let name = snake(text);
    name.chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("u{:x}", u32::from(letter)) })
        .collect()
}

/// A name for a type or a variant.
pub fn pascal(text: &str) -> String {
    identifier(&spelt(text).to_upper_camel_case(), "Value", "N", "Value")
}

/// A name for a constant.
pub fn shouty(text: &str) -> String {
    identifier(&spelt(text).to_shouty_snake_case(), "VALUE", "_", "_")
}

/// A component's own name where that is a Rust type name already, so that readers find it again; else the nearest one.
pub fn component(text: &str) -> String {
    let is_type_name = text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !KEYWORDS.contains(&text);
    if is_type_name { text.to_owned() } else { pascal(text) }
}

/// The words of symbols that mean something where there is nothing else, or before what they are a sign of.
const SYMBOLS: &[(char, &str)] = &[
    ('!', "not"),
    ('#', "hash"),
    ('$', "dollar"),
    ('%', "percent"),
    ('&', "and"),
    ('*', "star"),
    ('+', "plus"),
    ('-', "minus"),
    ('.', "dot"),
    ('/', "slash"),
    ('<', "less"),
    ('=', "equal"),
    ('>', "greater"),
    ('?', "question"),
    ('@', "at"),
    ('^', "caret"),
    ('|', "or"),
    ('~', "tilde"),
];

/// The text with words in place of a sign before it (`-1`, `+created`, `<=5`), or of all symbols where there is nothing else.
fn spelt(text: &str) -> Cow<'_, str> {
    let end = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let (symbols, rest) = text.split_at(end);
    let is_sign = rest.is_empty() || symbols.starts_with(['+', '-', '<', '>']);
    if symbols.is_empty() || !is_sign {
        return Cow::Borrowed(text);
    }
    let word = |symbol: char| SYMBOLS.iter().find(|(known, _)| *known == symbol).map(|(_, word)| *word);
    let words: Vec<&str> = symbols.chars().filter_map(word).chain([rest]).collect();
    Cow::Owned(words.join(" "))
}

/// Makes an identifier of what the case conversion left: `stand_in` where nothing is left, `prefix` before what cannot begin
/// one, and `suffix` behind a keyword.
fn identifier(text: &str, stand_in: &str, prefix: &str, suffix: &str) -> String {
    let mut name: String = text.chars().filter(|letter| unicode_ident::is_xid_continue(*letter)).collect();
    if name.chars().all(|letter| letter == '_') {
        name = stand_in.to_owned();
    }
    if name.starts_with(|first: char| !unicode_ident::is_xid_start(first) && first != '_') {
        name.insert_str(0, prefix);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push_str(suffix);
    }
    name
}

/// The names taken in one scope.
#[derive(Debug, Clone, Default)]
pub struct Scope(HashSet<String>);

impl Scope {
    /// A scope in which the emitter's own names are taken.
    pub fn with(reserved: &[&str]) -> Self {
        Self(reserved.iter().map(|name| (*name).to_owned()).collect())
    }

    /// Takes more names of the emitter's own, where they are free.
    pub fn reserve(&mut self, names: &[&str]) {
        self.0.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Takes a name for each text, the same whatever order they come in: a text that is a name already keeps it, and of several
    /// that want one name the first by the alphabet has it.
    pub fn take_all(&mut self, texts: &[&str], name: fn(&str) -> String) -> Vec<String> {
        let wanted: Vec<String> = texts.iter().map(|text| name(text)).collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|index| (wanted[*index] != texts[*index], texts[*index]));
        let mut taken = vec![String::new(); texts.len()];
        for index in order {
            taken[index] = self.take(wanted[index].clone());
        }
        taken
    }

    /// Takes `name`, or the first of `name2`, `name3`, … that is free.
    pub fn take(&mut self, name: String) -> String {
        if self.0.insert(name.clone()) {
            return name;
        }
        let mut number = 2_usize;
        loop {
            let numbered = format!("{name}{number}");
            if self.0.insert(numbered.clone()) {
                return numbered;
            }
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_identifiers() {
        let cases = [
            ("case_id", "case_id", "CaseId", "CASE_ID"),
            ("X-Auth-Token", "x_auth_token", "XAuthToken", "X_AUTH_TOKEN"),
            ("type", "type_", "Type", "TYPE"),
            ("self", "self_", "SelfValue", "SELF"),
            ("m²", "m", "M", "M"),
            ("①", "field", "Value", "VALUE"),
            ("2fa", "_2fa", "N2fa", "_2FA"),
            ("*", "star", "Star", "STAR"),
            ("+1", "plus_1", "Plus1", "PLUS_1"),
            ("-created", "minus_created", "MinusCreated", "MINUS_CREATED"),
            ("<=", "less_equal", "LessEqual", "LESS_EQUAL"),
            ("@type", "type_", "Type", "TYPE"),
            ("…", "field", "Value", "VALUE"),
            ("", "field", "Value", "VALUE"),
            ("größe", "größe", "Größe", "GRÖSSE"),
        ];
        for (text, snake_case, pascal_case, shouty_case) in cases {
            assert_eq!(
                (snake(text), pascal(text), shouty(text)),
                (snake_case.into(), pascal_case.into(), shouty_case.into())
            );
        }
    }

    #[test]
    fn modules_have_ascii_names() {
        assert_eq!(module("OpenStack.网络ACL"), "open_stack_u7f51u7edcacl");
        assert_eq!(module("größe"), "gruf6udfe");
    }

    #[test]
    fn components_keep_type_names() {
        assert_eq!(component("HTTPStatus"), "HTTPStatus");
        assert_eq!(component("pet_id"), "PetId");
        assert_eq!(component("Self"), "SelfValue");
    }

    #[test]
    fn names_do_not_follow_from_the_order() {
        let names = |texts: &[&str]| Scope::default().take_all(texts, pascal);
        assert_eq!(names(&["pet_id", "pet-id", "PetId", "cat"]), ["PetId3", "PetId2", "PetId", "Cat"]);
        assert_eq!(names(&["cat", "PetId", "pet-id", "pet_id"]), ["Cat", "PetId", "PetId2", "PetId3"]);
    }

    #[test]
    fn taken_names_are_numbered() {
        let mut scope = Scope::with(&["send"]);
        let taken = ["send", "id", "id", "id2"].map(|name| scope.take(name.to_owned()));
        assert_eq!(taken, ["send2", "id", "id2", "id22"]);
    }
}
