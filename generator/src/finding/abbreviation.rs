//! Abbreviates values for messages.

/// The number of characters that a message quotes of a value.
const LENGTH: usize = 40;

/// The start of `text`, on one line. Control characters become spaces.
pub(crate) fn abbreviated(text: &str) -> String {
    let mut letters = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let mut start: String = letters.by_ref().take(LENGTH).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    start
}
