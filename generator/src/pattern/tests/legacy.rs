//! Tests of patterns that are valid only without the flag `u`.

use regress::Regex;

use super::{compiled, other_engine};
use crate::pattern::{compile, legacy};

/// Patterns that only the flag `u` forbids, each with strings that match and strings that do not match.
const PATTERNS: &[(&str, &[&str], &[&str])] = &[
    (r"^\d{3}\-\d{4}$", &["123-4567"], &["1234567"]),
    (r"^urn\:x\@\#\ \,\%$", &["urn:x@# ,%"], &["urn\\:x@# ,%"]),
    (r#"^\"\'\`\<\>\=\;\&\!\~\_$"#, &["\"'`<>=;&!~_"], &[""]),
    (r"^[\w-.]+$", &["a-.", "-"], &["+", "a,"]),
    (r"^[a-\d]$", &["a", "-", "7"], &["b", "c"]),
    (r"^[\d-z]$", &["-", "z", "3"], &["a", ":"]),
    (r"^[\:-\@]$", &[":", ";", "@"], &["-", "A"]),
    (r"^[^\@\-]+$", &["abc"], &["a@", "-"]),
    (r"^{$", &["{"], &["\\{", ""]),
    (r"^a{,2}$", &["a{,2}"], &["a", "aa", ""]),
    (r"^a{x}]}$", &["a{x}]}"], &["ax"]),
    (r"^\-{2,3}$", &["--", "---"], &["-", "\\--"]),
    (r"^[a-z]]$", &["a]"], &["a", "]"]),
    (r"^[\040-\176]+\7\18$", &["az\u{7}\u{1}8"], &["é"]),
    (r"^(a)\-\1$", &["a-a"], &["a-b", "a-\u{1}"]),
    (r"^\-[(\-)]{2}\u0041\x42\cA$", &["-(-AB\u{1}", "-))AB\u{1}"], &["-(AB"]),
    (r"^\-\u{41}$", &["-A"], &["-u{41}"]),
];

#[test]
fn patterns_without_the_flag_u_have_their_own_meaning() {
    for (pattern, matching, others) in PATTERNS {
        assert!(Regex::with_flags(pattern, "u").is_err(), "{pattern} needs no rewriting");
        let compiled = compiled(pattern);
        let engine = other_engine(pattern);
        for (texts, expected) in [(matching, true), (others, false)] {
            for text in *texts {
                assert_eq!(compiled.decide(text), Some(expected), "{pattern} on {text:?}");
                // Without the flag, `\u{41}` is 41 times the letter `u`. A document that writes it means the letter `A`.
                if !pattern.contains(r"\u{") {
                    assert_eq!(engine.find(text).is_some(), expected, "{pattern} on {text:?}: another engine");
                }
            }
        }
    }
}

/// Every string of up to three of these characters is matched as by another engine.
#[test]
fn short_strings_are_matched_as_by_another_engine() {
    let letters = ['-', 'a', '.', '{', '}', ']', '2', ',', ':', '@', '\\', '\u{1}'];
    let mut texts = vec![String::new()];
    for _ in 0..3 {
        texts = texts
            .iter()
            .flat_map(|text| letters.map(|letter| format!("{text}{letter}")))
            .chain(texts.clone())
            .collect();
    }
    texts.sort_unstable();
    texts.dedup();
    for (pattern, ..) in PATTERNS.iter().filter(|(pattern, ..)| !pattern.contains(r"\u{")) {
        let compiled = compiled(pattern);
        let engine = other_engine(pattern);
        for text in &texts {
            assert_eq!(compiled.decide(text), Some(engine.find(text).is_some()), "{pattern} on {text:?}");
        }
    }
}

#[test]
fn constructs_of_other_languages_are_rejected() {
    for pattern in [r"\Aa\z", r"a\Z", r"[[:alpha:]]", r"\Qa.b\E", r"\h+", "(?>a)", r"(?i)\-a", "[a-", "\\"] {
        assert!(compile(pattern).is_err(), "{pattern}");
    }
    assert_eq!(legacy::modernized(r"a\-b{").as_deref(), Some(r"a-b\{"));
}
