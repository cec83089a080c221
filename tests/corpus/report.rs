//! Prints the results of a run: a row for each document, totals, findings by code, and diagnostics of the compiler.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::crates::CheckResult;
use crate::generation::{Document, GenerationResult, Outcome};
use crate::round_trip::TestResults;
use crate::table;

/// The results for one document.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The name of the document.
    pub document: String,
    /// The name of the generated crate.
    pub crate_name: String,
    /// The size of the document, in MB.
    pub megabytes: f64,
    /// The result of the generator.
    pub generation: GenerationResult,
    /// The diagnostics of the compiler, if the crate was checked.
    pub check: Option<CheckResult>,
    /// The results of the tests, if they were run.
    pub test_results: Option<TestResults>,
}

impl Row {
    /// Creates a row for a document that is not checked or tested yet.
    pub fn new(document: &Document, generation: GenerationResult) -> Self {
        Self {
            document: document.name.clone(),
            crate_name: document.crate_name(),
            megabytes: document.bytes as f64 / 1e6,
            generation,
            check: None,
            test_results: None,
        }
    }

    /// Returns whether a crate was written.
    pub fn has_crate(&self) -> bool {
        self.generation.outcome == Outcome::Generated
    }

    /// Returns whether the document passes. It fails if the generator panics, if no finding explains a skipped operation, if the
    /// crate does not compile, or if the tests cannot run.
    pub fn passes(&self) -> bool {
        let compiles = self.check.as_ref().is_none_or(|check| check.errors == 0);
        let tests_run = self.test_results.as_ref().is_none_or(|results| results.failure.is_none());
        !matches!(self.generation.outcome, Outcome::Panic(_))
            && self.generation.unexplained.is_empty()
            && compiles
            && tests_run
    }
}

/// Prints the results of a run.
pub fn print(rows: &[Row]) {
    print_documents(rows);
    println!();
    print_totals(rows);
    print_findings(rows);
    if rows.iter().any(|row| row.check.is_some()) {
        print_diagnostics(rows);
    }
    if rows.iter().any(|row| row.test_results.is_some()) {
        crate::round_trip::print(rows);
    }
    print_failures(rows);
}

fn print_documents(rows: &[Row]) {
    let has_checks = rows.iter().any(|row| row.check.is_some());
    let mut head =
        vec!["document", "MB", "operations", "emitted", "CPU s", "peak MiB", "lines", "Value", "constrained"];
    head.extend(has_checks.then_some(["check CPU s", "check MiB", "errors", "warnings"]).into_iter().flatten());
    head.push("findings");
    let row = |row: &Row| {
        let generation = &row.generation;
        let mut cells = vec![
            row.document.clone(),
            format!("{:.2}", row.megabytes),
            generation.operations.to_string(),
            generation.emitted.to_string(),
            format!("{:.2}", generation.usage.cpu_seconds),
            format!("{:.0}", generation.usage.peak_mib),
            generation.lines.to_string(),
            generation.json_values.to_string(),
            generation.constrained_values.to_string(),
        ];
        if has_checks {
            cells.extend(match &row.check {
                None => ["-"; 4].map(str::to_owned),
                Some(check) => [
                    format!("{:.1}", check.usage.cpu_seconds),
                    format!("{:.0}", check.usage.peak_mib),
                    check.errors.to_string(),
                    check.warnings.to_string(),
                ],
            });
        }
        cells.push(match &generation.outcome {
            Outcome::Generated => table::counts(&generation.findings),
            Outcome::Rejected => format!("rejected: {}", table::counts(&generation.findings)),
            Outcome::Panic(_) => "panic".to_owned(),
        });
        cells
    };
    table::print(&head, &rows.iter().map(row).collect::<Vec<_>>());
}

fn print_totals(rows: &[Row]) {
    let sum = |count: &dyn Fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let (all, emitted) = (sum(&|row| row.generation.operations), sum(&|row| row.generation.emitted));
    let unexplained = sum(&|row| row.generation.unexplained.len());
    let crates = rows.iter().filter(|row| row.has_crate()).count();
    let panics = rows.iter().filter(|row| matches!(row.generation.outcome, Outcome::Panic(_))).count();
    println!("{} documents, {crates} crates, {panics} panics", rows.len());
    let share = table::percent(emitted, all);
    println!(
        "{emitted} of {all} operations emitted ({share}), {} skipped, {unexplained} of them without a finding",
        all - emitted
    );
    let seconds: f64 = rows.iter().map(|row| row.generation.usage.cpu_seconds).sum();
    println!("{} lines in {seconds:.1} CPU s", sum(&|row| row.generation.lines));
    println!(
        "{} uses of `serde_json::Value`; {} public items have it for a schema that constrains its values",
        sum(&|row| row.generation.json_values),
        sum(&|row| row.generation.constrained_values)
    );
    let checked: Vec<_> = rows.iter().filter_map(|row| row.check.as_ref()).collect();
    if !checked.is_empty() {
        let clean = checked.iter().filter(|check| check.errors + check.warnings == 0).count();
        let seconds: f64 = checked.iter().map(|check| check.usage.cpu_seconds).sum();
        let errors: usize = checked.iter().map(|check| check.errors).sum();
        let warnings: usize = checked.iter().map(|check| check.warnings).sum();
        println!(
            "{clean} of {} crates compile without errors and warnings; {errors} errors, {warnings} warnings, checked in {seconds:.1} CPU s",
            checked.len()
        );
    }
}

/// Prints a row for each finding code: the stage that reports it, and the numbers of findings, documents and skipped operations.
fn print_findings(rows: &[Row]) {
    let mut all: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for generation in rows.iter().map(|row| &row.generation) {
        for (code, count) in &generation.findings {
            let entry = all.entry(code).or_default();
            (entry.0, entry.1) = (entry.0 + count, entry.1 + 1);
        }
        for (code, count) in &generation.skipped {
            all.entry(code).or_default().2 += count;
        }
    }
    let stage = |code: &str| match code.as_bytes().get(3) {
        Some(b'1') => "load",
        Some(b'2') => "resolve",
        Some(b'3') => "check",
        _ => "lower",
    };
    let id = |code: &str| {
        let known = copperplate::finding::Code::ALL.iter().find(|known| known.number() == code);
        known.map_or("", |known| known.id()).to_owned()
    };
    let row = |(code, (findings, documents, skipped)): (&&str, &(usize, usize, usize))| {
        let numbers = [findings, documents, skipped].map(ToString::to_string);
        [vec![stage(code).to_owned(), (*code).to_owned()], numbers.to_vec(), vec![id(code)]].concat()
    };
    println!();
    let head = ["stage", "code", "findings", "documents", "operations skipped", "meaning"];
    table::print(&head, &all.iter().map(row).collect::<Vec<_>>());
}

/// Prints the errors of the compiler and the lints of rustc and Clippy, the most frequent first. Each row names the documents in
/// which the error or lint occurs.
fn print_diagnostics(rows: &[Row]) {
    let mut all: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for row in rows {
        for (code, count) in row.check.iter().flat_map(|check| &check.codes) {
            let entry = all.entry(code).or_default();
            entry.0 += count;
            entry.1.push(&row.document);
        }
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let row = |(code, (count, documents)): &(&str, (usize, Vec<&str>))| {
        vec![(*code).to_owned(), count.to_string(), documents.join(" ")]
    };
    println!();
    table::print(&["lint or error", "count", "documents"], &all.iter().map(row).collect::<Vec<_>>());
}

/// Prints the message of each failure: a panic, a skipped operation without an explanation, a compiler error, or tests that could
/// not run.
fn print_failures(rows: &[Row]) {
    for row in rows {
        if let Outcome::Panic(message) = &row.generation.outcome {
            println!("\n{}: {message}", row.document);
        }
        for operation in &row.generation.unexplained {
            println!("\n{}: {operation} is skipped, but no finding explains it", row.document);
        }
        if let Some(diagnostic) =
            row.check.as_ref().filter(|check| check.errors > 0).and_then(|check| check.first_diagnostic.as_ref())
        {
            println!("\n{}: {diagnostic}", row.document);
        }
        if let Some(failure) = row.test_results.as_ref().and_then(|results| results.failure.as_ref()) {
            println!("\n{}: the tests do not run: {failure}", row.document);
        }
    }
}
