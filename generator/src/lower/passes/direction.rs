//! Which way values travel: a type that is only sent needs no `Deserialize`, one that is only received no `Serialize`.

use crate::ir::{
    AdditionalMembers, Content, Direction, Multipart, ObjectRule, Operation, Presence, ResponseHeaders,
    ResponseHeadersId, Rule, Success, Type, TypeDef, TypeId, TypeKind, Value,
};

pub const SENT: Direction = Direction { sent: true, received: false };
const BOTH: Direction = Direction { sent: true, received: true };
const RECEIVED: Direction = Direction { sent: false, received: true };

/// Marks each type that is printed with the ways its values travel. One that no operation uses direction both ways.
pub fn mark(types: &mut [TypeDef], order: &[TypeId], operations: &[Operation], headers: &[ResponseHeaders]) {
    for operation in operations {
        for value in arguments(operation) {
            reach(types, value, SENT);
        }
        for value in answers(operation) {
            reach(types, value, RECEIVED);
        }
        for value in documented_headers(operation, headers) {
            reach(types, value, RECEIVED);
        }
    }
    for id in order {
        let direction = &mut types[id.0].direction;
        if *direction == Direction::default() {
            *direction = Direction { sent: true, received: true };
        }
    }
    settle_unused(types);
    types.iter_mut().for_each(settle_presence);
}

/// What one direction requires is simply required, or not, where a type never direction the other way.
fn settle_presence(definition: &mut TypeDef) {
    let TypeKind::Struct(structure) = &mut definition.kind else { return };
    let (here, elsewhere) = match definition.direction {
        RECEIVED => (Presence::RequiredInResponse, Presence::RequiredInRequest),
        SENT => (Presence::RequiredInRequest, Presence::RequiredInResponse),
        _ => return,
    };
    for field in &mut structure.fields {
        if field.presence == here {
            field.presence = Presence::Required;
        } else if field.presence == elsewhere {
            field.presence = Presence::Optional;
        }
    }
}

/// A type that no operation uses direction both ways, and so does all that it contains.
fn settle_unused(types: &mut [TypeDef]) {
    let both: Vec<TypeId> = (0..types.len())
        .map(TypeId)
        .filter(|id| types[id.0].direction.sent && types[id.0].direction.received)
        .collect();
    for id in both {
        for value in contained(&types[id.0].kind).into_iter().cloned().collect::<Vec<_>>() {
            reach(types, &value, SENT);
            reach(types, &value, RECEIVED);
        }
    }
}

/// The values that an operation sends.
pub fn arguments(operation: &Operation) -> impl Iterator<Item = &Value> {
    operation.arguments.iter().flat_map(|argument| argument.location.values())
}

/// The values that an operation receives.
pub fn answers(operation: &Operation) -> impl Iterator<Item = &Value> {
    let failures = operation.responses.failures.iter().filter_map(|failure| failure.body.as_ref());
    successes(operation).chain(failures.map(|content| &content.value))
}

/// The values of an operation's successes, which are checked where the caller asks for it.
pub fn successes(operation: &Operation) -> impl Iterator<Item = &Value> {
    let successes: Vec<&Content> = match &operation.responses.success {
        Success::One(body) => body.iter().collect(),
        Success::Several { variants, .. } => variants.iter().filter_map(|variant| variant.body.as_ref()).collect(),
    };
    successes.into_iter().map(|content| &content.value)
}

/// The values that the documented headers of an operation's successes hold.
pub fn documented_headers<'h>(
    operation: &Operation,
    headers: &'h [ResponseHeaders],
) -> impl Iterator<Item = &'h Value> {
    let headers = operation.responses.headers.and_then(|ResponseHeadersId(id)| headers.get(id));
    headers.into_iter().flat_map(|headers| &headers.fields).filter_map(|field| field.value.as_ref())
}

pub fn reach(types: &mut [TypeDef], value: &Value, way: Direction) {
    let judged = value.rules.iter().any(|rule| matches!(rule, Rule::SchemaTable(_)));
    let way = Direction { sent: way.sent || judged, ..way };
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => reach(types, inner, way),
        Type::Named { id, .. } => {
            // Alternatives that overlap are written and read to be compared, and what a table judges is written for it.
            let way = match &types[id.0].kind {
                TypeKind::Union(union) if union.overlapping => BOTH,
                TypeKind::Struct(structure)
                    if structure.rules.iter().any(|rule| matches!(rule, ObjectRule::SchemaTable(_))) =>
                {
                    Direction { sent: true, ..way }
                }
                _ => way,
            };
            let direction = &mut types[id.0].direction;
            let known = (direction.sent || !way.sent) && (direction.received || !way.received);
            *direction = Direction { sent: direction.sent || way.sent, received: direction.received || way.received };
            if !known {
                for value in contained(&types[id.0].kind).into_iter().cloned().collect::<Vec<_>>() {
                    reach(types, &value, way);
                }
            }
        }
        Type::String
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

/// The values that a value of this type contains.
pub fn contained(kind: &TypeKind) -> Vec<&Value> {
    match kind {
        TypeKind::Struct(structure) | TypeKind::Multipart(Multipart { structure, .. }) => {
            let rest = match &structure.additional {
                AdditionalMembers::Keep { value, .. } => Some(&**value),
                AdditionalMembers::Ignore | AdditionalMembers::Reject => None,
            };
            structure.fields.iter().map(|field| &field.value).chain(rest).collect()
        }
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Union(union) => union.variants.iter().map(|alternative| &alternative.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    }
}
