//! Reads numbers in a text: digits, words of numbers, powers such as `2^31 - 1`, and the unit after a number.

use crate::page::token::Token;
use crate::page::vocabulary::Vocabulary;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quantity<'t> {
    /// The digits, with a sign and a decimal point if the text has them.
    pub(super) digits: String,
    /// The unit: `GB`, `Mbit/s`.
    pub(super) unit: Option<&'t str>,
    /// The index of the token after the number, without its unit.
    pub(super) end: usize,
    /// The index of the token after the unit.
    pub(super) unit_end: usize,
}

/// Reads a number at a token.
pub(super) fn read<'t>(text: &'t str, tokens: &[Token<'t>], index: usize, words: &Vocabulary) -> Option<Quantity<'t>> {
    let token = tokens.get(index)?;
    let next = tokens.get(index + 1);
    let is_sign = |token: &Token<'_>| matches!(token.text, "-" | "−" | "–");
    if is_sign(token) && next.is_some_and(|next| next.start == token.start + token.text.len() && !is_sign(next)) {
        let quantity = read(text, tokens, index + 1, words)?;
        return Some(Quantity { digits: format!("-{}", quantity.digits), ..quantity });
    }
    let (digits, end) = if token.text.starts_with(|first: char| first.is_ascii_digit()) {
        let digits: String = token.text.chars().filter(|letter| *letter != ',').collect();
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        power(tokens, index, &digits).or(is_number.then_some((digits, index + 1)))?
    } else {
        let word = words.numbers.iter().find(|(word, _)| word.eq_ignore_ascii_case(token.text))?;
        (word.1.to_string(), index + 1)
    };
    let unit = unit(text, tokens, end, words);
    Some(Quantity { digits, unit: unit.map(|(unit, _)| unit), end, unit_end: unit.map_or(end, |(_, after)| after) })
}

/// Reads `2^31`, `2^31-1` and `10^6`. Returns the digits and the index of the token after them.
fn power(tokens: &[Token<'_>], index: usize, base: &str) -> Option<(String, usize)> {
    let text = |ahead: usize| tokens.get(index + ahead).map(|token| token.text);
    let is_power = text(1) == Some("^");
    let exponent = text(2).filter(|_| is_power)?;
    let value = base.parse::<u128>().ok()?.checked_pow(exponent.parse().ok()?)?;
    let change = text(4).filter(|change| *change == "1");
    let (value, length) = match (text(3), change) {
        (Some("-" | "−" | "–"), Some(_)) => (value.checked_sub(1)?, 5),
        (Some("+"), Some(_)) => (value.checked_add(1)?, 5),
        _ => (value, 3),
    };
    Some((value.to_string(), index + length))
}

/// Reads a unit at a token. Returns it and the index of the token after it.
fn unit<'t>(text: &'t str, tokens: &[Token<'t>], index: usize, words: &Vocabulary) -> Option<(&'t str, usize)> {
    let first = tokens.get(index)?;
    // The longest unit that begins here: `Mbit/s` before `Mbit`.
    let rest = &text[first.start..];
    let units = words.units.iter().filter(|unit| rest.starts_with(**unit));
    let unit = units.max_by_key(|unit| unit.len())?;
    let end = first.start + unit.len();
    let is_whole = !rest[unit.len()..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '/');
    let after = index + tokens[index..].iter().take_while(|token| token.start < end).count();
    is_whole.then_some((&rest[..unit.len()], after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::token::tokens;
    use crate::page::vocabulary;

    #[test]
    fn numbers_have_signs_powers_and_units() {
        let found = |text: &str| {
            let tokens = tokens(text);
            read(text, &tokens, 0, vocabulary::of("Mandatory"))
                .map(|found| (found.digits, found.unit.unwrap_or_default().to_owned(), tokens.len() - found.unit_end))
        };
        let some = |digits: &str, unit: &str, rest: usize| Some((digits.to_owned(), unit.to_owned(), rest));
        assert_eq!(found("1,000 Mbit/s to"), some("1000", "Mbit/s", 1));
        assert_eq!(found("-1 to"), some("-1", "", 1));
        assert_eq!(found("−0.5%"), some("-0.5", "%", 0));
        assert_eq!(found("2^31-1."), some("2147483647", "", 1));
        assert_eq!(found("2^63 - 1"), some("9223372036854775807", "", 0));
        assert_eq!(found("10^6 items"), some("1000000", "", 1));
        assert_eq!(found("three GBs"), some("3", "", 1));
        assert_eq!((found("a"), found("- 1"), found("--1"), found("2^999")), (None, None, None, some("2", "", 2)));
    }
}
