//! Tests of `proof`: the documents in `specs/` against the pages that they transcribe, and against every change of a fact.
//!
//! The pages are not part of the repository. They are read from `../shared/docs`; without that folder, the tests say so and pass.

mod consequences;
mod descriptions;
mod drafts;
mod facts;
mod lines;
mod mutations;
mod page_mutations;
mod pages;
mod sheet;
mod systems;

use std::fs;
use std::path::PathBuf;

use copperplate::finding::{Code, Finding};
use copperplate::pipeline::{PageInput, ProofReport};
use copperplate::proof::FactState;
use copperplate::transcribe::Transcription;
use copperplate::{Input, Options, Pipeline};

use crate::markdown::path;

/// The documents, each with the numbers of its pages.
const DOCUMENTS: &[(&str, &[&str])] =
    &[("osm", &["000", "001"]), ("secmaster", &["002"]), ("personium", &["003"]), ("cfw", &["004"])];

/// Returns a folder beside the repository; `None` if it is absent.
fn shared(folder: &str) -> Option<PathBuf> {
    let folder = path("../shared").join(folder);
    let is_there = folder.is_dir();
    if !is_there {
        println!("no {}: skipped", folder.display());
    }
    is_there.then_some(folder)
}

/// Returns the pages with these numbers.
fn read_pages(numbers: &[&str]) -> Option<Vec<PageInput>> {
    let folder = shared("docs")?;
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let name = |file: &PathBuf| file.file_name().unwrap().to_string_lossy().into_owned();
    files.retain(|file| numbers.iter().any(|number| name(file).starts_with(number)));
    let page = |file: &PathBuf| PageInput { file: name(file), text: fs::read_to_string(file).unwrap(), is_named: true };
    Some(files.iter().map(page).collect())
}

fn document(name: &str) -> String {
    fs::read_to_string(path("specs").join(format!("{name}.yaml"))).unwrap()
}

fn proof(name: &str, text: &str, pages: &[PageInput]) -> ProofReport {
    let input = Input::new(format!("{name}.yaml"), text, name);
    Pipeline::new(&Options::default()).proof(&input, pages)
}

fn shown(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} #{}: {}", finding.code.id(), finding.pointer, finding.message)).collect()
}

/// A draft of a page agrees with the page, but for whole requests and for names that OpenAPI needs twice.
#[test]
fn drafts_agree_with_their_pages() {
    for (name, numbers) in DOCUMENTS {
        let Some(pages) = read_pages(numbers) else { return };
        let draft = Pipeline::new(&Options::default()).transcribe(&pages, Transcription::default());
        let report = proof(name, &draft.document, &pages);
        let allowed = |finding: &&Finding| {
            let is_request = finding.message == "The document does not have this example of a request.";
            !is_request && finding.code != Code::NameDiffers
        };
        let others: Vec<Finding> = report.findings.iter().filter(allowed).cloned().collect();
        assert_eq!(shown(&others), [""; 0], "{name}");
        let facts: usize = report.summaries.iter().map(|summary| summary.states.len()).sum();
        let agree: usize = report.summaries.iter().map(|summary| summary.count(FactState::Agrees)).sum();
        println!("{name}: {agree} of {facts} facts agree");
        let lint = Pipeline::new(&Options::default()).lint(&[Input::new("draft.yaml", draft.document, "draft")]);
        assert!(!lint.iter().any(Finding::is_error), "{name}: {:#?}", shown(&lint));
    }
}

#[test]
fn the_documents_agree_with_their_pages() {
    for (name, numbers) in DOCUMENTS {
        let Some(pages) = read_pages(numbers) else { return };
        let report = proof(name, &document(name), &pages);
        assert_eq!(shown(&report.findings), [""; 0], "{name}");
        for summary in &report.summaries {
            assert!(
                summary.to_string().ends_with(" 0 not read") && !summary.to_string().contains("not compared"),
                "{summary}"
            );
        }
    }
}

/// For every fact of a document: if it is changed or dropped, or another one is added, `proof` reports that and nothing else.
#[test]
fn every_changed_fact_is_found_at_the_right_lines() {
    let (mut count, mut wrong) = (0, Vec::new());
    for (name, numbers) in DOCUMENTS {
        let Some(pages) = read_pages(numbers) else { return };
        let text = document(name);
        let tree: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        for mutation in mutations::of(&tree) {
            count += 1;
            let report = proof(name, &serde_yaml::to_string(&mutation.document).unwrap(), &pages);
            let found = shown(&report.findings);
            let what = format!("{name}: {}", mutation.what);
            match report.findings.as_slice() {
                [finding] => {
                    if !mutation.fits(finding) {
                        wrong.push(format!("{what}: at the wrong place: {found:?}"));
                    }
                    let places = lines::cited(&text, &tree, &mutation.place);
                    wrong.extend(
                        lines::fault(finding, &pages, &places).map(|fault| format!("{what}: {fault} {found:?}")),
                    );
                }
                [] => wrong.push(format!("{what}: not found")),
                _ => wrong.push(format!("{what}: {} findings {found:#?}", found.len())),
            }
        }
    }
    println!("{count} changes");
    assert!(wrong.is_empty(), "{} of {count}\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 500, "{count} changes");
}
