//! The formats of pages.

/// The format of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text, such as the text that a browser copies. Tables are flattened to lines.
    Text,
    /// Markdown, also with tables in HTML.
    Markdown,
    /// HTML.
    Html,
    /// reStructuredText.
    Rst,
}

impl Format {
    /// Returns the format of a file: the ending of its name decides, or else the start of its text.
    pub fn of(file: &str, text: &str) -> Self {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "html" | "htm" | "xhtml" => Self::Html,
            "md" | "markdown" => Self::Markdown,
            "rst" => Self::Rst,
            "txt" | "text" => Self::Text,
            _ if text.trim_start().starts_with('<') => Self::Html,
            _ => Self::Text,
        }
    }
}
