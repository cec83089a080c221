//! Finds the counterpart of an operation in the other of the two compared documents.

use std::collections::HashMap;

use crate::resolve::document::{Document, Operation};

/// The operations of a document, by HTTP method and path. In the path, parameters have no names: `/pets/{id}` becomes `/pets/{}`.
pub(crate) type ByShape<'a> = HashMap<(&'a str, String), Vec<&'a Operation>>;

pub(crate) fn by_shape(document: &Document) -> ByShape<'_> {
    let mut found = ByShape::new();
    for operation in &document.operations {
        found.entry((operation.method.as_str(), shape(&operation.path))).or_default().push(operation);
    }
    found
}

/// Returns the operation in `among` with the same HTTP method and path. If there is none, returns an operation whose path differs
/// only in the names of the path parameters.
pub(crate) fn counterpart<'a>(operation: &Operation, among: &ByShape<'a>) -> Option<&'a Operation> {
    let candidates = among.get(&(operation.method.as_str(), shape(&operation.path)))?;
    candidates.iter().find(|other| other.path == operation.path).or(candidates.first()).copied()
}

/// Returns a path without the names of its parameters: `/pets/{id}` becomes `/pets/{}`.
pub(crate) fn shape(path: &str) -> String {
    pieces(path)
        .map(|(text, parameter)| if parameter.is_some() { format!("{text}{{}}") } else { text.to_owned() })
        .collect()
}

/// Returns the names of the parameters in a path template, in order.
pub(crate) fn path_parameters(path: &str) -> Vec<&str> {
    pieces(path).filter_map(|(_, name)| name).collect()
}

/// Splits a path template after each parameter, into pairs of literal text and parameter name.
///
/// `/a/{b}/c` becomes `("/a/", Some("b"))` and `("/c", None)`.
fn pieces(path: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    path.split_inclusive('}').map(|piece| match piece.strip_suffix('}').and_then(|piece| piece.split_once('{')) {
        Some((text, name)) => (text, Some(name)),
        None => (piece, None),
    })
}

/// Returns the HTTP method and path of an operation, such as `GET /pets`.
pub(crate) fn label(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}
