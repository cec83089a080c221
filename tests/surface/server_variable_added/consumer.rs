//! A variable is added to the URL of a server.
//!
//! Expected: major arguments-changed; patch location-changed

use api::server_variable_added as pets;

pub fn base() -> String {
    pets::servers::server("pets")
}

fn main() {}
