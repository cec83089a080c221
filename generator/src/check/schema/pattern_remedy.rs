//! Remedies for patterns in the syntax of other languages.

/// Constructs of Perl, PCRE, Python, Java and .NET that ECMA-262 does not have, each with a remedy.
const CONSTRUCTS: &[(&str, &str)] = &[
    ("(?>", "ECMA-262 has no atomic group `(?>…)`: write `(?:…)`."),
    ("(?P<", "Write the named group `(?P<name>…)` as `(?<name>…)`."),
    ("(?P=", "Write the back-reference `(?P=name)` as `\\k<name>`."),
    ("(?#", "ECMA-262 has no comments: delete `(?#…)`."),
    ("(?R)", "ECMA-262 has no recursion. Describe the rule in `description`."),
    ("(?|", "ECMA-262 has no branch reset `(?|…)`: write `(?:…)`."),
    ("\\A", "ECMA-262 has no `\\A`: write `^` for the start of the string."),
    ("\\Z", "ECMA-262 has no `\\Z`: write `$` for the end of the string."),
    ("\\z", "ECMA-262 has no `\\z`: write `$` for the end of the string."),
    ("\\G", "ECMA-262 has no `\\G`: write `^` for the start of the string."),
    ("\\h", "ECMA-262 has no `\\h`: write `[ \\t]` for a horizontal space."),
    ("\\R", "ECMA-262 has no `\\R`: write `(?:\\r\\n|\\n|\\r)` for a line break."),
    ("\\K", "ECMA-262 has no `\\K`: write a lookbehind, `(?<=…)`."),
    ("\\a", "ECMA-262 has no `\\a`: write `\\x07`."),
    ("\\e", "ECMA-262 has no `\\e`: write `\\x1B`."),
    ("\\Q", "ECMA-262 has no `\\Q…\\E`: escape each special character with a backslash."),
];

/// The classes of POSIX, each with the characters that a class of ECMA-262 has instead.
const CLASSES: &[(&str, &str)] = &[
    ("alpha", "a-zA-Z"),
    ("digit", "0-9"),
    ("alnum", "a-zA-Z0-9"),
    ("upper", "A-Z"),
    ("lower", "a-z"),
    ("space", "\\s"),
    ("blank", " \\t"),
    ("xdigit", "0-9A-Fa-f"),
    ("word", "\\w"),
    ("punct", "!-\\/:-@\\[-`{-~"),
    ("cntrl", "\\x00-\\x1F\\x7F"),
    ("print", "\\x20-\\x7E"),
    ("graph", "\\x21-\\x7E"),
];

/// Returns a remedy for the constructs of other languages in `pattern`. Returns `None` if there are none.
pub(crate) fn foreign_syntax(pattern: &str) -> Option<String> {
    let outside = outside_of_escapes(pattern);
    let groups = outside_of_classes(&outside);
    let constructs = CONSTRUCTS.iter().filter(|(construct, _)| match construct.strip_prefix('\\') {
        Some(letter) => escapes(pattern).any(|escaped| letter.starts_with(escaped)),
        None => groups.contains(construct),
    });
    let mut remedies: Vec<String> = constructs.map(|(_, remedy)| (*remedy).to_owned()).collect();
    remedies.extend(inline_flags(&groups));
    for (class, characters) in CLASSES {
        if outside.contains(&format!("[:{class}:]")) {
            remedies.push(format!(
                "ECMA-262 has no `[:{class}:]`: write `{characters}` in its place, as in `[{characters}]`."
            ));
        }
        if outside.contains(&format!("[:^{class}:]")) {
            remedies.push(format!("ECMA-262 has no `[:^{class}:]`: write `[^{characters}]`."));
        }
    }
    if ["++", "*+", "?+", "}+"].iter().any(|quantifier| groups.contains(quantifier)) {
        remedies.push("ECMA-262 has no possessive quantifier: delete the `+` after the quantifier.".to_owned());
    }
    (!remedies.is_empty()).then(|| remedies.join(" "))
}

/// Returns the remedy for flags such as `(?i)` and `(?s)` inside the pattern.
fn inline_flags(pattern: &str) -> Option<String> {
    let groups =
        pattern.match_indices("(?").filter_map(|(start, _)| pattern.get(start + 2..)?.split([')', ':']).next());
    let mut flags = groups.filter(|flags| !flags.is_empty() && flags.bytes().all(|flag| b"imsxuU-".contains(&flag)));
    let flags = flags.next()?;
    let remedy = match flags {
        "i" => "Write both cases, for example `[Aa]`.",
        "s" => "Write `[\\s\\S]` for a character that may be a line break.",
        "x" => "Remove the spaces and comments from the pattern.",
        _ => "Express the flags in the pattern itself.",
    };
    Some(format!("ECMA-262 has no `(?{flags})`. {remedy}"))
}

/// Returns the characters that follow a backslash.
fn escapes(pattern: &str) -> impl Iterator<Item = char> {
    let mut letters = pattern.chars();
    std::iter::from_fn(move || {
        letters.find(|letter| *letter == '\\')?;
        letters.next()
    })
}

/// Returns the pattern with `_` in place of each backslash and the character after it.
fn outside_of_escapes(pattern: &str) -> String {
    let mut outside = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        outside.push(match letter {
            '\\' => {
                letters.next();
                '_'
            }
            letter => letter,
        });
    }
    outside
}

/// Returns the pattern without the characters between brackets. `pattern` has no escapes.
fn outside_of_classes(pattern: &str) -> String {
    let mut is_inside = false;
    let outside = pattern.chars().filter(|letter| {
        is_inside = if is_inside { *letter != ']' } else { *letter == '[' };
        !is_inside
    });
    outside.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::compile;

    #[test]
    fn the_remedy_names_what_the_author_means() {
        for (pattern, parts) in [
            (r"\A[a-z]+\z", &["write `^`", "write `$`"][..]),
            (r"^a\Z", &["write `$`"]),
            ("^[[:alpha:]]+$", &["`[a-zA-Z]`"]),
            ("^[[:alpha:][:digit:]_]+$", &["`[a-zA-Z]`", "`[0-9]`"]),
            ("^(?>a)b$", &["`(?:…)`"]),
            ("^a++$", &["delete the `+`"]),
            ("(?P<y>a)", &["`(?<name>…)`"]),
            ("(?i)^abc$", &["`[Aa]`"]),
            ("(?s)a.b", &[r"[\s\S]"]),
            (r"\Qa.b\E", &["escape"]),
        ] {
            let remedy = foreign_syntax(pattern).expect(pattern);
            assert!(compile(pattern).is_err(), "{pattern}");
            assert!(parts.iter().all(|part| remedy.contains(part)), "{pattern}: {remedy}");
        }
        for pattern in ["[", "^[*+?+](", "[(?>](", r"^\\A(", r"\(?>", "(a", r"[a\[:alpha:\]]("] {
            assert_eq!(foreign_syntax(pattern), None, "{pattern}");
        }
    }
}
