//! Declares and defines the named types.

use std::collections::HashSet;

use crate::ir::{Direction, EnumVariant, RUNTIME_ITEMS, TypeDef, TypeId, TypeKind};
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::VARIANT_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::schema::shape::Shape;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

impl<'d> Lowering<'d> {
    /// Declares the type of every component schema, so that any schema can refer to it.
    pub(crate) fn declare_components(&mut self) {
        let document = self.document;
        let names: Vec<&str> = document.schemas.keys().map(String::as_str).collect();
        for (name, type_name) in names.iter().zip(self.take_component_names(&names)) {
            let id = self.declare_type(type_name);
            self.components.insert(name, id);
        }
    }

    /// Returns the type names of component schemas. A name that the emitted code itself uses gets a suffix: the type of the
    /// schema `Option` is `OptionSchema`.
    fn take_component_names(&mut self, names: &[&str]) -> Vec<String> {
        self.type_names.take_all(names, identifiers::component, |name| identifiers::component(name) + "Schema")
    }

    /// Lowers every component schema, in document order.
    pub(crate) fn lower_components(&mut self) {
        let document = self.document;
        for (name, schema) in &document.schemas {
            let id = self.components[name.as_str()];
            self.define_type(id, schema, true);
            let documented = self.document_name(name, schema);
            if let Some(definition) = &mut self.types[id.0]
                && (definition.docs.is_empty() || !is_called(&documented, &definition.name))
            {
                docs::paragraph(&mut definition.docs, [format!("The schema {}.", docs::code(&documented))]);
            }
            if let Some(definition) = &mut self.types[id.0]
                && RUNTIME_ITEMS.iter().chain(&["Builder", "Client"]).any(|item| *item == definition.name)
            {
                let name = &definition.name;
                let sentence =
                    format!("Use it as `types::{name}`: `{name}` at the root of the API is part of the client.");
                docs::paragraph(&mut definition.docs, [sentence]);
            }
        }
    }

    /// Returns the name of a component schema in the document. If the component got its name from copperplate, returns its location.
    fn document_name(&self, name: &str, schema: &Schema) -> String {
        let location = self.schema_location(schema);
        let own = Pointer::root().join("components").join("schemas").join(name);
        if location == format!("#{own}") { name.to_owned() } else { location }
    }

    /// Lowers the definition of a declared type. If this reports an error, the type stays without a definition.
    pub(crate) fn define_type(&mut self, id: TypeId, schema: &'d Schema, is_component: bool) {
        self.type_order.push(id);
        let mark = self.findings.mark();
        let context = NamingContext::inside(id, &schema.pointer);
        let kind = match self.shape(schema) {
            Shape::Struct => self.lower_struct(schema, &context).map(TypeKind::Struct),
            Shape::StringEnum(values) => Some(TypeKind::StringEnum(labelled_variants(&values, schema))),
            Shape::Union => self.lower_union(schema, &context).map(TypeKind::Union),
            Shape::Other => {
                let value = if is_component { self.lower_plain(schema, &context) } else { None };
                value.map(|mut value| {
                    value.nullable = false;
                    // The type definition stores the schema location, so the value does not repeat it.
                    value.schema_location = None;
                    TypeKind::Newtype(value)
                })
            }
        };
        let kind = kind.filter(|_| !self.findings.has_errors_since(mark));
        let schema_location = is_component.then(|| self.schema_location(schema));
        self.types[id.0] = kind.map(|kind| TypeDef {
            name: self.declared_names[id.0].clone(),
            pointer: schema.pointer.clone(),
            docs: docs::schema(schema),
            direction: Direction::default(),
            kind,
            schema_location,
        });
    }
}

/// Returns whether `documented`, the name or location of a schema in the document, contains the name of its type.
fn is_called(documented: &str, name: &str) -> bool {
    documented.rsplit('/').next() == Some(name)
}

/// The largest number of characters of a title that names a variant. A longer title is a description.
const MAX_TITLE: usize = 40;

/// Returns the variants of an enum of strings, without duplicates.
pub(crate) fn enum_variants(values: &[String]) -> Vec<EnumVariant> {
    labelled_variants(values, &Schema::default())
}

/// Returns the variants of an enum of strings, without duplicates. If the schema has a title for a value, the variant has this name.
fn labelled_variants(values: &[String], schema: &Schema) -> Vec<EnumVariant> {
    let mut scope = Scope::with(VARIANT_NAMES);
    let mut seen = HashSet::new();
    let distinct: Vec<&str> = values.iter().map(String::as_str).filter(|value| seen.insert(*value)).collect();
    let label = |value: &str| schema.keywords_2020.as_ref()?.labels.get(value);
    let title = |value: &str| label(value)?.title.as_deref().filter(|title| title.chars().count() <= MAX_TITLE);
    let texts: Vec<&str> = distinct.iter().map(|value| title(value).unwrap_or(value)).collect();
    let named = distinct.iter().zip(scope.take_all(&texts, identifiers::variant, identifiers::detailed_variant));
    let variants = named.map(|(wire, name)| {
        let mut docs = label(wire).and_then(|label| label.description.as_deref()).map(docs::prose).unwrap_or_default();
        docs::paragraph(&mut docs, [docs::code(wire)]);
        EnumVariant { name, docs, wire: (*wire).to_owned() }
    });
    variants.collect()
}
