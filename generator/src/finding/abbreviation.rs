//! Abbreviates values for messages.

/// The maximum length of a value in a message, in characters.
const LENGTH: usize = 40;

/// Returns the first 40 characters of `text`, followed by `…` if `text` is longer. Control characters become spaces, so the
/// result is one line.
pub(crate) fn abbreviated(text: &str) -> String {
    let mut letters = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut start: String = letters.by_ref().take(LENGTH).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}
