//! Declares and defines the named types.

use std::collections::HashSet;

use crate::ir::{Constant, Direction, Docs, EnumVariant, RUNTIME_ITEMS, TypeDef, TypeId, TypeKind, Value};
use crate::lower::analysis::predicates::{has_named_integers, tuple_items};
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::VARIANT_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::schema::shape::Shape;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, ValueLabel};

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
            Shape::Tuple => self.lower_tuple(schema, &context).map(TypeKind::Tuple),
            Shape::Union => self.lower_union(schema, &context).map(TypeKind::Union),
            Shape::NamedIntegers | Shape::Other => self.lower_plain(schema, &context).map(newtype),
        };
        let kind = kind.filter(|_| !self.findings.has_errors_since(mark));
        let schema_location = is_component.then(|| self.schema_location(schema));
        self.types[id.0] = kind.map(|kind| TypeDef {
            name: self.declared_names[id.0].clone(),
            pointer: schema.pointer.clone(),
            docs: docs::schema(schema),
            direction: Direction::default(),
            kind,
            constants: integer_constants(schema),
            schema_location,
            contains_secret: false,
        });
    }
}

impl<'d> Lowering<'d> {
    /// Lowers the items of an array of a fixed length, which has a schema for each position.
    fn lower_tuple(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Vec<Value>> {
        let items = tuple_items(schema)?.iter().enumerate();
        let items = items.map(|(index, item)| {
            let value = self.lower_part(item, &context.part(&format!("item {}", index + 1)), schema, "")?;
            Some(value)
        });
        items.collect()
    }
}

/// Returns a newtype. The type definition stores the schema location, so the value does not repeat it.
fn newtype(value: Value) -> TypeKind {
    TypeKind::Newtype(Value { nullable: false, schema_location: None, ..value })
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
    let texts: Vec<&str> = distinct.iter().map(|value| label(value).and_then(short_title).unwrap_or(value)).collect();
    let named = distinct.iter().zip(scope.take_all(&texts, identifiers::variant, identifiers::detailed_variant));
    let variants =
        named.map(|(wire, name)| EnumVariant { name, docs: value_docs(wire, label(wire)), wire: (*wire).to_owned() });
    variants.collect()
}

/// Returns the constants of a newtype of integers, whose values have titles. A value without a title is called by its digits.
fn integer_constants(schema: &Schema) -> Vec<Constant> {
    let labels = match &schema.keywords_2020 {
        Some(keywords) if has_named_integers(schema) => &keywords.labels,
        _ => return Vec::new(),
    };
    let texts = labels.iter().map(|(wire, label)| match short_title(label) {
        Some(title) => title.to_owned(),
        None => format!("value {}", wire.replace('-', "minus ")),
    });
    let texts: Vec<String> = texts.collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let detailed = |text: &str| identifiers::shouty(&identifiers::detailed_variant(text));
    let names = Scope::default().take_all(&texts, identifiers::shouty, detailed);
    let named = labels.iter().zip(names);
    named
        .map(|((wire, label), name)| Constant { name, docs: value_docs(wire, Some(label)), wire: wire.clone() })
        .collect()
}

/// Returns the title of a value, if it is short enough for a name.
fn short_title(label: &ValueLabel) -> Option<&str> {
    label.title.as_deref().filter(|title| title.chars().count() <= MAX_TITLE)
}

/// Returns the documentation of a value of an enumeration.
fn value_docs(wire: &str, label: Option<&ValueLabel>) -> Docs {
    let mut docs = label.and_then(|label| label.description.as_deref()).map(docs::prose).unwrap_or_default();
    docs::paragraph(&mut docs, [docs::code(wire)]);
    docs::paragraph(&mut docs, docs::deprecated(label.is_some_and(|label| label.deprecated)));
    docs
}
