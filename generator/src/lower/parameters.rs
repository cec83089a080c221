//! Parameters and bodies: the arguments of an operation.

use super::{Lowering, docs, names};
use crate::finding::Code;
use crate::ir::{Argument, Place, Type, TypeKind, Value};
use crate::resolve::document::{Body, Location, MediaType, Operation, Parameter, ParameterValue, Style};

/// The methods that a call has anyway, and the words that emitted methods use.
pub const CALL_METHODS: &[&str] = &[
    "at",
    "draft",
    "method",
    "new",
    "operation",
    "read",
    "request",
    "self",
    "send",
    "send_blocking",
    "timeout",
    "tunnel_through_post",
    "validate_request",
    "validate_response",
];

impl<'d> Lowering<'d> {
    /// The arguments that an operation's parameters become, in document order; `None` where one is refused.
    /// Credentials are no arguments: the client holds them.
    pub(super) fn arguments(
        &mut self,
        operation: &'d Operation,
        context: &str,
        scope: &mut names::Scope,
    ) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        let mut whole = true;
        for parameter in &operation.parameters {
            if self.is_credential(parameter, operation) || is_ignored(parameter) {
                continue;
            }
            match self.argument(parameter, context, scope) {
                Some(argument) => arguments.push(argument),
                None => whole = false,
            }
        }
        whole.then_some(arguments)
    }

    fn argument(&mut self, parameter: &'d Parameter, context: &str, scope: &mut names::Scope) -> Option<Argument> {
        let place = self.place_of(parameter, context)?;
        let name = scope.take(names::snake(&parameter.name));
        let required = parameter.required || parameter.location == Location::Path;
        let (docs, deprecated) = (self.parameter_docs(parameter), parameter.deprecated);
        Some(Argument { name, wire: parameter.name.clone(), docs, deprecated, required, place })
    }

    /// What a parameter says of itself.
    pub(super) fn parameter_docs(&self, parameter: &'d Parameter) -> Vec<String> {
        let mut lines = parameter.description.as_deref().map(docs::prose).unwrap_or_default();
        if let ParameterValue::Schema(schema) = &parameter.value {
            let schema = self.described(schema);
            if lines.is_empty() {
                lines = schema.description.as_deref().map(docs::prose).unwrap_or_default();
            }
            docs::paragraph(&mut lines, docs::constraints(schema));
        }
        if lines.is_empty() {
            lines.push(format!("Parameter {}.", docs::code(&parameter.name)));
        }
        docs::paragraph(&mut lines, docs::deprecated(parameter.deprecated));
        lines
    }

    /// The value of a parameter; a type it needs is named after the component, or after the operation.
    pub(super) fn parameter_value(&mut self, parameter: &'d Parameter, context: &str) -> Option<Value> {
        let ParameterValue::Schema(schema) = &parameter.value else {
            return self.refuse_parameter(parameter, "a parameter with `content`");
        };
        let context = match &parameter.component {
            Some(component) => component.clone(),
            None => format!("{context} {}", parameter.name),
        };
        let mut value = self.value(schema, &context)?;
        // No path, query or header can say null: it is left out instead.
        value.nullable = false;
        self.name_patterns(&value.rules, &parameter.name);
        if let Type::List(items) = &value.kind {
            self.name_patterns(&items.rules, &parameter.name);
        }
        Some(value)
    }

    fn place_of(&mut self, parameter: &'d Parameter, context: &str) -> Option<Place> {
        if parameter.allow_reserved {
            return self.refuse_parameter(parameter, "`allowReserved`");
        }
        let value = self.parameter_value(parameter, context)?;
        let is_list = matches!(&value.kind, Type::List(_));
        let item = match &value.kind {
            Type::List(items) => items,
            _ => &value,
        };
        if !self.is_text(item) || (is_list && item.nullable) {
            return self
                .refuse_parameter(parameter, "a parameter that is neither text, number or boolean nor a list of them");
        }
        match (parameter.location, parameter.style) {
            (Location::Path, Style::Simple) if !is_list => Some(Place::Path { value, odata: parameter.odata_literal }),
            (Location::Query, Style::Form) => Some(Place::Query { value, explode: parameter.explode }),
            (Location::Header, Style::Simple) => Some(Place::Header { value, lines: parameter.repeat_header }),
            (Location::Path, Style::Simple) => self.refuse_parameter(parameter, "a list in the path"),
            (Location::Cookie, _) => self.refuse_parameter(parameter, "a cookie parameter"),
            (_, style) => self.refuse_parameter(parameter, &format!("style {style:?}")),
        }
    }

    fn refuse_parameter<T>(&mut self, parameter: &Parameter, what: &str) -> Option<T> {
        let message = format!("Parameter `{}`: copperplate does not support {what} yet.", parameter.name);
        self.refuse(
            Code::UnsupportedParameter,
            &parameter.pointer,
            message,
            "Leave the parameter out if it is optional, or describe it as a plain string.",
        );
        None
    }

    /// Whether a value can stand in a path, a query or a header.
    pub(super) fn is_text(&self, value: &Value) -> bool {
        match &value.kind {
            Type::String | Type::Boolean | Type::Int32 | Type::Int64 | Type::Double => true,
            Type::Any | Type::Bytes | Type::List(_) | Type::Map(_) => false,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(_)) => true,
                Some(TypeKind::Newtype(inner)) => self.is_text(inner),
                Some(TypeKind::Struct(_) | TypeKind::Union(_)) => false,
                // It has been refused, and that is said already.
                None => true,
            },
        }
    }

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

/// OpenAPI says that header parameters of these names are ignored: media types and security say what they would say.
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["Accept", "Content-Type", "Authorization"];
    parameter.location == Location::Header && names.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// A body that is taken as it is.
pub(super) fn raw_body() -> Value {
    Value { kind: Type::Bytes, nullable: false, secret: false, rules: Vec::new() }
}
