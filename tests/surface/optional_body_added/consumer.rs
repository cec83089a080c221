//! An optional body is added: the struct of arguments borrows it.
//!
//! Expected: minor optional-argument-added; major lifetime-added; minor module-added

use api::optional_body_added as pets;

pub struct Kept {
    pub ping: pets::operations::Ping,
}

fn main() {}
