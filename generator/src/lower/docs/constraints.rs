//! Describes the constraints of schemas in sentences.

use serde_json::{Number, Value as Json};

use crate::ir::Docs;
use crate::json::decimal::Decimal;
use crate::lower::docs::markdown::code;
use crate::lower::docs::wrapping::wrapped;
use crate::resolve::document::{Schema, SchemaRef};

/// The largest number of `enum` values that are listed. Each use of a schema lists them again.
const MOST_LISTED: usize = 100;

/// Returns a paragraph with the constraints and the default of a schema, one sentence for each.
pub(crate) fn constraints(schema: &Schema) -> Docs {
    let mut sentences: Vec<String> = phrases(schema).iter().map(|phrase| sentence(phrase)).collect();
    if let Some(default) = &schema.default {
        sentences.push(format!("Defaults to {} on the server.", code(&default.to_string())));
    }
    wrapped(&sentences.join(" "), 0)
}

/// Returns the constraints as phrases: `at least 1 character`, `may be null`.
fn phrases(schema: &Schema) -> Vec<String> {
    let lower_count = |limit: Option<u64>| limit.filter(|limit| *limit > 0);
    let mut phrases = Vec::new();
    phrases.extend(count(lower_count(schema.min_length), schema.max_length, "character"));
    phrases.extend(schema.pattern.as_deref().map(|pattern| format!("matches {}", code(pattern))));
    phrases.extend(range(schema));
    let step = schema.multiple_of.as_ref().filter(|step| Decimal::from(*step).is_positive());
    phrases.extend(step.map(|step| format!("a multiple of {step}")));
    phrases.extend(count(lower_count(schema.min_items), schema.max_items, "item"));
    phrases.extend(schema.unique_items.then(|| "no duplicate items".to_owned()));
    phrases.extend(count(lower_count(schema.min_properties), schema.max_properties, "member"));
    phrases.extend(schema.format.as_deref().map(|format| format!("format {}", code(format))));
    phrases.extend(schema.enum_values.as_deref().map(|values| listed(values, schema.nullable)));
    if let Some(SchemaRef::Inline(items)) = &schema.items {
        let items = self::phrases(items).join("; ");
        phrases.extend((!items.is_empty()).then(|| format!("each item: {items}")));
    }
    phrases.extend(schema.nullable.then(|| "may be null".to_owned()));
    phrases.extend(schema.read_only.then(|| "only in responses".to_owned()));
    phrases.extend(schema.write_only.then(|| "only in requests".to_owned()));
    phrases
}

/// Describes a range of counts: `1 to 64 characters`, `at most 3 items`, `at least 1 member`.
fn count(least: Option<u64>, most: Option<u64>, unit: &str) -> Option<String> {
    let (count, last) = match (least, most) {
        (Some(least), Some(most)) if least == most => (format!("exactly {least}"), most),
        (Some(least), Some(most)) => (format!("{least} to {most}"), most),
        (Some(least), None) => (format!("at least {least}"), least),
        (None, Some(most)) => (format!("at most {most}"), most),
        (None, None) => return None,
    };
    let plural = if last == 1 { "" } else { "s" };
    Some(format!("{count} {unit}{plural}"))
}

/// Describes a range of numbers: `1 to 64`, `greater than 0 and at most 1`, `at least 1`.
fn range(schema: &Schema) -> Option<String> {
    let bound = |limit: &Option<Number>, exclusive: bool, words: [&str; 2]| {
        limit.as_ref().map(|limit| format!("{} {limit}", words[usize::from(exclusive)]))
    };
    if let (Some(least), Some(most)) = (&schema.minimum, &schema.maximum)
        && !schema.exclusive_minimum
        && !schema.exclusive_maximum
    {
        return Some(if least == most { format!("exactly {least}") } else { format!("{least} to {most}") });
    }
    let least = bound(&schema.minimum, schema.exclusive_minimum, ["at least", "greater than"]);
    let most = bound(&schema.maximum, schema.exclusive_maximum, ["at most", "less than"]);
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} and {most}")),
        (least, most) => least.or(most),
    }
}

/// Describes the values of `enum`: `one of "a", "b"`.
fn listed(values: &[Json], nullable: bool) -> String {
    match values {
        [only] if !nullable => format!("always {}", code(&only.to_string())),
        values => {
            let listed = values.iter().take(MOST_LISTED).map(|value| code(&value.to_string()));
            let others = values.len().saturating_sub(MOST_LISTED);
            let others = (others > 0).then(|| format!("{others} other values"));
            format!("one of {}", listed.chain(others).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Returns the phrase with a capital first letter and a full stop.
fn sentence(phrase: &str) -> String {
    let mut letters = phrase.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{}.", first.collect::<String>(), letters.as_str())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn number(text: &str) -> Option<Number> {
        text.parse().ok()
    }

    fn text(schema: &Schema) -> String {
        constraints(schema).join(" ")
    }

    #[test]
    fn constraints_are_sentences() {
        let schema = Schema { min_length: Some(1), ..Schema::default() };
        assert_eq!(text(&schema), "At least 1 character.");
        let schema = Schema {
            min_length: Some(1),
            max_length: Some(64),
            pattern: Some("^a".to_owned()),
            format: Some("uuid".to_owned()),
            nullable: true,
            default: Some(json!("a")),
            ..Schema::default()
        };
        let expected =
            "1 to 64 characters. Matches `^a`. Format `uuid`. May be null. Defaults to `\"a\"` on the server.";
        assert_eq!(text(&schema), expected);
        let items =
            Schema { max_length: Some(8), enum_values: Some(vec![json!("a"), json!("b")]), ..Schema::default() };
        let schema =
            Schema { items: Some(SchemaRef::Inline(Box::new(items))), max_items: Some(1), ..Schema::default() };
        assert_eq!(text(&schema), "At most 1 item. Each item: at most 8 characters; one of `\"a\"`, `\"b\"`.");
        assert_eq!(text(&Schema { enum_values: Some(vec![json!(1)]), ..Schema::default() }), "Always `1`.");
    }

    #[test]
    fn ranges_state_which_limits_are_exclusive() {
        let range = |minimum: &str, exclusive_minimum, maximum: &str, exclusive_maximum| {
            let (minimum, maximum) = (number(minimum), number(maximum));
            text(&Schema { minimum, exclusive_minimum, maximum, exclusive_maximum, ..Schema::default() })
        };
        assert_eq!(range("1", false, "64", false), "1 to 64.");
        assert_eq!(range("5", false, "5", false), "Exactly 5.");
        assert_eq!(range("0", true, "1", false), "Greater than 0 and at most 1.");
        assert_eq!(range("0", false, "1.5", true), "At least 0 and less than 1.5.");
        assert_eq!(range("", false, "3", true), "Less than 3.");
        assert_eq!(range("-1", false, "", false), "At least -1.");
    }
}
