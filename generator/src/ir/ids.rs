//! Typed indices into the lists of an API. Items of the intermediate representation refer to each other by these indices.

/// An index into [`Api::types`](crate::ir::Api::types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// An index into [`Api::patterns`](crate::ir::Api::patterns).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternId(pub usize);

/// An index into [`Api::schema_tables`](crate::ir::Api::schema_tables).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaTableId(pub usize);

/// An index into [`Api::security_schemes`](crate::ir::Api::security_schemes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SecuritySchemeId(pub usize);

/// An index into [`Api::response_headers`](crate::ir::Api::response_headers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResponseHeadersId(pub usize);

/// An index into [`Api::key_types`](crate::ir::Api::key_types).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyTypeId(pub usize);
