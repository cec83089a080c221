//! Decides the types of the names of members in a map: the enums and newtypes of strings that `propertyNames` becomes.

use crate::ir::{Type, TypeId};
use crate::lower::analysis::predicates::{has_name_patterns, has_only_all_of, is_secret};
use crate::lower::naming::context::NamingContext;
use crate::lower::schema::shape::Shape;
use crate::lower::state::Lowering;
use crate::resolve::document::{Schema, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Returns the schema of the names of members if the schema becomes a map whose keys have a type of their own. The keys
    /// then express `propertyNames` completely.
    ///
    /// An inline schema that limits only the length of the names does not count. A key that every string fits needs no type.
    pub(super) fn key_names(&self, schema: &'d Schema) -> Option<&'d SchemaRef> {
        let names = schema.keywords_2020.as_ref()?.property_names.as_ref()?;
        let is_map = schema.kind == Some(SchemaType::Object)
            && schema.enum_values.is_none()
            && !has_name_patterns(schema)
            && matches!(self.shape(schema), Shape::Other);
        let has_type = match names {
            SchemaRef::Component { .. } => true,
            SchemaRef::Inline(names) => is_wrapper(names) || names.pattern.is_some() || names.enum_values.is_some(),
        };
        (is_map && has_type && self.is_name(self.resolved(names), &mut 0)).then_some(names)
    }

    /// Returns the type of the names of members.
    pub(super) fn type_of_names(&mut self, names: &'d SchemaRef, context: &NamingContext) -> Option<TypeId> {
        match names {
            SchemaRef::Component { name, .. } => self.components.get(name.as_str()).copied(),
            SchemaRef::Inline(names) if is_wrapper(names) => self.type_of_names(&names.all_of[0], context),
            SchemaRef::Inline(names) => Some(self.inline_type(names, &context.part("key"))),
        }
    }

    /// Returns whether the type of the schema is an enum of strings, or a newtype of such an enum or of `String`. `depth` is the
    /// number of components that only wrap the schema.
    fn is_name(&self, schema: &'d Schema, depth: &mut usize) -> bool {
        *depth += 1;
        if *depth > MAX_WRAPPERS || is_secret(schema) {
            return false;
        }
        if is_wrapper(schema) {
            return !schema.nullable && self.is_name(self.resolved(&schema.all_of[0]), depth);
        }
        match self.shape(schema) {
            Shape::StringEnum(_) => true,
            Shape::Other => {
                schema.kind == Some(SchemaType::String) && !schema.nullable && self.string_type(schema) == Type::String
            }
            _ => false,
        }
    }
}

/// The largest number of components that wrap the schema of names.
const MAX_WRAPPERS: usize = 20;

/// Returns whether a schema only wraps another schema, usually to add a description to a reference.
fn is_wrapper(schema: &Schema) -> bool {
    has_only_all_of(schema) && schema.all_of.len() == 1
}
