//! Runs all commands of copperplate on a document, as far as they need no files.

use std::collections::HashMap;

use copperplate::diff::{Report, SourceTexts, json, markdown, text};
use copperplate::finding::{Finding, Purpose, render};
use copperplate::load::{ReadError, decode, no_files};
use copperplate::{Input, Options, Pipeline, Types};

/// The names of the documents in references. Every file with one of these names has the text of the document itself.
const OTHER_FILES: &[&str] = &["parameters.yaml", "pet_paths.yaml", "tree.json", "fuzz.yaml", "fuzz.json"];

/// Runs all commands on the document `content` with the name `name`, and compares it with `old`, or with itself. Panics if a
/// result is inconsistent.
pub fn run(name: &str, content: &[u8], old: Option<&[u8]>) {
    let input = decoded(name, content);
    let read = |document: &str, path: &str| -> Result<String, ReadError> {
        let is_known = OTHER_FILES.iter().any(|file| path.ends_with(file));
        if is_known { Ok(input.text.clone()) } else { no_files(document, path) }
    };
    for skip_unsupported in [false, true] {
        let (types, at_root) = if skip_unsupported { (Types::All, false) } else { (Types::Used, true) };
        let options = Options {
            crate_name: "fuzz".to_owned(),
            at_root,
            skip_unsupported,
            types,
            features: at_root,
            ..Options::default()
        };
        let pipeline = Pipeline::new(&options).with_files(&read);
        let generation = pipeline.generate(std::slice::from_ref(&input));
        print(Purpose::Crate, &generation.findings, &input);
        let has_errors = generation.findings.iter().any(Finding::is_error);
        assert_eq!(generation.files.is_none(), has_errors, "files are missing if and only if there are errors");
        if skip_unsupported {
            continue;
        }
        let (surface, findings) = pipeline.surface(std::slice::from_ref(&input));
        assert_eq!((surface.is_none(), findings.len()), (has_errors, generation.findings.len()), "surface");
        if let (Some(surface), Some(files)) = (surface, generation.files) {
            let listed = files.iter().find(|file| file.path == "SURFACE.txt").map(|file| file.text.as_str());
            assert!(listed.is_some_and(|listed| listed.contains(&surface.to_string())), "SURFACE.txt");
        }
        print(Purpose::Lint, &pipeline.lint(std::slice::from_ref(&input), None), &input);
    }
    compare(&decoded(name, old.unwrap_or(content)), &input);
}

fn decoded(name: &str, content: &[u8]) -> Input {
    let text = decode(name, content.to_vec()).unwrap_or_else(|error| {
        let texts = HashMap::from([(name, error.text.as_str())]);
        let finding = std::slice::from_ref(&error.finding);
        render::placed(finding, &texts).iter().for_each(|finding| _ = finding.text(true));
        error.text.clone()
    });
    Input { file: name.to_owned(), text, module: "fuzz".to_owned() }
}

/// Prints findings in all formats.
fn print(purpose: Purpose, findings: &[Finding], input: &Input) {
    let texts = HashMap::from([(input.file.as_str(), input.text.as_str())]);
    for finding in render::placed_for(purpose, findings, &texts) {
        _ = (finding.text(true), finding.json());
        assert!(!finding.github().contains(['\n', '\r']), "an annotation has one line");
    }
}

/// Runs `diff`, with and without `--skip-unsupported`. Prints the changes in all formats.
fn compare(old: &Input, new: &Input) {
    for skip_unsupported in [false, true] {
        let options = Options { at_root: true, skip_unsupported, features: true, ..Options::default() };
        let comparison = Pipeline::new(&options).diff((old, &no_files), (new, &no_files));
        let texts = |input: &Input| SourceTexts {
            name: input.file.clone(),
            files: HashMap::from([(input.file.clone(), input.text.clone())]),
            prefix: String::new(),
        };
        let Some(changes) = comparison.changes else { continue };
        assert!(old.text != new.text || changes.is_empty(), "a document does not differ from itself: {changes:?}");
        let (old, new) = (texts(old), texts(new));
        let report = Report { changes: &changes, omissions: &comparison.omissions, old: &old, new: &new };
        _ = (text(&report), markdown(&report), json(&report));
    }
}
