//! Bodies: the argument that a request body becomes, and how a value stands in each media type.

use indexmap::IndexMap;

use crate::finding::Code;
use crate::ir::{Argument, ArgumentLocation, BodyEncoding, BodyVariant, Content, FormEncoding, FormStyle, Type, Value};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::schema;
use crate::lower::{Lowering, docs};
use crate::resolve::document::{Encoding, MediaType, RequestBody, Schema, SchemaRef, SchemaType, Style};
use crate::suggestion::nearest;

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

impl<'d> Lowering<'d> {
    /// The argument that the body becomes: a plain value, or an enum where several media types can be sent.
    pub(crate) fn body_argument(
        &mut self,
        body: &'d RequestBody,
        context: &str,
        scope: &mut identifiers::Scope,
    ) -> Option<Argument> {
        let used = self.distinct_media(body)?;
        let several = used.len() > 1;
        let mut variants = Vec::new();
        let mut variant_names = identifiers::Scope::with(&["Self"]);
        for media in used {
            let name = variant_names.take(media_name(media));
            let context =
                if several && !variants.is_empty() { format!("{context} {name}") } else { context.to_owned() };
            let content = self.sent(media, &format!("{context} request"))?;
            variants.push(BodyVariant { name, docs: vec![format!("Sent as {}.", docs::code(&media.name))], content });
        }
        let mut docs = body.description.as_deref().map(docs::prose).unwrap_or_default();
        let types: Vec<String> = variants.iter().map(|variant| docs::code(&variant.content.content_type)).collect();
        docs::paragraph(&mut docs, [format!("The body, sent as {}.", types.join(" or "))]);
        let place = match several {
            true => ArgumentLocation::Bodies { name: self.type_names.take(format!("{context}Body")), variants },
            false => ArgumentLocation::Body(variants.pop()?.content),
        };
        Some(Argument {
            name: scope.take("body".to_owned()),
            wire: "body".to_owned(),
            pointer: body.pointer.clone(),
            docs,
            deprecated: false,
            required: body.required,
            location: place,
        })
    }

    /// The media types of a request body that make a difference to a caller, the first JSON in front. JSON of the same schema
    /// under another name is told, since nobody can ask for it.
    fn distinct_media(&mut self, body: &'d RequestBody) -> Option<Vec<&'d MediaType>> {
        let mut used = preferred_first(&body.content);
        let Some(first) = used.first().copied() else {
            let message = "The request body has no content.";
            let remedy = "Give it `application/json` with a schema.";
            self.refuse(Code::UnsupportedMediaType, &body.pointer, message, remedy);
            return None;
        };
        let same = |media: &MediaType| media.name != first.name && media.is_json() && same_schema(media, first);
        used.retain(|media| {
            let unused = first.is_json() && same(media);
            if unused {
                self.unused_media(media, first, "request body");
            }
            !unused
        });
        Some(used)
    }

    pub(crate) fn unused_media(&mut self, media: &MediaType, used: &MediaType, what: &str) {
        let message = format!("The client does not offer `{}`: the {what} is `{}`.", media.name, used.name);
        let remedy = "Nothing is to be done, unless you need this media type.";
        self.refuse(Code::UnusedMediaType, &media.pointer, message, remedy);
    }

    /// A body that is sent as `media`.
    fn sent(&mut self, media: &'d MediaType, context: &str) -> Option<Content> {
        let essence = media.essence();
        if !media.name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return self.refuse_media(media, "a media type with such characters");
        }
        let is_form = essence == FORM;
        let is_multipart = essence.starts_with("multipart/");
        if !is_form && !is_multipart {
            let all = media.encoding.iter();
            all.for_each(|encoding| {
                self.no_effect(encoding, "OpenAPI gives it a meaning in forms and multipart bodies only")
            });
        }
        let (value, coding) = match &media.schema {
            Some(schema) if media.is_json() => (self.value(schema, &Context::of(context))?, BodyEncoding::Json),
            None if media.is_json() => (schema::anything(), BodyEncoding::Json),
            Some(schema) if is_form => {
                (self.value(schema, &Context::of(context))?, BodyEncoding::Form(self.form_encodings(media, schema)?))
            }
            None if is_form => (schema::anything(), BodyEncoding::Form(Vec::new())),
            Some(schema) if is_multipart && self.is_object(schema) => {
                (self.multipart(media, schema, &Context::of(context))?, BodyEncoding::Multipart)
            }
            // Parts that are not described are the caller's, and so is their boundary.
            _ if is_multipart || essence.contains('*') => (plain(Type::File), BodyEncoding::File),
            Some(schema) if is_textual(&essence) => self.text_or_bytes(schema, context)?,
            _ => (raw_body(), BodyEncoding::Bytes),
        };
        Some(Content { value, content_type: media.name.clone(), encoding: coding })
    }

    /// The value of a body of text, where its schema is a scalar; any other is the caller's to write.
    pub(crate) fn text_or_bytes(&mut self, schema: &'d SchemaRef, context: &str) -> Option<(Value, BodyEncoding)> {
        let described = self.described(schema);
        let is_scalar = matches!(
            described.kind,
            Some(SchemaType::String | SchemaType::Integer | SchemaType::Number | SchemaType::Boolean)
        );
        if !is_scalar || is_binary(described) {
            return Some((raw_body(), BodyEncoding::Bytes));
        }
        let mut value = self.value(schema, &Context::of(context))?;
        value.nullable = false;
        match self.is_text(&value) {
            true => Some((value, BodyEncoding::Text)),
            false => Some((raw_body(), BodyEncoding::Bytes)),
        }
    }

    /// How the properties of a form are written that the document says something about.
    fn form_encodings(&mut self, media: &'d MediaType, schema: &'d SchemaRef) -> Option<Vec<FormEncoding>> {
        let described = self.described(schema);
        let mut encodings = Vec::new();
        for encoding in &media.encoding {
            if !described.properties.is_empty() && !described.properties.contains_key(&encoding.property) {
                self.encodes_nothing(encoding, &described.properties);
                continue;
            }
            if !encoding.headers.is_empty() {
                self.no_effect(encoding, "a property of a form has no `headers`");
            }
            let Some(style) = form_style(encoding) else {
                return self.refuse_media(media, "a form with a property that is neither text nor JSON");
            };
            encodings.push(FormEncoding {
                wire: encoding.property.clone(),
                style,
                allow_reserved: encoding.allow_reserved,
            });
        }
        Some(encodings)
    }

    /// About an encoding of what is no property.
    pub(crate) fn encodes_nothing(&mut self, encoding: &Encoding, properties: &IndexMap<String, SchemaRef>) {
        let remedy = match nearest(&encoding.property, properties.keys().map(String::as_str), 3) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Remove it.".to_owned(),
        };
        let message =
            format!("The encoding of `{}` has no effect: the schema has no property of this name.", encoding.property);
        self.refuse(Code::NoEffect, &encoding.pointer, message, &remedy);
    }

    pub(crate) fn no_effect(&mut self, encoding: &Encoding, why: &str) {
        let message = format!("The encoding of `{}` has no effect: {why}.", encoding.property);
        self.refuse(Code::NoEffect, &encoding.pointer, message, "Remove it.");
    }

    pub(crate) fn refuse_media<T>(&mut self, media: &MediaType, what: &str) -> Option<T> {
        let message = format!("`{}`: copperplate does not support {what} yet.", media.name);
        self.refuse(
            Code::UnsupportedMediaType,
            &media.pointer,
            message,
            "Describe the body as one `application/json` with a schema.",
        );
        None
    }
}

/// The media types by what callers would rather have, whatever their order in the document: JSON, what is told in full, text, the rest,
/// and ranges at last.
pub(crate) fn preferred_first<'m>(content: impl IntoIterator<Item = &'m MediaType>) -> Vec<&'m MediaType> {
    let mut media: Vec<&MediaType> = content.into_iter().collect();
    media.sort_by_cached_key(|media| {
        let essence = media.essence();
        let rank = match essence.as_str() {
            "application/json" => 0,
            _ if media.is_json() => 1,
            FORM => 2,
            essence if essence.starts_with("multipart/") => 3,
            "text/plain" => 4,
            essence if essence.contains('*') => 6,
            _ => 5,
        };
        (rank, media.name.clone())
    });
    media
}

/// Whether two media types carry the same values.
pub(crate) fn same_schema(left: &MediaType, right: &MediaType) -> bool {
    match (&left.schema, &right.schema) {
        (Some(SchemaRef::Component { name: left, .. }), Some(SchemaRef::Component { name: right, .. })) => {
            left == right
        }
        (Some(left), Some(right)) => {
            let (mut left, mut right) = (left.clone(), right.clone());
            left.erase_pointers();
            right.erase_pointers();
            left == right
        }
        (left, right) => left.is_none() && right.is_none(),
    }
}

/// The variant that a media type becomes.
pub(crate) fn media_name(media: &MediaType) -> String {
    let essence = media.essence();
    match essence.as_str() {
        "application/json" | "text/json" => "Json".to_owned(),
        FORM => "Form".to_owned(),
        "text/plain" => "Text".to_owned(),
        "application/octet-stream" => "Bytes".to_owned(),
        "*/*" | "*" => "Any".to_owned(),
        essence if essence.starts_with("multipart/") => "Multipart".to_owned(),
        essence => {
            let (kind, subtype) = essence.split_once('/').unwrap_or(("", essence));
            identifiers::pascal(if subtype == "*" { kind } else { subtype })
        }
    }
}

/// Whether a body of this media type is characters rather than bytes.
pub(crate) fn is_textual(essence: &str) -> bool {
    const TEXTUAL: &[&str] =
        &["xml", "yaml", "x-yaml", "yml", "toml", "javascript", "csv", "x-ndjson", "jsonl", "graphql"];
    let subtype = essence.strip_prefix("application/").unwrap_or_default();
    essence.starts_with("text/")
        || TEXTUAL.contains(&subtype)
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
}

/// Whether a schema says that its values are bytes.
pub(crate) fn is_binary(schema: &Schema) -> bool {
    let string = matches!(schema.kind, Some(SchemaType::String) | None);
    string && matches!(schema.format.as_deref(), Some("binary" | "byte" | "base64"))
}

fn form_style(encoding: &Encoding) -> Option<FormStyle> {
    let says_style = encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
    let content_type = encoding.content_type.as_deref().unwrap_or("text/plain");
    let is_json = content_type.contains("json");
    if !says_style {
        // Text is what a form is made of, so only JSON changes anything.
        return match is_json {
            true => Some(FormStyle::Json),
            false => content_type.starts_with("text/").then_some(FormStyle::Exploded),
        };
    }
    let style = encoding.style.unwrap_or(Style::Form);
    Some(match (style, encoding.explode.unwrap_or(style == Style::Form)) {
        (Style::DeepObject, _) => FormStyle::Deep,
        (_, true) => FormStyle::Exploded,
        (Style::SpaceDelimited, false) => FormStyle::SpaceJoined,
        (Style::PipeDelimited, false) => FormStyle::PipeJoined,
        (_, false) => FormStyle::Joined,
    })
}

pub(crate) fn plain(kind: Type) -> Value {
    Value { kind, nullable: false, secret: false, rules: Vec::new(), schema_location: None }
}

/// A body that is taken as it is.
pub(crate) fn raw_body() -> Value {
    plain(Type::Bytes)
}
