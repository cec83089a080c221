//! A constant is removed, another one added, and a tuple gets an item.
//!
//! Expected: major constant-removed; major newtype-changed; minor constant-added; patch constraints-changed

use api::constant_and_tuple_changed as pets;

pub fn is_large(size: &pets::types::Size) -> bool {
    *size == pets::types::Size::LARGE
}

pub fn latitude(place: pets::types::Place) -> f64 {
    let pets::types::Place(latitude, _) = place;
    latitude
}

fn main() {}
