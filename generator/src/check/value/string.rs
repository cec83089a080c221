//! Validates the keywords of strings: lengths, `pattern` and `format`.

use std::cell::RefMut;
use std::collections::HashMap;

use crate::check::value::describe::describe;
use crate::check::value::scalar::validate_size;
use crate::check::value::validator::{BYTES_PER_STEP, Validator};
use crate::check::value::violation::Instance;
use crate::pattern::{Compiled, compile};
use crate::resolve::document::{Schema, string_format};

/// The largest number of compiled patterns that are kept. Each takes about 25 KB.
const MOST_COMPILED: usize = 10_000;

/// The number of steps to compile a pattern.
const STEPS_TO_COMPILE: usize = 100;

/// The number of steps to find a compiled pattern, in addition to those of its length.
const STEPS_PER_PATTERN: usize = 5;

impl<'d> Validator<'d> {
    /// Validates the keywords of strings.
    pub(super) fn validate_string(&self, schema: &'d Schema, text: &str, instance: &mut Instance<'_>) {
        if schema.min_length.is_some() || schema.max_length.is_some() {
            let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
            let (min, max) = ((schema.min_length, "minLength"), (schema.max_length, "maxLength"));
            validate_size(length, min, max, "characters", instance);
        }
        if let Some(pattern) = &schema.pattern {
            let value = || describe(instance.value);
            match self.matches(pattern, text) {
                Some(true) => {}
                Some(false) => {
                    instance.violates("pattern", format!("is {}, which does not match `{pattern}`", value()))
                }
                None => {
                    let message = format!("is {}, for which matching `{pattern}` takes too many steps", value());
                    instance.violates("pattern", message);
                }
            }
        }
        validate_format(schema, text, instance);
    }

    /// Returns whether `text` matches `pattern`; `None` if matching takes too many steps. An invalid pattern matches everything,
    /// because another rule reports it.
    pub(super) fn matches(&self, pattern: &'d str, text: &str) -> Option<bool> {
        let mut patterns: RefMut<'_, HashMap<&'d str, Option<Compiled>>> = self.patterns.borrow_mut();
        let is_new = !patterns.contains_key(pattern);
        if is_new && patterns.len() == MOST_COMPILED {
            patterns.clear();
        }
        let compiled = patterns.entry(pattern).or_insert_with(|| compile(pattern).ok());
        let Some(compiled) = compiled else { return Some(true) };
        let base = STEPS_PER_PATTERN + pattern.len() / BYTES_PER_STEP + if is_new { STEPS_TO_COMPILE } else { 0 };
        self.limited(|steps| {
            let (result, taken) = compiled.decide_within(text, steps.saturating_sub(base));
            (result, taken.saturating_add(base))
        })
    }
}

/// Validates `format` with the functions that generated validators use.
fn validate_format(schema: &Schema, text: &str, instance: &mut Instance<'_>) {
    if let Some(name) = schema.validated_format()
        && let Some(is_valid) = string_format::validator(name)
        && !is_valid(text)
    {
        instance
            .violates("format", format!("is {}, which does not have the format `{name}`", describe(instance.value)));
    }
}
