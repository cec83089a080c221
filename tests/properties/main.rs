//! `properties [--seed N] [--schemas N] [--values N]`: random schemas and values, judged by generated code and by the crate `jsonschema`.
//!
//! One document is made of random typed schemas, its crate is generated and compiled once, and its verdicts are compared with
//! those of the other validator. A quarter of the values is random, the others are made near a schema: at its limits, and right but
//! for one place. A verdict that differs is printed with all that made it, and fails the run.
//!
//! Generated code departs from the letter in few respects, on purpose. Each is a rule of its own that [`draft_4`] puts into the
//! schemas that the other validator judges by, so that even there the verdicts have to be equal; how many differ from the letter is counted.
//!
//! A type that leaves out members has left them out of what is judged as well: such a verdict has to be the other validator's on what
//! is left.
//!
//! Not tried are: schemas without a type, which `cargo test` holds against the tables of keywords; numbers that a
//! double does not hold exactly, which the other validator compares as doubles; `not` alone as an alternative, which null may fit
//! though no member of a struct can say so; discriminators whose subtypes stand on their schema with `allOf`; and `nullable` under `allOf` and `not`, in an alternative beside a `type`, and in
//! alternatives that others refer to: documents mean more by it than its letter, and there it depends on what is merged.

#[path = "../verdicts/mod.rs"]
mod judge;

mod document;
mod draft_4;
mod near;
mod random;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use copperplate::Input;
use jsonschema::Validator;
use serde_json::Value;

use document::{Batch, Trial};
use draft_4::{Departure, Reading};
use judge::{Crate, Failure, Verdicts};

/// Compares generated validators with the crate `jsonschema` on random schemas and values.
#[derive(Parser)]
struct Arguments {
    /// Another number, other schemas and values.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many schemas there are, the alternatives of some left aside.
    #[arg(long, default_value_t = 120)]
    schemas: usize,
    /// How many values are tried on each.
    #[arg(long, default_value_t = 100)]
    values: usize,
}

/// A departure that lies in the values, not in how a schema is read.
const HELD: &str = "a type keeps the members that its schema describes, and what it keeps is judged: another alternative of a \
    `oneOf` may take that too";

fn main() -> Result<ExitCode, Failure> {
    let arguments = Arguments::parse();
    let batch = document::batch(arguments.seed, arguments.schemas, arguments.values, |components, component| {
        let reading = Reading { components, departures: Departure::ALL, request: true };
        let validator = validator(reading, component);
        Box::new(move |value| validator.as_ref().is_ok_and(|validator| validator.is_valid(value)))
    });
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/judged");
    fs::create_dir_all(&folder)?;
    let cases = folder.join("properties.json");
    fs::write(&cases, batch.cases().to_string())?;
    let text = batch.document().to_string();
    fs::write(folder.join("properties.openapi.json"), &text)?;
    let input = Input { file: "properties.openapi.json".to_owned(), text, module: "properties".to_owned() };
    let krate = Crate::write("properties", input, |name| document::listed(name).map(|_| format!("suite::{name}")))?;
    let verdicts = krate.judge(&cases)?;
    let report = Report::of(&batch, &krate, &verdicts)?;
    println!("seed {}: {report}", arguments.seed);
    Ok(if report.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn validator(reading: Reading<'_>, component: &str) -> Result<Validator, Failure> {
    let schema = reading.of_component(component);
    let mut options = jsonschema::draft4::options().should_validate_formats(true);
    // What OpenAPI knows and draft 4 does not.
    for format in ["date", "uuid"] {
        let known = jsonschema::draft202012::options()
            .should_validate_formats(true)
            .build(&serde_json::json!({"format": format}))?;
        options = options.with_format(format, move |text: &str| known.is_valid(&Value::String(text.to_owned())));
    }
    options.build(&schema).map_err(|error| format!("{component}: {error}: {schema}").into())
}

/// What came of the comparison.
#[derive(Default)]
struct Report {
    accepted: usize,
    refused: usize,
    /// The schemas that were left out, and how many there are in all.
    left_out: Vec<String>,
    schemas: usize,
    /// How many verdicts are not those of the letter, by the departures that make the difference.
    departing: BTreeMap<String, usize>,
    differing: usize,
    /// Each schema whose verdicts differ, with the values.
    told: Vec<String>,
}

impl Report {
    fn of(batch: &Batch, krate: &Crate, verdicts: &Verdicts) -> Result<Self, Failure> {
        let mut report = Self { schemas: batch.trials.len(), ..Self::default() };
        for trial in &batch.trials {
            if krate.types.contains(&trial.list()) {
                report.compare(batch, trial, verdicts)?;
            } else {
                report.left_out.push(format!("{}: {}", trial.component, krate.refusal(&trial.component)));
            }
        }
        Ok(report)
    }

    fn compare(&mut self, batch: &Batch, trial: &Trial, verdicts: &Verdicts) -> Result<(), Failure> {
        let reading = |departures| {
            let reading = Reading { components: &batch.components, departures, request: trial.request };
            validator(reading, &trial.component)
        };
        let (letter, ours) = (reading(&[])?, reading(Departure::ALL)?);
        let each: Result<Vec<_>, _> = Departure::ALL
            .iter()
            .map(|departure| Ok::<_, Failure>((departure, reading(std::slice::from_ref(departure))?)))
            .collect();
        let each = each?;
        let mut differing = Vec::new();
        for (index, value) in trial.values.iter().enumerate() {
            let verdict =
                verdicts.get(&(trial.list(), index)).ok_or_else(|| format!("no verdict on {}", trial.component))?;
            let expected = ours.is_valid(value);
            let held = serde_json::from_str::<Value>(&verdict.held).ok();
            if expected && !verdict.valid && held.is_some_and(|held| &held[0] != value && !ours.is_valid(&held[0])) {
                *self.departing.entry(HELD.to_owned()).or_default() += 1;
            } else if verdict.valid != expected {
                let said = if verdict.valid { "accepted" } else { &verdict.said };
                let expected = if expected { "valid" } else { "invalid" };
                differing.push(format!("\n  value {value}\n    jsonschema: {expected}\n    generated:  {said}"));
            } else if letter.is_valid(value) != expected {
                let mut reasons = each.iter().filter(|(_, validator)| validator.is_valid(value) == expected);
                let reason = reasons.next().map_or("several of them together", |(departure, _)| departure.reason());
                *self.departing.entry(reason.to_owned()).or_default() += 1;
            }
            *(if verdict.valid { &mut self.accepted } else { &mut self.refused }) += 1;
        }
        self.differing += differing.len();
        if !differing.is_empty() {
            let (component, schema) = (&trial.component, &batch.components[&trial.component]);
            let direction = if trial.request { "sent" } else { "received" };
            self.told.push(format!("{component} {schema}, {direction}{}", differing.concat()));
        }
        Ok(())
    }

    /// Whether all agree, and enough was compared to mean something.
    fn is_clean(&self) -> bool {
        let means_something =
            self.left_out.len() * 5 <= self.schemas && self.accepted.min(self.refused) * 5 > self.refused;
        self.differing == 0 && means_something
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { accepted, refused, schemas, differing, .. } = self;
        writeln!(f, "{accepted} values accepted and {refused} refused by {schemas} schemas, {differing} wrongly")?;
        writeln!(f, "{:5} schemas were left out", self.left_out.len())?;
        self.left_out.iter().try_for_each(|schema| writeln!(f, "      {schema}"))?;
        for (reason, count) in &self.departing {
            writeln!(f, "{count:5} verdicts depart from the letter: {reason}")?;
        }
        self.told.iter().try_for_each(|case| writeln!(f, "differs: {case}"))
    }
}
