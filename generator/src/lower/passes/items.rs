//! The types, operations, header structs and examples of an API after lowering.

use std::collections::HashSet;

use crate::ir::{BodyExample, Operation, ResponseHeaders, SchemaExample, TypeDef, TypeId, Webhook};

/// The types, operations, header structs and examples of an API after lowering. The passes change or remove some of them.
pub(crate) struct Items {
    /// Every named type, by id.
    pub types: Vec<TypeDef>,
    /// The types to emit, in document order.
    pub order: Vec<TypeId>,
    /// The operations to emit, in document order.
    pub operations: Vec<Operation>,
    /// The webhooks to emit, in document order.
    pub webhooks: Vec<Webhook>,
    /// The structs of documented response headers, indexed by id.
    pub headers: Vec<ResponseHeaders>,
    /// The body examples to emit.
    pub body_examples: Vec<BodyExample>,
    /// The schema examples to emit.
    pub schema_examples: Vec<SchemaExample>,
    /// The types of component schemas.
    pub components: HashSet<TypeId>,
}
