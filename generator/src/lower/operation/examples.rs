//! Lowers examples to tests of the emitted crate.

use serde_json::Value as Json;

use crate::ir::{
    Argument, ArgumentLocation, BodyEncoding, BodyExample, CredentialLocation, Direction, ExampleArgument,
    RequestExample, SchemaExample, SecuritySchemeId, Type, Value,
};
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::identifiers;
use crate::lower::naming::operation_names::{OperationNames, method_id};
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::{MediaType, Operation, OperationExample, Status};

impl<'d> Lowering<'d> {
    /// Lowers the request examples of an operation (`x-examples`). The function `arguments` returns the value that an example
    /// gives to each argument, or `None` if the example cannot be used. Omits such examples, and examples that contradict the
    /// document.
    pub(super) fn request_examples(
        &self,
        operation: &Operation,
        names: &OperationNames,
        arguments: impl Fn(&Self, &OperationExample) -> Option<Vec<Option<ExampleArgument>>>,
    ) -> Vec<RequestExample> {
        let valid = operation
            .examples
            .iter()
            .filter(|example| !self.invalid_examples.contains(&example.pointer) && !self.has_signature(example));
        let lowered = valid.filter_map(|example| {
            Some(RequestExample {
                test_name: identifiers::snake(&format!("{} {}", names.method_name, example.name)),
                docs: docs::source(example.source.as_deref()),
                arguments: arguments(self, example)?,
                credentials: self.credentials(example),
                request_line: example.request.clone(),
                headers: example.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
                body: example.body.as_ref().map(Json::to_string),
            })
        });
        lowered.collect()
    }

    /// Returns whether a request example contains a signature, which no test can repeat, because it depends on a secret key.
    fn has_signature(&self, example: &OperationExample) -> bool {
        let signs = self.security_schemes.iter().any(|scheme| scheme.location == CredentialLocation::SdkHmacSha256);
        let mut names = example.parameters.keys().filter(|name| name.eq_ignore_ascii_case("Authorization"));
        signs && names.any(|name| self.scheme_of_parameter(name).is_none())
    }

    /// Returns the credentials among the parameters of a request example. For a bearer token, the example contains the whole
    /// value of the header `Authorization`, so the prefix `Bearer` is removed.
    fn credentials(&self, example: &OperationExample) -> Vec<(SecuritySchemeId, String)> {
        let credentials = example.parameters.iter().filter_map(|(name, value)| {
            let scheme = self.scheme_of_parameter(name)?;
            let value = value.as_str()?;
            Some((scheme, value.strip_prefix("Bearer ").unwrap_or(value).to_owned()))
        });
        credentials.collect()
    }

    /// Returns the value that `example` gives to each of `arguments`. The value is `None` for an optional argument that the
    /// example does not set. It is also `None` for a key, which is an argument that holds the values of path parameters
    /// (`x-overload`).
    ///
    /// Returns `None` instead of the list if the example has no value for a required argument, or has a body that the operation
    /// does not send as JSON.
    pub(super) fn plain_arguments(
        &self,
        arguments: &[Argument],
        example: &OperationExample,
    ) -> Option<Vec<Option<ExampleArgument>>> {
        let example_argument = |argument: &Argument| {
            let (value, json) = match &argument.location {
                ArgumentLocation::Key(_) => return Some(None),
                ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => {
                    let content = argument.location.preferred_body()?;
                    if example.body.is_some() && content.encoding != BodyEncoding::Json {
                        return None;
                    }
                    (&content.value, example.body.as_ref())
                }
                ArgumentLocation::Path { value, .. }
                | ArgumentLocation::Query { value, .. }
                | ArgumentLocation::WholeQuery { value, .. }
                | ArgumentLocation::Header { value, .. }
                | ArgumentLocation::Cookie { value, .. } => (value, example.parameters.get(&argument.wire)),
            };
            match json {
                None if argument.required => None,
                Some(Json::String(text)) if matches!(value.kind, Type::String) && !value.nullable => {
                    Some(Some(ExampleArgument::Text(text.clone())))
                }
                json => Some(json.map(|json| ExampleArgument::Json(json.to_string()))),
            }
        };
        arguments.iter().map(example_argument).collect()
    }

    /// Lowers the examples of request and response bodies, and of the payloads of webhooks.
    pub(crate) fn lower_body_examples(&mut self) -> Vec<BodyExample> {
        let document = self.document;
        let mut examples = Vec::new();
        for operation in &document.operations {
            let name = self.operation_names[&method_id(operation)].method_name.clone();
            for media in operation.body.iter().flat_map(|body| &body.content) {
                self.add_body_examples(media, &format!("{name} request"), Direction::SENT, &mut examples);
            }
            for response in &operation.responses {
                let status = match response.status {
                    Status::Code(code) => code.to_string(),
                    Status::Range(first_digit) => format!("{first_digit}XX"),
                    Status::Default => "default".to_owned(),
                };
                for media in &response.content {
                    self.add_body_examples(media, &format!("{name} {status}"), Direction::RECEIVED, &mut examples);
                }
            }
        }
        for webhook in &document.webhooks {
            for media in webhook.body.iter().flat_map(|body| &body.content) {
                let context = format!("{} webhook", webhook.name);
                self.add_body_examples(media, &context, Direction::RECEIVED, &mut examples);
            }
        }
        examples
    }

    fn add_body_examples(
        &mut self,
        media: &'d MediaType,
        context: &str,
        direction: Direction,
        examples: &mut Vec<BodyExample>,
    ) {
        let Some(schema) = &media.schema else { return };
        if media.examples.is_empty() || !media.is_json() || !self.is_json_body(media) {
            return;
        }
        let Some(value) = self.lower_schema(schema, &NamingContext::example(context)) else { return };
        for example in media.examples.iter().filter(|example| !self.invalid_examples.contains(&example.pointer)) {
            let mut docs = example.summary.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(&mut docs, example.acknowledgement.as_deref().map(docs::prose).unwrap_or_default());
            examples.push(BodyExample {
                test_name: identifiers::snake(&format!("{context} {}", example.name)),
                docs,
                value: value.clone(),
                direction,
                json: example.value.to_string(),
                rejected: example.acknowledgement.is_some(),
            });
        }
    }

    /// Lowers the examples of component schemas. Examples that contradict their schema are omitted.
    pub(crate) fn lower_schema_examples(&self) -> Vec<SchemaExample> {
        let mut lowered = Vec::new();
        for (name, schema) in &self.document.schemas {
            let Some(id) = self.components.get(name.as_str()).copied() else { continue };
            if self.document.acknowledged_examples.contains(name) {
                continue;
            }
            let further = self.document.further_examples.get(name).map(Vec::as_slice).unwrap_or_default();
            let listed = schema.pointer.join("examples").join(0);
            let first = match further.iter().any(|(place, _)| *place == listed) {
                true => schema.pointer.join("example"),
                false => listed,
            };
            let is_valid = |place: &Pointer| !self.invalid_examples.contains(place);
            let first =
                schema.example.as_ref().filter(|_| is_valid(&first) && is_valid(&schema.pointer.join("example")));
            let further = further.iter().filter(|(place, _)| is_valid(place)).map(|(_, example)| example);
            lowered.extend(first.into_iter().chain(further).map(|example| SchemaExample {
                test_name: identifiers::snake(&format!("example of {name}")),
                value: Value { nullable: schema.nullable, ..Value::plain(Type::Named { id, boxed: false }) },
                json: example.to_string(),
            }));
        }
        lowered
    }
}
