//! What a schema holds: the schemas that stand directly in it, and those that it is made of.

use std::collections::HashSet;

use crate::resolve::document::{Additional, Document, Schema, SchemaRef};

impl Document {
    /// The schemas of `waiting`, and all that these are made of, each component once; `made_of` says what that is.
    pub(crate) fn parts<'d, M: Iterator<Item = &'d SchemaRef>>(
        &'d self,
        mut waiting: Vec<&'d SchemaRef>,
        made_of: impl Fn(&'d Schema) -> M,
    ) -> Vec<&'d Schema> {
        let (mut parts, mut passed) = (Vec::new(), HashSet::new());
        while let Some(schema) = waiting.pop() {
            let schema: Option<&Schema> = match schema {
                SchemaRef::Inline(schema) => Some(schema),
                SchemaRef::Component { name, .. } => self.schemas.get(name).filter(|_| passed.insert(name)),
            };
            let Some(schema) = schema else { continue };
            waiting.extend(made_of(schema));
            parts.push(schema);
        }
        parts
    }
}

impl Schema {
    /// The schemas that judge the same value: `allOf`, `oneOf`, `anyOf` and `not`, in this order.
    pub fn in_place(&self) -> impl Iterator<Item = &SchemaRef> {
        self.all_of.iter().chain(&self.one_of).chain(&self.any_of).chain(&self.not)
    }

    /// As [`Schema::in_place`], to be changed.
    pub fn in_place_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not)
    }

    /// All schemas that stand directly in this one.
    pub fn children(&self) -> impl Iterator<Item = &SchemaRef> {
        let additional = match &self.additional {
            Additional::Schema(schema) => Some(schema),
            Additional::Unsaid | Additional::Any | Additional::None => None,
        };
        self.properties.values().chain(additional).chain(&self.items).chain(self.in_place())
    }

    /// As [`Schema::children`], to be changed.
    pub fn children_mut(&mut self) -> impl Iterator<Item = &mut SchemaRef> {
        let additional = match &mut self.additional {
            Additional::Schema(schema) => Some(schema),
            Additional::Unsaid | Additional::Any | Additional::None => None,
        };
        let in_place = self.all_of.iter_mut().chain(&mut self.one_of).chain(&mut self.any_of).chain(&mut self.not);
        self.properties.values_mut().chain(additional).chain(&mut self.items).chain(in_place)
    }
}
