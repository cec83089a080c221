//! Lowers parameters to arguments.

use crate::finding::Code;
use crate::ir::{Argument, ArgumentLocation, Style, StyleKind, Type, TypeKind, Value};
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::wire_names::{is_cookie_name, is_header_name};
use crate::lower::state::Lowering;
use crate::resolve::document::{Location, MediaType, Operation, Parameter, ParameterValue};

/// The style of a cookie parameter for which `parameter_style` returns `None`: `form` without `explode`.
const COOKIE: Style = Style { kind: StyleKind::Form, explode: false, allow_reserved: false, allow_empty: false };

impl<'d> Lowering<'d> {
    /// Lowers the parameters of an operation, in document order. Returns `None` if a parameter is reported as an error. A
    /// parameter with the location and name of a required API key does not become an argument, because the client stores the API
    /// key.
    pub(super) fn lower_parameters(
        &mut self,
        operation: &'d Operation,
        context: &str,
        scope: &mut Scope,
    ) -> Option<Vec<Argument>> {
        let mut parameters = self.without_credentials(operation);
        parameters.retain(|parameter| !is_ignored(parameter));
        let mut arguments = Vec::new();
        let mut is_complete = true;
        for (parameter, name) in parameters.iter().zip(argument_names(&parameters, scope)) {
            match self.lower_parameter(parameter, context, name) {
                Some(argument) => arguments.push(argument),
                None => is_complete = false,
            }
        }
        is_complete.then_some(arguments)
    }

    fn lower_parameter(&mut self, parameter: &'d Parameter, context: &str, name: String) -> Option<Argument> {
        let location = self.argument_location(parameter, context)?;
        Some(Argument {
            name,
            wire: parameter.name.clone(),
            pointer: parameter.pointer.clone(),
            docs: self.parameter_docs(parameter),
            deprecated: parameter.deprecated,
            required: parameter.required || parameter.location == Location::Path,
            location,
        })
    }

    /// Returns the documentation of a parameter.
    pub(super) fn parameter_docs(&self, parameter: &'d Parameter) -> Vec<String> {
        let mut lines = parameter.description.as_deref().map(docs::prose).unwrap_or_default();
        let (schema, media) = match &parameter.value {
            ParameterValue::Schema(schema) => (Some(schema), None),
            ParameterValue::Content(media) => (media.schema.as_ref(), Some(&media.name)),
        };
        if let Some(schema) = schema {
            let schema = self.resolved(schema);
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

    /// Returns the type and rules of a parameter. A named type is named after the component in `components/parameters`. If the
    /// parameter is not a component, the type is named after `context`, such as `ListPets`, followed by the name of the
    /// parameter.
    fn parameter_value(&mut self, parameter: &'d Parameter, context: &str) -> Option<Value> {
        let context = NamingContext::at(&parameter.pointer, Role::Parameter, context, &parameter.name);
        let mut value = match &parameter.value {
            ParameterValue::Schema(schema) => self.lower_schema(schema, &context)?,
            ParameterValue::Content(media) => self.parameter_content(media, &context)?,
        };
        // The text of the parameter contains each secret of its schema.
        let schema = match &parameter.value {
            ParameterValue::Schema(schema) => Some(schema),
            ParameterValue::Content(media) => media.schema.as_ref(),
        };
        value.secret |= schema.is_some_and(|schema| self.secrets.contains(self.resolved(schema)));
        // A parameter cannot be null. Instead of null, the parameter is omitted.
        value.nullable = false;
        self.propose_pattern_names(&value.rules, &parameter.name);
        if let Type::List(items) = &value.kind {
            self.propose_pattern_names(&items.rules, &parameter.name);
        }
        Some(value)
    }

    /// Returns the type of a parameter with `content`. If the media type is JSON or the schema is a scalar, the schema decides
    /// the type. Otherwise, the type is a string.
    fn parameter_content(&mut self, media: &'d MediaType, context: &NamingContext) -> Option<Value> {
        let value = media.schema.as_ref().map(|schema| self.lower_schema(schema, context));
        match value {
            None if media.is_json() => Some(Value::plain(Type::Any)),
            None => Some(Value::plain(Type::String)),
            Some(value) if media.is_json() => value,
            Some(value) => {
                Some(value.filter(|value| self.is_scalar(value)).unwrap_or_else(|| Value::plain(Type::String)))
            }
        }
    }

    fn argument_location(&mut self, parameter: &'d Parameter, context: &str) -> Option<ArgumentLocation> {
        if parameter.location == Location::Header && !is_header_name(&parameter.name) {
            return self.report_parameter(parameter, "its name is not a valid header name", "Correct the name.");
        }
        if parameter.location == Location::Cookie && !is_cookie_name(&parameter.name) {
            return self.report_parameter(parameter, "its name is not a valid cookie name", "Correct the name.");
        }
        let value = self.parameter_value(parameter, context)?;
        if let (true, ParameterValue::Content(media)) = (parameter.is_whole_query, &parameter.value) {
            return Some(ArgumentLocation::WholeQuery { value, is_json: media.is_json() });
        }
        let style = self.parameter_style(parameter, &value);
        let (odata_literal, repeat) = (parameter.odata_literal, parameter.repeat_header);
        if style.is_some() && (odata_literal || repeat) {
            let reason = "`x-odata-literal` and `x-repeat-header` require a string or a list of strings";
            let remedy = "Remove the extension, or describe the value as a string or a list of strings.";
            return self.report_parameter(parameter, reason, remedy);
        }
        Some(match parameter.location {
            Location::Path => ArgumentLocation::Path { value, odata_literal, style },
            Location::Query => ArgumentLocation::Query { value, explode: parameter.explode, style },
            Location::Header => ArgumentLocation::Header { value, repeat, style },
            Location::Cookie => ArgumentLocation::Cookie { value, style: style.unwrap_or(COOKIE) },
        })
    }

    /// Returns the type and rules of a path parameter of an overloaded method (`x-overload`). Returns `None` if the parameter is
    /// reported as an error.
    pub(super) fn key_value(&mut self, parameter: &'d Parameter, context: &str) -> Option<Value> {
        let mut value = self.parameter_value(parameter, context)?;
        if let Type::External(_) = value.kind {
            // The forms of a key have strings in common.
            value.kind = Type::String;
        }
        if self.parameter_style(parameter, &value).is_some() {
            let remedy = "Describe the parameter as a string with `style: simple`.";
            return self.report_parameter(parameter, "the parameters of `x-overload` must be scalars", remedy);
        }
        Some(value)
    }

    fn report_parameter<T>(&mut self, parameter: &Parameter, reason: &str, remedy: &str) -> Option<T> {
        let message = format!("The parameter `{}` cannot be sent: {reason}.", parameter.name);
        self.report(Code::UnsupportedParameter, &parameter.pointer, message, remedy);
        None
    }

    /// Returns whether the value is a scalar: a string, a number, a boolean, an enum of strings, or a newtype around one of
    /// these.
    pub(super) fn is_scalar(&self, value: &Value) -> bool {
        match &value.kind {
            Type::String
            | Type::External(_)
            | Type::Boolean
            | Type::Int32
            | Type::Int64
            | Type::UInt64
            | Type::Int128
            | Type::Double => true,
            Type::Any | Type::Bytes | Type::File | Type::List(_) | Type::Map { .. } => false,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(_)) => true,
                Some(TypeKind::Newtype(inner)) => self.is_scalar(inner),
                Some(TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Union(_) | TypeKind::Multipart(_)) => false,
                // The type was dropped because of an error. A result of false would cause further findings about the same error.
                None => true,
            },
        }
    }
}

/// Returns the names of the arguments, independent of the order of the parameters. If several parameters have the same Rust name,
/// the parameter that is spelled exactly like the Rust name gets this name: `pet_id` stays, and `petId` becomes `pet_id2`. If no
/// parameter is spelled like the Rust name, the first parameter by location and name gets this name.
fn argument_names(parameters: &[&Parameter], scope: &mut Scope) -> Vec<String> {
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

/// Returns whether the parameter is a header that OpenAPI ignores: `Accept`, `Content-Type` or `Authorization`. OpenAPI
/// describes these headers by `content` and `security` instead.
fn is_ignored(parameter: &Parameter) -> bool {
    let names = ["Accept", "Content-Type", "Authorization"];
    parameter.location == Location::Header && names.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
}
