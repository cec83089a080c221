//! The only path parameter is renamed: the URL and the call stay the same, because the call does not name it.
//!
//! Expected: patch argument-renamed

use api::path_parameter_renamed as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("1").request().is_ok()
}

fn main() {}
