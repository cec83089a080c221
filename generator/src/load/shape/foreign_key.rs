//! Keys that another version of OpenAPI, JSON Schema or Swagger 2.0 defines, but the version of the document does not.

use crate::load::version::OpenApiVersion;

/// Each row has a type of object, a key that OpenAPI 3.0 does not define for the object, and the remedy. The rows without a
/// counterpart in another version are keys that authors write by mistake.
const FOREIGN_KEYS: &[(&str, &str, &str)] = &[
    ("Schema", "const", "OpenAPI 3.0 has no `const`: write an `enum` with the one value."),
    ("Schema", "examples", "A schema of OpenAPI 3.0 has one `example`: keep the best one."),
    ("Schema", "$defs", "Move the schemas to `components.schemas`."),
    ("Schema", "definitions", "Move the schemas to `components.schemas`."),
    ("Schema", "$schema", "Delete `$schema`: OpenAPI 3.0 has only one schema dialect."),
    (
        "Schema",
        "patternProperties",
        "OpenAPI 3.0 has no `patternProperties`: describe the values with `additionalProperties`.",
    ),
    ("Schema", "propertyNames", "OpenAPI 3.0 has no `propertyNames`: write the rule into `description`."),
    ("Schema", "prefixItems", "OpenAPI 3.0 has no tuples: describe the items with `items`."),
    ("Schema", "contentEncoding", "Write `format: byte` for base64."),
    ("Schema", "contentMediaType", "Write `format: binary`, or `format: byte` for base64."),
    (
        "Schema",
        "min",
        "Write `minLength` for a string, `minimum` for a number, `minItems` for an array or `minProperties` for an object.",
    ),
    (
        "Schema",
        "max",
        "Write `maxLength` for a string, `maximum` for a number, `maxItems` for an array or `maxProperties` for an object.",
    ),
    ("Schema", "regex", "Write `pattern`."),
    ("Schema", "regexp", "Write `pattern`."),
    ("Parameter", "type", "Write `type` in the parameter's `schema`: `schema: {type: …}`."),
    ("Parameter", "format", "Write `format` in the parameter's `schema`: `schema: {format: …}`."),
    ("Parameter", "enum", "Write `enum` in the parameter's `schema`: `schema: {enum: …}`."),
    ("Header", "type", "Write `type` in the header's `schema`: `schema: {type: …}`."),
    ("Response", "schema", "Write the schema of the body in `content`: `content: {application/json: {schema: …}}`."),
    ("Operation", "body", "Write the body in `requestBody`: `requestBody: {content: {application/json: …}}`."),
    ("Operation", "consumes", "Write the media types as keys of `requestBody.content`."),
    ("Operation", "produces", "Write the media types as keys of the `content` of each response."),
    ("Info", "summary", "OpenAPI 3.0 has no `summary` of the API: move the text into `description`."),
    ("License", "identifier", "OpenAPI 3.0 has no SPDX identifier: use `url`."),
    ("OpenAPI", "webhooks", "Delete `webhooks`: OpenAPI 3.0 has no webhooks, and a client does not use them."),
    ("Components", "pathItems", "OpenAPI 3.0 has no path items in `components`: write them under `paths`."),
];

/// The rows that hold for OpenAPI 3.1 and later instead of those in [`FOREIGN_KEYS`].
const FOREIGN_KEYS_SINCE_3_1: &[(&str, &str, &str)] = &[
    ("Schema", "definitions", "Rename the key to `$defs`, or move the schemas to `components.schemas`."),
    ("Schema", "dependencies", "Write `dependentRequired` or `dependentSchemas`."),
    ("Schema", "additionalItems", "Write `prefixItems` for the first items, and `items` for the rest."),
    ("Schema", "id", "Write `$id`."),
];

/// Returns the remedy for `key` in `object`. Returns `None` if the table for this version has no row for this key and object.
pub(crate) fn replacement(object: &str, key: &str, version: OpenApiVersion) -> Option<&'static str> {
    let later = FOREIGN_KEYS_SINCE_3_1.iter().filter(|_| version.has_json_schema());
    let known = later.chain(FOREIGN_KEYS).find(|(owner, name, _)| *owner == object && *name == key)?;
    Some(known.2)
}
