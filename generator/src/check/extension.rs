//! Finds extensions without an effect, such as `x-odata-literal` on a query parameter. The stage `load` reports the other
//! misplaced extensions, such as `x-odata-literal` on a schema.

use crate::finding::{Code, Findings};
use crate::resolve::document::{Document, Location, Parameter, ParameterValue, SchemaType, Status};

/// Reports each `x-odata-literal`, `x-repeat-header` and `x-failure` that has no effect.
pub(super) fn places(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        for parameter in &operation.parameters {
            if parameter.odata_literal && parameter.location != Location::Path {
                let remedy = "Delete `x-odata-literal`: OData literals occur only in paths.";
                report_parameter(parameter, "x-odata-literal", "a path parameter", remedy, findings);
            }
            if parameter.repeat_header && !(parameter.location == Location::Header && is_array(document, parameter)) {
                let remedy = "Delete `x-repeat-header`, or declare a header parameter with `type: array`.";
                report_parameter(parameter, "x-repeat-header", "a header parameter that is an array", remedy, findings);
            }
        }
        for response in operation.responses.iter().filter(|response| response.failure.is_some()) {
            if !matches!(response.status, Status::Code(200..=299) | Status::Range(2)) {
                findings.add(
                    Code::UnknownExtension,
                    &response.pointer.join("x-failure"),
                    "`x-failure` has an effect only on a response with a 2xx status. Every other status is a failure without \
                     `x-failure`.",
                    "Delete `x-failure`, or move it to a response with a 2xx status.",
                );
            }
        }
    }
}

fn report_parameter(parameter: &Parameter, name: &str, valid_place: &str, remedy: &str, findings: &mut Findings) {
    let message = format!("`{name}` has an effect only on {valid_place}.");
    findings.add(Code::UnknownExtension, &parameter.pointer.join(name), message, remedy);
}

/// Returns whether the schema of `parameter`, or a member of its `allOf`, has the type array. References are followed.
fn is_array(document: &Document, parameter: &Parameter) -> bool {
    let ParameterValue::Schema(schema) = &parameter.value else { return false };
    let parts = document.reachable_schemas(vec![schema], |schema| schema.all_of.iter());
    parts.iter().any(|schema| schema.kind == Some(SchemaType::Array))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn extensions_without_an_effect_are_reported() {
        let text = "paths:\n  /{p}:\n    get:\n      parameters:\n      \
                    - {name: p, in: path, required: true, schema: {}, x-odata-literal: true}\n      \
                    - {name: q, in: query, schema: {}, x-odata-literal: true}\n      \
                    - {name: h, in: header, schema: {$ref: '#/components/schemas/L'}, x-repeat-header: true}\n      \
                    - {name: i, in: header, schema: {type: string}, x-repeat-header: true}\n      responses:\n        \
                    200: {$ref: '#/components/responses/R'}\n        4XX: {$ref: '#/components/responses/S'}\n\
                    components:\n  schemas:\n    L: {$ref: '#/components/schemas/M'}\n    M: {type: array, items: {}}\n  responses:\n    \
                    R: {description: '', x-failure: {pointer: /a, when: non-empty}}\n    \
                    S: {description: '', x-failure: {pointer: /a, when: non-empty}}\n";
        assert_eq!(
            codes_and_places(text),
            [
                "unknown-extension /paths/~1{p}/get/parameters/1/x-odata-literal",
                "unknown-extension /paths/~1{p}/get/parameters/3/x-repeat-header",
                "unknown-extension /components/responses/S/x-failure",
            ]
        );
    }
}
