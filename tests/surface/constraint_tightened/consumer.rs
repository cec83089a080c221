//! Bounds are tightened: the types are the same, and validation rejects more values.
//!
//! Expected: patch constraints-changed; patch constraints-changed

use api::constraint_tightened as pets;
use api::runtime::Operation;

pub fn request(client: &pets::Client<api::runtime::Detached>) -> bool {
    client.put_pet("1", &pets::types::Pet::new("cat")).limit(9).request().is_ok()
}

fn main() {}
