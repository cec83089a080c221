//! Reads parameters, with the default values of `style` and `explode`.

use std::collections::HashSet;

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, ReferenceOr};

use crate::finding::Code;
use crate::pointer::Pointer;
use crate::resolve::component::component_name;
use crate::resolve::context::Context;
use crate::resolve::document::{Location, MediaType, Parameter, ParameterValue, Style};
use crate::resolve::reference::follow;
use crate::resolve::{example, extension, media_type, schema};

/// Reads `list`, the `parameters` of an operation or path item. `place` is the JSON Pointer of the list.
pub(super) fn parameters(
    cx: &mut Context<'_>,
    list: &[ReferenceOr<openapiv3::Parameter>],
    place: &Pointer,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let listed_at = place.join(index);
        if let Some((pointer, spec)) = follow(cx, item, &listed_at) {
            parameters.extend(parameter(cx, &spec, pointer, listed_at));
        }
    }
    parameters
}

/// Returns all parameters of an operation. First come the parameters in `shared`, from the path item, except those that the
/// operation overrides. Then come the parameters in `own`, from the operation itself.
pub(super) fn merged(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let overridden: HashSet<_> = own.iter().map(Parameter::key).collect();
    let kept = shared.iter().filter(|shared| !overridden.contains(&shared.key()));
    kept.cloned().chain(own.iter().cloned()).collect()
}

fn parameter(
    cx: &mut Context<'_>,
    spec: &openapiv3::Parameter,
    pointer: Pointer,
    listed_at: Pointer,
) -> Option<Parameter> {
    let (location, style) = location_and_style(spec);
    let data = spec.parameter_data_ref();
    let is_whole_query = cx.member(&pointer, "in").is_some_and(|location| location == "querystring");
    let (allow_reserved, allow_empty_value) = match spec {
        openapiv3::Parameter::Query { allow_reserved, allow_empty_value, .. } => {
            (*allow_reserved, allow_empty_value.unwrap_or_default())
        }
        _ => {
            report_query_keywords(cx, &pointer);
            (false, false)
        }
    };
    let value = match value(cx, data, &pointer)? {
        ParameterValue::Content(media) if is_whole_query => whole_query(media),
        value => value,
    };
    Some(Parameter {
        component: component_name(&pointer, "parameters"),
        name: data.name.clone(),
        location,
        description: data.description.clone(),
        required: data.required,
        deprecated: data.deprecated.unwrap_or_default(),
        style,
        explode: data.explode.unwrap_or(style == Style::Form),
        allow_reserved,
        allow_empty_value,
        is_whole_query: is_whole_query && matches!(value, ParameterValue::Content(_)),
        value,
        examples: example::examples(cx, &data.examples, &pointer, false),
        odata_literal: extension::flag(cx, &data.extensions, "x-odata-literal", &pointer),
        repeat_header: extension::flag(cx, &data.extensions, "x-repeat-header", &pointer),
        pointer,
        listed_at,
    })
}

/// Reports `allowReserved` and `allowEmptyValue` of the parameter at `place`, which is not a query parameter.
fn report_query_keywords(cx: &mut Context<'_>, place: &Pointer) {
    for keyword in ["allowReserved", "allowEmptyValue"] {
        if cx.member(place, keyword).and_then(serde_json::Value::as_bool) == Some(true) {
            let message = format!("`{keyword}` has an effect on query parameters only.");
            cx.findings.add(Code::NoEffect, &place.join(keyword), message, "Delete the keyword.");
        }
    }
}

fn value(cx: &mut Context<'_>, data: &ParameterData, place: &Pointer) -> Option<ParameterValue> {
    match &data.format {
        ParameterSchemaOrContent::Schema(_) => schema::member(cx, place, "schema").map(ParameterValue::Schema),
        ParameterSchemaOrContent::Content(content) => {
            media_type::content(cx, content, &place.join("content")).pop().map(ParameterValue::Content)
        }
    }
}

/// Returns the value of a parameter that is the whole query of the URL. A form has one query parameter for each member, like an
/// object in the style `form`. Other content is the text of the query.
fn whole_query(mut media: MediaType) -> ParameterValue {
    match media.schema.take() {
        Some(schema) if media.essence() == "application/x-www-form-urlencoded" => ParameterValue::Schema(schema),
        schema => ParameterValue::Content(MediaType { schema, ..media }),
    }
}

fn location_and_style(spec: &openapiv3::Parameter) -> (Location, Style) {
    match spec {
        openapiv3::Parameter::Path { style, .. } => {
            let style = match style {
                PathStyle::Matrix => Style::Matrix,
                PathStyle::Label => Style::Label,
                PathStyle::Simple => Style::Simple,
            };
            (Location::Path, style)
        }
        openapiv3::Parameter::Query { style, .. } => (Location::Query, media_type::query_style(style)),
        openapiv3::Parameter::Header { .. } => (Location::Header, Style::Simple),
        openapiv3::Parameter::Cookie { .. } => (Location::Cookie, Style::Form),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::resolved;

    fn parameters_of(shared: &str, own: &str) -> Vec<Parameter> {
        let (document, findings) = resolved(&format!(
            "paths:\n  /a:\n    parameters: {shared}\n    get:\n      parameters: {own}\n      responses: {{}}\n"
        ));
        assert_eq!(findings, [""; 0]);
        document.operations.into_iter().flat_map(|operation| operation.parameters).collect()
    }

    #[test]
    fn the_defaults_of_style_and_explode_depend_on_the_location() {
        let list = "[{name: a, in: path, required: true, schema: {}}, {name: b, in: query, schema: {}}, \
                    {name: c, in: header, schema: {}}, {name: d, in: cookie, schema: {}}, \
                    {name: e, in: query, style: pipeDelimited, schema: {}}, {name: f, in: query, explode: false, schema: {}}]";
        let seen: Vec<_> =
            parameters_of("[]", list).into_iter().map(|parameter| (parameter.style, parameter.explode)).collect();
        assert_eq!(
            seen,
            [
                (Style::Simple, false),
                (Style::Form, true),
                (Style::Simple, false),
                (Style::Form, true),
                (Style::PipeDelimited, false),
                (Style::Form, false),
            ]
        );
    }

    #[test]
    fn query_keywords_are_reported_on_other_parameters() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{name: a, in: cookie, allowReserved: true, schema: {}}, \
             {name: b, in: query, allowReserved: true, schema: {}}]\n      responses: {}\n",
        );
        assert_eq!(findings, ["no-effect /paths/~1a/get/parameters/0/allowReserved"]);
    }

    #[test]
    fn a_parameter_of_the_operation_overrides_that_of_the_path_item() {
        let shared =
            "[{name: X-A, in: header, schema: {}}, {name: b, in: query, schema: {}}, {name: c, in: query, schema: {}}]";
        let own = "[{name: x-a, in: header, schema: {}}, {name: b, in: cookie, schema: {}}]";
        let seen: Vec<_> = parameters_of(shared, own).into_iter().map(|parameter| parameter.name).collect();
        assert_eq!(seen, ["b", "c", "x-a", "b"]);
    }

    #[test]
    fn a_parameter_may_have_content() {
        let seen = parameters_of("[]", "[{name: a, in: query, content: {application/json: {schema: {type: string}}}}]");
        let Some(ParameterValue::Content(media)) = seen.first().map(|parameter| &parameter.value) else {
            panic!("{seen:?} has no content")
        };
        assert_eq!(media.pointer.as_str(), "/paths/~1a/get/parameters/0/content/application~1json");
    }
}
