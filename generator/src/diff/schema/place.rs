//! Computes the JSON Pointers of keywords.

use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Returns the JSON Pointer of a keyword. If the schema does not have the keyword, returns the JSON Pointer of the schema.
pub(crate) fn keyword_place(schema: &Schema, has_keyword: bool, keyword: &str) -> Pointer {
    if has_keyword { schema.pointer.join(keyword) } else { schema.pointer.clone() }
}
