//! Answers: what each status means, as a success type, an enum of failures, and the arms that choose among them.

use super::bodies::raw_body;
use super::{Lowering, docs, names};
use crate::finding::Code;
use crate::ir::{
    AnswerArm, Answers, Condition, FailureVariant, HeaderField, Headers, HeadersId, Meaning, StatusMatch, Success,
    SuccessVariant, Value,
};
use crate::pointer::Pointer;
use crate::resolve::document::{FailureWhen, Operation, Response, SchemaType, Status};

impl<'d> Lowering<'d> {
    /// How the answers of `operation` are read; `None` where a body is refused.
    pub(super) fn answers(&mut self, operation: &'d Operation, type_name: &str) -> Option<Answers> {
        let mut responses: Vec<&Response> = operation.responses.iter().collect();
        // Exact statuses win over ranges, and both over `default`; within a kind the order is the document's.
        responses.sort_by_key(|response| match response.status {
            Status::Code(_) => 0,
            Status::Range(_) => 1,
            Status::Default => 2,
        });
        let has_success = responses.iter().any(|response| is_success(response.status));
        let several = responses.len() > 1;
        let mut reading = Reading::default();
        for response in responses {
            let context = match several {
                true => format!("{type_name} {} response", status_name(response.status)),
                false => format!("{type_name} response"),
            };
            let body = self.response_body(response, &context)?;
            match response.status {
                Status::Default if !has_success => {
                    reading.success(StatusMatch::Range(2), response, body.clone());
                    reading.failure(StatusMatch::Rest, response, body, None);
                }
                status if is_success(status) => {
                    if let Some(failure) = &response.failure {
                        let equals = match &failure.when {
                            FailureWhen::NonEmpty => None,
                            FailureWhen::Equals(value) => Some(value.to_string()),
                        };
                        let condition = Condition { pointer: failure.pointer.clone(), equals };
                        reading.failure(matched(status), response, body.clone(), Some(condition));
                    }
                    reading.success(matched(status), response, body);
                }
                status => reading.failure(matched(status), response, body, None),
            }
        }
        let headers = self.success_headers(operation, type_name);
        let failure_type = match reading.failures.is_empty() {
            true => String::new(),
            false => self.type_names.take(format!("{type_name}Failure")),
        };
        let success = self.success_type(reading.successes, type_name);
        Some(Answers { success, headers, failures: reading.failures, failure_type, arms: reading.arms })
    }

    fn success_type(&mut self, mut successes: Vec<SuccessVariant>, type_name: &str) -> Success {
        match successes.len() {
            0 => Success::One(None),
            1 => Success::One(successes.remove(0).body),
            _ => Success::Several { name: self.type_names.take(format!("{type_name}Success")), variants: successes },
        }
    }

    /// The body of a response: `Some(None)` where it has none, `None` where it is refused.
    fn response_body(&mut self, response: &'d Response, context: &str) -> Option<Option<Value>> {
        if response.content.is_empty() {
            return Some(None);
        }
        let media = self.media(&response.content, &response.pointer, "response body")?;
        match &media.schema {
            _ if !media.is_json() => Some(Some(raw_body())),
            Some(schema) => self.value(schema, context).map(Some),
            None => Some(Some(super::schemas::anything())),
        }
    }

    /// The headers of all successes; one that only some of them have is absent from the others. Operations with the same
    /// headers share a type, named after the component where there is one.
    fn success_headers(&mut self, operation: &'d Operation, type_name: &str) -> Option<HeadersId> {
        let mut fields: Vec<HeaderField> = Vec::new();
        let mut scope = names::Scope::default();
        let successes = operation.responses.iter().filter(|response| is_success(response.status));
        for header in successes.flat_map(|response| &response.headers) {
            // OpenAPI says that a response header of this name is ignored: the content says it.
            let ignored = header.name.eq_ignore_ascii_case("Content-Type");
            if ignored || fields.iter().any(|field| field.wire.eq_ignore_ascii_case(&header.name)) {
                continue;
            }
            let typed = header.schema.as_ref().map(|schema| self.described(schema).kind);
            if !matches!(typed, None | Some(None | Some(SchemaType::String))) {
                let message = format!("The header `{}` is read as text; its type is documentation only.", header.name);
                self.refuse(Code::NoEffect, &header.pointer, message, "Parse the text where you use it.");
            }
            let mut lines = header.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(
                &mut lines,
                header.schema.as_ref().map(|schema| docs::constraints(self.described(schema))).unwrap_or_default(),
            );
            if lines.is_empty() {
                lines.push(format!("Header {}.", docs::code(&header.name)));
            }
            fields.push(HeaderField {
                name: scope.take(names::snake(&header.name)),
                wire: header.name.clone(),
                docs: lines,
            });
        }
        if fields.is_empty() {
            return None;
        }
        if let Some(known) = self.headers.iter().position(|known| known.fields == fields) {
            return Some(HeadersId(known));
        }
        let shared = operation
            .responses
            .iter()
            .find(|response| is_success(response.status))
            .and_then(|response| component(&response.pointer));
        let name = self.type_names.take(names::pascal(&format!("{} headers", shared.as_deref().unwrap_or(type_name))));
        self.headers.push(Headers { name, fields });
        Some(HeadersId(self.headers.len() - 1))
    }
}

/// The arms of an operation, as they are found.
#[derive(Default)]
struct Reading {
    successes: Vec<SuccessVariant>,
    failures: Vec<FailureVariant>,
    arms: Vec<AnswerArm>,
    names: names::Scope,
}

impl Reading {
    fn success(&mut self, status: StatusMatch, response: &Response, body: Option<Value>) {
        let meaning = Meaning::Success(self.successes.len());
        let name = pascal_status(response.status);
        self.successes.push(SuccessVariant { name, docs: status_docs(response, None), body });
        self.arms.push(AnswerArm { status, condition: None, meaning });
    }

    fn failure(&mut self, status: StatusMatch, response: &Response, body: Option<Value>, condition: Option<Condition>) {
        let meaning = Meaning::Failure(self.failures.len());
        let name = self.names.take(pascal_status(response.status));
        let docs = status_docs(response, condition.as_ref());
        self.failures.push(FailureVariant { name, docs, body });
        self.arms.push(AnswerArm { status, condition, meaning });
    }
}

/// The name of the component that a place lies in, where the response was reached by a reference.
fn component(pointer: &Pointer) -> Option<String> {
    let parent = pointer.parent()?;
    (parent.as_str() == "/components/responses").then(|| pointer.last()).flatten()
}

fn status_docs(response: &Response, condition: Option<&Condition>) -> Vec<String> {
    let status = match response.status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(hundred) => format!("Status {hundred}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut lines = docs::prose(&format!("{status}: {}", response.description));
    let condition = condition.map(|Condition { pointer, equals }| match equals {
        None => format!("It is a failure where {} is not empty.", docs::code(pointer)),
        Some(value) => format!("It is a failure where {} is {}.", docs::code(pointer), docs::code(value)),
    });
    docs::paragraph(&mut lines, condition);
    lines
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

fn matched(status: Status) -> StatusMatch {
    match status {
        Status::Code(code) => StatusMatch::Code(code),
        Status::Range(hundred) => StatusMatch::Range(hundred),
        Status::Default => StatusMatch::Rest,
    }
}

/// A status in words: its reason phrase where it has one.
fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason())
            .map_or_else(|| format!("Status {code}"), str::to_owned),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "Client Error".to_owned(),
        Status::Range(5) => "Server Error".to_owned(),
        Status::Range(hundred) => format!("Status {hundred}XX"),
        Status::Default => "Default".to_owned(),
    }
}

fn pascal_status(status: Status) -> String {
    names::pascal(&status_name(status).to_lowercase())
}
