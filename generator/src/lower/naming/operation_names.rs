//! Chooses the Rust names of operations.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::CLIENT_METHODS;
use crate::lower::naming::scope::Scope;
use crate::resolve::document::{Document, Operation};

/// The Rust names of an operation.
#[derive(Debug, Clone)]
pub(crate) struct OperationNames {
    /// The id of the client method, from [`method_id`].
    pub id: String,
    /// The name of the struct that contains the arguments of the operation.
    pub type_name: String,
    /// The name of the client method.
    pub method_name: String,
}

/// Returns the Rust names of each client method. The keys are the ids from [`method_id`]. Operations are named before inline
/// types, so that a new inline schema cannot change the name of an operation. If a component has the name of the operation, the
/// struct of the operation gets the suffix `Operation`.
pub(crate) fn operation_names(document: &Document, type_names: &mut Scope) -> HashMap<String, OperationNames> {
    let mut named: HashMap<String, OperationNames> = HashMap::new();
    let mut methods = Scope::with(CLIENT_METHODS);
    // Names from `x-overload` and `operationId` take precedence over names that are built from paths.
    for has_name in [true, false] {
        let operations = document.operations.iter();
        let ids: IndexSet<String> = operations
            .filter(|operation| (operation.id.is_some() || operation.overload.is_some()) == has_name)
            .map(method_id)
            .filter(|id| !named.contains_key(id))
            .collect();
        let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
        let names =
            type_names.take_all(&texts, identifiers::pascal, |id| identifiers::pascal(id) + "Operation").into_iter();
        let names = names.zip(methods.take_all(&texts, identifiers::snake, identifiers::snake));
        for (id, (type_name, method_name)) in texts.iter().map(|id| (*id).to_owned()).zip(names) {
            named.insert(id.clone(), OperationNames { id, type_name, method_name });
        }
    }
    named
}

/// Returns the id of the client method for an operation: the method name in `x-overload`, otherwise `operationId`, otherwise the
/// HTTP method and path, such as `get /pets`.
pub(crate) fn method_id(operation: &Operation) -> String {
    match (&operation.overload, &operation.id) {
        (Some(overload), _) => overload.method.clone(),
        (None, Some(id)) => id.clone(),
        (None, None) => format!("{} {}", operation.method.to_lowercase(), operation.path),
    }
}
