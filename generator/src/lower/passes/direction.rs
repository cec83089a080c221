//! Computes the direction of each type: request, response or both. The direction decides whether the type implements `Serialize`,
//! `Deserialize` or both.

use crate::ir::{Direction, ObjectRule, Presence, Rule, Type, TypeDef, TypeId, TypeKind, Value, Webhook};
use crate::lower::passes::items::Items;

/// Sets the direction of each emitted type. A type that no operation uses has both directions.
pub(crate) fn set_directions(items: &mut Items) {
    let Items { types, order, operations, headers, webhooks, .. } = items;
    for operation in operations {
        operation.sent_values().for_each(|value| add_direction(types, value, Direction::SENT));
        operation.received_values(headers).for_each(|value| add_direction(types, value, Direction::RECEIVED));
    }
    for value in webhooks.iter().flat_map(Webhook::values) {
        add_direction(types, value, Direction::RECEIVED);
    }
    for id in order {
        let direction = &mut types[id.0].direction;
        if *direction == Direction::default() {
            *direction = Direction::BOTH;
        }
    }
    propagate_both(types);
    types.iter_mut().for_each(simplify_presence);
}

/// Adds a direction to the types in `value` and to all types that they contain.
pub(crate) fn add_direction(types: &mut [TypeDef], value: &Value, direction: Direction) {
    // Schema tables validate the serialized value, so the type must implement `Serialize`.
    let has_table = value.rules.iter().any(|rule| matches!(rule, Rule::SchemaTable(_)));
    let direction = Direction { sent: direction.sent || has_table, ..direction };
    match &value.kind {
        Type::List(inner) => add_direction(types, inner, direction),
        Type::Map { key, members } => {
            if let Some(id) = *key {
                add_direction(types, &Value::plain(Type::Named { id, boxed: false }), direction);
            }
            add_direction(types, members, direction);
        }
        Type::Named { id, .. } => {
            let direction = match &types[id.0].kind {
                // The runtime serializes and deserializes values of overlapping alternatives to compare them.
                TypeKind::Union(union) if union.overlapping => Direction::BOTH,
                TypeKind::Struct(structure)
                    if structure.rules.iter().any(|rule| matches!(rule, ObjectRule::SchemaTable(_))) =>
                {
                    Direction { sent: true, ..direction }
                }
                _ => direction,
            };
            let known = &mut types[id.0].direction;
            let is_new = (direction.sent && !known.sent) || (direction.received && !known.received);
            known.sent |= direction.sent;
            known.received |= direction.received;
            if is_new {
                let contained: Vec<Value> = types[id.0].kind.contained_values().into_iter().cloned().collect();
                contained.iter().for_each(|value| add_direction(types, value, direction));
            }
        }
        Type::String
        | Type::External(_)
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::UInt64
        | Type::Int128
        | Type::Double
        | Type::Any
        | Type::Bytes
        | Type::File => {}
    }
}

/// Gives both directions to each type that is contained in a type with both directions. For example, a type that no operation
/// uses has both directions, but a type in one of its fields may have only one.
fn propagate_both(types: &mut [TypeDef]) {
    let both: Vec<TypeId> =
        (0..types.len()).map(TypeId).filter(|id| types[id.0].direction == Direction::BOTH).collect();
    for id in both {
        let contained: Vec<Value> = types[id.0].kind.contained_values().into_iter().cloned().collect();
        for value in contained {
            add_direction(types, &value, Direction::SENT);
            add_direction(types, &value, Direction::RECEIVED);
        }
    }
}

/// Replaces `RequiredInRequest` and `RequiredInResponse` by `Required` or `Optional` in the fields of a type that has only one
/// direction.
fn simplify_presence(definition: &mut TypeDef) {
    let TypeKind::Struct(structure) = &mut definition.kind else { return };
    let (required, optional) = match definition.direction {
        Direction::RECEIVED => (Presence::RequiredInResponse, Presence::RequiredInRequest),
        Direction::SENT => (Presence::RequiredInRequest, Presence::RequiredInResponse),
        _ => return,
    };
    for field in &mut structure.fields {
        if field.presence == required {
            field.presence = Presence::Required;
        } else if field.presence == optional {
            field.presence = Presence::Optional;
        }
    }
}
