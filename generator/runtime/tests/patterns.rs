//! Tests patterns for which all matching strings have the same length. Comparison by words of eight bytes must have the
//! same result as comparison class by class. Also tests the limit of steps for backtracking.

use copperplate_runtime::runtime::validation::pattern::automaton::AutomatonBuilder;
use copperplate_runtime::runtime::validation::report::Report;
use copperplate_runtime::runtime::{Direction, Matcher, Pattern, Piece, ValidationContext, character_ranges};

/// An optional character that no string in these tests contains. A pattern with this piece has no fixed length, so it
/// is compared class by class.
const OPTIONAL: Piece = Piece::new(&[(char::MAX, char::MAX)], 0, 1);

const UPPER: &[(char, char)] = &[('A', 'Z')];
const DIGITS: &[(char, char)] = &[('0', '9')];
const DASH: &[(char, char)] = &[('-', '-')];
const HEX: &[(char, char)] = &[('0', '9'), ('A', 'F'), ('a', 'f')];
const ANY: &[(char, char)] = &[('\0', '\u{7f}')];

/// In each row: a pattern with a fixed length, the same pattern with [`OPTIONAL`], and a string that matches both.
static PAIRS: &[(Pattern, Pattern, &str)] = &[
    (
        Pattern::new("8", true, true, &[Piece::new(DIGITS, 8, 8)]),
        Pattern::new("8", true, true, &[OPTIONAL, Piece::new(DIGITS, 8, 8)]),
        "20261121",
    ),
    (
        Pattern::new("10", true, true, &[Piece::new(UPPER, 3, 3), Piece::new(DASH, 1, 1), Piece::new(DIGITS, 6, 6)]),
        Pattern::new(
            "10",
            true,
            true,
            &[OPTIONAL, Piece::new(UPPER, 3, 3), Piece::new(DASH, 1, 1), Piece::new(DIGITS, 6, 6)],
        ),
        "AZQ-098765",
    ),
    (
        Pattern::new("17", true, true, &[Piece::new(HEX, 8, 8), Piece::new(DASH, 1, 1), Piece::new(ANY, 8, 8)]),
        Pattern::new(
            "17",
            true,
            true,
            &[OPTIONAL, Piece::new(HEX, 8, 8), Piece::new(DASH, 1, 1), Piece::new(ANY, 8, 8)],
        ),
        "09afAF5b-\u{0}\u{7f}az AZ~",
    ),
    (
        Pattern::new("40", true, true, &[Piece::new(HEX, 40, 40)]),
        Pattern::new("40", true, true, &[OPTIONAL, Piece::new(HEX, 40, 40)]),
        "0123456789abcdefABCDEF0123456789abcdefAB",
    ),
    (
        Pattern::new("41", true, true, &[Piece::new(HEX, 41, 41)]),
        Pattern::new("41", true, true, &[OPTIONAL, Piece::new(HEX, 41, 41)]),
        "0123456789abcdefABCDEF0123456789abcdefABC",
    ),
];

#[test]
fn comparison_by_words_and_by_classes_has_the_same_result() {
    for (fixed, by_class, valid) in PAIRS {
        assert!(fixed.is_match(valid), "{valid}");
        let letters: Vec<char> = valid.chars().collect();
        for place in 0..letters.len() {
            for other in (0..=255).filter_map(char::from_u32).chain(['ß', '€', '😀']) {
                let mut changed = letters.clone();
                changed[place] = other;
                let changed: String = changed.into_iter().collect();
                assert_eq!(fixed.is_match(&changed), by_class.is_match(&changed), "{changed:?}");
            }
            let (short, long) = (&valid[..place], format!("{valid}{}", &valid[..=place]));
            assert_eq!(fixed.is_match(short), by_class.is_match(short), "{short:?}");
            assert_eq!(fixed.is_match(&long), by_class.is_match(&long), "{long:?}");
        }
    }
}

#[test]
fn a_character_beyond_ascii_counts_as_one() {
    static WORD: Pattern = Pattern::new("^[a-zß-ö]{2,4}$", true, true, &[Piece::new(&[('a', 'z'), ('ß', 'ö')], 2, 4)]);
    for (text, expected) in
        [("ab", true), ("aß", true), ("ßaßa", true), ("ßaßaß", false), ("abcdö", false), ("ß", false), ("aé", true)]
    {
        assert_eq!(WORD.is_match(text), expected, "{text}");
    }
    static NO_SPACE: Pattern =
        Pattern::new("^[^ ]*$", true, true, &[Piece::new(&[('\0', '\u{1f}'), ('!', char::MAX)], 0, usize::MAX)]);
    for (text, expected) in [("", true), ("a€b😀", true), ("a€ b", false), (" ", false), ("€ ", false)] {
        assert_eq!(NO_SPACE.is_match(text), expected, "{text}");
    }
}

/// A pattern that takes too many steps for the string `long`.
struct Expensive;

impl Matcher for Expensive {
    fn pattern(&self) -> &str {
        "^(a*)*\\1c$"
    }

    fn is_match(&self, text: &str) -> bool {
        self.decide(text) == Some(true)
    }

    fn decide(&self, text: &str) -> Option<bool> {
        (text != "long").then_some(text == "c")
    }
}

#[test]
fn a_text_that_takes_too_many_steps_is_a_violation() {
    let violation = |text: &str| {
        let report = Report::new(Direction::Response);
        _ = ValidationContext::root(&report).pattern(text, &Expensive);
        report.finish().err().map(|found| found.to_string())
    };
    assert_eq!(violation("c"), None);
    assert_eq!(violation("b").as_deref(), Some("body: pattern ^(a*)*\\1c$, but the value is \"b\""));
    let expected = "body: pattern ^(a*)*\\1c$, but the value is not matched, because that takes too many steps";
    assert_eq!(violation("long").as_deref(), Some(expected));
}

/// The transitions of a thousand optional positions lead from each of them to all later ones.
#[test]
fn optional_repetitions_take_few_steps_for_each_character() {
    let mut builder = AutomatonBuilder::default();
    let optional = builder.repeat(0, 1000, |builder| builder.class(&[('a', 'a')]));
    let last = builder.class(&[('b', 'b')]);
    let whole = builder.concat(optional, last);
    let automaton = builder.finish(whole).unwrap();
    let text = "a".repeat(2000);
    let (decision, steps) = automaton.decide(&text, usize::MAX);
    assert!(decision == Some(false) && steps <= 4 * text.len(), "{decision:?} {steps}");
    assert_eq!(automaton.decide(&format!("{text}b"), usize::MAX).0, Some(true));
    assert_eq!(automaton.decide(&text, 100).0, None);
}

#[test]
fn character_ranges_are_pairs_of_characters() {
    static RANGES: [(char, char); 2] = character_ranges(&['a', 'f', 'x', char::MAX]);
    assert_eq!(RANGES, [('a', 'f'), ('x', char::MAX)]);
    let pattern = Pattern::new("^[a-fx-\\u{10ffff}]+$", true, true, const { &[Piece::new(&RANGES, 1, usize::MAX)] });
    assert!(pattern.is_match("axf\u{10ffff}") && !pattern.is_match("ag"));
}
