//! Finds tabs and Unicode spaces in the indentation of a line. YAML allows only plain spaces there.

use std::ops::Range;

use crate::load::text::syntax_error::common_mistake::Mistake;
use crate::load::text::syntax_error::span::line_start;

/// Returns the mistake if a tab or a Unicode space is in the indentation at or near the byte offset `at`. `mentions_tab` is true
/// if the parser's own message mentions a tab.
pub(super) fn wrong_character(text: &str, at: usize, mentions_tab: bool) -> Option<Mistake> {
    if let Some(tab) = tab_in_indentation(text, at, mentions_tab) {
        let message = "This line is indented with a tab, but YAML requires spaces.";
        return Some(Mistake::new(tab, message, "Replace the tab by spaces."));
    }
    if let Some(space) = foreign_space(text, at) {
        let letter = text.get(space.clone()).and_then(|space| space.chars().next()).unwrap_or_default();
        let message = format!(
            "This line is indented with U+{:04X}, which looks like a space but is not one in YAML.",
            u32::from(letter)
        );
        return Some(Mistake::new(space, message, "Replace this character by plain spaces."));
    }
    None
}

/// Finds a tab in the indentation of the line that contains `at`. If `or_next` is true, also searches the next line, because the
/// parser may report a tab at the end of the previous line.
fn tab_in_indentation(text: &str, at: usize, or_next: bool) -> Option<Range<usize>> {
    let start = line_start(text, at)?;
    let next = text.get(at..)?.find('\n').map(|end| at + end + 1).filter(|_| or_next);
    [start].into_iter().chain(next).find_map(|start| {
        let line = text.get(start..)?;
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        let tab = start + line.get(..indentation)?.find('\t')?;
        Some(tab..tab + 1)
    })
}

/// Finds a Unicode space in the indentation of the line that contains `at`, or of one of the two lines before that line.
fn foreign_space(text: &str, at: usize) -> Option<Range<usize>> {
    let mut start = line_start(text, at)?;
    for _ in 0..3 {
        let line = text.get(start..)?.lines().next().unwrap_or_default();
        let indentation = line.len() - line.trim_start().len();
        let foreign = line.get(..indentation)?.char_indices().find(|(_, letter)| !letter.is_ascii());
        if let Some((offset, letter)) = foreign {
            return Some(start + offset..start + offset + letter.len_utf8());
        }
        start = line_start(text, start.checked_sub(1)?)?;
    }
    None
}
