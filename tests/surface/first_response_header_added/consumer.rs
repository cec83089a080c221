//! The first header of a successful response is documented: `Reply` now has a type for the headers.
//!
//! Expected: major headers-type-changed; minor type-added

use api::first_response_header_added as pets;
use api::runtime::Operation;

pub fn pet(reply: api::runtime::Reply<pets::types::Pet, ()>) -> pets::types::Pet {
    reply.value
}

pub fn read(client: &pets::Client<api::runtime::Detached>, response: http::Response<bytes::Bytes>) -> Option<pets::types::Pet> {
    client.get_pet("1").read(response).ok().map(pet)
}

fn main() {}
