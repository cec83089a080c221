//! Validates the keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::check::value::validator::Validator;
use crate::check::value::violation::Instance;
use crate::resolve::document::{AdditionalProperties, Keywords2020, Schema, SchemaRef};

impl<'d> Validator<'d> {
    /// Validates the keywords that OpenAPI 3.0 does not have, except `patternProperties` and `prefixItems`.
    pub(super) fn validate_keywords_2020(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        let Some(keywords) = &schema.keywords_2020 else { return };
        match instance.value {
            Value::Array(items) => self.validate_contains(keywords, items, instance),
            Value::Object(members) => self.validate_dependencies(keywords, members, instance),
            _ => {}
        }
        if let Some(condition) = &keywords.condition {
            let branch = match self.accepts(condition, instance.value) {
                true => &keywords.consequence,
                false => &keywords.alternative,
            };
            if let Some(branch) = branch {
                self.validate_ref(branch, instance);
            }
        }
        self.validate_unevaluated(schema, keywords, instance);
    }

    /// Returns the schemas in `patternProperties` whose pattern matches the name of a member.
    pub(super) fn matching_patterns(&self, schema: &'d Schema, name: &str) -> Vec<&'d SchemaRef> {
        let patterns = schema.keywords_2020.iter().flat_map(|keywords| &keywords.pattern_properties);
        let is_match = |pattern: &'d str| self.matches(pattern, name) == Some(true);
        let patterns = patterns.take_while(|_| !self.is_exceeded());
        patterns.filter(|(pattern, _)| is_match(pattern)).map(|(_, schema)| schema).collect()
    }

    fn accepts(&self, schema: &'d SchemaRef, value: &Value) -> bool {
        self.violations_of_alternative(schema, value).is_empty()
    }

    fn validate_contains(&self, keywords: &'d Keywords2020, items: &[Value], instance: &mut Instance<'_>) {
        let Some(contains) = &keywords.contains else { return };
        let matching = items.iter().filter(|item| self.accepts(contains, item)).count();
        let count = u64::try_from(matching).unwrap_or(u64::MAX);
        let least = keywords.min_contains.unwrap_or(1);
        let keyword = if keywords.min_contains.is_some() { "minContains" } else { "contains" };
        if count < least {
            instance.violates(keyword, format!("has {count} items that match `contains`, but needs at least {least}"));
        }
        if let Some(most) = keywords.max_contains.filter(|most| count > *most) {
            instance.violates("maxContains", format!("has {count} items that match `contains`, but may have {most}"));
        }
    }

    fn validate_dependencies(
        &self,
        keywords: &'d Keywords2020,
        members: &Map<String, Value>,
        instance: &mut Instance<'_>,
    ) {
        for (name, required) in keywords.dependent_required.iter().filter(|(name, _)| members.contains_key(*name)) {
            for missing in required.iter().filter(|required| !members.contains_key(*required)) {
                let message = format!("has no `{missing}`, which `{name}` requires");
                instance.violates("dependentRequired", message);
            }
        }
        for (_, schema) in keywords.dependent_schemas.iter().filter(|(name, _)| members.contains_key(*name)) {
            self.validate_ref(schema, instance);
        }
        if let Some(names) = &keywords.property_names {
            for name in members.keys().filter(|name| !self.accepts(names, &Value::String((*name).clone()))) {
                let place = instance.place.join(name);
                let mut member =
                    Instance { value: instance.value, place, found: &mut *instance.found, most: instance.most };
                member.violates("propertyNames", "has a name that the schema does not allow");
            }
        }
    }

    fn validate_unevaluated(&self, schema: &'d Schema, keywords: &'d Keywords2020, instance: &mut Instance<'_>) {
        if keywords.unevaluated_properties.is_none() && keywords.unevaluated_items.is_none() {
            return;
        }
        let mut evaluated = Evaluated::default();
        self.collect_evaluated(schema, instance.value, true, &mut evaluated);
        let rest: Vec<(String, &Value, &'d SchemaRef)> = match instance.value {
            Value::Object(members) => {
                let rest = members.iter().filter(|(name, _)| !evaluated.has_member(name));
                let schema = keywords.unevaluated_properties.as_ref();
                rest.filter_map(|(name, value)| Some((name.clone(), value, schema?))).collect()
            }
            Value::Array(items) => {
                let rest = items.iter().enumerate().filter(|(index, _)| !evaluated.has_item(*index));
                let schema = keywords.unevaluated_items.as_ref();
                rest.filter_map(|(index, value)| Some((index.to_string(), value, schema?))).collect()
            }
            _ => Vec::new(),
        };
        for (token, value, schema) in rest {
            let place = instance.place.join(token);
            let mut part = Instance { value, place, found: &mut *instance.found, most: instance.most };
            if !self.accepts(schema, value) {
                part.violates("unevaluated", "is not described by any part of the schema, and not allowed otherwise");
            }
        }
    }

    /// Adds the members and items of `value` that `schema` evaluates. The keywords for what is not evaluated do not count if
    /// `is_outermost` is true.
    fn collect_evaluated(&self, schema: &'d Schema, value: &Value, is_outermost: bool, evaluated: &mut Evaluated) {
        let keywords = schema.keywords_2020.as_deref();
        if let Value::Object(members) = value {
            let is_open = matches!(schema.additional_properties, AdditionalProperties::Absent);
            let has_rest = keywords.is_some_and(|keywords| keywords.unevaluated_properties.is_some());
            evaluated.all_members |= !is_open || (has_rest && !is_outermost);
            let is_named = |name: &&String| {
                schema.properties.contains_key(*name) || !self.matching_patterns(schema, name).is_empty()
            };
            evaluated.members.extend(members.keys().filter(is_named).cloned());
        }
        if let Value::Array(items) = value {
            let has_rest = keywords.is_some_and(|keywords| keywords.unevaluated_items.is_some());
            evaluated.all_items |= schema.items.is_some() || (has_rest && !is_outermost);
            let prefix = keywords.map_or(0, |keywords| keywords.prefix_items.len());
            let contains = keywords.and_then(|keywords| keywords.contains.as_ref());
            let is_evaluated = |index: &usize| {
                *index < prefix || contains.is_some_and(|contains| self.accepts(contains, &items[*index]))
            };
            evaluated.items.extend((0..items.len()).filter(is_evaluated));
        }
        let condition = keywords.and_then(|keywords| keywords.condition.as_ref());
        let is_met = condition.is_some_and(|condition| self.accepts(condition, value));
        let applies = |part: &SchemaRef| match keywords {
            Some(keywords) if keywords.consequence.as_ref().is_some_and(|branch| std::ptr::eq(branch, part)) => is_met,
            Some(keywords) if keywords.alternative.as_ref().is_some_and(|branch| std::ptr::eq(branch, part)) => !is_met,
            Some(keywords) => keywords
                .dependent_schemas
                .iter()
                .all(|(name, dependent)| !std::ptr::eq(dependent, part) || value.get(name).is_some()),
            None => true,
        };
        let is_not = |part: &SchemaRef| schema.not.as_ref().is_some_and(|not| std::ptr::eq(not, part));
        for part in schema.in_place_subschemas().filter(|part| !is_not(part) && applies(part)) {
            // Several parts may refer to one component.
            let inner = self.schema(part).filter(|inner| evaluated.applied.insert(std::ptr::from_ref(*inner).addr()));
            if let Some(inner) = inner.filter(|_| self.accepts(part, value)) {
                self.collect_evaluated(inner, value, false, evaluated);
            }
        }
    }
}

/// The members and items of a value that keywords have evaluated.
#[derive(Default)]
struct Evaluated {
    all_members: bool,
    members: HashSet<String>,
    all_items: bool,
    items: HashSet<usize>,
    /// The addresses of the subschemas that were applied.
    applied: HashSet<usize>,
}

impl Evaluated {
    fn has_member(&self, name: &str) -> bool {
        self.all_members || self.members.contains(name)
    }

    fn has_item(&self, index: usize) -> bool {
        self.all_items || self.items.contains(&index)
    }
}

#[cfg(test)]
mod tests {
    use crate::options::{Input, Options};
    use crate::pipeline::Pipeline;

    /// Each schema applies the next one twice to the same object, so the work doubles with each of them until the steps are used up.
    #[test]
    fn a_schema_that_is_applied_often_evaluates_members_once() {
        let messages = |count: usize, example: &str| {
            let level = |index: usize| {
                let next = format!("{{ $ref: '#/components/schemas/L{}' }}", index + 1);
                format!("    L{index}: {{ allOf: [{next}], dependentSchemas: {{ a: {next} }} }}\n")
            };
            let levels: String = (0..count).map(level).collect();
            let text = format!(
                "openapi: 3.1.0\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{levels}    L{count}: {{ \
                 properties: {{ a: {{ type: integer }} }} }}\n    Top: {{ allOf: [{{ $ref: '#/components/schemas/L0' }}], \
                 unevaluatedProperties: false, example: {example} }}\n"
            );
            let findings = Pipeline::new(&Options::default()).lint(&[Input::new("t.yaml", text, "t")]);
            let invalid = findings.iter().filter(|finding| finding.code.id() == "example-invalid");
            invalid.map(|finding| finding.message.clone()).collect::<Vec<_>>()
        };
        assert_eq!(messages(8, "{ a: 1 }"), [""; 0]);
        for (count, expected) in [(8, "`/b`"), (30, "too many steps")] {
            let found = messages(count, "{ a: 1, b: 2 }");
            assert!(matches!(found.as_slice(), [only] if only.contains(expected)), "{found:?}");
        }
    }
}
