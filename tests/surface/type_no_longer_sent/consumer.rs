//! A type that was sent and received is now only received: callers can no longer construct it.
//!
//! Expected: major argument-type-changed; major constructor-removed; minor constructor-added; minor trait-added; major trait-removed

use api::type_no_longer_sent as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat")
}

fn main() {}
