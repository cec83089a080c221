//! The surface of a generated crate: every item that callers can name or rely on, one item per line.
//!
//! The command `generate` writes the surface to the file `SURFACE.txt`, where a change to an API is visible as a few changed
//! lines. Like the generated code, the surface is computed only from the intermediate representation. The earlier stages have
//! already reported all errors in the document, so the computation cannot fail. Tests compare the surface with the generated
//! code. The function `compare` lists the differences between two surfaces, and the version bump that each difference requires.

mod api;
mod arguments;
mod compare;
mod constraints;
mod constraints_2020;
mod item;
mod keys;
mod listing;
mod operations;
mod operations_trait;
mod responses;
mod types;
mod webhooks;

use crate::ir::Api;
use crate::options::Options;
pub use compare::bump::VersionBump;
pub use compare::compare;
pub use compare::difference::{Difference, Place};
pub use item::{Facet, Item, ItemKind, Surface};
use listing::Listing;

/// Returns the surface of the crate that is generated for `apis`. With `options.at_root`, a single API is at the root of the
/// crate. Otherwise, each API is in a module of its own.
pub fn surface(apis: &[Api], options: &Options) -> Surface {
    let at_root = options.at_root && apis.len() == 1;
    let items = apis.iter().flat_map(|api| {
        let mut listing = Listing::new(api, at_root);
        api::list(&mut listing, at_root && options.features);
        keys::list(&mut listing);
        types::list(&mut listing);
        operations::list(&mut listing, at_root && options.features);
        webhooks::list(&mut listing);
        constraints::list_schemas(&mut listing);
        listing.items
    });
    Surface { items: items.collect() }
}
