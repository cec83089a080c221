//! Translates schemas of OpenAPI 3.0 into JSON Schema draft 4.

use serde_json::{Map, Value, json};

/// An intentional deviation of generated code from the OpenAPI specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deviation {
    WholeNumbers,
    Nulls,
    Discriminators,
}

impl Deviation {
    pub const ALL: &[Self] = &[Self::WholeNumbers, Self::Nulls, Self::Discriminators];

    /// Returns the reason for the deviation.
    pub fn reason(self) -> &'static str {
        match self {
            Self::WholeNumbers => "`1.0` is an integer, as in OpenAPI 3.0.4 and in JSON Schema since draft 6",
            Self::Nulls => {
                "`nullable` allows null whatever the other keywords say, and null is not counted among variants: published documents mean it so"
            }
            Self::Discriminators => {
                "a discriminator decides the variant alone, and the number of variants that match does not count"
            }
        }
    }
}

/// A translation of schemas, with its settings.
#[derive(Clone, Copy)]
pub struct Reading<'r> {
    pub components: &'r Value,
    pub deviations: &'r [Deviation],
    /// Whether the values are content of a request (`true`) or of a response (`false`).
    pub request: bool,
}

impl Reading<'_> {
    fn has(self, deviation: Deviation) -> bool {
        self.deviations.contains(&deviation)
    }

    /// Returns the translated schema of a component, with all components as definitions.
    pub fn of_component(self, name: &str) -> Value {
        let components = self.components.as_object().into_iter().flatten();
        let definitions: Map<_, _> = components.map(|(name, schema)| (name.clone(), self.of(schema))).collect();
        json!({"$schema": "http://json-schema.org/draft-04/schema#", "definitions": definitions, "allOf": [refer(name)]})
    }

    /// Returns the translation of a schema.
    fn of(self, schema: &Value) -> Value {
        let Value::Object(keywords) = schema else { return schema.clone() };
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            return refer(reference.rsplit('/').next().unwrap_or_default());
        }
        let mut translated = Map::new();
        for (keyword, value) in keywords {
            let value = match keyword.as_str() {
                "nullable" | "discriminator" | "readOnly" | "writeOnly" => continue,
                "exclusiveMinimum" if !keywords.contains_key("minimum") => continue,
                "exclusiveMaximum" if !keywords.contains_key("maximum") => continue,
                "type" => self.kind(schema, value),
                "required" => match self.required(schema) {
                    // Draft 4 requires at least one name.
                    names if names.is_empty() => continue,
                    names => json!(names),
                },
                "properties" => {
                    let members = value.as_object().into_iter().flatten();
                    Value::Object(members.map(|(name, schema)| (name.clone(), self.of(schema))).collect())
                }
                "allOf" | "anyOf" | "oneOf" => {
                    value.as_array().into_iter().flatten().map(|part| self.of(part)).collect()
                }
                "items" | "not" | "additionalProperties" => self.of(value),
                _ => value.clone(),
            };
            translated.insert(keyword.clone(), value);
        }
        self.beyond_keywords(schema, translated)
    }

    fn kind(self, schema: &Value, kind: &Value) -> Value {
        let kind = if kind == "integer" && self.has(Deviation::WholeNumbers) { json!("number") } else { kind.clone() };
        if schema["nullable"] == true { json!([kind, "null"]) } else { kind }
    }

    /// Returns the names of the required members. Requests do not need `readOnly` members, and responses do not need `writeOnly`
    /// members.
    fn required(self, schema: &Value) -> Vec<&Value> {
        let exempt = if self.request { "readOnly" } else { "writeOnly" };
        let names = schema["required"].as_array().into_iter().flatten();
        names.filter(|name| !is_marked(&schema["properties"][name.as_str().unwrap_or_default()], exempt)).collect()
    }

    /// Adds constraints for deviations that no single keyword expresses, such as null beside other types.
    fn beyond_keywords(self, schema: &Value, translated: Map<String, Value>) -> Value {
        let mut all = vec![Value::Object(translated)];
        let is_integer = schema["type"] == "integer";
        if is_integer && self.has(Deviation::WholeNumbers) {
            all.push(json!({"multipleOf": 1}));
        }
        // An integer format has no effect on an `enum` with larger values.
        let values = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_i64);
        let fits_format = values.into_iter().all(|value| i32::try_from(value).is_ok());
        if is_integer && schema["format"] == "int32" && fits_format {
            all.push(json!({"minimum": i32::MIN, "maximum": i32::MAX}));
        }
        if self.has(Deviation::Discriminators)
            && let Some(chosen) = self.chosen(schema)
        {
            for keyword in ["oneOf", "anyOf"] {
                all[0].as_object_mut().map(|keywords| keywords.remove(keyword));
            }
            all.push(chosen);
        }
        let translated = if all.len() == 1 { all.remove(0) } else { json!({"allOf": all}) };
        if self.has(Deviation::Nulls) && self.admits_null(schema) {
            let not_null = json!({"not": {"enum": [null]}});
            return json!({"anyOf": [{"enum": [null]}, {"allOf": [not_null, translated]}]});
        }
        translated
    }

    /// Returns whether generated code accepts null, whatever the other keywords say.
    fn admits_null(self, schema: &Value) -> bool {
        let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| schema[keyword].as_array()).flatten();
        let is_nullable = |alternative: &Value| self.admits_null(self.behind(alternative));
        schema["nullable"] == true || (schema["type"].is_null() && alternatives.into_iter().any(is_nullable))
    }

    fn behind<'s>(&'s self, schema: &'s Value) -> &'s Value {
        match schema["$ref"].as_str() {
            Some(reference) => &self.components[reference.rsplit('/').next().unwrap_or_default()],
            None => schema,
        }
    }

    /// Translates a discriminator. If it selects a variant, only this variant decides whether a value is valid. If it selects no
    /// variant, a value is valid if at least one variant matches. There is one exception: if the document lists the discriminator
    /// values of all variants, an object without a selected variant is invalid.
    fn chosen(self, schema: &Value) -> Option<Value> {
        let property = schema["discriminator"]["propertyName"].as_str()?;
        let keyword = if schema["oneOf"].is_null() { "anyOf" } else { "oneOf" };
        let alternatives = schema[keyword].as_array()?;
        let mut closed = true;
        let tags: Vec<Vec<String>> = alternatives
            .iter()
            .map(|alternative| {
                let (tags, is_explicit) = self.tags(schema, alternative, property);
                closed &= is_explicit;
                tags
            })
            .collect();
        let named = |tags: &[String]| json!({"type": "object", "required": [property], "properties": {property: {"enum": tags}}});
        let mut choices: Vec<Value> = Vec::new();
        for (alternative, tags) in alternatives.iter().zip(&tags) {
            choices.push(json!({"allOf": [named(tags), self.of(alternative)]}));
        }
        let all: Vec<Value> = alternatives.iter().map(|alternative| self.of(alternative)).collect();
        let unnamed = json!({"not": named(&tags.concat())});
        let otherwise = if closed { json!({"not": {"type": "object"}}) } else { json!({}) };
        choices.push(json!({"allOf": [unnamed, otherwise, {"anyOf": all}]}));
        Some(json!({"anyOf": choices}))
    }

    /// Returns the discriminator values of a variant, and whether the document lists them. If the document does not list them,
    /// the only value is the name of the schema.
    fn tags(self, schema: &Value, alternative: &Value, property: &str) -> (Vec<String>, bool) {
        let component =
            alternative["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()).unwrap_or_default();
        let mapping = schema["discriminator"]["mapping"].as_object();
        let leads_here =
            |target: &Value| target.as_str().is_some_and(|target| target.rsplit('/').next() == Some(component));
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| leads_here(target));
        let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        let listed = self.behind(alternative)["properties"][property]["enum"].as_array();
        match (mapped.is_empty(), listed) {
            (false, _) => (mapped, true),
            (true, Some(listed)) => (listed.iter().filter_map(Value::as_str).map(str::to_owned).collect(), true),
            (true, None) => (vec![component.to_owned()], false),
        }
    }
}

/// Returns whether a property has a marker, such as `readOnly`. The property may be the only member of an `allOf`.
pub fn is_marked(property: &Value, marker: &str) -> bool {
    let only = property["allOf"]
        .as_array()
        .filter(|members| members.len() == 1 && property.as_object().map(Map::len) == Some(1));
    property[marker] == true || only.is_some_and(|members| is_marked(&members[0], marker))
}

fn refer(component: &str) -> Value {
    json!({"$ref": format!("#/definitions/{component}")})
}
