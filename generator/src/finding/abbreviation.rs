//! Abbreviates values for messages.

/// The maximum number of characters of a value that a message quotes.
const LENGTH: usize = 40;

/// Returns the start of `text` on one line, with `…` in place of the rest. Control characters become spaces.
pub(crate) fn abbreviated(text: &str) -> String {
    let mut letters = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut start: String = letters.by_ref().take(LENGTH).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}
