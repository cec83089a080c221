//! A success of another type is added: the success type is an enum instead of a struct.
//!
//! Expected: major success-type-changed; minor type-added; minor type-added

use api::second_success_added as pets;
use api::runtime::Operation;

pub fn name(client: &pets::Client<api::runtime::Detached>, response: http::Response<bytes::Bytes>) -> Option<String> {
    Some(client.get_pet("1").read(response).ok()?.value.name)
}

fn main() {}
