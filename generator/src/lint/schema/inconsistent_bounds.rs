//! One name, and bounds that differ from place to place.

use heck::ToSnakeCase;
use indexmap::IndexMap;
use serde_json::Number;

use crate::check::value::number::compare;
use crate::finding::abbreviation::abbreviated;
use crate::finding::{Code, Findings};
use crate::lint::schema::direction;
use crate::lint::{Linted, sites};
use crate::pointer::Pointer;
use crate::resolve::document::SchemaType::{Array, Integer, Number as Fraction, String as Text};
use crate::resolve::document::{Schema, SchemaType};

/// What makes two values alike: the words of the name, the type, and whether they are sent.
type Likeness = (String, SchemaType, bool);

/// What is called by one name has one set of bounds, a list's items by the name of the list without its ending. Names of one word, such as
/// `name` or `limit`, mean another thing at each place, and so do names with three sets of bounds or more. What is only received is
/// compared with its like: services promise less than they ask for.
pub(crate) fn bounds(linted: &Linted<'_>, findings: &mut Findings) {
    let sent = direction::sent(linted.document);
    let mut by_name: IndexMap<Likeness, Vec<(&Schema, Pointer)>> = IndexMap::new();
    for named in sites::named(linted.document) {
        let is_list = named.schema.kind == Some(Array);
        let items = named.schema.items.as_ref().filter(|_| is_list);
        let (value, pointer) = match items.and_then(|items| sites::resolved(linted.document, items)) {
            Some(items) => (items, named.pointer.join("items")),
            None => (named.schema, named.pointer),
        };
        let kind = match value.kind {
            Some(Text) => Text,
            Some(Integer | Fraction) => Fraction,
            _ => continue,
        };
        if let Some(name) = common_name(named.name, is_list) {
            let all = by_name.entry((name, kind, sent.contains(&value.pointer))).or_default();
            if all.iter().all(|(other, _)| other.pointer != value.pointer) {
                all.push((value, pointer));
            }
        }
    }
    for ((name, ..), all) in &by_name {
        let mut deviations = KEYWORDS.iter().filter_map(|keyword| Some((keyword, deviation(keyword, all)?)));
        if let Some((keyword, (here, there))) = deviations.next() {
            tell(name, keyword, here, there, findings);
        }
    }
}

/// The words of a name, of a list without what makes it a list; `None` where there is one word only.
fn common_name(name: &str, is_list: bool) -> Option<String> {
    let snake = name.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').filter(|word| !word.is_empty()).collect();
    let said_to_be_list = is_list && words.last().is_some_and(|last| ["list", "array", "set"].contains(last));
    if said_to_be_list {
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

/// A keyword, and its value as it is written where a schema has it.
type Keyword = (&'static str, fn(&Schema) -> Option<Bound<'_>>);

/// A bound.
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
    fn is(&self, other: &Self) -> bool {
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

/// A place, its schema's place, and its bound.
type Place<'s> = (&'s Pointer, &'s Pointer, Bound<'s>);

/// The place where the keyword has another bound than at most places, and the first of those; `None` where there is one bound or many.
fn deviation<'s>((_, of): &Keyword, all: &'s [(&'s Schema, Pointer)]) -> Option<(Place<'s>, Place<'s>)> {
    let mut groups: Vec<Vec<Place<'s>>> = Vec::new();
    for (schema, pointer) in all {
        let Some(bound) = of(schema) else { continue };
        let place = (pointer, &schema.pointer, bound);
        match groups.iter_mut().find(|group| group[0].2.is(&place.2)) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    let [first, second] = groups.as_slice() else { return None };
    let (few, many) = if first.len() < second.len() { (first, second) } else { (second, first) };
    // Where neither is the exception, the name stands for two things.
    let is_exception = few.len() == 1 || few.len() * 3 <= many.len();
    (is_exception).then(|| (few[0].clone(), many[0].clone()))
}

fn tell(name: &str, (keyword, _): &Keyword, here: Place<'_>, there: Place<'_>, findings: &mut Findings) {
    let (_, schema, bound) = here;
    let (other, _, others) = there;
    let (bound, others) = (bound.text(), others.text());
    findings.add(
        Code::InconsistentBounds,
        &schema.join(keyword),
        format!("`{keyword}` of `{name}` is {bound} here and {others} at #{other}."),
        "Compare both with the page; if they differ there too, say so: `x-acknowledge: {inconsistent-bounds: …}`.",
    );
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::{places, places_in_schemas};

    fn told(schemas: &str) -> Vec<String> {
        places_in_schemas("inconsistent-bounds", schemas)
    }

    #[test]
    fn a_name_has_one_set_of_bounds() {
        let id = |max: u32| format!("{{properties: {{related_id: {{type: string, maxLength: {max}}}}}}}");
        assert_eq!(told(&format!("A: {}, B: {}", id(64), id(64))), [""; 0]);
        assert_eq!(told(&format!("A: {}, B: {}", id(64), id(32))), ["/B/properties/related_id/maxLength"]);
        assert_eq!(
            told(&format!("A: {}, B: {}, C: {}", id(32), id(64), id(64))),
            ["/A/properties/related_id/maxLength"]
        );
        assert_eq!(told(&format!("A: {}, B: {}, C: {}", id(32), id(64), id(65))), [""; 0]);
        assert_eq!(told(&format!("A: {}, B: {{properties: {{related_id: {{type: string}}}}}}", id(32))), [""; 0]);
        assert_eq!(told(&format!("A: {}, B: {}", id(32), id(64)).replace("related_id", "id")), [""; 0]);
    }

    #[test]
    fn a_list_has_the_name_of_its_items() {
        for name in ["related_id_list", "relatedIds", "related-ids"] {
            let schemas = format!(
                "A: {{properties: {{related_id: {{type: string, maxLength: 64}}}}}}, \
                 B: {{properties: {{{name}: {{type: array, items: {{type: string, maxLength: 32}}}}}}}}"
            );
            assert_eq!(told(&schemas), [format!("/B/properties/{name}/items/maxLength")]);
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
