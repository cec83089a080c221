//! Alternatives and exclusions that leave nothing.

use crate::finding::{Code, Findings, Focus};
use crate::lint::{Linted, sites};
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// No `oneOf` has the same schema twice: a value that fits the one fits the other.
pub(crate) fn twice(linted: &Linted<'_>, findings: &mut Findings) {
    for schema in sites::schemas(linted.document) {
        // What names an alternative chooses before any is asked.
        if schema.discriminator.is_some() {
            continue;
        }
        let mut seen: Vec<SchemaRef> = Vec::new();
        for (index, alternative) in schema.one_of.iter().enumerate() {
            let plain = without_prose(alternative);
            let place = schema.pointer.join("oneOf");
            if let Some(first) = seen.iter().position(|other| *other == plain) {
                let message = format!(
                    "Alternatives {} and {} are the same, so that no value fits one of them alone.",
                    first + 1,
                    index + 1
                );
                let remedy = "Delete one of them, or correct it; with `anyOf` both may fit.";
                findings.add(Code::ImpossibleSchema, &place.join(index), message, remedy);
                findings.focus(Focus::Member("$ref"));
                findings.relate(&place.join(first), Focus::Member("$ref"), "the same");
            }
            seen.push(plain);
        }
    }
}

/// The schema without its place and without what is for people.
fn without_prose(schema: &SchemaRef) -> SchemaRef {
    let mut plain = schema.clone();
    plain.erase_pointers();
    if let SchemaRef::Inline(schema) = &mut plain {
        (schema.title, schema.description, schema.example) = (None, None, None);
    }
    plain
}

/// No `not` refuses every value. Where no value is wanted, as for further members or items, it says just that.
pub(crate) fn nothing(linted: &Linted<'_>, findings: &mut Findings) {
    let anything = Schema::default();
    for schema in sites::schemas(linted.document) {
        let is_any = |inner: &Schema| Schema { pointer: Pointer::root(), ..inner.clone() } == anything;
        let refuses_all = matches!(&schema.not, Some(SchemaRef::Inline(inner)) if is_any(inner));
        let holder = schema.pointer.last().unwrap_or_default();
        if refuses_all && !["additionalProperties", "items"].contains(&holder.as_str()) {
            let message = "`not` refuses what fits `{}`, which is every value.";
            let remedy = "Describe below `not` what is refused; `additionalProperties: false` keeps members out.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join("not"), message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn told(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    #[test]
    fn the_same_alternative_twice_is_told() {
        let refers = "{$ref: '#/components/schemas/B'}";
        let b = "B: {type: object, properties: {k: {type: string}}}";
        assert_eq!(told(&format!("{b}, A: {{oneOf: [{refers}, {{type: string}}, {refers}]}}")), ["/A/oneOf/2"]);
        assert_eq!(told("A: {oneOf: [{type: string}, {type: string, description: d.}]}"), ["/A/oneOf/1"]);
        assert_eq!(told("A: {oneOf: [{type: string}, {type: string, maxLength: 1}]}"), [""; 0]);
        assert_eq!(told(&format!("{b}, A: {{anyOf: [{refers}, {refers}]}}")), [""; 0]);
        let named = format!("{b}, A: {{oneOf: [{refers}, {refers}], discriminator: {{propertyName: k}}}}");
        assert_eq!(told(&named), [""; 0]);
    }

    #[test]
    fn what_refuses_everything_is_told() {
        assert_eq!(told("A: {properties: {a: {not: {}}}}"), ["/A/properties/a/not"]);
        assert_eq!(told("A: {additionalProperties: {not: {}}, items: {not: {}}}"), [""; 0]);
        assert_eq!(told("A: {not: {type: string}}"), [""; 0]);
    }
}
