//! Where keywords stand that `allOf` brings into a schema, so that a violation names the schema which has the keyword.

use crate::ir::Rule;
use crate::lower::Lowering;
use crate::resolve::document::Schema;

type Says = fn(&Schema, &Schema) -> bool;

/// The keywords that one call checks each, and whether two schemas say the same by them.
const KEYWORDS: &[(&str, Says)] = &[
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

/// The keyword of a rule; `None` for one that says for itself where it stands.
fn keyword(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::MinLength(_) => "minLength",
        Rule::MaxLength(_) => "maxLength",
        Rule::Pattern(_) => "pattern",
        Rule::Format(_) => "format",
        Rule::Minimum(_) => "minimum",
        Rule::Maximum(_) => "maximum",
        Rule::MultipleOf(_) => "multipleOf",
        Rule::MinItems(_) => "minItems",
        Rule::MaxItems(_) => "maxItems",
        Rule::UniqueItems => "uniqueItems",
        Rule::MinProperties(_) => "minProperties",
        Rule::MaxProperties(_) => "maxProperties",
        Rule::IntegerEnum(_) | Rule::DoubleEnum(_) | Rule::BooleanEnum(_) | Rule::JsonEnum(_) => "enum",
        Rule::SchemaTable(_) | Rule::SchemaLocation(_) => return None,
    })
}

/// Notes for a schema that says what `left` and `right` say which keywords are those of `right`.
pub(crate) fn note(together: &mut Schema, left: &Schema, right: &Schema) {
    for (keyword, says_the_same) in KEYWORDS {
        if says_the_same(together, left) {
            continue;
        }
        let place = right.derived_from.as_ref().unwrap_or(&right.pointer);
        let origin = right.keyword_origins.get(keyword).unwrap_or(place).clone();
        together.keyword_origins.insert(keyword, origin);
    }
}

impl Lowering<'_> {
    /// The rules of `schema` in their order, with a word of its place before each that stands elsewhere than the one before it.
    pub(crate) fn by_origin(&self, schema: &Schema, rules: Vec<Rule>) -> Vec<Rule> {
        let own = schema.derived_from.as_ref().unwrap_or(&schema.pointer);
        let mut place = own;
        let mut told = Vec::new();
        for rule in rules {
            let origin = keyword(&rule).and_then(|keyword| schema.keyword_origins.get(keyword)).unwrap_or(own);
            if origin != place {
                told.push(Rule::SchemaLocation((origin != own).then(|| self.schema_at(origin))));
                place = origin;
            }
            told.push(rule);
        }
        told
    }
}

/// Tells the places of rules from `holder` on, the schema that the value or the object is a part of, where they stand inside it.
pub(crate) fn from_holder(rules: &mut [Rule], holder: &str) {
    for rule in rules {
        if let Rule::SchemaLocation(Some(place)) = rule
            && let Some(inside) = place.strip_prefix(holder)
            && inside.starts_with('/')
        {
            *place = inside.to_owned();
        }
    }
}
