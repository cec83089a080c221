//! What checking costs, as ratios of one run.
//!
//! ```sh
//! cd tests/bench && cargo run --release        # a minute; `-- --rounds 2000` for a busy machine
//! ```
//!
//! `orders.yaml` describes the documents, and build.rs generates the crate that is measured: an order with bounded strings and
//! patterns, integers with ranges, enums, an address and items (the request, 2 KB), and a page of such orders (the list, 200 KB).
//! The program makes both itself, the same in every run. `peers.rs` has the same types for serde's derive, garde and validator,
//! `hand.rs` the same checks by hand, and jsonschema gets the same schemas. Before anything is measured, all of them have to agree
//! on the documents, and on the request with each of its rules broken.
//!
//! A time is the minimum of many short slices, taken in turn, so that other work on the machine does not show. Only ratios mean
//! anything. The budgets are those that the emitted validators have to keep: the program ends with 1 where one is missed.
//!
//! The package is a workspace of its own: `cargo test --workspace` builds none of the libraries it compares with.

use std::process::ExitCode;
use std::time::Duration;

use serde_json::Value;

mod contest;
mod documents;
mod growth;
mod hand;
mod measure;
mod peers;
mod table;

// The emitted crate.
#[allow(dead_code, unused_imports)]
mod emitted {
    include!(concat!(env!("OUT_DIR"), "/mounts.rs"));
}
use emitted::{orders, runtime};

// The schemas for jsonschema, as text and as what its macro makes of them.
mod json_schema {
    include!(concat!(env!("OUT_DIR"), "/json_schema.rs"));
}

use contest::{ByMacro, Document, told};
use measure::{Counting, Measured, measure};
use table::{Budget, print};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Request = Document<orders::types::Order, peers::Order>;
type List = Document<orders::types::Page, peers::Page>;

fn request(value: Value) -> Request {
    let errors = |value: &Value| told(json_schema::Order::iter_errors(value));
    Document::new(
        value,
        json_schema::ORDER,
        ByMacro { is_valid: |value| json_schema::Order::is_valid(value), errors },
        hand::order,
    )
}

fn list() -> List {
    let errors = |value: &Value| told(json_schema::Page::iter_errors(value));
    Document::new(
        documents::list(),
        json_schema::PAGE,
        ByMacro { is_valid: |value| json_schema::Page::is_valid(value), errors },
        hand::page,
    )
}

fn main() -> ExitCode {
    let rounds = rounds();
    let (request, list, broken) = (request(documents::request()), list(), request(documents::broken()));
    agree(&request, &list, &broken);
    println!("request {} bytes, list {} bytes, {rounds} rounds\n", request.text.len(), list.text.len());
    let mut budgets = Vec::new();
    let parsing = [request.parsing(), list.parsing()].map(|group| measure(&group, rounds, Duration::from_micros(500)));
    print("parsing and validating, ratio to serde's derive parsing alone", "serde's derive, parsing alone", &parsing);
    let validation =
        [request.validation(), list.validation()].map(|group| measure(&group, rounds, Duration::from_micros(200)));
    print("validation alone, ratio to copperplate", "copperplate", &validation);
    let violations = [measure(&broken.violations(), rounds, Duration::from_micros(200))];
    print("seven violations of the request, ratio to copperplate", "copperplate", &violations);
    for (name, parsing, validation) in [("request", &parsing[0], &validation[0]), ("list", &parsing[1], &validation[1])]
    {
        budgets.extend(of_document(name, parsing, validation));
    }
    budgets.extend(growing(rounds.div_ceil(40)));
    table::verdict(&budgets)
}

fn rounds() -> usize {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--rounds");
    arguments.nth(1).and_then(|rounds| rounds.parse().ok()).unwrap_or(800)
}

/// All libraries find the same.
fn agree(request: &Request, list: &List, broken: &Request) {
    let counts = [(0, request.found()), (0, list.found()), (7, broken.found())];
    for (expected, found) in counts {
        for (name, count) in found {
            assert_eq!(count, expected, "{name}");
        }
    }
    for (expected, verdicts) in [(true, request.verdicts()), (true, list.verdicts()), (false, broken.verdicts())] {
        for (name, verdict) in verdicts {
            assert_eq!(verdict, expected, "{name}");
        }
    }
    for (pointer, value, keyword) in documents::faults() {
        let document = self::request(documents::with_fault(pointer, value));
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

/// The budgets of a document.
fn of_document(document: &str, parsing: &[Measured], validation: &[Measured]) -> Vec<Budget> {
    let whole = time(parsing, "copperplate");
    let alone = time(validation, "copperplate");
    let allocations = validation[0].allocations;
    let at_most = |what: &str, actual, limit| Budget::at_most(format!("{document}: {what}"), actual, limit);
    let at_least = |what: &str, actual, limit| Budget::at_least(format!("{document}: {what}"), actual, limit);
    vec![
        at_most("parsing and validating / parsing alone", whole / time(parsing, "copperplate, parsing alone"), 1.05),
        // The stricter unit: the enums of the derive do not keep values that nobody lists, and are smaller.
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

/// What one part of a large value costs beside one of a small value.
fn growing(rounds: usize) -> Vec<Budget> {
    let (names, contenders): (Vec<_>, Vec<_>) =
        growth::contenders().into_iter().map(|growing| ((growing.name, growing.parts), growing.contender)).unzip();
    let measured = measure(&contenders, rounds, Duration::from_micros(500));
    let cost = |index: usize| measured[index].nanoseconds / names[index].1 as f64;
    println!("nanoseconds for one of {} and of {} parts", growth::SIZES.0, growth::SIZES.1);
    let mut budgets = Vec::new();
    for small in (0..names.len()).step_by(2) {
        let (name, large) = (names[small].0, small + 1);
        println!("  {name:<48}{:>9.1}{:>9.1}", cost(small), cost(large));
        // A tripwire and no budget of its own: memory is further away for a large value, which costs up to ten times as much on a
        // busy machine; what is quadratic costs a hundred times as much.
        budgets.push(Budget::at_most(format!("{name}: large / small"), cost(large) / cost(small), 25.0));
    }
    println!();
    budgets
}
