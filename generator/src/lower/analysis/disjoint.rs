//! Decides whether two schemas are disjoint, which means that no value matches both. If the alternatives of `oneOf` are disjoint,
//! generated code need not check that only one of them matches.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use crate::json::equality::canonical_text;
use crate::json::size::size;
use crate::lower::analysis::predicates::{alternatives, has_only_all_of};
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// The maximum nesting depth of compared schemas, and the maximum length of a chain of references.
const DEPTH: usize = 16;

/// The maximum number of pairs of schemas that are compared for one document. The names in `required` and the values of `enum` count
/// as well. Without the limit, unions of unions could need exponentially many comparisons.
const COMPARISONS: usize = 2_000_000;

/// The maximum size of all `enum` values that are read for one document. Each union reads the values of its alternatives once.
/// Published documents read less than a hundredth of it.
const READ_SIZE: usize = 1 << 26;

/// Decides whether schemas of one document are disjoint, with at most [`COMPARISONS`] comparisons.
#[derive(Debug)]
pub(crate) struct Comparison<'c> {
    components: &'c IndexMap<String, Schema>,
    /// The number of pairs of schemas, names and values that may still be compared.
    remaining: Cell<usize>,
    /// The size of the values that may still be read.
    remaining_size: Cell<usize>,
    /// A number for each distinct value, by its canonical text.
    numbers: RefCell<HashMap<String, u32>>,
    /// The sorted numbers of the values in `enum`, by the address of the list. Only valid while one union is compared, because
    /// the next one can have its lists at the same addresses.
    values: RefCell<HashMap<usize, Rc<[u32]>>>,
}

impl<'c> Comparison<'c> {
    pub(crate) fn new(components: &'c IndexMap<String, Schema>) -> Self {
        Self {
            components,
            remaining: Cell::new(COMPARISONS),
            remaining_size: Cell::new(READ_SIZE),
            numbers: RefCell::default(),
            values: RefCell::default(),
        }
    }

    /// Returns `true` if no value can match both schemas. Returns `false` if a value can match both, or if this is not known.
    fn are_disjoint(&self, left: &SchemaRef, right: &SchemaRef) -> bool {
        self.are_disjoint_references(left, right, DEPTH)
    }

    /// Returns `true` if no value can match two of the schemas, as far as this is known.
    pub(crate) fn are_all_disjoint(&self, schemas: &[SchemaRef]) -> bool {
        self.values.borrow_mut().clear();
        let mut lefts = schemas.iter().enumerate();
        lefts.all(|(index, left)| schemas[index + 1..].iter().all(|right| self.are_disjoint(left, right)))
    }

    fn are_disjoint_references(&self, left: &SchemaRef, right: &SchemaRef, depth: usize) -> bool {
        let (Some(left), Some(right)) = (self.resolved(left), self.resolved(right)) else { return false };
        self.are_disjoint_schemas(left, right, depth)
    }

    fn are_disjoint_schemas(&self, left: &Schema, right: &Schema, depth: usize) -> bool {
        let work = 1 + [left, right].map(|schema| schema.required.len() + values(schema)).iter().sum::<usize>();
        let Some(rest) = self.remaining.get().checked_sub(work).filter(|_| depth > 0) else { return false };
        self.remaining.set(rest);
        for (union, other) in [(left, right), (right, left)] {
            let alternatives = alternatives(union);
            let is_disjoint = |alternative: &SchemaRef| {
                self.resolved(alternative).is_some_and(|schema| self.are_disjoint_schemas(schema, other, depth - 1))
            };
            if !alternatives.is_empty() && alternatives.iter().all(is_disjoint) {
                return true;
            }
        }
        have_disjoint_types(left.kind, right.kind)
            || self.have_disjoint_enums(left, right)
            || (is_object(left) && is_object(right) && self.are_disjoint_objects(left, right, depth))
    }

    /// Follows references, and wrappers such as `allOf: [A]`, to the schema behind them. Returns `None` if [`DEPTH`] steps are
    /// not enough.
    fn resolved<'s>(&self, schema: &'s SchemaRef) -> Option<&'s Schema>
    where
        'c: 's,
    {
        let mut schema = schema;
        for _ in 0..DEPTH {
            let found = match schema {
                SchemaRef::Inline(schema) => schema,
                SchemaRef::Component { name, .. } => self.components.get(name)?,
            };
            match found.all_of.as_slice() {
                [only] if has_only_all_of(found) => schema = only,
                _ => return Some(found),
            }
        }
        None
    }

    /// Returns whether two object schemas are disjoint because one of them requires a property, and the other one forbids this
    /// property or has a disjoint schema for it.
    fn are_disjoint_objects(&self, left: &Schema, right: &Schema, depth: usize) -> bool {
        [(left, right), (right, left)].into_iter().any(|(one, other)| {
            one.required.iter().any(|name| match (one.properties.get(name), other.properties.get(name)) {
                (Some(left), Some(right)) => self.are_disjoint_references(left, right, depth - 1),
                (_, None) => matches!(other.additional_properties, AdditionalProperties::Forbidden),
                (None, Some(_)) => false,
            })
        })
    }

    fn have_disjoint_enums(&self, left: &Schema, right: &Schema) -> bool {
        match (&left.enum_values, &right.enum_values) {
            (Some(left), Some(right)) => match (self.numbered(left), self.numbered(right)) {
                (Some(left), Some(right)) => !left.iter().any(|number| right.binary_search(number).is_ok()),
                _ => false,
            },
            (Some(values), None) | (None, Some(values)) => {
                let other = if left.enum_values.is_none() { left } else { right };
                other.kind.is_some_and(|kind| !values.iter().any(|value| has_type(value, kind)))
            }
            (None, None) => false,
        }
    }

    /// Returns the sorted numbers of the values in `enum`. Equal values have the same number. Returns `None` if more than
    /// [`READ_SIZE`] would be read.
    fn numbered(&self, values: &Vec<Value>) -> Option<Rc<[u32]>> {
        let address = std::ptr::from_ref(values).addr();
        if let Some(known) = self.values.borrow().get(&address) {
            return Some(known.clone());
        }
        let size = values.iter().map(size).sum();
        self.remaining_size.set(self.remaining_size.get().checked_sub(size)?);
        let mut numbers = self.numbers.borrow_mut();
        let mut number = |value: &Value| {
            let next = u32::try_from(numbers.len()).ok()?;
            Some(*numbers.entry(canonical_text(value)).or_insert(next))
        };
        let mut numbered = values.iter().map(&mut number).collect::<Option<Vec<u32>>>()?;
        numbered.sort_unstable();
        let numbered: Rc<[u32]> = numbered.into();
        self.values.borrow_mut().insert(address, numbered.clone());
        Some(numbered)
    }
}

/// Returns the number of values in the `enum` of a schema.
fn values(schema: &Schema) -> usize {
    schema.enum_values.as_ref().map_or(0, Vec::len)
}

fn have_disjoint_types(left: Option<SchemaType>, right: Option<SchemaType>) -> bool {
    match (left, right) {
        (Some(SchemaType::Integer), Some(SchemaType::Number))
        | (Some(SchemaType::Number), Some(SchemaType::Integer)) => false,
        (Some(left), Some(right)) => left != right,
        _ => false,
    }
}

fn has_type(value: &Value, kind: SchemaType) -> bool {
    match kind {
        SchemaType::String => value.is_string(),
        SchemaType::Number | SchemaType::Integer => value.is_number(),
        SchemaType::Boolean => value.is_boolean(),
        SchemaType::Array => value.is_array(),
        SchemaType::Object => value.is_object(),
    }
}

fn is_object(schema: &Schema) -> bool {
    schema.kind == Some(SchemaType::Object)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn enumeration(values: &[Value]) -> SchemaRef {
        SchemaRef::Inline(Box::new(Schema { enum_values: Some(values.to_vec()), ..Schema::default() }))
    }

    #[test]
    fn enums_are_disjoint_if_no_values_are_equal() {
        let components = IndexMap::new();
        let comparison = Comparison::new(&components);
        let are_disjoint = |schemas: &[&[Value]]| {
            comparison.are_all_disjoint(&schemas.iter().map(|values| enumeration(values)).collect::<Vec<_>>())
        };
        assert!(are_disjoint(&[&[json!([1, 2]), json!("a")], &[json!([2, 1])], &[json!(1), json!({"a": 1})]]));
        assert!(!are_disjoint(&[&[json!(2), json!({"a": 1, "b": 2})], &[json!(3), json!({"b": 2.0, "a": 1})]]));
        assert!(!are_disjoint(&[&[json!("a")], &[json!("b")], &[json!("c"), json!("a")]]));
        assert!(are_disjoint(&[&[], &[json!(1)]]));
    }

    #[test]
    fn each_value_is_read_once_for_a_union() {
        let components = IndexMap::new();
        let comparison = Comparison::new(&components);
        let long = |index: usize| [json!([index, "x".repeat(1 << 10)])];
        let schemas: Vec<SchemaRef> = (0..300).map(|index| enumeration(&long(index))).collect();
        let size: usize = (0..300).map(|index| size(&long(index)[0])).sum();
        assert!(comparison.are_all_disjoint(&schemas));
        assert_eq!(comparison.remaining_size.get(), READ_SIZE - size);
    }

    #[test]
    fn nothing_is_disjoint_once_too_much_was_read() {
        let components = IndexMap::new();
        let comparison = Comparison::new(&components);
        let schemas = [enumeration(&[json!("a")]), enumeration(&[json!("b")])];
        comparison.remaining_size.set(6);
        assert!(comparison.are_all_disjoint(&schemas));
        assert!(!comparison.are_all_disjoint(&schemas));
    }
}
