//! The surface of a generated crate: everything that its callers can name or rely on, one item per line.
//!
//! `generate` writes the lines to `SURFACE.txt`, where a change to an API shows as a few changed lines. The surface is computed from
//! the IR alone, as emitted code is, and cannot fail; tests compare it with the emitted text. The function `compare` lists the
//! differences between two surfaces, and the version bump that each requires.

mod api;
mod arguments;
mod compare;
mod constraints;
mod item;
mod keys;
mod listing;
mod operations;
mod responses;
mod types;

use crate::ir::Api;
use crate::options::Options;
pub use compare::bump::VersionBump;
pub use compare::compare;
pub use compare::difference::{Difference, Place};
pub use item::{Facet, Item, ItemKind, Surface};
use listing::Listing;

/// The surface of the crate that is emitted for `apis`: a single API at the root if the options say so, otherwise each in a module.
pub fn surface(apis: &[Api], options: &Options) -> Surface {
    let at_root = options.at_root && apis.len() == 1;
    let items = apis.iter().flat_map(|api| {
        let mut listing = Listing::new(api, at_root);
        api::list(&mut listing, at_root && options.features);
        keys::list(&mut listing);
        types::list(&mut listing);
        operations::list(&mut listing, at_root && options.features);
        constraints::list_schemas(&mut listing);
        listing.items
    });
    Surface { items: items.collect() }
}
