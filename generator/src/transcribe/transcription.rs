//! How a draft is written.

/// How a draft is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transcription {
    /// Whether descriptions have the words of the page.
    pub has_words: bool,
}
