//! What is printed: a table for each question, and the budgets.

use std::process::ExitCode;

use crate::measure::Measured;

/// A row for each contender; for each document its time, its ratio to the one called `unit`, and its allocations.
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

/// A ratio or a number that has a limit.
pub struct Budget {
    what: String,
    actual: f64,
    limit: f64,
    at_least: bool,
}

impl Budget {
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

/// Prints the budgets; a failure where one is missed.
pub fn verdict(budgets: &[Budget]) -> ExitCode {
    println!("budgets");
    for budget in budgets {
        let bound = if budget.at_least { "at least" } else { "at most" };
        let verdict = if budget.is_met() { "met" } else { "MISSED" };
        println!("  {:<58}{:>7.2}  {bound:>8} {:<5} {verdict}", budget.what, budget.actual, budget.limit);
    }
    if budgets.iter().all(Budget::is_met) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
