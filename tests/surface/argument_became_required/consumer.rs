//! An optional argument becomes required: it is now an argument of the call, and no method sets it.
//!
//! Expected: major argument-became-required

use api::argument_became_required as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").limit(2).request().is_ok()
}

fn main() {}
