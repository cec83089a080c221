//! `uniqueItems`: what its items are made of is compared as it came, members that the schema does not describe included.

use std::collections::HashSet;

use crate::ir::{AdditionalMembers, Operation, Rule, Struct, Type, TypeDef, TypeId, TypeKind, Value};
use crate::lower::naming::identifiers::Scope;
use crate::lower::passes::direction::{SENT, answers, arguments, contained, reach};
use crate::lower::schema::{FIELD_WORDS, anything};

/// Makes the types that items of such lists are made of keep all members, and lets them be written, since that is how they are
/// compared. Values that are only sent have no members but their own.
pub fn keep_all_members(types: &mut [TypeDef], operations: &[Operation]) {
    let in_types = types.iter().flat_map(|definition| contained(&definition.kind));
    let in_operations = operations.iter().flat_map(|operation| arguments(operation).chain(answers(operation)));
    let mut items = Vec::new();
    in_types.chain(in_operations).for_each(|value| unique_items(value, &mut items));
    let mut compared = HashSet::new();
    for item in &items {
        gather(types, item, &mut compared);
        if !types_of(item).iter().all(|id| types[id.0].direction.sent) {
            reach(types, item, SENT);
        }
    }
    for id in compared {
        let definition = &mut types[id.0];
        if let TypeKind::Struct(structure) = &mut definition.kind
            && definition.direction.received
        {
            keep_rest(structure);
        }
    }
}

/// The items of all lists in `value` that may not repeat.
fn unique_items(value: &Value, found: &mut Vec<Value>) {
    if let Type::List(inner) | Type::Map(inner) = &value.kind {
        if value.rules.contains(&Rule::UniqueItems) {
            found.push((**inner).clone());
        }
        unique_items(inner, found);
    }
}

/// The types that stand in `value` itself.
fn types_of(value: &Value) -> Option<TypeId> {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => types_of(inner),
        Type::Named { id, .. } => Some(*id),
        _ => None,
    }
}

/// All types that values of `value` are made of.
fn gather(types: &[TypeDef], value: &Value, found: &mut HashSet<TypeId>) {
    if let Some(id) = types_of(value)
        && found.insert(id)
    {
        contained(&types[id.0].kind).into_iter().for_each(|value| gather(types, value, found));
    }
}

fn keep_rest(structure: &mut Struct) {
    if matches!(structure.additional, AdditionalMembers::Ignore) {
        let mut scope = Scope::with(FIELD_WORDS);
        for field in &structure.fields {
            scope.take(field.name.clone());
        }
        structure.additional =
            AdditionalMembers::Keep { field: scope.take("additional".to_owned()), value: Box::new(anything()) };
    }
}
