//! A failure is added: code still compiles because the enum of failures is non_exhaustive.
//!
//! Expected: minor variant-added

use api::failure_added as pets;

pub fn code(error: &api::runtime::Error) -> Option<&str> {
    match error.failure()? {
        pets::operations::GetPetFailure::NotFound(problem) => problem.code.as_deref(),
        _ => None,
    }
}

fn main() {}
