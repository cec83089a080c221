//! Lowers request bodies.

use crate::finding::Code;
use crate::ir::{Argument, ArgumentLocation, BodyEncoding, BodyVariant, Content, Type, Value};
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::naming::reserved::BODY_VARIANT_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::media_types::{
    FORM, SchemaKey, have_same_schema, is_json_range, is_textual, preferred_first, variant_name,
};
use crate::lower::state::Lowering;
use crate::resolve::document::{MediaType, RequestBody};

impl<'d> Lowering<'d> {
    /// Lowers a request body to an argument. Returns `None` if the body is reported as an error. If the body has several media
    /// types, the type of the argument is an enum.
    pub(super) fn lower_body(&mut self, body: &'d RequestBody, context: &str, scope: &mut Scope) -> Option<Argument> {
        let used = self.distinct_media_types(body)?;
        let is_choice = used.len() > 1;
        let mut variants = Vec::new();
        let mut names = Scope::with(BODY_VARIANT_NAMES);
        for media in used {
            let name = names.take(variant_name(media));
            let context = match is_choice && !variants.is_empty() {
                true => self.body_context(body, context, &name),
                false => self.body_context(body, context, ""),
            };
            let content = self.lower_sent_content(media, &context)?;
            variants.push(BodyVariant {
                name,
                docs: vec![format!("Sent as {}.", docs::code(&content.content_type))],
                content,
            });
        }
        let mut docs = body.description.as_deref().map(docs::prose).unwrap_or_default();
        let types: Vec<String> = variants.iter().map(|variant| docs::code(&variant.content.content_type)).collect();
        docs::paragraph(&mut docs, [format!("The body, sent as {}.", types.join(" or "))]);
        let location = match is_choice {
            true => ArgumentLocation::Bodies {
                name: self.type_names.take_first(["Body", "RequestBody"].map(|end| format!("{context}{end}"))),
                variants,
            },
            false => ArgumentLocation::Body(variants.pop()?.content),
        };
        Some(Argument {
            name: scope.take("body".to_owned()),
            wire: "body".to_owned(),
            pointer: body.pointer.clone(),
            docs,
            deprecated: false,
            required: body.required,
            location,
        })
    }

    /// Returns the naming context of the schema of a request body. `media_type` is the name of the variant for its media type, or
    /// empty for the preferred media type.
    fn body_context(&self, body: &RequestBody, operation: &str, media_type: &str) -> NamingContext {
        let words = format!("{media_type} request");
        let context = NamingContext::at(&body.pointer, Role::Request, operation, &words);
        match context.component.is_some() && !media_type.is_empty() {
            true => context.in_media_type(media_type),
            false => context,
        }
    }

    /// Returns the media types of a request body, the preferred one first. If the preferred one is JSON, every other JSON media
    /// type with the same schema is reported and omitted, because a caller has no reason to choose it.
    fn distinct_media_types(&mut self, body: &'d RequestBody) -> Option<Vec<&'d MediaType>> {
        let mut used = preferred_first(&body.content);
        let Some(first) = used.first().copied() else {
            let message = "The request body has no `content`.";
            let remedy = "Add `application/json` with a schema.";
            self.report(Code::UnsupportedMediaType, &body.pointer, message, remedy);
            return None;
        };
        let is_json = self.is_json_body(first);
        let key = SchemaKey::of(first);
        used.retain(|media| {
            let is_other = media.name != first.name && self.is_json_body(media);
            let is_same = is_other && SchemaKey::of(media) == key && have_same_schema(media, first);
            let is_unused = is_json && is_same;
            if is_unused {
                self.report_unused_media_type(media, first, "request body");
            }
            !is_unused
        });
        Some(used)
    }

    /// Reports that the client does not use `media`, because the client uses the media type `used` for the same body. `part` is
    /// the body in the message: `request body` or `response body`.
    pub(super) fn report_unused_media_type(&mut self, media: &MediaType, used: &MediaType, part: &str) {
        let message = format!("The media type `{}` is not used: the {part} is `{}`.", media.name, used.name);
        let remedy = "Ignore this warning, unless you need the media type.";
        self.report(Code::UnusedMediaType, &media.pointer, message, remedy);
    }

    /// Lowers a request body of one media type.
    fn lower_sent_content(&mut self, media: &'d MediaType, context: &NamingContext) -> Option<Content> {
        let essence = media.essence();
        if !media.name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            let remedy = "Write a media type of visible ASCII characters, such as `application/json`.";
            return self.report_media_type(media, "media types with characters outside of ASCII", remedy);
        }
        let is_form = essence == FORM;
        let is_multipart = essence.starts_with("multipart/");
        if !is_form && !is_multipart {
            let reason = "`encoding` applies only to forms and multipart bodies";
            media.encoding.iter().for_each(|encoding| self.report_no_effect(encoding, reason));
        }
        let (value, encoding) = match &media.schema {
            Some(schema) if self.is_json_body(media) => (self.lower_schema(schema, context)?, BodyEncoding::Json),
            None if media.is_json() => (Value::plain(Type::Any), BodyEncoding::Json),
            Some(schema) if is_form => {
                let value = self.lower_schema(schema, context)?;
                let encodings = self.form_encodings(media, schema)?;
                self.report_undefined_form_styles(media, &value, &encodings);
                (value, BodyEncoding::Form(encodings))
            }
            None if is_form => (Value::plain(Type::Any), BodyEncoding::Form(Vec::new())),
            Some(schema) if is_multipart && self.describes_parts(schema) => {
                (self.lower_multipart(media, schema, context)?, BodyEncoding::Multipart)
            }
            // The caller provides the bytes and the content type. The content type of a multipart body without described parts
            // contains the boundary that the caller has chosen.
            _ if is_multipart || essence.contains('*') => {
                self.report_unused_schema(media);
                (Value::plain(Type::File), BodyEncoding::File)
            }
            Some(schema) if is_textual(&essence) => self.lower_text_content(media, schema, context)?,
            _ => self.bytes_content(media),
        };
        let content_type = match encoding {
            BodyEncoding::Json if is_json_range(&essence) => "application/json".to_owned(),
            _ => media.name.clone(),
        };
        Some(Content { value, content_type, encoding })
    }

    /// Reports a media type that is not supported. Always returns `None`.
    pub(super) fn report_media_type<T>(&mut self, media: &MediaType, feature: &str, remedy: &str) -> Option<T> {
        let message =
            format!("The body of type `{}` cannot be sent: copperplate does not support {feature} yet.", media.name);
        self.report(Code::UnsupportedMediaType, &media.pointer, message, remedy);
        None
    }
}
