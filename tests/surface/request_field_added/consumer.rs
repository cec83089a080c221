//! An optional member more in a request: callers may make the struct as a literal.
//!
//! Expected: major field-added

use api::request_field_added as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet { name: "cat".to_owned(), tag: None }
}

fn main() {}
