//! A path parameter is renamed: the URL and the call stay the same, but the field in the struct of arguments is renamed.
//!
//! Expected: major argument-renamed

use api::path_parameter_renamed as pets;

pub fn path(client: &pets::Client<api::runtime::Detached>) -> String {
    let call = client.get_pet("1");
    let pets::operations::GetPet { id, .. } = call.operation;
    id
}

fn main() {}
