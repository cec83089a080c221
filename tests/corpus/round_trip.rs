//! Round trips: the tests that the crates carry for the examples of their documents, run, and their answers read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::Row;
use crate::table;
use crate::usage::{Measured, Usage};

/// What the tests of one crate said.
#[derive(Debug, Default, Serialize)]
pub struct Tested {
    /// The examples of component schemas.
    pub components: Results,
    /// The examples of requests, bodies and responses.
    pub messages: Results,
    /// What building and running cost.
    pub usage: Usage,
    /// Why there are no results, where the tests did not run.
    pub broken: Option<String>,
}

/// The tests of one kind.
#[derive(Debug, Default, Serialize)]
pub struct Results {
    /// What was encoded is what the document prints.
    pub equal: usize,
    /// The same but for members that the schema does not describe, or that are null where absence says the same; by test.
    pub partial: BTreeMap<String, String>,
    /// What failed, with the reason; by test.
    pub failed: BTreeMap<String, String>,
}

impl Results {
    /// How many tests passed.
    pub fn passed(&self) -> usize {
        self.equal + self.partial.len()
    }

    /// How many tests there are.
    pub fn all(&self) -> usize {
        self.passed() + self.failed.len()
    }
}

/// What the names of the tests of component schemas begin with.
const COMPONENTS: &str = "example_of_";

/// What a test prints, where members of the example did not come back.
const PARTIAL: &str = "not encoded again: ";

impl Tested {
    /// Reads what `cargo test -- --show-output` wrote.
    pub fn of(ran: &Measured) -> Self {
        let mut tested = Self { usage: ran.usage, ..Self::default() };
        if !ran.stdout.contains("test result: ") {
            let errors: Vec<_> = ran.stderr.lines().filter(|line| line.starts_with("error")).take(3).collect();
            let said = if errors.is_empty() { ran.stderr.trim().to_owned() } else { errors.join("\n") };
            tested.broken = Some(format!("{}: {said}", ran.status));
            return tested;
        }
        let said = said_by_each(&ran.stdout);
        for line in ran.stdout.lines() {
            let Some((test, result)) = line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) else {
                continue;
            };
            let lines = said.get(test).map(Vec::as_slice).unwrap_or_default();
            let is_component = test.rsplit("::").next().is_some_and(|name| name.starts_with(COMPONENTS));
            let results = if is_component { &mut tested.components } else { &mut tested.messages };
            let partial = lines.iter().find_map(|line| line.strip_prefix(PARTIAL));
            match (result, partial) {
                ("ok", None) => results.equal += 1,
                ("ok", Some(places)) => _ = results.partial.insert(test.to_owned(), places.to_owned()),
                _ => _ = results.failed.insert(test.to_owned(), reason(lines)),
            }
        }
        tested
    }
}

/// The lines that each test printed, or that its panic did.
fn said_by_each(stdout: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut test = None;
    for line in stdout.lines() {
        if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            test = Some(name);
        } else if line == "successes:" || line == "failures:" {
            test = None;
        } else if let Some(test) = test {
            said.entry(test).or_default().push(line);
        }
    }
    said
}

/// The line behind `thread … panicked at …`.
fn reason(lines: &[&str]) -> String {
    let panicked = lines.iter().position(|line| line.contains(" panicked at "));
    let reason = panicked.and_then(|index| lines.get(index + 1)).copied().unwrap_or("no reason given");
    reason.chars().take(300).collect()
}

/// Prints how many examples of component schemas come back as they were, and why the others do not.
pub fn print(rows: &[Row]) {
    println!();
    let row = |row: &Row| {
        let tested = row.tested.as_ref()?;
        let components = &tested.components;
        let numbers = [
            row.generated.examples,
            row.generated.contradicted,
            row.generated.examples.saturating_sub(row.generated.contradicted + components.all()),
            components.equal,
            components.partial.len(),
            components.failed.len(),
            tested.messages.passed(),
            tested.messages.failed.len(),
        ];
        let numbers = numbers.iter().map(ToString::to_string);
        Some(
            [row.document.clone()]
                .into_iter()
                .chain(numbers)
                .chain([format!("{:.1}", tested.usage.cpu_seconds)])
                .collect(),
        )
    };
    let head = [
        "document",
        "component examples",
        "contradict",
        "not emitted",
        "equal",
        "equal in part",
        "failed",
        "messages passed",
        "failed",
        "CPU s",
    ];
    table::print(&head, &rows.iter().filter_map(row).collect::<Vec<Vec<_>>>());
    let sum = |count: &dyn Fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let of =
        |count: fn(&Results) -> usize| sum(&|row| row.tested.as_ref().map_or(0, |tested| count(&tested.components)));
    println!(
        "\n{} of {} component examples come back as they were, {} of them but for members that their schemas do not describe; \
         {} contradict their schemas, {} fail",
        of(Results::passed),
        sum(&|row| row.generated.examples),
        of(|results| results.partial.len()),
        sum(&|row| row.generated.contradicted),
        of(|results| results.failed.len())
    );
    for row in rows {
        let results = row.tested.iter().flat_map(|tested| [&tested.components, &tested.messages]);
        for (test, reason) in results.flat_map(|results| &results.failed) {
            println!("{}: {test}: {reason}", row.document);
        }
    }
}
