//! `properties --diff [--seed N] [--pairs N]`: compares the verdicts of `copperplate diff` on random pairs of schemas with the
//! verdicts of the `jsonschema` crate on values. [`comparison`] describes it.
//!
//! `properties [--seed N] [--schemas N] [--values N]`: validates random values with generated code and with the `jsonschema`
//! crate, and compares the verdicts.
//!
//! One document contains all random schemas. Its crate is generated and compiled once. A quarter of the values are random. The
//! other values are almost valid: they are at a bound of the schema, or have a single mistake. If verdicts differ, the program
//! prints them with the schema and the value, and the run fails.
//!
//! Generated code deviates from the specification in a few respects, on purpose. [`draft_4`] adds these deviations to the schemas
//! for `jsonschema`, so that the verdicts must still be equal. The program counts the verdicts that depend on a deviation.
//!
//! A Rust type drops the members that its schema does not describe. If the verdict depends on these members, it must equal the
//! verdict of `jsonschema` on the value without them.
//!
//! Not covered:
//!
//! - schemas without a type, which `cargo test` compares by means of the emitted keyword tables;
//! - numbers that an `f64` cannot represent, because `jsonschema` compares them as `f64`;
//! - a variant with `not` as its only keyword, which null can match: no Rust field can represent that;
//! - discriminators with subtypes that inherit by `allOf`;
//! - `nullable` under `allOf` and `not`, in a variant beside a `type`, and in variants that other schemas refer to. Published
//!   documents use it with a wider meaning than in the specification, and the verdict depends on how copperplate merges schemas.

#[path = "../verdicts/mod.rs"]
mod verdicts;

mod comparison;
mod described;
mod document;
mod draft_4;
mod exchange;
mod near;
mod pair;
mod random;
mod shrink;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use copperplate::Input;
use jsonschema::Validator;
use serde_json::Value;

use document::{Batch, Trial};
use draft_4::{Deviation, Reading};
use verdicts::{Crate, Failure, Verdicts};

/// Compares generated validators with the crate `jsonschema` on random schemas and values.
#[derive(Parser)]
struct Arguments {
    /// The seed of the random numbers.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of schemas, not counting the variants of unions.
    #[arg(long, default_value_t = 120)]
    schemas: usize,
    /// The number of values for each schema.
    #[arg(long, default_value_t = 100)]
    values: usize,
    /// Compare the verdicts of `diff` on pairs of schemas instead.
    #[arg(long)]
    diff: bool,
    /// The number of pairs of schemas for `--diff`.
    #[arg(long, default_value_t = 2000)]
    pairs: usize,
    /// For `--diff`, print an example for each rule whose impact was not needed.
    #[arg(long)]
    examples: bool,
}

/// The reason for the only deviation that changes values. The deviations that change schemas are in [`Deviation`].
const DROPPED_MEMBERS: &str = "a type drops members that its schema does not describe, and the rest is validated: it may match another \
    variant of a `oneOf` too";

fn main() -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse();
    if arguments.diff {
        let summary = comparison::run(arguments.seed, arguments.pairs, arguments.examples);
        println!("{summary}");
        return Ok(if summary.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let batch = document::batch(arguments.seed, arguments.schemas, arguments.values, |components, component| {
        let reading = Reading { components, deviations: Deviation::ALL, request: true };
        let validator = validator(reading, component);
        Box::new(move |value| validator.as_ref().is_ok_and(|validator| validator.is_valid(value)))
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/verdicts");
    fs::create_dir_all(&folder)?;
    let cases = folder.join("properties.json");
    fs::write(&cases, batch.cases().to_string())?;
    let text = batch.document().to_string();
    fs::write(folder.join("properties.openapi.json"), &text)?;
    let input = Input::new("properties.openapi.json", text, "properties");
    let krate = Crate::write("properties", input, |name| document::listed(name).map(|_| format!("suite::{name}")))?;
    let verdicts = krate.verdicts(&cases)?;
    let report = Report::of(&batch, &krate, &verdicts)?;
    println!("seed {}: {report}", arguments.seed);
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn validator(reading: Reading<'_>, component: &str) -> Result<Validator, Failure> {
    let schema = reading.of_component(component);
    let mut options = jsonschema::draft4::options().should_validate_formats(true);
    // OpenAPI defines these formats, and draft 4 does not.
    for format in ["date", "uuid"] {
        let known = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&serde_json::json!({"format": format}))?;
        options = options.with_format(format, move |text: &str| known.is_valid(&Value::String(text.to_owned())));
    }
    options.build(&schema).map_err(|error| format!("{component}: {error}: {schema}").into())
}

/// The result of the comparison.
#[derive(Default)]
struct Report {
    accepted: usize,
    rejected: usize,
    /// The schemas that have no type in the crate, with the reasons.
    left_out: Vec<String>,
    /// The number of schemas.
    schemas: usize,
    /// The number of verdicts that depend on a deviation, for each reason.
    deviating: BTreeMap<String, usize>,
    differing: usize,
    /// A description of each schema whose verdicts differ, with the values.
    differences: Vec<String>,
}

impl Report {
    fn of(batch: &Batch, krate: &Crate, verdicts: &Verdicts) -> Result<Self, Failure> {
        let mut report = Self { schemas: batch.trials.len(), ..Self::default() };
        for trial in &batch.trials {
            if krate.types.contains(&trial.list()) {
                report.compare(batch, trial, verdicts)?;
            } else {
                report.left_out.push(format!("{}: {}", trial.component, krate.reason_for_absence(&trial.component)));
            }
        }
        Ok(report)
    }

    fn compare(&mut self, batch: &Batch, trial: &Trial, verdicts: &Verdicts) -> Result<(), Failure> {
        let reading = |deviations| {
            let reading = Reading { components: &batch.components, deviations, request: trial.request };
            validator(reading, &trial.component)
        };
        let (specification, ours) = (reading(&[])?, reading(Deviation::ALL)?);
        let each: Result<Vec<_>, _> = Deviation::ALL
            .iter()
            .map(|deviation| Ok::<_, Failure>((deviation, reading(std::slice::from_ref(deviation))?)))
            .collect();
        let each = each?;
        let mut differing = Vec::new();
        for (index, value) in trial.values.iter().enumerate() {
            let verdict =
                verdicts.get(&(trial.list(), index)).ok_or_else(|| format!("no verdict on {}", trial.component))?;
            let expected = ours.is_valid(value);
            let kept = serde_json::from_str::<Value>(&verdict.reserialized).ok();
            if expected && !verdict.valid && kept.is_some_and(|kept| &kept[0] != value && !ours.is_valid(&kept[0])) {
                *self.deviating.entry(DROPPED_MEMBERS.to_owned()).or_default() += 1;
            } else if verdict.valid != expected {
                let actual = if verdict.valid { "valid" } else { &verdict.problems };
                let expected = if expected { "valid" } else { "invalid" };
                differing.push(format!("\n  value {value}\n    jsonschema: {expected}\n    generated:  {actual}"));
            } else if specification.is_valid(value) != expected {
                let mut reasons = each.iter().filter(|(_, validator)| validator.is_valid(value) == expected);
                let reason = reasons.next().map_or("several deviations together", |(deviation, _)| deviation.reason());
                *self.deviating.entry(reason.to_owned()).or_default() += 1;
            }
            *(if verdict.valid { &mut self.accepted } else { &mut self.rejected }) += 1;
        }
        self.differing += differing.len();
        if !differing.is_empty() {
            let (component, schema) = (&trial.component, &batch.components[&trial.component]);
            let direction = if trial.request { "sent" } else { "received" };
            self.differences.push(format!("{component} {schema}, {direction}{}", differing.concat()));
        }
        Ok(())
    }

    /// Returns whether all verdicts agree, and whether there are enough of them: most schemas must have a type, and neither
    /// verdict may be rare.
    fn is_clean(&self) -> bool {
        let is_significant =
            self.left_out.len() * 5 <= self.schemas && self.accepted.min(self.rejected) * 5 > self.rejected;
        self.differing == 0 && is_significant
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { accepted, rejected, schemas, differing, .. } = self;
        writeln!(f, "{schemas} schemas accept {accepted} values and reject {rejected}; {differing} verdicts differ")?;
        writeln!(f, "{:5} schemas have no type", self.left_out.len())?;
        self.left_out.iter().try_for_each(|schema| writeln!(f, "      {schema}"))?;
        for (reason, count) in &self.deviating {
            writeln!(f, "{count:5} verdicts deviate from the specification: {reason}")?;
        }
        self.differences.iter().try_for_each(|case| writeln!(f, "differs: {case}"))
    }
}
