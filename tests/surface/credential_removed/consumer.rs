//! A credential is removed.
//!
//! Expected: patch credentials-changed; major function-removed

use api::credential_removed as pets;

pub fn client() -> Option<pets::Client<api::runtime::Detached>> {
    pets::Client::builder("https://pets.example").tenant("t").token("secret").build_detached().ok()
}

fn main() {}
