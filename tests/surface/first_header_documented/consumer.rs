//! The first documented header of a success: the reply has a type for it.
//!
//! Expected: major headers-type-changed; minor type-added

use api::first_header_documented as pets;

pub fn pet(reply: api::runtime::Reply<pets::types::Pet, ()>) -> pets::types::Pet {
    reply.value
}

pub fn read(client: &pets::Client<api::runtime::Detached>, answer: http::Response<bytes::Bytes>) -> Option<pets::types::Pet> {
    client.get_pet("1").read(answer).ok().map(pet)
}

fn main() {}
