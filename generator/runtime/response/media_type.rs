// copperplate runtime: copied unchanged into every generated crate.
//! Media types: which of those that a document offers a content type is.

/// Whether `content_type` is the media type or lies in the range `offered`, whatever the parameters of both; the better it
/// fits, the greater the result: 3 for the type itself, 2 for `image/*`, 1 for `*/*`.
pub(crate) fn fits(content_type: &str, offered: &str) -> Option<u8> {
    let (given, offered) = (essence(content_type), essence(offered));
    let in_range = || given.split_once('/').map(|(kind, _)| kind) == offered.strip_suffix("/*");
    match offered.as_str() {
        _ if given == offered => Some(3),
        "*/*" | "*" => Some(1),
        _ => in_range().then_some(2),
    }
}

/// The alternative of which a media type fits a content type best.
pub(crate) fn best(content_type: &str, offered: &[&[&str]]) -> Option<usize> {
    let alternatives = offered.iter().enumerate();
    let fitting = alternatives.flat_map(|(index, types)| {
        types.iter().filter_map(move |offered| Some((fits(content_type, offered)?, std::cmp::Reverse(index))))
    });
    fitting.max().map(|(_, std::cmp::Reverse(index))| index)
}

fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{best, fits};

    #[test]
    fn the_closest_media_type_wins() {
        let offered: &[&[&str]] = &[&["*/*"], &["image/*"], &["text/csv;charset=utf-8", "Image/PNG"]];
        let found = ["image/png", "image/gif", "text/csv; charset=latin1", "a/b"].map(|given| best(given, offered));
        assert_eq!(found, [Some(2), Some(1), Some(2), Some(0)]);
        assert_eq!(best("text/html", &[&["image/*"], &["text/csv"]]), None);
        assert_eq!(fits("IMAGE/png", "image/*"), Some(2));
    }
}
