//! Records which original schema each keyword of a merged schema comes from. A violation of the keyword can then name the
//! original schema.

use std::collections::BTreeMap;

use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Returns the value of a keyword as a text; `None` if the schema does not have the keyword.
type KeywordValue = fn(&Schema) -> Option<String>;

/// The keywords for which a merged schema records the original schema.
const KEYWORDS: [(&str, KeywordValue); 13] = [
    ("minLength", |schema| schema.min_length.map(|length| length.to_string())),
    ("maxLength", |schema| schema.max_length.map(|length| length.to_string())),
    ("pattern", |schema| schema.pattern.clone()),
    ("format", |schema| schema.format.clone()),
    ("minimum", |schema| schema.minimum.as_ref().map(|bound| format!("{bound} {}", schema.exclusive_minimum))),
    ("maximum", |schema| schema.maximum.as_ref().map(|bound| format!("{bound} {}", schema.exclusive_maximum))),
    ("multipleOf", |schema| schema.multiple_of.as_ref().map(ToString::to_string)),
    ("minItems", |schema| schema.min_items.map(|count| count.to_string())),
    ("maxItems", |schema| schema.max_items.map(|count| count.to_string())),
    ("uniqueItems", |schema| schema.unique_items.then(String::new)),
    ("minProperties", |schema| schema.min_properties.map(|count| count.to_string())),
    ("maxProperties", |schema| schema.max_properties.map(|count| count.to_string())),
    // Merging can only remove values, so two lists of the same length are the same list.
    ("enum", |schema| schema.enum_values.as_ref().map(|values| values.len().to_string())),
];

/// The values of all [`KEYWORDS`] in a schema.
pub(super) type KeywordValues = [Option<String>; KEYWORDS.len()];

/// Returns the values of all [`KEYWORDS`] in a schema.
pub(super) fn keyword_values(schema: &Schema) -> KeywordValues {
    KEYWORDS.map(|(_, value)| value(schema))
}

/// Records where the keywords of `merged` come from, after another schema has been merged into `merged`.
///
/// A keyword comes from the other schema if its value differs from its value in `before`, the values from before the merge.
/// `pointer` is the JSON Pointer of the other schema. If the other schema is itself a merged schema, `origins` contains the
/// original schemas of its keywords.
pub(super) fn note(
    merged: &mut Schema,
    before: &KeywordValues,
    pointer: &Pointer,
    origins: &BTreeMap<&'static str, Pointer>,
) {
    for ((keyword, value), before) in KEYWORDS.iter().zip(before) {
        if value(merged) != *before {
            let origin = origins.get(keyword).unwrap_or(pointer).clone();
            merged.keyword_origins.insert(keyword, origin);
        }
    }
}
