//! Reads Markdown, also with tables in HTML.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::page::html::builder::{Attributes, Builder};
use crate::page::html::{feed, line_of, starts};
use crate::page::tree::Block;

/// Reads a page.
pub(super) fn read(page: &str) -> Vec<Block> {
    let starts = starts(page);
    let mut builder = Builder::default();
    let mut html: Option<Range<usize>> = None;
    for (event, range) in Parser::new_ext(page, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Html(_) | Event::InlineHtml(_) = event {
            // A tag can go on in the next line.
            html = Some(html.map_or(range.start, |open| open.start)..range.end);
            continue;
        }
        if let Some(open) = html.take() {
            feed(page, open.start, open.end, &starts, &mut builder);
        }
        let line = line_of(&starts, range.start);
        match event {
            Event::Start(tag) => start(&tag, &mut builder),
            Event::End(tag) => builder.end(name(tag)),
            Event::Text(text) | Event::Code(text) => builder.text(&text, line),
            Event::SoftBreak => builder.text(" ", line),
            Event::HardBreak => builder.start("br", Attributes::default()),
            _ => {}
        }
    }
    if let Some(open) = html {
        feed(page, open.start, open.end, &starts, &mut builder);
    }
    builder.finish()
}

fn start(tag: &Tag<'_>, builder: &mut Builder) {
    let href = match tag {
        Tag::Link { dest_url, .. } => Some(dest_url.to_string()),
        _ => None,
    };
    builder.start(name(tag.to_end()), Attributes { href, ..Attributes::default() });
    if matches!(tag, Tag::TableHead) {
        builder.start("tr", Attributes::default());
    }
}

/// Returns the element of HTML for a part of Markdown.
fn name(tag: TagEnd) -> &'static str {
    match tag {
        TagEnd::Heading(_) => "h2",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(_) => "ul",
        TagEnd::Item => "li",
        TagEnd::Table => "table",
        TagEnd::TableHead => "thead",
        TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        TagEnd::Link => "a",
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Image => "em",
        TagEnd::HtmlBlock => "span",
        _ => "p",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_in_html_are_part_of_the_page() {
        let page = "# Wheels\n\n- one\n\n  <table><tr><th>Na\n  me</th></tr>\n  <tr><td>a</td></tr></table>\n\n```\nGET /a\n```\n";
        let blocks = read(page);
        let Block::List(items) = &blocks[1] else { panic!("{blocks:#?}") };
        let Block::Table(table) = &items[0][1] else { panic!("{items:#?}") };
        assert_eq!((table.head[0].text().words.as_str(), table.rows[0][0].text().line()), ("Na me", 7));
        assert_eq!(blocks[2], Block::Code(vec![(10, "GET /a".to_owned())]));
        let Block::Table(table) = &read("| a | b |\n|---|---|\n| 1 | 2 |\n")[0] else { panic!() };
        assert_eq!((table.head.len(), table.rows.len()), (2, 1));
    }
}
