//! A failure more: the enum is non_exhaustive.
//!
//! Expected: minor variant-added

use api::failure_added as pets;

pub fn code(error: &api::runtime::Error) -> Option<&str> {
    match error.failure()? {
        pets::operations::GetPetFailure::NotFound(fault) => fault.code.as_deref(),
        _ => None,
    }
}

fn main() {}
