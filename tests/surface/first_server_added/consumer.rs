//! A server is added: the module of servers is new.
//!
//! Expected: minor module-added

use api::first_server_added as pets;
use api::runtime::Operation;

pub fn target(client: &pets::Client<api::runtime::Detached>) -> Option<String> {
    Some(client.get_pet("cat").request().ok()?.uri().to_string())
}

fn main() {}
