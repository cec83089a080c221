//! A required argument is added: every call must pass it.
//!
//! Expected: major required-argument-added

use api::required_argument_added as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").request().is_ok()
}

fn main() {}
