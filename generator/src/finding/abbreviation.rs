//! Abbreviates values for messages, and messages that repeat long names.

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

/// The maximum length of a message, in characters.
const LONGEST_MESSAGE: usize = 2000;

/// The number of characters that are kept at the end of a longer message.
const KEPT_END: usize = 400;

/// Returns a message that has at most about 2,000 characters: replaces the middle of a longer one by `…`. A message can repeat a
/// name of the document, and a name can be as long as the document.
pub(crate) fn without_middle(message: String) -> String {
    // A text has at least as many bytes as characters.
    if message.len() <= LONGEST_MESSAGE || message.chars().nth(LONGEST_MESSAGE).is_none() {
        return message;
    }
    let start: String = message.chars().take(LONGEST_MESSAGE - KEPT_END).collect();
    let end = message.char_indices().rev().nth(KEPT_END - 1).map_or(0, |(at, _)| at);
    format!("{start} … {}", &message[end..])
}

#[cfg(test)]
mod tests {
    use super::without_middle;

    #[test]
    fn only_the_middle_of_a_long_message_is_left_out() {
        let name = "é".repeat(1_990);
        assert_eq!(without_middle(name.clone()), name);
        let message = without_middle(format!("`{}` is no keyword.", "é".repeat(900_000)));
        assert_eq!(message.chars().count(), 2_003);
        assert!(message.starts_with("`ééé") && message.contains("é … é") && message.ends_with("ééé` is no keyword."));
    }
}
