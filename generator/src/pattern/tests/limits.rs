//! Tests that the cost of compiling a pattern and of matching a text is limited.

use copperplate_runtime::ecma::{MIN_STEPS, STEPS_PER_BYTE};
use copperplate_runtime::runtime::validation::pattern::budget::{SHARED_STEPS, STEPS_PER_STRING, share};
use copperplate_runtime::runtime::{Program, Step};

use crate::pattern::tests::backtracking;
use crate::pattern::*;

#[track_caller]
fn steps(pattern: &str, text: &str) -> (Option<bool>, usize) {
    assert!(matches!(compile(pattern), Ok(Compiled::Backtracking(_))), "{pattern}");
    let program = backtracking(pattern);
    (program.decide(text), program.decide_within(text, usize::MAX).1)
}

#[test]
fn exponential_backtracking_ends_with_the_budget() {
    let text = format!("{}!", "a".repeat(60));
    for pattern in
        [r"(a*)*\1c", r"^(a+)+\b$", r"^(?:(a|a)\1?)+$", "^(a{1,1000}){1,1000}$", "(?<=b(a+)+)!", r"^(?=(a|aa)+\b!!)"]
    {
        let (decision, taken) = steps(pattern, &text);
        assert_eq!(decision, None, "{pattern}");
        assert!(taken <= MIN_STEPS + STEPS_PER_BYTE * text.len(), "{pattern}: {taken}");
    }
}

/// A response can contain a million short strings.
#[test]
fn the_strings_of_a_value_share_the_steps_that_do_not_depend_on_their_lengths() {
    let total =
        |strings: usize| share(|| (0..strings).map(|_| steps(r"^(?:(?:a?){100}){100}(x)\1$", "a").1).sum::<usize>());
    let apart: usize = (0..10).map(|_| steps(r"^(?:(?:a?){100}){100}(x)\1$", "a").1).sum();
    assert!(apart > 10 * MIN_STEPS, "{apart}");
    let together = total(100);
    assert!(together <= SHARED_STEPS + 100 * (STEPS_PER_STRING + STEPS_PER_BYTE), "{together}");
    assert_eq!(total(100), together, "the next value has its own steps");
}

/// Clearing the registers of a pattern with many groups takes longer than the match of a short string.
#[test]
fn clearing_registers_takes_steps() {
    let program = |groups: usize| Program { steps: &[Step::Match], classes: &[], groups, loops: 0 };
    assert_eq!((program(8).decide(""), program(8).decide_within("", usize::MAX).1), (Some(true), 4));
    assert_eq!((program(20_000).decide(""), program(20_000).decide_within("", usize::MAX).1), (Some(true), 7_501));
    assert_eq!(program(100_000).decide(""), None);
    let decided = share(|| (0..100).filter(|_| program(20_000).decide("").is_some()).count());
    assert_eq!(decided, 3);
}

#[test]
fn ordinary_backtracking_takes_few_steps_for_each_byte() {
    let long = "ab-cd".repeat(40_000);
    for (pattern, text) in [
        (r"^(?:(?!--)[a-z-])+$", long.as_str()),
        (r"\bzebra\b", &long),
        (r"^(['#]?)[a-z-]*\1$", &long),
        (r"^\p{L}[\p{L}-]*$", &long),
        (r"^[a-z-]*?(?<!-)$", &long),
    ] {
        let (decision, taken) = steps(pattern, text);
        assert!(decision.is_some() && taken < 20 * text.len(), "{pattern}: {decision:?} {taken}");
    }
}

/// Each optional repetition pushes a state on the stack, so that the match can backtrack to this state.
#[test]
fn the_stack_of_a_match_is_limited() {
    let long = "a".repeat(2_000_000);
    assert_eq!(steps(r"^(?:a|b)*\b$", &long).0, None);
    assert_eq!(steps(r"^(?:a|b)*\b$", &long[..200_000]).0, Some(true));
}

#[test]
fn huge_patterns_are_rejected() {
    for pattern in ["a".repeat(1 << 20), "(a?".repeat(20_000) + &")".repeat(20_000), "[a-z]".repeat(20_000)] {
        assert!(compile(&pattern).is_err() && algorithm(&pattern).is_none());
    }
    let unicode = r"[\p{L}\p{N}]".repeat(2_000);
    assert!(compile(&unicode).is_err_and(|error| error.contains("too many character ranges")));
    assert!(compile("(?i:a)").is_err_and(|error| error.contains("modifiers")));
}

#[test]
fn huge_repetitions_are_compiled_without_copies() {
    for pattern in ["^(a{1000}){1000}$", "((((a{1000}){1000}){1000}){1000}){1000}", "a{99999999999999999999}"] {
        assert!(
            matches!(compile(pattern), Ok(Compiled::Backtracking(program)) if program.steps.len() < 30),
            "{pattern}"
        );
    }
    // Groups that match only the empty text, such as `()`, do not make the automaton larger, but it takes time to repeat them.
    let empty = format!("(a{}){{1000}}", "()".repeat(10_000));
    assert!(matches!(compile(&empty), Ok(Compiled::Backtracking(_))));
    let letters: String = ('\u{4e00}'..).take(15_000).collect();
    assert!(matches!(compile(&letters), Ok(Compiled::Backtracking(_))));
    assert!(matches!(compile(&format!("^{}a$", "(?=a)".repeat(10_000))), Ok(Compiled::Backtracking(_))));
}
