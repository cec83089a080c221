//! Tests of the documentation pages in `generator/extensions/`: their examples are documents without findings.

use std::fs;
use std::path::Path;

use copperplate::{Input, Options, Pipeline};

use crate::markdown::{Part, pages, parts, path};

#[test]
fn the_example_of_each_extension_has_no_finding() {
    let pages = pages("generator/extensions");
    assert!(pages.len() > 10, "{pages:?}");
    for (name, page) in pages {
        let example = example(&page);
        assert!(example.contains(&format!("{name}:")), "{name}");
        assert_eq!(findings(&example), [""; 0], "{name}");
    }
}

/// Returns the document in a page.
fn example(page: &Path) -> String {
    let blocks = parts(&fs::read_to_string(page).unwrap()).into_iter().filter_map(|part| match part {
        Part::Block { text, .. } => Some(text),
        Part::Prose(_) => None,
    });
    let examples: Vec<String> = blocks.collect();
    assert_eq!(examples.len(), 1, "{}", page.display());
    examples.concat()
}

/// Returns the messages of the findings about a document.
fn findings(document: &str) -> Vec<String> {
    let generation = Pipeline::new(&Options::default()).generate(&[Input::new("pets.yaml", document, "pets")]);
    generation.findings.into_iter().map(|finding| finding.message).collect()
}

#[test]
fn a_cursor_must_be_a_value_of_its_parameter() {
    let document = example(&path("generator/extensions/x-pagination.md"));
    let (text, integer) = ("in: query, schema: {type: string}", "in: query, schema: {type: integer}");
    assert!(document.contains(text) && document.contains("next_cursor: {type: string}"));
    let reason = "the query parameter `after` is a number, and the value at `/next_cursor` is not";
    assert_eq!(
        findings(&document.replace(text, integer)),
        [format!("`x-pagination` does not fit `GET /pets`: {reason}.")]
    );
    let numbers = document.replace("next_cursor: {type: string}", "next_cursor: {type: integer}");
    assert_eq!(findings(&numbers.replace(text, integer)), [""; 0]);
    assert_eq!(findings(&numbers), [""; 0]);
}
