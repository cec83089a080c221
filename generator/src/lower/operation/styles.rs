//! Styles: which parameters are plain text, how the others are written, and what their style does not say.

use crate::finding::{Code, Focus};
use crate::ir::{Style, StyleKind, Type, TypeKind, Value};
use crate::lower::{Lowering, docs};
use crate::resolve::document::{self, Location, Parameter, ParameterValue};

/// What a style makes of a value, as far as the document says what the value is.
enum Parts<'v> {
    /// A text, a number or a boolean; or anything, which is told when it is sent.
    One,
    /// The items of an array, or the members of an object.
    Several(Vec<&'v Value>),
}

impl Lowering<'_> {
    /// How a parameter is written; `None` where its value is text, or a list of texts, in the usual style of its place.
    pub(crate) fn style_of(&mut self, parameter: &Parameter, value: &Value) -> Option<Style> {
        let kind = match &parameter.value {
            ParameterValue::Content(media) if media.is_json() => StyleKind::Json,
            ParameterValue::Content(_) if parameter.location == Location::Cookie => StyleKind::Form,
            ParameterValue::Content(_) => return None,
            ParameterValue::Schema(_) => kind(parameter.style),
        };
        if kind == StyleKind::Json {
            return Some(Style { kind, explode: false, allow_reserved: false, allow_empty: false });
        }
        let is_scalar = self.is_text(value);
        let style = Style {
            kind,
            explode: parameter.explode && !is_scalar,
            allow_reserved: parameter.allow_reserved
                && !matches!(value.kind, Type::Boolean | Type::Int32 | Type::Int64),
            allow_empty: parameter.allow_empty_value && matches!(self.parts(value), Parts::Several(_)),
        };
        self.warn_of_empty(parameter, value);
        self.warn_of_undefined(parameter, value, style);
        (!self.is_usual(parameter.location, value, style)).then_some(style)
    }

    /// Whether the value and its style need nothing but the text of each scalar.
    fn is_usual(&self, location: Location, value: &Value, style: Style) -> bool {
        if style.allow_reserved || style.allow_empty {
            return false;
        }
        let is_list = matches!(&value.kind, Type::List(items) if self.is_text(items) && !items.nullable);
        let is_scalar = self.is_text(value);
        match (location, style.kind) {
            (Location::Path, StyleKind::Simple) => is_scalar,
            (Location::Header, _) | (Location::Query, StyleKind::Form) => is_scalar || is_list,
            // Of a single value the others make the same as `form`.
            (Location::Query, _) => is_scalar,
            (Location::Path | Location::Cookie, _) => false,
        }
    }

    /// `allowEmptyValue` is for texts, which can be empty anyway, and for arrays and objects without anything in them.
    fn warn_of_empty(&mut self, parameter: &Parameter, value: &Value) {
        let can_be_empty = match &value.kind {
            Type::Boolean | Type::Int32 | Type::Int64 | Type::Double => false,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::StringEnum(variants)) => variants.iter().any(|variant| variant.wire.is_empty()),
                Some(TypeKind::Newtype(inner)) => matches!(inner.kind, Type::String) || !self.is_text(inner),
                _ => true,
            },
            _ => true,
        };
        if parameter.allow_empty_value && parameter.location == Location::Query && !can_be_empty {
            let message = format!("No value of `{}` is empty, so `allowEmptyValue` has no effect.", parameter.name);
            let remedy = "Delete it, or add the empty text to the values that the schema allows.";
            self.refuse(Code::NoEffect, &parameter.pointer.join("allowEmptyValue"), message, remedy);
        }
    }

    /// Says once for a parameter what its style leaves open, and what is done about it.
    fn warn_of_undefined(&mut self, parameter: &Parameter, value: &Value, style: Style) {
        let is_deep = style.kind == StyleKind::DeepObject;
        let Parts::Several(parts) = self.parts(value) else {
            if is_deep && self.is_text(value) {
                let name = docs::code(&parameter.name);
                let message = format!("The style of {name} has no rule for a single value: it is sent as `form`.");
                let remedy = "Leave `style` out, or describe an object.";
                self.refuse(Code::UndefinedStyle, &parameter.pointer, message, remedy);
                self.findings.set_focus(Focus::Member("style"));
            }
            return;
        };
        let nested = parts.iter().any(|part| matches!(self.parts(part), Parts::Several(_)));
        let is_delimited = matches!(style.kind, StyleKind::SpaceDelimited | StyleKind::PipeDelimited);
        let done = if nested && !is_deep {
            "an array or object within an array or object: its JSON text is sent"
        } else if style.explode && is_delimited {
            "`explode`: the parameter is sent as `form`"
        } else if style.explode && parameter.location == Location::Cookie {
            "`explode` in a cookie: each item or member is sent as a cookie of its own"
        } else {
            return;
        };
        let message = format!("The style of {} has no rule for {done}.", docs::code(&parameter.name));
        let remedy = match parameter.location {
            Location::Query => "Ask the service what it reads; `deepObject`, or `content` with JSON, has a rule.",
            _ => "Ask the service what it reads; `content` with JSON has a rule.",
        };
        self.refuse(Code::UndefinedStyle, &parameter.pointer, message, remedy);
    }

    fn parts<'v>(&'v self, value: &'v Value) -> Parts<'v> {
        match &value.kind {
            Type::List(inner) | Type::Map(inner) => Parts::Several(vec![inner]),
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::Struct(structure)) => {
                    Parts::Several(structure.fields.iter().map(|field| &field.value).collect())
                }
                Some(TypeKind::Newtype(inner)) => self.parts(inner),
                _ => Parts::One,
            },
            _ => Parts::One,
        }
    }
}

fn kind(style: document::Style) -> StyleKind {
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
