//! A path parameter changes from a string to a number.
//!
//! Expected: major argument-type-changed

use api::argument_type_changed as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").request().is_ok()
}

fn main() {}
