//! Lists the arguments of an operation, and describes how arguments and bodies are serialized.

use std::sync::Arc;

use crate::ir;
use crate::ir::{Api, Argument, ArgumentLocation, BodyEncoding, Content, FormStyle, PathStyle, Style, StyleKind};
use crate::surface::constraints::value_constraints;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;

pub(super) fn list(listing: &mut Listing<'_>, method: &Arc<str>, argument: &Argument) {
    let api = listing.api;
    let setter = (!argument.required).then(|| setter_type(api, argument));
    let argument_type = without_lifetime(&api.argument_text(argument, PathStyle::Short));
    let constraints: Vec<String> = match &argument.location {
        ArgumentLocation::Bodies { .. } | ArgumentLocation::Key(_) => Vec::new(),
        place => place.values().into_iter().map(|value| value_constraints(api, value)).collect(),
    };
    listing
        .add(ItemKind::Argument, method, &format!(".{}", argument.name), &argument.pointer)
        .set_optional(Facet::Setter, setter)
        .set(Facet::Type, argument_type)
        .set(Facet::Location, location(argument))
        .set_nonempty(Facet::Constraints, constraints.concat())
        .set_if(Facet::Deprecated, argument.deprecated, "deprecated");
}

/// Returns the type that a caller passes for an argument, such as `impl Into<String>`.
pub(super) fn setter_type(api: &Api, argument: &Argument) -> String {
    without_lifetime(&api.argument_setter_parameter(argument, PathStyle::Short).0)
}

/// Removes the lifetime from a type: `&'a Pet` becomes `&Pet`. Callers do not write the lifetime.
pub(super) fn without_lifetime(type_text: &str) -> String {
    type_text.replace("&'a ", "&").replace("<'a>", "")
}

/// Describes which part of the request contains an argument, such as `query limit`. If the argument is not serialized in the
/// default way, adds the serialization, as in `query ids joined` for a list with `explode: false`.
fn location(argument: &Argument) -> String {
    let wire = &argument.wire;
    match &argument.location {
        ArgumentLocation::Path { style, .. } => format!("path {wire}{}", style_text(*style)),
        ArgumentLocation::Key(_) => "path".to_owned(),
        ArgumentLocation::Query { style, explode, value } => {
            let joined = if matches!(value.kind, ir::Type::List(_)) && !explode { " joined" } else { "" };
            format!("query {wire}{joined}{}", style_text(*style))
        }
        ArgumentLocation::WholeQuery { is_json, .. } => {
            format!("query of {}", if *is_json { "JSON" } else { "text" })
        }
        ArgumentLocation::Header { style, .. } => format!("header {wire}{}", style_text(*style)),
        ArgumentLocation::Cookie { style, .. } => format!("cookie {wire}{}", style_text(Some(*style))),
        ArgumentLocation::Body(content) => format!("body {}", media_type(content)),
        ArgumentLocation::Bodies { .. } => "body".to_owned(),
    }
}

/// Removes the serialization from a description by [`location`]: `query ids joined` becomes `query ids`.
pub(super) fn without_serialization(location: &str) -> &str {
    let end = [" joined", STYLE].iter().filter_map(|mark| location.find(mark)).min();
    location.get(..end.unwrap_or(location.len())).unwrap_or(location)
}

/// The text with which the description of a style begins.
pub(super) const STYLE: &str = " style ";

/// Describes the style of a parameter in the terms of OpenAPI, such as ` style form explode`.
fn style_text(style: Option<Style>) -> String {
    let Some(style) = style else { return String::new() };
    let name = match style.kind {
        StyleKind::Simple => "simple",
        StyleKind::Label => "label",
        StyleKind::Matrix => "matrix",
        StyleKind::Form => "form",
        StyleKind::SpaceDelimited => "spaceDelimited",
        StyleKind::PipeDelimited => "pipeDelimited",
        StyleKind::DeepObject => "deepObject",
        StyleKind::Json => "JSON",
    };
    let options = [
        (style.explode, " explode"),
        (style.allow_reserved, " allowReserved"),
        (style.allow_empty, " allowEmptyValue"),
    ];
    let options: String = options.iter().filter(|(is_set, _)| *is_set).map(|(_, text)| *text).collect();
    format!("{STYLE}{name}{options}")
}

/// Returns the media type of a body. For a form, adds the serialization of each property that has an `encoding` object in the
/// document, such as ` (ids joined)`.
pub(super) fn media_type(content: &Content) -> String {
    let encodings = match &content.encoding {
        BodyEncoding::Form(encodings) => encodings.as_slice(),
        _ => &[],
    };
    let properties = encodings.iter().map(|encoding| {
        let style = match encoding.style {
            FormStyle::Json => "JSON",
            FormStyle::Exploded => "explode",
            FormStyle::Joined => "joined",
            FormStyle::SpaceJoined => "joined by spaces",
            FormStyle::PipeJoined => "joined by pipes",
            FormStyle::Deep => "deepObject",
        };
        format!(" ({} {style}{})", encoding.wire, if encoding.allow_reserved { " allowReserved" } else { "" })
    });
    let mut properties: Vec<String> = properties.collect();
    properties.sort_unstable();
    format!("{}{}", content.content_type, properties.concat())
}
