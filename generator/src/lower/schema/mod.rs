//! Lowers schemas: components become named types; inline schemas become built-in types, or named types if they need one.

pub(crate) mod definitions;
pub(crate) mod discriminators;
pub(crate) mod locations;
pub(crate) mod patterns;
pub(crate) mod rules;
pub(crate) mod shape;
pub(crate) mod shared_types;
pub(crate) mod structs;
pub(crate) mod table_key;
pub(crate) mod tables;
pub(crate) mod unions;
pub(crate) mod values;
