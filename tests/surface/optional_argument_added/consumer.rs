//! An optional argument is added: a new method sets it.
//!
//! Expected: minor optional-argument-added

use api::optional_argument_added as pets;

pub struct Kept<'a> {
    pub call: pets::operations::GetPet<'a, api::runtime::Detached>,
}

pub fn kept(client: &pets::Client<api::runtime::Detached>) -> Kept<'_> {
    Kept { call: client.get_pet("1") }
}

fn main() {}
