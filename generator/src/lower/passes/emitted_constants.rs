//! Finds the patterns and schema tables that emitted items refer to. Only these are emitted. A schema table lists the keywords of
//! a schema that no Rust type expresses, such as `not`.

use std::collections::BTreeSet;

use crate::ir::{
    ArgumentLocation, KeyType, Keyword, ObjectRule, PatternId, Rule, SchemaTable, SchemaTableId, Type, TypeKind, Value,
    Webhook,
};
use crate::lower::passes::items::Items;

/// The patterns and schema tables that are emitted as constants, because emitted items refer to them.
#[derive(Debug, Default)]
pub(crate) struct EmittedConstants {
    /// The patterns.
    pub patterns: BTreeSet<PatternId>,
    /// The schema tables.
    pub schema_tables: BTreeSet<SchemaTableId>,
}

/// Collects the patterns and schema tables that emitted items refer to. A schema table can refer to more patterns and schema
/// tables, which are collected too.
pub(crate) fn emitted_constants(items: &Items, key_types: &[KeyType], tables: &[SchemaTable]) -> EmittedConstants {
    let mut constants = EmittedConstants::default();
    for id in &items.order {
        let kind = &items.types[id.0].kind;
        kind.contained_values().into_iter().for_each(|value| constants.add_value(value));
        if let TypeKind::Struct(structure) = kind {
            let tables = structure.rules.iter().filter_map(|rule| match rule {
                ObjectRule::SchemaTable(id) => Some(*id),
                ObjectRule::RequiredFields(..) => None,
            });
            constants.schema_tables.extend(tables);
        }
    }
    items.webhooks.iter().flat_map(Webhook::values).for_each(|value| constants.add_value(value));
    for operation in &items.operations {
        let values = operation.sent_values().chain(operation.responses.success_values());
        values.for_each(|value| constants.add_value(value));
        for argument in &operation.arguments {
            if let ArgumentLocation::Key(id) = &argument.location {
                let fields = key_types[id.0].forms.iter().flat_map(|form| &form.fields);
                fields.for_each(|field| constants.add_value(&field.value));
            }
        }
        let requirements = operation.security.iter().flatten();
        requirements.for_each(|requirement| constants.add_rules(&requirement.rules));
    }
    constants.add_referenced(tables);
    constants
}

impl EmittedConstants {
    fn add_value(&mut self, value: &Value) {
        self.add_rules(&value.rules);
        if let Type::List(inner) | Type::Map { members: inner, .. } = &value.kind {
            self.add_value(inner);
        }
    }

    fn add_rules(&mut self, rules: &[Rule]) {
        for rule in rules {
            match rule {
                Rule::Pattern(id) => _ = self.patterns.insert(*id),
                Rule::SchemaTable(id) => _ = self.schema_tables.insert(*id),
                _ => {}
            }
        }
    }

    /// Adds the patterns and schema tables that the collected schema tables refer to.
    fn add_referenced(&mut self, tables: &[SchemaTable]) {
        let mut open: Vec<SchemaTableId> = std::mem::take(&mut self.schema_tables).into_iter().collect();
        while let Some(next) = open.pop() {
            if !self.schema_tables.insert(next) {
                continue;
            }
            for keyword in &tables[next.0].keywords {
                match keyword {
                    Keyword::Pattern(id) => _ = self.patterns.insert(*id),
                    keyword => {
                        self.patterns.extend(keyword.patterns_of_names());
                        open.extend(keyword.referenced_tables());
                    }
                }
            }
        }
    }
}
