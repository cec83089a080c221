//! Names the variants of unions by what distinguishes their alternatives.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lower::analysis::canonical;
use crate::lower::analysis::predicates::alternatives as nested_alternatives;
use crate::lower::naming::content::{content_words, title};
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::VARIANT_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::schema::discriminators::DiscriminatorValues;
use crate::lower::state::Lowering;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

/// The maximum depth of nested lists in a label.
const MAX_DEPTH: usize = 3;

/// The maximum number of values or alternatives in a label.
const MAX_PARTS: usize = 3;

impl Lowering<'_> {
    /// Returns a label for each alternative of a union. The variant, and the type of an inline alternative, are named after the
    /// label. It is the first of these that the alternative has:
    ///
    /// 1. the only value of the discriminator, or of another property that distinguishes the alternatives
    /// 2. the name of the component, the title, a value of one letter such as `v4`, or the few values of the discriminator
    /// 3. a member that only this alternative requires or describes
    /// 4. the type, with the type of the items or the format if other alternatives have the same type
    ///
    /// A label of the first three kinds is used only if no other alternative has it.
    pub(crate) fn labels(&self, alternatives: &[SchemaRef], values: &DiscriminatorValues) -> Vec<String> {
        let constants = self.constants(alternatives);
        let required = self.own_members(alternatives, |schema| schema.required.clone());
        let described = self.own_members(alternatives, |schema| schema.properties.keys().cloned().collect());
        let is_distinguished = constants.iter().all(Option::is_some);
        let candidates = |index: usize| {
            let alternative = &alternatives[index];
            let name = component_name(alternative);
            let schema = self.unwrapped(alternative);
            let discriminator = match values[index].as_slice() {
                [only] => Some(only.clone()),
                _ => None,
            };
            let has_few_values = values[index].len() <= MAX_PARTS;
            // A constant that only some alternatives have says less about a component than its name.
            let constant = constants[index].clone().filter(|_| is_distinguished || name.is_none());
            let only_value = only_value(schema).map(str::to_owned);
            let is_inline = name.is_none();
            let member = |members: &[Option<String>]| members[index].clone().filter(|_| is_inline);
            let candidates = [
                discriminator.clone().filter(|value| is_telling(value)),
                constant.or(only_value.filter(|_| is_inline)).filter(|value| is_telling(value)),
                name.clone(),
                title(schema).filter(|_| is_inline),
                discriminator.filter(|value| value.chars().any(char::is_alphabetic)),
                Some(values[index].join(" or "))
                    .filter(|values| is_inline && is_telling(values))
                    .filter(|_| has_few_values),
                member(&required),
                member(&described),
                Some(type_label(schema)).filter(|_| is_inline),
                detailed_type_label(schema, MAX_DEPTH).filter(|_| is_inline),
            ];
            candidates.into_iter().flatten().collect()
        };
        let candidates: Vec<Vec<String>> = (0..alternatives.len()).map(candidates).collect();
        unique_labels(&candidates)
    }

    /// Returns the value of the property that distinguishes the most alternatives by a single value of its `enum`. The value is
    /// `None` for an alternative without such a value.
    fn constants(&self, alternatives: &[SchemaRef]) -> Vec<Option<String>> {
        let mut values: BTreeMap<&String, Vec<Option<String>>> = BTreeMap::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            for (name, property) in &self.unwrapped(alternative).properties {
                if let Some(value) = only_value(self.unwrapped(property)) {
                    let values = values.entry(name).or_insert_with(|| vec![None; alternatives.len()]);
                    values[index] = Some(value.to_owned());
                }
            }
        }
        let are_distinct = |values: &&Vec<Option<String>>| {
            let present: Vec<&String> = values.iter().flatten().collect();
            let distinct: BTreeSet<&&String> = present.iter().collect();
            distinct.len() == present.len()
        };
        let count = |values: &Vec<Option<String>>| values.iter().flatten().count();
        let distinct = values.values().filter(are_distinct);
        let best = distinct.fold(None, |best: Option<&Vec<Option<String>>>, values| match best {
            Some(best) if count(best) >= count(values) => Some(best),
            _ => Some(values),
        });
        best.cloned().unwrap_or_else(|| vec![None; alternatives.len()])
    }

    /// Returns the first member, in alphabetical order, that only this alternative has. `members` returns the members of a schema.
    fn own_members(&self, alternatives: &[SchemaRef], members: fn(&Schema) -> Vec<String>) -> Vec<Option<String>> {
        let of_each: Vec<BTreeSet<String>> =
            alternatives.iter().map(|alternative| members(self.unwrapped(alternative)).into_iter().collect()).collect();
        let mut count_of: HashMap<&String, usize> = HashMap::new();
        of_each.iter().flatten().for_each(|member| *count_of.entry(member).or_default() += 1);
        of_each.iter().map(|members| members.iter().find(|member| count_of[member] == 1).cloned()).collect()
    }
}

/// Returns the first candidate of each alternative that no other alternative has as its label. The last candidate is used in any
/// case.
fn unique_labels(candidates: &[Vec<String>]) -> Vec<String> {
    let mut levels = vec![0; candidates.len()];
    let label = |index: usize, level: usize| candidates[index].get(level).map_or("Value", String::as_str);
    loop {
        let mut count_of: HashMap<String, usize> = HashMap::new();
        let name = |index: usize, levels: &[usize]| identifiers::pascal(label(index, levels[index]));
        (0..candidates.len()).for_each(|index| *count_of.entry(name(index, &levels)).or_default() += 1);
        let is_ambiguous =
            |index: &usize| count_of[&name(*index, &levels)] > 1 && levels[*index] + 1 < candidates[*index].len();
        let ambiguous: Vec<usize> = (0..candidates.len()).filter(is_ambiguous).collect();
        if ambiguous.is_empty() {
            return (0..candidates.len()).map(|index| label(index, levels[index]).to_owned()).collect();
        }
        ambiguous.into_iter().for_each(|index| levels[index] += 1);
    }
}

/// Returns the names of the variants. The names do not depend on the order of the alternatives.
pub(crate) fn variant_names(alternatives: &[SchemaRef], labels: &[String]) -> Vec<String> {
    let mut scope = Scope::with(VARIANT_NAMES);
    let mut names = vec![String::new(); labels.len()];
    for (index, _) in canonical::sorted(alternatives) {
        let label = &labels[index];
        let name = identifiers::variant(label);
        names[index] = scope.take_first([name.clone(), name + "Value"]);
    }
    names
}

/// Returns whether a value can be the name of a variant: it has at least two letters, and is not a boolean.
fn is_telling(value: &str) -> bool {
    !matches!(value, "true" | "false") && value.chars().filter(|letter| letter.is_alphabetic()).count() > 1
}

/// Returns the name of the component to which an alternative or a wrapper such as `allOf: [A]` refers.
fn component_name(alternative: &SchemaRef) -> Option<String> {
    match alternative {
        SchemaRef::Component { name, .. } => Some(name.clone()),
        SchemaRef::Inline(schema) => match schema.all_of.as_slice() {
            [SchemaRef::Component { name, .. }] => Some(name.clone()),
            _ => None,
        },
    }
}

/// Returns the only value of `enum` if it is a string.
fn only_value(schema: &Schema) -> Option<&str> {
    match schema.enum_values.as_deref() {
        Some([only]) => only.as_str(),
        _ => None,
    }
}

/// Returns the type of a schema as a word.
fn type_label(schema: &Schema) -> String {
    let label = match schema.kind {
        Some(SchemaType::String) if schema.enum_values.is_some() => "Enum",
        Some(SchemaType::String) => "Text",
        Some(SchemaType::Number) => "Number",
        Some(SchemaType::Integer) => "Integer",
        Some(SchemaType::Boolean) => "Boolean",
        Some(SchemaType::Array) => "List",
        Some(SchemaType::Object) => "Object",
        None if !schema.properties.is_empty() => "Object",
        None => "Value",
    };
    label.to_owned()
}

/// Returns the type of a schema with the part that distinguishes it from other schemas of the same type: the format, the values,
/// the type of the items or the alternatives.
fn detailed_type_label(schema: &Schema, depth: usize) -> Option<String> {
    let label = type_label(schema);
    let of_part = |part: &SchemaRef| match part {
        SchemaRef::Component { name, .. } => Some(name.clone()),
        SchemaRef::Inline(schema) if depth == 0 => Some(type_label(schema)),
        SchemaRef::Inline(schema) => component_name(part)
            .or_else(|| title(schema))
            .or_else(|| detailed_type_label(schema, depth - 1))
            .or_else(|| Some(type_label(schema))),
    };
    if let Some(items) = &schema.items {
        return of_part(items).map(|items| format!("{items} {label}"));
    }
    if let AdditionalProperties::Schema(members) = &schema.additional_properties {
        return of_part(members).map(|members| format!("{members} map"));
    }
    let nested = nested_alternatives(schema);
    if (1..=MAX_PARTS).contains(&nested.len()) {
        let nested: Option<Vec<String>> = nested.iter().map(of_part).collect();
        return nested.map(|mut nested| {
            nested.sort_unstable();
            nested.dedup();
            nested.join(" or ")
        });
    }
    if let Some(values) = &schema.enum_values {
        let mut values: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        values.sort_unstable();
        values.truncate(MAX_PARTS);
        return (!values.is_empty()).then(|| values.join(" "));
    }
    schema.format.clone().or_else(|| content_words(schema, MAX_PARTS))
}

#[cfg(test)]
mod tests {
    use crate::ir::TypeKind;
    use crate::options::{Options, Types};

    /// Returns the names of the variants of a union of these alternatives, in alphabetical order.
    fn variants(alternatives: &[&str]) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    U: {{ anyOf: [{}] }}\n    \
             CatBase: {{ type: object, properties: {{ kind: {{ type: string, enum: [cat] }}, a: {{ type: string }} }} }}\n    \
             Dog: {{ type: object, properties: {{ kind: {{ type: string, enum: [dog] }}, b: {{ type: string }} }} }}\n",
            alternatives.join(", ")
        );
        let api = crate::pipeline::lowered(&text, &Options { types: Types::All, ..Options::default() });
        let union = api.types.iter().find_map(|definition| match &definition.kind {
            TypeKind::Union(union) if definition.name == "U" => Some(union),
            _ => None,
        });
        let mut names: Vec<String> = union.unwrap().variants.iter().map(|variant| variant.name.clone()).collect();
        names.sort();
        names
    }

    const CAT: &str = "{ $ref: '#/components/schemas/CatBase' }";
    const DOG: &str = "{ $ref: '#/components/schemas/Dog' }";

    #[test]
    fn a_constant_of_every_alternative_takes_precedence_over_names() {
        assert_eq!(variants(&[CAT, DOG]), ["Cat", "Dog"]);
        assert_eq!(variants(&[CAT, DOG, "{ type: string }"]), ["CatBase", "Dog", "Text"]);
        let text = "{ type: object, title: Words, properties: { kind: { type: string, enum: [text] } } }";
        assert_eq!(variants(&[CAT, text, "{ type: string, title: Name }"]), ["CatBase", "Name", "Text"]);
    }

    #[test]
    fn inline_alternatives_are_named_by_their_own_members() {
        let object = |members: &str| format!("{{ type: object, {members} }}");
        let pair = "properties: { a: { type: string }, b: { type: string } }";
        let required = [object(&format!("required: [a], {pair}")), object(&format!("required: [b], {pair}"))];
        assert_eq!(variants(&required.each_ref().map(String::as_str)), ["A", "B"]);
        let described = [object("properties: { a: { type: string } }"), object(pair)];
        assert_eq!(variants(&described.each_ref().map(String::as_str)), ["B", "Object"]);
    }

    #[test]
    fn inline_alternatives_are_named_by_their_types() {
        assert_eq!(
            variants(&["{ type: string }", "{ type: integer }", "{ type: array, items: { type: string } }"]),
            ["Integer", "List", "Text"]
        );
        let lists = [
            "{ type: array, items: { type: string } }",
            "{ type: array, items: { type: array, items: { type: integer } } }",
        ];
        assert_eq!(variants(&lists), ["IntegerListList", "TextList"]);
        let texts = ["{ type: string }", "{ type: string, format: date }", "{ type: string, format: uuid }"];
        assert_eq!(variants(&texts), ["Date", "Text", "Uuid"]);
    }
}
