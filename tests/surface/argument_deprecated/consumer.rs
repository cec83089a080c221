//! An argument is deprecated: the method that sets it still works.
//!
//! Expected: minor deprecated

use api::argument_deprecated as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").limit(2).request().is_ok()
}

fn main() {}
