//! A path parameter is renamed: URL and call are the same, the field in the struct of arguments is not.
//!
//! Expected: major argument-renamed

use api::path_parameter_renamed as pets;

pub fn path(client: &pets::Client<api::runtime::Detached>) -> String {
    let call = client.get_pet("1");
    let pets::operations::GetPet { id, .. } = call.operation;
    id
}

fn main() {}
