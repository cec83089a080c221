//! The first failure is documented: the failure type is no longer empty.
//!
//! Expected: major failure-type-changed; minor type-added; minor type-added

use api::first_failure_added as pets;

pub fn never(failure: <pets::operations::GetPet as api::runtime::Operation>::Failure) -> ! {
    match failure {}
}

fn main() {}
