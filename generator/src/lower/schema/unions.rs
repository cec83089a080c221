//! Lowers unions to enums with a variant for each alternative.

use crate::ir::{Union, UnionKeyword, UnionVariant};
use crate::lower::analysis::predicates::is_secret;
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::variants::variant_names;
use crate::lower::state::Lowering;
use crate::resolve::document::{Schema, SchemaRef};

/// A union with more alternatives than this is treated as overlapping, because comparing all pairs of alternatives would take
/// too long.
const MAX_COMPARED: usize = 500;

impl<'d> Lowering<'d> {
    /// Lowers a schema with `oneOf` or `anyOf` to a union. Returns `None` if an alternative was reported as an error.
    pub(crate) fn lower_union(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Union> {
        let (keyword, alternatives) = match schema.one_of.is_empty() {
            true => (UnionKeyword::AnyOf, &schema.any_of),
            false => (UnionKeyword::OneOf, &schema.one_of),
        };
        let (discriminator, values) = match self.discriminator(schema, alternatives) {
            Some((discriminator, values)) => (Some(discriminator), values),
            None => (None, vec![Vec::new(); alternatives.len()]),
        };
        let unselected = values.iter().filter(|values| values.is_empty()).count();
        let is_ambiguous = keyword == UnionKeyword::OneOf && (discriminator.is_none() || unselected > 1);
        let overlapping = is_ambiguous && self.do_any_overlap(alternatives);
        let labels = self.labels(alternatives, &values);
        let names = variant_names(alternatives, &labels);
        let is_alternative = |part: &SchemaRef| alternatives.iter().any(|known| std::ptr::eq(known, part));
        let is_secret = is_secret(schema) || self.secrets.untyped(schema, is_alternative);
        let mut variants = Vec::new();
        for (index, (alternative, discriminator_values)) in alternatives.iter().zip(values).enumerate() {
            let label = &labels[index];
            let implied = format!("/{}/{index}", keyword.as_str());
            let mut value = self.lower_part(alternative, &context.part(label), schema, &implied)?;
            value.nullable = false;
            value.secret |= is_secret;
            self.propose_pattern_names(&value.rules, label);
            let docs = docs::schema(self.resolved(alternative));
            let describes_discriminator = discriminator
                .as_ref()
                .is_none_or(|discriminator| self.describes(self.unwrapped(alternative), &discriminator.property));
            let name = names[index].clone();
            variants.push(UnionVariant { name, docs, value, discriminator_values, describes_discriminator });
        }
        Some(Union { keyword, discriminator, overlapping, variants })
    }

    /// Returns whether any two alternatives may accept the same value.
    ///
    /// Returns true for more than [`MAX_COMPARED`] alternatives, because the comparison of all pairs would take too long.
    fn do_any_overlap(&self, alternatives: &[SchemaRef]) -> bool {
        alternatives.len() > MAX_COMPARED || !self.disjointness.are_all_disjoint(alternatives)
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{Api, TypeKind};
    use crate::options::Options;

    /// Lowers a document with a union of these alternatives.
    fn api_with_union(alternatives: &[&str]) -> Api {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    U: {{ anyOf: [{}] }}\n",
            alternatives.join(", ")
        );
        crate::pipeline::lowered(&text, &Options { types: crate::options::Types::All, ..Options::default() })
    }

    /// Returns the variants of the union `U` in the order in which decoding tries them, each with the number of its fields.
    fn trial_order(api: &Api) -> Vec<(String, usize)> {
        let found = api.types.iter().find_map(|definition| match &definition.kind {
            TypeKind::Union(union) if definition.name == "U" => Some(union),
            _ => None,
        });
        let union = found.expect("the union");
        let fields = |index: usize| match &union.variants[index].value.kind {
            crate::ir::Type::Named { id, .. } => match &api.types[id.0].kind {
                TypeKind::Struct(structure) => structure.fields.len(),
                _ => 0,
            },
            _ => 0,
        };
        let order = api.trial_order(union).into_iter();
        order.map(|index| (union.variants[index].name.clone(), fields(index))).collect()
    }

    const ALTERNATIVES: &[&str] = &[
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, required: [b], properties: { b: { type: string } } }",
        "{ type: object, properties: { a: { type: string }, c: { type: string } } }",
        "{ type: string }",
        "{ type: string, enum: [x, y] }",
        "{ type: string, format: date }",
        "{}",
    ];

    #[test]
    fn the_most_restrictive_variant_is_tried_first_in_any_document_order() {
        let wanted = [("B", 1), ("C", 2), ("Object", 1), ("Enum", 0), ("Date", 0), ("Text", 0), ("Value", 0)];
        let mut rotated = ALTERNATIVES.to_vec();
        for _ in 0..rotated.len() {
            rotated.rotate_left(1);
            let tried = trial_order(&api_with_union(&rotated));
            let tried: Vec<(&str, usize)> = tried.iter().map(|(name, fields)| (name.as_str(), *fields)).collect();
            assert_eq!(tried, wanted, "{rotated:?}");
        }
    }
}
