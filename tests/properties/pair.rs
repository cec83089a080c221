//! Creates pairs of related schemas: a schema, and the schema after one or two changes.

use serde_json::{Map, Value, json};

use super::document::union;
use super::random::{FORMATS, KINDS, NAMES, PATTERNS, Scope, Seeded, refer};

/// The maximum depth of nested inline schemas.
const DEPTH: usize = 2;

/// A schema in two versions, each with its components.
#[derive(Clone)]
pub struct Pair {
    pub old: Version,
    pub new: Version,
}

/// A schema and its components, which the schema may refer to.
#[derive(Clone, PartialEq)]
pub struct Version {
    pub components: Value,
    pub schema: Value,
}

/// What a change of a schema may use.
struct Change<'c> {
    scope: Scope<'c>,
    /// Whether the schema applies to the same value as another schema.
    is_partial: bool,
}

impl Seeded {
    /// Creates a pair. `prefix` starts the names of all components.
    pub fn pair(&mut self, prefix: &str) -> Pair {
        let names: Vec<String> = (0..2).map(|index| format!("{prefix}P{index}")).collect();
        let scope = Scope { components: &names, lower: 0, depth: DEPTH, typed: true, nullable: false, lenient: false };
        let mut components = Map::new();
        for (lower, name) in names.iter().enumerate() {
            components.insert(name.clone(), self.schema(Scope { lower, depth: 1, ..scope }, None));
        }
        let root = Scope { lower: names.len(), nullable: true, ..scope };
        let schema = match self.below(6) {
            0 => {
                union(self, &format!("{prefix}U"), scope, &mut components);
                refer(&format!("{prefix}U"))
            }
            1 | 2 => self.schema(root, Some("object")),
            3 => {
                let kind = self.of(KINDS);
                self.schema(root, Some(kind))
            }
            _ => self.schema(root, None),
        };
        let old = Version { components: Value::Object(components), schema };
        let mut new = old.clone();
        for _ in 0..1 + self.below(2) {
            self.change_version(&mut new, root);
        }
        remove_ambiguous_discriminators(&mut new.schema);
        remove_ambiguous_discriminators(&mut new.components);
        if self.one_in(2) { Pair { old, new } } else { Pair { old: new, new: old } }
    }

    fn change_version(&mut self, version: &mut Version, scope: Scope<'_>) {
        let mut schemas: Vec<&mut Value> = vec![&mut version.schema];
        if let Some(components) = version.components.as_object_mut() {
            schemas.extend(components.values_mut());
        }
        let counts: Vec<usize> = schemas.iter().map(|schema| count(schema)).collect();
        // The root is chosen more often than a subschema.
        let mut place = if self.one_in(3) { 0 } else { self.below(counts.iter().sum()) };
        for (schema, count) in schemas.into_iter().zip(counts) {
            if place < count {
                self.change_place(schema, &mut place, &Change { scope, is_partial: false });
                return;
            }
            place -= count;
        }
    }

    /// Changes the subschema with the number `left` in a depth-first walk. Returns whether there is such a subschema.
    fn change_place(&mut self, schema: &mut Value, left: &mut usize, change: &Change<'_>) -> bool {
        if *left == 0 {
            self.change_schema(schema, change);
            return true;
        }
        *left -= 1;
        let Some(keywords) = schema.as_object_mut() else { return false };
        for (keyword, inner) in keywords.iter_mut() {
            let is_partial = matches!(keyword.as_str(), "allOf" | "oneOf" | "anyOf" | "not");
            let change = Change { is_partial, scope: change.scope };
            let found = match (keyword.as_str(), inner) {
                ("properties", Value::Object(inner)) => {
                    inner.values_mut().any(|inner| self.change_place(inner, left, &change))
                }
                ("allOf" | "oneOf" | "anyOf", Value::Array(inner)) => {
                    inner.iter_mut().any(|inner| self.change_place(inner, left, &change))
                }
                ("items" | "not" | "additionalProperties", inner) if inner.is_object() => {
                    self.change_place(inner, left, &change)
                }
                _ => false,
            };
            if found {
                return true;
            }
        }
        false
    }

    fn fresh(&mut self, change: &Change<'_>, kind: Option<&str>) -> Value {
        let scope = Scope { depth: 1, nullable: false, ..change.scope };
        self.schema(scope, kind)
    }

    fn change_schema(&mut self, schema: &mut Value, change: &Change<'_>) {
        let kind = schema["type"].as_str().map(str::to_owned);
        if schema.get("$ref").is_some() {
            return self.wrap(schema, change);
        }
        match self.below(14) {
            0 => self.remove_keyword(schema),
            1 | 2 => {
                let fresh = self.fresh(change, kind.as_deref());
                self.copy_keyword(schema, &fresh);
            }
            3 => move_bound(schema, self),
            4 => {
                let keeps_kind = self.one_in(2);
                *schema = self.fresh(change, kind.as_deref().filter(|_| keeps_kind));
            }
            5 => self.wrap(schema, change),
            6 => self.unwrap(schema),
            7 => self.split(schema),
            8 | 9 => self.change_union(schema, change),
            10 | 11 => self.change_object(schema, change),
            12 => self.change_not(schema, change),
            _ => self.change_scalar(schema, change),
        }
    }

    fn remove_keyword(&mut self, schema: &mut Value) {
        let Some(keywords) = schema.as_object_mut() else { return };
        let names: Vec<String> =
            keywords.keys().filter(|name| !["type", "items", "nullable"].contains(&name.as_str())).cloned().collect();
        if !names.is_empty() {
            keywords.remove(&self.of(&names));
        }
    }

    fn copy_keyword(&mut self, schema: &mut Value, fresh: &Value) {
        let names: Vec<String> = fresh
            .as_object()
            .into_iter()
            .flat_map(|keywords| keywords.keys())
            .filter(|name| !["type", "$ref", "nullable"].contains(&name.as_str()))
            .cloned()
            .collect();
        if !names.is_empty() {
            let name = self.of(&names);
            schema[&name] = fresh[&name].clone();
        }
    }

    /// Makes the schema the only member of an `allOf`, or a variant of a union.
    fn wrap(&mut self, schema: &mut Value, change: &Change<'_>) {
        let mut inner = schema.take();
        inner.as_object_mut().map(|keywords| keywords.remove("nullable"));
        let kind = inner["type"].as_str().map(str::to_owned);
        let keyword = self.of(&["allOf", "oneOf", "anyOf", "oneOf"]);
        let mut list = vec![inner];
        if keyword != "allOf" && !self.one_in(5) {
            let similar = if self.one_in(2) { kind } else { None };
            let mut other = if self.one_in(3) { list[0].clone() } else { self.fresh(change, similar.as_deref()) };
            if self.one_in(2) && other.get("$ref").is_none() {
                self.change_schema(&mut other, &Change { is_partial: true, scope: change.scope });
            }
            list.insert(self.below(2), other);
        }
        *schema = json!({keyword: list});
    }

    /// Replaces a union by one of its variants, or merges a member of `allOf` into the schema.
    fn unwrap(&mut self, schema: &mut Value) {
        for keyword in ["oneOf", "anyOf", "allOf"] {
            let Some(list) = schema[keyword].as_array().cloned() else { continue };
            let chosen = self.of(&list);
            if let Some(keywords) = schema.as_object_mut() {
                keywords.remove(keyword);
                keywords.remove("discriminator");
                let rest = keywords.clone();
                if rest.is_empty() {
                    *schema = chosen;
                } else if let (Some(more), true) = (chosen.as_object(), chosen.get("$ref").is_none()) {
                    for (name, value) in more {
                        keywords.entry(name.clone()).or_insert(value.clone());
                    }
                }
            }
            return;
        }
    }

    /// Moves some keywords into a member of `allOf`.
    fn split(&mut self, schema: &mut Value) {
        let Some(keywords) = schema.as_object_mut() else { return };
        keywords.remove("nullable");
        let names: Vec<String> =
            keywords.keys().filter(|name| !["type", "allOf", "items"].contains(&name.as_str())).cloned().collect();
        let mut part = Map::new();
        if let (Some(kind), false) = (keywords.get("type"), self.one_in(3)) {
            part.insert("type".to_owned(), kind.clone());
        }
        for name in names {
            if self.one_in(2)
                && let Some(value) = keywords.get(&name).cloned()
            {
                if !self.one_in(5) {
                    keywords.remove(&name);
                }
                part.insert(name, value);
            }
        }
        if part.get("type") == Some(&json!("array")) {
            part.insert("items".to_owned(), json!({}));
        }
        let mut list = keywords.get("allOf").and_then(Value::as_array).cloned().unwrap_or_default();
        list.push(Value::Object(part));
        keywords.insert("allOf".to_owned(), json!(list));
    }

    fn change_union(&mut self, schema: &mut Value, change: &Change<'_>) {
        let Some(keyword) = ["oneOf", "anyOf"].into_iter().find(|keyword| schema[*keyword].is_array()) else {
            return self.wrap(schema, change);
        };
        let mut list = schema[keyword].as_array().cloned().unwrap_or_default();
        match self.below(8) {
            0 | 1 => list.push(self.fresh(change, None)),
            2 | 3 if list.len() > 1 => _ = list.remove(self.below(list.len())),
            4 => {
                let other = if keyword == "oneOf" { "anyOf" } else { "oneOf" };
                schema.as_object_mut().map(|keywords| keywords.remove(keyword));
                schema[other] = json!(list);
                return;
            }
            5 => {
                let mut copy = self.of(&list);
                if copy.get("$ref").is_none() {
                    self.change_schema(&mut copy, &Change { is_partial: true, scope: change.scope });
                }
                list.push(copy);
            }
            6 => return self.change_discriminator(schema, &list),
            _ => {
                let moved = ["required", "minProperties", "maxLength", "minimum", "type"];
                let moved = moved.into_iter().find(|name| schema.get(*name).is_some());
                if let Some((name, keywords)) = moved.zip(schema.as_object_mut())
                    && let Some(value) = keywords.remove(name)
                {
                    for variant in list.iter_mut().filter(|variant| variant.get("$ref").is_none()) {
                        variant[name] = value.clone();
                    }
                }
            }
        }
        schema[keyword] = json!(list);
    }

    fn change_discriminator(&mut self, schema: &mut Value, variants: &[Value]) {
        if !variants.iter().all(|variant| variant.get("$ref").is_some()) {
            return;
        }
        let has_one = schema.get("discriminator").is_some();
        let choice = self.below(4);
        if has_one && choice == 0 {
            schema.as_object_mut().map(|keywords| keywords.remove("discriminator"));
            return;
        }
        if !has_one {
            schema["discriminator"] = json!({"propertyName": "kind"});
        }
        if choice > 0 {
            let tag = self.of(&["cat", "dog", "eel", "ant"]);
            let variant = self.of(variants);
            schema["discriminator"]["mapping"][tag] = variant["$ref"].clone();
        }
    }

    fn change_object(&mut self, schema: &mut Value, change: &Change<'_>) {
        if schema["type"] != "object" {
            return self.change_scalar(schema, change);
        }
        let name = self.of(NAMES).to_owned();
        let names: Vec<String> =
            schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        let mut required: Vec<Value> = schema["required"].as_array().cloned().unwrap_or_default();
        match self.below(7) {
            0 => schema["properties"][&name] = self.fresh(change, None),
            1 if !names.is_empty() => {
                let name = self.of(&names);
                schema["properties"].as_object_mut().map(|properties| properties.remove(&name));
            }
            2 => {
                let additional = [json!(false), json!(true), json!({}), json!({"type": "string"})];
                schema["additionalProperties"] = self.of(&additional);
            }
            3 => _ = schema.as_object_mut().map(|keywords| keywords.remove("additionalProperties")),
            4 if !required.is_empty() => {
                required.remove(self.below(required.len()));
                schema["required"] = json!(required);
                if required.is_empty() {
                    schema.as_object_mut().map(|keywords| keywords.remove("required"));
                }
            }
            5 if !names.is_empty() => {
                let name = self.of(&names);
                let marker = self.of(&["readOnly", "writeOnly"]);
                if schema["properties"][&name].get("type").is_some() {
                    let is_set = schema["properties"][&name][marker] == true;
                    schema["properties"][&name][marker] = json!(!is_set);
                }
            }
            _ => {
                if !required.contains(&json!(name)) {
                    required.push(json!(name));
                }
                schema["required"] = json!(required);
            }
        }
    }

    fn change_not(&mut self, schema: &mut Value, change: &Change<'_>) {
        let kind = schema["type"].as_str().map(str::to_owned);
        if schema.get("not").is_some() && self.one_in(3) {
            schema["not"]["deprecated"] = json!(true);
        } else if schema.get("not").is_some() && self.one_in(2) {
            schema.as_object_mut().map(|keywords| keywords.remove("not"));
        } else {
            schema["not"] = self.fresh(change, kind.as_deref());
        }
    }

    fn change_scalar(&mut self, schema: &mut Value, change: &Change<'_>) {
        let kind = schema["type"].as_str().unwrap_or_default().to_owned();
        match (self.below(8), kind.as_str()) {
            (0, "integer") => schema["type"] = json!("number"),
            (0, "number") => schema["type"] = json!("integer"),
            (1, "string") => schema["format"] = json!(self.of(FORMATS).0),
            (1, "integer") => schema["format"] = json!(self.of(&["int32", "int64"])),
            (1, "number") => schema["format"] = json!(self.of(&["float", "double"])),
            (2, "string") => schema["pattern"] = json!(self.of(PATTERNS).0),
            (3, kind) if !kind.is_empty() && !change.is_partial && schema.get("allOf").is_none() => {
                let is_set = schema["nullable"] == true;
                schema["nullable"] = json!(!is_set);
            }
            (4 | 5, kind) if !kind.is_empty() => match schema["enum"].as_array().cloned() {
                Some(mut values) if values.len() > 1 && self.one_in(2) => {
                    values.remove(self.below(values.len()));
                    schema["enum"] = json!(values);
                }
                Some(mut values) => {
                    let value = self.value_of(kind, 1);
                    if !values.contains(&value) {
                        values.push(value);
                    }
                    schema["enum"] = json!(values);
                }
                None => schema["enum"] = json!([self.value_of(kind, 1)]),
            },
            (6, _) => schema["deprecated"] = json!(true),
            _ => self.remove_keyword(schema),
        }
    }
}

/// Moves one bound by one.
fn move_bound(schema: &mut Value, seeded: &mut Seeded) {
    let Some(keywords) = schema.as_object_mut() else { return };
    let is_bound = |name: &str| name.starts_with("min") || name.starts_with("max");
    let names: Vec<String> = keywords.keys().filter(|name| is_bound(name)).cloned().collect();
    if names.is_empty() {
        return;
    }
    let name = seeded.of(&names);
    let bound = keywords[&name].as_f64().unwrap_or_default() + seeded.of(&[-1.0, 1.0]);
    let is_number = name == "minimum" || name == "maximum";
    let bound = if is_number && bound.fract() != 0.0 { json!(bound) } else { json!(bound as i64) };
    if is_number || bound.as_i64() >= Some(0) {
        keywords.insert(name, bound);
    }
}

/// Returns the number of subschemas, including the schema itself.
fn count(schema: &Value) -> usize {
    let inner = |keyword: &str, value: &Value| match (keyword, value) {
        ("properties", Value::Object(inner)) => inner.values().map(count).sum(),
        ("allOf" | "oneOf" | "anyOf", Value::Array(inner)) => inner.iter().map(count).sum(),
        ("items" | "not" | "additionalProperties", inner) if inner.is_object() => count(inner),
        _ => 0,
    };
    1 + schema.as_object().into_iter().flatten().map(|(keyword, value)| inner(keyword, value)).sum::<usize>()
}

/// Removes each discriminator beside `oneOf` and `anyOf`, because OpenAPI does not define which of them it applies to, and each
/// discriminator with an inline variant, which OpenAPI does not allow.
fn remove_ambiguous_discriminators(value: &mut Value) {
    if let Value::Object(members) = value {
        let mut lists = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| members.get(keyword)?.as_array());
        let (list, other) = (lists.next(), lists.next());
        let is_clear =
            other.is_none() && list.is_some_and(|list| list.iter().all(|variant| variant["$ref"].is_string()));
        if !is_clear {
            members.remove("discriminator");
        }
        members.values_mut().for_each(remove_ambiguous_discriminators);
    } else if let Value::Array(items) = value {
        items.iter_mut().for_each(remove_ambiguous_discriminators);
    }
}
