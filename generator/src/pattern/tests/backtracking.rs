//! Tests backtracking against the semantics of ECMA-262. Random patterns and texts are also matched by another engine, the crate
//! `regress`.

use regress::Regex;
use regress::backends::{PikeVMExecutor, find};

use crate::pattern::tests::{Seeded, backtracking};

#[test]
fn backtracking_matches_as_in_ecma_262() {
    for (pattern, matching, other) in [
        // A backreference matches the empty text if its group has not matched, or is still open.
        (r"^(?:(a)|b)\1c$", &["aac", "bc"][..], &["ac", "bac"][..]),
        (r"^(a\1)$", &["a"], &["aa"]),
        // Each repetition clears the captured texts of the groups inside.
        (r"^(?:(a)|(b))*\1$", &["aa", "ab", "b"], &["aac"]),
        (r"^(z)((a+)?(b+)?(c))*$", &["zaacbbbcac"], &["zaacbbbca"]),
        (r"^(?:(a)|b)*\1$", &["b", "aa", "ab"], &["c"]),
        (r"^(?<q>['#])x\k<q>$", &["'x'", "#x#"], &["'x#"]),
        (r"^\k<q>(?<q>a)$", &["a"], &["aa"]),
        // A lookahead keeps the first match of its groups, so greedy and lazy quantifiers have different results.
        (r"^(?=(a+))\1$", &["aaa"], &["aab"]),
        (r"^(?=(a+?))\1$", &["a"], &["aa"]),
        (r"^(?=(a*))a*b\1$", &["aba", "b"], &["aab"]),
        (r"^(?!(a)\1)\1b?$", &["b", ""], &["aab"]),
        (r"^(?=((?:ab?)+?)(b|$))\1\2$", &["ab", "a", "abab", "abb"], &["abbb"]),
        (r"^(a|ab){1,2}?(?<=(b|ab))\2$", &["abb"], &["aba"]),
        // An iteration beyond the minimum does not match the empty text.
        (r"^(?:a*)*\b$", &["a"], &["a-"]),
        (r"^(?:\b|a){3}$", &["a", "aaa", "aa"], &["aaaa", "-"]),
        // Lookbehinds match from right to left.
        (r"^.*(?<=(\d+)(\d+))\1x$", &["1231x"], &["1232x"]),
        (r"(?<=^[ab]{2})c", &["abc"], &["ac", "aabc"]),
        (r"(?<!\$)\b\d+$", &["5", "a 12"], &["$5"]),
        (r"(?<=\1(a))b", &["aab"], &["ab"]),
        (r"(?<=a.*?)b$", &["axxb", "ab"], &["xb"]),
        // Word characters are ASCII.
        (r"\bé", &["aé"], &["é", " é"]),
        (r"^\Ba?\B$", &[""], &["a"]),
        // Unicode properties and surrogates.
        (r"^\p{L}+$", &["aßЖ漢"], &["a1", ""]),
        (r"^[\p{Lu}\d_]+\P{L}$", &["ÄB_1-"], &["äB-", "ÄBC"]),
        (r"^[^\p{L}]$", &["1", "😀"], &["a"]),
        (r"^\ud83d\ude00$", &["😀"], &["😁"]),
        (r"^[\ud83d\ude00-\u{1F602}]$", &["😁"], &["😃"]),
        (r"\ud83d", &[], &["😀", "a"]),
        (r"^[\u0000-\uffff]$", &["a", "\u{ffff}", "\u{e000}"], &["😀"]),
        (r"^(?!-)[a-z-]{1,63}(?<!-)$", &["a-b"], &["-a", "a-"]),
        (r"^((?!-)[a-z]{1,9}(?<!x)\.)+[a-z]{2,}$", &["ab.cd.com"], &["ax.com", "ab."]),
    ] {
        let program = backtracking(pattern);
        let engine = Regex::with_flags(pattern, "u").ok();
        for (text, verdict) in matching.iter().map(|text| (text, true)).chain(other.iter().map(|text| (text, false))) {
            assert_eq!(program.decide(text), Some(verdict), "{pattern} on {text:?}");
            assert_eq!(
                engine.as_ref().map(|engine| engine.find(text).is_some()),
                Some(verdict),
                "the other engine: {pattern} on {text:?}"
            );
        }
    }
}

impl Seeded {
    /// Returns a random pattern that can contain lookarounds, backreferences and all other nodes of the syntax tree. `groups`
    /// counts the capturing groups.
    fn rich_pattern(&mut self, depth: u64, groups: &mut u64) -> String {
        let mut text = String::new();
        for _ in 0..1 + self.below(4) {
            match self.below(12) {
                0 => text += self.choose(&["^", "$", "|", r"\b", r"\B"]),
                1 if *groups > 0 => text += &format!("\\{}", 1 + self.below(*groups)),
                2 | 3 if depth > 0 => {
                    let opening = self.choose(&["(?=", "(?!", "(?<=", "(?<!"]).to_owned();
                    text += &format!("{opening}{})", self.rich_pattern(depth - 1, groups));
                }
                4..=6 if depth > 0 => {
                    let opening = self.choose(&["(", "(?:"]).to_owned();
                    *groups += u64::from(opening == "(");
                    text += &format!("{opening}{})", self.rich_pattern(depth - 1, groups));
                    text += self.choose(&["", "", "*", "+", "?", "{2}", "{0,2}", "*?", "+?", "??"]);
                }
                _ => {
                    text += self.choose(&["a", "b", "[ab]", "[^a]", ".", r"\d", r"\w", "é", r"\p{L}"]);
                    text += self.choose(&["", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "+?", "*?", "{1,2}?"]);
                }
            }
        }
        text
    }
}

#[test]
fn random_patterns_are_matched_as_by_another_engine() {
    let mut seeded = Seeded(11);
    let (mut matched, mut decided) = (0, 0);
    for _ in 0..6000 {
        let pattern = seeded.rich_pattern(3, &mut 0);
        let Ok(engine) = Regex::with_flags(&pattern, "u") else { continue };
        let program = backtracking(&pattern);
        for _ in 0..8 {
            let text = seeded.text();
            // The other engine has no budget, so it is asked only if copperplate decides within its own budget. The default
            // executor of the other engine may not end, so its Pike VM is used.
            if let Some(decision) = program.decide(&text) {
                let verdict = find::<PikeVMExecutor<'_, '_>>(&engine, &text, 0).next().is_some();
                assert_eq!(decision, verdict, "{pattern} on {text:?}");
                decided += 1;
                matched += usize::from(verdict);
            }
        }
    }
    assert!(decided > 40_000 && matched > 10_000 && matched < decided - 10_000, "{decided} {matched}");
}
