//! An argument moves from the query to a header: the same call sends another request.
//!
//! Expected: patch location-changed

use api::argument_location_changed as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").limit(2).request().is_ok()
}

fn main() {}
