//! Chooses the serialization style of each parameter. Reports a parameter if OpenAPI does not define its serialization, for
//! example a nested array in the style `form`.

use crate::finding::{Code, Focus};
use crate::ir::{Style, StyleKind, Type, TypeDef, TypeKind, Value};
use crate::lower::docs;
use crate::lower::operation::composition::Compositions;
use crate::lower::state::Lowering;
use crate::resolve::document::{self, Location, Parameter, ParameterValue};

/// The remedy for a parameter or form property that OpenAPI does not define how to serialize.
pub(super) const UNDEFINED_STYLE_REMEDY: &str =
    "Check which representation the service expects. `content` with JSON is well-defined.";

impl Lowering<'_> {
    /// Returns the style of a parameter. Returns `None` if the emitted code does not state the style, for example for a scalar
    /// with the default style of its location.
    pub(super) fn parameter_style(&mut self, parameter: &Parameter, value: &Value) -> Option<Style> {
        let kind = match &parameter.value {
            ParameterValue::Content(media) if media.is_json() => StyleKind::Json,
            ParameterValue::Content(_) if parameter.location == Location::Cookie => StyleKind::Form,
            ParameterValue::Content(_) => return None,
            ParameterValue::Schema(_) => style_kind(parameter.style),
        };
        if kind == StyleKind::Json {
            return Some(Style { kind, explode: false, allow_reserved: false, allow_empty: false });
        }
        let is_plain_text = matches!(value.kind, Type::Boolean | Type::Int32 | Type::Int64);
        let is_composite = self.is_composite(value);
        let style = Style {
            kind,
            explode: parameter.explode && !self.is_scalar(value),
            allow_reserved: parameter.allow_reserved && !is_plain_text,
            allow_empty: parameter.allow_empty_value && is_composite,
        };
        self.report_useless_allow_empty(parameter, value);
        self.report_undefined_style(parameter, value, style);
        (!self.is_usual(parameter.location, value, style)).then_some(style)
    }

    /// Returns whether the emitted code can omit `style`, because this style is the default for the value in this location.
    fn is_usual(&self, location: Location, value: &Value, style: Style) -> bool {
        if style.allow_reserved || style.allow_empty {
            return false;
        }
        let is_list = matches!(&value.kind, Type::List(items) if self.is_scalar(items) && !items.nullable);
        let is_scalar = self.is_scalar(value);
        match (location, style.kind) {
            (Location::Path, StyleKind::Simple) => is_scalar,
            (Location::Header, _) | (Location::Query, StyleKind::Form) => is_scalar || is_list,
            // In the query, all other styles serialize a scalar as `form` does.
            (Location::Query, _) => is_scalar,
            (Location::Path | Location::Cookie, _) => false,
        }
    }

    /// Reports `allowEmptyValue` on a parameter that has no empty value, such as a number. Strings, arrays and objects can be
    /// empty.
    fn report_useless_allow_empty(&mut self, parameter: &Parameter, value: &Value) {
        let can_be_empty = match &value.kind {
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Double => false,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(variants)) => variants.iter().any(|variant| variant.wire.is_empty()),
                Some(TypeKind::Newtype(inner)) => matches!(inner.kind, Type::String) || !self.is_scalar(inner),
                _ => true,
            },
            _ => true,
        };
        if parameter.allow_empty_value && parameter.location == Location::Query && !can_be_empty {
            let message = format!("No value of `{}` is empty, so `allowEmptyValue` has no effect.", parameter.name);
            let remedy = "Remove `allowEmptyValue`, or allow the empty string in the schema.";
            self.report(Code::NoEffect, &parameter.pointer.join("allowEmptyValue"), message, remedy);
        }
    }

    /// Reports a parameter if OpenAPI does not define how `style` serializes `value`, the type of the parameter. Reports at most
    /// one finding.
    fn report_undefined_style(&mut self, parameter: &Parameter, value: &Value, style: Style) {
        let name = docs::code(&parameter.name);
        let is_deep_object = style.kind == StyleKind::DeepObject;
        if is_deep_object && self.is_scalar(value) {
            let message = format!(
                "The style of {name} does not define scalars: the client sends the value with the style `form`."
            );
            let remedy = "Remove `style`, or describe an object.";
            self.report(Code::UndefinedStyle, &parameter.pointer, message, remedy);
            self.findings.set_focus(Focus::Member("style"));
            return;
        }
        let is_composite = self.is_composite(value);
        let style_and_explode = (style.kind, style.explode);
        let named = (parameter.name.as_str(), value);
        let message = match undefined_style(&mut self.compositions, &self.types, named, style_and_explode) {
            Some(message) => message,
            None if is_composite && style.explode && parameter.location == Location::Cookie => format!(
                "The style of {name} does not define `explode` in cookies: the client sends each item or member as a separate \
                 cookie."
            ),
            None => return,
        };
        self.report(Code::UndefinedStyle, &parameter.pointer, message, UNDEFINED_STYLE_REMEDY);
    }

    /// Returns whether all values of a type are arrays or objects. Values of a union and any JSON value need not be.
    fn is_composite(&self, value: &Value) -> bool {
        match &value.kind {
            Type::List(_) | Type::Map { .. } => true,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::Struct(_) | TypeKind::Tuple(_)) => true,
                Some(TypeKind::Newtype(inner)) => self.is_composite(inner),
                _ => false,
            },
            _ => false,
        }
    }
}

/// Returns the message of a finding if OpenAPI does not define how a style serializes values of this type. `name` is the name of the
/// parameter or form property.
pub(super) fn undefined_style(
    compositions: &mut Compositions,
    types: &[Option<TypeDef>],
    (name, value): (&str, &Value),
    (kind, explode): (StyleKind, bool),
) -> Option<String> {
    let is_nested = compositions.is_nested(types, value);
    let parts = compositions.of(types, value);
    let name = docs::code(name);
    let is_delimited = matches!(kind, StyleKind::SpaceDelimited | StyleKind::PipeDelimited);
    let undefined = match kind {
        StyleKind::DeepObject if is_nested => {
            "nested arrays and objects: the client sends `[a][b]` after the name for a member, and `[a][0]` for an item"
        }
        StyleKind::DeepObject if parts.has_array => "arrays: the client sends `[0]` after the name for an item",
        StyleKind::DeepObject => return None,
        _ if is_nested => "nested arrays and objects: the client sends them as JSON",
        _ if explode && is_delimited && (parts.has_array || parts.has_object) => {
            "`explode`: the client sends the parameter with the style `form`"
        }
        _ => return None,
    };
    Some(format!("The style of {name} does not define {undefined}."))
}

fn style_kind(style: document::Style) -> StyleKind {
    match style {
        document::Style::Matrix => StyleKind::Matrix,
        document::Style::Label => StyleKind::Label,
        document::Style::Form => StyleKind::Form,
        document::Style::Simple => StyleKind::Simple,
        document::Style::SpaceDelimited => StyleKind::SpaceDelimited,
        document::Style::PipeDelimited => StyleKind::PipeDelimited,
        document::Style::DeepObject => StyleKind::DeepObject,
    }
}
