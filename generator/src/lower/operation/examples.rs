//! Examples: what the page prints becomes a test of the generated crate.

use serde_json::Value as Json;

use crate::ir::{
    Argument, ArgumentLocation, BodyEncoding, BodyExample, Direction, ExampleArgument, RequestExample, SchemaExample,
    Type,
};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::operation;
use crate::lower::operation::Names;
use crate::lower::{Lowering, docs, schema};
use crate::resolve::document;
use crate::resolve::document::{MediaType, Operation, OperationExample};

impl<'d> Lowering<'d> {
    /// The requests that the page prints for one operation; `arguments` turns an example's parameters into arguments.
    pub(crate) fn request_examples(
        &self,
        operation: &Operation,
        names: &Names,
        arguments: impl Fn(&Self, &OperationExample) -> Option<Vec<Option<ExampleArgument>>>,
    ) -> Vec<RequestExample> {
        let sound = operation.examples.iter().filter(|example| !self.findings.is_invalid_example(&example.pointer));
        let lowered = sound.filter_map(|example| {
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

    /// The credentials among an example's parameters. A bearer token is written as the header's whole value.
    fn credentials(&self, example: &OperationExample) -> Vec<(crate::ir::SecuritySchemeId, String)> {
        let given = example.parameters.iter().filter_map(|(name, value)| {
            let scheme = self.scheme_carried_as(name)?;
            let value = value.as_str()?;
            Some((scheme, value.strip_prefix("Bearer ").unwrap_or(value).to_owned()))
        });
        given.collect()
    }

    /// The arguments of an example, in the order of the operation's; keys are left to the caller.
    pub(crate) fn plain_arguments(
        &self,
        arguments: &[Argument],
        example: &OperationExample,
    ) -> Option<Vec<Option<ExampleArgument>>> {
        let value = |argument: &Argument| {
            let (value, json) = match &argument.location {
                ArgumentLocation::Key(_) => return Some(None),
                ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => {
                    // What the page prints is JSON: it stands for a body that is sent as JSON.
                    let content = argument.location.preferred_body()?;
                    if example.body.is_some() && content.encoding != BodyEncoding::Json {
                        return None;
                    }
                    (&content.value, example.body.as_ref())
                }
                ArgumentLocation::Path { value, .. }
                | ArgumentLocation::Query { value, .. }
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
        arguments.iter().map(value).collect()
    }

    /// The bodies that the page prints.
    pub(crate) fn lower_body_examples(&mut self) -> Vec<BodyExample> {
        let document = self.document;
        let mut examples = Vec::new();
        for operation in &document.operations {
            let name = self.operation_names[&operation::method_id(operation)].method_name.clone();
            let sent = Direction { sent: true, received: false };
            let received = Direction { sent: false, received: true };
            for media in operation.body.iter().flat_map(|body| &body.content) {
                self.body_examples(media, &format!("{name} request"), sent, &mut examples);
            }
            for response in &operation.responses {
                let status = match response.status {
                    document::Status::Code(code) => code.to_string(),
                    document::Status::Range(hundred) => format!("{hundred}XX"),
                    document::Status::Default => "default".to_owned(),
                };
                for media in &response.content {
                    self.body_examples(media, &format!("{name} {status}"), received, &mut examples);
                }
            }
        }
        examples
    }

    /// The values that component schemas give as examples of themselves.
    pub(crate) fn lower_schema_examples(&self) -> Vec<SchemaExample> {
        let schemas = self.document.schemas.iter();
        let lowered = schemas.filter_map(|(name, schema)| {
            let example = schema.example.as_ref()?;
            let id = *self.components.get(name.as_str())?;
            let contradicts = self.document.acknowledged_examples.contains(name)
                || self.findings.is_invalid_example(&schema.pointer.join("example"));
            (!contradicts).then(|| SchemaExample {
                test_name: identifiers::snake(&format!("example of {name}")),
                value: schema::named(id, schema.nullable),
                json: example.to_string(),
            })
        });
        lowered.collect()
    }

    fn body_examples(&mut self, media: &'d MediaType, context: &str, direction: Direction, out: &mut Vec<BodyExample>) {
        let Some(schema) = &media.schema else { return };
        if media.examples.is_empty() || !media.is_json() {
            return;
        }
        let Some(value) = self.value(schema, &Context::of_example(context)) else { return };
        for example in media.examples.iter().filter(|example| !self.findings.is_invalid_example(&example.pointer)) {
            let mut lines = example.summary.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(&mut lines, example.acknowledgement.as_deref().map(docs::prose).unwrap_or_default());
            out.push(BodyExample {
                test_name: identifiers::snake(&format!("{context} {}", example.name)),
                docs: lines,
                value: value.clone(),
                direction,
                json: example.value.to_string(),
                rejected: example.acknowledgement.is_some(),
            });
        }
    }
}
