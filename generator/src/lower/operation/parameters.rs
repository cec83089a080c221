//! Parameters: the arguments of an operation beside its body.

use crate::finding::Code;
use crate::ir::{Argument, ArgumentLocation, Style, StyleKind, Type, TypeKind, Value};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::schema::is_secret;
use crate::lower::{Lowering, docs};
use crate::resolve::document::{Location, MediaType, Operation, Parameter, ParameterValue};

/// The methods that a call has anyway, and the words that emitted methods use.
pub const CALL_METHODS: &[&str] = &[
    "at",
    "method",
    "new",
    "operation",
    "read",
    "request",
    "self",
    "send",
    "send_blocking",
    "server",
    "timeout",
    "tunnel_through_post",
    "validate_request",
    "validate_response",
];

/// How a single text stands in a cookie.
const COOKIE: Style = Style { kind: StyleKind::Form, explode: false, allow_reserved: false, allow_empty: false };

impl<'d> Lowering<'d> {
    /// The arguments that an operation's parameters become, in document order; `None` where one is refused.
    /// Credentials are no arguments: the client holds them.
    pub(crate) fn arguments(
        &mut self,
        operation: &'d Operation,
        context: &str,
        scope: &mut identifiers::Scope,
    ) -> Option<Vec<Argument>> {
        let mut arguments = Vec::new();
        let mut whole = true;
        let is_argument = |parameter: &&Parameter| !self.is_credential(parameter, operation) && !is_ignored(parameter);
        let parameters: Vec<&Parameter> = operation.parameters.iter().filter(is_argument).collect();
        for (parameter, name) in parameters.iter().zip(argument_names(&parameters, scope)) {
            match self.argument(parameter, context, name) {
                Some(argument) => arguments.push(argument),
                None => whole = false,
            }
        }
        whole.then_some(arguments)
    }

    fn argument(&mut self, parameter: &'d Parameter, context: &str, name: String) -> Option<Argument> {
        let place = self.place_of(parameter, context)?;
        let required = parameter.required || parameter.location == Location::Path;
        let (docs, deprecated) = (self.parameter_docs(parameter), parameter.deprecated);
        let (wire, pointer) = (parameter.name.clone(), parameter.pointer.clone());
        Some(Argument { name, wire, pointer, docs, deprecated, required, location: place })
    }

    /// What a parameter says of itself.
    pub(crate) fn parameter_docs(&self, parameter: &'d Parameter) -> Vec<String> {
        let mut lines = parameter.description.as_deref().map(docs::prose).unwrap_or_default();
        let (schema, media) = match &parameter.value {
            ParameterValue::Schema(schema) => (Some(schema), None),
            ParameterValue::Content(media) => (media.schema.as_ref(), Some(&media.name)),
        };
        if let Some(schema) = schema {
            let schema = self.described(schema);
            if lines.is_empty() {
                lines = schema.description.as_deref().map(docs::prose).unwrap_or_default();
            }
            docs::paragraph(&mut lines, docs::constraints(schema));
        }
        if lines.is_empty() {
            lines.push(format!("The parameter {}.", docs::code(&parameter.name)));
        }
        docs::paragraph(&mut lines, media.map(|name| format!("Sent as {}.", docs::code(name))));
        docs::paragraph(&mut lines, docs::deprecated(parameter.deprecated));
        lines
    }

    /// The value of a parameter; a type it needs is named after the component, or after the operation.
    pub(crate) fn parameter_value(&mut self, parameter: &'d Parameter, context: &str) -> Option<Value> {
        let context = match &parameter.component {
            Some(component) => component.clone(),
            None => format!("{context} {}", parameter.name),
        };
        let mut value = match &parameter.value {
            ParameterValue::Schema(schema) => {
                let value = self.value(schema, &Context::of(context))?;
                Value { secret: value.secret || is_secret(self.described(schema)), ..value }
            }
            ParameterValue::Content(media) => self.content_value(media, &context)?,
        };
        // No path, query or header can say null: it is left out instead.
        value.nullable = false;
        self.name_patterns(&value.rules, &parameter.name);
        if let Type::List(items) = &value.kind {
            self.name_patterns(&items.rules, &parameter.name);
        }
        Some(value)
    }

    /// The value of a parameter with `content`: what JSON holds, and of any other media type the text.
    fn content_value(&mut self, media: &'d MediaType, context: &str) -> Option<Value> {
        let described = media.schema.as_ref().map(|schema| self.value(schema, &Context::of(context)));
        let bare = |kind| Value { kind, nullable: false, secret: false, rules: Vec::new(), schema_location: None };
        match described {
            None if media.is_json() => Some(bare(Type::Any)),
            None => Some(bare(Type::String)),
            Some(value) if media.is_json() => value,
            Some(value) => Some(value.filter(|value| self.is_text(value)).unwrap_or_else(|| bare(Type::String))),
        }
    }

    fn place_of(&mut self, parameter: &'d Parameter, context: &str) -> Option<ArgumentLocation> {
        if parameter.location == Location::Header && !is_header_name(&parameter.name) {
            return self.refuse_parameter(parameter, "no header can have this name", "Correct the name.");
        }
        let value = self.parameter_value(parameter, context)?;
        let style = self.style_of(parameter, &value);
        let (odata_literal, lines, explode) = (parameter.odata_literal, parameter.repeat_header, parameter.explode);
        if style.is_some() && (odata_literal || lines) {
            let remedy = "Delete the extension, or describe the value as a string or a list of strings.";
            return self.refuse_parameter(parameter, "`x-odata-literal` and `x-repeat-header` are for text", remedy);
        }
        Some(match parameter.location {
            Location::Path => ArgumentLocation::Path { value, odata_literal, style },
            Location::Query => ArgumentLocation::Query { value, explode, style },
            Location::Header => ArgumentLocation::Header { value, repeat: lines, style },
            Location::Cookie => ArgumentLocation::Cookie { value, style: style.unwrap_or(COOKIE) },
        })
    }

    /// The value of a parameter that fills a key of `x-overload`, which is plain text.
    pub(crate) fn key_value(&mut self, parameter: &'d Parameter, context: &str) -> Option<Value> {
        let value = self.parameter_value(parameter, context)?;
        if self.style_of(parameter, &value).is_some() {
            let remedy = "Describe it as a string in style `simple`.";
            return self.refuse_parameter(parameter, "a key of `x-overload` is text", remedy);
        }
        Some(value)
    }

    fn refuse_parameter<T>(&mut self, parameter: &Parameter, why: &str, remedy: &str) -> Option<T> {
        let message = format!("Parameter `{}` cannot be sent: {why}.", parameter.name);
        self.refuse(Code::UnsupportedParameter, &parameter.pointer, message, remedy);
        None
    }

    /// Whether a value can stand in a path, a query or a header.
    pub(crate) fn is_text(&self, value: &Value) -> bool {
        match &value.kind {
            Type::String | Type::Boolean | Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 | Type::Double => {
                true
            }
            Type::Any | Type::Bytes | Type::File | Type::List(_) | Type::Map(_) => false,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(_)) => true,
                Some(TypeKind::Newtype(inner)) => self.is_text(inner),
                Some(TypeKind::Struct(_) | TypeKind::Union(_) | TypeKind::Multipart(_)) => false,
                // It has been refused, and that is said already.
                None => true,
            },
        }
    }
}

/// A name for each parameter, the same whatever order they come in: of several that want one name what is spelt so has it, then what
/// stands first in a request.
fn argument_names(parameters: &[&Parameter], scope: &mut identifiers::Scope) -> Vec<String> {
    let wanted: Vec<String> = parameters.iter().map(|parameter| identifiers::snake(&parameter.name)).collect();
    let mut order: Vec<usize> = (0..parameters.len()).collect();
    order.sort_by_key(|index| {
        let Parameter { name, location, .. } = parameters[*index];
        (wanted[*index] != *name, *location, name)
    });
    let mut names = vec![String::new(); parameters.len()];
    for index in order {
        names[index] = scope.take(wanted[index].clone());
    }
    names
}

/// OpenAPI says that header parameters of these names are ignored: media types and security say what they would say.
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["Accept", "Content-Type", "Authorization"];
    parameter.location == Location::Header && names.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
}

/// Whether a header can have this name, by RFC 9110.
fn is_header_name(name: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_letter)
}
