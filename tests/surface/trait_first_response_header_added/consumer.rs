//! The first header of a response is documented: implementations of the trait return another type.
//!
//! Expected: major headers-type-changed; minor type-added

use api::trait_first_response_header_added as pets;
use pets::traits::TraitFirstResponseHeaderAddedApi;

pub struct Fake;

impl TraitFirstResponseHeaderAddedApi for Fake {
    fn get_pet<'a>(&'a self, arguments: pets::arguments::GetPet) -> api::runtime::Sending<'a, pets::Pet> {
        println!("{}", arguments.id);
        Box::pin(async { Err(std::future::pending().await) })
    }
}

fn main() {}
