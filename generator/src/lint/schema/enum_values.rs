//! Listed values that look like slips.

use std::collections::HashMap;

use serde_json::Value;

use crate::check::value::equality;
use crate::finding::{Code, Findings};
use crate::lint::{Linted, sites};

/// No `enum` has a value twice, a text twice but for upper and lower case, or a text with a space at an end.
pub(crate) fn values(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let listed = schema.enum_values.as_deref().unwrap_or_default();
        let place = schema.pointer.join("enum");
        for (index, fault, remedy) in slips(listed) {
            findings.add(Code::DoubtfulEnum, &place.join(index), fault, remedy);
        }
    }
}

/// Every `enum` of a schema that allows null lists it.
pub(crate) fn nulls(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some(listed) = schema.enum_values.as_ref().filter(|_| schema.nullable && schema.kind.is_some()) else {
            continue;
        };
        if !listed.is_empty() && !listed.contains(&Value::Null) {
            let message = "`nullable: true` allows null, and `enum` does not list it: by OpenAPI 3.0.3 it is refused. It is taken all the same.";
            let remedy = "Add `null` to `enum` if it is meant, or delete `nullable`.";
            findings.add(Code::UnlistedNull, &schema.pointer.join("nullable"), message, remedy);
        }
    }
}

/// The values that look like slips, what is wrong with each, and what to do.
fn slips(listed: &[Value]) -> Vec<(usize, String, &'static str)> {
    let mut seen: HashMap<String, (String, String)> = HashMap::new();
    let mut slips = Vec::new();
    for (index, value) in listed.iter().enumerate() {
        let said = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if value.is_string() && said.trim() != said && !said.trim().is_empty() {
            let remedy = "Take the space away; only a value with the space would be accepted.";
            slips.push((index, format!("`{said}` begins or ends with a space."), remedy));
        }
        let canonical = equality::canonical_text(value);
        // `1m` and `1M` are units.
        let is_word = said.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let folded = if is_word { canonical.to_lowercase() } else { canonical.clone() };
        match seen.get(&folded) {
            None => _ = seen.insert(folded, (said, canonical)),
            Some((_, exactly)) if *exactly == canonical => {
                slips.push((index, format!("`{said}` is listed twice."), "Keep one of the two."));
            }
            Some((other, _)) => {
                let remedy =
                    "Keep the spelling of the page; each becomes a variant of its own, and they are easily mixed up.";
                slips.push((index, format!("`{said}` and `{other}` differ in upper and lower case only."), remedy));
            }
        }
    }
    slips
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn told(values: &str) -> Vec<String> {
        places_in_schemas("doubtful-enum", &format!("A: {{enum: [{values}]}}"))
    }

    #[test]
    fn slips_in_lists_are_told() {
        for values in ["a, 'b '", "a, a", "ab, AB", "1, 1.0", "{b: 1, c: 2}, {c: 2, b: 1}"] {
            assert_eq!(told(values), ["/A/enum/1"], "{values}");
        }
        assert_eq!(told("asc, ASC, desc, DESC"), ["/A/enum/1", "/A/enum/3"]);
        assert_eq!(told("ab, 'cd ', ab, AB"), ["/A/enum/1", "/A/enum/2", "/A/enum/3"]);
    }

    #[test]
    fn lists_without_slips_are_not() {
        for values in ["a, b", "' ', ','", "1m, 1M", "'1', 1", "null, 'null'", "a b, ab"] {
            assert_eq!(told(values), [""; 0], "{values}");
        }
    }
}
