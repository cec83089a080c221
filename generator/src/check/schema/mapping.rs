//! Finds values in the `mapping` of a discriminator that refer to no schema.

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::suggestion::nearest;

/// Reports each value in a `mapping` that refers to no schema. A value with a dot or a slash may be a file name. It is not
/// reported here, because the stage `load` checks file names.
pub(crate) fn targets(document: &Document, findings: &mut Findings) {
    let is_unknown = |target: &str| match target.strip_prefix('#') {
        Some(fragment) => {
            let name = fragment.starts_with("/components/schemas/").then(|| Pointer::parse(fragment)).flatten();
            name.and_then(|name| name.last()).is_some_and(|name| !document.schemas.contains_key(&name))
        }
        None => !target.contains(['.', '/']) && !document.schemas.contains_key(target),
    };
    each_schema(document, &mut |schema| {
        let Some(discriminator) = &schema.discriminator else { return };
        for (value, target) in discriminator.mapping.iter().filter(|(_, target)| is_unknown(target)) {
            let name = target.rsplit('/').next().unwrap_or_default();
            let remedy = match nearest(name, document.schemas.keys().map(String::as_str), 3) {
                Some(near) if target.starts_with('#') => format!("Did you mean `#/components/schemas/{near}`?"),
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Correct the reference, or add the schema.".to_owned(),
            };
            findings.add_repairable(
                Code::RefMissing,
                &schema.pointer.join("discriminator").join("mapping").join(value),
                format!(
                    "The entry `{value}` of `mapping` refers to `{target}`, which is not a schema of the document."
                ),
                remedy,
                "The entry is ignored.",
            );
            findings.set_missing(&Pointer::root().join("components").join("schemas").join(name));
        }
    });
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema;

    #[test]
    fn entries_without_a_schema_are_reported() {
        let found = |mapping: &str| {
            codes_and_places_in_schema(&format!("{{discriminator: {{propertyName: k, mapping: {{{mapping}}}}}}}"))
        };
        assert_eq!(found("a: A, b: '#/components/schemas/A'"), [""; 0]);
        assert_eq!(
            found("a: B, b: '#/components/schemas/B'"),
            ["ref-missing /discriminator/mapping/a", "ref-missing /discriminator/mapping/b"]
        );
    }
}
