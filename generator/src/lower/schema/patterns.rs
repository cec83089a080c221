//! Patterns: which ones are a sequence of bounded character classes that one greedy pass decides, which an automaton matches, and
//! which need an engine.

use crate::ir::{Matcher, RepeatedClass};
use crate::pattern::{Part, Structure, structure};

/// Decides how `pattern` is matched. The caller has made sure that it is a regular expression.
pub fn matcher(pattern: &str) -> Matcher {
    match structure(pattern) {
        None => Matcher::Engine,
        Some(structure) => classes(&structure).unwrap_or(Matcher::Automaton(structure)),
    }
}

/// How many characters a pattern that may begin anywhere may have, if it is tried at each place of a text.
const NEAR: usize = 64;

fn classes(structure: &Structure) -> Option<Matcher> {
    let [parts] = structure.alternatives.as_slice() else { return None };
    let anchored_start = parts.first() == Some(&Part::Start);
    let parts = &parts[usize::from(anchored_start)..];
    let anchored_end = parts.last() == Some(&Part::End);
    let parts = &parts[..parts.len() - usize::from(anchored_end)];
    let piece = |part: &Part| match part {
        Part::Class(ranges, times) if !ranges.is_empty() => {
            Some(RepeatedClass { ranges: ranges.clone(), min: times.min, max: times.max })
        }
        _ => None,
    };
    let mut pieces: Vec<RepeatedClass> = parts.iter().map(piece).collect::<Option<_>>()?;
    if !anchored_start {
        pieces.reverse();
        shorten(&mut pieces);
        pieces.reverse();
    }
    if !anchored_end {
        shorten(&mut pieces);
    }
    let is_near = |pieces: &[RepeatedClass]| {
        let longest = pieces.iter().try_fold(0_usize, |sum, piece| sum.checked_add(piece.max?));
        longest.is_some_and(|longest| longest <= NEAR)
    };
    let is_right = structure.lookaheads.is_empty() && greedy_is_right(&pieces) && (anchored_start || is_near(&pieces));
    is_right.then_some(Matcher::Classes { anchored_start, anchored_end, classes: pieces })
}

/// At an end that is not anchored a text matches if it does so with as few characters as may be: taking more of them costs time,
/// at every place where a match may begin.
fn shorten(pieces: &mut Vec<RepeatedClass>) {
    while let Some(mut last) = pieces.pop() {
        last.max = Some(last.min);
        if last.min > 0 {
            return pieces.push(last);
        }
    }
}

/// Taking as many as possible is right where nothing that may follow a class could have used what the class took.
fn greedy_is_right(pieces: &[RepeatedClass]) -> bool {
    pieces.iter().enumerate().all(|(index, piece)| {
        if piece.max == Some(piece.min) {
            return true;
        }
        let needed = pieces[index + 1..].iter().position(|next| next.min > 0);
        let followers = &pieces[index + 1..needed.map_or(pieces.len(), |offset| index + offset + 2)];
        followers.iter().all(|next| disjoint(&piece.ranges, &next.ranges))
    })
}

fn disjoint(left: &[(char, char)], right: &[(char, char)]) -> bool {
    left.iter().all(|(first, last)| right.iter().all(|(from, to)| last < from || to < first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(pattern: &str) -> Option<Vec<RepeatedClass>> {
        match matcher(pattern) {
            Matcher::Classes { classes, .. } => Some(classes),
            Matcher::Automaton(_) | Matcher::Engine => None,
        }
    }

    #[test]
    fn sequences_of_classes_need_no_engine() {
        let any_of = |ranges: &[(char, char)], min, max| RepeatedClass { ranges: ranges.to_vec(), min, max };
        assert_eq!(pieces("^[^A-Z]*$"), Some(vec![any_of(&[('\0', '@'), ('[', char::MAX)], 0, None)]));
        assert_eq!(
            pieces("^[^:]+:"),
            Some(vec![any_of(&[('\0', '9'), (';', char::MAX)], 1, None), any_of(&[(':', ':')], 1, Some(1))])
        );
        assert_eq!(pieces("a*b+$"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(pieces("^b+a*"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(pieces(r"^\d{4}-\d{2}$").map(|pieces| pieces.len()), Some(3));
        assert_eq!(pieces(r"^[A-Za-z0-9_-]{1,64}$").map(|pieces| pieces[0].ranges.len()), Some(5));
    }

    #[test]
    fn what_a_greedy_pass_could_get_wrong_goes_to_an_automaton() {
        for pattern in ["^a*ab$", "^(a|b)$", "^[a-z]+[a-z]$", "[]", "^a?b?a$", "a|b", "^(?=a)a$", "x[^b]*b"] {
            assert!(matches!(matcher(pattern), Matcher::Automaton(_)), "{pattern}");
        }
    }

    #[test]
    fn what_looks_around_or_refers_back_goes_to_the_engine() {
        for pattern in ["a(?=b)", "(?<=a)b", r"(a)\1", r"\bfoo\b", r"^\p{L}+$", "^(a{1000}){1000}$", "^(?=a)|b"] {
            assert_eq!(matcher(pattern), Matcher::Engine, "{pattern}");
        }
    }
}
