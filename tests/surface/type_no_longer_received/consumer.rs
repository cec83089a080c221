//! A type that was sent and received is now only sent: it no longer deserializes.
//!
//! Expected: major success-type-changed; major trait-removed

use api::type_no_longer_received as pets;

pub fn read(text: &str) -> Option<pets::types::Pet> {
    serde_json::from_str(text).ok()
}

fn main() {}
