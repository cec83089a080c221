//! An optional body is added: a new method sets it.
//!
//! Expected: minor optional-argument-added; minor module-added

use api::optional_body_added as pets;

pub struct Kept<'a> {
    pub ping: pets::operations::Ping<'a>,
}

fn main() {}
