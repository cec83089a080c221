//! Finds the groups of operations that use each type.

use crate::ir::{GroupId, TypeId, Users, Value, Webhook};
use crate::lower::passes::items::Items;
use crate::lower::passes::reachability::reachable_types;

/// The maximum number of groups in the `#[cfg]` condition of a shared type. A type that is used by more groups is always
/// compiled, because a longer condition costs readers more than it saves the compiler.
const GROUPS_IN_A_CONDITION: usize = 8;

/// Returns which groups need each type, indexed by type id. A group needs the types that its operations use, directly or through
/// other types.
pub(crate) fn users(printed: &Items, operations: &[GroupId], groups: usize) -> Vec<Users> {
    let mut roots: Vec<Vec<TypeId>> = vec![Vec::new(); groups];
    for (operation, group) in printed.operations.iter().zip(operations) {
        let received = operation.received_values(&printed.headers);
        roots[group.0].extend(operation.sent_values().chain(received).filter_map(Value::named_type));
    }
    let mut users: Vec<Vec<GroupId>> = vec![Vec::new(); printed.types.len()];
    for (group, mut open) in roots.into_iter().enumerate() {
        while let Some(id) = open.pop() {
            let known = &mut users[id.0];
            // The types in a type with too many users have these users too.
            if known.len() <= GROUPS_IN_A_CONDITION && known.last() != Some(&GroupId(group)) {
                known.push(GroupId(group));
                open.extend(printed.types[id.0].kind.contained_values().into_iter().flat_map(Value::named_types));
            }
        }
    }
    // A type that no operation uses is always compiled, and so are the types that it contains.
    // A type of a webhook is always compiled too.
    let of_webhooks = printed.webhooks.iter().flat_map(Webhook::values).filter_map(Value::named_type);
    let unused = printed.order.iter().copied().filter(|id| users[id.0].is_empty());
    let always = reachable_types(&printed.types, unused.chain(of_webhooks));
    let settled = users.into_iter().enumerate().map(|(id, users)| match users.as_slice() {
        _ if always.contains(&TypeId(id)) => Users::All,
        [only] => Users::One(*only),
        [] => Users::All,
        several if several.len() > GROUPS_IN_A_CONDITION || several.len() == groups => Users::All,
        _ => Users::Several(users),
    });
    settled.collect()
}
