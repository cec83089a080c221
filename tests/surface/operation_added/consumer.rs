//! An operation is added.
//!
//! Expected: minor operation-added

use api::operation_added as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").request().is_ok()
}

fn main() {}
