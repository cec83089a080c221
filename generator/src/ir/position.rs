//! What callers write by position: which argument stands where must not follow from the order of the document, since two of one
//! type that change places would change places in every call without a word of the compiler.

use super::{Argument, Field, Operation, Path, Place, Presence, Struct};

impl Struct {
    /// The fields that `new` takes: what is required, by name.
    pub fn positional(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().filter(|field| field.presence == Presence::Required).collect();
        fields.sort_by_key(|field| &field.name);
        fields
    }
}

impl Operation {
    /// The arguments that the client's method takes, each with its index: what is required, first what fills the path in the order of
    /// the path, then the others by location and name, and the body.
    pub fn positional(&self) -> Vec<(usize, &Argument)> {
        let in_path: Vec<usize> = match &self.path {
            Path::Template { values, .. } => values.iter().map(|value| value.argument).collect(),
            Path::Forms { arguments, .. } => arguments.clone(),
        };
        let position = |index: usize| in_path.iter().position(|filled| *filled == index).unwrap_or(in_path.len());
        let mut arguments: Vec<(usize, &Argument)> =
            self.arguments.iter().enumerate().filter(|(_, argument)| argument.required).collect();
        arguments
            .sort_by_key(|(index, argument)| (location(&argument.place), position(*index), argument.name.as_str()));
        arguments
    }
}

fn location(place: &Place) -> usize {
    match place {
        Place::Path { .. } | Place::Key(_) => 0,
        Place::Query { .. } => 1,
        Place::Header { .. } => 2,
        Place::Cookie { .. } => 3,
        Place::Body(_) | Place::Bodies { .. } => 4,
    }
}
