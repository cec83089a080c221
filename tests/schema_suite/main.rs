//! `schema-suite DIR`: compares the verdicts of generated validators with the published verdicts of a test suite.
//!
//! The program generates and compiles one crate from the document of the suite. For each case, it compares whether the crate and
//! the suite accept the value.
//!
//! `DIR` contains `cases.json` and `all.openapi.json`, which the README in `DIR` describes. `known.txt` lists the known
//! differences of the suite for OpenAPI 3.0, and `known_3_1.txt` those of the suite for OpenAPI 3.1, each with the reason. The run
//! fails if a difference is not listed, or if a listed difference no longer occurs.
//!
//! Cases of the tier `core` are verdicts of JSON Schema, in which `format` is an annotation and a schema without `type` accepts values
//! of all types. They are compared a second time, with a crate for which copperplate reads schemas so. No difference is allowed then.

#[path = "../verdicts/mod.rs"]
mod verdicts;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use copperplate::{Input, SchemaReading};
use serde_json::Value;
use verdicts::{Crate, Failure, Verdicts};

/// The known differences. Each line has a schema, the description of a case (or `*` for all cases), and the reason.
const KNOWN: &str = include_str!("known.txt");

/// The known differences of the suite for OpenAPI 3.1, in the same form.
const KNOWN_3_1: &str = include_str!("known_3_1.txt");

/// The differences of the core of the suite for OpenAPI 3.0 that remain with the options that read schemas to the letter of JSON
/// Schema: about `nullable`, which JSON Schema does not have. The core of the suite for OpenAPI 3.1 has none.
const KNOWN_TO_THE_LETTER: &str = include_str!("known_to_the_letter.txt");

/// The tier of the verdicts of JSON Schema.
const CORE: &str = "core";

fn main() -> Result<ExitCode, Failure> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder holds cases.json?")?);
    let document = folder.join("all.openapi.json");
    let suite: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("cases.json"))?)?;
    let text = fs::read_to_string(&document)?;
    let nullable = nullable_components(&text)?;
    let version = serde_json::from_str::<Value>(&text)?["openapi"].as_str().unwrap_or_default().to_owned();
    let (known, known_to_the_letter) =
        if version.starts_with("3.0.") { (KNOWN, KNOWN_TO_THE_LETTER) } else { (KNOWN_3_1, "") };
    let rust_type = |name: &str| match nullable.contains(name) {
        true => Some(format!("Option<suite::{name}>")),
        false => Some(format!("suite::{name}")),
    };
    let input = Input::new(document.display().to_string(), text, "suite");
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let cases_file = folder.join("cases.json");
    let krate = Crate::write(&name, input.clone(), rust_type)?;
    let report = Report::of(suite.iter().flat_map(cases_of), known, &krate.verdicts(&cases_file)?, &krate);
    print!("{report}");
    let mut is_clean = report.is_clean();
    let mut core = suite.iter().flat_map(cases_of).filter(|case| case.tier == CORE).peekable();
    if core.peek().is_some() {
        let reading = SchemaReading { unvalidated_formats: true, untyped_as_any: true };
        let krate = Crate::write(&format!("{name}-as-json-schema"), Input { reading, ..input }, rust_type)?;
        let report = Report::of(core, known_to_the_letter, &krate.verdicts(&cases_file)?, &krate);
        print!("with --unvalidated-formats --untyped-as-any, {report}");
        is_clean &= report.is_clean();
    }
    Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Returns the components that allow null. The type of such a component is `Option<T>` wherever the component is used.
fn nullable_components(document: &str) -> Result<BTreeSet<String>, Failure> {
    let document: Value = serde_json::from_str(document)?;
    let schemas = document["components"]["schemas"].as_object().ok_or("no schemas")?;
    Ok(schemas.iter().filter(|(_, schema)| is_nullable(schema)).map(|(name, _)| name.clone()).collect())
}

/// Returns whether a schema allows null by a keyword that names null. A union allows null if one of its variants does.
fn is_nullable(schema: &Value) -> bool {
    let lists_null =
        |value: &Value| value == "null" || value.as_array().is_some_and(|types| types.contains(&"null".into()));
    let alternatives = [&schema["oneOf"], &schema["anyOf"]];
    let is_untyped = schema.get("type").is_none();
    schema["nullable"] == true
        || lists_null(&schema["type"])
        || (is_untyped
            && (schema["enum"].as_array().is_some_and(|values| values.contains(&Value::Null))
                || schema.get("const") == Some(&Value::Null)
                || alternatives.into_iter().filter_map(Value::as_array).flatten().any(is_nullable)))
}

/// A case of the suite.
struct Case<'s> {
    schema: &'s str,
    /// The tier of the schema, such as `core`.
    tier: &'s str,
    /// Whether the schema has a `type`, and no keywords for values of other types.
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
        tier: schema["tier"].as_str().unwrap_or_default(),
        typed: schema["typed"] == true,
        keyword: schema["keyword"].as_str().unwrap_or_default(),
        index,
        description: case["description"].as_str().unwrap_or_default(),
        valid: case["valid"] == true,
    })
}

/// The result of the comparison.
#[derive(Default)]
struct Report {
    /// The number of cases with equal verdicts, and the number of all cases, for each tier. The first element counts the cases of
    /// schemas with a `type`, the second element counts the cases of schemas without one.
    agreed: BTreeMap<String, [(usize, usize); 2]>,
    /// The number of known differences for each reason.
    known: BTreeMap<&'static str, usize>,
    /// The differences that `known.txt` does not list.
    unlisted: Vec<String>,
    /// The lines of `known.txt` whose difference no longer occurs.
    stale: Vec<String>,
}

impl Report {
    fn of<'s>(cases: impl Iterator<Item = Case<'s>>, known: &'static str, verdicts: &Verdicts, krate: &Crate) -> Self {
        let mut report = Self::default();
        let mut unused: BTreeSet<(&str, &str)> = known_cases(known).map(|(schema, case, _)| (schema, case)).collect();
        for case in cases {
            let verdict = verdicts.get(&(case.schema.to_owned(), case.index));
            let (agreed, all) = &mut report.agreed.entry(case.tier.to_owned()).or_default()[usize::from(!case.typed)];
            *all += 1;
            if verdict.is_some_and(|verdict| verdict.valid == case.valid) {
                *agreed += 1;
                continue;
            }
            let entry = known_cases(known)
                .find(|(schema, name, _)| *schema == case.schema && (*name == "*" || *name == case.description));
            match entry {
                Some((schema, name, reason)) => {
                    unused.remove(&(schema, name));
                    *report.known.entry(reason).or_default() += 1;
                }
                None => {
                    let problem = match verdict {
                        None if krate.types.contains(case.schema) => "no verdict".to_owned(),
                        None => krate.reason_for_absence(case.schema),
                        Some(verdict) if verdict.valid => "accepted".to_owned(),
                        Some(verdict) => format!("{}, as {}", verdict.problems, verdict.reserialized),
                    };
                    let Case { schema, keyword, description, .. } = case;
                    report.unlisted.push(format!("{schema} | {description} | {keyword}: {problem}"));
                }
            }
        }
        report.stale = unused.into_iter().map(|(schema, case)| format!("{schema} | {case}")).collect();
        report
    }

    fn is_clean(&self) -> bool {
        self.unlisted.is_empty() && self.stale.is_empty()
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (tier, [(typed, all_typed), (untyped, all_untyped)]) in &self.agreed {
            let tier = if tier.is_empty() { String::new() } else { format!("{tier}: ") };
            writeln!(
                f,
                "{tier}{typed} of {all_typed} verdicts of schemas with a type agree, {untyped} of {all_untyped} of schemas without"
            )?;
        }
        for (reason, count) in &self.known {
            writeln!(f, "{count:5} known differences: {reason}")?;
        }
        self.unlisted.iter().try_for_each(|case| writeln!(f, "differs: {case}"))?;
        self.stale.iter().try_for_each(|case| writeln!(f, "listed as a difference, but agrees: {case}"))
    }
}

/// Parses the lines of a file of known differences: the schema, the case and the reason.
fn known_cases(known: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    known.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.splitn(3, " | ");
        Some((parts.next()?, parts.next()?, parts.next()?))
    })
}
