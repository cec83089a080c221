//! An optional argument is added: a new method sets it.
//!
//! Expected: minor optional-argument-added

use api::optional_argument_added as pets;

pub fn path(client: &pets::Client<api::runtime::Detached>) -> String {
    let call = client.get_pet("1");
    let pets::operations::GetPet { id, .. } = call.operation;
    id
}

fn main() {}
