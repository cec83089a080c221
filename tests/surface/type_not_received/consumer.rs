//! A type that came and went is only sent now: nothing reads it.
//!
//! Expected: major success-type-changed; major trait-removed

use api::type_not_received as pets;

pub fn read(text: &str) -> Option<pets::types::Pet> {
    serde_json::from_str(text).ok()
}

fn main() {}
