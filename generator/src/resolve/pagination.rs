//! Reads the extension `x-pagination` of operations.

use serde::Deserialize;

use crate::pointer::Pointer;
use crate::resolve::context::{Context, Extensions};
use crate::resolve::document::{NextPage, Pagination};
use crate::resolve::extension::{PointerText, read, report_malformed};

const NAME: &str = "x-pagination";

/// A correct extension for each way to the next page.
const SAMPLES: &[(&str, &str)] = &[
    ("cursor", "x-pagination: {items: /data, cursor: {parameter: after, from: /next_cursor}}"),
    ("offset", "x-pagination: {items: /data, offset: {parameter: start}}"),
    ("page", "x-pagination: {items: /data, page: {parameter: page, first: 1}}"),
    ("link", "x-pagination: {items: /data, link: next}"),
    ("url", "x-pagination: {items: /data, url: /links/next}"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    items: Option<PointerText>,
    more: Option<PointerText>,
    cursor: Option<Cursor>,
    offset: Option<Offset>,
    page: Option<Number>,
    link: Option<NextRelation>,
    url: Option<PointerText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cursor {
    parameter: String,
    from: PointerText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offset {
    parameter: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Number {
    parameter: String,
    #[serde(default = "first_page")]
    first: u64,
}

/// The relation `next` of the header `Link`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
struct NextRelation;

impl TryFrom<String> for NextRelation {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text == "next" {
            Ok(Self)
        } else {
            Err(format!("`{text}` is not `next`, the only relation that is followed"))
        }
    }
}

fn first_page() -> u64 {
    1
}

/// Reads `x-pagination` of the operation at `place`.
pub(super) fn pagination(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer) -> Option<Pagination> {
    let is_written = |way: &str| extensions.get(NAME).is_some_and(|value| value.get(way).is_some());
    let sample = SAMPLES.iter().find(|(way, _)| is_written(way)).unwrap_or(&SAMPLES[0]).1;
    let written: Written = read(cx, extensions, NAME, place, sample)?;
    let pointer = |text: PointerText| Pointer::parse(&text.0).unwrap_or_default();
    let ways = [
        written.cursor.map(|Cursor { parameter, from }| NextPage::Cursor { parameter, from: pointer(from) }),
        written.offset.map(|Offset { parameter }| NextPage::Offset { parameter }),
        written.page.map(|Number { parameter, first }| NextPage::Number { parameter, first }),
        written.link.map(|NextRelation| NextPage::Link),
        written.url.map(|url| NextPage::Url(pointer(url))),
    ];
    let mut ways = ways.into_iter().flatten();
    let (Some(next), None) = (ways.next(), ways.next()) else {
        let reason = "it needs one of `cursor`, `offset`, `page`, `link` and `url`";
        report_malformed(cx, &place.join(NAME), NAME, reason, sample);
        return None;
    };
    Some(Pagination {
        pointer: place.join(NAME),
        items: written.items.map(pointer).unwrap_or_default(),
        more: written.more.map(pointer),
        next,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::resolved;

    /// Returns the extension, and the findings about it.
    fn read_from(extension: &str) -> (Option<Pagination>, Vec<String>) {
        let text = format!("paths:\n  /a:\n    get:\n      x-pagination: {extension}\n      responses: {{}}\n");
        let (document, findings) = resolved(&text);
        (document.operations.first().and_then(|operation| operation.pagination.clone()), findings)
    }

    #[test]
    fn each_way_to_the_next_page_is_read() {
        for (extension, parameter) in [
            ("{items: /data, cursor: {parameter: after, from: /data/-/id}, more: /has_more}", Some("after")),
            ("{items: /data, offset: {parameter: start}}", Some("start")),
            ("{items: /data, page: {parameter: page, first: 0}}", Some("page")),
            ("{link: next}", None),
            ("{items: /data, url: /links/next}", None),
        ] {
            let (read, findings) = read_from(extension);
            assert_eq!(findings, [""; 0], "{extension}");
            assert_eq!(read.as_ref().map(|read| read.next.parameter()), Some(parameter), "{extension}");
        }
    }

    #[test]
    fn a_malformed_extension_is_a_finding() {
        for (extension, place) in [
            ("{items: /data}", ""),
            ("{link: next, url: /next}", ""),
            ("{link: prev}", "/link"),
            ("{items: data, link: next}", "/items"),
            ("{cursor: {parameter: after}}", "/cursor"),
            ("{page: {parameter: page, frist: 0}}", "/page/frist"),
        ] {
            let (read, findings) = read_from(extension);
            assert_eq!(findings, [format!("extension-shape /paths/~1a/get/x-pagination{place}")], "{extension}");
            assert_eq!(read, None);
        }
    }
}
