//! Lowers keywords that no Rust type expresses, such as `not`. Each schema with such keywords gets a schema table. The runtime
//! validates serialized values against this table.

use std::collections::HashMap;

use crate::ir::{self, Bound, Field, JsonType, Keyword, ObjectRule, SchemaTable, SchemaTableId, Type, UnionKeyword};
use crate::lower::analysis::bounds;
use crate::lower::analysis::formats::string_format;
use crate::lower::analysis::numbers::{self, Side};
use crate::lower::analysis::predicates::{
    has_name_patterns, has_only_all_of, has_prefix_items, has_validation_keywords, is_secret,
    requires_described_members, requires_undescribed_members,
};
use crate::lower::docs;
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;
use crate::lower::schema::table_key::{TableExtent, TableKey};
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema, SchemaRef, SchemaType};

/// The keywords whose value is an array. In a JSON pointer, the token after such a keyword is an index.
const ARRAYS: &[&str] = &["allOf", "anyOf", "oneOf", "parameters", "prefixItems"];

impl<'d> Lowering<'d> {
    /// Returns whether the schema has keywords that its Rust type cannot express.
    pub(crate) fn needs_table(&self, schema: &Schema) -> bool {
        self.needs_struct_for_table(schema) || schema.has_constraints_2020()
    }

    fn needs_table_besides_names(&self, schema: &Schema) -> bool {
        let constrain = |keywords: &Keywords2020| keywords.constrain_names_only();
        !schema.keywords_2020.as_deref().is_some_and(constrain) || self.needs_struct_for_table(schema)
    }

    /// Returns whether the schema has keywords that its Rust type cannot express, and that turn an object into a struct.
    pub(crate) fn needs_struct_for_table(&self, schema: &Schema) -> bool {
        schema.not.is_some() || !schema.all_of.is_empty() || requires_undescribed_members(schema)
    }

    /// Returns the table of the keywords that values of the Rust type `kind` can violate; `None` if no table is needed.
    pub(crate) fn table_for_type(&mut self, schema: &'d Schema, kind: &Type) -> Option<SchemaTableId> {
        match kind {
            // In a schema without `type`, a keyword such as `minLength` applies only to the values of one JSON type. Only a
            // schema table can check such a keyword.
            Type::Any if constrains_any_value(schema) || self.needs_table(schema) => Some(self.complete_table(schema)),
            // The keys of the map express the only keyword.
            Type::Map { key: Some(_), .. } if !self.needs_table_besides_names(schema) => None,
            _ if self.needs_table(schema) => Some(self.remaining_table(schema)),
            _ => None,
        }
    }

    /// Returns the rules that apply to an object as a whole, not to a single member.
    pub(crate) fn object_rules(&mut self, schema: &'d Schema, fields: &[Field]) -> Vec<ObjectRule> {
        let mut rules = Vec::new();
        if requires_described_members(schema) {
            let (keyword, alternatives) = match schema.one_of.is_empty() {
                true => (UnionKeyword::AnyOf, &schema.any_of),
                false => (UnionKeyword::OneOf, &schema.one_of),
            };
            let required = |alternative: &'d SchemaRef| self.resolved(alternative).required.iter();
            let positions: HashMap<&str, usize> =
                fields.iter().enumerate().map(|(index, field)| (field.wire.as_str(), index)).collect();
            let position = |name: &String| positions.get(name.as_str()).copied();
            let indices = alternatives.iter().map(|alternative| required(alternative).filter_map(position).collect());
            rules.push(ObjectRule::RequiredFields(keyword, indices.collect()));
        }
        if self.needs_table(schema) {
            rules.push(ObjectRule::SchemaTable(self.remaining_table(schema)));
        }
        rules
    }

    /// Returns the table of the keywords that the schema's Rust type does not express.
    fn remaining_table(&mut self, schema: &'d Schema) -> SchemaTableId {
        let (id, is_new) = self.declare_table(schema, TableExtent::Remaining);
        if !is_new {
            return id;
        }
        let mut keywords = Vec::new();
        if schema.kind == Some(SchemaType::String) {
            // A string schema with a table does not become an enum, so the table must contain the values of `enum`.
            keywords.extend(enum_keyword(schema));
        }
        if !schema.all_of.is_empty() {
            keywords.push(Keyword::AllOf(self.tables(&schema.all_of)));
        }
        if requires_undescribed_members(schema) {
            self.add_alternatives(schema, &mut keywords);
        }
        keywords.extend(schema.not.as_ref().map(|not| Keyword::Not(self.table(not))));
        self.add_keywords_2020(schema, TableExtent::Remaining, &mut keywords);
        self.schema_tables[id.0].keywords = keywords;
        id
    }

    /// Returns the table of all keywords of a schema, without a schema location.
    pub(super) fn complete_table(&mut self, schema: &'d Schema) -> SchemaTableId {
        let is_open =
            has_only_all_of(schema) && schema.all_of.is_empty() && schema.kind.is_none() && !is_secret(schema);
        if is_open && self.document.openapi_version.has_json_schema() {
            return self.empty_table(schema);
        }
        let (id, is_new) = self.declare_table(schema, TableExtent::Complete);
        if is_new {
            self.fill_table(id, schema);
        }
        id
    }

    pub(super) fn tables(&mut self, schemas: &'d [SchemaRef]) -> Vec<SchemaTableId> {
        schemas.iter().map(|schema| self.table(schema)).collect()
    }

    /// Returns the table of all keywords of a schema. All references to a component share one table.
    pub(super) fn table(&mut self, schema: &'d SchemaRef) -> SchemaTableId {
        match schema {
            SchemaRef::Inline(schema) => self.complete_table(schema),
            SchemaRef::Component { name, .. } => match self.component_tables.get(name.as_str()) {
                Some(known) => *known,
                None => {
                    let schema = self.resolved(schema);
                    let (id, _) = self.declare_table(schema, TableExtent::Component);
                    self.component_tables.insert(name, id);
                    self.fill_table(id, schema);
                    let location = Keyword::Component(self.schema_location(schema));
                    self.schema_tables[id.0].keywords.insert(0, location);
                    id
                }
            },
        }
    }

    /// Declares the table of a schema. Equal schemas share a table. Each of these schemas proposes a name for the table, and the
    /// shortest name is taken. Returns the id of the table, and whether the table is new. A new table has no keywords yet.
    fn declare_table(&mut self, schema: &'d Schema, extent: TableExtent) -> (SchemaTableId, bool) {
        let (next, proposal) = (SchemaTableId(self.schema_tables.len()), constant_name(&schema.pointer));
        let proposal = if extent == TableExtent::Empty { "ANYTHING".to_owned() } else { proposal };
        let id = *self.tables_by_key.entry(TableKey::new(schema, extent, &self.fingerprints)).or_insert(next);
        if id == next {
            let docs = vec![format!("The schema at {}.", docs::code(schema.pointer.as_str()))];
            self.schema_tables.push(SchemaTable { constant: proposal, docs, keywords: Vec::new() });
            self.table_sources.push((extent, schema));
            return (id, true);
        }
        let current = &mut self.schema_tables[id.0].constant;
        if (proposal.len(), &proposal) < (current.len(), current) {
            *current = proposal;
        }
        (id, false)
    }

    /// Names the constants of the tables. Requires that all schemas and operations are lowered. If several tables have the same
    /// proposed name, the table whose [`TableExtent`] comes first gets the name. Among tables with the same extent, the
    /// canonical forms of their schemas decide.
    pub(crate) fn name_tables(&mut self) {
        let mut scope = Scope::default();
        let mut order: Vec<usize> = (0..self.schema_tables.len()).collect();
        let name = |index: usize| (&self.schema_tables[index].constant, self.table_sources[index].0);
        order.sort_by(|one, other| name(*one).cmp(&name(*other)));
        for equal in order.chunk_by_mut(|one, other| name(*one) == name(*other)).filter(|equal| equal.len() > 1) {
            equal.sort_by_cached_key(|index| {
                let (_, schema) = self.table_sources[*index];
                (self.fingerprints.canonical_form(schema), schema.pointer.as_str())
            });
        }
        for index in order {
            let proposal = std::mem::take(&mut self.schema_tables[index].constant);
            self.schema_tables[index].constant = scope.take(proposal);
        }
    }

    fn fill_table(&mut self, id: SchemaTableId, schema: &'d Schema) {
        let mut keywords = Vec::new();
        if is_secret(schema) {
            keywords.push(Keyword::Secret);
        }
        keywords.extend(schema.kind.map(|kind| Keyword::Type(json_type(kind), schema.nullable)));
        keywords.extend(enum_keyword(schema));
        self.add_scalar_keywords(schema, &mut keywords);
        keywords.extend(schema.min_items.map(Keyword::MinItems));
        keywords.extend(schema.max_items.map(Keyword::MaxItems));
        keywords.extend(schema.unique_items.then_some(Keyword::UniqueItems));
        if !has_prefix_items(schema) {
            keywords.extend(schema.items.as_ref().map(|items| Keyword::Items(self.table(items))));
        }
        self.add_object_keywords(schema, &mut keywords);
        if !schema.all_of.is_empty() {
            keywords.push(Keyword::AllOf(self.tables(&schema.all_of)));
        }
        self.add_alternatives(schema, &mut keywords);
        keywords.extend(schema.not.as_ref().map(|not| Keyword::Not(self.table(not))));
        self.add_keywords_2020(schema, TableExtent::Complete, &mut keywords);
        self.schema_tables[id.0].keywords = keywords;
    }

    fn add_alternatives(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        if !schema.one_of.is_empty() {
            keywords.push(Keyword::OneOf(self.tables(&schema.one_of)));
        }
        if !schema.any_of.is_empty() {
            keywords.push(Keyword::AnyOf(self.tables(&schema.any_of)));
        }
    }

    fn add_scalar_keywords(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        keywords.extend(schema.min_length.map(Keyword::MinLength));
        keywords.extend(schema.max_length.map(Keyword::MaxLength));
        keywords.extend(schema.pattern.as_deref().map(|pattern| Keyword::Pattern(self.pattern_id(pattern))));
        let bound = |(limit, exclusive)| Bound { limit, exclusive };
        let (least, most) = bounds::effective_bounds(schema);
        let limit = |(number, exclusive), side| numbers::any_limit(&number, exclusive, side).map(bound);
        let minimum = least.and_then(|least| limit(least, Side::Lower));
        let maximum = most.and_then(|most| limit(most, Side::Upper));
        keywords.extend(self.multiple_of(schema).map(Keyword::MultipleOf));
        keywords.extend(schema.validated_format().and_then(string_format).map(Keyword::Format));
        keywords.extend(minimum.map(Keyword::Minimum));
        keywords.extend(maximum.map(Keyword::Maximum));
    }

    fn add_object_keywords(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        keywords.extend(schema.min_properties.map(Keyword::MinProperties));
        keywords.extend(schema.max_properties.map(Keyword::MaxProperties));
        let mut required: Vec<&String> = schema.required.iter().collect();
        required.sort_unstable();
        for name in required {
            let property = schema.properties.get(name).map(|property| self.resolved(property));
            keywords.push(match property.map(|property| (property.read_only, property.write_only)) {
                Some((true, _)) => Keyword::RequiredInResponse(name.clone()),
                Some((false, true)) => Keyword::RequiredInRequest(name.clone()),
                _ => Keyword::Required(name.clone()),
            });
        }
        let additional = match has_name_patterns(schema) {
            // Another keyword checks the members that match neither a name nor a pattern.
            true => ir::AdditionalProperties::Any,
            false => self.additional_properties(schema),
        };
        if schema.properties.is_empty() && additional == ir::AdditionalProperties::Any {
            return;
        }
        let properties = schema.properties.iter();
        let properties = properties.map(|(name, schema)| (name.clone(), self.table(schema))).collect();
        keywords.push(Keyword::Properties(properties, additional));
    }
}

impl<'d> Lowering<'d> {
    /// Returns a table without keywords. All schemas share it; `schema` is the first of them.
    fn empty_table(&mut self, schema: &'d Schema) -> SchemaTableId {
        self.declare_table(schema, TableExtent::Empty).0
    }

    /// Lowers `additionalProperties` of a schema table.
    pub(super) fn additional_properties(&mut self, schema: &'d Schema) -> ir::AdditionalProperties {
        match &schema.additional_properties {
            // An explicit `true` evaluates all members.
            AdditionalProperties::Any if self.document.has_unevaluated => {
                ir::AdditionalProperties::Schema(self.empty_table(schema))
            }
            AdditionalProperties::Absent | AdditionalProperties::Any => ir::AdditionalProperties::Any,
            AdditionalProperties::Forbidden => ir::AdditionalProperties::None,
            AdditionalProperties::Schema(schema) => ir::AdditionalProperties::Schema(self.table(schema)),
        }
    }
}

/// Returns a name for the constant of a schema table: the last two tokens of the schema's JSON pointer. Array indices do not
/// count as tokens.
fn constant_name(pointer: &Pointer) -> String {
    let tokens: Vec<&str> = pointer.as_str().split('/').skip(1).collect();
    let is_index = |index: usize| {
        index > 0 && ARRAYS.contains(&tokens[index - 1]) && tokens[index].chars().all(|letter| letter.is_ascii_digit())
    };
    let words: Vec<&str> = (0..tokens.len()).filter(|index| !is_index(*index)).map(|index| tokens[index]).collect();
    identifiers::shouty(&words[words.len().saturating_sub(2)..].join(" "))
}

fn enum_keyword(schema: &Schema) -> Option<Keyword> {
    Some(Keyword::Enum(schema.enum_values.as_ref()?.iter().map(ToString::to_string).collect()))
}

/// Returns whether the schema has a keyword that constrains values of one JSON type only, as `minLength` constrains strings.
fn constrains_any_value(schema: &Schema) -> bool {
    has_validation_keywords(schema)
        || schema.multiple_of.is_some()
        || schema.unique_items
        || schema.validated_format().is_some_and(|name| string_format(name).is_some())
        || matches!(schema.additional_properties, AdditionalProperties::Forbidden | AdditionalProperties::Schema(_))
}

fn json_type(kind: SchemaType) -> JsonType {
    match kind {
        SchemaType::String => JsonType::String,
        SchemaType::Number => JsonType::Number,
        SchemaType::Integer => JsonType::Integer,
        SchemaType::Boolean => JsonType::Boolean,
        SchemaType::Array => JsonType::Array,
        SchemaType::Object => JsonType::Object,
    }
}
