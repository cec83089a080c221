//! Finds the operation of one document that is the counterpart of an operation of the other.

use std::collections::HashMap;

use crate::resolve::document::{Document, Operation};

/// The operations of a document by their methods and the shapes of their paths.
pub(crate) type ByShape<'a> = HashMap<(&'a str, String), Vec<&'a Operation>>;

pub(crate) fn by_shape(document: &Document) -> ByShape<'_> {
    let mut found = ByShape::new();
    for operation in &document.operations {
        found.entry((operation.method.as_str(), shape(&operation.path))).or_default().push(operation);
    }
    found
}

/// The operation in `among` with the same method and path, or else with a path that differs only in the names of its parameters.
pub(crate) fn counterpart<'a>(operation: &Operation, among: &ByShape<'a>) -> Option<&'a Operation> {
    let candidates = among.get(&(operation.method.as_str(), shape(&operation.path)))?;
    candidates.iter().find(|other| other.path == operation.path).or(candidates.first()).copied()
}

/// A path without the names of its parameters: `/pets/{}`.
pub(crate) fn shape(path: &str) -> String {
    pieces(path)
        .map(|(text, parameter)| if parameter.is_some() { format!("{text}{{}}") } else { text.to_owned() })
        .collect()
}

/// The names of a path's parameters, in order.
pub(crate) fn path_parameters(path: &str) -> Vec<&str> {
    pieces(path).filter_map(|(_, name)| name).collect()
}

/// The pieces of a path template: text, and the name of the parameter after it.
fn pieces(path: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    path.split_inclusive('}').map(|piece| match piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) {
        Some((text, name)) => (text, Some(name)),
        None => (piece, None),
    })
}

/// The method and path of an operation, such as `GET /pets`.
pub(crate) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}
