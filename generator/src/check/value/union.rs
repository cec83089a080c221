//! Validates the keywords `oneOf`, `anyOf` and `not`.

use copperplate_runtime::runtime::decoding::buffered_part::scalar_text;

use crate::check::value::describe::describe;
use crate::check::value::validator::Validator;
use crate::check::value::violation::{Instance, MOST_LISTED, Violation};
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

impl<'d> Validator<'d> {
    /// Validates `oneOf`, `anyOf` and `not`.
    pub(super) fn validate_unions(&self, schema: &'d Schema, instance: &mut Instance<'_>) {
        for (keyword, alternatives) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            if alternatives.is_empty() {
                continue;
            }
            match &schema.discriminator {
                Some(discriminator) if instance.value.is_object() && are_components(alternatives) => {
                    self.validate_discriminated(keyword, discriminator, alternatives, instance);
                }
                _ => self.validate_alternatives(keyword, alternatives, instance),
            }
        }
        if let Some(not) = &schema.not
            && self.to_the_letter(|| self.violations_of_alternative(not, instance.value)).is_empty()
        {
            let value = describe(instance.value);
            instance.violates("not", format!("is {value}, which matches the schema under `not`"));
        }
    }

    /// Validates the value against the variant that the discriminator selects.
    ///
    /// The `mapping` of published documents is often incomplete. Therefore, if the discriminator selects no variant, a value that
    /// matches the `oneOf` or `anyOf` is valid.
    fn validate_discriminated(
        &self,
        keyword: &'static str,
        discriminator: &Discriminator,
        alternatives: &'d [SchemaRef],
        instance: &mut Instance<'_>,
    ) {
        let property = &discriminator.property_name;
        let value = instance.value.get(property);
        let name = value.and_then(scalar_text);
        if let Some(alternative) = name.and_then(|name| selected(discriminator, alternatives, &name)) {
            return self.validate_ref(alternative, instance);
        }
        let default = discriminator.default_mapping.as_deref();
        if let Some(alternative) = default.and_then(|target| component(alternatives, target)) {
            return self.validate_ref(alternative, instance);
        }
        let mut found = Vec::new();
        let place = instance.place.clone();
        let mut trial = Instance { value: instance.value, place, found: &mut found, most: MOST_LISTED };
        self.validate_alternatives(keyword, alternatives, &mut trial);
        match value {
            _ if found.is_empty() => {}
            None => {
                let message = format!("has no `{property}`, which is the discriminator of the alternatives");
                instance.violates("discriminator", message);
            }
            Some(value) => {
                let message = format!("is {}, which selects none of the alternatives", describe(value));
                instance.add(Violation::new(instance.place.join(property), "discriminator", message));
            }
        }
    }

    fn validate_alternatives(&self, keyword: &'static str, alternatives: &'d [SchemaRef], instance: &mut Instance<'_>) {
        let violations: Vec<_> =
            alternatives.iter().map(|schema| self.violations_of_alternative(schema, instance.value)).collect();
        let matching: Vec<_> =
            violations.iter().enumerate().filter(|(_, found)| found.is_empty()).map(|(index, _)| index).collect();
        match matching.as_slice() {
            [] => {
                let nearest = violations.iter().enumerate().min_by_key(|(_, found)| found.len());
                let nearest = nearest.and_then(|(index, found)| Some((index, found.first()?)));
                let nearest = nearest.map(|(index, violation)| {
                    let place = match violation.pointer.as_str() {
                        "" => "it".to_owned(),
                        inner => format!("`{inner}`"),
                    };
                    format!("; for alternative {}, which is the nearest, {place} {}", index + 1, violation.message)
                });
                let count = alternatives.len();
                let nearest = nearest.unwrap_or_default();
                instance.violates(keyword, format!("matches none of the {count} alternatives{nearest}"));
            }
            [first, second, ..] if keyword == "oneOf" => {
                let message = format!("matches alternatives {} and {}, but must match only one", first + 1, second + 1);
                instance.violates(keyword, message);
            }
            _ => {}
        }
    }
}

fn are_components(alternatives: &[SchemaRef]) -> bool {
    alternatives.iter().all(|schema| matches!(schema, SchemaRef::Component { .. }))
}

/// Returns the variant that the discriminator value `value` selects. `value` is a key in `mapping` or the name of a component.
fn selected<'d>(discriminator: &Discriminator, alternatives: &'d [SchemaRef], value: &str) -> Option<&'d SchemaRef> {
    component(alternatives, discriminator.mapping.get(value).map(String::as_str).unwrap_or(value))
}

/// Returns the variant to which a schema name or reference leads.
fn component<'d>(alternatives: &'d [SchemaRef], mapped: &str) -> Option<&'d SchemaRef> {
    let wanted = Pointer::parse(mapped.trim_start_matches('#')).and_then(|pointer| pointer.last());
    let wanted = wanted.unwrap_or_else(|| mapped.to_owned());
    alternatives.iter().find(|schema| matches!(schema, SchemaRef::Component { name, .. } if *name == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_has_names_or_references() {
        let component = |name: &str| SchemaRef::Component { name: name.to_owned(), pointer: Pointer::root() };
        let alternatives = [component("Cat"), component("Dog")];
        let mapping = [("c", "#/components/schemas/Cat"), ("d", "Dog"), ("e", "Eel")];
        let mapping = mapping.map(|(value, to)| (value.to_owned(), to.to_owned()));
        let discriminator = Discriminator {
            property_name: "kind".to_owned(),
            mapping: mapping.into_iter().collect(),
            default_mapping: None,
        };
        for (value, position) in [("c", Some(0)), ("d", Some(1)), ("Cat", Some(0)), ("e", None), ("cat", None)] {
            let expected = position.and_then(|position: usize| alternatives.get(position));
            assert_eq!(selected(&discriminator, &alternatives, value), expected, "{value}");
        }
    }
}
