//! How long a text can be that a pattern matches.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{AssertionKind, Ast, RepetitionKind, RepetitionRange};

/// The lengths between which a text lies, in code points; `None` above means that there is no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    /// The shortest text.
    pub(crate) min: u64,
    /// The longest text.
    pub(crate) max: Option<u64>,
}

impl Extent {
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

/// The lengths of the texts that `pattern` matches; `None` where the pattern has parts whose lengths are not known, such as look-ahead.
pub(crate) fn of(pattern: &str) -> Option<Extent> {
    let ast = Parser::new().parse(pattern).ok()?;
    let matched = extent(&ast)?;
    let whole = is_bound(&ast, &AssertionKind::StartLine) && is_bound(&ast, &AssertionKind::EndLine);
    // A match that is not held at both ends may stand in a longer text.
    Some(Extent { max: matched.max.filter(|_| whole), ..matched })
}

fn extent(ast: &Ast) -> Option<Extent> {
    match ast {
        Ast::Empty(_) | Ast::Assertion(_) => Some(Extent::EMPTY),
        Ast::Literal(_) | Ast::Dot(_) | Ast::ClassUnicode(_) | Ast::ClassPerl(_) | Ast::ClassBracketed(_) => {
            Some(Extent::ONE)
        }
        // ECMA-262 has no flags within a pattern.
        Ast::Flags(_) => None,
        Ast::Group(group) => extent(&group.ast),
        Ast::Repetition(repetition) => {
            let (min, max) = match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => (0, Some(1)),
                RepetitionKind::ZeroOrMore => (0, None),
                RepetitionKind::OneOrMore => (1, None),
                RepetitionKind::Range(RepetitionRange::Exactly(times)) => (*times, Some(*times)),
                RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (*min, None),
                RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
            };
            Some(extent(&repetition.ast)?.repeated(min, max))
        }
        Ast::Concat(parts) => {
            parts.asts.iter().try_fold(Extent::EMPTY, |before, part| Some(before.then(extent(part)?)))
        }
        Ast::Alternation(ways) => {
            let mut ways = ways.asts.iter().map(extent);
            let first = ways.next()??;
            ways.try_fold(first, |before, way| Some(before.or(way?)))
        }
    }
}

/// Whether every match begins, or ends, where the text does: `anchor` says which.
fn is_bound(ast: &Ast, anchor: &AssertionKind) -> bool {
    match ast {
        Ast::Assertion(assertion) => assertion.kind == *anchor,
        Ast::Group(group) => is_bound(&group.ast, anchor),
        Ast::Concat(parts) => {
            let outer = if *anchor == AssertionKind::StartLine { parts.asts.first() } else { parts.asts.last() };
            outer.is_some_and(|part| is_bound(part, anchor))
        }
        Ast::Alternation(ways) => ways.asts.iter().all(|way| is_bound(way, anchor)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_whole_texts() {
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
            assert_eq!(of(pattern), Some(Extent { min, max }), "{pattern}");
        }
        for unknown in ["^(?=a)a$", "^(a)\\1$", "["] {
            assert_eq!(of(unknown), None, "{unknown}");
        }
    }
}
