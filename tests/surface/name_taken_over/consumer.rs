//! A name that another parameter takes over: code compiles, and sends something else.
//!
//! Expected: minor optional-argument-added; silent name-taken-over

use api::name_taken_over as pets;

pub fn put(client: &pets::Client) {
    let _ = client.put_pets().s("x");
}

fn main() {}
