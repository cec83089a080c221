//! Prepares types for `uniqueItems`. The runtime compares the items of an array by all their members, also those that the schema
//! does not describe. The Rust types of the items must therefore keep all members that were received.

use std::collections::HashSet;

use crate::ir::{AdditionalMembers, Direction, Rule, Struct, Type, TypeId, TypeKind, Value};
use crate::lower::naming::reserved::STRUCT_METHODS;
use crate::lower::naming::scope::Scope;
use crate::lower::passes::direction::add_direction;
use crate::lower::passes::items::Items;
use crate::lower::passes::reachability::reachable_types;

/// Prepares the types of the items of arrays with `uniqueItems`. These types become serializable, because the runtime compares
/// the items in serialized form. A type that is received also keeps the members that the schema does not describe. A type that is
/// only sent has no such members.
pub(crate) fn keep_additional_members(items: &mut Items) {
    let Items { types, operations, .. } = items;
    let in_types = types.iter().flat_map(|definition| definition.kind.contained_values());
    let in_operations =
        operations.iter().flat_map(|operation| operation.sent_values().chain(operation.responses.body_values()));
    let mut unique_items = Vec::new();
    in_types.chain(in_operations).for_each(|value| collect_unique_items(value, &mut unique_items));
    let mut compared: HashSet<TypeId> = HashSet::new();
    for item in &unique_items {
        let item_type = item.named_type();
        compared.extend(reachable_types(types, item_type));
        if item_type.is_some_and(|id| !types[id.0].direction.sent) {
            add_direction(types, item, Direction::SENT);
        }
    }
    for id in compared {
        let definition = &mut types[id.0];
        if let TypeKind::Struct(structure) = &mut definition.kind
            && definition.direction.received
        {
            keep_additional(structure);
        }
    }
}

/// Searches `value` for lists with the rule `uniqueItems`, also in nested lists and maps. Adds the type of the items of each such
/// list to `items`.
fn collect_unique_items(value: &Value, items: &mut Vec<Value>) {
    if let Type::List(inner) | Type::Map { members: inner, .. } = &value.kind {
        if value.rules.contains(&Rule::UniqueItems) {
            items.push((**inner).clone());
        }
        collect_unique_items(inner, items);
    }
}

fn keep_additional(structure: &mut Struct) {
    if matches!(structure.additional, AdditionalMembers::Ignore) {
        let mut scope = Scope::with(STRUCT_METHODS);
        for field in &structure.fields {
            scope.take(field.name.clone());
        }
        let field = scope.take("additional".to_owned());
        structure.additional = AdditionalMembers::Keep { field, value: Box::new(Value::plain(Type::Any)) };
    }
}
