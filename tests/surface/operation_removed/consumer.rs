//! An operation is removed, with the type that only its response used.
//!
//! Expected: major operation-removed; major type-removed

use api::operation_removed as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_later().request().is_ok()
}

fn main() {}
