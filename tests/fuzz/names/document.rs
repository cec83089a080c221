//! Random documents with a hostile name wherever a document can have a name.

use serde_json::{Map, Value, json};

use super::components::{self, Components};
use super::name_of;
use crate::hostile::name;
use crate::random::Seeded;

/// Formats whose strings have the types of other crates in some batches.
const FORMATS: &[&str] = &["date", "date-time", "decimal", "ipv4", "time", "uri", "uuid"];

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Creates a document. A large one has so many operations that they are grouped by tag.
pub fn document(random: &mut Seeded, is_large: bool) -> Value {
    let components = Components::random(random);
    let mut names = Names { random, schemas: Vec::new(), components };
    names.schemas = (0..6 + names.random.below(8)).map(|_| name(names.random)).collect();
    let mut schemas = Map::new();
    for schema in names.schemas.clone() {
        let value = names.component();
        schemas.insert(schema, value);
    }
    let schemes: Vec<String> = (0..3).map(|_| name(names.random)).collect();
    let mut paths = Map::new();
    for index in 0..(if is_large { 90 } else { 4 + names.random.below(6) }) {
        let (path, item) = names.path_item(index, &schemes);
        paths.insert(path, item);
    }
    paths.extend(super::overload::path_items(names.random));
    let security: Map<String, Value> = schemes.iter().map(|scheme| (scheme.clone(), names.security_scheme())).collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": name(names.random), "version": name(names.random), "description": name(names.random)},
        "servers": [names.server(), names.server()],
        "tags": [{"name": name(names.random), "description": name(names.random)}],
        "x-error": {"code": [format!("/{}", name(names.random).replace('~', "~0").replace('/', "~1"))]},
        "paths": paths,
        "components": names.components.with(schemas, security),
    })
}

/// Returns the number of operations in a document.
pub fn operations(document: &Value) -> usize {
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    items
        .filter_map(Value::as_object)
        .map(|item| item.keys().filter(|key| METHODS.contains(&key.as_str())).count())
        .sum()
}

fn is_header(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(letter)
}

fn is_path(letter: char) -> bool {
    !"{}/?#%\\".contains(letter) && !letter.is_control() && !letter.is_whitespace()
}

/// Creates the parts of a document.
struct Names<'r> {
    random: &'r mut Seeded,
    /// The names of the component schemas.
    schemas: Vec<String>,
    /// The other components.
    components: Components,
}

impl Names<'_> {
    fn name(&mut self) -> String {
        name(self.random)
    }

    fn reference(&mut self) -> Value {
        components::reference("schemas", &self.random.of(&self.schemas))
    }

    fn list(&mut self, count: usize) -> Vec<String> {
        let mut list: Vec<String> = (0..count).map(|_| self.name()).collect();
        list.sort();
        list.dedup();
        list
    }

    fn component(&mut self) -> Value {
        match self.random.below(10) {
            0..4 => self.object(2),
            4 => self.enumeration(),
            5 => json!({"allOf": [self.reference(), self.object(1)]}),
            6 => self.discriminated(),
            7 => json!({"anyOf": [self.object(1), self.enumeration(), self.reference()], "title": self.name()}),
            8 => json!({"type": "array", "items": self.schema(1)}),
            _ => self.schema(1),
        }
    }

    fn schema(&mut self, depth: usize) -> Value {
        let mut schema = match self.random.below(13) {
            0..2 => json!({"type": "string", "pattern": "^(a|b)\\1$"}),
            2 => json!({"type": "integer", "format": "int32", "maximum": 7}),
            3 => json!({"type": "number", "multipleOf": 0.1}),
            4 => json!({"type": "boolean"}),
            5 => self.enumeration(),
            6 if depth > 0 => self.object(depth - 1),
            7 if depth > 0 => json!({"type": "array", "uniqueItems": true, "items": self.schema(depth - 1)}),
            8 if depth > 0 => json!({"oneOf": [self.object(depth - 1), self.object(depth - 1), {"type": "integer"}]}),
            9 => json!({"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}}),
            10 => return self.reference(),
            11 => json!({"type": "string", "format": self.random.of(FORMATS)}),
            _ => json!({"type": "string", "format": "date", "nullable": true, "minLength": 1}),
        };
        if self.random.one_in(4) {
            schema["title"] = json!(self.name());
        }
        if self.random.one_in(4) {
            schema["description"] = json!(self.name());
        }
        schema
    }

    fn enumeration(&mut self) -> Value {
        let count = 1 + self.random.below(8);
        let mut schema = json!({"type": "string", "enum": self.list(count)});
        if self.random.one_in(4) {
            schema["default"] = schema["enum"][0].clone();
        }
        schema
    }

    fn object(&mut self, depth: usize) -> Value {
        let count = 1 + self.random.below(10);
        let names = self.list(count);
        let mut properties = Map::new();
        for name in &names {
            properties.insert(name.clone(), self.schema(depth));
        }
        let required: Vec<&String> = names.iter().filter(|_| self.random.one_in(3)).collect();
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        match self.random.below(8) {
            0 => object["additionalProperties"] = json!(true),
            1 => object["additionalProperties"] = json!(false),
            2 => object["additionalProperties"] = self.schema(0),
            3 => object["minProperties"] = json!(1),
            4 => object["title"] = json!(self.name()),
            _ => {}
        }
        object
    }

    fn discriminated(&mut self) -> Value {
        let (one, two, property) = (self.reference(), self.reference(), self.name());
        json!({
            "oneOf": [one, two],
            "discriminator": {"propertyName": property, "mapping": {self.name(): one["$ref"], self.name(): two["$ref"]}},
        })
    }

    fn security_scheme(&mut self) -> Value {
        match self.random.below(4) {
            0 => json!({"type": "http", "scheme": "basic"}),
            1 => json!({"type": "http", "scheme": "bearer", "bearerFormat": self.name()}),
            2 => json!({"type": "apiKey", "in": "query", "name": self.name(), "description": self.name()}),
            _ => json!({"type": "apiKey", "in": "header", "name": name_of(self.random, is_header, "X-Key")}),
        }
    }

    fn server(&mut self) -> Value {
        let variable = name_of(self.random, is_path, "v");
        let values = ["eu", "us", "self", "Self", "a-b", "a_b"];
        json!({
            "url": format!("https://{{{variable}}}.example/{{{variable}2}}"),
            "description": self.name(),
            "variables": {
                &variable: {"default": "eu", "enum": values},
                format!("{variable}2"): {"default": "v1", "description": self.name()},
            },
        })
    }

    fn path_item(&mut self, index: usize, schemes: &[String]) -> (String, Value) {
        let (one, two) = (name_of(self.random, is_path, "a"), name_of(self.random, is_path, "b"));
        let path = format!("/{index}/{{{one}}}/x-{{{two}_}}");
        let mut item = Map::new();
        for _ in 0..1 + self.random.below(3) {
            let method = self.random.of(METHODS);
            let mut operation = self.operation(method, schemes);
            let parameters = operation["parameters"].as_array_mut();
            let in_path = [one.clone(), format!("{two}_")]
                .map(|name| json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}}));
            parameters.into_iter().for_each(|parameters| parameters.extend(in_path.clone()));
            item.insert(method.to_owned(), operation);
        }
        (path, Value::Object(item))
    }

    fn parameters(&mut self) -> Vec<Value> {
        let mut parameters = Vec::new();
        for _ in 0..self.random.below(7) {
            let place = self.random.of(&["query", "query", "header", "cookie"]);
            let name = match place {
                "header" => name_of(self.random, is_header, "X-A"),
                _ => self.name(),
            };
            let schema = self.schema(1);
            let is_required = self.random.one_in(3);
            parameters.push(json!({"name": name, "in": place, "required": is_required, "schema": schema}));
        }
        if self.random.one_in(4) {
            parameters.push(self.components.parameter());
        }
        parameters
    }

    fn operation(&mut self, method: &str, schemes: &[String]) -> Value {
        let mut operation = json!({"parameters": self.parameters(), "summary": self.name(), "tags": self.list(2)});
        if !self.random.one_in(6) {
            operation["operationId"] = json!(self.name());
        }
        if ["put", "post", "patch"].contains(&method) && !self.random.one_in(4) {
            operation["requestBody"] = match self.random.one_in(6) {
                true => self.components.request_body(),
                false => json!({"required": self.random.one_in(2), "content": self.content(true)}),
            };
        }
        if self.random.one_in(8) {
            operation["callbacks"] = self.components.callbacks(self.random);
        }
        let mut responses = Map::new();
        for status in ["200", "201", "4XX", "404", "default"] {
            if self.random.one_in(2) {
                let is_component = self.random.one_in(6);
                let response = if is_component { self.components.response() } else { self.response() };
                responses.insert(status.to_owned(), response);
            }
        }
        responses.entry("204").or_insert(json!({"description": "Done."}));
        operation["responses"] = Value::Object(responses);
        if self.random.one_in(3) {
            operation["security"] = json!([{self.random.of(schemes): []}, {}]);
        }
        if self.random.one_in(4) {
            operation["x-fixed-headers"] = json!({name_of(self.random, is_header, "X-B"): "a"});
        }
        if self.random.one_in(4) {
            operation["x-source"] = json!(self.name());
        }
        operation
    }

    fn content(&mut self, is_request: bool) -> Value {
        let vendor =
            format!("application/vnd.{}+json", name_of(self.random, |letter| letter.is_ascii_alphanumeric(), "a"));
        let mut content = Map::new();
        for _ in 0..1 + self.random.below(3) {
            match self.random.below(6) {
                0 => _ = content.insert(vendor.clone(), json!({"schema": self.schema(2)})),
                1 if is_request => {
                    content.insert("multipart/form-data".to_owned(), json!({"schema": self.parts()}));
                }
                2 if is_request => {
                    content.insert("application/x-www-form-urlencoded".to_owned(), json!({"schema": self.object(1)}));
                }
                3 => _ = content.insert("text/plain".to_owned(), json!({"schema": {"type": "string"}})),
                4 => _ = content.insert("image/*".to_owned(), json!({})),
                _ => _ = content.insert("application/json".to_owned(), json!({"schema": self.schema(2)})),
            }
        }
        Value::Object(content)
    }

    /// Creates the schema of a multipart body, with files.
    fn parts(&mut self) -> Value {
        let mut parts = self.object(1);
        for _ in 0..2 {
            let name = self.name();
            parts["properties"][name] = json!({"type": "string", "format": "binary"});
        }
        parts
    }

    fn response(&mut self) -> Value {
        let mut response = json!({"description": self.name()});
        if !self.random.one_in(3) {
            response["content"] = self.content(false);
        }
        for _ in 0..self.random.below(4) {
            let name = name_of(self.random, is_header, "X-C");
            let header = json!({"schema": self.random.of(&[json!({"type": "string"}), json!({"type": "integer"})])});
            response["headers"][name] = if self.random.one_in(4) { self.components.header() } else { header };
        }
        if self.random.one_in(4) {
            response["links"] = self.components.links(self.random);
        }
        response
    }
}
