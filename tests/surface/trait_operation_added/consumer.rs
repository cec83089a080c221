//! An operation is added: implementations of the trait need no method for it.
//!
//! Expected: minor operation-added

use api::trait_operation_added as pets;
use pets::traits::TraitOperationAddedApi;

pub struct Fake;

impl TraitOperationAddedApi for Fake {
    fn get_pet<'a>(&'a self, arguments: pets::arguments::GetPet) -> api::runtime::Sending<'a, pets::Pet> {
        println!("{}", arguments.id);
        Box::pin(async { Err(std::future::pending().await) })
    }
}

fn main() {}
