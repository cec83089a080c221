//! Creates random values that are almost valid for a schema. They are often valid, at a bound, or invalid because of a single
//! mistake.

use serde_json::{Map, Number, Value, json};

use super::random::{FORMATS, NAMES, PATTERNS, Seeded};

/// Characters of one, two, three and four bytes.
const LETTERS: &[char] = &['a', 'b', 'z', '1', '-', 'é', '語', '😀'];

impl Seeded {
    /// Creates a value that is often valid or almost valid for `schema`.
    pub fn near(&mut self, schema: &Value, components: &Value, depth: usize) -> Value {
        if self.one_in(16) {
            return self.value(2);
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return self.near(&components[name], components, depth);
        }
        if schema["nullable"] == true && self.one_in(6) {
            return Value::Null;
        }
        // Values that `not` excludes are rare elsewhere.
        if schema["not"].is_object() && depth > 0 && self.one_in(4) {
            return self.near(&schema["not"], components, depth - 1);
        }
        if let Some(values) = schema["enum"].as_array() {
            return self.of(values);
        }
        let own = self.near_own(schema, components, depth);
        let parts =
            ["allOf", "anyOf", "oneOf"].into_iter().filter_map(|keyword| Some((keyword, schema[keyword].as_array()?)));
        parts.fold(own, |own, (keyword, parts)| {
            let chosen = if keyword == "allOf" { parts.clone() } else { vec![self.of(parts)] };
            chosen.iter().fold(own, |own, part| {
                let typed = !schema["type"].is_null();
                let near = self.near(part, components, depth);
                self.together(own, near, typed)
            })
        })
    }

    /// Combines values for two schemas that apply together. If both values are objects with the same member, the member of `near`
    /// is kept.
    fn together(&mut self, own: Value, near: Value, typed: bool) -> Value {
        match (own, near) {
            (Value::Object(mut members), Value::Object(more)) => {
                members.extend(more);
                Value::Object(members)
            }
            (own, near) if typed && self.one_in(2) => {
                _ = near;
                own
            }
            (_, near) => near,
        }
    }

    /// Creates a value for the keywords of the schema itself, without `allOf`, `anyOf` and `oneOf`. The value is almost valid.
    fn near_own(&mut self, schema: &Value, components: &Value, depth: usize) -> Value {
        match schema["type"].as_str() {
            Some("array") if depth > 0 => {
                let count = self.count(schema, "minItems", "maxItems", 3);
                (0..count).map(|_| self.near(&schema["items"], components, depth - 1)).collect()
            }
            Some("object") if depth > 0 => self.near_object(schema, components, depth),
            Some("string") => json!(self.near_text(schema)),
            Some(kind @ ("number" | "integer")) => self.near_number(schema, kind),
            Some(kind) => self.value_of(kind, depth),
            None if schema.get("properties").is_some() && depth > 0 => self.near_object(schema, components, depth),
            None => self.value(depth),
        }
    }

    /// Chooses a number of items or characters: between the two bounds, or at most one away from a bound.
    fn count(&mut self, schema: &Value, least: &str, most: &str, usual: u64) -> u64 {
        let (least, most) = (schema[least].as_u64(), schema[most].as_u64());
        let limits: Vec<u64> = [least, most].into_iter().flatten().collect();
        if !limits.is_empty() && self.one_in(3) {
            let limit = self.of(&limits);
            return self.of(&[limit.saturating_sub(1), limit, limit + 1]);
        }
        let low = least.unwrap_or(0);
        let high = most.unwrap_or(low + usual).max(low);
        low + self.below((high - low + 1) as usize) as u64
    }

    fn near_text(&mut self, schema: &Value) -> String {
        let examples = |table: &[(&str, &'static [&'static str])], keyword: &str| {
            table.iter().find(|(name, _)| schema[keyword] == *name).map(|(_, texts)| *texts)
        };
        let listed = examples(PATTERNS, "pattern").or_else(|| examples(FORMATS, "format"));
        match listed {
            Some(texts) if !self.one_in(4) => self.of(texts).to_owned(),
            _ => {
                let count = self.count(schema, "minLength", "maxLength", 3);
                (0..count).map(|_| self.of(LETTERS)).collect()
            }
        }
    }

    fn near_number(&mut self, schema: &Value, kind: &str) -> Value {
        let limits: Vec<f64> = ["minimum", "maximum"].iter().filter_map(|limit| schema[*limit].as_f64()).collect();
        let around = if limits.is_empty() { self.below(7) as f64 - 3.0 } else { self.of(&limits) };
        let apart = [-1.0, 0.0, 1.0, 2.0, if kind == "number" { 0.5 } else { 0.0 }, 1.0, -2.0];
        let number = around + self.of(&apart);
        let number = match schema["multipleOf"].as_f64() {
            Some(step) if !self.one_in(3) => decimal((number / step).round() * step),
            _ => number,
        };
        if number.fract() == 0.0 && !self.one_in(8) { json!(number as i64) } else { json!(number) }
    }

    fn near_object(&mut self, schema: &Value, components: &Value, depth: usize) -> Value {
        let mut members = Map::new();
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let described = schema["properties"].as_object();
        let names: Vec<String> = described.into_iter().flatten().map(|(name, _)| name.clone()).collect();
        for name in NAMES.iter().copied().chain(names.iter().map(String::as_str)) {
            let is_required = required.contains(&name) && !self.one_in(10);
            if is_required || self.one_in(if names.iter().any(|known| known == name) { 2 } else { 4 }) {
                let known = &schema["properties"][name];
                let described = if known.is_null() { &schema["additionalProperties"] } else { known };
                if described != false || self.one_in(8) {
                    members.insert(name.to_owned(), self.near(described, components, depth - 1));
                }
            }
        }
        Value::Object(members)
    }

    /// Returns the value with a random change to itself, or to one value inside it.
    pub fn mutated(&mut self, value: &Value) -> Value {
        let place = self.below(places(value));
        let mut mutated = value.clone();
        let mut left = place;
        self.change_at(&mut mutated, &mut left);
        mutated
    }

    /// Changes the value with the number `left` in a depth-first walk. Returns whether there is such a value.
    fn change_at(&mut self, value: &mut Value, left: &mut usize) -> bool {
        if *left == 0 {
            *value = self.changed(value.take());
            return true;
        }
        *left -= 1;
        match value {
            Value::Array(items) => items.iter_mut().any(|item| self.change_at(item, left)),
            Value::Object(members) => members.values_mut().any(|member| self.change_at(member, left)),
            _ => false,
        }
    }

    fn changed(&mut self, value: Value) -> Value {
        match (self.below(6), value) {
            (0, _) => Value::Null,
            (1, _) => self.value(1),
            (2 | 3, Value::Array(mut items)) => {
                items.pop();
                json!(items)
            }
            (_, Value::Array(mut items)) => {
                let more = items.first().cloned().unwrap_or_else(|| self.value(1));
                items.push(more);
                json!(items)
            }
            (2..=4, Value::Object(mut members)) if !members.is_empty() => {
                let names: Vec<String> = members.keys().cloned().collect();
                members.remove(&self.of(&names));
                Value::Object(members)
            }
            (_, Value::Object(mut members)) => {
                members.insert(self.of(NAMES).to_owned(), self.value(1));
                Value::Object(members)
            }
            (2, Value::String(text)) => json!(text.chars().skip(1).collect::<String>()),
            (_, Value::String(text)) => json!(text + &self.of(LETTERS).to_string()),
            (_, Value::Number(number)) => self.beside(&number),
            (_, Value::Bool(flag)) => json!(!flag),
            (_, Value::Null) => self.value(1),
        }
    }

    fn beside(&mut self, number: &Number) -> Value {
        match number.as_i64() {
            Some(number) => json!(number.saturating_add(self.of(&[-1, 1, 2]))),
            None => json!(decimal(number.as_f64().unwrap_or_default() + self.of(&[0.5, 1.0, -0.1]))),
        }
    }
}

/// Returns the number of values inside a value, including the value itself.
fn places(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(places).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(places).sum::<usize>(),
        _ => 1,
    }
}

/// Rounds a sum of short decimals to nine decimal places, which removes the error of binary addition.
fn decimal(number: f64) -> f64 {
    format!("{number:.9}").parse().unwrap_or(number)
}

/// Returns values at, below and above each bound that the schema itself has, without its subschemas.
pub fn edges(schema: &Value) -> Vec<Value> {
    let mut edges = Vec::new();
    for keyword in ["minimum", "maximum"] {
        if let Some(limit) = schema[keyword].as_f64() {
            edges.extend([-1.0, -0.5, 0.0, 0.5, 1.0].map(|apart| json!(limit + apart)));
            edges.extend(
                schema[keyword].as_i64().into_iter().flat_map(|limit| [limit - 1, limit, limit + 1]).map(Value::from),
            );
        }
    }
    if let Some(step) = schema["multipleOf"].as_f64() {
        edges.extend([0.0, step, decimal(step * 3.0), decimal(step * 1.5), -step].map(Value::from));
    }
    if schema["format"] == "int32" {
        edges.extend(
            [i64::from(i32::MIN), i64::from(i32::MAX)]
                .into_iter()
                .flat_map(|limit| [limit - 1, limit, limit + 1])
                .map(Value::from),
        );
    }
    let counts = |least: &str, most: &str| -> Vec<u64> {
        let limits = [schema[least].as_u64(), schema[most].as_u64()];
        limits.into_iter().flatten().flat_map(|limit| [limit.saturating_sub(1), limit, limit + 1]).collect()
    };
    for count in counts("minLength", "maxLength") {
        edges.extend(["a", "é", "😀"].map(|letter| json!(letter.repeat(count as usize))));
    }
    edges.extend(counts("minItems", "maxItems").into_iter().map(|count| json!(vec![Value::Null; count as usize])));
    for count in counts("minProperties", "maxProperties") {
        let members = (0..count).map(|index| (format!("m{index}"), Value::Null));
        edges.push(Value::Object(members.collect()));
    }
    edges
}
