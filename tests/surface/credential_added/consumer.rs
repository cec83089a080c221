//! Another credential is required: the call compiles, and fails until the client has the credential.
//!
//! Expected: patch credentials-changed; minor function-added

use api::credential_added as pets;

pub fn client() -> Option<pets::Client<api::runtime::Detached>> {
    pets::Client::builder("https://pets.example").token("secret").build_detached().ok()
}

fn main() {}
