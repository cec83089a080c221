//! Selects the values of a query.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::ControlFlow;
use std::rc::Rc;

use serde_json::Value;

use crate::json_path::budget::{Budget, steps_of};
use crate::json_path::model::{Query, Segment, Selector};
use crate::json_path::text_pattern::TextPattern;
use crate::pointer::Pointer;

/// The place of a value, as a list from the value to the root.
pub(super) enum Location<'l> {
    Root,
    Member(&'l Location<'l>, &'l str),
    Item(&'l Location<'l>, usize),
}

impl Location<'_> {
    /// Returns the place as a JSON Pointer.
    pub(super) fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Member(parent, name) => {
                let mut place = parent.pointer();
                place.push(name);
                place
            }
            Self::Item(parent, index) => {
                let mut place = parent.pointer();
                place.push(index);
                place
            }
        }
    }
}

/// A function that receives the selected values one by one. It breaks to stop the evaluation.
pub(super) type Found<'f, 'd> = &'f mut dyn FnMut(&'d Value, &Location<'_>) -> ControlFlow<()>;

/// The evaluation of a path. All its functions stop early when the budget is used up.
pub(super) struct Evaluation<'d> {
    pub(super) root: &'d Value,
    pub(super) budget: &'d Budget,
    /// The last patterns that values of the document contained, compiled, for `search` and `match`. `None` for a text that is not
    /// a pattern.
    pub(super) patterns: [RefCell<HashMap<String, Option<Rc<TextPattern>>>>; 2],
}

impl<'d> Evaluation<'d> {
    pub(super) fn new(root: &'d Value, budget: &'d Budget) -> Self {
        Self { root, budget, patterns: Default::default() }
    }

    /// Passes each value that the query selects to `found`. `current` is the value of `@`.
    pub(super) fn query(&self, query: &Query, current: &'d Value, found: Found<'_, 'd>) -> ControlFlow<()> {
        let start = if query.is_relative { current } else { self.root };
        self.walk(start, &Location::Root, &query.segments, found)
    }

    /// Passes each value that the segments select, starting at `value`, to `found`.
    pub(super) fn walk(
        &self,
        value: &'d Value,
        here: &Location<'_>,
        segments: &[Segment],
        found: Found<'_, 'd>,
    ) -> ControlFlow<()> {
        self.budget.spend(1)?;
        let Some((segment, rest)) = segments.split_first() else { return found(value, here) };
        for selector in &segment.selectors {
            self.select(value, here, (selector, rest), found)?;
        }
        if segment.is_descendant {
            self.children(value, here, &mut |child, there| self.walk(child, there, segments, found))?;
        }
        ControlFlow::Continue(())
    }

    /// Walks from each child of `value` that the selector selects.
    fn select(
        &self,
        value: &'d Value,
        here: &Location<'_>,
        (selector, rest): (&Selector, &[Segment]),
        found: Found<'_, 'd>,
    ) -> ControlFlow<()> {
        self.budget.spend(1)?;
        match (selector, value) {
            (Selector::Name(name), Value::Object(members)) => {
                self.budget.spend(steps_of(name.len()))?;
                match members.get(name) {
                    Some(member) => self.walk(member, &Location::Member(here, name), rest, found),
                    None => ControlFlow::Continue(()),
                }
            }
            (Selector::Wildcard, _) => {
                self.children(value, here, &mut |child, there| self.walk(child, there, rest, found))
            }
            (Selector::Filter(condition), _) => self.children(value, here, &mut |child, there| {
                self.budget.spend(1)?;
                if self.is_true(condition, child) {
                    self.walk(child, there, rest, found)
                } else {
                    ControlFlow::Continue(())
                }
            }),
            (Selector::Index(index), Value::Array(items)) => match item(items, *index) {
                Some((index, child)) => self.walk(child, &Location::Item(here, index), rest, found),
                None => ControlFlow::Continue(()),
            },
            (Selector::Slice { start, end, step }, Value::Array(items)) => {
                for index in slice(items.len(), (*start, *end, *step)) {
                    self.walk(&items[index], &Location::Item(here, index), rest, found)?;
                }
                ControlFlow::Continue(())
            }
            _ => ControlFlow::Continue(()),
        }
    }

    /// Passes each member or item of `value` to `each`.
    fn children(
        &self,
        value: &'d Value,
        here: &Location<'_>,
        each: &mut dyn FnMut(&'d Value, &Location<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        match value {
            Value::Object(members) => {
                members.iter().try_for_each(|(name, member)| each(member, &Location::Member(here, name)))
            }
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(index, item)| each(item, &Location::Item(here, index)))
            }
            _ => ControlFlow::Continue(()),
        }
    }
}

/// Returns the item at an index, which counts from the end if it is negative, and its index from the start.
pub(super) fn item(items: &[Value], index: i64) -> Option<(usize, &Value)> {
    let length = i64::try_from(items.len()).ok()?;
    let index = usize::try_from(if index < 0 { index + length } else { index }).ok()?;
    items.get(index).map(|item| (index, item))
}

/// Returns the indices that a slice selects in a list of `length` items, in its order.
fn slice(length: usize, (start, end, step): (Option<i64>, Option<i64>, i64)) -> impl Iterator<Item = usize> {
    // A list never has more items than an `i64` can count.
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let from_start = |index: i64| if index < 0 { index + length } else { index };
    let (first, end) = match step {
        1.. => (from_start(start.unwrap_or(0)).clamp(0, length), from_start(end.unwrap_or(length)).clamp(0, length)),
        _ => {
            let last = length - 1;
            let end = end.map_or(-1, |end| from_start(end).clamp(-1, last));
            (from_start(start.unwrap_or(last)).clamp(-1, last), end)
        }
    };
    let indices = std::iter::successors(Some(first), move |index| index.checked_add(step));
    let is_selected = move |index: &i64| (step > 0 && *index < end) || (step < 0 && *index > end);
    indices.take_while(is_selected).filter_map(|index| usize::try_from(index).ok())
}
