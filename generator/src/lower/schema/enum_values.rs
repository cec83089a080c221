//! Listed values: which of them a schema can have at all.

use copperplate_runtime::runtime::validation::format;
use serde_json::Value;

use crate::json::equality::is_equal;
use crate::pattern::compile;
use crate::resolve::document::Schema;

/// Whether a list has the value.
pub(crate) fn has(listed: &[Value], value: &Value) -> bool {
    listed.iter().any(|listed| is_equal(listed, value))
}

/// Leaves the texts that the other keywords of their schema allow: the type that they become judges nothing but which of them it is.
pub(crate) fn keep_possible(schema: &mut Schema) {
    let Some(mut values) = schema.enum_values.take() else { return };
    let pattern = schema.pattern.as_deref().and_then(|pattern| compile(pattern).ok());
    let decides = schema.format.as_deref().and_then(format::validator);
    values.retain(|value| {
        let Some(text) = value.as_str() else { return true };
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        schema.min_length.is_none_or(|least| length >= least)
            && schema.max_length.is_none_or(|most| length <= most)
            && pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
            && decides.is_none_or(|decides| decides(text))
    });
    schema.enum_values = Some(values);
}
