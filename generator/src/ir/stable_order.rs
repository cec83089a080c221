//! Orders that do not depend on the order of the document, so that moving things in it changes no call and no decoded value.
//!
//! If two arguments of one type traded places, every call would silently pass the wrong values. If two variants of a union did, a
//! value that matches both would decode as the other one.

use std::cmp::Reverse;

use crate::ir::api::Api;
use crate::ir::arguments::{Argument, ArgumentLocation};
use crate::ir::operations::Operation;
use crate::ir::paths::Path;
use crate::ir::structs::{Field, Presence, Struct};
use crate::ir::types::TypeKind;
use crate::ir::unions::{Union, UnionVariant};
use crate::ir::values::{Type, Value};

impl Struct {
    /// The fields that the constructor takes: the required ones, by name.
    pub fn constructor_fields(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().filter(|field| field.presence == Presence::Required).collect();
        fields.sort_by_key(|field| &field.name);
        fields
    }
}

impl Operation {
    /// The arguments that the client's method takes, with their indices: the required ones, first those of the path in the order of
    /// the path, then the others by location and name, and the body last.
    pub fn method_arguments(&self) -> Vec<(usize, &Argument)> {
        let in_path: Vec<usize> = match &self.path {
            Path::Template { values, .. } => values.iter().map(|value| value.argument).collect(),
            Path::Overloaded { arguments, .. } => arguments.clone(),
        };
        let position = |index: usize| in_path.iter().position(|filled| *filled == index).unwrap_or(in_path.len());
        let mut arguments: Vec<(usize, &Argument)> =
            self.arguments.iter().enumerate().filter(|(_, argument)| argument.required).collect();
        arguments.sort_by_key(|(index, argument)| {
            (location_rank(&argument.location), position(*index), argument.name.as_str())
        });
        arguments
    }
}

fn location_rank(location: &ArgumentLocation) -> usize {
    match location {
        ArgumentLocation::Path { .. } | ArgumentLocation::Key(_) => 0,
        ArgumentLocation::Query { .. } => 1,
        ArgumentLocation::Header { .. } => 2,
        ArgumentLocation::Cookie { .. } => 3,
        ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => 4,
    }
}

impl Api {
    /// The indices of the variants of a union in the order in which decoding tries them. If several match, the most restrictive one
    /// wins: the one with the most required members, then the most members, then the most rules, then the first by name.
    pub fn trial_order(&self, union: &Union) -> Vec<usize> {
        let mut order: Vec<usize> = (0..union.variants.len()).collect();
        order.sort_by_cached_key(|index| {
            let UnionVariant { name, value, .. } = &union.variants[*index];
            // The base schema of a discriminator accepts the values of all subtypes, so it is tried last.
            let is_base = value.schema_location.as_deref() == Some("");
            (is_base, Reverse(self.restrictiveness(value)), name.clone())
        });
        order
    }

    /// How restrictive a type is: the number of its required members, of its members, and of its other rules.
    fn restrictiveness(&self, value: &Value) -> [usize; 3] {
        let rules = value.rules.len();
        match &value.kind {
            Type::Named { id, .. } => match &self.types[id.0].kind {
                TypeKind::Struct(structure) => struct_restrictiveness(structure),
                TypeKind::Multipart(multipart) => struct_restrictiveness(&multipart.structure),
                // It lists every value.
                TypeKind::StringEnum(_) => [0, 0, usize::MAX],
                TypeKind::Newtype(inner) => [0, 0, 1 + inner.rules.len() + usize::from(inner.kind != Type::Any)],
                TypeKind::Union(_) => [0, 0, 1],
            },
            Type::Any => [0, 0, rules],
            // Every integer is a number too, so integers are more restrictive than numbers.
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => [0, 0, 2 + rules],
            Type::List(inner) | Type::Map(inner) => [0, 0, 1 + rules + inner.rules.len()],
            _ => [0, 0, 1 + rules],
        }
    }
}

fn struct_restrictiveness(structure: &Struct) -> [usize; 3] {
    let required = structure.fields.iter().filter(|field| field.presence == Presence::Required).count();
    [required, structure.fields.len(), structure.rules.len() + structure.count_rules.len()]
}
