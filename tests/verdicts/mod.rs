//! Generated validators at work: writes the crate of a document together with a program that judges values, compiles it once, and
//! runs it.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use copperplate::finding::{Finding, Severity};
use copperplate::{Input, Options, Pipeline, Types};

/// What judges the cases, compiled with the generated crate. It is text here: it stands on code that has yet to be emitted.
const JUDGE: &str = include_str!("program.txt");

pub type Failure = Box<dyn Error>;

/// A generated crate that can judge.
pub struct Crate {
    folder: PathBuf,
    /// The types that it declares.
    pub types: BTreeSet<String>,
    /// What was found in the document.
    findings: Vec<Finding>,
}

/// What the generated code says of a value.
pub struct Verdict {
    pub valid: bool,
    /// What is wrong with it.
    pub said: String,
    /// The value as its type holds it, where it could be read and is refused.
    pub held: String,
}

/// The verdicts, by the name of the schema and the number of the case.
pub type Verdicts = BTreeMap<(String, usize), Verdict>;

impl Crate {
    /// Writes the crate of a document beside this workspace's own output, in a folder of this name. `held` says as which Rust type
    /// the values of a declared type are read, where it is asked about them.
    pub fn write(folder: &str, input: Input, held: impl Fn(&str) -> Option<String>) -> Result<Self, Failure> {
        let options = Options {
            crate_name: "suite".to_owned(),
            at_root: true,
            skip_unsupported: true,
            types: Types::All,
            ..Options::default()
        };
        let generation = Pipeline::new(&options).generate(&[input]);
        let said = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
        let files = generation.files.as_ref().ok_or_else(said)?;
        let folder = outputs().join(folder);
        // What an earlier run wrote may not be among the files of this one.
        if folder.join("src").is_dir() {
            fs::remove_dir_all(folder.join("src"))?;
        }
        let mut types = BTreeSet::new();
        for file in files {
            let text = match file.path.as_str() {
                // The judge reads numbers as the cases write them, digit by digit.
                "Cargo.toml" => {
                    file.text
                        .replace("features = [\"float_roundtrip\"]", "features = [\"float_roundtrip\", \"raw_value\"]")
                        + "\n[workspace]\n"
                }
                _ => file.text.clone(),
            };
            if !file.path.starts_with("src/runtime/") && file.path.contains("types") {
                types.extend(declared(&text));
            }
            write(&folder.join(&file.path), &text)?;
        }
        let rows = types.iter().filter_map(|name| {
            held(name).map(|held| format!("        \"{name}\" => judge::<{held}>(text, direction),\n"))
        });
        write(&folder.join("src/bin/judge.rs"), &JUDGE.replace("        // ROWS\n", &rows.collect::<String>()))?;
        Ok(Self { folder, types, findings: generation.findings })
    }

    /// Why a component has no type.
    pub fn refusal(&self, component: &str) -> String {
        let place = format!("/components/schemas/{component}");
        let inside = |finding: &&Finding| {
            let below = finding.pointer.as_str().strip_prefix(&place);
            below.is_some_and(|below| below.is_empty() || below.starts_with('/'))
        };
        let found = self.findings.iter().filter(|finding| finding.severity != Severity::Note).find(inside);
        found.map_or("nothing was found".to_owned(), |finding| format!("{}: {}", finding.code.id(), finding.message))
    }

    /// For each schema and case of the file `cases`, whether the value decodes and keeps the rules.
    pub fn judge(&self, cases: &Path) -> Result<Verdicts, Failure> {
        let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut run = Command::new(cargo);
        run.args(["run", "--quiet", "--no-default-features", "--features", "symmetric", "--bin", "judge"]);
        // The crates that every generated crate depends on are compiled once.
        run.arg("--target-dir").arg(outputs().join("target"));
        let output = run.arg("--").arg(fs::canonicalize(cases)?).current_dir(&self.folder).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(String::from_utf8(output.stdout)?.lines().filter_map(verdict).collect())
    }
}

fn outputs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/judged")
}

/// A line of the judge: the schema, the number of the case, the verdict, and what is wrong.
fn verdict(line: &str) -> Option<((String, usize), Verdict)> {
    let mut words = line.splitn(4, ' ');
    let case = (words.next()?.to_owned(), words.next()?.parse().ok()?);
    let valid = words.next()? == "true";
    let (said, held) = words.next().and_then(|words| words.split_once('\t')).unwrap_or_default();
    Some((case, Verdict { valid, said: said.to_owned(), held: held.to_owned() }))
}

/// Writes what is not there already, so that nothing is compiled again without need.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text)?;
    }
    Ok(())
}

/// The types that a module declares.
fn declared(module: &str) -> BTreeSet<String> {
    let names = module.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        rest.split(|letter: char| !letter.is_alphanumeric()).next()
    });
    names.map(str::to_owned).collect()
}
