//! Lowers the encoding of form properties (`application/x-www-form-urlencoded`).

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::finding::{Code, Focus};
use crate::ir::{FormEncoding, FormStyle, Struct, StyleKind, Type, TypeDef, TypeKind, Value};
use crate::lower::operation::media_types::is_binary;
use crate::lower::operation::styles::{UNDEFINED_STYLE_REMEDY, undefined_style};
use crate::lower::state::Lowering;
use crate::resolve::document::{Encoding, MediaType, SchemaRef, SchemaType, Style};
use crate::suggestion::nearest;

impl<'d> Lowering<'d> {
    /// Lowers the `encoding` of the properties of a form. Returns `None` if the encoding of a property is reported as an error.
    pub(super) fn form_encodings(&mut self, media: &'d MediaType, schema: &'d SchemaRef) -> Option<Vec<FormEncoding>> {
        let schema = self.resolved(schema);
        let mut encodings = Vec::new();
        for encoding in &media.encoding {
            if !schema.properties.is_empty() && !schema.properties.contains_key(&encoding.property) {
                self.report_unknown_property(encoding, &schema.properties);
                continue;
            }
            if !encoding.headers.is_empty() {
                self.report_no_effect(encoding, "the properties of a form have no headers");
            }
            let property = schema.properties.get(&encoding.property).map(|property| self.resolved(property));
            let is_text =
                property.is_some_and(|property| property.kind == Some(SchemaType::String) && !is_binary(property));
            let Some(style) = form_style(encoding, is_text) else {
                let remedy = "Write `text/plain` or `application/json` as the `contentType` of the property, or describe the body \
                              as `multipart/form-data`.";
                return self.report_media_type(media, "form properties that are neither text nor JSON", remedy);
            };
            let (wire, allow_reserved) = (encoding.property.clone(), encoding.allow_reserved);
            encodings.push(FormEncoding { wire, style, allow_reserved });
        }
        Some(encodings)
    }

    /// Reports each property of a form whose `style` or `explode` OpenAPI does not define for the property's type. `value` is the
    /// type of the form.
    pub(super) fn report_undefined_form_styles(
        &mut self,
        media: &MediaType,
        value: &Value,
        encodings: &[FormEncoding],
    ) {
        let Some(form) = structure(&self.types, value) else { return };
        let styles: HashMap<&str, FormStyle> =
            encodings.iter().map(|encoding| (encoding.wire.as_str(), encoding.style)).collect();
        let styled: HashMap<&str, (&Encoding, (StyleKind, bool))> = media
            .encoding
            .iter()
            .filter(|encoding| encoding.style.is_some() || encoding.explode.is_some())
            .filter_map(|encoding| {
                let style = styles.get(encoding.property.as_str()).copied().and_then(parameter_style)?;
                Some((encoding.property.as_str(), (encoding, style)))
            })
            .collect();
        if styled.is_empty() {
            return;
        }
        let mut undefined = Vec::new();
        for field in &form.fields {
            let Some((encoding, style)) = styled.get(field.wire.as_str()).copied() else { continue };
            let named = (field.wire.as_str(), &field.value);
            let message = undefined_style(&mut self.compositions, &self.types, named, style);
            undefined.extend(message.map(|message| (encoding.pointer.clone(), message)));
        }
        for (pointer, message) in undefined {
            self.report(Code::UndefinedStyle, &pointer, message, UNDEFINED_STYLE_REMEDY);
            self.findings.set_focus(Focus::Key);
        }
    }

    /// Reports an `encoding` whose property is not in the schema's `properties`.
    pub(super) fn report_unknown_property(&mut self, encoding: &Encoding, properties: &IndexMap<String, SchemaRef>) {
        let remedy = match nearest(&encoding.property, properties.keys().map(String::as_str), 3) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Remove the encoding.".to_owned(),
        };
        let message =
            format!("The encoding of `{}` has no effect: the schema has no property of this name.", encoding.property);
        self.report(Code::NoEffect, &encoding.pointer, message, &remedy);
    }

    /// Reports an encoding that has no effect.
    pub(super) fn report_no_effect(&mut self, encoding: &Encoding, reason: &str) {
        let message = format!("The encoding of `{}` has no effect: {reason}.", encoding.property);
        self.report(Code::NoEffect, &encoding.pointer, message, "Remove the encoding.");
    }
}

/// Returns the struct of a form.
fn structure<'t>(types: &'t [Option<TypeDef>], value: &Value) -> Option<&'t Struct> {
    let Type::Named { id, .. } = &value.kind else { return None };
    match &types[id.0].as_ref()?.kind {
        TypeKind::Struct(form) => Some(form),
        TypeKind::Newtype(inner) => structure(types, inner),
        _ => None,
    }
}

/// Returns the style of the query parameter that is serialized like a form property of this style, and its `explode`. Returns
/// `None` for JSON.
fn parameter_style(style: FormStyle) -> Option<(StyleKind, bool)> {
    Some(match style {
        FormStyle::Json => return None,
        FormStyle::Exploded => (StyleKind::Form, true),
        FormStyle::Joined => (StyleKind::Form, false),
        FormStyle::SpaceJoined => (StyleKind::SpaceDelimited, false),
        FormStyle::PipeJoined => (StyleKind::PipeDelimited, false),
        FormStyle::Deep => (StyleKind::DeepObject, true),
    })
}

/// Returns the style of a form property. Returns `None` for a `contentType` that is neither text nor JSON, unless the value is text
/// in any case. If `encoding` has `style`, `explode` or `allowReserved`, its `contentType` is ignored.
fn form_style(encoding: &Encoding, is_text: bool) -> Option<FormStyle> {
    let has_style = encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved;
    let content_type = encoding.content_type.as_deref().unwrap_or("text/plain");
    let is_json = content_type.contains("json");
    if !has_style {
        return match is_json {
            true => Some(FormStyle::Json),
            // A form consists of text, so a content type such as `text/plain` has no effect.
            false => (is_text || content_type.starts_with("text/")).then_some(FormStyle::Exploded),
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
