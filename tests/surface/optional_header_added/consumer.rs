//! An optional header parameter is added: existing calls still compile.
//!
//! Expected: minor optional-argument-added

use api::optional_header_added as pets;
use api::runtime::Operation;

pub fn target(client: &pets::Client<api::runtime::Detached>) -> Option<String> {
    Some(client.get_pet("cat").request().ok()?.uri().to_string())
}

fn main() {}
