//! Measures the cost of validation as a ratio: to the cost of parsing, and to the cost of other libraries.
//!
//! ```sh
//! cd tests/bench && cargo run --release        # a minute; use `-- --rounds 2000` on a busy machine
//! ```
//!
//! Two documents are measured. The request (2 KB) is an order: it has bounded strings, patterns, integers with ranges, enums, an
//! address and items. The list (200 KB) is a page of such orders. The program creates both, and they are the same in every run.
//!
//! `orders.yaml` is the OpenAPI document that describes both, and `build.rs` generates the measured crate from it. `derived.rs`
//! has the same types for serde's derive, garde and validator. `hand_written.rs` has the same checks, written by hand. The
//! `jsonschema` crate gets the same schemas. Before the measurement, the program asserts that all libraries find the same
//! violations.
//!
//! A time is the minimum of many short slices. The contenders run in turn, so that other work on the machine has little
//! influence. Only ratios are meaningful. The program exits with 1 if the emitted validators miss a requirement.
//!
//! The package is a separate workspace, so that `cargo test --workspace` does not build the other libraries.

use std::process::ExitCode;
use std::time::Duration;

use serde_json::Value;

mod contenders;
mod derived;
mod documents;
mod hand_written;
mod measurement;
mod report;
mod scaling;

// The emitted crate.
#[allow(dead_code, unused_imports)]
mod emitted {
    include!(concat!(env!("OUT_DIR"), "/mounts.rs"));
}
use emitted::{orders, runtime};

// The schemas for the `jsonschema` crate, as text and as validators that its macro generates.
mod json_schema {
    include!(concat!(env!("OUT_DIR"), "/json_schema.rs"));
}

use contenders::{Document, MacroValidator, count_errors};
use measurement::{CountingAllocator, Measured, measure};
use report::{Requirement, print};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

type Request = Document<orders::types::Order, derived::Order>;
type List = Document<orders::types::Page, derived::Page>;

fn request(value: Value) -> Request {
    let errors = |value: &Value| count_errors(json_schema::Order::iter_errors(value));
    Document::new(
        value,
        json_schema::ORDER,
        MacroValidator { is_valid: |value| json_schema::Order::is_valid(value), errors },
        hand_written::order,
    )
}

fn list() -> List {
    let errors = |value: &Value| count_errors(json_schema::Page::iter_errors(value));
    Document::new(
        documents::list(),
        json_schema::PAGE,
        MacroValidator { is_valid: |value| json_schema::Page::is_valid(value), errors },
        hand_written::page,
    )
}

fn main() -> ExitCode {
    let rounds = rounds();
    let (request, list, invalid) = (request(documents::request()), list(), request(documents::invalid_request()));
    assert_agreement(&request, &list, &invalid);
    println!("request {} bytes, list {} bytes, {rounds} rounds\n", request.text.len(), list.text.len());
    let mut requirements = Vec::new();
    let parsing = [request.parsing(), list.parsing()].map(|group| measure(&group, rounds, Duration::from_micros(500)));
    print("parsing and validating, ratio to serde's derive parsing alone", "serde's derive, parsing alone", &parsing);
    let validation =
        [request.validation(), list.validation()].map(|group| measure(&group, rounds, Duration::from_micros(200)));
    print("validation alone, ratio to copperplate", "copperplate", &validation);
    let violations = [measure(&invalid.violations(), rounds, Duration::from_micros(200))];
    print("seven violations of the request, ratio to copperplate", "copperplate", &violations);
    for (name, parsing, validation) in [("request", &parsing[0], &validation[0]), ("list", &parsing[1], &validation[1])]
    {
        requirements.extend(document_requirements(name, parsing, validation));
    }
    requirements.extend(scaling_requirements(rounds.div_ceil(40)));
    report::verdict(&requirements)
}

fn rounds() -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--rounds");
    arguments.nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(800)
}

/// Asserts that all libraries find the same violations.
fn assert_agreement(request: &Request, list: &List, invalid: &Request) {
    let counts = [(0, request.found()), (0, list.found()), (7, invalid.found())];
    for (expected, found) in counts {
        for (name, count) in found {
            assert_eq!(count, expected, "{name}");
        }
    }
    for (expected, verdicts) in [(true, request.verdicts()), (true, list.verdicts()), (false, invalid.verdicts())] {
        for (name, verdict) in verdicts {
            assert_eq!(verdict, expected, "{name}");
        }
    }
    for (pointer, value, keyword) in documents::violations() {
        let document = self::request(documents::with_violation(pointer, value));
        for (name, count) in document.found() {
            assert_eq!(count, 1, "{name}: {pointer}");
        }
        for (name, verdict) in document.verdicts() {
            assert!(!verdict, "{name}: {pointer}");
        }
        let violations = runtime::Validate::validate(&document.emitted).unwrap_err();
        let violation = violations.iter().next().unwrap();
        assert_eq!((violation.pointer.as_str(), violation.keyword), (pointer, keyword));
    }
}

fn time(measured: &[Measured], name: &str) -> f64 {
    measured.iter().find(|measured| measured.name == name).unwrap().nanoseconds
}

/// Returns the requirements on the measured times and allocations of one document.
fn document_requirements(document: &str, parsing: &[Measured], validation: &[Measured]) -> Vec<Requirement> {
    let whole = time(parsing, "copperplate");
    let alone = time(validation, "copperplate");
    let allocations = validation[0].allocations;
    let at_most = |what: &str, actual, limit| Requirement::at_most(format!("{document}: {what}"), actual, limit);
    let at_least = |what: &str, actual, limit| Requirement::at_least(format!("{document}: {what}"), actual, limit);
    vec![
        at_most("parsing and validating / parsing alone", whole / time(parsing, "copperplate, parsing alone"), 1.05),
        // This limit is stricter, because the derived enums are smaller: they do not keep unknown values.
        at_most(
            "parsing and validating / serde's derive alone",
            whole / time(parsing, "serde's derive, parsing alone"),
            1.05,
        ),
        at_least("garde / validation alone", time(validation, "garde") / alone, 4.0),
        at_least("jsonschema macro / validation alone", time(validation, "jsonschema, macro") / alone, 6.0),
        at_most("allocations of a validation", allocations as f64, 0.0),
    ]
}

/// Measures the cost per element of a large value and of a small value. Returns the requirements on the ratio of these costs.
fn scaling_requirements(rounds: usize) -> Vec<Requirement> {
    let (names, contenders): (Vec<_>, Vec<_>) =
        scaling::contenders().into_iter().map(|scaling| ((scaling.name, scaling.parts), scaling.contender)).unzip();
    let measured = measure(&contenders, rounds, Duration::from_micros(500));
    let cost = |index: usize| measured[index].nanoseconds / names[index].1 as f64;
    println!("nanoseconds for one of {} and of {} parts", scaling::SIZES.0, scaling::SIZES.1);
    let mut requirements = Vec::new();
    for small in (0..names.len()).step_by(2) {
        let (name, large) = (names[small].0, small + 1);
        println!("  {name:<48}{:>9.1}{:>9.1}", cost(small), cost(large));
        // The limit is loose: quadratic time, which it must detect, would give a ratio of one hundred. On a busy machine, slow
        // memory makes an element of a large value up to ten times as expensive.
        requirements.push(Requirement::at_most(format!("{name}: large / small"), cost(large) / cost(small), 25.0));
    }
    println!();
    requirements
}
