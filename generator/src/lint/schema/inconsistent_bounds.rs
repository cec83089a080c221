//! Finds properties and parameters that have the same name, but different bounds.

use std::collections::HashSet;

use heck::ToSnakeCase;
use indexmap::IndexMap;
use serde_json::Number;

use crate::finding::abbreviation::abbreviated;
use crate::finding::{Code, Findings};
use crate::json::number::compare;
use crate::lint::context::Context;
use crate::lint::schema::direction;
use crate::pointer::Pointer;
use crate::resolve::document::SchemaType::{Array, Integer, Number as Fraction, String as Text};
use crate::resolve::document::{Schema, SchemaType};

/// A name in snake case, a type, and whether requests contain the value. Only the bounds of values that agree in all three are
/// compared.
type Group = (String, SchemaType, bool);

/// Reports a property, parameter or header whose bound differs from the bound of most values with the same name.
///
/// - The bounds of an array's items are compared under the singular of the array's name. For example, the items of `file_names`
///   are compared with the values of `file_name`.
/// - A name of one word, such as `limit`, is not compared, because it often has a different meaning in each schema.
/// - A name with three or more different bounds is not compared, for the same reason.
/// - Values that occur only in responses are not compared with values in requests, because documentation is often less strict
///   about responses.
pub(crate) fn bounds(context: &Context<'_>, findings: &mut Findings) {
    let sent = direction::sent(context.document);
    let mut by_name: IndexMap<Group, Vec<(&Schema, Pointer)>> = IndexMap::new();
    let mut seen = HashSet::new();
    for named in &context.named_values {
        let is_list = named.schema.kind == Some(Array);
        let items = named.schema.items.as_ref().filter(|_| is_list);
        let (value, pointer) = match items.and_then(|items| context.document.resolved(items)) {
            Some(items) => (items, named.pointer.join("items")),
            None => (named.schema, named.pointer.clone()),
        };
        let kind = match value.kind {
            Some(Text) => Text,
            Some(Integer | Fraction) => Fraction,
            _ => continue,
        };
        if let Some(name) = common_name(named.name, is_list) {
            // Several properties with the same name can refer to one schema.
            if seen.insert((name.clone(), &value.pointer)) {
                by_name.entry((name, kind, sent.contains(&value.pointer))).or_default().push((value, pointer));
            }
        }
    }
    for ((name, ..), all) in &by_name {
        let mut deviations = KEYWORDS.iter().filter_map(|keyword| Some((keyword, deviation(keyword, all)?)));
        if let Some((keyword, (here, there))) = deviations.next() {
            report(name, keyword, here, there, findings);
        }
    }
}

/// Returns a name in snake case, in the singular if the value is an array: `FileNames` becomes `file_name`. Returns `None` if the
/// name has only one word.
fn common_name(name: &str, is_list: bool) -> Option<String> {
    let snake = name.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    let has_list_suffix = is_list && words.last().is_some_and(|last| ["list", "array", "set"].contains(last));
    if has_list_suffix {
        words.pop();
    }
    if words.len() < 2 {
        return None;
    }
    let joined = words.join("_");
    let is_plural = is_list && joined.ends_with('s') && !joined.ends_with("ss");
    let singular = match joined.strip_suffix("ies") {
        Some(stem) if is_plural => format!("{stem}y"),
        _ if is_plural => joined.trim_end_matches('s').to_owned(),
        _ => joined,
    };
    Some(singular)
}

/// The name of a keyword, and a function that returns its value in a schema.
type Keyword = (&'static str, fn(&Schema) -> Option<Bound<'_>>);

/// The value of a keyword in [`KEYWORDS`]: a number, or the regular expression of `pattern`.
#[derive(Clone)]
enum Bound<'s> {
    Number(Number),
    Pattern(&'s str),
}

const KEYWORDS: &[Keyword] = &[
    ("maxLength", |schema| schema.max_length.map(|bound| Bound::Number(bound.into()))),
    ("minLength", |schema| schema.min_length.map(|bound| Bound::Number(bound.into()))),
    ("maximum", |schema| schema.maximum.clone().map(Bound::Number)),
    ("minimum", |schema| schema.minimum.clone().map(Bound::Number)),
    ("pattern", |schema| schema.pattern.as_deref().map(Bound::Pattern)),
];

impl Bound<'_> {
    fn is_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Number(left), Self::Number(right)) => compare(left, right).is_eq(),
            (Self::Pattern(left), Self::Pattern(right)) => left == right,
            _ => false,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Pattern(pattern) => format!("`{}`", abbreviated(pattern)),
        }
    }
}

/// The JSON Pointer of a property, parameter or header, the JSON Pointer of its schema, and a bound in this schema.
type Place<'s> = (&'s Pointer, &'s Pointer, Bound<'s>);

/// Compares the bounds that a keyword has in the schemas `all`. If there are exactly two different bounds, and one of them is
/// rare, returns the first schema with the rare bound and the first schema with the usual bound. Otherwise returns `None`.
fn deviation<'s>((_, bound_of): &Keyword, all: &'s [(&'s Schema, Pointer)]) -> Option<(Place<'s>, Place<'s>)> {
    let mut groups: Vec<Vec<Place<'s>>> = Vec::new();
    for (schema, pointer) in all {
        let Some(bound) = bound_of(schema) else { continue };
        let place = (pointer, &schema.pointer, bound);
        match groups.iter().position(|group| group[0].2.is_equal(&place.2)) {
            Some(index) => groups[index].push(place),
            // A third bound decides the result. There can be thousands of them.
            None if groups.len() == 2 => return None,
            None => groups.push(vec![place]),
        }
    }
    let [first, second] = groups.as_slice() else { return None };
    let (few, many) = if first.len() < second.len() { (first, second) } else { (second, first) };
    // If both bounds are almost equally frequent, the name probably has two meanings.
    let is_exception = few.len() == 1 || few.len() * 3 <= many.len();
    (is_exception).then(|| (few[0].clone(), many[0].clone()))
}

fn report(name: &str, (keyword, _): &Keyword, here: Place<'_>, there: Place<'_>, findings: &mut Findings) {
    let (_, schema, bound) = here;
    let (other_place, _, other) = there;
    let (bound, other) = (bound.text(), other.text());
    findings.add(
        Code::InconsistentBounds,
        &schema.join(keyword),
        format!("`{keyword}` of `{name}` is {bound} here, but {other} at `#{other_place}`."),
        "Compare both bounds with the API documentation. If the bounds differ in the documentation too, add `x-acknowledge: \
         {inconsistent-bounds: the reason}` to this schema.",
    );
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{places, places_in_schemas};

    fn found(schemas: &str) -> Vec<String> {
        places_in_schemas("inconsistent-bounds", schemas)
    }

    #[test]
    fn exceptional_bounds_of_a_name_are_reported() {
        let id = |max: u32| format!("{{properties: {{related_id: {{type: string, maxLength: {max}}}}}}}");
        assert_eq!(found(&format!("A: {}, B: {}", id(64), id(64))), [""; 0]);
        assert_eq!(found(&format!("A: {}, B: {}", id(64), id(32))), ["/B/properties/related_id/maxLength"]);
        assert_eq!(
            found(&format!("A: {}, B: {}, C: {}", id(32), id(64), id(64))),
            ["/A/properties/related_id/maxLength"]
        );
        assert_eq!(found(&format!("A: {}, B: {}, C: {}", id(32), id(64), id(65))), [""; 0]);
        assert_eq!(found(&format!("A: {}, B: {{properties: {{related_id: {{type: string}}}}}}", id(32))), [""; 0]);
        assert_eq!(found(&format!("A: {}, B: {}", id(32), id(64)).replace("related_id", "id")), [""; 0]);
    }

    #[test]
    fn the_items_of_a_list_are_compared_under_its_name() {
        for name in ["related_id_list", "relatedIds", "related-ids"] {
            let schemas = format!(
                "A: {{properties: {{related_id: {{type: string, maxLength: 64}}}}}}, \
                 B: {{properties: {{{name}: {{type: array, items: {{type: string, maxLength: 32}}}}}}}}"
            );
            assert_eq!(found(&schemas), [format!("/B/properties/{name}/items/maxLength")]);
        }
    }

    #[test]
    fn parameters_and_properties_are_compared() {
        let parameter = |max: u32| format!("{{name: case_id, in: query, schema: {{type: integer, maximum: {max}}}}}");
        let text = format!(
            "paths:\n  /a:\n    get: {{parameters: [{}], responses: {{}}}}\n    put: {{parameters: [{}], responses: {{}}}}\n",
            parameter(5),
            parameter(6)
        );
        assert_eq!(places("inconsistent-bounds", &text), ["/paths/~1a/put/parameters/0/schema/maximum"]);
    }
}
