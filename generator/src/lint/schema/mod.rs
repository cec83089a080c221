//! The rules of `copperplate lint` for schemas.

pub(crate) mod all_of;
pub(crate) mod direction;
pub(crate) mod discriminator;
pub(crate) mod enum_values;
mod finite;
pub(crate) mod format;
pub(crate) mod format_bounds;
pub(crate) mod inconsistent_bounds;
pub(crate) mod list_keyword;
pub(crate) mod missing_type;
pub(crate) mod recursion;
pub(crate) mod union;
