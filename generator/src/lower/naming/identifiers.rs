//! Pure functions that convert names of a document to Rust identifiers.

use std::borrow::Cow;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

use crate::file_name::{hash, shortened};

/// The strict and reserved keywords of all editions. None of them is used as an identifier.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while",
    "yield",
];

/// Returns whether a word is a Rust keyword in every context. `union` is a keyword only in some contexts.
pub fn is_keyword(word: &str) -> bool {
    word != "union" && KEYWORDS.contains(&word)
}

/// Converts a text to the name of a function, field, argument or module: `snake_case`.
pub fn snake(text: &str) -> String {
    identifier(&with_words(text).to_snake_case(), "field", "_", "_")
}

/// Converts a text to the name of a module that has its own file. The file name must be ASCII, so a letter outside of ASCII
/// becomes `u` and its code point in hexadecimal: `größe` becomes `gruf6udfe`. Long names are shortened.
pub fn module(text: &str) -> String {
    let name = snake(text);
    let ascii = name
        .chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("u{:x}", u32::from(letter)) })
        .collect();
    shortened(ascii)
}

/// Converts a text to the name of a type or variant: `PascalCase`.
pub fn pascal(text: &str) -> String {
    identifier(&with_words(text).to_upper_camel_case(), "Value", "N", "Value")
}

/// Converts a value of an `enum` to the name of its variant.
pub fn variant(value: &str) -> String {
    match (value.is_empty(), value.trim().is_empty()) {
        (true, _) => "Empty".to_owned(),
        (false, true) => "Blank".to_owned(),
        (false, false) => pascal(value),
    }
}

/// Converts a value of an `enum` to the name of its variant, if the name from [`variant`] is in use. If the value is a type name
/// such as `ASC`, it is not changed. Otherwise, words replace all symbols: `a_b` becomes `AUnderscoreB`.
pub fn detailed_variant(value: &str) -> String {
    let plain = variant(value);
    let spelled: String = value.chars().map(spelled_symbol).collect();
    let detailed = match component(value) {
        kept if kept != plain => kept,
        _ => pascal(&spelled),
    };
    if detailed == plain { format!("{plain}Value") } else { detailed }
}

/// Returns a letter or digit unchanged, and a symbol as a word between spaces.
fn spelled_symbol(symbol: char) -> String {
    match symbol {
        '_' => " underscore ".to_owned(),
        ' ' => " space ".to_owned(),
        _ => match SYMBOLS.iter().find(|(known, _)| *known == symbol) {
            Some((_, word)) => format!(" {word} "),
            None => symbol.to_string(),
        },
    }
}

/// Converts a text to the name of a constant: `SHOUTY_SNAKE_CASE`.
pub fn shouty(text: &str) -> String {
    identifier(&with_words(text).to_shouty_snake_case(), "VALUE", "_", "_")
}

/// Converts the name of a component to the name of its Rust type. A valid Rust type name such as `HTTPStatus` is not changed, so
/// that readers recognize it.
pub fn component(text: &str) -> String {
    let is_type_name = text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric())
        && !KEYWORDS.contains(&text);
    if is_type_name { text.to_owned() } else { pascal(text) }
}

/// The words that replace symbols. A sign at the start of a name is replaced: `+1` becomes `plus_1`. In a name without letters
/// and digits, all symbols are replaced: `<=` becomes `less_equal`.
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

/// Returns a text that consists of words. Replaces letters by their usual forms. Replaces a sign at the start of the text (`-1`,
/// `+created`, `<=5`) by words. If the text has no letters or digits, replaces all of its symbols.
fn with_words(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        with_named_symbols(text)
    } else {
        Cow::Owned(with_named_symbols(&with_usual_letters(text)).into_owned())
    }
}

/// Replaces letters by their usual forms: `ﬁ` becomes `fi`, and the sign of the unit kelvin becomes `K`. The compiler regards
/// identifiers as equal if they differ only in such forms. Other characters stay: `m²` does not become `m2`.
fn with_usual_letters(text: &str) -> String {
    let mut usual = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_letter = unicode_ident::is_xid_continue(first);
        let end = rest.find(|letter| unicode_ident::is_xid_continue(letter) != is_letter).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if is_letter {
            usual.extend(run.nfkc())
        } else {
            usual.push_str(run)
        }
        rest = after;
    }
    usual
}

fn with_named_symbols(text: &str) -> Cow<'_, str> {
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

/// Turns `text`, which is already in the right case, into an identifier. Removes the characters that no identifier can contain.
/// Returns `fallback` if nothing but underscores is left. Adds `prefix` before a character that cannot begin an identifier, and
/// `suffix` after a keyword.
fn identifier(text: &str, fallback: &str, prefix: &str, suffix: &str) -> String {
    let mut name: String = text.chars().filter(|letter| unicode_ident::is_xid_continue(*letter)).collect();
    name = normalized(name);
    if name.chars().all(|letter| letter == '_') {
        name = fallback.to_owned();
    }
    if name.starts_with(|first: char| !unicode_ident::is_xid_start(first) && first != '_') {
        name.insert_str(0, prefix);
        // A combining character may combine with the prefix.
        name = normalized(name);
    }
    if KEYWORDS.contains(&name.as_str()) {
        name.push_str(suffix);
    }
    name
}

/// The maximum length of an identifier, in bytes. rustdoc writes a file for each item, and most file systems allow names of at
/// most 255 bytes. The rest is for the kind of the item, the extension, a number and words such as `Failure`.
const MAX_LENGTH: usize = 180;

/// Shortens an identifier to [`MAX_LENGTH`] bytes. A hash of the whole name replaces the last characters, so that different names
/// stay different. The hash consists of digits, which every style of identifiers allows.
pub fn limited(mut name: String) -> String {
    if name.len() <= MAX_LENGTH {
        return name;
    }
    let end = format!("{:020}", hash(&name));
    let is_kept = |length: &usize| *length + end.len() <= MAX_LENGTH && name.is_char_boundary(*length);
    name.truncate((0..name.len()).rev().find(is_kept).unwrap_or(0));
    name.truncate(name.trim_end_matches('_').len());
    name + &end
}

/// Normalizes an identifier as the compiler does before it compares identifiers (NFKC, which implies NFC).
pub fn normalized(name: String) -> String {
    if name.is_ascii() { name } else { name.nfkc().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_documents_become_identifiers() {
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
            ("\u{212A}", "k", "K", "K"),
            ("e\u{301}", "é", "É", "É"),
            ("ﬁﬃ", "fiffi", "Fiffi", "FIFFI"),
            ("ª", "a", "A", "A"),
            ("𝒳", "x", "X", "X"),
            ("\u{301}", "field", "Value", "VALUE"),
        ];
        for (text, snake_case, pascal_case, shouty_case) in cases {
            assert_eq!(
                (snake(text), pascal(text), shouty(text)),
                (snake_case.into(), pascal_case.into(), shouty_case.into())
            );
        }
    }

    #[test]
    fn module_names_are_ascii() {
        assert_eq!(module("OpenStack.网络ACL"), "open_stack_u7f51u7edcacl");
        assert_eq!(module("größe"), "gruf6udfe");
    }

    #[test]
    fn component_names_that_are_type_names_stay() {
        assert_eq!(component("HTTPStatus"), "HTTPStatus");
        assert_eq!(component("pet_id"), "PetId");
        assert_eq!(component("Self"), "SelfValue");
    }
}
