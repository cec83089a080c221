//! Reads bounds that a description states in words, such as "Minimum length: 1 Maximum length: 64" or "up to three IDs".

use std::str::FromStr;
use std::sync::LazyLock;

use regress::Regex;
use serde_json::Number;

/// The quantity that a bound limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// The length of a string.
    Length,
    /// The value of a number.
    Value,
    /// The number of items of a list.
    Items,
}

/// Whether a bound is a minimum or a maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// A minimum.
    Low,
    /// A maximum.
    High,
}

/// One bound that a description states in words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Statement {
    /// The quantity that the bound limits.
    pub(crate) measure: Measure,
    /// Whether the bound is a minimum or a maximum.
    pub(crate) side: Side,
    /// The value of the bound.
    pub(crate) limit: Number,
    /// The words that state the bound, such as `up to three IDs`.
    pub(crate) words: String,
}

/// A regular expression for a number in digits. [`number`] parses its only capture group. The number of groups of three digits is
/// limited: otherwise a search that begins at each group of a long number would take quadratic time.
const DIGITS: &str = r"(-?\d+(?:,\d{3}){0,8}(?:\.\d+)?)(?![\d\w%]|[.,]\d)";

/// A regular expression for a number in digits, or for a word from "one" to "ten".
const NUMBER: &str =
    r"(-?\d+(?:,\d{3}){0,8}(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)(?![\d\w%]|[.,]\d)";

/// A regular expression for an optional word before "characters", such as "Unicode" in "64 Unicode characters".
const KIND: &str = r"(?:[a-z-]+ )?";

const LETTERS: &str = r"(?:characters|character|chars|char|letters)\b(?!,? each)";
const ITEMS: &str = r"(?:items|item|elements|element|entries|entry|ids|id|values|objects)\b";

/// A regular expression that rejects a number with a unit, such as "10 seconds". Every word after a number counts as a unit,
/// except the words that the expression lists.
const NO_UNIT: &str = r"(?! ?[-°]| (?!(?:and|or|but|inclusive|if|when|where|which|for|with|unless|is|as|min|max|minimum|maximum|default|the)\b)[a-z])";

/// Regular expressions for the sentences in which API documentation states bounds.
///
/// Letters stand for other expressions: `N` for [`NUMBER`], `D` for [`DIGITS`], `K` for [`KIND`], `L` for [`LETTERS`], `I` for
/// [`ITEMS`], and `U` for [`NO_UNIT`]. An expression with two numbers states a minimum and a maximum.
const WORDINGS: &[(Measure, &[Side], &str)] = &[
    (
        Measure::Length,
        &[Side::Low],
        r"\bmin(?:imum|\.)?(?: character| text| string)?[ -]?length(?: is| of|:| =| must be)* N",
    ),
    (
        Measure::Length,
        &[Side::High],
        r"\bmax(?:imum|\.)?(?: character| text| string)?[ -]?length(?: is| of|:| =| must be)* N",
    ),
    (Measure::Length, &[Side::Low, Side::High], r"\bN ?(?:to|-|–|~|and) ?N KL"),
    (
        Measure::Length,
        &[Side::Low, Side::High],
        r"\blength(?: range)?(?::| is| must be)*(?: between| from)? N ?(?:to|-|–|~|and) ?N",
    ),
    (
        Measure::Length,
        &[Side::High],
        r"\b(?:at most|up to|maximum(?: of)?:?|max\.?(?: of)?:?|no more than|not exceed(?:ing)?|exceed|limited to|(?:no|not be) longer than) N KL",
    ),
    (Measure::Length, &[Side::High], r"\bN KL ?(?:\(?max(?:imum)?\b|or less|or fewer|at most)"),
    (
        Measure::Length,
        &[Side::Low],
        r"\b(?:at least|minimum(?: of)?:?|min\.?(?: of)?:?|no fewer than|no less than) N KL",
    ),
    (Measure::Length, &[Side::Low], r"\bN KL ?(?:\(?min(?:imum)?\b|or more|at least)"),
    (Measure::Value, &[Side::Low], r"\bmin(?:imum|\.)?(?: allowed)?(?: value)?(?: is|:| =|=)* DU"),
    (Measure::Value, &[Side::High], r"\bmax(?:imum|\.)?(?: allowed)?(?: value)?(?: is|:| =|=)* DU"),
    (
        Measure::Value,
        &[Side::Low, Side::High],
        r"(?:^|[.:;,(] ?|\b(?:must be|should be|is|use|specify) )(?:an? )?(?:value |number |integer )?between D and DU",
    ),
    (
        Measure::Value,
        &[Side::Low, Side::High],
        r"\b(?:value range(?: is)?:?|range:|ranges? from) D ?(?:to|-|–|~|and) ?DU",
    ),
    (
        Measure::Value,
        &[Side::High],
        r"\b(?:must|can|may|should)(?: not|not) (?:exceed|be (?:greater|more|larger) than) DU",
    ),
    (Measure::Value, &[Side::Low], r"\b(?:greater|more|larger) than or equal to DU"),
    (Measure::Value, &[Side::High], r"\b(?:less|smaller|lower) than or equal to DU"),
    (Measure::Items, &[Side::High], r"\b(?:at most|up to|maximum(?: of)?|max\.?(?: of)?|no more than|limited to) N KI"),
    (Measure::Items, &[Side::Low], r"\b(?:at least|minimum(?: of)?|min\.?(?: of)?|no fewer than) N KI"),
    (Measure::Items, &[Side::High], r"\bmax(?:imum|\.)? (?:number of )?I(?: is|:| =)* N"),
    (Measure::Items, &[Side::Low], r"\bmin(?:imum|\.)? (?:number of )?I(?: is|:| =)* N"),
    (Measure::Items, &[Side::Low, Side::High], r"\barray length: N ?- ?N"),
];

/// Each text that matches a regular expression in [`WORDINGS`] contains at least one of these words or characters. A description
/// without any of them therefore states no bound, and is not matched against the regular expressions.
const INDICATORS: &[&str] = &[
    "min", "max", "to", "-", "–", "~", "and", "least", "most", "exceed", "longer", "less", "fewer", "more", "greater",
    "larger",
];

/// An element of [`WORDINGS`], with its regular expression compiled.
type Compiled = (Measure, &'static [Side], Regex);

static COMPILED: LazyLock<Vec<Compiled>> = LazyLock::new(|| {
    let compiled = WORDINGS.iter().filter_map(|(measure, sides, wording)| {
        let pattern = wording.replace('N', NUMBER).replace('D', DIGITS).replace('U', NO_UNIT).replace('K', KIND);
        let pattern = pattern.replace('L', LETTERS).replace('I', ITEMS);
        Some((*measure, *sides, Regex::with_flags(&pattern, "i").ok()?))
    });
    compiled.collect()
});

/// Returns the bounds that the description `text` states for the quantity `measure`.
pub(crate) fn stated(measure: Measure, text: &str) -> Vec<Statement> {
    let lower = text.to_lowercase();
    if !INDICATORS.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    // A line break in a YAML description stands for a space.
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut statements = Vec::new();
    for (_, sides, regex) in COMPILED.iter().filter(|(known, ..)| *known == measure) {
        for found in regex.find_iter(&line) {
            let words = line.get(found.range()).unwrap_or_default();
            let words = words.trim_start_matches(|letter: char| !letter.is_alphanumeric()).trim_end().to_owned();
            let limits = (1..=sides.len()).filter_map(|group| number(line.get(found.group(group)?)?));
            let bounds = sides.iter().zip(limits);
            statements.extend(bounds.map(|(side, limit)| Statement {
                measure,
                side: *side,
                limit,
                words: words.clone(),
            }));
        }
    }
    statements
}

fn number(text: &str) -> Option<Number> {
    const WORDS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    match WORDS.iter().position(|word| text.eq_ignore_ascii_case(word)) {
        Some(index) => Some((index + 1).into()),
        None => Number::from_str(&text.replace(',', "")).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(measure: Measure, text: &str) -> Vec<String> {
        assert_eq!(COMPILED.len(), WORDINGS.len(), "a wording is not a valid pattern");
        let sign = |side| if side == Side::Low { ">=" } else { "<=" };
        stated(measure, text).into_iter().map(|found| format!("{}{}", sign(found.side), found.limit)).collect()
    }

    #[test]
    fn wordings_of_lengths_are_read() {
        for (text, expected) in [
            ("Specifies the group ID. Minimum length: 1 Maximum length: 64", vec![">=1", "<=64"]),
            ("The name, 1 to 32 characters.", vec![">=1", "<=32"]),
            ("Maximum of 128 characters", vec!["<=128"]),
            ("between 1 and\n 1,024 Unicode characters", vec![">=1", "<=1024"]),
            ("Must not exceed 50 chars", vec!["<=50"]),
            ("30 characters max", vec!["<=30"]),
            ("at least eight characters", vec![">=8"]),
            ("The max length is 255.", vec!["<=255"]),
            ("2-10 strings 1-100 characters each", vec![]),
            ("The name of 3 characters is 7 long", vec![]),
            ("Maximum length varies. 64 KB at most.", vec![]),
        ] {
            assert_eq!(bounds(Measure::Length, text), expected, "{text}");
        }
    }

    #[test]
    fn wordings_of_values_are_distinguished_from_counts() {
        for (text, expected) in [
            ("Minimum: 1, Maximum: 64", vec![">=1", "<=64"]),
            ("The results per page (max 100).", vec!["<=100"]),
            ("Value range: 0-100", vec![">=0", "<=100"]),
            ("The offset, must be between 0 and 99.", vec![">=0", "<=99"]),
            ("Cannot exceed 1,000", vec!["<=1000"]),
            ("greater than or equal to 0", vec![">=0"]),
            ("at most 2 decimal places; max 20MB; maximum 10 items", vec![]),
            ("maximum 50%. Minimum 1 hour. Max: 1 week. Cannot be more than two intervals", vec![]),
            ("A boost value between 0 and 1.0 decreases the score, and use 3 between 4 and 5 of them.", vec![]),
            ("An integer between 1 and 31. ", vec![">=1", "<=31"]),
        ] {
            assert_eq!(bounds(Measure::Value, text), expected, "{text}");
        }
    }

    #[test]
    fn long_numbers_are_read_up_to_a_number_of_groups() {
        let text = |groups: usize| format!("Maximum length: 1{}", ",000".repeat(groups));
        assert_eq!(bounds(Measure::Length, &text(6)), ["<=1000000000000000000"]);
        assert_eq!(bounds(Measure::Length, &text(8)).len(), 1);
        assert_eq!(bounds(Measure::Length, &text(10_000)), Vec::<String>::new());
    }

    #[test]
    fn wordings_of_item_counts_are_read() {
        for (text, expected) in [
            ("Specifies the list of at most three IDs of the service tickets", vec!["<=3"]),
            ("Array Length: 1 - 10 elements", vec![">=1", "<=10"]),
            ("Up to 50 tag values.", vec!["<=50"]),
            ("Maximum items: 5", vec!["<=5"]),
            ("Up to 50 times a day", vec![]),
        ] {
            assert_eq!(bounds(Measure::Items, text), expected, "{text}");
        }
    }
}
