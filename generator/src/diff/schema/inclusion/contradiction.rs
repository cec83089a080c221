//! Shows that no value has a context.

use crate::diff::schema::inclusion::context::Context;
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::Prover;
use crate::diff::schema::inclusion::range::{maximum, minimum};
use crate::diff::schema::inclusion::types::Types;

impl<'a> Prover<'_, 'a> {
    /// Returns whether no value has this context, without distinguishing the variants of unions.
    pub(super) fn is_contradictory(&mut self, context: &Context<'a>) -> bool {
        if !self.take_steps(1) {
            return false;
        }
        if self.listed_values(context).is_some_and(|values| values.is_empty()) {
            return true;
        }
        // Equal schemas are found first, because they are frequent: the variants of a `oneOf` that did not change.
        let excludes_known =
            context.excluded.iter().any(|excluded| context.parts.iter().any(|part| self.is_equal(*part, *excluded)));
        excludes_known
            || Types::of(context).each().all(|kind| self.has_no_value_of(context, kind))
            || (0..context.excluded.len()).any(|index| {
                let excluded = context.excluded[index];
                self.matches(&context.without_excluded(index), excluded)
            })
    }

    /// Returns whether no value of this type has this context.
    fn has_no_value_of(&mut self, context: &Context<'a>, kind: Types) -> bool {
        match kind {
            Types::INTEGER | Types::FRACTION => {
                let parts = || context.parts.iter().copied();
                let is_integer = kind == Types::INTEGER;
                let (least, most) = (minimum(parts(), is_integer), maximum(parts(), is_integer));
                least.zip(most).is_some_and(|(least, most)| least.leaves_nothing(&most))
            }
            Types::STRING => context.least(|part| part.min_length) > context.most(|part| part.max_length),
            Types::ARRAY => {
                let least = context.least(|part| part.min_items);
                least > context.most(|part| part.max_items) || (least > 0 && self.has_no_item(context))
            }
            Types::OBJECT => self.has_no_object(context),
            _ => false,
        }
    }

    fn has_no_item(&mut self, context: &Context<'a>) -> bool {
        let items: Vec<Part<'a>> = context.parts.iter().filter_map(|part| part.items()).collect();
        self.inner_is_empty(&items, context.description.items())
    }

    fn has_no_object(&mut self, context: &Context<'a>) -> bool {
        let required = self.required_names(context);
        let least = context.least(|part| part.min_properties).max(required.len() as u64);
        least > context.most(|part| part.max_properties)
            || required.into_iter().any(|name| {
                context.forbids(name) || self.inner_is_empty(&context.member(name), context.description.member(name))
            })
    }
}
