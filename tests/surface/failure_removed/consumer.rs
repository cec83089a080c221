//! A failure is removed.
//!
//! Expected: major variant-removed

use api::failure_removed as pets;

pub fn is_conflict(error: &api::runtime::Error) -> bool {
    matches!(error.failure(), Some(pets::operations::GetPetFailure::Conflict(_)))
}

fn main() {}
