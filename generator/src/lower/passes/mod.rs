//! Passes over the types, operations and examples of an API after lowering.

pub(crate) mod boxing;
pub(crate) mod direction;
pub(crate) mod emitted_constants;
pub(crate) mod items;
pub(crate) mod optional_null;
pub(crate) mod pagination;
pub(crate) mod reachability;
pub(crate) mod secrets;
pub(crate) mod skip_unsupported;
pub(crate) mod tag_groups;
pub(crate) mod test_names;
mod type_size;
mod type_users;
pub(crate) mod unique_items;
pub(crate) mod unused;
