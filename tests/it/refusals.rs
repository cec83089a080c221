//! One document per finding code in refusals/: the rendered findings are pinned, and no code goes without its document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use copperplate::finding::{Code, Finding};
use copperplate::load::decode;
use copperplate::{Input, Options, generate, render};

/// The findings of a document, and what can be shown of it.
fn judged(file: &str, bytes: Vec<u8>) -> (Vec<Finding>, String) {
    match decode(file, bytes) {
        Ok(text) => {
            let input = Input { file: file.to_owned(), text: text.clone(), module: "refused".to_owned() };
            (generate(&[input], &Options::default()).findings, text)
        }
        Err(undecodable) => (vec![undecodable.finding], undecodable.text),
    }
}

#[test]
fn each_code_has_a_document_that_shows_it() {
    insta::glob!("..", "refusals/*", |path| {
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (findings, text) = judged(&file, fs::read(path).unwrap());
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        assert!(findings.iter().any(|finding| finding.code.id() == id), "no {id} among {findings:#?}");
        let placed = render::placed(&findings, &[(file.as_str(), text.as_str())].into());
        let rendered: Vec<String> = placed.iter().map(|finding| finding.text(false)).collect();
        insta::assert_snapshot!(rendered.join("\n\n"));
    });
}

#[test]
fn every_code_has_its_document_and_every_document_its_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("refusals");
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let documents: BTreeSet<String> =
        fs::read_dir(folder).unwrap().filter_map(|entry| stem(&entry.unwrap().path())).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.id().to_owned()).collect();
    assert_eq!(documents, codes);
}

#[test]
fn codes_are_told_apart() {
    for text in [Code::number, Code::id, Code::meaning] {
        let distinct: BTreeSet<&str> = Code::ALL.iter().map(|code| text(*code)).collect();
        assert_eq!(distinct.len(), Code::ALL.len());
    }
}
