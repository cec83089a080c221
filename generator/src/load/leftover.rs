//! Reports the parts of a document of OpenAPI 3.1 or 3.2 that belong to another dialect of schemas: keywords that are left over from
//! OpenAPI 3.0, and other dialects of JSON Schema.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::grammar::visit;
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;

/// The dialects whose schemas are read by their own rules. A `#` at the end makes no difference.
const KNOWN_DIALECTS: &[&str] = &[
    "https://json-schema.org/draft/2020-12/schema",
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://spec.openapis.org/oas/3.1/dialect/2024-10-25",
    "https://spec.openapis.org/oas/3.1/dialect/2024-11-10",
    "https://spec.openapis.org/oas/3.2/dialect/2025-09-17",
];

/// Reports the keywords of the schemas in `raw` that belong to another dialect. Each kind of leftover is reported once, with all
/// its places.
pub(super) fn report(raw: &Value, version: OpenApiVersion, findings: &mut Findings) {
    if !version.has_json_schema() {
        return;
    }
    report_dialect(raw.get("jsonSchemaDialect"), &Pointer::root().join("jsonSchemaDialect"), findings);
    let (mut nullable, mut bounds) = (Vec::new(), Vec::new());
    visit::schemas(raw, &mut |schema, place| {
        if schema.contains_key("nullable") {
            nullable.push(place.join("nullable"));
        }
        for keyword in ["exclusiveMinimum", "exclusiveMaximum"] {
            if schema.get(keyword).is_some_and(Value::is_boolean) {
                bounds.push(place.join(keyword));
            }
        }
        report_dialect(schema.get("$schema"), &place.join("$schema"), findings);
    });
    report_leftover(
        nullable,
        &format!("`nullable` has no meaning in OpenAPI {}, which writes null as a type.", version.as_str()),
        "Write `type: [string, 'null']` instead of `type: string` with `nullable: true`. Beside `$ref`, write `anyOf: [{$ref: …}, \
         {type: 'null'}]`.",
        findings,
    );
    report_leftover(
        bounds,
        &format!("A boolean bound has no meaning in OpenAPI {}, in which the keyword is the bound.", version.as_str()),
        "Write `exclusiveMinimum: 5` instead of `minimum: 5` with `exclusiveMinimum: true`, and delete `exclusiveMinimum: false`.",
        findings,
    );
}

fn report_leftover(places: Vec<Pointer>, message: &str, remedy: &str, findings: &mut Findings) {
    let mut places = places.into_iter();
    let Some(first) = places.next() else { return };
    findings.add(Code::LeftoverKeyword, &first, message, remedy);
    findings.add_places(places);
}

fn report_dialect(dialect: Option<&Value>, place: &Pointer, findings: &mut Findings) {
    let Some(dialect) = dialect.and_then(Value::as_str) else { return };
    if !KNOWN_DIALECTS.contains(&dialect.trim_end_matches('#')) {
        let message = format!("The schemas are written in another dialect: `{dialect}`.");
        let remedy = "Write the schemas in JSON Schema 2020-12, and delete the key.";
        findings.add(Code::SchemaDialect, place, message, remedy);
    }
}
