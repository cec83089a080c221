//! Finds discriminators whose `propertyName` is not a property of any variant.

use crate::finding::{Code, Findings, Focus};
use crate::lint::context::Context;
use crate::lint::walk;
use crate::resolve::document::{Document, Schema};
use crate::suggestion::nearest;

/// Reports discriminators whose `propertyName` is not a property of any variant, nor of the union itself.
pub(crate) fn properties(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        let Some(discriminator) = &schema.discriminator else { continue };
        let Some(known) = known_properties(context.document, schema) else { continue };
        let property = discriminator.property_name.as_str();
        let near = nearest(property, known.iter().copied(), 3);
        // If the schema is not a union, the property may be declared by its subtypes.
        if known.contains(&property) || (near.is_none() && !has_alternatives(schema)) {
            continue;
        }
        let owner = if has_alternatives(schema) { "no variant" } else { "neither the schema nor its `allOf`" };
        let message = format!("The discriminator names the property `{property}`, but {owner} has this property.");
        let remedy = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Name a property that every variant requires.".to_owned(),
        };
        findings.add(Code::DoubtfulDiscriminator, &schema.pointer.join("discriminator"), message, remedy);
        findings.set_focus(Focus::Member("propertyName"));
    }
}

fn has_alternatives(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

/// Returns the names of the properties of a schema and of its variants.
///
/// Returns `None` if there are no properties, if a variant cannot be resolved, or if a variant is a union itself.
fn known_properties<'d>(document: &'d Document, schema: &'d Schema) -> Option<Vec<&'d str>> {
    let alternatives = schema.one_of.iter().chain(&schema.any_of).map(|schema| document.resolved(schema));
    let mut known = Vec::new();
    for alternative in alternatives.chain([Some(schema)]) {
        let alternative = alternative?;
        for part in walk::all_of_parts(document, [alternative]) {
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

    fn found(union: &str) -> Vec<String> {
        let cat = "Cat: {type: object, required: [kind], properties: {kind: {type: string}}}";
        let dog = "Dog: {allOf: [{$ref: '#/components/schemas/Cat'}]}";
        places_in_schemas("doubtful-discriminator", &format!("{cat}, {dog}, A: {union}"))
    }

    #[test]
    fn a_property_that_no_alternative_has_is_reported() {
        let found_in = |property: &str, keyword: &str| {
            found(&format!(
                "{{{keyword}: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}], \
                 discriminator: {{propertyName: {property}}}}}"
            ))
        };
        for keyword in ["oneOf", "anyOf"] {
            assert_eq!(found_in("kid", keyword), ["/A/discriminator"]);
            assert_eq!(found_in("other", keyword), ["/A/discriminator"]);
            assert_eq!(found_in("kind", keyword), [""; 0]);
        }
    }

    #[test]
    fn the_subtypes_of_a_schema_may_have_the_property() {
        assert_eq!(found("{properties: {kind: {}}, discriminator: {propertyName: kid}}"), ["/A/discriminator"]);
        assert_eq!(found("{properties: {kind: {}}, discriminator: {propertyName: type}}"), [""; 0]);
        assert_eq!(found("{discriminator: {propertyName: kid}}"), [""; 0]);
    }
}
