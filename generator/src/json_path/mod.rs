//! JSONPath (RFC 9535) with a budget. A path of a few bytes can visit a document again for each of its values, so the evaluation
//! counts its steps, and stops when the budget is used up.

mod budget;
mod evaluation;
mod filter;
mod lexer;
mod model;
mod parser;
mod text_pattern;

use std::collections::HashSet;
use std::ops::ControlFlow;

use serde_json::Value;

pub(crate) use crate::json_path::budget::Budget;
use crate::json_path::evaluation::{Evaluation, Location};
use crate::json_path::model::Query;
use crate::json_path::parser::Parser;
use crate::pointer::Pointer;

/// The number of bytes of a selected place that take one step.
const BYTES_OF_PLACE: usize = 4;

/// A parsed JSONPath that begins with `$`.
pub(crate) struct JsonPath {
    query: Query,
    /// The steps that were taken to parse the path.
    steps: u64,
}

impl JsonPath {
    /// Parses a JSONPath.
    ///
    /// # Errors
    /// Returns the problem as the end of a sentence, such as "`]` is expected at character 7".
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Parser::new(text).path().map(|(query, steps)| Self { query, steps })
    }

    /// Returns the places of the values that the path selects in `root`, each once, in the order of the specification. The result
    /// is incomplete if the budget is used up.
    pub(crate) fn select(&self, root: &Value, budget: &Budget) -> Vec<Pointer> {
        let (mut places, mut seen) = (Vec::new(), HashSet::new());
        let evaluation = Evaluation::new(root, budget);
        let mut found = |value: &Value, location: &Location<'_>| {
            // A value has one place, so its address identifies it.
            if !seen.insert(std::ptr::from_ref(value)) {
                return ControlFlow::Continue(());
            }
            let place = location.pointer();
            let steps = place.as_str().len() / BYTES_OF_PLACE;
            places.push(place);
            budget.spend(steps as u64)
        };
        // A break means that the budget is used up, which the caller checks.
        if budget.spend(self.steps).is_continue() {
            _ = evaluation.walk(root, &Location::Root, &self.query.segments, &mut found);
        }
        places
    }
}

#[cfg(test)]
mod tests;
