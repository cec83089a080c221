//! Changes for people.

use std::fmt::Write;

use super::{Spots, Texts, verdict, word};
use crate::diff::{Change, Direction, Verdict};

/// All changes, a few lines each, and a line that counts them; nothing where there are none.
pub fn text(changes: &[Change], old: &Texts, new: &Texts) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let spots = Spots::of(changes, old, new);
    let mut said = String::new();
    for change in changes {
        // Writing to a string does not fail.
        _ = writeln!(said, "{}[{}]: {}", weight(change), change.rule, super::said(change));
        for (word, spot) in [("old", spots.in_old(change)), ("new", spots.in_new(change))] {
            _ = spot.map(|spot| writeln!(said, "  {word}: {spot}"));
        }
        _ = writeln!(said, "  why: {}\n", change.reason);
    }
    _ = writeln!(said, "{}", verdict(changes));
    said
}

fn weight(change: &Change) -> String {
    match change.verdict {
        Verdict::Wire { level, direction: Direction::Neither } => level.to_string(),
        Verdict::Wire { level, direction } => format!("{level} {direction}"),
        Verdict::Crate(level) => format!("crate {}", word(level)),
    }
}
