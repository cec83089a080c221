//! Two path parameters of the same type change places: the call still compiles, but sends another request.
//!
//! Expected: patch request-changed; silent arguments-reordered

use api::path_parameters_reordered as pets;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("cat", "small").request().is_ok()
}

fn main() {}
