//! `schema-suite DIR`: generates the suite's document, compiles it, and compares the verdict on every case with the suite's.
//!
//! `DIR` holds `cases.json` and `all.openapi.json`, whose README says what they are. A case that differs is named in `known.txt`
//! with the reason. One that is not named there fails the run, and so does a name that no case needs any more.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use copperplate::{Input, Options, generate};
use serde_json::Value;

/// What judges the cases, compiled with the generated crate. It is text here: it stands on code that has yet to be emitted.
const JUDGE: &str = include_str!("judge.txt");

/// The cases that differ: a schema, a case of it or `*`, and the reason.
const KNOWN: &str = include_str!("known.txt");

type Failure = Box<dyn Error>;

fn main() -> Result<ExitCode, Failure> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder holds cases.json?")?);
    let document = folder.join("all.openapi.json");
    let suite: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("cases.json"))?)?;
    let (krate, types) = write_crate(&document)?;
    let verdicts = judge(&krate, &folder.join("cases.json"))?;
    let cases = suite.iter().flat_map(cases_of);
    let report = Report::of(cases, &verdicts, &types);
    print!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the crate of `document` beside this workspace's own output, with a program that judges.
fn write_crate(document: &Path) -> Result<(PathBuf, BTreeSet<String>), Failure> {
    let text = fs::read_to_string(document)?;
    let nullable = nullable_components(&text)?;
    let input = Input { file: document.display().to_string(), text, module: "suite".to_owned() };
    let options =
        Options { crate_name: "suite".to_owned(), at_root: true, skip_unsupported: true, ..Options::default() };
    let generation = generate(&[input], &options);
    let files = generation.files.ok_or("the document was not generated")?;
    let krate = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/schema-suite");
    let mut types = BTreeSet::new();
    // What an earlier run wrote may not be among the files of this one.
    if krate.join("src").is_dir() {
        fs::remove_dir_all(krate.join("src"))?;
    }
    for file in &files {
        let text = match file.path.as_str() {
            // The judge reads numbers as the suite writes them, digit by digit.
            "Cargo.toml" => {
                file.text.replace("features = [\"float_roundtrip\"]", "features = [\"float_roundtrip\", \"raw_value\"]")
                    + "\n[workspace]\n"
            }
            _ => file.text.clone(),
        };
        if !file.path.starts_with("src/runtime/") && file.path.contains("types") {
            types.extend(declared(&text));
        }
        write(&krate.join(&file.path), &text)?;
    }
    let rows = types.iter().map(|name| match nullable.contains(name) {
        true => format!("        \"{name}\" => judge::<Option<suite::{name}>>(text, direction),\n"),
        false => format!("        \"{name}\" => judge::<suite::{name}>(text, direction),\n"),
    });
    write(&krate.join("src/bin/judge.rs"), &JUDGE.replace("        // ROWS\n", &rows.collect::<String>()))?;
    Ok((krate, types))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::create_dir_all(path.parent().ok_or("no folder")?)?;
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text)?;
    }
    Ok(())
}

/// The components that may be null, which is said where they are used.
fn nullable_components(document: &str) -> Result<BTreeSet<String>, Failure> {
    let document: Value = serde_json::from_str(document)?;
    let schemas = document["components"]["schemas"].as_object().ok_or("no schemas")?;
    let alternatives = |schema: &'_ Value| -> Vec<Value> {
        let both = [&schema["oneOf"], &schema["anyOf"]];
        both.into_iter().filter_map(Value::as_array).flatten().cloned().collect()
    };
    // A union may be null where one of its alternatives may.
    let is_nullable = |schema: &Value| {
        schema["nullable"] == true || alternatives(schema).iter().any(|alternative| alternative["nullable"] == true)
    };
    Ok(schemas.iter().filter(|(_, schema)| is_nullable(schema)).map(|(name, _)| name.clone()).collect())
}

/// The types that a module declares.
fn declared(module: &str) -> BTreeSet<String> {
    let names = module.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        rest.split(|letter: char| !letter.is_alphanumeric()).next()
    });
    names.map(str::to_owned).collect()
}

/// Runs the judge: for each schema and case, whether the value decodes and keeps the rules.
fn judge(krate: &Path, cases: &Path) -> Result<BTreeMap<(String, usize), bool>, Failure> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut run = Command::new(cargo);
    run.args(["run", "--quiet", "--no-default-features", "--features", "symmetric", "--bin", "judge", "--"]);
    let output = run.arg(fs::canonicalize(cases)?).current_dir(krate).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    let verdict = |line: &str| {
        let mut words = line.split(' ');
        Some(((words.next()?.to_owned(), words.next()?.parse().ok()?), words.next()? == "true"))
    };
    Ok(String::from_utf8(output.stdout)?.lines().filter_map(verdict).collect())
}

/// A case of the suite.
struct Case<'s> {
    schema: &'s str,
    /// Whether every keyword of the schema stands beside the type it belongs to.
    typed: bool,
    keyword: &'s str,
    index: usize,
    description: &'s str,
    valid: bool,
}

fn cases_of(schema: &Value) -> impl Iterator<Item = Case<'_>> {
    let cases = schema["cases"].as_array().into_iter().flatten().enumerate();
    cases.map(|(index, case)| Case {
        schema: schema["name"].as_str().unwrap_or_default(),
        typed: schema["typed"] == true,
        keyword: schema["keyword"].as_str().unwrap_or_default(),
        index,
        description: case["description"].as_str().unwrap_or_default(),
        valid: case["valid"] == true,
    })
}

/// What came of the comparison.
#[derive(Default)]
struct Report {
    /// How many agree, of how many: of the typed schemas, and of those over any value.
    agreed: [(usize, usize); 2],
    /// Those that differ and are named.
    known: BTreeMap<&'static str, usize>,
    unnamed: Vec<String>,
    stale: Vec<String>,
}

impl Report {
    fn of<'s>(
        cases: impl Iterator<Item = Case<'s>>,
        verdicts: &BTreeMap<(String, usize), bool>,
        types: &BTreeSet<String>,
    ) -> Self {
        let mut report = Self::default();
        let mut unused: BTreeSet<(&str, &str)> = known().map(|(schema, case, _)| (schema, case)).collect();
        for case in cases {
            let verdict = verdicts.get(&(case.schema.to_owned(), case.index)).copied();
            let (agreed, all) = &mut report.agreed[usize::from(!case.typed)];
            *all += 1;
            if verdict == Some(case.valid) {
                *agreed += 1;
                continue;
            }
            let entry =
                known().find(|(schema, name, _)| *schema == case.schema && (*name == "*" || *name == case.description));
            match entry {
                Some((schema, name, reason)) => {
                    unused.remove(&(schema, name));
                    *report.known.entry(reason).or_default() += 1;
                }
                None => {
                    let said = match verdict {
                        None if types.contains(case.schema) => "no verdict",
                        None => "not generated",
                        Some(true) => "accepted",
                        Some(false) => "refused",
                    };
                    let Case { schema, keyword, description, .. } = case;
                    report.unnamed.push(format!("{schema} | {description} | {keyword}: {said}"));
                }
            }
        }
        report.stale = unused.into_iter().map(|(schema, case)| format!("{schema} | {case}")).collect();
        report
    }

    fn is_clean(&self) -> bool {
        self.unnamed.is_empty() && self.stale.is_empty()
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [(typed, all_typed), (untyped, all_untyped)] = self.agreed;
        writeln!(
            f,
            "{typed} of {all_typed} verdicts of typed schemas agree, {untyped} of {all_untyped} over any value"
        )?;
        for (reason, count) in &self.known {
            writeln!(f, "{count:5} differ and are known: {reason}")?;
        }
        self.unnamed.iter().try_for_each(|case| writeln!(f, "differs: {case}"))?;
        self.stale.iter().try_for_each(|case| writeln!(f, "known, and it agrees: {case}"))
    }
}

fn known() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KNOWN.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.splitn(3, " | ");
        Some((parts.next()?, parts.next()?, parts.next()?))
    })
}
