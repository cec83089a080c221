//! A header that is a number takes `Eq` away.
//!
//! Expected: minor field-added; major trait-removed

use api::header_of_numbers_added as pets;

pub fn is_comparable() -> bool {
    fn equal<T: Eq>() -> bool {
        true
    }
    equal::<pets::operations::GetPetHeaders>()
}

fn main() {}
