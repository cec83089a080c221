//! Reads HTML.

pub(super) mod builder;
mod span;

use html5gum::{DefaultEmitter, Token, Tokenizer};

use crate::page::html::builder::{Attributes, Builder};
use crate::page::tree::Block;

/// Reads a page. If it has a heading of the first level, the page begins there: before it are menus of the site.
pub(super) fn read(page: &str) -> Vec<Block> {
    let start = page.find("<h1").unwrap_or_default();
    let mut builder = Builder::default();
    feed(page, start, page.len(), &starts(page), &mut builder);
    builder.finish()
}

/// Returns the first byte of each line.
pub(super) fn starts(page: &str) -> Vec<usize> {
    std::iter::once(0).chain(page.match_indices('\n').map(|(end, _)| end + 1)).collect()
}

/// Returns the number of the line of a byte.
pub(super) fn line_of(starts: &[usize], byte: usize) -> usize {
    starts.partition_point(|start| *start <= byte).max(1)
}

/// Feeds a part of a page to a builder.
pub(super) fn feed(page: &str, start: usize, end: usize, starts: &[usize], builder: &mut Builder) {
    let Some(part) = page.get(start..end) else { return };
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(part, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let value = |name: &[u8]| {
                    let (_, value) = tag.attributes.iter().find(|(key, _)| key.as_slice() == name)?;
                    Some(String::from_utf8_lossy(&value.value).into_owned())
                };
                let number = |name: &[u8]| value(name)?.trim().parse().ok();
                let attributes = Attributes {
                    href: value(b"href"),
                    name: value(b"name").or_else(|| value(b"id")),
                    columns: number(b"colspan"),
                    rows: number(b"rowspan"),
                };
                builder.start(&String::from_utf8_lossy(&tag.name), attributes);
            }
            Token::EndTag(tag) => builder.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => {
                let line = line_of(starts, start + text.span.start);
                builder.text(&String::from_utf8_lossy(&text.value), line);
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_without_end_tags_are_read() {
        let page = "<nav>menu</nav>\n<h1>Wheels</h1>\n<table><tr><th>Name<th>Type\n<tr><td>a &amp; b<td><ul><li>x<li>y</ul></table>";
        let blocks = read(page);
        let Block::Heading(title) = &blocks[0] else { panic!("{blocks:#?}") };
        assert_eq!((title.words.as_str(), title.line()), ("Wheels", 2));
        let Block::Table(table) = &blocks[1] else { panic!("{blocks:#?}") };
        assert_eq!((table.head.len(), table.rows.len()), (2, 1));
        let cell = table.rows[0][0].text();
        assert_eq!((cell.words.as_str(), cell.line()), ("a & b", 4));
        assert!(matches!(&table.rows[0][1].blocks[0], Block::List(items) if items.len() == 2));
    }
}
