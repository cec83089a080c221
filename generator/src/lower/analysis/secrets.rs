//! Finds the schemas whose values can contain a secret at any place.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::lower::analysis::predicates::is_secret;
use crate::pattern::{Compiled, compile};
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// The number of steps for matching the names of the members of a schema with the patterns in `patternProperties`. Names that are
/// left count as matches.
const MATCH_STEPS: usize = 1_000_000;

/// The component schemas, and the names of those whose values can contain a secret.
pub(crate) struct Secrets<'d> {
    schemas: &'d IndexMap<String, Schema>,
    with_secret: HashSet<&'d str>,
}

impl<'d> Secrets<'d> {
    pub fn new(schemas: &'d IndexMap<String, Schema>) -> Self {
        let mut users: HashMap<&str, Vec<&'d str>> = HashMap::new();
        let mut pending = Vec::new();
        for (name, schema) in schemas {
            let mut parts = vec![schema];
            while let Some(part) = parts.pop() {
                pending.extend(is_secret(part).then_some(name.as_str()));
                for part in part.subschemas() {
                    match part {
                        SchemaRef::Inline(part) => parts.push(part),
                        SchemaRef::Component { name: used, .. } => users.entry(used).or_default().push(name),
                    }
                }
            }
        }
        let mut with_secret = HashSet::new();
        while let Some(name) = pending.pop() {
            if with_secret.insert(name) {
                pending.extend(users.get(name).into_iter().flatten());
            }
        }
        Self { schemas, with_secret }
    }

    /// Returns whether a value of the schema can contain a secret at any place.
    pub fn contains(&self, schema: &Schema) -> bool {
        is_secret(schema) || schema.subschemas().any(|part| self.contains_part(part))
    }

    fn contains_part(&self, part: &SchemaRef) -> bool {
        match part {
            SchemaRef::Inline(schema) => self.contains(schema),
            SchemaRef::Component { name, .. } => self.with_secret.contains(name.as_str()),
        }
    }

    /// Returns whether a value can contain a secret that only a subschema describes which the type of the value does not express.
    pub fn untyped(&self, schema: &Schema, is_typed: impl Fn(&SchemaRef) -> bool) -> bool {
        schema.subschemas().any(|part| !is_typed(part) && self.contains_part(part))
    }

    /// Returns the names in `properties` whose members can contain a secret that no subschema in `properties` of the schema itself
    /// describes.
    pub fn untyped_members<'s>(&self, schema: &'s Schema) -> HashSet<&'s str> {
        let parts: Vec<&SchemaRef> = schema.in_place_subschemas().filter(|part| self.contains_part(part)).collect();
        let is_in_other =
            |name: &str| parts.iter().any(|part| self.member_of_part(part, Some(name), &mut HashSet::new()));
        let patterns = self.secret_patterns(schema);
        let mut steps = MATCH_STEPS;
        let mut is_matched = |name: &str| patterns.iter().any(|pattern| may_match(pattern, name, &mut steps));
        let names = schema.properties.keys().map(String::as_str);
        names.filter(|name| is_in_other(name) || is_matched(name)).collect()
    }

    /// Returns the patterns in `patternProperties` whose members can contain a secret. A pattern without a form that can be matched is
    /// `None`.
    fn secret_patterns(&self, schema: &Schema) -> Vec<Option<Compiled>> {
        let patterns = schema.keywords_2020.iter().flat_map(|keywords| &keywords.pattern_properties);
        let secret = patterns.filter(|(_, members)| self.contains_part(members));
        secret.map(|(pattern, _)| compile(pattern).ok()).collect()
    }

    /// Returns whether any member that has no field can contain a secret that neither `properties` nor `additionalProperties` of the
    /// schema itself describes.
    pub fn untyped_rest(&self, schema: &Schema) -> bool {
        let is_in_other = |part: &SchemaRef| self.member_of_part(part, None, &mut HashSet::new());
        schema.in_place_subschemas().any(is_in_other) || self.in_undescribed_member(schema)
    }

    /// Returns whether `part`, a subschema that applies to the whole object, describes the member as a secret.
    fn member_of_part<'s>(&'s self, part: &'s SchemaRef, name: Option<&str>, seen: &mut HashSet<&'s str>) -> bool {
        if !self.contains_part(part) {
            return false;
        }
        let schema = match part {
            SchemaRef::Inline(schema) => &**schema,
            SchemaRef::Component { name, .. } if !seen.insert(name) => return false,
            SchemaRef::Component { name, .. } => &self.schemas[name],
        };
        let is_member_secret = match name.map(|name| schema.properties.get(name)) {
            // A name that is no field can be any of them.
            None => schema.properties.values().any(|member| self.contains_part(member)),
            Some(Some(member)) => self.contains_part(member),
            Some(None) => match &schema.additional_properties {
                AdditionalProperties::Schema(members) => self.contains_part(members),
                AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => false,
            },
        };
        is_member_secret
            || is_secret(schema)
            || self.in_undescribed_member(schema)
            || schema.in_place_subschemas().any(|part| self.member_of_part(part, name, seen))
    }

    /// Returns whether the keywords for members without a schema of their own describe a secret.
    fn in_undescribed_member(&self, schema: &Schema) -> bool {
        let Some(keywords) = &schema.keywords_2020 else { return false };
        let parts = keywords.pattern_properties.values().chain(&keywords.property_names);
        parts.chain(&keywords.unevaluated_properties).any(|part| self.contains_part(part))
    }
}

/// Returns whether the pattern matches the name, or this is not known. Takes the steps of the match from `steps`.
fn may_match(pattern: &Option<Compiled>, name: &str, steps: &mut usize) -> bool {
    let Some(pattern) = pattern else { return true };
    let (is_match, taken) = pattern.decide_within(name, *steps);
    *steps = steps.saturating_sub(taken.max(1));
    *steps == 0 || is_match.unwrap_or(true)
}

#[cfg(test)]
mod tests {
    use crate::ir::TypeKind;

    #[test]
    fn a_member_is_secret_if_a_pattern_with_its_name_describes_a_secret() {
        let text = "
    Account:
      type: object
      properties: { pass_phrase: { type: string }, name: { type: string } }
      patternProperties: { '^pass_': { type: string, format: password }, '^n': { type: string } }
";
        let api = crate::pipeline::lowered_schemas("3.1.0", text);
        let TypeKind::Struct(account) = &api.types[api.emitted_types[0].0].kind else { panic!("a struct") };
        let secret = account.fields.iter().map(|field| (field.wire.as_str(), field.value.secret));
        assert_eq!(secret.collect::<Vec<_>>(), [("pass_phrase", true), ("name", false)]);
    }
}
