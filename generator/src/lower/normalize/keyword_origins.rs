//! Records which original schema each keyword of a merged schema comes from. A violation of the keyword can then name the
//! original schema.

use crate::resolve::document::Schema;

type Comparison = fn(&Schema, &Schema) -> bool;

/// The keywords for which a merged schema records the original schema. The function next to each keyword returns whether two
/// schemas have the same value for the keyword.
const KEYWORDS: &[(&str, Comparison)] = &[
    ("minLength", |left, right| left.min_length == right.min_length),
    ("maxLength", |left, right| left.max_length == right.max_length),
    ("pattern", |left, right| left.pattern == right.pattern),
    ("format", |left, right| left.format == right.format),
    ("minimum", |left, right| left.minimum == right.minimum && left.exclusive_minimum == right.exclusive_minimum),
    ("maximum", |left, right| left.maximum == right.maximum && left.exclusive_maximum == right.exclusive_maximum),
    ("multipleOf", |left, right| left.multiple_of == right.multiple_of),
    ("minItems", |left, right| left.min_items == right.min_items),
    ("maxItems", |left, right| left.max_items == right.max_items),
    ("uniqueItems", |left, right| left.unique_items == right.unique_items),
    ("minProperties", |left, right| left.min_properties == right.min_properties),
    ("maxProperties", |left, right| left.max_properties == right.max_properties),
    ("enum", |left, right| left.enum_values == right.enum_values),
];

/// Records the keywords that `merged` has from `right`: the keywords whose value in `merged` differs from the value in `left`.
/// `merged` is the result of merging `left` and `right`.
pub(super) fn note(merged: &mut Schema, left: &Schema, right: &Schema) {
    for (keyword, agree) in KEYWORDS {
        if agree(merged, left) {
            continue;
        }
        let pointer = right.derived_from.as_ref().unwrap_or(&right.pointer);
        let origin = right.keyword_origins.get(keyword).unwrap_or(pointer).clone();
        merged.keyword_origins.insert(keyword, origin);
    }
}
