//! Lowers schemas. A component becomes a named type. An inline schema becomes a named type if it is an object, an enum of strings
//! or a union. Any other inline schema becomes a built-in type.

pub(crate) mod definitions;
pub(crate) mod discriminators;
mod keywords_2020;
pub(crate) mod locations;
mod map_keys;
pub(crate) mod patterns;
pub(crate) mod rules;
pub(crate) mod shape;
pub(crate) mod shared_types;
pub(crate) mod structs;
pub(crate) mod table_key;
pub(crate) mod tables;
pub(crate) mod unions;
pub(crate) mod values;
