//! A success of another type: an enum instead of a struct.
//!
//! Expected: major success-type-changed; minor type-added; minor type-added

use api::second_success_added as pets;

pub fn name(client: &pets::Client<api::runtime::Detached>, answer: http::Response<bytes::Bytes>) -> Option<String> {
    Some(client.get_pet("1").read(answer).ok()?.value.name)
}

fn main() {}
