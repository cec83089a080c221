//! The operationId changes, so the method has another name.
//!
//! Expected: major renamed

use api::operation_renamed as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").request().is_ok()
}

fn main() {}
