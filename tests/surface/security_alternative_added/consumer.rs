//! Another credential is accepted: code still compiles, and its credential is still sent.
//!
//! Expected: minor function-added; patch credentials-changed

use api::security_alternative_added as pets;

pub fn client() -> Option<pets::Client<api::runtime::Detached>> {
    pets::Client::builder("https://pets.example").token("secret").build_detached().ok()
}

fn main() {}
