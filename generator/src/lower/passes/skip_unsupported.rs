//! Removes the types, operations and examples that need a dropped type. With `--skip-unsupported`, a type is dropped if its
//! schema has an error.

use std::collections::HashSet;

use crate::ir::{TypeId, Value};
use crate::lower::passes::items::Items;

/// Removes the types that contain a dropped type, and the operations and examples that use a dropped type. With
/// `--skip-unsupported`, a type is dropped if its schema has an error.
pub(crate) fn remove_incomplete(items: &mut Items) {
    let complete = complete_types(items);
    let is_complete = |value: &Value| value.named_types().iter().all(|id| complete.contains(id));
    items.order.retain(|id| complete.contains(id));
    let headers = &items.headers;
    items
        .operations
        .retain(|operation| operation.sent_values().chain(operation.received_values(headers)).all(is_complete));
    items.webhooks.retain(|webhook| webhook.values().all(is_complete));
    items.body_examples.retain(|example| is_complete(&example.value));
    items.schema_examples.retain(|example| is_complete(&example.value));
}

/// Returns the types that contain no dropped type, neither directly nor through other types.
fn complete_types(items: &Items) -> HashSet<TypeId> {
    let mut complete: HashSet<TypeId> = items.order.iter().copied().collect();
    loop {
        let before = complete.len();
        let contains_only_complete = |id: &TypeId| {
            let mut contained = items.types[id.0].kind.contained_values().into_iter().flat_map(Value::named_types);
            contained.all(|id| complete.contains(&id))
        };
        complete = complete.iter().filter(|id| contains_only_complete(id)).copied().collect();
        if complete.len() == before {
            return complete;
        }
    }
}
