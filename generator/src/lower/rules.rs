//! Validation keywords: which of them apply to a type, as rules that emitted code checks.

use serde_json::Number;

use super::{Lowering, docs, names, patterns};
use crate::finding::Code;
use crate::ir::{Bound, Limit, Pattern, PatternId, Rule, Type};
use crate::resolve::document::Schema;

impl Lowering<'_> {
    /// The rules that `schema` sets for values of the type `kind`.
    pub(super) fn rules(&mut self, schema: &Schema, kind: &Type) -> Vec<Rule> {
        let mut rules = Vec::new();
        match kind {
            Type::String => {
                rules.extend(schema.min_length.filter(|limit| *limit > 0).map(Rule::MinLength));
                rules.extend(schema.max_length.map(Rule::MaxLength));
                rules.extend(schema.pattern.as_deref().map(|pattern| Rule::Pattern(self.pattern(pattern))));
            }
            Type::Int32 | Type::Int64 => self.bounds(schema, integer_limit, &mut rules),
            Type::Double => self.bounds(schema, |number, _| number.as_f64().map(Limit::Double), &mut rules),
            Type::List(_) => {
                rules.extend(schema.min_items.filter(|limit| *limit > 0).map(Rule::MinItems));
                rules.extend(schema.max_items.map(Rule::MaxItems));
            }
            Type::Map(_) => {
                rules.extend(schema.min_properties.filter(|limit| *limit > 0).map(Rule::MinProperties));
                rules.extend(schema.max_properties.map(Rule::MaxProperties));
            }
            Type::Boolean | Type::Any | Type::Bytes | Type::Named { .. } => {}
        }
        rules
    }

    fn bounds(&mut self, schema: &Schema, limit: fn(&Number, Side) -> Option<Limit>, rules: &mut Vec<Rule>) {
        let minimum = schema.minimum.as_ref().and_then(|number| limit(number, Side::Lower));
        let maximum = schema.maximum.as_ref().and_then(|number| limit(number, Side::Upper));
        rules.extend(minimum.map(|limit| Rule::Minimum(Bound { limit, exclusive: schema.exclusive_minimum })));
        rules.extend(maximum.map(|limit| Rule::Maximum(Bound { limit, exclusive: schema.exclusive_maximum })));
    }

    /// Refuses the keywords that no rule checks yet.
    pub(super) fn refuse_unsupported_keywords(&mut self, schema: &Schema) {
        let keywords = [("uniqueItems", schema.unique_items), ("multipleOf", schema.multiple_of.is_some())];
        for (keyword, present) in keywords {
            if present {
                let message = format!("copperplate does not check {keyword} yet.");
                self.refuse(
                    Code::UnsupportedSchema,
                    &schema.pointer,
                    message,
                    "Remove the keyword and say it in the description.",
                );
            }
        }
    }

    /// The constant for `text`; equal patterns share one.
    pub(super) fn pattern(&mut self, text: &str) -> PatternId {
        if let Some(known) = self.patterns.iter().position(|pattern| pattern.text == text) {
            return PatternId(known);
        }
        let constant = self.pattern_names.take("PATTERN".to_owned());
        let docs = vec![format!("`pattern` {}", docs::code(text))];
        self.patterns.push(Pattern { constant, docs, text: text.to_owned(), matcher: patterns::matcher(text) });
        PatternId(self.patterns.len() - 1)
    }

    /// Names the constants after the first place that uses them, which is known only when a field or argument is lowered.
    pub(super) fn name_patterns(&mut self, rules: &[Rule], owner: &str) {
        for rule in rules {
            if let Rule::Pattern(PatternId(id)) = rule {
                let generic = self.patterns[*id].constant.starts_with("PATTERN");
                if generic {
                    self.patterns[*id].constant = self.pattern_names.take(names::shouty(owner));
                }
            }
        }
    }
}

/// Which end of the range a limit stands for.
#[derive(Clone, Copy)]
enum Side {
    Lower,
    Upper,
}

/// An integer bound. A fraction is rounded into the range; a bound beyond every 64-bit integer becomes the last one that is
/// still exact as a number, so that what no integer can reach is reached by none.
fn integer_limit(number: &Number, side: Side) -> Option<Limit> {
    if let Some(limit) = number.as_i64() {
        return Some(Limit::Integer(limit));
    }
    let limit = number.as_f64()?;
    let rounded = match side {
        Side::Lower => limit.ceil(),
        Side::Upper => limit.floor(),
    };
    // `as` stops at the ends of the range.
    Some(Limit::Integer(rounded as i64))
}
