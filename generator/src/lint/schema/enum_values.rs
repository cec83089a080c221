//! Finds `enum` values that are probably mistakes, and nullable schemas whose `enum` does not contain null.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::json::equality;
use crate::lint::context::Context;

/// Reports `enum` values that are probably mistakes: duplicates, strings that differ only in case, and strings with a space at
/// the start or end.
pub(crate) fn values(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let listed = schema.enum_values.as_deref().unwrap_or_default();
        let place = schema.pointer.join("enum");
        for (index, message, remedy) in mistakes(listed) {
            findings.add(Code::DoubtfulEnum, &place.join(index), message, remedy);
        }
    }
}

/// Reports nullable schemas whose `enum` does not contain null.
pub(crate) fn nulls(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let Some(listed) = schema.enum_values.as_ref().filter(|_| schema.nullable && schema.kind.is_some()) else {
            continue;
        };
        if !listed.is_empty() && !listed.contains(&Value::Null) {
            let message = "`nullable: true` allows null, but `enum` does not list null. By OpenAPI 3.0.3, null is invalid \
                           here; generated code accepts null.";
            let remedy = "Add `null` to `enum` if null is intended, or delete `nullable`.";
            findings.add(Code::UnlistedNull, &schema.pointer.join("nullable"), message, remedy);
        }
    }
}

/// Returns the values in `listed` that are probably mistakes, each as its index in `listed`, the message and the remedy.
fn mistakes(listed: &[Value]) -> Vec<(usize, String, &'static str)> {
    let mut seen: HashMap<String, (String, String)> = HashMap::new();
    let mut mistakes = Vec::new();
    for (index, value) in listed.iter().enumerate() {
        let shown = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if value.is_string() && shown.trim() != shown && !shown.trim().is_empty() {
            let remedy = "Remove the space: generated code accepts only the value with the space.";
            mistakes.push((index, format!("The value `{shown}` starts or ends with a space."), remedy));
        }
        let canonical = equality::canonical_text(value);
        // If strings with a single letter differ in case, this is probably intended, as in the units `1m` and `1M`.
        let is_word = shown.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let folded = if is_word { canonical.to_lowercase() } else { canonical.clone() };
        match seen.get(&folded) {
            None => _ = seen.insert(folded, (shown, canonical)),
            Some((_, earlier)) if *earlier == canonical => {
                mistakes.push((
                    index,
                    format!("The value `{shown}` is listed twice."),
                    "Delete one of the two values.",
                ));
            }
            Some((other, _)) => {
                let remedy = "Keep the spelling of the API documentation. The two values become two variants that are easily \
                              confused.";
                mistakes.push((index, format!("The values `{shown}` and `{other}` differ in case only."), remedy));
            }
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn found(values: &str) -> Vec<String> {
        places_in_schemas("doubtful-enum", &format!("A: {{enum: [{values}]}}"))
    }

    #[test]
    fn probable_mistakes_are_reported() {
        for values in ["a, 'b '", "a, a", "ab, AB", "1, 1.0", "{b: 1, c: 2}, {c: 2, b: 1}"] {
            assert_eq!(found(values), ["/A/enum/1"], "{values}");
        }
        assert_eq!(found("asc, ASC, desc, DESC"), ["/A/enum/1", "/A/enum/3"]);
        assert_eq!(found("ab, 'cd ', ab, AB"), ["/A/enum/1", "/A/enum/2", "/A/enum/3"]);
    }

    #[test]
    fn distinct_values_are_not_reported() {
        for values in ["a, b", "' ', ','", "1m, 1M", "'1', 1", "null, 'null'", "a b, ab"] {
            assert_eq!(found(values), [""; 0], "{values}");
        }
    }
}
