//! Another parameter takes a parameter's name: code compiles, and sends another parameter.
//!
//! Expected: minor optional-argument-added; silent name-reused

use api::name_reused as pets;

pub fn put(client: &pets::Client) {
    let _ = client.put_pets().s("x");
}

fn main() {}
