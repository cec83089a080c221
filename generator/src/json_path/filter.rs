//! Evaluates the conditions of filters.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::ControlFlow;
use std::rc::Rc;

use serde_json::Value;

use crate::json::decimal::Decimal;
use crate::json::equality::is_equal;
use crate::json_path::budget::steps_of;
use crate::json_path::evaluation::{Evaluation, item};
use crate::json_path::model::{Condition, Operand, Operator, PatternOperand, Query, Selector};
use crate::json_path::text_pattern::TextPattern;

/// The largest number of compiled patterns of a document that are kept.
const MAX_PATTERNS: usize = 16;

/// Returns the steps of a comparison with `value`.
fn weight(value: &Value) -> u64 {
    match value {
        Value::Null | Value::Bool(_) => 1,
        Value::Number(number) => steps_of(number.as_str().len()),
        Value::String(text) => steps_of(text.len()),
        Value::Array(items) => 1 + items.iter().map(weight).sum::<u64>(),
        Value::Object(members) => {
            1 + members.iter().map(|(name, member)| steps_of(name.len()) + weight(member)).sum::<u64>()
        }
    }
}

impl<'d> Evaluation<'d> {
    /// Returns whether a condition is true for the value of `@`. The result has no meaning if the budget is used up.
    pub(super) fn is_true(&self, condition: &Condition, current: &'d Value) -> bool {
        match condition {
            Condition::Or(conditions) => conditions.iter().any(|condition| self.is_true(condition, current)),
            Condition::And(conditions) => conditions.iter().all(|condition| self.is_true(condition, current)),
            Condition::Not(condition) => !self.is_true(condition, current),
            Condition::Exists(query) => self.query(query, current, &mut |_, _| ControlFlow::Break(())).is_break(),
            Condition::Comparison(left, operator, right) => {
                let (left, right) = (self.value(left, current), self.value(right, current));
                self.compare(left.as_deref(), *operator, right.as_deref())
            }
            Condition::Matches { text, pattern, is_whole } => self.matches((text, pattern), *is_whole, current),
        }
    }

    /// Returns the value of an operand. Returns `None` if it has none.
    fn value<'v>(&self, operand: &'v Operand, current: &'d Value) -> Option<Cow<'v, Value>>
    where
        'd: 'v,
    {
        match operand {
            Operand::Literal(value) => Some(Cow::Borrowed(value)),
            Operand::Query(query) => self.single(query, current).map(Cow::Borrowed),
            Operand::Length(operand) => {
                let value = self.value(operand, current)?;
                let length = match &*value {
                    Value::String(text) => {
                        _ = self.budget.spend(steps_of(text.len()));
                        text.chars().count()
                    }
                    Value::Array(items) => items.len(),
                    Value::Object(members) => members.len(),
                    _ => return None,
                };
                Some(Cow::Owned(Value::from(length)))
            }
            Operand::Count(query) => {
                let mut count = 0_u64;
                _ = self.query(query, current, &mut |_, _| {
                    count += 1;
                    ControlFlow::Continue(())
                });
                Some(Cow::Owned(Value::from(count)))
            }
            Operand::Value(query) => {
                let (mut value, mut count) = (None, 0);
                _ = self.query(query, current, &mut |found, _| {
                    (value, count) = (Some(found), count + 1);
                    if count > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                });
                value.filter(|_| count == 1).map(Cow::Borrowed)
            }
        }
    }

    /// Returns the value of a query that selects at most one.
    fn single(&self, query: &Query, current: &'d Value) -> Option<&'d Value> {
        let mut value = if query.is_relative { current } else { self.root };
        for segment in &query.segments {
            _ = self.budget.spend(1);
            value = match (segment.selectors.as_slice(), value) {
                ([Selector::Name(name)], Value::Object(members)) => members.get(name)?,
                ([Selector::Index(index)], Value::Array(items)) => item(items, *index)?.1,
                _ => return None,
            };
        }
        Some(value)
    }

    fn compare(&self, left: Option<&Value>, operator: Operator, right: Option<&Value>) -> bool {
        match operator {
            Operator::Equal => self.is_equal(left, right),
            Operator::NotEqual => !self.is_equal(left, right),
            Operator::Less => self.is_less(left, right),
            Operator::Greater => self.is_less(right, left),
            Operator::LessOrEqual => self.is_less(left, right) || self.is_equal(left, right),
            Operator::GreaterOrEqual => self.is_less(right, left) || self.is_equal(left, right),
        }
    }

    fn is_equal(&self, left: Option<&Value>, right: Option<&Value>) -> bool {
        let (Some(left), Some(right)) = (left, right) else { return left.is_none() && right.is_none() };
        if std::mem::discriminant(left) != std::mem::discriminant(right) {
            return false;
        }
        // The comparison ends with the smaller value, but the smaller one is not known before both are measured.
        self.budget.spend(weight(left) + weight(right)).is_continue() && is_equal(left, right)
    }

    fn is_less(&self, left: Option<&Value>, right: Option<&Value>) -> bool {
        match (left, right) {
            (Some(Value::String(left)), Some(Value::String(right))) => {
                _ = self.budget.spend(steps_of(left.len().min(right.len())));
                left < right
            }
            (Some(left @ Value::Number(first)), Some(right @ Value::Number(second))) => {
                _ = self.budget.spend(weight(left) + weight(right));
                match (first.as_i64(), second.as_i64()) {
                    (Some(first), Some(second)) => first < second,
                    _ => Decimal::from(first).cmp(&Decimal::from(second)) == Ordering::Less,
                }
            }
            _ => false,
        }
    }

    fn matches(&self, (text, pattern): (&Operand, &PatternOperand), is_whole: bool, current: &'d Value) -> bool {
        let text = self.value(text, current);
        let Some(Value::String(text)) = text.as_deref() else { return false };
        match pattern {
            PatternOperand::Literal(pattern) => pattern.as_ref().is_some_and(|pattern| self.is_match(pattern, text)),
            PatternOperand::Other(operand) => {
                let pattern = self.value(operand, current);
                let Some(Value::String(pattern)) = pattern.as_deref() else { return false };
                self.compiled(pattern, is_whole).is_some_and(|pattern| self.is_match(&pattern, text))
            }
        }
    }

    fn is_match(&self, pattern: &TextPattern, text: &str) -> bool {
        self.budget.spend(pattern.steps(text)).is_continue() && pattern.is_match(text)
    }

    /// Returns a pattern that a value contains, compiled. Returns `None` for a text that is not a pattern.
    fn compiled(&self, text: &str, is_whole: bool) -> Option<Rc<TextPattern>> {
        let patterns = &self.patterns[usize::from(is_whole)];
        if let Some(known) = patterns.borrow().get(text) {
            return known.clone();
        }
        let pattern = TextPattern::new(text, is_whole).map(Rc::new);
        let steps = pattern.as_ref().map_or(TextPattern::LEAST_STEPS_TO_COMPILE, |pattern| pattern.steps_to_compile());
        if self.budget.spend(steps).is_break() {
            return None;
        }
        let mut patterns = patterns.borrow_mut();
        if patterns.len() == MAX_PATTERNS {
            patterns.clear();
        }
        patterns.insert(text.to_owned(), pattern.clone());
        pattern
    }
}
