//! `schema-suite DIR`: generates the suite's document, compiles it, and compares the verdict on every case with the suite's.
//!
//! `DIR` holds `cases.json` and `all.openapi.json`, whose README says what they are. A case that differs is named in `known.txt`
//! with the reason. One that is not named there fails the run, and so does a name that no case needs any more.

#[path = "../verdicts/mod.rs"]
mod judge;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use copperplate::Input;
use judge::{Crate, Failure, Verdicts};
use serde_json::Value;

/// The cases that differ: a schema, a case of it or `*`, and the reason.
const KNOWN: &str = include_str!("known.txt");

fn main() -> Result<ExitCode, Failure> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder holds cases.json?")?);
    let document = folder.join("all.openapi.json");
    let suite: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("cases.json"))?)?;
    let text = fs::read_to_string(&document)?;
    let nullable = nullable_components(&text)?;
    let held = |name: &str| match nullable.contains(name) {
        true => Some(format!("Option<suite::{name}>")),
        false => Some(format!("suite::{name}")),
    };
    let input = Input { file: document.display().to_string(), text, module: "suite".to_owned() };
    let krate = Crate::write("schema-suite", input, held)?;
    let verdicts = krate.judge(&folder.join("cases.json"))?;
    let cases = suite.iter().flat_map(cases_of);
    let report = Report::of(cases, &verdicts, &krate);
    print!("{report}");
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
    fn of<'s>(cases: impl Iterator<Item = Case<'s>>, verdicts: &Verdicts, krate: &Crate) -> Self {
        let mut report = Self::default();
        let mut unused: BTreeSet<(&str, &str)> = known().map(|(schema, case, _)| (schema, case)).collect();
        for case in cases {
            let verdict = verdicts.get(&(case.schema.to_owned(), case.index));
            let (agreed, all) = &mut report.agreed[usize::from(!case.typed)];
            *all += 1;
            if verdict.is_some_and(|verdict| verdict.valid == case.valid) {
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
                        None if krate.types.contains(case.schema) => "no verdict".to_owned(),
                        None => krate.refusal(case.schema),
                        Some(verdict) if verdict.valid => "accepted".to_owned(),
                        Some(verdict) => format!("{}, as {}", verdict.said, verdict.held),
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
