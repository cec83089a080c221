//! Parses emitted Markdown as rustdoc and GitHub do, and rejects everything that only a hostile text can have caused.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag};

use super::{MARKER, assert_printable};

/// The options with which rustdoc parses doc comments. GitHub has the same extensions.
const EXTENSIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_SMART_PUNCTUATION);

/// The code blocks and HTML of a Markdown text.
#[derive(Debug, Default, PartialEq)]
struct Found {
    /// The words after the opening fence, and the content, of each code block.
    blocks: Vec<(String, String)>,
    html: Vec<String>,
}

/// Collects code blocks and HTML. Fails on indented code, images, footnotes, and links to targets other than web pages, Rust
/// items and modules.
fn found(markdown: &str, place: &str) -> Found {
    let mut found = Found::default();
    // rustdoc tries to resolve every reference that has no definition.
    let resolve = |link: BrokenLink<'_>| Some((link.reference.to_string().into(), "".into()));
    let mut in_block = false;
    for event in Parser::new_with_broken_link_callback(markdown, EXTENSIONS, Some(resolve)) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                found.blocks.push((info.to_string(), String::new()));
                in_block = true;
            }
            Event::Text(text) if in_block => found.blocks.last_mut().unwrap().1.push_str(&text),
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_block = false,
            Event::Html(html) | Event::InlineHtml(html) => found.html.push(html.to_string()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_web = ["https://", "http://", "mailto:"].iter().any(|scheme| dest_url.starts_with(scheme));
                let is_item = |letter: char| letter.is_alphanumeric() || "_:@`#!".contains(letter);
                // The page of a module in rustdoc.
                let target = dest_url.strip_suffix("/index.html").unwrap_or(&dest_url);
                assert!(is_web || target.chars().all(is_item), "{place}: a link to {dest_url}\n{markdown}");
            }
            Event::Start(
                tag @ (Tag::CodeBlock(_)
                | Tag::Image { .. }
                | Tag::FootnoteDefinition(_)
                | Tag::HtmlBlock
                | Tag::MetadataBlock(_)),
            ) if tag != Tag::HtmlBlock => panic!("{place}: {tag:?}\n{markdown}"),
            Event::FootnoteReference(name) => panic!("{place}: the footnote {name}\n{markdown}"),
            _ => {}
        }
    }
    found
}

/// Checks the doc comments of a Rust file.
pub fn check_doc_comments(source: &str, place: &str) {
    let text = |line: &str| {
        let line = line.trim_start();
        line.strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"))
            .map(|text| text.strip_prefix(' ').unwrap_or(text).to_owned())
    };
    let mut comment = String::new();
    for (index, line) in source.lines().chain([""]).enumerate() {
        match text(line) {
            Some(text) => comment.extend([text.as_str(), "\n"]),
            None => {
                if comment.contains(MARKER) {
                    let found = found(&comment, place);
                    assert_eq!(found.html, [""; 0], "{place}: HTML in\n{comment}");
                    for (info, code) in &found.blocks {
                        assert!(["text", "no_run"].contains(&info.as_str()), "{place}: code in\n{comment}");
                        if info == "no_run" {
                            check_snippet(code, place);
                        }
                    }
                }
                comment.clear();
                let is_comment = line.trim_start().starts_with("//") || line.contains("#[doc") || line.contains("/*!");
                assert!(index == 0 || !is_comment || !line.contains(MARKER), "{place}: {line}");
            }
        }
    }
}

/// Checks that a code block of a doc comment is a sample call, in which texts of a document are string literals only.
fn check_snippet(code: &str, place: &str) {
    let lines = code.lines().map(|line| line.strip_prefix("# ").unwrap_or(line));
    let file = syn::parse_file(&lines.collect::<Vec<_>>().join("\n"));
    let file = file.unwrap_or_else(|error| panic!("{place}: {error}\n{code}"));
    let functions = file.items.iter().filter(|item| !matches!(item, syn::Item::Use(_)));
    let functions: Vec<&syn::Item> = functions.collect();
    let [syn::Item::Fn(function)] = functions.as_slice() else { panic!("{place}: not one function\n{code}") };
    assert!(["example", "quick_start"].iter().any(|name| function.sig.ident == name), "{place}: {code}");
    let tokens = quote::ToTokens::to_token_stream(&file).to_string();
    let foreign = ["std :: fs", "std :: process", "macro_rules", "zqxmark ()", "# ["];
    let own = ["# [allow (deprecated)]"].iter().fold(without_literals(&tokens), |text, own| text.replace(own, ""));
    assert!(!foreign.iter().any(|foreign| own.contains(foreign)), "{place}: {own}");
}

/// Returns code without the content of its string literals.
fn without_literals(code: &str) -> String {
    let (mut out, mut in_literal, mut is_escaped) = (String::new(), false, false);
    for letter in code.chars() {
        match letter {
            '"' if !is_escaped => in_literal = !in_literal,
            _ if !in_literal => out.push(letter),
            _ => {}
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    out
}

/// Checks the README of a crate: its first line is the only HTML, and all its code blocks are quick starts.
pub fn check_readme(readme: &str, place: &str) {
    let found = found(readme, place);
    let html = found.html.concat();
    assert_eq!(html.trim_end(), readme.lines().next().unwrap(), "{place}: {readme}");
    assert!(found.blocks.iter().all(|(info, _)| info == "rust"), "{place}: {readme}");
    let quick_starts = found.blocks.iter().filter(|(info, _)| info == "rust");
    for (_, code) in quick_starts {
        assert!(code.starts_with("use text::"), "{place}: {code}");
        syn::parse_file(code).unwrap_or_else(|error| panic!("{place}: {error}\n{code}"));
    }
    let headings: Vec<&str> = readme.lines().filter(|line| line.starts_with('#')).collect();
    let known = [
        "# text",
        "## Quick start",
        "## Retries and errors",
        "## Credentials",
        "## Pages",
        "## Streams",
        "## Tests",
        "## Operations",
        "## Features",
        "### Quick start",
        "### Operations",
        "## `",
    ];
    assert!(headings.iter().all(|line| known.iter().any(|known| line.starts_with(known))), "{place}: {headings:?}");
}

/// Checks a report for a pull request: its only HTML is for collapsed sections, and separates the characters of mentions and URLs.
pub fn check_report(report: &str, place: &str) {
    assert_printable(report, place);
    let found = found(report, place);
    assert_eq!(found.blocks, [], "{place}: {report}");
    let is_own = |html: &String| {
        let html = html.trim();
        html.starts_with("<details><summary>") || html == "</details>" || html == "<!-- -->"
    };
    let foreign: Vec<&String> = found.html.iter().filter(|html| !is_own(html)).collect();
    assert_eq!(foreign, [""; 0], "{place}: {report}");
}
