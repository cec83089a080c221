//! Tests of the documentation pages in `generator/extensions/`: their examples are documents without findings.

use std::fs;

use copperplate::{Input, Options, Pipeline};

use crate::markdown::{Part, pages, parts};

#[test]
fn the_example_of_each_extension_has_no_finding() {
    let pages = pages("generator/extensions");
    assert!(pages.len() > 10, "{pages:?}");
    for (name, page) in pages {
        let blocks = parts(&fs::read_to_string(page).unwrap()).into_iter().filter_map(|part| match part {
            Part::Block { text, .. } => Some(text),
            Part::Prose(_) => None,
        });
        let examples: Vec<String> = blocks.collect();
        let [example] = examples.as_slice() else { panic!("{name}: there must be one example") };
        assert!(example.contains(&format!("{name}:")), "{name}");
        let generation = Pipeline::new(&Options::default()).generate(&[Input::new("pets.yaml", example, "pets")]);
        assert!(generation.findings.is_empty() && generation.files.is_some(), "{name}: {:?}", generation.findings);
    }
}
