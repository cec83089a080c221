//! What stands where, and comes before what, must not follow from the order of the document. Two arguments of one type that change
//! places would change places in every call without a word of the compiler, and a value that fits two alternatives would be the other
//! one.

use std::cmp::Reverse;

use crate::ir::{
    Alternative, Api, Argument, Field, Operation, Path, Place, Presence, Struct, Type, TypeKind, Union, Value,
};

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

impl Api {
    /// The indices of the alternatives in the order in which the reader tries them. Of those that a value fits alike it takes the one
    /// that asks for more: first that with more required members, then with more members, then with more rules, then by name.
    pub fn trial_order(&self, union: &Union) -> Vec<usize> {
        let mut order: Vec<usize> = (0..union.alternatives.len()).collect();
        order.sort_by_cached_key(|index| {
            let Alternative { name, value, .. } = &union.alternatives[*index];
            // What takes the rest, as the union's own schema does, is the last.
            let is_rest = value.schema.as_deref() == Some("");
            (is_rest, Reverse(self.asked(value)), name.clone())
        });
        order
    }

    /// How much a value has to be: its required members, its members, and how many rules there are for the rest.
    fn asked(&self, value: &Value) -> [usize; 3] {
        let rules = value.rules.len();
        match &value.kind {
            Type::Named { id, .. } => match &self.types[id.0].kind {
                TypeKind::Struct(structure) => asked_of(structure),
                TypeKind::Parts(parts) => asked_of(&parts.structure),
                // It says what each value is.
                TypeKind::StringEnum(_) => [0, 0, usize::MAX],
                TypeKind::Newtype(inner) => [0, 0, 1 + inner.rules.len() + usize::from(inner.kind != Type::Any)],
                TypeKind::Union(_) => [0, 0, 1],
            },
            Type::Any => [0, 0, rules],
            // An integer is a number too.
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => [0, 0, 2 + rules],
            Type::List(inner) | Type::Map(inner) => [0, 0, 1 + rules + inner.rules.len()],
            _ => [0, 0, 1 + rules],
        }
    }
}

fn asked_of(structure: &Struct) -> [usize; 3] {
    let required = structure.fields.iter().filter(|field| field.presence == Presence::Required).count();
    [required, structure.fields.len(), structure.rules.len() + structure.counts.len()]
}
