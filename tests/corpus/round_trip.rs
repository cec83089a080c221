//! Reads and prints the results of the round-trip tests of the generated crates.
//!
//! A generated crate has such a test for each example in its document. The test decodes the example, encodes the value again, and
//! compares the result with the example.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::Row;
use crate::resource_usage::{Measured, Usage};
use crate::table;

/// The test results of one crate.
#[derive(Debug, Default, Serialize)]
pub struct TestResults {
    /// The tests for examples of component schemas.
    pub components: ExampleResults,
    /// The tests for examples of requests and responses.
    pub messages: ExampleResults,
    /// The resource usage of building and running the tests.
    pub usage: Usage,
    /// The error, if the tests could not be run.
    pub failure: Option<String>,
}

/// The results of the tests for examples of component schemas, or of those for examples of requests and responses.
#[derive(Debug, Default, Serialize)]
pub struct ExampleResults {
    /// The number of examples that are equal to the encoded value.
    pub equal: usize,
    /// The examples that lose only data without meaning: members that the schema does not describe, or nulls that mean the same
    /// as an absent member. The keys are the names of the tests, and the values list the JSON pointers of the lost members.
    pub partial: BTreeMap<String, String>,
    /// The reasons of the failures, by test name.
    pub failed: BTreeMap<String, String>,
}

impl ExampleResults {
    /// Returns the number of tests that passed.
    pub fn passed(&self) -> usize {
        self.equal + self.partial.len()
    }

    /// Returns the number of tests.
    pub fn all(&self) -> usize {
        self.passed() + self.failed.len()
    }
}

/// The prefix of the names of tests for component schemas.
const COMPONENT_TEST_PREFIX: &str = "example_of_";

/// A test prints a line with this prefix if the encoded value lacks members of the example.
const PARTIAL_PREFIX: &str = "not encoded again: ";

impl TestResults {
    /// Reads the output of `cargo test -- --show-output`.
    pub fn parse(output: &Measured) -> Self {
        let mut results = Self { usage: output.usage, ..Self::default() };
        if !output.stdout.contains("test result: ") {
            let errors: Vec<_> = output.stderr.lines().filter(|line| line.starts_with("error")).take(3).collect();
            let message = if errors.is_empty() { output.stderr.trim().to_owned() } else { errors.join("\n") };
            results.failure = Some(format!("{}: {message}", output.status));
            return results;
        }
        let printed = printed_lines(&output.stdout);
        for line in output.stdout.lines() {
            let Some((test, result)) = line.strip_prefix("test ").and_then(|line| line.rsplit_once(" ... ")) else {
                continue;
            };
            let lines = printed.get(test).map(Vec::as_slice).unwrap_or_default();
            let is_component = test.rsplit("::").next().is_some_and(|name| name.starts_with(COMPONENT_TEST_PREFIX));
            let kind = if is_component { &mut results.components } else { &mut results.messages };
            let partial = lines.iter().find_map(|line| line.strip_prefix(PARTIAL_PREFIX));
            match (result, partial) {
                ("ok", None) => kind.equal += 1,
                ("ok", Some(pointers)) => _ = kind.partial.insert(test.to_owned(), pointers.to_owned()),
                _ => _ = kind.failed.insert(test.to_owned(), panic_message(lines)),
            }
        }
        results
    }
}

/// Returns the lines that each test printed, including panic messages. The keys are the names of the tests.
fn printed_lines(stdout: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut printed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut test = None;
    for line in stdout.lines() {
        if let Some(name) = line.strip_prefix("---- ").and_then(|line| line.strip_suffix(" stdout ----")) {
            test = Some(name);
        } else if line == "successes:" || line == "failures:" {
            test = None;
        } else if let Some(test) = test {
            printed.entry(test).or_default().push(line);
        }
    }
    printed
}

/// Returns the panic message, which is the line after `thread … panicked at …`.
fn panic_message(lines: &[&str]) -> String {
    let panicked = lines.iter().position(|line| line.contains(" panicked at "));
    let message = panicked.and_then(|index| lines.get(index + 1)).copied().unwrap_or("no panic message");
    message.chars().take(300).collect()
}

/// Prints how many examples of component schemas survive a round trip, and why the others do not.
pub fn print(rows: &[Row]) {
    println!();
    let row = |row: &Row| {
        let results = row.test_results.as_ref()?;
        let components = &results.components;
        let numbers = [
            row.generation.examples,
            row.generation.invalid_examples,
            row.generation.examples.saturating_sub(row.generation.invalid_examples + components.all()),
            components.equal,
            components.partial.len(),
            components.failed.len(),
            results.messages.passed(),
            results.messages.failed.len(),
        ];
        let numbers = numbers.iter().map(ToString::to_string);
        Some(
            [row.document.clone()]
                .into_iter()
                .chain(numbers)
                .chain([format!("{:.1}", results.usage.cpu_seconds)])
                .collect(),
        )
    };
    let head = [
        "document",
        "component examples",
        "invalid",
        "not tested",
        "equal",
        "partly equal",
        "failed",
        "messages passed",
        "failed",
        "CPU s",
    ];
    table::print(&head, &rows.iter().filter_map(row).collect::<Vec<Vec<_>>>());
    let sum = |count: &dyn Fn(&Row) -> usize| rows.iter().map(count).sum::<usize>();
    let of = |count: fn(&ExampleResults) -> usize| {
        sum(&|row| row.test_results.as_ref().map_or(0, |results| count(&results.components)))
    };
    println!(
        "\n{} of {} component examples pass, {} of them without members that their schemas do not describe; \
         {} violate their schemas, {} fail",
        of(ExampleResults::passed),
        sum(&|row| row.generation.examples),
        of(|results| results.partial.len()),
        sum(&|row| row.generation.invalid_examples),
        of(|results| results.failed.len())
    );
    for row in rows {
        let results = row.test_results.iter().flat_map(|results| [&results.components, &results.messages]);
        for (test, reason) in results.flat_map(|results| &results.failed) {
            println!("{}: {test}: {reason}", row.document);
        }
    }
}
