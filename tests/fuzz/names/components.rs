//! Components with hostile names, other than schemas and security schemes.

use serde_json::{Map, Value, json};

use crate::hostile::name;
use crate::random::Seeded;

/// The names of the components: one of each kind.
pub struct Components {
    parameter: String,
    header: String,
    request_body: String,
    response: String,
    callback: String,
    link: String,
    example: String,
}

impl Components {
    pub fn random(random: &mut Seeded) -> Self {
        Self {
            parameter: name(random),
            header: name(random),
            request_body: name(random),
            response: name(random),
            callback: name(random),
            link: name(random),
            example: name(random),
        }
    }

    /// Returns the `components` of a document.
    pub fn with(&self, schemas: Map<String, Value>, security_schemes: Map<String, Value>) -> Value {
        let schema = json!({"type": "string", "maxLength": 300});
        let examples = json!({&self.example: reference("examples", &self.example)});
        let content = json!({"application/json": {"schema": schema, "examples": examples}});
        json!({
            "schemas": schemas,
            "securitySchemes": security_schemes,
            "parameters": {&self.parameter: {"name": &self.parameter, "in": "query", "schema": schema}},
            "headers": {&self.header: {"schema": schema, "description": &self.header}},
            "requestBodies": {&self.request_body: {"content": content, "description": &self.request_body}},
            "responses": {&self.response: {"content": content, "description": &self.response}},
            "callbacks": {&self.callback: self.callback()},
            "links": {&self.link: {"description": &self.link, "parameters": {&self.parameter: &self.link}}},
            "examples": {&self.example: {"value": &self.example, "summary": &self.example}},
        })
    }

    pub fn parameter(&self) -> Value {
        reference("parameters", &self.parameter)
    }

    pub fn header(&self) -> Value {
        reference("headers", &self.header)
    }

    pub fn request_body(&self) -> Value {
        reference("requestBodies", &self.request_body)
    }

    pub fn response(&self) -> Value {
        reference("responses", &self.response)
    }

    /// Returns callbacks: the component, and one with another name.
    pub fn callbacks(&self, random: &mut Seeded) -> Value {
        json!({&self.callback: reference("callbacks", &self.callback), format!("{}2", name(random)): self.callback()})
    }

    /// Returns links: the component, and one with another name.
    pub fn links(&self, random: &mut Seeded) -> Value {
        json!({&self.link: reference("links", &self.link), format!("{}2", name(random)): {"operationRef": "#/paths"}})
    }

    fn callback(&self) -> Value {
        let responses = json!({"204": {"description": "Done."}});
        json!({"{$request.body#/url}": {"post": {"operationId": &self.callback, "responses": responses}}})
    }
}

/// Returns a reference to a component.
pub fn reference(kind: &str, name: &str) -> Value {
    let name = name.replace('~', "~0").replace('/', "~1");
    let encoded = name.chars().map(|letter| match letter {
        '%' | '#' => format!("%{:02X}", u32::from(letter)),
        _ => letter.to_string(),
    });
    json!({"$ref": format!("#/components/{kind}/{}", encoded.collect::<String>())})
}
