//! What is printed of a run: a row a document, totals, and what the findings and the compiler complain of most.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::crates::Checked;
use crate::generation::{Document, Generated, Outcome};
use crate::round_trip::Tested;
use crate::table;

/// What is known of one document.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its name.
    pub document: String,
    /// The name of its crate.
    pub crate_name: String,
    /// Its size.
    pub megabytes: f64,
    /// What generating it brought.
    pub generated: Generated,
    /// What the compiler says, where it was asked.
    pub checked: Option<Checked>,
    /// What the tests say, where they were run.
    pub tested: Option<Tested>,
}

impl Row {
    /// A row of `document`, not checked yet.
    pub fn new(document: &Document, generated: Generated) -> Self {
        Self {
            document: document.name.clone(),
            crate_name: document.crate_name(),
            megabytes: document.bytes as f64 / 1e6,
            generated,
            checked: None,
            tested: None,
        }
    }

    /// Whether a crate was written.
    pub fn has_crate(&self) -> bool {
        self.generated.outcome == Outcome::Generated
    }

    /// Whether nothing is wrong that must not be: no panic, nothing left out in silence, no error of the compiler.
    pub fn holds(&self) -> bool {
        let compiles = self.checked.as_ref().is_none_or(|checked| checked.errors == 0);
        let builds = self.tested.as_ref().is_none_or(|tested| tested.broken.is_none());
        !matches!(self.generated.outcome, Outcome::Panic(_)) && self.generated.silent.is_empty() && compiles && builds
    }
}

/// Prints all that a run has brought.
pub fn print(rows: &[Row]) {
    documents(rows);
    println!();
    totals(rows);
    findings(rows);
    if rows.iter().any(|row| row.checked.is_some()) {
        complaints(rows);
    }
    if rows.iter().any(|row| row.tested.is_some()) {
        crate::round_trip::print(rows);
    }
    faults(rows);
}

fn documents(rows: &[Row]) {
    let checks = rows.iter().any(|row| row.checked.is_some());
    let mut head = vec!["document", "MB", "operations", "emitted", "CPU s", "peak MiB", "lines"];
    head.extend(checks.then_some(["check CPU s", "check MiB", "errors", "warnings"]).into_iter().flatten());
    head.push("findings");
    let row = |row: &Row| {
        let generated = &row.generated;
        let mut cells = vec![
            row.document.clone(),
            format!("{:.2}", row.megabytes),
            generated.operations.to_string(),
            generated.emitted.to_string(),
            format!("{:.2}", generated.usage.cpu_seconds),
            format!("{:.0}", generated.usage.peak_mib),
            generated.lines.to_string(),
        ];
        if checks {
            cells.extend(match &row.checked {
                None => ["-"; 4].map(str::to_owned),
                Some(checked) => [
                    format!("{:.1}", checked.usage.cpu_seconds),
                    format!("{:.0}", checked.usage.peak_mib),
                    checked.errors.to_string(),
                    checked.warnings.to_string(),
                ],
            });
        }
        cells.push(match &generated.outcome {
            Outcome::Generated => table::counts(&generated.findings),
            Outcome::Refused => format!("refused: {}", table::counts(&generated.findings)),
            Outcome::Panic(_) => "panic".to_owned(),
        });
        cells
    };
    table::print(&head, &rows.iter().map(row).collect::<Vec<_>>());
}

fn totals(rows: &[Row]) {
    let sum = |count: &dyn Fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let (all, emitted) = (sum(&|row| row.generated.operations), sum(&|row| row.generated.emitted));
    let silent = sum(&|row| row.generated.silent.len());
    let crates = rows.iter().filter(|row| row.has_crate()).count();
    let panics = rows.iter().filter(|row| matches!(row.generated.outcome, Outcome::Panic(_))).count();
    println!("{} documents, {crates} crates, {panics} panics", rows.len());
    let share = table::percent(emitted, all);
    println!(
        "{emitted} of {all} operations emitted ({share}), {} left out, {silent} of them in silence",
        all - emitted
    );
    let seconds: f64 = rows.iter().map(|row| row.generated.usage.cpu_seconds).sum();
    println!("{} lines in {seconds:.1} CPU s", sum(&|row| row.generated.lines));
    let checked: Vec<_> = rows.iter().filter_map(|row| row.checked.as_ref()).collect();
    if !checked.is_empty() {
        let clean = checked.iter().filter(|checked| checked.errors + checked.warnings == 0).count();
        let seconds: f64 = checked.iter().map(|checked| checked.usage.cpu_seconds).sum();
        let errors: usize = checked.iter().map(|checked| checked.errors).sum();
        let warnings: usize = checked.iter().map(|checked| checked.warnings).sum();
        println!(
            "{clean} of {} crates without errors and warnings; {errors} errors, {warnings} warnings, {seconds:.1} CPU s of checking",
            checked.len()
        );
    }
}

/// What the findings are, by the stage that their number names, and what they cost.
fn findings(rows: &[Row]) {
    let mut all: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for generated in rows.iter().map(|row| &row.generated) {
        for (code, count) in &generated.findings {
            let entry = all.entry(code).or_default();
            (entry.0, entry.1) = (entry.0 + count, entry.1 + 1);
        }
        for (code, count) in &generated.lost {
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
    let row = |(code, (findings, documents, lost)): (&&str, &(usize, usize, usize))| {
        let numbers = [findings, documents, lost].map(ToString::to_string);
        [vec![stage(code).to_owned(), (*code).to_owned()], numbers.to_vec(), vec![id(code)]].concat()
    };
    println!();
    let head = ["stage", "code", "findings", "documents", "operations lost", "meaning"];
    table::print(&head, &all.iter().map(row).collect::<Vec<_>>());
}

/// What the compiler and clippy complain of, most often first, with one example of each kind.
fn complaints(rows: &[Row]) {
    let mut all: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
    for row in rows {
        for (code, count) in row.checked.iter().flat_map(|checked| &checked.codes) {
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

/// What must not be, in full.
fn faults(rows: &[Row]) {
    for row in rows {
        if let Outcome::Panic(said) = &row.generated.outcome {
            println!("\n{}: {said}", row.document);
        }
        for operation in &row.generated.silent {
            println!("\n{}: {operation} is left out, and no finding says why", row.document);
        }
        if let Some(first) =
            row.checked.as_ref().filter(|checked| checked.errors > 0).and_then(|checked| checked.first.as_ref())
        {
            println!("\n{}: {first}", row.document);
        }
        if let Some(broken) = row.tested.as_ref().and_then(|tested| tested.broken.as_ref()) {
            println!("\n{}: the tests do not run: {broken}", row.document);
        }
    }
}
