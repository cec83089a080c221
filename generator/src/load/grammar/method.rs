//! The HTTP methods that are keys of path items.

/// The keys of a Path Item Object whose values are operations. OpenAPI 3.2 adds `query`, and the map `additionalOperations`.
pub(crate) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
