//! Bodies: the argument that a request body becomes, and the media type of a body that is used.

use super::{Lowering, docs, names};
use crate::finding::Code;
use crate::ir::{Argument, Place, Type, Value};
use crate::resolve::document::{Body, MediaType};

impl<'d> Lowering<'d> {
    /// The argument that the body becomes.
    pub(super) fn body_argument(
        &mut self,
        body: &'d Body,
        context: &str,
        scope: &mut names::Scope,
    ) -> Option<Argument> {
        let media = self.media(&body.content, &body.pointer, "request body")?;
        let value = match &media.schema {
            _ if !media.is_json() => raw_body(),
            Some(schema) => self.value(schema, &format!("{context} request"))?,
            None => return self.refuse_media(media, "a request body without a schema"),
        };
        let essence = media.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if essence.contains('*') || essence.starts_with("multipart/") || essence == "application/x-www-form-urlencoded"
        {
            return self.refuse_media(media, "a request body of this media type");
        }
        let mut docs = body.description.as_deref().map(docs::prose).unwrap_or_default();
        docs::paragraph(&mut docs, [format!("The body, sent as {}.", docs::code(&media.name))]);
        let place = Place::Body { value, content_type: media.name.clone() };
        Some(Argument {
            name: scope.take("body".to_owned()),
            wire: "body".to_owned(),
            docs,
            deprecated: false,
            required: body.required,
            place,
        })
    }

    /// The media type of a body that is used: the first that is JSON, or else the first. The others are told, since nobody can
    /// ask for them.
    pub(super) fn media(
        &mut self,
        content: &'d [MediaType],
        pointer: &crate::pointer::Pointer,
        what: &str,
    ) -> Option<&'d MediaType> {
        let json = content.iter().find(|media| media.is_json() && !media.has_encoding);
        let Some(used) = json.or(content.first()) else {
            let message = format!("The {what} has no content.");
            self.refuse(Code::UnsupportedMediaType, pointer, message, "Give it `application/json` with a schema.");
            return None;
        };
        if !used.name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return self.refuse_media(used, "a media type with such characters");
        }
        for other in content.iter().filter(|media| media.name != used.name) {
            let message = format!("The client does not offer `{}`: the {what} is `{}`.", other.name, used.name);
            let remedy = "Nothing is to be done, unless you need this media type.";
            self.refuse(Code::UnusedMediaType, &other.pointer, message, remedy);
        }
        Some(used)
    }

    fn refuse_media<T>(&mut self, media: &MediaType, what: &str) -> Option<T> {
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

/// A body that is taken as it is.
pub(super) fn raw_body() -> Value {
    Value { kind: Type::Bytes, nullable: false, secret: false, rules: Vec::new() }
}
