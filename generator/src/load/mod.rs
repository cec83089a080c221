//! From text to a raw tree that has the shape of OpenAPI 3.0, and to `openapiv3`'s types.
//!
//! `openapiv3` vouches for the tree as a whole, but says neither where it fails nor what it passes over. So the
//! grammar goes through the tree first, piece by piece: each misshapen piece is one finding and is taken out, and the
//! rest of the document goes on to the next stages.

mod external_reference;
pub(crate) mod grammar;
pub(crate) mod shape;
mod syntax_error;
mod text;
mod version;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
pub(crate) use shape::{SKIPPED_PREFIX, SKIPPED_REQUIRED_PARAMETER};
pub use text::encoding::{EncodingError, decode};
pub(crate) use text::lossy_numbers::as_doubles;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// A document as it was written, in two views that agree with each other.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// The name the user gave the document on the command line.
    pub file: String,
    /// The tree of the text, without the pieces that have not their shape.
    pub raw: Value,
    /// The same in `openapiv3`'s types.
    pub openapi: OpenAPI,
}

impl RawDocument {
    /// The tree alone: the other view of a large document is large too.
    pub fn into_raw(self) -> Value {
        self.raw
    }
}

/// Reads a file that a document refers to, by its path as seen from where the document's own is seen; an error says why not.
pub type Read<'r> = dyn Fn(&str) -> Result<String, String> + Sync + 'r;

/// Where a document stands alone.
pub fn no_files(_path: &str) -> Result<String, String> {
    Err("no other file is read".to_owned())
}

/// Reads the document `text` that the user calls `file`, which stands alone.
///
/// `None` means that nothing is left to go on with; the findings say why.
pub fn load(file: &str, text: &str, findings: &mut Findings) -> Option<RawDocument> {
    load_with_files(file, text, &no_files, findings)
}

/// Reads the document `text` that the user calls `file`, and with `read` the files that it refers to.
///
/// `None` means that nothing is left to go on with; the findings say why.
pub fn load_with_files(file: &str, text: &str, read: &Read<'_>, findings: &mut Findings) -> Option<RawDocument> {
    let mut raw = text::parse(file, text, findings)?;
    version::check(&raw, findings)?;
    external_reference::gather(file, &mut raw, read, findings);
    if !shape::mend(&mut raw, findings) {
        return None;
    }
    let openapi = typed(&raw).or_else(|error| typed(&without_callbacks(&raw)).map_err(|_| error));
    match openapi {
        Ok(openapi) => Some(RawDocument { file: file.to_owned(), raw, openapi }),
        Err(error) => {
            findings.add(
                Code::Shape,
                &Pointer::root(),
                format!("The document has not the shape of OpenAPI 3.0: {error}."),
                "Compare the part that the message names with the OpenAPI 3.0.3 specification.",
            );
            None
        }
    }
}

fn typed(raw: &Value) -> Result<OpenAPI, serde_json::Error> {
    OpenAPI::deserialize(&*as_doubles(raw))
}

/// A copy of `raw` without callbacks: `openapiv3` has no place for references to them, and no client makes use of them.
fn without_callbacks(raw: &Value) -> Value {
    let mut copy = raw.clone();
    let items = copy.get_mut("paths").and_then(Value::as_object_mut);
    let members = items.into_iter().flat_map(|items| items.values_mut()).filter_map(Value::as_object_mut);
    for operation in members.flat_map(|item| item.values_mut()).filter_map(Value::as_object_mut) {
        operation.remove("callbacks");
    }
    copy.pointer_mut("/components").and_then(Value::as_object_mut).map(|components| components.remove("callbacks"));
    copy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_to_a_callback_does_not_cost_the_document() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {}\n      \
                    callbacks:\n        done: {$ref: '#/components/callbacks/Done'}\n\
                    components:\n  callbacks:\n    Done: {'{$url}': {}}\n";
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", text, &mut findings).expect("a source");
        assert!(source.raw.pointer("/paths/~1a/get/callbacks/done").is_some());
        assert!(!findings.has_errors());
    }

    #[test]
    fn one_bad_piece_is_one_finding_and_the_rest_goes_on() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                    Good: {type: string}\n    Bad: {type: strong}\n";
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", text, &mut findings).expect("a source");
        let places: Vec<_> = findings.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!(places, ["/components/schemas/Bad/type"]);
        assert_eq!(source.openapi.components.map(|components| components.schemas.len()), Some(2));
    }
}
