//! Sorts arguments, fields and variants independently of their order in the document. Moving a parameter or schema within the
//! document therefore does not change the meaning of existing code.
//!
//! Without a stable order of arguments, two arguments of the same type could be swapped. Every call would then silently pass the
//! wrong values. Without a stable order of a union's variants, a value that matches two variants could be decoded as a different
//! variant than before.

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
    /// Returns the fields that the constructor takes: the required fields, sorted by name.
    pub fn constructor_fields(&self) -> Vec<&Field> {
        let mut fields: Vec<&Field> = self.fields.iter().filter(|field| field.presence == Presence::Required).collect();
        fields.sort_by_key(|field| &field.name);
        fields
    }
}

impl Operation {
    /// Returns the required arguments in the order in which the client's method takes them, each with its index in `arguments`.
    /// Path parameters come first, in the order of the path. Other parameters follow, sorted by location and name. The body is
    /// last.
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
        ArgumentLocation::Query { .. } | ArgumentLocation::WholeQuery { .. } => 1,
        ArgumentLocation::Header { .. } => 2,
        ArgumentLocation::Cookie { .. } => 3,
        ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => 4,
    }
}

impl Api {
    /// Returns the indices of a union's variants in the order in which the decoder tries the variants. The variants are sorted by
    /// the number of required members, then by the number of all members, then by the number of validation rules. The largest
    /// number comes first. Variants with equal numbers are sorted by name. If a value matches several variants, it is therefore
    /// decoded as the most restrictive one.
    pub fn trial_order(&self, union: &Union) -> Vec<usize> {
        let mut order: Vec<usize> = (0..union.variants.len()).collect();
        order.sort_by_cached_key(|index| {
            let UnionVariant { name, value, .. } = &union.variants[*index];
            // A schema with a discriminator becomes a union of its subtypes, with one more variant for values of unknown
            // subtypes. This variant accepts the values of all subtypes too, so it is tried last.
            let is_base = value.schema_location.as_deref() == Some("");
            (is_base, Reverse(self.restrictiveness(value)), name.clone())
        });
        order
    }

    /// Returns how restrictive a type is: the number of its required members, the number of all its members, and the number of
    /// its validation rules.
    fn restrictiveness(&self, value: &Value) -> [usize; 3] {
        let rules = value.rules.len();
        match &value.kind {
            Type::Named { id, .. } => match &self.types[id.0].kind {
                TypeKind::Struct(structure) => struct_restrictiveness(structure),
                TypeKind::Multipart(multipart) => struct_restrictiveness(&multipart.structure),
                // A string enum lists every value, so it counts as more restrictive than any number of rules.
                TypeKind::StringEnum(_) => [0, 0, usize::MAX],
                TypeKind::Newtype(inner) => [0, 0, 1 + inner.rules.len() + usize::from(inner.kind != Type::Any)],
                TypeKind::Tuple(items) => [0, 0, 2 + items.len()],
                TypeKind::Union(_) => [0, 0, 1],
            },
            Type::Any => [0, 0, rules],
            // Every integer is a number, so an integer type is more restrictive than a number type.
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => [0, 0, 2 + rules],
            Type::List(inner) => [0, 0, 1 + rules + inner.rules.len()],
            Type::Map { key, members } => [0, 0, 1 + usize::from(key.is_some()) + rules + members.rules.len()],
            _ => [0, 0, 1 + rules],
        }
    }
}

fn struct_restrictiveness(structure: &Struct) -> [usize; 3] {
    let required = structure.fields.iter().filter(|field| field.presence == Presence::Required).count();
    [required, structure.fields.len(), structure.rules.len() + structure.count_rules.len()]
}
