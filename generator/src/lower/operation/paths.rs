//! Lowers the paths of operations without `x-overload`. Also makes the schema locations of arguments relative to the operation,
//! so that `#/paths/~1a/get/parameters/0/schema` becomes `/parameters/0/schema`.

use crate::ir::{Argument, ArgumentLocation, Path, PathValue};
use crate::resolve::document::Operation;

/// Returns the path of an operation without `x-overload`. Each `{name}` in `template` refers to one of `arguments`.
pub(super) fn template_path(template: &str, arguments: &[Argument]) -> Path {
    let path_value = |name: &str| {
        arguments.iter().enumerate().find_map(|(index, argument)| match &argument.location {
            ArgumentLocation::Path { odata_literal, .. } if argument.wire == name => {
                Some(PathValue { argument: index, odata_literal: *odata_literal })
            }
            _ => None,
        })
    };
    Path::Template { template: template.to_owned(), values: template_names(template).filter_map(path_value).collect() }
}

/// Returns the names in the braces of a template, in order: `a` and `b` for `/x/{a}/{b}`.
fn template_names(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// Makes the schema location of each argument relative to the operation if the schema is inside the operation. For example,
/// `#/paths/~1a/get/parameters/0/schema` becomes `/parameters/0/schema`.
pub(super) fn relative_to_operation(operation: &Operation, mut arguments: Vec<Argument>) -> Vec<Argument> {
    let operation = format!("#{}", operation.pointer);
    for value in arguments.iter_mut().filter_map(|argument| argument.location.value_mut()) {
        let inside = value.schema_location.as_deref().and_then(|location| location.strip_prefix(&operation));
        if let Some(inside) = inside.filter(|inside| inside.starts_with('/')) {
            value.schema_location = Some(inside.to_owned());
        }
    }
    arguments
}
