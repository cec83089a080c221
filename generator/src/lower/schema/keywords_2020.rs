//! Lowers the keywords of JSON Schema 2020-12 that no Rust type expresses to keywords of schema tables.

use crate::ir::{Keyword, Keyword2020, SchemaTableId};
use crate::lower::analysis::predicates::is_pattern_map;
use crate::lower::schema::table_key::TableExtent;
use crate::lower::state::Lowering;
use crate::resolve::document::{Keywords2020, Schema, SchemaRef};

impl<'d> Lowering<'d> {
    /// Adds the keywords of a schema that OpenAPI 3.0 does not have to the keywords of its schema table.
    pub(super) fn add_keywords_2020(&mut self, schema: &'d Schema, extent: TableExtent, to: &mut Vec<Keyword>) {
        let Some(keywords) = &schema.keywords_2020 else { return };
        let mut added = Vec::new();
        self.add_object_keywords_2020(schema, keywords, extent, &mut added);
        if !keywords.prefix_items.is_empty() {
            let rest = schema.items.as_ref().map(|items| self.table(items));
            added.push(Keyword2020::PrefixItems(self.tables(&keywords.prefix_items), rest));
        }
        if let Some(contains) = &keywords.contains {
            let least = keywords.min_contains.unwrap_or(1);
            added.push(Keyword2020::Contains(self.table(contains), least, keywords.max_contains));
        }
        if let Some(condition) = &keywords.condition {
            let condition = self.table(condition);
            let (consequence, alternative) =
                (self.optional_table(&keywords.consequence), self.optional_table(&keywords.alternative));
            added.push(Keyword2020::Conditional(condition, consequence, alternative));
        }
        let unevaluated: [(_, fn(_, _) -> _); 2] = [
            (&keywords.unevaluated_properties, Keyword2020::UnevaluatedProperties),
            (&keywords.unevaluated_items, Keyword2020::UnevaluatedItems),
        ];
        for (rest, keyword) in unevaluated {
            if let Some(rest) = rest {
                // The table of the whole schema decides what is evaluated.
                let whole = self.complete_table(schema);
                added.push(keyword(whole, self.table(rest)));
            }
        }
        to.extend(added.into_iter().map(Keyword::Newer));
    }

    fn optional_table(&mut self, schema: &'d Option<SchemaRef>) -> Option<SchemaTableId> {
        schema.as_ref().map(|schema| self.table(schema))
    }

    fn add_object_keywords_2020(
        &mut self,
        schema: &'d Schema,
        keywords: &'d Keywords2020,
        extent: TableExtent,
        added: &mut Vec<Keyword2020>,
    ) {
        if !keywords.pattern_properties.is_empty() {
            let is_expressed = extent == TableExtent::Remaining && is_pattern_map(schema);
            let mut patterns = Vec::new();
            for (pattern, schema) in &keywords.pattern_properties {
                let table = (!is_expressed).then(|| self.table(schema));
                patterns.push((pattern.clone(), self.pattern_id(pattern), table));
            }
            let properties = schema.properties.keys().cloned().collect();
            let additional = self.additional_properties(schema);
            added.push(Keyword2020::Members { properties, patterns, additional });
        }
        let is_expressed = extent == TableExtent::Remaining && self.key_names(schema).is_some();
        let names = keywords.property_names.as_ref().filter(|_| !is_expressed);
        added.extend(names.map(|names| Keyword2020::PropertyNames(self.table(names))));
        let required = keywords.dependent_required.iter();
        added.extend(required.map(|(name, names)| Keyword2020::DependentRequired(name.clone(), names.clone())));
        for (name, dependent) in &keywords.dependent_schemas {
            added.push(Keyword2020::DependentSchema(name.clone(), self.table(dependent)));
        }
    }
}
