//! Which way values travel: a type that is only sent needs no `Deserialize`, one that is only received no `Serialize`.

use crate::ir::{
    Content, Headers, HeadersId, ObjectRule, Operation, Parts, Presence, Rest, Rule, Success, Travels, Type, TypeDef,
    TypeId, TypeKind, Value,
};

pub const SENT: Travels = Travels { sent: true, received: false };
const BOTH: Travels = Travels { sent: true, received: true };
const RECEIVED: Travels = Travels { sent: false, received: true };

/// Marks each type that is printed with the ways its values travel. One that no operation uses travels both ways.
pub fn mark(types: &mut [TypeDef], order: &[TypeId], operations: &[Operation], headers: &[Headers]) {
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
        let travels = &mut types[id.0].travels;
        if *travels == Travels::default() {
            *travels = Travels { sent: true, received: true };
        }
    }
    settle_unused(types);
    types.iter_mut().for_each(settle_presence);
}

/// What one direction requires is simply required, or not, where a type never travels the other way.
fn settle_presence(definition: &mut TypeDef) {
    let TypeKind::Struct(structure) = &mut definition.kind else { return };
    let (here, elsewhere) = match definition.travels {
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

/// A type that no operation uses travels both ways, and so does all that it contains.
fn settle_unused(types: &mut [TypeDef]) {
    let both: Vec<TypeId> =
        (0..types.len()).map(TypeId).filter(|id| types[id.0].travels.sent && types[id.0].travels.received).collect();
    for id in both {
        for value in contained(&types[id.0].kind).into_iter().cloned().collect::<Vec<_>>() {
            reach(types, &value, SENT);
            reach(types, &value, RECEIVED);
        }
    }
}

/// The values that an operation sends.
pub fn arguments(operation: &Operation) -> impl Iterator<Item = &Value> {
    operation.arguments.iter().flat_map(|argument| argument.place.values())
}

/// The values that an operation receives.
pub fn answers(operation: &Operation) -> impl Iterator<Item = &Value> {
    let failures = operation.answers.failures.iter().filter_map(|failure| failure.body.as_ref());
    successes(operation).chain(failures.map(|content| &content.value))
}

/// The values of an operation's successes, which are checked where the caller asks for it.
pub fn successes(operation: &Operation) -> impl Iterator<Item = &Value> {
    let successes: Vec<&Content> = match &operation.answers.success {
        Success::One(body) => body.iter().collect(),
        Success::Several { variants, .. } => variants.iter().filter_map(|variant| variant.body.as_ref()).collect(),
    };
    successes.into_iter().map(|content| &content.value)
}

/// The values that the documented headers of an operation's successes hold.
pub fn documented_headers<'h>(operation: &Operation, headers: &'h [Headers]) -> impl Iterator<Item = &'h Value> {
    let headers = operation.answers.headers.and_then(|HeadersId(id)| headers.get(id));
    headers.into_iter().flat_map(|headers| &headers.fields).filter_map(|field| field.value.as_ref())
}

pub fn reach(types: &mut [TypeDef], value: &Value, way: Travels) {
    let judged = value.rules.iter().any(|rule| matches!(rule, Rule::Schema(_)));
    let way = Travels { sent: way.sent || judged, ..way };
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => reach(types, inner, way),
        Type::Named { id, .. } => {
            // Alternatives that overlap are written and read to be compared, and what a table judges is written for it.
            let way = match &types[id.0].kind {
                TypeKind::Union(union) if union.overlapping => BOTH,
                TypeKind::Struct(structure)
                    if structure.rules.iter().any(|rule| matches!(rule, ObjectRule::Schema(_))) =>
                {
                    Travels { sent: true, ..way }
                }
                _ => way,
            };
            let travels = &mut types[id.0].travels;
            let known = (travels.sent || !way.sent) && (travels.received || !way.received);
            *travels = Travels { sent: travels.sent || way.sent, received: travels.received || way.received };
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
        TypeKind::Struct(structure) | TypeKind::Parts(Parts { structure, .. }) => {
            let rest = match &structure.rest {
                Rest::Keep { value, .. } => Some(&**value),
                Rest::Skip | Rest::Refuse => None,
            };
            structure.fields.iter().map(|field| &field.value).chain(rest).collect()
        }
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Union(union) => union.alternatives.iter().map(|alternative| &alternative.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    }
}
