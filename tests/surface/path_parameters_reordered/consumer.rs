//! The parameters of a path change places in it, and are alike: the call compiles, and means something else.
//!
//! Expected: patch request-changed; silent arguments-reordered

use api::path_parameters_reordered as pets;

pub fn is_ok(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.get_pet("cat", "small").request().is_ok()
}

fn main() {}
