//! Random values and random schemas of OpenAPI 3.0.

use serde_json::{Map, Value, json};

/// Patterns that all regex engines interpret alike, each with strings that match.
pub const PATTERNS: &[(&str, &[&str])] = &[
    ("^[a-z]+$", &["a", "abab", "zzzz"]),
    ("a", &["a", "ba!", "😀a"]),
    ("^(ab|c)*$", &["", "ab", "cabc"]),
    ("^.{2,3}$", &["ab", "😀é", "abc"]),
    ("[0-9]$", &["1", "a0"]),
    ("^$|b", &["", "ab"]),
    ("^[A-Z]{2}-\\d{4}$", &["AB-1234"]),
    ("^(?=.*\\d)[a-z\\d]{2,}$", &["a1", "ab12"]),
];

/// Formats, each with strings that conform to the format.
pub const FORMATS: &[(&str, &[&str])] = &[
    ("date", &["2024-02-29", "1999-12-31"]),
    ("date-time", &["2024-02-29T23:59:59Z", "1999-12-31T00:00:00.5+01:00"]),
    ("uuid", &["2f1b3c4d-0000-4000-8000-00000000abcd"]),
    ("ipv4", &["127.0.0.1"]),
    ("ipv6", &["::1", "2001:db8::ff"]),
    ("email", &["joe@example.com"]),
    ("hostname", &["example.com", "a"]),
    ("uri", &["https://example.com/a?b#c", "urn:a:b"]),
    ("password", &["secret"]),
    ("unheard-of", &["anything"]),
];

/// Names of members: ordinary names, a name that JSON Pointer escapes, a name with a character outside ASCII, and a Rust keyword.
pub const NAMES: &[&str] = &["a", "b", "c", "d~/", "é", "type"];

const TEXTS: &[&str] = &["", "a", "ab", "abc", "abab", "é1", "😀", "😀😀", "ab12", "zzzz", "2024-02-30", "1.1.1.256"];

const NUMBERS: &[f64] = &[-2.5, -0.5, 0.1, 0.25, 0.3, 0.5, 1.5, 2.5, 7.75, 19.99, 1e-8, 1e15];

/// The largest integer up to which every integer is an exact `f64`.
const EXACT: i64 = (1 << 53) - 1;

pub const KINDS: &[&str] = &["string", "number", "integer", "boolean", "array", "object"];

/// A generator of pseudo-random numbers. The same seed gives the same numbers in every run.
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    pub fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }

    pub fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }

    /// Creates a value of any type.
    pub fn value(&mut self, depth: usize) -> Value {
        let kind = self.of(&["string", "number", "integer", "boolean", "null", "array", "object"]);
        self.value_of(kind, depth)
    }

    pub fn value_of(&mut self, kind: &str, depth: usize) -> Value {
        match kind {
            "string" => json!(self.of(TEXTS)),
            "number" => json!(self.of(NUMBERS)),
            "integer" if self.one_in(8) => self.of(&[json!(2.0), json!(-3.0), json!(EXACT), json!(-EXACT)]),
            "integer" => json!(self.below(12) as i64 - 4),
            "boolean" => json!(self.one_in(2)),
            "array" if depth > 0 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            "object" if depth > 0 => {
                let members = (0..self.below(5)).map(|_| (self.of(NAMES).to_owned(), self.value(depth - 1)));
                Value::Object(members.collect())
            }
            "array" => json!([]),
            "object" => json!({}),
            _ => Value::Null,
        }
    }
}

/// The constructs that a random schema may have. They depend on the JSON pointer of the schema in the document.
#[derive(Clone, Copy)]
pub struct Scope<'c> {
    /// The components that the schemas of properties and items may refer to.
    pub components: &'c [String],
    /// The schema itself may refer only to this number of components, from the start of the list. So no schema contains itself
    /// without a property or an item in between, which would have no meaning.
    pub lower: usize,
    /// The maximum depth of the schemas nested in this schema.
    pub depth: usize,
    /// Whether every schema has a type, or is a composition of schemas with types.
    pub typed: bool,
    /// Whether the schema may be `nullable`.
    pub nullable: bool,
    /// Whether `nullable` may occur where published documents give it a wider meaning than the specification does.
    pub lenient: bool,
}

impl Scope<'_> {
    /// Returns the scope for the schema of a property or an item, which may refer to any component.
    fn inside(self) -> Self {
        Self { lower: self.components.len(), depth: self.depth - 1, nullable: true, ..self }
    }

    /// Returns the composition keywords that are allowed. Lenient schemas omit `allOf` and `not`, because the meaning of `nullable`
    /// under them is undefined.
    fn compositions(self) -> &'static [&'static str] {
        if self.lenient { &["anyOf", "oneOf"] } else { &["allOf", "anyOf", "oneOf", "oneOf", "not"] }
    }

    /// Returns the scope for a further schema that applies to the same value, such as a branch of `allOf`.
    fn beside(self) -> Self {
        Self { depth: self.depth - 1, nullable: self.lenient, ..self }
    }
}

impl Seeded {
    /// Creates a schema. If `kind` is given, it is the type of the schema.
    pub fn schema(&mut self, scope: Scope<'_>, kind: Option<&str>) -> Value {
        if scope.lower > 0 && kind.is_none() && self.one_in(8) {
            return refer(&scope.components[self.below(scope.lower)]);
        }
        if scope.typed && kind.is_none() && scope.depth > 0 && self.one_in(6) {
            return self.composed(scope);
        }
        let kind = kind.unwrap_or_else(|| KINDS[self.below(KINDS.len())]);
        let mut schema = Map::new();
        // Without a `type`, keywords apply only to values of their own type.
        if scope.typed || !self.one_in(4) {
            schema.insert("type".to_owned(), json!(kind));
            if scope.nullable && self.one_in(6) {
                schema.insert("nullable".to_owned(), json!(true));
            }
        }
        if self.one_in(8) {
            // No other keyword is added, because copperplate reports and drops an `enum` value that another keyword forbids.
            self.listed(&mut schema, kind, scope.lenient);
            return Value::Object(schema);
        }
        match kind {
            "string" => self.text_keywords(&mut schema),
            "number" | "integer" => self.number_keywords(&mut schema, kind),
            "array" => self.array_keywords(&mut schema, scope),
            "object" => self.object_keywords(&mut schema, scope),
            _ => {}
        }
        if self.one_in(12) {
            // The keyword is for values of a different type, so it has no effect.
            let (keyword, value) = self.of(&[("maxLength", json!(1)), ("minimum", json!(3)), ("minItems", json!(2))]);
            schema.entry(keyword).or_insert(value);
        }
        let may_compose = !schema.contains_key("nullable") || scope.lenient;
        if scope.depth > 0 && may_compose && self.one_in(4) {
            self.composition(&mut schema, scope, kind);
        }
        Value::Object(schema)
    }

    /// Creates a schema that consists only of a composition.
    fn composed(&mut self, scope: Scope<'_>) -> Value {
        let keyword = self.of(scope.compositions());
        let kind = KINDS[self.below(KINDS.len())];
        if keyword == "not" && scope.nullable {
            return json!({"not": self.schema(scope.beside(), None)});
        }
        let keyword = if keyword == "not" { "anyOf" } else { keyword };
        let kind = (keyword == "allOf").then_some(kind);
        let parts: Vec<Value> = (0..1 + self.below(3)).map(|_| self.schema(scope.beside(), kind)).collect();
        json!({keyword: parts})
    }

    fn listed(&mut self, schema: &mut Map<String, Value>, kind: &str, lenient: bool) {
        let mut values: Vec<Value> = (0..1 + self.below(3)).map(|_| self.value_of(kind, 1)).collect();
        if !schema.contains_key("type") {
            values.push(self.value(1));
        }
        if schema.contains_key("nullable") && !(lenient && self.one_in(2)) {
            values.push(Value::Null);
        }
        // Values of `enum` are distinct.
        let mut distinct: Vec<Value> = Vec::new();
        for value in values {
            if !distinct.contains(&value) {
                distinct.push(value);
            }
        }
        schema.insert("enum".to_owned(), json!(distinct));
    }

    /// Inserts a lower bound, an upper bound, both or neither. Some value satisfies both bounds.
    fn limits(&mut self, schema: &mut Map<String, Value>, least: &str, most: &str) {
        let low = self.below(3);
        if self.one_in(2) {
            schema.insert(least.to_owned(), json!(low));
        }
        if self.one_in(2) {
            schema.insert(most.to_owned(), json!(low + self.below(3)));
        }
    }

    fn text_keywords(&mut self, schema: &mut Map<String, Value>) {
        match self.below(6) {
            0 => _ = schema.insert("format".to_owned(), json!(self.of(FORMATS).0)),
            1 => _ = schema.insert("pattern".to_owned(), json!(self.of(PATTERNS).0)),
            2 => {
                schema.insert("pattern".to_owned(), json!(self.of(PATTERNS).0));
                self.limits(schema, "minLength", "maxLength");
            }
            _ => self.limits(schema, "minLength", "maxLength"),
        }
    }

    fn number_keywords(&mut self, schema: &mut Map<String, Value>, kind: &str) {
        let low = self.below(5) as i64 - 3;
        let edge = if self.one_in(3) { 0.5 } else { 0.0 };
        if self.one_in(2) {
            let low = low as f64 + edge;
            schema.insert("minimum".to_owned(), if edge == 0.0 { json!(low as i64) } else { json!(low) });
        }
        if self.one_in(2) {
            schema.insert("maximum".to_owned(), json!(low + 2 + self.below(4) as i64));
        }
        for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
            if self.one_in(3) {
                schema.insert(keyword.to_owned(), json!(!self.one_in(3)));
            }
        }
        if self.one_in(3) {
            let steps = [json!(2), json!(3), json!(0.5), json!(0.25), json!(0.1), json!(0.01), json!(1e-8)];
            schema.insert("multipleOf".to_owned(), self.of(&steps));
        }
        if self.one_in(6) {
            let formats = if kind == "integer" { ["int32", "int64"] } else { ["float", "double"] };
            schema.insert("format".to_owned(), json!(self.of(&formats)));
        }
    }

    fn array_keywords(&mut self, schema: &mut Map<String, Value>, scope: Scope<'_>) {
        self.limits(schema, "minItems", "maxItems");
        // OpenAPI requires `items` for arrays.
        let items = if scope.depth == 0 { json!({}) } else { self.schema(scope.inside(), None) };
        schema.insert("items".to_owned(), items);
        if self.one_in(3) {
            schema.insert("uniqueItems".to_owned(), json!(true));
        }
    }

    fn object_keywords(&mut self, schema: &mut Map<String, Value>, scope: Scope<'_>) {
        let mut properties = Map::new();
        for _ in 0..self.below(4) {
            let mut inner = if scope.depth == 0 { json!({}) } else { self.schema(scope.inside(), None) };
            if scope.typed && inner.get("type").is_some() && self.one_in(10) {
                inner[self.of(&["readOnly", "writeOnly"])] = json!(true);
            }
            properties.insert(self.of(NAMES).to_owned(), inner);
        }
        let mut required: Vec<&str> = NAMES.iter().copied().filter(|_| self.one_in(5)).collect();
        match self.below(5) {
            0 => {
                required.retain(|name| properties.contains_key(*name));
                schema.insert("additionalProperties".to_owned(), json!(false));
            }
            1 if scope.depth > 0 => {
                let inner = self.schema(scope.inside(), None);
                schema.insert("additionalProperties".to_owned(), inner);
            }
            2 => _ = schema.insert("additionalProperties".to_owned(), self.of(&[json!(true), json!({})])),
            _ => {}
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Value::Object(properties));
        }
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        if required.len() < 2 && self.one_in(2) {
            self.limits(schema, "minProperties", "maxProperties");
        }
    }

    fn composition(&mut self, schema: &mut Map<String, Value>, scope: Scope<'_>, kind: &str) {
        let keyword = self.of(scope.compositions());
        if keyword == "not" {
            schema.insert(keyword.to_owned(), self.schema(scope.beside(), None));
            return;
        }
        if kind == "object" && keyword != "allOf" && self.one_in(3) {
            // Variants that differ in their required members.
            let requires = |names: &[&str]| json!({"required": names});
            let names = [self.of(NAMES), self.of(NAMES), self.of(NAMES)];
            let parts = json!([requires(&names[..1]), requires(&names[1..2]), requires(&names[2..])]);
            schema.insert(keyword.to_owned(), parts);
            return;
        }
        // Under `allOf`, a schema with a different type would leave no valid value.
        let kind = (keyword == "allOf" || !self.one_in(4)).then_some(kind);
        let scope = Scope { nullable: false, ..scope.beside() };
        let parts: Vec<Value> = (0..1 + self.below(3)).map(|_| self.schema(scope, kind)).collect();
        schema.insert(keyword.to_owned(), json!(parts));
    }
}

pub fn refer(component: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{component}")})
}
