//! An optional number is added: the struct is still `Eq`.
//!
//! Expected: minor field-added

use api::number_field_added as pets;

pub fn is_comparable() -> bool {
    fn equal<T: Eq>() -> bool {
        true
    }
    equal::<pets::types::Pet>() && pets::types::Pet::new("cat") == pets::types::Pet::new("cat")
}

fn main() {}
