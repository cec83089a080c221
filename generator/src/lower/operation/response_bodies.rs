//! Lowers the bodies of responses.

use std::collections::{HashMap, HashSet};

use crate::finding::Code;
use crate::ir::{BodyEncoding, Content, Type, Value};
use crate::lower::naming::context::NamingContext;
use crate::lower::operation::media_types::{SchemaKey, have_same_schema, is_textual, preferred_first, variant_name};
use crate::lower::operation::statuses::is_success;
use crate::lower::state::Lowering;
use crate::resolve::document::{MediaType, Operation, Response, Status};

/// A body that a response can have. Media types whose bodies have the same Rust type and encoding share one `ResponseBody`.
pub(super) struct ResponseBody {
    /// The suffix of the name of the enum variant, such as `Json`. It is used only if the response can have several bodies.
    pub name: String,
    /// The media types of this body.
    pub media_types: Vec<String>,
    /// The Rust type and the encoding of the body.
    pub content: Content,
}

impl<'d> Lowering<'d> {
    /// Lowers the bodies of a response, the preferred body first. Returns `None` if a body is reported as an error.
    pub(super) fn lower_response_bodies(
        &mut self,
        operation: &Operation,
        response: &'d Response,
        context: &NamingContext,
    ) -> Option<Vec<ResponseBody>> {
        if let Some((responses, remedy)) = bodiless(operation, response) {
            for media in &response.content {
                let message = format!("Responses {responses} have no body, so this `content` has no effect.");
                self.report(Code::NoEffect, &media.pointer, message, remedy);
            }
            return Some(Vec::new());
        }
        let encodings = response.content.iter().flat_map(|media| &media.encoding);
        encodings.for_each(|encoding| self.report_no_effect(encoding, "`encoding` applies only to request bodies"));
        let readable = self.readable(response);
        if let Some(first) = readable.first() {
            let read: HashSet<&str> = readable.iter().map(|media| media.name.as_str()).collect();
            let unused = response.content.iter().filter(|media| !read.contains(media.name.as_str()));
            unused.for_each(|media| self.report_unused_media_type(media, first, "response body"));
        }
        let mut bodies: Vec<ResponseBody> = Vec::new();
        // The first JSON media types of the bodies so far, each with the index of its body.
        let mut first_media: HashMap<SchemaKey<'d>, Vec<(&'d MediaType, usize)>> = HashMap::new();
        for media in readable {
            let key = media.is_json().then(|| SchemaKey::of(media));
            let known = key.as_ref().and_then(|key| first_media.get(key)).into_iter().flatten();
            if let Some((_, known)) = known.clone().find(|(first, _)| have_same_schema(first, media)) {
                bodies[*known].media_types.push(media.name.clone());
                continue;
            }
            let context = match bodies.is_empty() {
                true => context.clone(),
                false => context.in_media_type(&variant_name(media)),
            };
            let content = match is_success(response.status, operation) && self.has_item_type(media) {
                // The method that receives the items decodes them. The whole body is bytes.
                true => Content {
                    value: Value::plain(Type::Bytes),
                    content_type: media.name.clone(),
                    encoding: BodyEncoding::Bytes,
                },
                false => self.lower_received_content(media, &context)?,
            };
            let is_same_content =
                |body: &ResponseBody| body.content.encoding == content.encoding && body.content.value == content.value;
            match bodies.iter().position(is_same_content) {
                Some(known) => bodies[known].media_types.push(media.name.clone()),
                None => {
                    key.into_iter().for_each(|key| first_media.entry(key).or_default().push((media, bodies.len())));
                    let (name, media_types) = (variant_name(media), vec![media.name.clone()]);
                    bodies.push(ResponseBody { name, media_types, content });
                }
            }
        }
        Some(bodies)
    }

    /// Lowers a response body of one media type.
    fn lower_received_content(&mut self, media: &'d MediaType, context: &NamingContext) -> Option<Content> {
        let essence = media.essence();
        let (value, encoding) = match &media.schema {
            Some(schema) if self.is_json_body(media) => (self.lower_schema(schema, context)?, BodyEncoding::Json),
            None if media.is_json() => (Value::plain(Type::Any), BodyEncoding::Json),
            Some(schema) if is_textual(&essence) => self.lower_text_content(media, schema, context)?,
            _ => self.bytes_content(media),
        };
        Some(Content { value, content_type: media.name.clone(), encoding })
    }

    /// Returns the media types that the client reads in a response, the preferred one first. If the preferred one is JSON, every
    /// media type that is not JSON but has the same schema is omitted.
    pub(super) fn readable(&self, response: &'d Response) -> Vec<&'d MediaType> {
        let mut media = preferred_first(&response.content);
        if let Some(first) = media.first().copied().filter(|first| self.is_json_body(first)) {
            let key = SchemaKey::of(first);
            let is_same = |media: &MediaType| SchemaKey::of(media) == key && have_same_schema(media, first);
            media.retain(|media| media.is_json() || media.name == first.name || !is_same(media));
        }
        media
    }
}

/// Returns whether `response` can have a body.
pub(super) fn can_have_body(operation: &Operation, response: &Response) -> bool {
    bodiless(operation, response).is_none()
}

/// Returns two phrases for a finding if `response` cannot have a body, and `None` if it can. The first phrase completes the
/// sentence `Responses … have no body`, for example with `with this status`. The second phrase is the remedy.
fn bodiless(operation: &Operation, response: &Response) -> Option<(&'static str, &'static str)> {
    match response.status {
        _ if operation.method == "HEAD" => {
            Some(("to HEAD", "Remove `content`, and describe the body in the GET operation."))
        }
        Status::Code(204 | 205 | 304) => Some(("with this status", "Remove `content`, or correct the status.")),
        _ => None,
    }
}
