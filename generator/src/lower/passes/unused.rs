//! What no operation uses: component schemas that need no type, and patterns that need no constant.

use std::collections::{BTreeSet, HashSet};

use crate::ir::{
    ArgumentLocation, BodyExample, KeyType, Keyword, ObjectRule, Operation, PatternId, ResponseHeaders, Rule,
    SchemaTable, SchemaTableId, Type, TypeDef, TypeId, TypeKind, Value,
};
use crate::lower::passes::direction::{answers, arguments, contained, documented_headers, successes};
use crate::lower::passes::tag_groups::Printed;

/// Keeps the types that an operation or an example reaches, and answers the others.
pub fn leave_out_types(
    types: &[TypeDef],
    order: &mut Vec<TypeId>,
    operations: &[Operation],
    headers: &[ResponseHeaders],
    examples: &[BodyExample],
) -> Vec<TypeId> {
    let received = |operation| answers(operation).chain(documented_headers(operation, headers));
    let of_operations = operations.iter().flat_map(|operation| arguments(operation).chain(received(operation)));
    let roots = of_operations.chain(examples.iter().map(|example| &example.value));
    let used = reached(types, roots.filter_map(named));
    order.extract_if(.., |id| !used.contains(id)).collect()
}

/// The types that are reached from `roots`, which are among them.
pub fn reached(types: &[TypeDef], roots: impl IntoIterator<Item = TypeId>) -> HashSet<TypeId> {
    let mut open: Vec<TypeId> = roots.into_iter().collect();
    let mut reached: HashSet<TypeId> = HashSet::new();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(contained(&types[next.0].kind).into_iter().filter_map(named));
        }
    }
    reached
}

/// The named type in a value, if there is one.
pub fn named(value: &Value) -> Option<TypeId> {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => named(inner),
        Type::Named { id, .. } => Some(*id),
        _ => None,
    }
}

/// The constants that something printed refers to: what was left out may have referred to others.
#[derive(Debug, Default)]
pub struct Used {
    /// The patterns.
    pub patterns: BTreeSet<PatternId>,
    /// The tables.
    pub schemas: BTreeSet<SchemaTableId>,
}

/// The patterns and tables that what is printed refers to.
pub fn used_constants(printed: &Printed<'_>, keys: &[KeyType], tables: &[SchemaTable]) -> Used {
    let mut used = Used::default();
    for id in printed.order {
        let kind = &printed.types[id.0].kind;
        contained(kind).into_iter().for_each(|value| used.note(value));
        if let TypeKind::Struct(structure) = kind {
            let of_objects = structure.rules.iter();
            used.schemas.extend(
                of_objects.filter_map(|rule| if let ObjectRule::SchemaTable(id) = rule { Some(*id) } else { None }),
            );
        }
    }
    for operation in printed.operations {
        arguments(operation).chain(successes(operation)).for_each(|value| used.note(value));
        for argument in &operation.arguments {
            if let ArgumentLocation::Key(id) = &argument.location {
                let fields = keys[id.0].forms.iter().flat_map(|form| &form.fields);
                fields.for_each(|field| used.note(&field.value));
            }
        }
        let needed = operation.security.iter().flatten();
        needed.for_each(|needed| used.note_rules(&needed.rules));
    }
    used.follow(tables);
    used
}

impl Used {
    fn note(&mut self, value: &Value) {
        self.note_rules(&value.rules);
        if let Type::List(inner) | Type::Map(inner) = &value.kind {
            self.note(inner);
        }
    }

    fn note_rules(&mut self, rules: &[Rule]) {
        for rule in rules {
            match rule {
                Rule::Pattern(id) => _ = self.patterns.insert(*id),
                Rule::SchemaTable(id) => _ = self.schemas.insert(*id),
                _ => {}
            }
        }
    }

    /// Adds what the tables refer to.
    fn follow(&mut self, tables: &[SchemaTable]) {
        let mut open: Vec<SchemaTableId> = std::mem::take(&mut self.schemas).into_iter().collect();
        while let Some(next) = open.pop() {
            if !self.schemas.insert(next) {
                continue;
            }
            for keyword in &tables[next.0].keywords {
                match keyword {
                    Keyword::Pattern(id) => _ = self.patterns.insert(*id),
                    keyword => open.extend(keyword.referenced_tables()),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::Api;
    use crate::options::{Options, Types};

    const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: T, version: '1' }
paths:
  /a:
    get:
      operationId: a
      responses:
        '200':
          description: Done.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Dog' } } } }
components:
  schemas:
    Cat: { type: object, properties: { name: { type: string, pattern: '^[c]+$' }, next: { $ref: '#/components/schemas/Cat' } } }
    Dog: { type: object, properties: { name: { type: string, pattern: '^[d]+$' }, bone: { $ref: '#/components/schemas/Bone' } } }
    Bone: { type: object, properties: { length: { type: integer } } }
";

    fn api(text: &str, types: Types) -> Api {
        crate::pipeline::lowered(text, &Options { types, ..Options::default() })
    }

    fn names(api: &Api) -> Vec<&str> {
        api.emitted_types.iter().map(|id| api.types[id.0].name.as_str()).collect()
    }

    fn patterns(api: &Api) -> Vec<&str> {
        api.emitted_patterns.iter().map(|id| api.patterns[id.0].text.as_str()).collect()
    }

    #[test]
    fn types_and_patterns_that_no_operation_reaches_are_left_out() {
        let api = api(DOCUMENT, Types::Used);
        assert_eq!((names(&api), patterns(&api)), (vec!["Dog", "Bone"], vec!["^[d]+$"]));
        assert_eq!(api.unused_components, 1, "a type that contains itself is no user of itself");
    }

    #[test]
    fn all_types_stay_where_the_user_or_the_document_wants_them() {
        let all = api(DOCUMENT, Types::All);
        assert_eq!((names(&all), patterns(&all)), (vec!["Cat", "Dog", "Bone"], vec!["^[c]+$", "^[d]+$"]));
        let (head, rest) = DOCUMENT.split_once("paths:").unwrap();
        let (_, schemas) = rest.split_once("components:").unwrap();
        let schemas = api(&format!("{head}paths: {{}}\ncomponents:{schemas}"), Types::Used);
        assert_eq!((names(&schemas).len(), schemas.unused_components), (3, 0));
    }
}
