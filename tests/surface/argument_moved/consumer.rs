//! An argument goes into a header instead of the query: the same call, another request.
//!
//! Expected: patch location-changed

use api::argument_moved as pets;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").limit(2).request().is_ok()
}

fn main() {}
