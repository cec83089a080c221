//! Computes the possible lengths of the strings that match a pattern.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{AssertionKind, Ast, RepetitionKind, RepetitionRange};

/// The lengths of the strings that match a pattern, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LengthRange {
    /// The length of the shortest string that matches.
    pub(crate) min: u64,
    /// The length of the longest string that matches; `None` if there is no longest string, as for `a*`.
    pub(crate) max: Option<u64>,
}

impl LengthRange {
    const EMPTY: Self = Self { min: 0, max: Some(0) };
    const ONE: Self = Self { min: 1, max: Some(1) };

    fn then(self, next: Self) -> Self {
        Self { min: self.min.saturating_add(next.min), max: self.max.zip(next.max).and_then(|(a, b)| a.checked_add(b)) }
    }

    fn or(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.zip(other.max).map(|(a, b)| a.max(b)) }
    }

    fn repeated(self, min: u32, max: Option<u32>) -> Self {
        let most = match (self.max, max) {
            (Some(0), _) | (_, Some(0)) => Some(0),
            (Some(each), Some(times)) => each.checked_mul(times.into()),
            _ => None,
        };
        Self { min: self.min.saturating_mul(min.into()), max: most }
    }
}

/// Returns the possible lengths of strings that match `pattern`; `None` if they are not known, for example because of a
/// look-ahead.
pub(crate) fn length_range_of(pattern: &str) -> Option<LengthRange> {
    let ast = Parser::new().parse(pattern).ok()?;
    let matched = length_range(&ast)?;
    let is_whole_text = is_anchored(&ast, &AssertionKind::StartLine) && is_anchored(&ast, &AssertionKind::EndLine);
    // If a pattern is not anchored at both ends, a longer string that contains a match also matches.
    Some(LengthRange { max: matched.max.filter(|_| is_whole_text), ..matched })
}

fn length_range(ast: &Ast) -> Option<LengthRange> {
    match ast {
        Ast::Empty(_) | Ast::Assertion(_) => Some(LengthRange::EMPTY),
        Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
            Some(LengthRange::ONE)
        }
        // ECMA-262 has no inline flags, such as `(?i)`.
        Ast::Flags(_) => None,
        Ast::Group(group) => length_range(&group.ast),
        Ast::Repetition(repetition) => {
            let (min, max) = match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => (0, Some(1)),
                RepetitionKind::ZeroOrMore => (0, None),
                RepetitionKind::OneOrMore => (1, None),
                RepetitionKind::Range(RepetitionRange::Exactly(times)) => (*times, Some(*times)),
                RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (*min, None),
                RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
            };
            Some(length_range(&repetition.ast)?.repeated(min, max))
        }
        Ast::Concat(parts) => {
            parts.asts.iter().try_fold(LengthRange::EMPTY, |before, part| Some(before.then(length_range(part)?)))
        }
        Ast::Alternation(alternatives) => {
            let mut alternatives = alternatives.asts.iter().map(length_range);
            let first = alternatives.next()??;
            alternatives.try_fold(first, |before, alternative| Some(before.or(alternative?)))
        }
    }
}

/// Returns whether every alternative of `ast` has the anchor `anchor`: `^` at its start, or `$` at its end.
fn is_anchored(ast: &Ast, anchor: &AssertionKind) -> bool {
    match ast {
        Ast::Assertion(assertion) => assertion.kind == *anchor,
        Ast::Group(group) => is_anchored(&group.ast, anchor),
        Ast::Concat(parts) => {
            let outer = if *anchor == AssertionKind::StartLine { parts.asts.first() } else { parts.asts.last() };
            outer.is_some_and(|part| is_anchored(part, anchor))
        }
        Ast::Alternation(alternatives) => alternatives.asts.iter().all(|part| is_anchored(part, anchor)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_of_an_unanchored_pattern_has_no_maximum() {
        for (pattern, min, max) in [
            ("^[a-z]{2,4}$", 2, Some(4)),
            ("[a-z]{2,4}", 2, None),
            ("^a{2}|b$", 1, None),
            ("^(a|bcd)?$", 0, Some(3)),
            ("^(?:ab|c)\\d*$", 1, None),
            ("^(ab{2}|^c)$", 1, Some(3)),
            ("^[A-Z]{2}-\\d{4}(-[0-9a-f]+){0}$", 7, Some(7)),
            ("^\\p{L}\\/.$", 3, Some(3)),
        ] {
            assert_eq!(length_range_of(pattern), Some(LengthRange { min, max }), "{pattern}");
        }
        for unknown in ["^(?=a)a$", "^(a)\\1$", "["] {
            assert_eq!(length_range_of(unknown), None, "{unknown}");
        }
    }
}
