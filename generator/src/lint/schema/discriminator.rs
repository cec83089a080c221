//! Discriminators that name a property which nothing has.

use crate::finding::{Code, Findings, Focus};
use crate::lint::schema::all_of::parts;
use crate::lint::{Linted, sites};
use crate::resolve::document::{Document, Schema};
use crate::suggestion::nearest;

/// The property of every discriminator is one that an alternative has, or the schema itself.
pub(crate) fn properties(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        let Some(discriminator) = &schema.discriminator else { continue };
        let Some(known) = known(linted.document, schema) else { continue };
        let property = discriminator.property_name.as_str();
        let near = nearest(property, known.iter().copied(), 3);
        // What builds on a schema without alternatives may bring the property.
        if known.contains(&property) || (near.is_none() && !has_alternatives(schema)) {
            continue;
        }
        let whose = if has_alternatives(schema) { "No alternative has" } else { "The schema has no" };
        let message = match has_alternatives(schema) {
            true => format!("{whose} a property `{property}`, which is to tell them apart."),
            false => format!("{whose} property `{property}`, which is to tell what builds on it apart."),
        };
        let remedy = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Name a property that each alternative requires.".to_owned(),
        };
        findings.add(Code::DoubtfulDiscriminator, &schema.pointer.join("discriminator"), message, remedy);
        findings.focus(Focus::Member("propertyName"));
    }
}

fn has_alternatives(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

/// The properties of the schema and of its alternatives; `None` where one of them may have others that are described elsewhere.
fn known<'d>(document: &'d Document, schema: &'d Schema) -> Option<Vec<&'d str>> {
    let alternatives = schema.one_of.iter().chain(&schema.any_of).map(|schema| sites::resolved(document, schema));
    let mut known = Vec::new();
    for alternative in alternatives.chain([Some(schema)]) {
        let alternative = alternative?;
        for part in parts(document, [alternative]) {
            if has_alternatives(part) && !std::ptr::eq(part, schema) {
                return None;
            }
            known.extend(part.properties.keys().map(String::as_str));
        }
    }
    (!known.is_empty()).then_some(known)
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn told(union: &str) -> Vec<String> {
        let cat = "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}";
        let dog = "Dog: {allOf: [{$ref: '#/components/schemas/Cat'}]}";
        places_in_schemas("doubtful-discriminator", &format!("{cat}, {dog}, A: {union}"))
    }

    #[test]
    fn a_property_that_no_alternative_has_is_told() {
        let of = |property: &str, keyword: &str| {
            told(&format!(
                "{{{keyword}: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], \
                 discriminator: {{propertyName: {property}}}}}"
            ))
        };
        for keyword in ["oneOf", "anyOf"] {
            assert_eq!(of("kid", keyword), ["/A/discriminator"]);
            assert_eq!(of("other", keyword), ["/A/discriminator"]);
            assert_eq!(of("kind", keyword), [""; 0]);
        }
    }

    #[test]
    fn what_builds_on_a_schema_may_bring_the_property() {
        assert_eq!(told("{properties: {kind: {}}, discriminator: {propertyName: kid}}"), ["/A/discriminator"]);
        assert_eq!(told("{properties: {kind: {}}, discriminator: {propertyName: type}}"), [""; 0]);
        assert_eq!(told("{discriminator: {propertyName: kid}}"), [""; 0]);
    }
}
