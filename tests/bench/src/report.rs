//! Prints the tables of measurements, and the requirements.

use std::process::ExitCode;

use crate::measurement::Measured;

/// Prints a row for each contender. For each document, the row has the time, the ratio to the time of the contender `unit`, and
/// the number of allocations.
pub fn print(title: &str, unit: &str, documents: &[Vec<Measured>]) {
    println!("{title}");
    for (row, first) in documents[0].iter().enumerate() {
        print!("  {:<42}", first.name);
        for measured in documents {
            let unit = measured.iter().find(|measured| measured.name == unit).unwrap();
            let this = &measured[row];
            let ratio = this.nanoseconds / unit.nanoseconds;
            print!("{:>11.2} us{ratio:>8.2}{:>7} allocs", this.nanoseconds / 1e3, this.allocations);
        }
        println!();
    }
    println!();
}

/// A limit for a measured ratio or number.
pub struct Requirement {
    what: String,
    actual: f64,
    limit: f64,
    at_least: bool,
}

impl Requirement {
    pub fn at_most(what: String, actual: f64, limit: f64) -> Self {
        Self { what, actual, limit, at_least: false }
    }

    pub fn at_least(what: String, actual: f64, limit: f64) -> Self {
        Self { what, actual, limit, at_least: true }
    }

    fn is_met(&self) -> bool {
        if self.at_least { self.actual >= self.limit } else { self.actual <= self.limit }
    }
}

/// Prints the requirements. Returns a failure if any requirement is not met.
pub fn verdict(requirements: &[Requirement]) -> ExitCode {
    println!("requirements");
    for requirement in requirements {
        let bound = if requirement.at_least { "at least" } else { "at most" };
        let verdict = if requirement.is_met() { "met" } else { "MISSED" };
        println!(
            "  {:<58}{:>7.2}  {bound:>8} {:<5} {verdict}",
            requirement.what, requirement.actual, requirement.limit
        );
    }
    if requirements.iter().all(Requirement::is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
