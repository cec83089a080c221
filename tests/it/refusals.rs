//! One document per finding code in refusals/: the rendered findings are pinned, and no code goes without its document.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use copperplate::finding::render;
use copperplate::finding::{Code, Finding};
use copperplate::load::{decode, no_files};
use copperplate::{Input, Options, generate, lint_beside};

/// The findings of a document, and what can be shown of it. What only `lint` says is looked for by `lint`.
fn judged(file: &str, bytes: Vec<u8>) -> (Vec<Finding>, String) {
    let is_for_lint = Code::ALL.iter().any(|code| code.is_for_lint() && file == format!("{}.yaml", code.id()));
    match decode(file, bytes) {
        Ok(text) => {
            let input = Input { file: file.to_owned(), text: text.clone(), module: "refused".to_owned() };
            match is_for_lint {
                true => (lint_beside(&[input], None, &no_files), text),
                false => (generate(&[input], &Options::default()).findings, text),
            }
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
    let why = |code: Code| code.explanation().map_or("", |explanation| explanation.why);
    for text in [Code::number, Code::id, Code::meaning, why] {
        let distinct: BTreeSet<&str> = Code::ALL.iter().map(|code| text(*code)).collect();
        assert_eq!(distinct.len(), Code::ALL.len());
    }
}

/// The lines that `explain` shows are those of the document, and mended they do not raise the code any more.
#[test]
fn each_code_is_explained_by_its_document() {
    for code in Code::ALL {
        let explanation = code.explanation().unwrap_or_else(|| panic!("no explanation of {}", code.id()));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("refusals/{}.yaml", code.id()));
        let file = format!("{}.yaml", code.id());
        let (findings, text) = judged(&file, fs::read(path).unwrap());
        assert!(findings.iter().any(|finding| finding.code == *code), "{}", code.id());
        assert!(text.contains(explanation.broken), "{}: the document has no such lines", code.id());
        let mended = text.replace(explanation.broken, explanation.mended);
        let (findings, _) = judged(&file, mended.into_bytes());
        assert_eq!(findings, [], "{}: what is mended still has findings", code.id());
        assert!(!explanation.why.is_empty() && !explanation.remedy.is_empty(), "{}", code.id());
    }
}

/// The README's list of findings is the table of codes. `UPDATE_README=1 cargo test -p tests --test it the_readme_lists` writes it.
#[test]
fn the_readme_lists_every_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (begin, end) = ("<!-- The list of findings begins. -->\n", "<!-- The list of findings ends. -->\n");
    let (before, rest) = readme.split_once(begin).unwrap();
    let (listed, after) = rest.split_once(end).unwrap();
    let row = |code: &Code| {
        let meaning = code.meaning().trim_end_matches('.');
        format!("| {} | `{}` | {} | {meaning} |\n", code.number(), code.id(), code.severity().word())
    };
    let rows: String = Code::ALL.iter().map(row).collect();
    let list = format!("| number | id | weight | what it means |\n|---|---|---|---|\n{rows}");
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, format!("{before}{begin}{list}{end}{after}")).unwrap();
    } else {
        assert_eq!(listed, list, "run `UPDATE_README=1 cargo test -p tests --test it the_readme_lists`");
    }
}

#[test]
fn lint_says_what_generate_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("refusals");
    for entry in fs::read_dir(folder).unwrap() {
        let Ok(text) = decode("test.yaml", fs::read(entry.unwrap().path()).unwrap()) else { continue };
        let input = [Input { file: "test.yaml".to_owned(), text, module: "refused".to_owned() }];
        let lint = lint_beside(&input, None, &no_files);
        for finding in generate(&input, &Options::default()).findings {
            assert!(lint.contains(&finding), "lint is silent about {finding:#?}");
        }
    }
}
