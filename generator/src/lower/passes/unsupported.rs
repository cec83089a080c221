//! Leaving out what is not supported yet, where the user asked for that: the operations that use it, the types that contain it,
//! and nothing else.

use std::collections::HashSet;

use crate::ir::{BodyExample, Operation, ResponseHeaders, SchemaExample, Type, TypeDef, TypeId, Value};
use crate::lower::passes::direction::{answers, arguments, contained, documented_headers};

/// Keeps the types that are whole through and through, and the operations and examples that need no others.
pub fn leave_out(
    types: &[TypeDef],
    order: &mut Vec<TypeId>,
    operations: &mut Vec<Operation>,
    headers: &[ResponseHeaders],
    examples: &mut Vec<BodyExample>,
    schema_examples: &mut Vec<SchemaExample>,
) {
    let mut whole: HashSet<TypeId> = order.iter().copied().collect();
    loop {
        let before = whole.len();
        let keeps = |id: &TypeId, whole: &HashSet<TypeId>| {
            contained(&types[id.0].kind).iter().all(|value| is_whole(value, whole))
        };
        whole = whole.iter().filter(|id| keeps(id, &whole)).copied().collect();
        if whole.len() == before {
            break;
        }
    }
    order.retain(|id| whole.contains(id));
    operations.retain(|operation| {
        let received = answers(operation).chain(documented_headers(operation, headers));
        arguments(operation).chain(received).all(|value| is_whole(value, &whole))
    });
    examples.retain(|example| is_whole(&example.value, &whole));
    schema_examples.retain(|example| is_whole(&example.value, &whole));
}

fn is_whole(value: &Value, whole: &HashSet<TypeId>) -> bool {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => is_whole(inner, whole),
        Type::Named { id, .. } => whole.contains(id),
        Type::String
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::UInt64
        | Type::Int128
        | Type::Double
        | Type::Any
        | Type::Bytes
        | Type::File => true,
    }
}
