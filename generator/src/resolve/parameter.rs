//! Parameters: those of the path item, those of the operation, and their defaults.

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use crate::finding::Code;
use crate::pointer::Pointer;
use crate::resolve::document::{Location, Parameter, ParameterValue, Style};
use crate::resolve::reference::follow;
use crate::resolve::{Context, content, extension, schema};

/// The parameters of the list at `place`.
pub(super) fn parameters(
    cx: &mut Context<'_>,
    list: &[ReferenceOr<openapiv3::Parameter>],
    place: &Pointer,
) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    for (index, item) in list.iter().enumerate() {
        let site = place.join(index);
        if let Some((pointer, spec)) = follow(cx, item, &site) {
            parameters.extend(parameter(cx, &spec, pointer, site));
        }
    }
    parameters
}

/// The path item's parameters and the operation's own, which replace the path item's of the same name and place.
pub(super) fn merged(shared: &[Parameter], own: Vec<Parameter>) -> Vec<Parameter> {
    let kept = shared.iter().filter(|shared| !own.iter().any(|own| own.is_same(shared)));
    kept.cloned().chain(own.iter().cloned()).collect()
}

impl Parameter {
    /// Whether `other` has the same name and place; header names do not distinguish case.
    pub(crate) fn is_same(&self, other: &Parameter) -> bool {
        let same_name = match self.location {
            Location::Header => self.name.eq_ignore_ascii_case(&other.name),
            Location::Path | Location::Query | Location::Cookie => self.name == other.name,
        };
        self.location == other.location && same_name
    }
}

fn parameter(cx: &mut Context<'_>, spec: &openapiv3::Parameter, pointer: Pointer, site: Pointer) -> Option<Parameter> {
    let (location, style) = location_and_style(spec);
    let data = spec.parameter_data_ref();
    let (allow_reserved, allow_empty_value) = match spec {
        openapiv3::Parameter::Query { allow_reserved, allow_empty_value, .. } => {
            (*allow_reserved, allow_empty_value.unwrap_or_default())
        }
        _ => {
            tell_foreign_switches(cx, &pointer);
            (false, false)
        }
    };
    Some(Parameter {
        component: schema::component_name(&pointer, "parameters"),
        name: data.name.clone(),
        location,
        description: data.description.clone(),
        required: data.required,
        deprecated: data.deprecated.unwrap_or_default(),
        style,
        explode: data.explode.unwrap_or(style == Style::Form),
        allow_reserved,
        allow_empty_value,
        value: value(cx, data, &pointer)?,
        examples: content::examples(cx, &data.examples, &pointer),
        odata_literal: extension::switch(cx, &data.extensions, "x-odata-literal", &pointer),
        repeat_header: extension::switch(cx, &data.extensions, "x-repeat-header", &pointer),
        pointer,
        site,
    })
}

/// OpenAPI defines these two for queries alone.
fn tell_foreign_switches(cx: &mut Context<'_>, place: &Pointer) {
    for switch in ["allowReserved", "allowEmptyValue"] {
        if cx.member(place, switch).and_then(serde_json::Value::as_bool) == Some(true) {
            let message = format!("`{switch}` has no effect outside of a query.");
            cx.findings.add(Code::NoEffect, &place.join(switch), message, "Delete it.");
        }
    }
}

fn value(cx: &mut Context<'_>, data: &ParameterData, place: &Pointer) -> Option<ParameterValue> {
    match &data.format {
        ParameterSchemaOrContent::Schema(_) => schema::member(cx, place, "schema").map(ParameterValue::Schema),
        ParameterSchemaOrContent::Content(content) => {
            content::content(cx, content, &place.join("content")).pop().map(ParameterValue::Content)
        }
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
        openapiv3::Parameter::Query { style, .. } => {
            let style = match style {
                QueryStyle::Form => Style::Form,
                QueryStyle::SpaceDelimited => Style::SpaceDelimited,
                QueryStyle::PipeDelimited => Style::PipeDelimited,
                QueryStyle::DeepObject => Style::DeepObject,
            };
            (Location::Query, style)
        }
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
    fn style_and_explode_have_defaults_by_place() {
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
    fn switches_of_queries_are_told_elsewhere() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{name: a, in: cookie, allowReserved: true, schema: {}}, \
             {name: b, in: query, allowReserved: true, schema: {}}]\n      responses: {}\n",
        );
        assert_eq!(findings, ["no-effect /paths/~1a/get/parameters/0/allowReserved"]);
    }

    #[test]
    fn the_operation_wins() {
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
