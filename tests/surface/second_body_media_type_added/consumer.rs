//! The body gets a second media type: its argument is an enum instead of a reference. A reference converts to the enum.
//!
//! Expected: minor argument-accepts-more; minor type-added

use api::second_body_media_type_added as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>, pet: &pets::types::Pet) -> bool {
    client.add_pet(pet).request().is_ok()
}

fn main() {}
