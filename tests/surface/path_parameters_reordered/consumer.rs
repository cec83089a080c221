//! Two path parameters of the same type change places: the call names them, so it means the same.
//!
//! Expected: patch request-changed

use api::path_parameters_reordered as pets;
use api::runtime::Operation;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet(pets::required::GetPet { kind: "cat", size: "small" }).request().is_ok()
}

fn main() {}
