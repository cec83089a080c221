//! Responses: what each status means, as a success type, an enum of failures, and the arms that choose among them.

use crate::finding::Code;
use crate::ir::{
    BodyEncoding, Content, FailureCondition, FailureVariant, HeaderField, MediaTypeMatch, ResponseArm, ResponseHeaders,
    ResponseHeadersId, ResponseKind, Responses, StatusMatch, Success, SuccessVariant, Value,
};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::operation::request_body::{is_textual, media_name, preferred_first, raw_body, same_schema};
use crate::lower::schema;
use crate::lower::schema::canonical;
use crate::lower::{Lowering, docs};
use crate::pointer::Pointer;
use crate::resolve::document::{
    FailureTest, Header, MediaType, Operation, Response, Schema, SchemaRef, SchemaType, Status,
};

impl<'d> Lowering<'d> {
    /// How the answers of `operation` are read; `None` where a body is refused.
    pub(crate) fn responses(&mut self, operation: &'d Operation, type_name: &str) -> Option<Responses> {
        let responses = by_status(operation);
        let has_success = responses.iter().any(|response| is_success(response.status, operation));
        let several = responses.len() > 1;
        let mut reading = Reading::default();
        for response in responses {
            let context = match several {
                true => format!("{type_name} {} response", status_name(response.status)),
                false => format!("{type_name} response"),
            };
            let bodies = self.response_bodies(operation, response, &context)?;
            match response.status {
                Status::Default if !has_success => {
                    reading.meanings(StatusMatch::Range(2), response, &bodies, true);
                    reading.meanings(StatusMatch::Other, response, &bodies, false);
                }
                status if is_success(status, operation) => {
                    if let Some(failure) = &response.failure {
                        let equals = match &failure.test {
                            FailureTest::NonEmpty => None,
                            FailureTest::Equals(value) => Some(value.to_string()),
                        };
                        let condition = FailureCondition { pointer: failure.pointer.clone(), equals };
                        let body = bodies.first().map(|body| body.content.clone());
                        let name = pascal_status(response.status);
                        reading.failure(matched(status), response, name, body, Some(condition), None);
                    }
                    reading.meanings(matched(status), response, &bodies, true);
                }
                status => reading.meanings(matched(status), response, &bodies, false),
            }
        }
        let headers = self.success_headers(operation, type_name);
        let failure_type = match reading.failures.is_empty() {
            true => String::new(),
            false => self.type_names.take(format!("{type_name}Failure")),
        };
        let success = self.success_type(reading.successes, type_name);
        Some(Responses { success, headers, failures: reading.failures, failure_type, arms: reading.arms })
    }

    fn success_type(&mut self, mut successes: Vec<SuccessVariant>, type_name: &str) -> Success {
        match successes.len() {
            0 => Success::One(None),
            1 => Success::One(successes.remove(0).body),
            _ => Success::Several { name: self.type_names.take(format!("{type_name}Success")), variants: successes },
        }
    }

    /// The bodies that a response may have, JSON in front; none where it has no body, `None` where one is refused.
    fn response_bodies(
        &mut self,
        operation: &Operation,
        response: &'d Response,
        context: &str,
    ) -> Option<Vec<ReceivedResponse>> {
        let bodiless = match response.status {
            _ if operation.method == "HEAD" => Some(("to HEAD", "Remove it; what GET answers stands there.")),
            Status::Code(204 | 205 | 304) => Some(("of this status", "Remove it, or give the status that has a body.")),
            _ => None,
        };
        if let Some((answer, remedy)) = bodiless {
            for media in &response.content {
                let message = format!("An answer {answer} has no body: the content has no effect.");
                self.refuse(Code::NoEffect, &media.pointer, message, remedy);
            }
            return Some(Vec::new());
        }
        let encodings = response.content.iter().flat_map(|media| &media.encoding);
        encodings.for_each(|encoding| self.no_effect(encoding, "OpenAPI gives it a meaning in request bodies only"));
        let readable = readable(response);
        if let Some(first) = readable.first() {
            let unused = response.content.iter().filter(|media| !readable.iter().any(|read| read.name == media.name));
            unused.for_each(|media| self.unused_media(media, first, "response body"));
        }
        let mut bodies: Vec<ReceivedResponse> = Vec::new();
        let mut first_of: Vec<&'d MediaType> = Vec::new();
        for media in readable {
            let known =
                first_of.iter().position(|first| first.is_json() && media.is_json() && same_schema(first, media));
            if let Some(known) = known {
                bodies[known].media.push(media.name.clone());
                continue;
            }
            let context = match bodies.is_empty() {
                true => context.to_owned(),
                false => format!("{context} {}", media_name(media)),
            };
            let content = self.received(media, &context)?;
            let alike = |body: &ReceivedResponse| {
                body.content.encoding == content.encoding && body.content.value == content.value
            };
            match bodies.iter().position(alike) {
                Some(known) => bodies[known].media.push(media.name.clone()),
                None => {
                    first_of.push(media);
                    bodies.push(ReceivedResponse { name: media_name(media), media: vec![media.name.clone()], content });
                }
            }
        }
        Some(bodies)
    }

    /// A body that comes as `media`.
    fn received(&mut self, media: &'d MediaType, context: &str) -> Option<Content> {
        let essence = media.essence();
        let (value, coding) = match &media.schema {
            Some(schema) if media.is_json() || self.is_json_by_schema(&essence, schema) => {
                (self.value(schema, &Context::of(context))?, BodyEncoding::Json)
            }
            None if media.is_json() => (schema::anything(), BodyEncoding::Json),
            Some(schema) if is_textual(&essence) => self.text_or_bytes(schema, context)?,
            _ => (raw_body(), BodyEncoding::Bytes),
        };
        Some(Content { value, content_type: media.name.clone(), encoding: coding })
    }

    /// Documents that leave the media type open, as `*/*`, and describe an object mean JSON.
    fn is_json_by_schema(&self, essence: &str, schema: &'d SchemaRef) -> bool {
        let kind = self.described(schema).kind;
        essence == "*/*" && matches!(kind, Some(SchemaType::Object | SchemaType::Array))
    }

    /// The headers of all successes; one that only some of them have is absent from the others. Operations with the same
    /// headers share a type. Its name is for now that of the component, where there is one.
    fn success_headers(&mut self, operation: &'d Operation, type_name: &str) -> Option<ResponseHeadersId> {
        let mut fields: Vec<HeaderField> = Vec::new();
        let mut said = Vec::new();
        let successes = || by_status(operation).into_iter().filter(|response| is_success(response.status, operation));
        for header in successes().flat_map(|response| &response.headers) {
            // OpenAPI says that a response header of this name is ignored: the content says it.
            let ignored = header.name.eq_ignore_ascii_case("Content-Type");
            if ignored || fields.iter().any(|field| field.wire.eq_ignore_ascii_case(&header.name)) {
                continue;
            }
            let value = self.header_value(header, type_name);
            let mut lines = header.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(
                &mut lines,
                header.schema.as_ref().map(|schema| docs::constraints(self.described(schema))).unwrap_or_default(),
            );
            if lines.is_empty() {
                lines.push(format!("The header {}.", docs::code(&header.name)));
            }
            let schema = header.schema.as_ref().map(|schema| canonical::of_schema(self.described(schema)));
            said.push((header.name.clone(), header.description.clone(), schema));
            let (name, wire, pointer) = (String::new(), header.name.clone(), header.pointer.clone());
            fields.push(HeaderField { name, wire, pointer, docs: lines, value });
        }
        if fields.is_empty() {
            return None;
        }
        let wire: Vec<String> = fields.iter().map(|field| field.wire.clone()).collect();
        let wire: Vec<&str> = wire.iter().map(String::as_str).collect();
        let names = identifiers::Scope::default().take_all(&wire, identifiers::snake);
        fields.iter_mut().zip(names).for_each(|(field, name)| field.name = name);
        let described = successes().find(|response| !response.headers.is_empty());
        let pointer = described.map(|response| response.pointer.clone()).unwrap_or_default();
        let component = successes().next().and_then(|response| component(&response.pointer));
        let headers = ResponseHeaders { name: component.unwrap_or_default(), module: String::new(), pointer, fields };
        said.sort_unstable();
        let next = ResponseHeadersId(self.headers.len());
        let id = *self.known_headers.entry((headers.name.clone(), said)).or_insert(next);
        self.headers.extend((id == next).then_some(headers));
        Some(id)
    }

    /// What a header holds that is no plain text; `None` where it is read as text.
    fn header_value(&mut self, header: &'d Header, type_name: &str) -> Option<Value> {
        let schema = header.schema.as_ref()?;
        let described = self.described(schema);
        let is_scalar = |schema: &Schema| {
            matches!(schema.kind, Some(SchemaType::Boolean | SchemaType::Integer | SchemaType::Number))
        };
        let is_text = |schema: &Schema| is_scalar(schema) || schema.kind == Some(SchemaType::String);
        match described.kind {
            Some(SchemaType::Array) => {
                let items = described.items.as_ref().map(|items| self.described(items));
                if items.is_some_and(is_text) {
                    let mut value = self.value(schema, &Context::of(format!("{type_name} {}", header.name)))?;
                    value.nullable = false;
                    return Some(value);
                }
            }
            _ if is_scalar(described) => {
                let mut value = self.value(schema, &Context::of(format!("{type_name} {}", header.name)))?;
                value.nullable = false;
                return Some(value);
            }
            Some(SchemaType::String) | None => return None,
            _ => {}
        }
        let message = format!("The header `{}` is read as text; its type is documentation only.", header.name);
        self.refuse(Code::NoEffect, &header.pointer, message, "Parse the text where you use it.");
        None
    }
}

/// A body that an answer may have.
struct ReceivedResponse {
    /// What tells it from the others of its status.
    name: String,
    /// The media types that it comes as.
    media: Vec<String>,
    content: Content,
}

/// The media types of a response that are read, JSON in front. What the document offers as JSON too is read as JSON only.
pub(crate) fn readable(response: &Response) -> Vec<&MediaType> {
    let mut media = preferred_first(&response.content);
    if let Some(first) = media.first().copied().filter(|first| first.is_json()) {
        media.retain(|media| media.is_json() || !same_schema(media, first));
    }
    media
}

/// The arms of an operation, as they are found.
#[derive(Default)]
struct Reading {
    successes: Vec<SuccessVariant>,
    failures: Vec<FailureVariant>,
    arms: Vec<ResponseArm>,
    success_names: identifiers::Scope,
    names: identifiers::Scope,
}

impl Reading {
    /// What a status means: one thing, or one for each kind of body. The first body is what an answer has that says nothing
    /// of its media type, so its arm is the last.
    fn meanings(&mut self, status: StatusMatch, response: &Response, bodies: &[ReceivedResponse], success: bool) {
        let offered: Vec<Vec<String>> = bodies.iter().map(|body| body.media.clone()).collect();
        let single = bodies.len() <= 1;
        let others = (1..bodies.len()).map(Some);
        for index in others.chain([(!bodies.is_empty()).then_some(0)]) {
            let body = index.and_then(|index| bodies.get(index));
            let media = index.filter(|index| *index > 0);
            let media = media.map(|index| MediaTypeMatch { offered: offered.clone(), index });
            let name = match body.filter(|_| !single) {
                Some(body) => format!("{}{}", pascal_status(response.status), body.name),
                None => pascal_status(response.status),
            };
            let content = body.map(|body| body.content.clone());
            match success {
                true => self.success(status, response, name, content, media),
                false => self.failure(status, response, name, content, None, media),
            }
        }
    }

    fn success(
        &mut self,
        status: StatusMatch,
        response: &Response,
        name: String,
        body: Option<Content>,
        media: Option<MediaTypeMatch>,
    ) {
        let meaning = ResponseKind::Success(self.successes.len());
        let name = self.success_names.take(name);
        self.successes.push(SuccessVariant { name, docs: status_docs(response, None), body });
        self.arms.push(ResponseArm { status, condition: None, media_type: media, kind: meaning });
    }

    fn failure(
        &mut self,
        status: StatusMatch,
        response: &Response,
        name: String,
        body: Option<Content>,
        condition: Option<FailureCondition>,
        media: Option<MediaTypeMatch>,
    ) {
        let meaning = ResponseKind::Failure(self.failures.len());
        let name = self.names.take(name);
        let docs = status_docs(response, condition.as_ref());
        self.failures.push(FailureVariant { name, docs, body });
        self.arms.push(ResponseArm { status, condition, media_type: media, kind: meaning });
    }
}

/// The name of the component that a place lies in, where the response was reached by a reference.
fn component(pointer: &Pointer) -> Option<String> {
    let parent = pointer.parent()?;
    (parent.as_str() == "/components/responses").then(|| pointer.last()).flatten()
}

fn status_docs(response: &Response, condition: Option<&FailureCondition>) -> Vec<String> {
    let status = match response.status {
        Status::Code(code) => format!("Status {code}"),
        Status::Range(hundred) => format!("Status {hundred}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let mut lines = docs::prose(&format!("{status}: {}", response.description));
    let condition = condition.map(|FailureCondition { pointer, equals }| match equals {
        None => format!("The response is a failure if {} is not empty.", docs::code(pointer)),
        Some(value) => format!("The response is a failure if {} is {}.", docs::code(pointer), docs::code(value)),
    });
    docs::paragraph(&mut lines, condition);
    lines
}

/// The responses: exact statuses win over ranges, and both over `default`.
fn by_status(operation: &Operation) -> Vec<&Response> {
    let mut responses: Vec<&Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    responses
}

/// Whether an answer of this status is what the caller asked for. Where the document gives no other success, a redirection is:
/// it answers the operations that exist to give a `Location`.
fn is_success(status: Status, operation: &Operation) -> bool {
    let is_plain = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let is_early = matches!(status, Status::Code(100..=199 | 300..=399) | Status::Range(1 | 3));
    is_plain(status) || (is_early && !operation.responses.iter().any(|response| is_plain(response.status)))
}

fn matched(status: Status) -> StatusMatch {
    match status {
        Status::Code(code) => StatusMatch::Code(code),
        Status::Range(hundred) => StatusMatch::Range(hundred),
        Status::Default => StatusMatch::Other,
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
    identifiers::pascal(&status_name(status).to_lowercase())
}
