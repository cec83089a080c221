//! Runs all commands of copperplate on a document, as far as they need no files.

use std::collections::HashMap;

use copperplate::diff::{Report, SourceTexts, json, markdown, text};
use copperplate::finding::{Finding, Purpose, render};
use copperplate::load::{ReadError, decode, no_files};
use copperplate::{Input, Options, Pipeline, Types};
use serde::{Deserialize, Serialize};

/// The names of the documents in references. Every file with one of these names has the text of the document itself.
const OTHER_FILES: &[&str] = &["parameters.yaml", "pet_paths.yaml", "tree.json", "fuzz.yaml", "fuzz.json"];

/// The commands of a run. Every run generates a crate. To save time, most runs execute only one further command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commands {
    /// Whether `generate` runs without `--skip-unsupported`, with it, or both.
    pub generate: [bool; 2],
    pub surface: bool,
    pub lint: bool,
    /// Whether `diff` runs without `--skip-unsupported`, with it, or both.
    pub diff: [bool; 2],
}

/// How far a run came.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reached {
    /// Whether a crate was printed.
    pub is_printed: bool,
    /// Whether two documents were compared.
    pub is_compared: bool,
}

impl Commands {
    /// All commands.
    pub const ALL: Self = Self { generate: [true; 2], surface: true, lint: true, diff: [true; 2] };

    /// Returns whether `diff` runs.
    pub fn is_diff(self) -> bool {
        self.diff.contains(&true)
    }
}

/// Runs commands on the document `content` with the name `name`. `diff` compares it with `old`, or with itself. Panics if a
/// result is inconsistent.
pub fn run(name: &str, content: &[u8], old: Option<&[u8]>, commands: Commands) -> Reached {
    let input = decoded(name, content);
    let mut reached = Reached::default();
    for skip_unsupported in [false, true] {
        if commands.generate[usize::from(skip_unsupported)] {
            reached.is_printed |= generate(&input, skip_unsupported, commands);
        }
    }
    if commands.lint {
        let options = options(false);
        let pipeline = Pipeline::new(&options);
        let read = |document: &str, path: &str| read(&input, document, path);
        print(Purpose::Lint, &pipeline.with_files(&read).lint(std::slice::from_ref(&input)), &input);
    }
    if commands.is_diff() {
        reached.is_compared = compare(&decoded(name, old.unwrap_or(content)), &input, commands);
    }
    reached
}

/// Returns the options of a run. The layout of the crate depends on `skip_unsupported`, so that both layouts occur.
fn options(skip_unsupported: bool) -> Options {
    let (types, at_root) = if skip_unsupported { (Types::All, false) } else { (Types::Used, true) };
    let crate_name = "fuzz".to_owned();
    Options { crate_name, at_root, skip_unsupported, types, features: at_root, ..Options::default() }
}

fn read(input: &Input, document: &str, path: &str) -> Result<String, ReadError> {
    let is_known = OTHER_FILES.iter().any(|file| path.ends_with(file));
    if is_known { Ok(input.text.clone()) } else { no_files(document, path) }
}

/// Runs `generate`, and `surface` if `commands` contains it. Returns whether a crate was printed.
fn generate(input: &Input, skip_unsupported: bool, commands: Commands) -> bool {
    let options = options(skip_unsupported);
    let read = |document: &str, path: &str| read(input, document, path);
    let pipeline = Pipeline::new(&options).with_files(&read);
    let generation = pipeline.generate(std::slice::from_ref(input));
    print(Purpose::Crate, &generation.findings, input);
    let has_errors = generation.findings.iter().any(Finding::is_error);
    assert_eq!(generation.files.is_none(), has_errors, "files are missing if and only if there are errors");
    if commands.surface {
        let (surface, findings) = pipeline.surface(std::slice::from_ref(input));
        assert_eq!((surface.is_none(), findings.len()), (has_errors, generation.findings.len()), "surface");
        if let (Some(surface), Some(files)) = (surface, &generation.files) {
            let listed = files.iter().find(|file| file.path == "SURFACE.txt").map(|file| file.text.as_str());
            assert!(listed.is_some_and(|listed| listed.contains(&surface.to_string())), "SURFACE.txt");
        }
    }
    generation.files.is_some()
}

fn decoded(name: &str, content: &[u8]) -> Input {
    let text = decode(name, content.to_vec()).unwrap_or_else(|error| {
        let texts = HashMap::from([(name, error.text.as_str())]);
        let finding = std::slice::from_ref(&error.finding);
        render::placed(finding, &texts).iter().for_each(|finding| _ = finding.text(true));
        error.text.clone()
    });
    Input::new(name, text, "fuzz")
}

/// Prints findings as text. Prints the findings of `lint`, which include those of `generate`, in all formats.
fn print(purpose: Purpose, findings: &[Finding], input: &Input) {
    let texts = HashMap::from([(input.file.as_str(), input.text.as_str())]);
    for finding in render::placed_for(purpose, findings, &texts) {
        _ = finding.text(true);
        if matches!(purpose, Purpose::Lint) {
            _ = finding.json();
            assert!(!finding.github().contains(['\n', '\r']), "an annotation has one line");
        }
    }
}

/// Runs `diff`. Prints the changes in all formats. Returns whether the documents were compared.
fn compare(old: &Input, new: &Input, commands: Commands) -> bool {
    let mut is_compared = false;
    for skip_unsupported in [false, true].into_iter().filter(|skips| commands.diff[usize::from(*skips)]) {
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
        is_compared = true;
    }
    is_compared
}
