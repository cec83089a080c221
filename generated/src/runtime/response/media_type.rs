// copperplate runtime: copied unchanged into every generated crate.
//! Matches content types against the media types and media type ranges of the document.

/// How specifically `range` matches `content_type`: 3 for the media type itself, 2 for `image/*`, 1 for `*/*`. `None`
/// if it does not match. Parameters are ignored.
pub(crate) fn specificity(content_type: &str, range: &str) -> Option<u8> {
    let (given, range) = (without_parameters(content_type), without_parameters(range));
    let is_in_range = || given.split_once('/').map(|(kind, _)| kind) == range.strip_suffix("/*");
    match range.as_str() {
        _ if given == range => Some(3),
        "*/*" | "*" => Some(1),
        _ => is_in_range().then_some(2),
    }
}

/// The index of the list that has the most specific match. If several lists match equally, the first one wins.
pub(crate) fn best_match(content_type: &str, offered: &[&[&str]]) -> Option<usize> {
    let matches = offered.iter().enumerate().flat_map(|(index, ranges)| {
        ranges.iter().filter_map(move |range| Some((specificity(content_type, range)?, std::cmp::Reverse(index))))
    });
    matches.max().map(|(_, std::cmp::Reverse(index))| index)
}

fn without_parameters(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{best_match, specificity};

    #[test]
    fn the_most_specific_media_type_wins() {
        let offered: &[&[&str]] = &[&["*/*"], &["image/*"], &["text/csv;charset=utf-8", "Image/PNG"]];
        let found =
            ["image/png", "image/gif", "text/csv; charset=latin1", "a/b"].map(|given| best_match(given, offered));
        assert_eq!(found, [Some(2), Some(1), Some(2), Some(0)]);
        assert_eq!(best_match("text/html", &[&["image/*"], &["text/csv"]]), None);
        assert_eq!(specificity("IMAGE/png", "image/*"), Some(2));
    }
}
