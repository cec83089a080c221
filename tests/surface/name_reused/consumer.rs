//! A parameter gets the name that another parameter had: code still compiles, but sends a different parameter.
//!
//! Expected: minor optional-argument-added; silent name-reused

use api::name_reused as pets;

pub fn put(client: &pets::Client) {
    let _ = client.put_pets().s("x");
}

fn main() {}
