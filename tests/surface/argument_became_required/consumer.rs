//! An argument that was set by a method is given with the call.
//!
//! Expected: major argument-became-required

use api::argument_became_required as pets;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").limit(2).request().is_ok()
}

fn main() {}
