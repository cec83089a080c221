//! Decides whether the values of a type can be arrays or objects, and whether these can be nested.

use std::collections::{HashMap, HashSet};

use crate::ir::{Type, TypeDef, TypeId, TypeKind, Value};

/// What the values of a type can consist of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Composition {
    /// Whether a value can be an array.
    pub has_array: bool,
    /// Whether a value can be an object.
    pub has_object: bool,
}

impl Composition {
    fn is_composite(self) -> bool {
        self.has_array || self.has_object
    }

    fn or(self, other: Self) -> Self {
        Self { has_array: self.has_array || other.has_array, has_object: self.has_object || other.has_object }
    }
}

/// The compositions of the types that were examined. Operations that share a type examine it once.
#[derive(Debug, Default)]
pub(crate) struct Compositions {
    known: HashMap<TypeId, Composition>,
    nested: HashMap<TypeId, bool>,
    /// The number of types that were examined.
    #[cfg(test)]
    steps: usize,
}

impl Compositions {
    /// Returns the composition of a value. All types that the value can have must be defined.
    pub fn of(&mut self, types: &[Option<TypeDef>], value: &Value) -> Composition {
        let id = match &value.kind {
            Type::List(_) => return Composition { has_array: true, ..Composition::default() },
            Type::Map { .. } => return Composition { has_object: true, ..Composition::default() },
            Type::Named { id, .. } => *id,
            _ => return Composition::default(),
        };
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let mut found = Composition::default();
        for kind in self.variants(types, id) {
            found = found.or(match kind {
                Variant::Kind(TypeKind::Struct(_)) => Composition { has_object: true, ..Composition::default() },
                Variant::Kind(TypeKind::Tuple(_)) => Composition { has_array: true, ..Composition::default() },
                Variant::Kind(_) => Composition::default(),
                Variant::Value(value) => self.of(types, value),
            });
        }
        self.known.insert(id, found);
        found
    }

    /// Returns whether a value can be an array or object with arrays or objects in it.
    pub fn is_nested(&mut self, types: &[Option<TypeDef>], value: &Value) -> bool {
        let id = match &value.kind {
            Type::List(inner) | Type::Map { members: inner, .. } => return self.of(types, inner).is_composite(),
            Type::Named { id, .. } => *id,
            _ => return false,
        };
        if let Some(known) = self.nested.get(&id) {
            return *known;
        }
        let is_nested = self.variants(types, id).into_iter().any(|variant| match variant {
            Variant::Kind(kind @ (TypeKind::Struct(_) | TypeKind::Tuple(_))) => {
                kind.contained_values().into_iter().any(|inner| self.of(types, inner).is_composite())
            }
            Variant::Kind(_) => false,
            Variant::Value(value) => self.is_nested(types, value),
        });
        self.nested.insert(id, is_nested);
        is_nested
    }

    /// Returns the types of a value of type `id`. For a union, returns those of each variant, of their variants, and so on.
    fn variants<'t>(&mut self, types: &'t [Option<TypeDef>], id: TypeId) -> Vec<Variant<'t>> {
        let (mut pending, mut seen, mut found) = (vec![id], HashSet::new(), Vec::new());
        while let Some(id) = pending.pop() {
            let Some(definition) = types[id.0].as_ref().filter(|_| seen.insert(id)) else { continue };
            #[cfg(test)]
            {
                self.steps += 1;
            }
            let (TypeKind::Newtype(_) | TypeKind::Union(_)) = &definition.kind else {
                found.push(Variant::Kind(&definition.kind));
                continue;
            };
            for value in definition.kind.contained_values() {
                match &value.kind {
                    Type::Named { id, .. } => pending.push(*id),
                    _ => found.push(Variant::Value(value)),
                }
            }
        }
        found
    }
}

/// One of the types that a value can have: a named one that is no union, or one without a name.
enum Variant<'t> {
    Kind(&'t TypeKind),
    Value(&'t Value),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    /// Lowers a document with these schemas. Returns the types, with the type of the first parameter.
    fn lowered(schemas: &str, first: &str) -> (Vec<Option<TypeDef>>, Value) {
        let parameter = format!("{{name: q, in: query, schema: {{$ref: '#/components/schemas/{first}'}}}}");
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{parameters: [{parameter}], responses: \
             {{}}}}}}}}\ncomponents:\n  schemas:\n{schemas}"
        );
        let api = crate::pipeline::lowered(&text, &Options::default());
        let value = api.operations[0].arguments[0].location.values()[0].clone();
        (api.types.into_iter().map(Some).collect(), value)
    }

    #[test]
    fn unions_have_what_their_variants_have() {
        let schemas = "    U: {oneOf: [{type: string}, {$ref: '#/components/schemas/L'}, {$ref: '#/components/schemas/O'}]}\n    \
                       L: {type: array, items: {type: string}}\n    O: {type: object, required: [a], properties: {a: {type: \
                       string}}}\n    N: {type: object, properties: {u: {$ref: '#/components/schemas/U'}}}\n";
        let known = |first: &str| {
            let (types, value) = lowered(schemas, first);
            let mut compositions = Compositions::default();
            let found = compositions.of(&types, &value);
            (found.has_array, found.has_object, compositions.is_nested(&types, &value))
        };
        assert_eq!(known("U"), (true, true, false));
        assert_eq!(known("L"), (true, false, false));
        assert_eq!(known("O"), (false, true, false));
        assert_eq!(known("N"), (false, true, true));
    }

    #[test]
    fn a_type_is_examined_once() {
        let members: String = (0..50).map(|index| format!("p{index}: {{$ref: '#/components/schemas/U'}}, ")).collect();
        let schemas = format!(
            "    O: {{type: object, properties: {{{members}}}}}\n    U: {{oneOf: [{{type: string}}, {{type: integer}}]}}\n"
        );
        let (types, value) = lowered(&schemas, "O");
        let mut compositions = Compositions::default();
        for _ in 0..100 {
            assert!(!compositions.is_nested(&types, &value));
            compositions.of(&types, &value);
        }
        assert!(compositions.steps < 10, "{}", compositions.steps);
    }
}
