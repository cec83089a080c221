//! A header with a number is added: the struct of headers is still `Eq`.
//!
//! Expected: minor field-added

use api::number_header_added as pets;

pub fn is_comparable() -> bool {
    fn equal<T: Eq>() -> bool {
        true
    }
    equal::<pets::operations::GetPetHeaders>()
}

fn main() {}
