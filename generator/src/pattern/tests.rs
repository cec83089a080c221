//! Tests the automata against the semantics of ECMA-262. Random patterns and texts are also matched by another engine, the crate
//! `regress`.

mod backtracking;
mod legacy;
mod limits;

use regress::Regex;

use crate::pattern::*;

#[track_caller]
fn compiled(pattern: &str) -> Compiled {
    compile(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

/// Compiles a pattern without the flag `u` for another engine.
#[track_caller]
fn other_engine(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"))
}

#[track_caller]
fn matches(pattern: &str, text: &str) -> bool {
    let compiled = compiled(pattern);
    assert!(matches!(compiled, Compiled::Automata(_)), "{pattern} needs backtracking");
    compiled.decide(text).unwrap_or_else(|| panic!("{pattern} on {text:?}: too many steps"))
}

/// Returns the backtracking program of a pattern, even if automata could match the pattern.
#[track_caller]
fn backtracking(pattern: &str) -> Program {
    let syntax = parser::parse(pattern).unwrap_or_else(|| panic!("{pattern} is not parsed"));
    program::program(&syntax).unwrap_or_else(|| panic!("{pattern} is not translated"))
}

#[test]
fn patterns_match_as_in_ecma_262() {
    for (pattern, matching, other) in [
        // A match can begin and end anywhere in the text, and an anchor applies only to its own alternative.
        ("b", &["abc", "b"][..], &["", "B"][..]),
        ("^a|b$", &["ax", "xb"], &["xa", "bx"]),
        ("^(a|b)$", &["a", "b"], &["ab", "", "xa"]),
        // `$` does not match before a final newline.
        ("^a$", &["a"], &["a\n", "\na", "a\nb"]),
        // `\d` and `\w` are ASCII, but `\s` is not.
        (r"^\d$", &["0"], &["\u{0663}", "a"]),
        (r"^\w$", &["_", "z"], &["é", "ß", "-"]),
        (r"^\W$", &["é", "😀"], &["_", "a"]),
        (r"^\s$", &[" ", "\u{a0}", "\u{feff}", "\u{2028}", "\t", "\u{b}"], &["\u{200b}", "\u{180e}", "a"]),
        (r"^[\s\S]$", &["\n", "a"], &[""]),
        // `.` matches every code point except line terminators.
        ("^.$", &["a", "😀", "\u{85}"], &["\n", "\r", "\u{2028}", "\u{2029}", "ab", ""]),
        ("^[😀-😂]{2}$", &["😀😁"], &["😀", "😃😃"]),
        // Escapes.
        (r"^\cJ\0\x41\u0042\u{1F600}$", &["\n\0AB😀"], &["J0AB😀"]),
        (r"^[\b\-\/]+$", &["\u{8}-/"], &["b"]),
        (r"^\/\.\$$", &["/.$"], &["/a$"]),
        // Empty classes, empty alternatives and empty patterns.
        ("[]", &[], &["", "a"]),
        ("^[^]$", &["\n", "😀"], &["", "ab"]),
        ("", &["", "a"], &[]),
        ("^$", &[""], &["a"]),
        ("a||b", &["", "x"], &[]),
        // Quantifiers and groups.
        ("^(ab?){2,3}$", &["aa", "abaab", "aba"], &["a", "aaaa", "abb"]),
        ("^(?:a{2}){2}$", &["aaaa"], &["aa", "aaa", "aaaaa"]),
        ("^(?<year>[0-9]{4})(-[0-9]{2}){0,2}$", &["2026", "2026-11-21"], &["26", "2026-1", "2026-11-21-09"]),
        ("^a*?b+?$", &["b", "aabb"], &["a", ""]),
        ("^a{0}b$", &["b"], &["ab"]),
        ("^(a*)*$", &["", "aaa"], &["b"]),
        // Lookaheads at the start.
        (r"^(?=.*[A-Z])(?=.*\d).{4,}$", &["aA1b", "1A23"], &["A1b", "aaaa1", "AAAA"]),
        ("^(?!www\\.)[a-z.]+$", &["a.b", "ww.a"], &["www.a", ""]),
        ("^(?!.*--)[a-z-]+$", &["a-b"], &["a--b"]),
        ("^(?=a$)", &["a"], &["ab"]),
    ] {
        for (text, verdict) in matching.iter().map(|text| (text, true)).chain(other.iter().map(|text| (text, false))) {
            assert_eq!(matches(pattern, text), verdict, "{pattern} on {text:?}");
            let engine = Regex::with_flags(pattern, "u").map_err(|error| error.text);
            assert_eq!(
                engine.map(|engine| engine.find(text).is_some()),
                Ok(verdict),
                "the engine: {pattern} on {text:?}"
            );
        }
    }
}

#[test]
fn automata_do_not_backtrack() {
    let long = "a".repeat(100_000);
    for pattern in ["(a+)+$", "^(a|a)*$", "^(a*)*$", "(a?){50}a{50}$", "^([a-z]+)*[a-z]$"] {
        assert!(matches(pattern, &long), "{pattern}");
    }
    for pattern in ["^(a+)+$", "^(a|a)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(a|aa)+$"] {
        assert!(!matches(pattern, &format!("{long}!")), "{pattern}");
    }
}

#[test]
fn large_patterns_and_lookarounds_need_backtracking() {
    for pattern in [
        "^(a{1000}){1000}$",
        "a{1025}",
        "^((((a{100}){100}){100}){100}){100}$",
        r"^(a)\1$",
        "a(?=b)",
        "(?<!a)b",
        r"\bword\b",
        r"^\p{L}$",
        r"^\ud83d$",
    ] {
        assert!(matches!(compile(pattern), Ok(Compiled::Backtracking(_))), "{pattern}");
    }
    assert!(matches!(compile("(){100000}"), Ok(Compiled::Automata(_))));
    assert!(matches!(compile("a{1024}"), Ok(Compiled::Automata(_))));
}

/// A generator of pseudorandom numbers that are the same in every run.
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn choose<'c>(&mut self, choices: &[&'c str]) -> &'c str {
        choices[self.below(choices.len() as u64) as usize]
    }

    fn pattern(&mut self, depth: u64) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(4) {
            let is_group = depth > 0 && self.below(3) == 0;
            if is_group {
                let open = self.choose(&["(", "(?:", "(?<n>"]).to_owned();
                // The name of a group must be unique.
                let open = if open == "(?<n>" { format!("(?<n{}>", self.below(1 << 30)) } else { open };
                let inside = self.pattern(depth - 1);
                text += &format!("{open}{inside})");
                if inside.contains(['*', '+', '?', '}']) {
                    // The other engine takes too long if quantifiers are nested.
                    continue;
                }
            } else if self.below(8) == 0 {
                text += self.choose(&["^", "$", "|"]);
                continue;
            } else {
                text += self.choose(&["a", "b", "c", "[ab]", "[^a]", ".", r"\d", r"\w", "[a-c]", "é", "😀"]);
            }
            text += self.choose(&["", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "+?", "{0}"]);
        }
        text
    }

    fn text(&mut self) -> String {
        (0..self.below(7)).map(|_| self.choose(&["a", "b", "c", "1", "é", "😀", "\n"])).collect()
    }
}

#[test]
fn random_patterns_match_as_in_the_engine() {
    let mut seeded = Seeded(7);
    let (mut automata, mut matched) = (0, 0);
    for _ in 0..4000 {
        let pattern = seeded.pattern(3);
        let Ok(engine) = Regex::with_flags(&pattern, "u") else { continue };
        let Ok(compiled @ Compiled::Automata(_)) = compile(&pattern) else { continue };
        automata += 1;
        for _ in 0..12 {
            let text = seeded.text();
            let verdict = engine.find(&text).is_some();
            assert_eq!(compiled.decide(&text), Some(verdict), "{pattern} on {text:?}");
            matched += usize::from(verdict);
        }
    }
    // Both verdicts are frequent enough for the test to be meaningful.
    assert!(automata > 3000 && matched > 5000 && matched < 43_000, "{automata} {matched}");
}
