//! `oneOf`, `anyOf` and `not`.

use serde_json::Value;

use crate::check::value::{Subject, Validator, Violation, describe};
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

impl<'d> Validator<'d> {
    /// All that chooses between schemas.
    pub(super) fn judge_unions(&self, schema: &'d Schema, subject: &mut Subject<'_>) {
        for (keyword, alternatives) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            if alternatives.is_empty() {
                continue;
            }
            match &schema.discriminator {
                Some(discriminator) if subject.value.is_object() && are_named(alternatives) => {
                    self.judge_named(keyword, discriminator, alternatives, subject);
                }
                _ => self.judge_alternatives(keyword, alternatives, subject),
            }
        }
        if let Some(not) = &schema.not
            && self.aside(not, subject.value).is_empty()
        {
            subject.violates("not", format!("is {}, which the schema under `not` accepts", describe(subject.value)));
        }
    }

    /// The alternative that the value of the discriminator names is the one that judges. A value that names none is a
    /// violation unless it fits all the same: published documents forget the mapping.
    fn judge_named(
        &self,
        keyword: &'static str,
        discriminator: &Discriminator,
        alternatives: &'d [SchemaRef],
        subject: &mut Subject<'_>,
    ) {
        let property = &discriminator.property_name;
        let value = subject.value.get(property);
        if let Some(alternative) =
            value.and_then(Value::as_str).and_then(|name| named(discriminator, alternatives, name))
        {
            return self.judge_ref(alternative, subject);
        }
        let mut found = Vec::new();
        let place = subject.place.clone();
        self.judge_alternatives(keyword, alternatives, &mut Subject { value: subject.value, place, found: &mut found });
        match value {
            _ if found.is_empty() => {}
            None => {
                subject.violates("discriminator", format!("has no `{property}`, which tells the alternatives apart"))
            }
            Some(value) => {
                let message = format!("is {}, which names none of the alternatives", describe(value));
                let pointer = subject.place.join(property);
                subject.found.push(Violation {
                    pointer,
                    keyword: "discriminator",
                    message,
                    schema: None,
                    wanted: None,
                    lacks: None,
                });
            }
        }
    }

    fn judge_alternatives(&self, keyword: &'static str, alternatives: &'d [SchemaRef], subject: &mut Subject<'_>) {
        let verdicts: Vec<_> = alternatives.iter().map(|schema| self.aside(schema, subject.value)).collect();
        let fitting: Vec<_> =
            verdicts.iter().enumerate().filter(|(_, found)| found.is_empty()).map(|(index, _)| index).collect();
        match fitting.as_slice() {
            [] => {
                let nearest = verdicts.iter().enumerate().min_by_key(|(_, found)| found.len());
                let nearest = nearest.and_then(|(index, found)| Some((index, found.first()?)));
                let nearest = nearest.map(|(index, violation)| {
                    let at = if violation.pointer == Pointer::root() { "it" } else { violation.pointer.as_str() };
                    format!("; for the nearest, number {}, `{at}` {}", index + 1, violation.message)
                });
                let count = alternatives.len();
                let nearest = nearest.unwrap_or_default();
                subject.violates(keyword, format!("fits none of the {count} alternatives{nearest}"));
            }
            [first, second, ..] if keyword == "oneOf" => {
                let message = format!("fits alternatives {} and {}, where only one may fit", first + 1, second + 1);
                subject.violates(keyword, message);
            }
            _ => {}
        }
    }
}

fn are_named(alternatives: &[SchemaRef]) -> bool {
    alternatives.iter().all(|schema| matches!(schema, SchemaRef::Component { .. }))
}

/// The alternative that `value` names: by the mapping, or as the component's own name.
fn named<'d>(discriminator: &Discriminator, alternatives: &'d [SchemaRef], value: &str) -> Option<&'d SchemaRef> {
    let mapped = discriminator.mapping.get(value).map(String::as_str).unwrap_or(value);
    let wanted = Pointer::parse(mapped.trim_start_matches('#')).and_then(|pointer| pointer.last());
    let wanted = wanted.unwrap_or_else(|| mapped.to_owned());
    alternatives.iter().find(|schema| matches!(schema, SchemaRef::Component { name, .. } if *name == wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_names_or_refers() {
        let component = |name: &str| SchemaRef::Component { name: name.to_owned(), pointer: Pointer::root() };
        let alternatives = [component("Cat"), component("Dog")];
        let mapping = [("c", "#/components/schemas/Cat"), ("d", "Dog"), ("e", "Eel")];
        let mapping = mapping.map(|(value, to)| (value.to_owned(), to.to_owned()));
        let discriminator = Discriminator { property_name: "kind".to_owned(), mapping: mapping.into_iter().collect() };
        for (value, position) in [("c", Some(0)), ("d", Some(1)), ("Cat", Some(0)), ("e", None), ("cat", None)] {
            let expected = position.and_then(|position: usize| alternatives.get(position));
            assert_eq!(named(&discriminator, &alternatives, value), expected, "{value}");
        }
    }
}
