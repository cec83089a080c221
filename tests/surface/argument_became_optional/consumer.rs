//! A required argument becomes optional: it is no longer an argument of the call, but is set by a method.
//!
//! Expected: major argument-became-optional

use api::argument_became_optional as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet(pets::required::GetPet { id: "1", limit: 2 }).request().is_ok()
}

fn main() {}
