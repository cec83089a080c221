//! Compares bounds, defaults, values, patterns and examples.

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::json::number;
use crate::page::fact::{Field, Rule, Stated};
use crate::page::vocabulary::TypeWord;
use crate::pattern;
use crate::proof::allowed_values::{DeclaredExamples, unpaired};
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::property::{Owner, rule};
use crate::proof::wording::{EXTRA, MISSING};
use crate::resolve::document::Schema;

/// Compares the rules that a row states with the keywords of its schema. `inner` is the schema of the items of an array.
pub(crate) fn compare(
    field: &Field,
    outer: &Schema,
    inner: &Schema,
    owner: &Owner<'_>,
    comparison: &mut Comparison<'_>,
) {
    let lengths = |stated: Option<u64>| stated.map(|length| length.to_string());
    let number = |stated: &Option<serde_json::Number>| stated.as_ref().map(ToString::to_string);
    let table: [(&'static str, &Schema, Option<String>); 6] = [
        ("minLength", inner, lengths(inner.min_length)),
        ("maxLength", inner, lengths(inner.max_length)),
        ("minItems", outer, lengths(outer.min_items)),
        ("maxItems", outer, lengths(outer.max_items)),
        ("minimum", inner, number(&inner.minimum)),
        ("maximum", inner, number(&inner.maximum)),
    ];
    for (keyword, schema, declared) in table {
        let stated = rule(field, |rule| bound(rule, keyword));
        bound_keyword(field, keyword, (schema, declared), stated, comparison);
    }
    let never: [(&'static str, bool); 6] = [
        ("multipleOf", inner.multiple_of.is_some()),
        ("uniqueItems", outer.unique_items),
        ("exclusiveMinimum", inner.exclusive_minimum),
        ("exclusiveMaximum", inner.exclusive_maximum),
        ("minProperties", inner.min_properties.is_some()),
        ("maxProperties", inner.max_properties.is_some()),
    ];
    for (keyword, is_declared) in never {
        if is_declared {
            let schema = if keyword == "uniqueItems" { outer } else { inner };
            not_on_page(field, schema, keyword, comparison);
        }
    }
    default(field, outer, owner, comparison);
    if inner.pointer != outer.pointer && inner.default.is_some() {
        not_on_page(field, inner, "default", comparison);
    }
    values(field, inner, comparison);
    form(field, inner, comparison);
    format(field, inner, comparison);
    examples(field, (outer, inner), owner, comparison);
}

/// Returns the value of a bound, if the rule is this keyword.
fn bound(rule: &Rule, keyword: &str) -> Option<String> {
    match (rule, keyword) {
        (Rule::MinLength(length), "minLength") | (Rule::MaxLength(length), "maxLength") => Some(length.to_string()),
        (Rule::MinItems(items), "minItems") | (Rule::MaxItems(items), "maxItems") => Some(items.to_string()),
        (Rule::Minimum(number), "minimum") | (Rule::Maximum(number), "maximum") => Some(number.clone()),
        _ => None,
    }
}

fn bound_keyword(
    field: &Field,
    keyword: &'static str,
    (schema, declared): (&Schema, Option<String>),
    stated: Option<(String, &Stated<Rule>)>,
    comparison: &mut Comparison<'_>,
) {
    let name = &field.name.value;
    match (declared, stated) {
        (Some(declared), Some((bound, stated))) => {
            comparison.settle_at(stated.fact, &schema.pointer.join(keyword));
            if !same_number(&declared, &bound) {
                let message =
                    format!("`{keyword}` of `{name}` is {declared} in the document, and {bound} on the page.");
                let at = (&schema.pointer.join(keyword), Focus::Value);
                let remedy = "Write the bound of the page.";
                comparison.report(Code::BoundDiffers, at, PagePlace::of(stated), message, remedy);
            }
        }
        (None, Some((bound, stated))) => {
            comparison.settle(stated.fact);
            let message = format!("The document has no `{keyword}` for `{name}`; on the page it is {bound}.");
            let at = (&schema.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(stated), message, MISSING);
        }
        (Some(_), None) => not_on_page(field, schema, keyword, comparison),
        (None, None) => {}
    }
}

fn same_number(left: &str, right: &str) -> bool {
    match (number::parse(left), number::parse(right)) {
        (Some(left), Some(right)) => number::compare(&left, &right).is_eq(),
        _ => left == right,
    }
}

/// Reports a keyword that only the document has.
fn not_on_page(field: &Field, schema: &Schema, keyword: &'static str, comparison: &mut Comparison<'_>) {
    let message = format!("The page states no `{keyword}` for `{}`.", field.name.value);
    let place = PagePlace::beside(&field.name, "the page describes it here");
    comparison.report(Code::NotOnPage, (&schema.pointer.join(keyword), Focus::Key), place, message, EXTRA);
}

/// Compares the default. A template such as `${4 digits}` is no value: it belongs into the description.
fn default(field: &Field, schema: &Schema, owner: &Owner<'_>, comparison: &mut Comparison<'_>) {
    let name = &field.name.value;
    let stated = rule(field, |rule| match rule {
        Rule::Default(value) => Some(value.as_str()),
        _ => None,
    });
    let pointer = schema.pointer.join("default");
    match (&schema.default, stated) {
        (Some(declared), Some((value, stated))) => {
            comparison.settle(stated.fact);
            if !same_value(declared, value) {
                let declared = text(declared);
                let message =
                    format!("The default of `{name}` is `{declared}` in the document, and `{value}` on the page.");
                let remedy = "Write the default of the page.";
                comparison.report(
                    Code::DefaultDiffers,
                    (&pointer, Focus::Value),
                    PagePlace::of(stated),
                    message,
                    remedy,
                );
            }
        }
        (None, Some((value, stated))) => {
            comparison.settle(stated.fact);
            let described = [owner.description, schema.description.as_deref()];
            let is_described = value.contains('{') && described.iter().flatten().any(|words| words.contains(value));
            if !is_described {
                let message = format!("The document has no default for `{name}`; on the page it is `{value}`.");
                let at = (&schema.pointer, Focus::Key);
                comparison.report(Code::MissingInDocument, at, PagePlace::of(stated), message, MISSING);
            }
        }
        (Some(_), None) => not_on_page(field, schema, "default", comparison),
        (None, None) => {}
    }
}

/// Compares the allowed values.
fn values(field: &Field, schema: &Schema, comparison: &mut Comparison<'_>) {
    let name = &field.name.value;
    let stated = rule(field, |rule| match rule {
        Rule::Values(values) => Some(values),
        _ => None,
    });
    match (&schema.enum_values, stated) {
        (Some(declared), Some((values, stated))) => {
            comparison.settle(stated.fact);
            if !comparison.proof.budget.spend_values(declared.len().saturating_add(values.len())) {
                return;
            }
            let (only_here, only_there) = unpaired(declared, values);
            if !only_here.is_empty() || !only_there.is_empty() {
                let here = only_here.iter().map(|value| text(value)).collect::<Vec<_>>().join("`, `");
                let there = only_there.iter().map(|value| value.as_str()).collect::<Vec<_>>().join("`, `");
                let message = match (only_here.is_empty(), only_there.is_empty()) {
                    (false, false) => {
                        format!("The document has the value `{here}` of `{name}`, and the page has `{there}`.")
                    }
                    (false, true) => format!("The page does not have the value `{here}` of `{name}`."),
                    _ => format!("The document does not have the value `{there}` of `{name}`."),
                };
                let at = (&schema.pointer.join("enum"), Focus::Value);
                comparison.report(
                    Code::ValueDiffers,
                    at,
                    PagePlace::of(stated),
                    message,
                    "Write the values of the page.",
                );
            }
        }
        (None, Some((values, stated))) => {
            comparison.settle(stated.fact);
            let message = format!("The document has no `enum` for `{name}`; the page has `{}`.", values.join("`, `"));
            let at = (&schema.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(stated), message, MISSING);
        }
        (Some(_), None) => not_on_page(field, schema, "enum", comparison),
        (None, None) => {}
    }
}

/// Compares the form and the characters of a value with `pattern`.
fn form(field: &Field, schema: &Schema, comparison: &mut Comparison<'_>) {
    let name = &field.name.value;
    let mut is_stated = false;
    for stated in &field.rules {
        if !matches!(stated.value, Rule::Form(_) | Rule::Charset(_) | Rule::Forbidden(_) | Rule::Lowercase) {
            continue;
        }
        is_stated = true;
        comparison.settle(stated.fact);
        let Some(pattern) = &schema.pattern else {
            let message =
                format!("The document has no `pattern` for `{name}`; the page states a form: `{}`.", stated.words);
            let at = (&schema.pointer, Focus::Key);
            comparison.report(Code::MissingInDocument, at, PagePlace::of(stated), message, MISSING);
            continue;
        };
        if let Some(reason) = mismatch(&stated.value, pattern) {
            let message = format!("`pattern` of `{name}` {reason}.");
            let at = (&schema.pointer.join("pattern"), Focus::Value);
            let remedy = "Write a pattern for the form that the page states.";
            comparison.report(Code::ValueDiffers, at, PagePlace::of(stated), message, remedy);
        }
    }
    if schema.pattern.is_some() && !is_stated {
        not_on_page(field, schema, "pattern", comparison);
    }
}

/// Returns how a pattern contradicts the form that a page states.
fn mismatch(rule: &Rule, pattern: &str) -> Option<String> {
    let compiled = pattern::compile(pattern).ok()?;
    match rule {
        Rule::Form(template) => {
            (!compiled.is_match(template)).then(|| format!("does not match `{template}`, the form on the page"))
        }
        Rule::Lowercase if compiled.is_match("AB") => Some("allows capital letters".to_owned()),
        Rule::Lowercase if !compiled.is_match("ab") => Some("forbids small letters".to_owned()),
        Rule::Charset(letters) => {
            let is_allowed = |letter: &char| is_allowed(&compiled, *letter, letters);
            let ascii = || (' '..='~').filter(|letter| *letter != '\n');
            let extra = ascii().find(|letter| is_allowed(letter) && !letters.contains(*letter));
            let lacking = ascii().find(|letter| !is_allowed(letter) && letters.contains(*letter));
            let extra = extra.map(|letter| format!("allows `{letter}`, which the page does not name"));
            extra.or_else(|| lacking.map(|letter| format!("forbids `{letter}`, which the page names")))
        }
        Rule::Forbidden(letters) => {
            let allowed = letters.chars().find(|letter| is_allowed(&compiled, *letter, ""));
            allowed.map(|letter| format!("allows `{letter}`, which the page forbids"))
        }
        _ => None,
    }
}

/// Returns whether a pattern allows a character, alone or beside others: a pattern can require a letter at the start, and a length.
fn is_allowed(pattern: &pattern::Compiled, letter: char, others: &str) -> bool {
    let others = ['a', 'A', '0'].into_iter().chain(others.chars().next());
    let beside = |other: char| {
        let long = other.to_string().repeat(8);
        [format!("{other}{letter}"), format!("{other}{letter}{other}"), format!("{other}{letter}{long}")]
    };
    let mut texts = std::iter::once(letter.to_string().repeat(2)).chain(others.flat_map(beside));
    texts.any(|text| pattern.is_match(&text))
}

/// Compares `format`. The width of an integer and a date follow from the type on the page.
fn format(field: &Field, schema: &Schema, comparison: &mut Comparison<'_>) {
    let Some(format) = &schema.format else { return };
    let base = field.kind.as_ref().map(|kind| kind.value.innermost().base);
    let follows = match format.as_str() {
        "int64" => base == Some(TypeWord::Long),
        "int32" => base == Some(TypeWord::Integer),
        "float" | "double" => base == Some(TypeWord::Number),
        other => {
            let words = field.description.to_lowercase();
            let stated = field.kind.as_ref().map(|kind| kind.words.to_lowercase()).unwrap_or_default();
            let known = other.to_lowercase();
            let has = |text: &str| words.contains(text) || stated.contains(text);
            has(&known)
                || (known == "date-time" && (has("utc") || has("iso8601") || has("iso 8601") || has("timestamp")))
        }
    };
    if !follows {
        not_on_page(field, schema, "format", comparison);
    }
}

/// Compares the examples of a parameter or a property.
fn examples(field: &Field, (outer, inner): (&Schema, &Schema), owner: &Owner<'_>, comparison: &mut Comparison<'_>) {
    let name = &field.name.value;
    // Of a list, the page can have an example of an item.
    let inner = Some(inner).filter(|inner| inner.pointer != outer.pointer);
    let schemas = [Some(outer), inner].into_iter().flatten();
    let own = schemas.filter_map(|schema| Some((schema.pointer.join("example"), schema.example.as_ref()?)));
    let declared = owner.examples.iter().map(|example| (example.pointer.clone(), &example.value)).chain(own);
    let mut declared: Vec<_> = declared.collect();
    // A schema can have only one of the examples on the page.
    let is_alone = owner.examples.is_empty() && declared.len() == 1;
    let mut unpaired = DeclaredExamples::of(declared.iter().map(|(_, example)| *example));
    let (mut missing, mut is_found) = (Vec::new(), false);
    for stated in &field.rules {
        let Rule::Example(value) = &stated.value else { continue };
        comparison.settle(stated.fact);
        match unpaired.take(value) {
            true => is_found = true,
            false => missing.push((value, stated)),
        }
    }
    let mut is_left = unpaired.is_left();
    declared.retain(|_| is_left.next().unwrap_or_default());
    missing.retain(|_| !(is_alone && is_found));
    let mut extra = declared.into_iter();
    for (value, stated) in missing {
        match extra.next() {
            Some((pointer, example)) => {
                let message = format!(
                    "The example of `{name}` is `{}` in the document, and `{value}` on the page.",
                    text(example)
                );
                let remedy = "Copy the example of the page.";
                let at = (&pointer, Focus::Value);
                comparison.report(Code::ExampleDiffers, at, PagePlace::of(stated), message, remedy);
            }
            None => {
                let message = format!("The document has no example `{value}` of `{name}`.");
                let at = (owner.pointer, Focus::Key);
                comparison.report(Code::MissingInDocument, at, PagePlace::of(stated), message, MISSING);
            }
        }
    }
    for (pointer, example) in extra {
        let message = format!("The page has no example `{}` of `{name}`.", text(example));
        let place = PagePlace::beside(&field.name, "the page describes it here");
        comparison.report(Code::NotOnPage, (&pointer, Focus::Key), place, message, EXTRA);
    }
}

/// Returns whether a value of the document is the one that the page writes without quotes.
fn same_value(declared: &Value, stated: &str) -> bool {
    match declared {
        Value::Number(declared) => same_number(&declared.to_string(), stated),
        Value::Bool(declared) => stated.eq_ignore_ascii_case(if *declared { "true" } else { "false" }),
        other => text(other) == stated,
    }
}

/// Returns a value as a page would write it.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_without_a_counterpart_are_those_without_the_same_value() {
        let mut declared = vec![json!(1.50), json!("1.5"), json!("TRUE"), json!(true), json!(false), json!(7)];
        declared.extend([json!(null), json!("x"), json!([1])]);
        let stated = ["1.5", "True", "07", "x", "x", "X", "null", "[1]", "y", "7.0"].map(str::to_owned);
        let only_here = declared.iter().filter(|value| !stated.iter().any(|other| same_value(value, other)));
        let only_there = stated.iter().filter(|value| !declared.iter().any(|other| same_value(other, value)));
        let expected = (only_here.collect::<Vec<_>>(), only_there.collect::<Vec<_>>());
        assert_eq!(unpaired(&declared, &stated), expected);
        assert_eq!(expected, (vec![&declared[2], &declared[4]], vec![&stated[5], &stated[8]]));
    }

    #[test]
    fn an_example_of_the_page_takes_the_first_example_with_its_value() {
        let mut declared =
            vec![json!("1.50"), json!(["x", 1.5, null]), json!("1.5"), json!(1.5), json!([[1]]), json!("x")];
        declared.extend([json!(true), json!("null"), json!(["x", "x"])]);
        let stated = ["1.5", "x", "1.50", "1.5", "TRUE", "x", "x", "null", "[1]", "1.5", "y", "1.500", "true"];
        let mut left: Vec<usize> = (0..declared.len()).collect();
        let mut examples = DeclaredExamples::of(declared.iter());
        for value in stated {
            let has_value = |example: &Value| match example {
                Value::Array(items) => items.iter().any(|item| same_value(item, value)),
                other => same_value(other, value),
            };
            let position = left.iter().position(|index| has_value(&declared[*index]));
            assert_eq!(examples.take(value), position.map(|position| left.remove(position)).is_some(), "{value}");
            let expected: Vec<bool> = (0..declared.len()).map(|index| left.contains(&index)).collect();
            assert_eq!(examples.is_left().collect::<Vec<_>>(), expected, "{value}");
        }
    }
}
