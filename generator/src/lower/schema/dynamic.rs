//! What no type can say, as tables: the part of a schema that its Rust type leaves open.

use crate::ir::{self, Bound, Field, JsonType, Keyword, ObjectRule, SchemaTable, SchemaTableId, Type, UnionKeyword};
use crate::lower::naming::identifiers;
use crate::lower::passes::sharing;
use crate::lower::schema::canonical;
use crate::lower::schema::has_keywords;
use crate::lower::schema::keywords::format;
use crate::lower::schema::numbers::{self, Side};
use crate::lower::schema::unions::{requires_only_members, requires_only_strangers};
use crate::lower::{Lowering, docs};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// The keywords whose members have numbers.
const LISTS: &[&str] = &["allOf", "anyOf", "oneOf", "parameters"];

/// How much of its schema a table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// All, and where the component stands.
    Component,
    /// What types cannot say.
    Rest,
    /// All.
    Whole,
}

/// What makes two tables the same: how much of its schema a table says, which component that is, what it says, and whether it allows
/// null and is a secret.
pub type Key = (Extent, Option<Pointer>, sharing::Digest, bool, bool);

impl<'d> Lowering<'d> {
    /// Whether a schema says more than its type can.
    pub(crate) fn is_beyond_types(&self, schema: &Schema) -> bool {
        schema.not.is_some() || !schema.all_of.is_empty() || requires_only_strangers(schema)
    }

    /// The table of what a value of this type may contradict all the same.
    pub(crate) fn beyond(&mut self, schema: &'d Schema, kind: &Type) -> Option<SchemaTableId> {
        match kind {
            // Keywords without a type bind values of their own type.
            Type::Any if binds_any_value(schema) || self.is_beyond_types(schema) => Some(self.table(schema)),
            _ if self.is_beyond_types(schema) => Some(self.rest_table(schema)),
            _ => None,
        }
    }

    /// The rules for an object as a whole.
    pub(crate) fn object_rules(&mut self, schema: &'d Schema, fields: &[Field]) -> Vec<ObjectRule> {
        let mut rules = Vec::new();
        if requires_only_members(schema) {
            let (keyword, alternatives) = match schema.one_of.is_empty() {
                true => (UnionKeyword::AnyOf, &schema.any_of),
                false => (UnionKeyword::OneOf, &schema.one_of),
            };
            let required = |alternative: &'d SchemaRef| self.described(alternative).required.iter();
            let position = |name: &String| fields.iter().position(|field| field.wire == *name);
            let indices = alternatives.iter().map(|alternative| required(alternative).filter_map(position).collect());
            rules.push(ObjectRule::RequiredFields(keyword, indices.collect()));
        }
        if self.is_beyond_types(schema) {
            rules.push(ObjectRule::SchemaTable(self.rest_table(schema)));
        }
        rules
    }

    /// The table of just those keywords that types cannot say.
    fn rest_table(&mut self, schema: &'d Schema) -> SchemaTableId {
        let (id, is_new) = self.place_table(schema, Extent::Rest);
        if !is_new {
            return id;
        }
        let mut keywords = Vec::new();
        if schema.kind == Some(SchemaType::String) {
            // The type is no enumeration then, and has no rule for it.
            keywords.extend(listed(schema));
        }
        if !schema.all_of.is_empty() {
            keywords.push(Keyword::AllOf(self.tables_of(&schema.all_of)));
        }
        if requires_only_strangers(schema) {
            self.fill_alternatives(schema, &mut keywords);
        }
        keywords.extend(schema.not.as_ref().map(|not| Keyword::Not(self.table_of(not))));
        self.schemas[id.0].keywords = keywords;
        id
    }

    /// The place of the table of a schema, and whether it has to be filled. Schemas that say the same have one table, named like one
    /// in place after the shortest of what leads to it.
    fn place_table(&mut self, schema: &'d Schema, extent: Extent) -> (SchemaTableId, bool) {
        let component = (extent == Extent::Component).then(|| schema.pointer.clone());
        let key = (extent, component, sharing::digest_of_rules(schema), schema.nullable, schema.write_only);
        let (next, wanted) = (SchemaTableId(self.schemas.len()), constant(&schema.pointer));
        let id = *self.tables.entry(key).or_insert(next);
        if id == next {
            let docs = vec![format!("The schema at {}.", docs::code(schema.pointer.as_str()))];
            self.schemas.push(SchemaTable { constant: wanted, docs, keywords: Vec::new() });
            self.table_schemas.push((extent, schema));
        } else if (wanted.len(), &wanted) < (self.schemas[id.0].constant.len(), &self.schemas[id.0].constant) {
            self.schemas[id.0].constant = wanted;
        }
        (id, id == next)
    }

    /// Names the tables, when every user of them is known. Where two want one name, what they say decides.
    pub(crate) fn name_all_tables(&mut self) {
        let mut scope = identifiers::Scope::default();
        let mut order: Vec<usize> = (0..self.schemas.len()).collect();
        order.sort_by(|one, other| {
            let wanted = |index: &usize| (&self.schemas[*index].constant, self.table_schemas[*index].0);
            let said = |index: &usize| {
                let (_, schema) = self.table_schemas[*index];
                (canonical::of_schema(schema), schema.pointer.as_str())
            };
            wanted(one).cmp(&wanted(other)).then_with(|| said(one).cmp(&said(other)))
        });
        for index in order {
            let wanted = std::mem::take(&mut self.schemas[index].constant);
            self.schemas[index].constant = scope.take(wanted);
        }
    }

    fn tables_of(&mut self, schemas: &'d [SchemaRef]) -> Vec<SchemaTableId> {
        schemas.iter().map(|schema| self.table_of(schema)).collect()
    }

    /// The table of a schema or a component; a component has one table, however often it is referred to.
    fn table_of(&mut self, schema: &'d SchemaRef) -> SchemaTableId {
        match schema {
            SchemaRef::Inline(schema) => self.table(schema),
            SchemaRef::Component { name, .. } => match self.component_tables.get(name.as_str()) {
                Some(known) => *known,
                None => {
                    let schema = self.described(schema);
                    let (id, _) = self.place_table(schema, Extent::Component);
                    self.component_tables.insert(name, id);
                    self.fill(id, schema);
                    let place = Keyword::Component(self.place_of_schema(schema));
                    self.schemas[id.0].keywords.insert(0, place);
                    id
                }
            },
        }
    }

    /// The table of all keywords.
    fn table(&mut self, schema: &'d Schema) -> SchemaTableId {
        let (id, is_new) = self.place_table(schema, Extent::Whole);
        if is_new {
            self.fill(id, schema);
        }
        id
    }

    fn fill(&mut self, id: SchemaTableId, schema: &'d Schema) {
        let mut keywords = Vec::new();
        if schema.write_only || schema.format.as_deref() == Some("password") {
            keywords.push(Keyword::Secret);
        }
        keywords.extend(schema.kind.map(|kind| Keyword::Type(json_type(kind), schema.nullable)));
        keywords.extend(listed(schema));
        self.fill_scalar(schema, &mut keywords);
        keywords.extend(schema.min_items.map(Keyword::MinItems));
        keywords.extend(schema.max_items.map(Keyword::MaxItems));
        keywords.extend(schema.unique_items.then_some(Keyword::UniqueItems));
        keywords.extend(schema.items.as_ref().map(|items| Keyword::Items(self.table_of(items))));
        self.fill_object(schema, &mut keywords);
        if !schema.all_of.is_empty() {
            keywords.push(Keyword::AllOf(self.tables_of(&schema.all_of)));
        }
        self.fill_alternatives(schema, &mut keywords);
        keywords.extend(schema.not.as_ref().map(|not| Keyword::Not(self.table_of(not))));
        self.schemas[id.0].keywords = keywords;
    }

    fn fill_alternatives(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        if !schema.one_of.is_empty() {
            keywords.push(Keyword::OneOf(self.tables_of(&schema.one_of)));
        }
        if !schema.any_of.is_empty() {
            keywords.push(Keyword::AnyOf(self.tables_of(&schema.any_of)));
        }
    }

    fn fill_scalar(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        keywords.extend(schema.min_length.map(Keyword::MinLength));
        keywords.extend(schema.max_length.map(Keyword::MaxLength));
        keywords.extend(schema.pattern.as_deref().map(|pattern| Keyword::Pattern(self.pattern(pattern))));
        let bound = |(limit, exclusive)| Bound { limit, exclusive };
        let (least, most) = numbers::bounds(schema);
        let minimum = least.and_then(|(limit, out)| numbers::any_limit(&limit, out, Side::Lower)).map(bound);
        let maximum = most.and_then(|(limit, out)| numbers::any_limit(&limit, out, Side::Upper)).map(bound);
        keywords.extend(self.step(schema).map(Keyword::MultipleOf));
        keywords.extend(schema.format.as_deref().and_then(format).map(Keyword::Format));
        keywords.extend(minimum.map(Keyword::Minimum));
        keywords.extend(maximum.map(Keyword::Maximum));
    }

    fn fill_object(&mut self, schema: &'d Schema, keywords: &mut Vec<Keyword>) {
        keywords.extend(schema.min_properties.map(Keyword::MinProperties));
        keywords.extend(schema.max_properties.map(Keyword::MaxProperties));
        let mut required: Vec<&String> = schema.required.iter().collect();
        required.sort_unstable();
        for name in required {
            let property = schema.properties.get(name).map(|property| self.described(property));
            keywords.push(match property.map(|property| (property.read_only, property.write_only)) {
                Some((true, _)) => Keyword::RequiredInResponse(name.clone()),
                Some((false, true)) => Keyword::RequiredInRequest(name.clone()),
                _ => Keyword::Required(name.clone()),
            });
        }
        let additional = match &schema.additional_properties {
            AdditionalProperties::Absent | AdditionalProperties::Any => ir::AdditionalProperties::Any,
            AdditionalProperties::Forbidden => ir::AdditionalProperties::None,
            AdditionalProperties::Schema(schema) => ir::AdditionalProperties::Schema(self.table_of(schema)),
        };
        if schema.properties.is_empty() && additional == ir::AdditionalProperties::Any {
            return;
        }
        let properties = schema.properties.iter();
        let properties = properties.map(|(name, schema)| (name.clone(), self.table_of(schema))).collect();
        keywords.push(Keyword::Properties(properties, additional));
    }
}

/// What the table of the schema at a place is called: the last words of it, without the numbers that members of lists have.
fn constant(place: &Pointer) -> String {
    let tokens: Vec<&str> = place.as_str().split('/').skip(1).collect();
    let is_number = |index: usize| {
        index > 0 && LISTS.contains(&tokens[index - 1]) && tokens[index].chars().all(|letter| letter.is_ascii_digit())
    };
    let words: Vec<&str> = (0..tokens.len()).filter(|index| !is_number(*index)).map(|index| tokens[index]).collect();
    identifiers::shouty(&words[words.len().saturating_sub(2)..].join(" "))
}

fn listed(schema: &Schema) -> Option<Keyword> {
    Some(Keyword::Enum(schema.enum_values.as_ref()?.iter().map(ToString::to_string).collect()))
}

/// Whether a keyword constrains values of one type or another.
fn binds_any_value(schema: &Schema) -> bool {
    has_keywords(schema)
        || schema.multiple_of.is_some()
        || schema.unique_items
        || schema.format.as_deref().is_some_and(|name| format(name).is_some())
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
