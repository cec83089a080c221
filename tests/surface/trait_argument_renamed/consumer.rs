//! The only path parameter is renamed: calls do not name it, but code that reads the arguments of a trait's method does.
//!
//! Expected: major field-removed; patch argument-renamed

use api::trait_argument_renamed as pets;
use pets::traits::TraitArgumentRenamedApi;

pub struct Fake;

impl TraitArgumentRenamedApi for Fake {
    fn get_pet<'a>(&'a self, arguments: pets::arguments::GetPet) -> api::runtime::Sending<'a, pets::Pet> {
        println!("{}", arguments.id);
        Box::pin(async { Err(std::future::pending().await) })
    }
}

fn main() {}
