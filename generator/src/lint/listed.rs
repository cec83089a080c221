//! Listed values that look like slips.

use std::collections::HashMap;

use serde_json::Value;

use super::{Linted, sites};
use crate::check::value::equality;
use crate::finding::{Code, Findings};

/// No `enum` has a value twice, a text twice but for upper and lower case, or a text with a space at an end. One finding for a list.
pub(super) fn values(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some(listed) = &schema.values else { continue };
        if let Some((index, fault, remedy)) = slip(listed) {
            findings.add(Code::DoubtfulEnum, &schema.pointer.join("enum").join(index), fault, remedy);
        }
    }
}

/// The first value that looks like a slip, what is wrong with it, and what to do.
fn slip(listed: &[Value]) -> Option<(usize, String, &'static str)> {
    let mut seen: HashMap<String, (String, String)> = HashMap::new();
    for (index, value) in listed.iter().enumerate() {
        let said = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if let Value::String(text) = value
            && text.trim() != text
            && !text.trim().is_empty()
        {
            let remedy = "Take the space away; only a value with the space would be accepted.";
            return Some((index, format!("`{text}` begins or ends with a space."), remedy));
        }
        let canonical = equality::canonical(value);
        // `1m` and `1M` are units.
        let is_word = said.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
        let folded = if is_word { canonical.to_lowercase() } else { canonical.clone() };
        if let Some((other, exactly)) = seen.insert(folded, (said.clone(), canonical.clone())) {
            if exactly == canonical {
                return Some((index, format!("`{said}` is listed twice."), "Keep one of the two."));
            }
            let remedy =
                "Keep the spelling of the page; each becomes a variant of its own, and they are easily mixed up.";
            return Some((index, format!("`{said}` and `{other}` differ in upper and lower case only."), remedy));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::places_in_schemas;

    fn told(values: &str) -> Vec<String> {
        places_in_schemas("doubtful-enum", &format!("A: {{enum: [{values}]}}"))
    }

    #[test]
    fn slips_in_lists_are_told() {
        for values in ["a, 'b '", "a, a", "ab, AB", "1, 1.0", "{b: 1, c: 2}, {c: 2, b: 1}"] {
            assert_eq!(told(values), ["/A/enum/1"], "{values}");
        }
        assert_eq!(told("asc, ASC, desc, DESC"), ["/A/enum/1"]);
    }

    #[test]
    fn lists_without_slips_are_not() {
        for values in ["a, b", "' ', ','", "1m, 1M", "'1', 1", "null, 'null'", "a b, ab"] {
            assert_eq!(told(values), [""; 0], "{values}");
        }
    }
}
