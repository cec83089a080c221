//! Decides how a pattern is matched: by one greedy pass over character classes, by an automaton, or by backtracking.

use crate::ir::{Matcher, RepeatedClass};
use crate::pattern::{Algorithm, Part, Program, Structure, algorithm};

/// A pattern without `^` is matched by greedy passes only if its matches have at most this many characters. One pass starts at
/// each position of the text, which is slow if matches are long. An automaton is then used instead of the passes.
const MAX_UNANCHORED_LENGTH: usize = 64;

/// Returns the cheapest algorithm that matches `pattern`, which must be a valid regular expression.
pub(crate) fn matcher(pattern: &str) -> Matcher {
    match algorithm(pattern) {
        Some(Algorithm::Automata(structure)) => class_matcher(&structure).unwrap_or(Matcher::Automaton(structure)),
        Some(Algorithm::Backtracking(program)) => Matcher::Backtracking(program),
        // The check stage rejects a pattern that no algorithm can match. The empty program is a placeholder: it matches no
        // text.
        None => Matcher::Backtracking(Program::default()),
    }
}

/// Returns [`Matcher::Classes`] if the pattern is a sequence of character classes that a greedy pass matches correctly.
fn class_matcher(structure: &Structure) -> Option<Matcher> {
    let [parts] = structure.alternatives.as_slice() else { return None };
    let anchored_start = parts.first() == Some(&Part::Start);
    let parts = &parts[usize::from(anchored_start)..];
    let anchored_end = parts.last() == Some(&Part::End);
    let parts = &parts[..parts.len() - usize::from(anchored_end)];
    let class = |part: &Part| match part {
        Part::Class(ranges, times) if !ranges.is_empty() => {
            Some(RepeatedClass { ranges: ranges.clone(), min: times.min, max: times.max })
        }
        _ => None,
    };
    let mut classes: Vec<RepeatedClass> = parts.iter().map(class).collect::<Option<_>>()?;
    if !anchored_start {
        classes.reverse();
        shorten(&mut classes);
        classes.reverse();
    }
    if !anchored_end {
        shorten(&mut classes);
    }
    let is_short = |classes: &[RepeatedClass]| {
        let longest = classes.iter().try_fold(0_usize, |sum, class| sum.checked_add(class.max?));
        longest.is_some_and(|longest| longest <= MAX_UNANCHORED_LENGTH)
    };
    let is_correct =
        structure.lookaheads.is_empty() && is_greedy_correct(&classes) && (anchored_start || is_short(&classes));
    is_correct.then_some(Matcher::Classes { anchored_start, anchored_end, classes })
}

/// Shortens the end of a pattern without `$`: `^b+a*` becomes `^b`, which matches the same texts in less time. The start of a
/// pattern without `^` is shortened in the same way, with the classes in reverse order.
fn shorten(classes: &mut Vec<RepeatedClass>) {
    while let Some(mut last) = classes.pop() {
        last.max = Some(last.min);
        if last.min > 0 {
            return classes.push(last);
        }
    }
}

/// Returns whether a greedy pass finds a match whenever there is one. In a greedy pass, each class takes as many characters as it
/// can. The pass is correct if no class of variable length shares a character with a class that can follow it.
fn is_greedy_correct(classes: &[RepeatedClass]) -> bool {
    classes.iter().enumerate().all(|(index, class)| {
        if class.max == Some(class.min) {
            return true;
        }
        let required = classes[index + 1..].iter().position(|next| next.min > 0);
        let followers = &classes[index + 1..required.map_or(classes.len(), |offset| index + offset + 2)];
        followers.iter().all(|next| are_disjoint(&class.ranges, &next.ranges))
    })
}

fn are_disjoint(left: &[(char, char)], right: &[(char, char)]) -> bool {
    left.iter().all(|(first, last)| right.iter().all(|(from, to)| last < from || to < first))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(pattern: &str) -> Option<Vec<RepeatedClass>> {
        match matcher(pattern) {
            Matcher::Classes { classes, .. } => Some(classes),
            Matcher::Automaton(_) | Matcher::Backtracking(_) => None,
        }
    }

    #[test]
    fn sequences_of_classes_are_matched_by_one_pass() {
        let any_of = |ranges: &[(char, char)], min, max| RepeatedClass { ranges: ranges.to_vec(), min, max };
        assert_eq!(classes("^[^A-Z]*$"), Some(vec![any_of(&[('\0', '@'), ('[', char::MAX)], 0, None)]));
        assert_eq!(
            classes("^[^:]+:"),
            Some(vec![any_of(&[('\0', '9'), (';', char::MAX)], 1, None), any_of(&[(':', ':')], 1, Some(1))])
        );
        assert_eq!(classes("a*b+$"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(classes("^b+a*"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(classes(r"^\d{4}-\d{2}$").map(|classes| classes.len()), Some(3));
        assert_eq!(classes(r"^[A-Za-z0-9_-]{1,64}$").map(|classes| classes[0].ranges.len()), Some(5));
    }

    #[test]
    fn patterns_that_a_greedy_pass_may_get_wrong_are_matched_by_an_automaton() {
        for pattern in ["^a*ab$", "^(a|b)$", "^[a-z]+[a-z]$", "[]", "^a?b?a$", "a|b", "^(?=a)a$", "x[^b]*b"] {
            assert!(matches!(matcher(pattern), Matcher::Automaton(_)), "{pattern}");
        }
    }

    #[test]
    fn lookarounds_and_backreferences_are_matched_by_backtracking() {
        for pattern in ["a(?=b)", "(?<=a)b", r"(a)\1", r"\bfoo\b", r"^\p{L}+$", "^(a{1000}){1000}$", "^(?=a)|b"] {
            assert!(
                matches!(matcher(pattern), Matcher::Backtracking(program) if !program.steps.is_empty()),
                "{pattern}"
            );
        }
    }
}
