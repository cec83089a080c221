//! Operations: names, arguments, path, security and answers of each, or of the spellings that `x-overload` groups.

pub(crate) mod examples;
pub(crate) mod multipart;
pub(crate) mod overloads;
pub(crate) mod parameters;
pub(crate) mod request_body;
pub(crate) mod responses;
pub(crate) mod security;
pub(crate) mod servers;
pub(crate) mod styles;

use indexmap::{IndexMap, IndexSet};

use crate::finding::Code;
use crate::ir::{Argument, ArgumentLocation, Operation, Path, PathValue};
use crate::lower::naming::identifiers;
use crate::lower::operation::request_body::preferred_first;
use crate::lower::{Lowering, docs};
use crate::resolve::document;

/// The methods that a client has anyway.
const CLIENT_METHODS: &[&str] = &["builder", "clone"];

/// The Rust names of an operation.
#[derive(Debug, Clone)]
pub struct Names {
    /// What names it in the document, or stands for that.
    pub id: String,
    /// Its struct of arguments.
    pub type_name: String,
    /// The client's method.
    pub method_name: String,
}

impl<'d> Lowering<'d> {
    /// Names every method before any schema in place is named, so that an operation keeps its name.
    pub(super) fn name_operations(&mut self) {
        let document = self.document;
        let mut methods = identifiers::Scope::with(CLIENT_METHODS);
        // What the document names itself comes before what is named after its path.
        for is_named in [true, false] {
            let operations = document.operations.iter();
            let ids: IndexSet<String> = operations
                .filter(|operation| (operation.id.is_some() || operation.overload.is_some()) == is_named)
                .map(method_id)
                .filter(|id| !self.operation_names.contains_key(id))
                .collect();
            let texts: Vec<&str> = ids.iter().map(String::as_str).collect();
            let names = self.type_names.take_all(&texts, identifiers::pascal).into_iter();
            let names = names.zip(methods.take_all(&texts, identifiers::snake));
            for (id, (type_name, method_name)) in texts.iter().map(|id| (*id).to_owned()).zip(names) {
                self.operation_names.insert(id.clone(), Names { id, type_name, method_name });
            }
        }
    }

    /// Lowers every operation; the spellings of one method stand where the first of them stands.
    pub(super) fn lower_operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut methods: IndexMap<String, Vec<&'d document::Operation>> = IndexMap::new();
        for operation in &document.operations {
            methods.entry(method_id(operation)).or_default().push(operation);
        }
        let mut operations = Vec::new();
        for (id, spellings) in methods {
            let names = self.operation_names[&id].clone();
            let Some(first) = spellings.first() else { continue };
            let mark = self.findings.mark();
            let lowered = match first.overload {
                Some(_) => self.lower_overload(&spellings, &names),
                None => self.lower_operation(first, &names),
            };
            operations.extend(lowered.filter(|_| !self.findings.has_errors_since(mark)));
        }
        operations
    }

    fn lower_operation(&mut self, operation: &'d document::Operation, names: &Names) -> Option<Operation> {
        if operation.id.is_none() {
            let message = format!("The operation has no operationId; its method is called `{}`.", names.method_name);
            self.refuse(
                Code::MissingOperationId,
                &operation.pointer,
                message,
                "Give it an operationId, so that its name stays when the path changes.",
            );
            self.findings.set_missing(&operation.pointer.join("operationId"));
        }
        let mut scope = identifiers::Scope::with(parameters::CALL_METHODS);
        let arguments = self.arguments(operation, &names.type_name, &mut scope);
        let body = operation.body.as_ref().map(|body| self.body_argument(body, &names.type_name, &mut scope));
        let responses = self.responses(operation, &names.type_name);
        let security = self.security(operation);
        let mut arguments = arguments?;
        if let Some(body) = body {
            arguments.push(body?);
        }
        let path = template_path(&operation.path, &arguments);
        let mut lines = operation_docs(operation);
        docs::paragraph(&mut lines, [docs::code(&format!("{} {}", operation.method, operation.path))]);
        docs::paragraph(&mut lines, servers::own_server_docs(self.document, operation));
        docs::paragraph(&mut lines, docs::source(operation.source.as_deref()));
        let examples =
            self.request_examples(operation, names, |lowering, example| lowering.plain_arguments(&arguments, example));
        Some(Operation {
            id: names.id.clone(),
            pointers: vec![operation.pointer.to_string()],
            type_name: names.type_name.clone(),
            method_name: names.method_name.clone(),
            docs: lines,
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            server: servers::own_server(self.document, operation),
            path,
            arguments: place_in(operation, arguments),
            fixed_headers: fixed_headers(operation),
            security,
            responses: responses?,
            examples,
        })
    }
}

/// Schemas that stand in the operation itself are found from there.
pub(super) fn place_in(operation: &document::Operation, mut arguments: Vec<Argument>) -> Vec<Argument> {
    let operation = format!("#{}", operation.pointer);
    for value in arguments.iter_mut().filter_map(|argument| argument.location.value_mut()) {
        let inside = value.schema_location.as_deref().and_then(|place| place.strip_prefix(&operation));
        if let Some(inside) = inside.filter(|inside| inside.starts_with('/')) {
            value.schema_location = Some(inside.to_owned());
        }
    }
    arguments
}

/// The headers that are sent always. Where an answer may have several media types the request says which ones are read.
pub(super) fn fixed_headers(operation: &document::Operation) -> Vec<(String, String)> {
    let mut headers = operation.fixed_headers.clone();
    let has_choice = operation.responses.iter().any(|response| response.content.len() > 1);
    if !has_choice || headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Accept")) {
        return headers;
    }
    let read = preferred_first(operation.responses.iter().flat_map(responses::readable));
    let mut names: Vec<&str> = read.into_iter().map(|media| media.name.as_str()).collect();
    names.dedup();
    headers.push(("Accept".to_owned(), names.join(", ")));
    headers
}

/// What names the method of an operation: the group it belongs to, its own id, or method and path.
pub(super) fn method_id(operation: &document::Operation) -> String {
    match (&operation.overload, &operation.id) {
        (Some(overload), _) => overload.method.clone(),
        (None, Some(id)) => id.clone(),
        (None, None) => format!("{} {}", operation.method.to_lowercase(), operation.path),
    }
}

/// Summary and description.
pub(super) fn operation_docs(operation: &document::Operation) -> Vec<String> {
    let mut lines = operation.summary.as_deref().map(docs::prose).unwrap_or_default();
    let description = operation.description.as_deref().map(docs::prose).unwrap_or_default();
    docs::paragraph(&mut lines, description);
    if lines.is_empty() {
        lines.push(format!("The operation {}.", docs::code(&method_id(operation))));
    }
    lines
}

/// The template, and the argument that fills each of its names.
fn template_path(template: &str, arguments: &[Argument]) -> Path {
    let fills = |name: &str| {
        arguments.iter().enumerate().find_map(|(index, argument)| match &argument.location {
            ArgumentLocation::Path { odata_literal, .. } if argument.wire == name => {
                Some(PathValue { argument: index, odata_literal: *odata_literal })
            }
            _ => None,
        })
    };
    Path::Template { template: template.to_owned(), values: template_names(template).filter_map(fills).collect() }
}

/// The names in the braces of a template, in order.
pub(super) fn template_names(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}
