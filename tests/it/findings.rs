//! Tests of the documentation pages in `generator/findings/`: every finding code has a page, and each page shows what copperplate
//! prints.
//!
//! `UPDATE_FINDINGS=1 cargo test -p tests --test it findings` rewrites the printed findings in the pages, and the table of codes.

use std::collections::BTreeSet;
use std::fs;

use copperplate::finding::Code;

use crate::markdown::{Command, PageFiles, Part, changed, compare, is_input, joined, pages, parts, path, reported};

const FOLDER: &str = "generator/findings";

/// The file name of every example.
const FILE: &str = "pets.yaml";

/// Returns the command that reports a code: `lint` or `proof` for the codes that only that command reports, otherwise `generate`.
fn command(code: Code) -> Command {
    match code {
        _ if code.is_for_lint() => Command::Lint,
        _ if code.is_for_proof() => Command::Proof,
        _ => Command::Generate,
    }
}

/// Returns the prose and the code blocks of the documentation page of a code.
fn page(code: Code) -> Vec<Part> {
    parts(&fs::read_to_string(path(FOLDER).join(format!("{}.md", code.number()))).unwrap())
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let pages: BTreeSet<String> = pages(FOLDER).into_iter().map(|(name, _)| name).collect();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.number().to_owned()).collect();
    assert_eq!(pages, codes);
}

/// Returns the prose of a page before its first code block. Replaces the title and the severity with those of the code.
fn with_head(code: Code, prose: &str) -> String {
    let mut paragraphs: Vec<&str> = prose.split("\n\n").collect();
    let (title, severity) = (format!("# {} {}", code.number(), code.id()), code.severity_paragraph());
    assert!(paragraphs.len() > 4, "{title}: title, summary, severity, reason and example");
    assert!(paragraphs[2].starts_with("Severity:"), "{title}: the third paragraph is the severity");
    (paragraphs[0], paragraphs[2]) = (&title, &severity);
    paragraphs.join("\n\n")
}

#[test]
fn pages_show_what_is_printed() {
    for code in Code::ALL {
        let mut parts = page(*code);
        if let Some(Part::Prose(prose)) = parts.first_mut() {
            *prose = with_head(*code, prose);
        }
        let command = command(*code);
        let mut files = PageFiles::default();
        let parts = reported(&parts, |_, info, text| {
            files.store(info, text);
            files.report(command, FILE, &files.findings(command, FILE))
        });
        compare(&path(FOLDER).join(format!("{}.md", code.number())), &joined(&parts));
    }
}

/// On each page, the first files cause the finding, and the corrected file causes no finding.
#[test]
fn examples_raise_the_finding_and_corrections_do_not() {
    for code in Code::ALL {
        let (command, parts) = (command(*code), page(*code));
        let mut files = PageFiles::default();
        // The block that completes the example, and whether the example raised the finding.
        let (mut last, mut is_raised, mut is_corrected) = (("", ""), false, false);
        for part in &parts {
            let Part::Block { info, text } = part else { continue };
            match info.split(' ').next().unwrap_or_default() {
                _ if is_input(info) => {
                    // A correction is a document in UTF-8.
                    files.store(if is_raised { info.split(" encoding").next().unwrap() } else { info }, text);
                    is_corrected = is_raised;
                    last = if is_raised { last } else { (info, text) };
                    is_raised |= files.findings(command, FILE).iter().any(|finding| finding.code == *code);
                }
                "diff" => {
                    assert!(is_raised, "{}: {:#?}", code.number(), files.findings(command, FILE));
                    let result = changed(last.1, text).unwrap_or_else(|fault| panic!("{}: {fault}", code.number()));
                    files.store(last.0.split(" encoding").next().unwrap(), &result);
                    is_corrected = true;
                }
                "text" => {}
                other => panic!("{}: a block of `{other}`", code.number()),
            }
        }
        assert!(is_corrected, "{}: no correction", code.number());
        assert_eq!(files.findings(command, FILE), [], "{}: the corrected files", code.number());
    }
}

#[test]
fn summaries_differ_and_are_sentences() {
    for text in [Code::number, Code::id, Code::summary] {
        let distinct: BTreeSet<&str> = Code::ALL.iter().map(|code| text(*code)).collect();
        assert_eq!(distinct.len(), Code::ALL.len());
    }
    for code in Code::ALL {
        let summary = code.summary();
        assert!(summary.ends_with('.') && !summary.contains(". "), "{}: {summary}", code.number());
    }
}

/// `copperplate lint` reports everything that `generate` reports.
#[test]
fn lint_reports_what_generate_reports() {
    for code in Code::ALL {
        for part in page(*code) {
            let Part::Block { info, text } = part else { continue };
            if info != "yaml" || code.number().starts_with("CP06") {
                continue;
            }
            let (lint, _) = Command::Lint.findings(FILE, text.clone().into_bytes());
            for finding in Command::Generate.findings(FILE, text.into_bytes()).0 {
                assert!(lint.contains(&finding), "{}: lint does not report {finding:#?}", code.number());
            }
        }
    }
}

/// The README of the generator has an up-to-date table of all codes.
#[test]
fn the_readme_lists_every_code() {
    let file = path("generator/README.md");
    let readme = fs::read_to_string(&file).unwrap();
    let (begin, end) = ("<!-- The table of findings begins. -->\n", "<!-- The table of findings ends. -->\n");
    let (before, rest) = readme.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let row = |code: &Code| {
        let (number, summary) = (code.number(), code.summary().trim_end_matches('.'));
        format!("| [{number}](findings/{number}.md) | `{}` | {} | {summary} |\n", code.id(), code.severity().word())
    };
    let rows: String = Code::ALL.iter().map(row).collect();
    let table = format!("| code | id | severity | meaning |\n|---|---|---|---|\n{rows}");
    compare(&file, &format!("{before}{begin}{table}{end}{after}"));
}
