//! Runs generated validators: writes the crate of a document and a program that validates values with this crate, compiles both,
//! and returns the verdicts of the program.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use copperplate::finding::{Finding, Severity};
use copperplate::{Input, Options, Pipeline, Types};

/// The source code of the program that validates values. It is included as text, because the generated crate that it uses does
/// not exist yet when this file is compiled.
const PROGRAM: &str = include_str!("program.txt");

pub type Failure = Box<dyn Error>;

/// A generated crate, with the program that validates values.
pub struct Crate {
    folder: PathBuf,
    /// The names of the types that the crate declares.
    pub types: BTreeSet<String>,
    /// The findings of the document.
    findings: Vec<Finding>,
}

/// The verdict of the generated code on one value.
pub struct Verdict {
    pub valid: bool,
    /// The decode error, or the violations. Empty if the value is valid.
    pub problems: String,
    /// The value after decoding and encoding, if the value can be decoded but is invalid. Otherwise empty.
    pub reserialized: String,
}

/// The verdicts, keyed by the name of the schema and the number of the case.
pub type Verdicts = BTreeMap<(String, usize), Verdict>;

impl Crate {
    /// Writes the crate of a document to the subfolder `folder` of `target/verdicts`. For each type of the crate, `rust_type`
    /// gets its name, and returns the Rust type for decoding its values; `None` if there are no values.
    pub fn write(folder: &str, input: Input, rust_type: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let options = Options {
            crate_name: "suite".to_owned(),
            at_root: true,
            skip_unsupported: true,
            types: Types::All,
            ..Options::default()
        };
        let generation = Pipeline::new(&options).generate(&[input]);
        let findings = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
        let files = generation.files.as_ref().ok_or_else(findings)?;
        let folder = outputs().join(folder);
        // Remove the files of an earlier run, because their names may differ from the names of this run.
        if folder.join("src").is_dir() {
            fs::remove_dir_all(folder.join("src"))?;
        }
        let mut types = BTreeSet::new();
        for file in files {
            let text = match file.path.as_str() {
                // The program needs the feature `raw_value` of serde_json to keep all digits of numbers.
                "Cargo.toml" => {
                    file.text
                        .replace("features = [\"float_roundtrip\"]", "features = [\"float_roundtrip\", \"raw_value\"]")
                        + "\n[workspace]\n"
                }
                _ => file.text.clone(),
            };
            if file.path == "SURFACE.txt" {
                types = declared_types(&text);
            }
            write(&folder.join(&file.path), &text)?;
        }
        let rows = types.iter().filter_map(|name| {
            rust_type(name).map(|kind| format!("        \"{name}\" => verdict::<{kind}>(text, direction),\n"))
        });
        write(&folder.join("src/bin/verdicts.rs"), &PROGRAM.replace("        // ROWS\n", &rows.collect::<String>()))?;
        Ok(Self { folder, types, findings: generation.findings })
    }

    /// Returns the finding that explains why a component has no type.
    pub fn reason_for_absence(&self, component: &str) -> String {
        let place = format!("/components/schemas/{component}");
        let inside = |finding: &&Finding| {
            let below = finding.pointer.as_str().strip_prefix(&place);
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        let found = self.findings.iter().filter(|finding| finding.severity != Severity::Note).find(inside);
        found.map_or("no finding".to_owned(), |finding| format!("{}: {}", finding.code.id(), finding.message))
    }

    /// Runs the program on the file `cases`. Returns the verdict on each value.
    pub fn verdicts(&self, cases: &Path) -> Result<Verdicts, Failure> {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut run = Command::new(cargo);
        run.args(["run", "--quiet", "--no-default-features", "--features", "symmetric", "--bin", "verdicts"]);
        // All generated crates share one target folder, so that their dependencies are compiled once.
        run.arg("--target-dir").arg(outputs().join("target"));
        let output = run.arg("--").arg(fs::canonicalize(cases)?).current_dir(&self.folder).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(String::from_utf8(output.stdout)?.lines().filter_map(verdict).collect())
    }
}

fn outputs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/verdicts")
}

/// Parses a line of the program's output: the schema, the number of the case, the verdict, the problems and the value.
fn verdict(line: &str) -> Option<((String, usize), Verdict)> {
    let mut words = line.splitn(4, ' ');
    let case = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    let valid = words.next()? == "true";
    let (problems, reserialized) = words.next().and_then(|words| words.split_once('\t')).unwrap_or_default();
    Some((case, Verdict { valid, problems: problems.to_owned(), reserialized: reserialized.to_owned() }))
}

/// Writes `text` to a file. Leaves a file with this content unchanged, because Cargo would compile a rewritten file again.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text)?;
    }
    Ok(())
}

/// Returns the names of the types that `SURFACE.txt` lists. Examples of its lines are `types::Pet struct`, `types::Kind enum` and
/// `types::Id(String)`.
fn declared_types(surface: &str) -> BTreeSet<String> {
    let types = surface.lines().filter_map(|line| {
        let line = line.strip_prefix("types::")?;
        let (name, rest) = line.split_at(line.find(|letter: char| !letter.is_alphanumeric())?);
        [" struct", " enum", "("].iter().any(|kind| rest.starts_with(kind)).then(|| name.to_owned())
    });
    types.collect()
}
