//! Writes the documentation of a schema.

use crate::ir::Docs;
use crate::lower::docs::constraints::constraints;
use crate::lower::docs::markdown::{paragraph, prose};
use crate::resolve::document::Schema;

/// Returns the documentation of a schema: description or title, constraints, source and deprecation.
pub(crate) fn schema(schema: &Schema) -> Docs {
    let mut docs = Docs::new();
    let text = schema.description.as_deref().or(schema.title.as_deref());
    paragraph(&mut docs, text.map(prose).unwrap_or_default());
    paragraph(&mut docs, constraints(schema));
    paragraph(&mut docs, source(schema.source.as_deref()));
    paragraph(&mut docs, deprecated(schema.deprecated));
    docs
}

/// Returns the sentence that marks a type, field or parameter as deprecated. The attribute `#[deprecated]` is not used, because
/// it would also cause warnings in the emitted crate itself.
pub(crate) fn deprecated(deprecated: bool) -> Option<String> {
    deprecated.then(|| "**Deprecated.**".to_owned())
}

/// Returns the line `Source: …` for the value of `x-source`.
pub(crate) fn source(source: Option<&str>) -> Docs {
    source.map(|source| prose(&format!("Source: {source}"))).unwrap_or_default()
}
