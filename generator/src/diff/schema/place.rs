//! Determines the places of keywords.

use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Returns the place of a keyword if the schema has the keyword, otherwise the place of the schema.
pub(crate) fn keyword_place(schema: &Schema, has_keyword: bool, keyword: &str) -> Pointer {
    if has_keyword { schema.pointer.join(keyword) } else { schema.pointer.clone() }
}
