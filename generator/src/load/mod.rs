//! The load stage parses a document to a raw tree (the document as JSON values). Then it converts the raw tree to the types of
//! `openapiv3`.
//!
//! `openapiv3` accepts or rejects a document as a whole. It does not say where the error is, and it ignores unknown keys. So the
//! raw tree is checked against the [`grammar`] first. Every malformed value is reported and removed, and the later stages
//! continue with the rest of the document.

mod external_reference;
mod file_reader;
pub(crate) mod grammar;
mod identifier;
mod leftover;
mod overlay;
pub(crate) mod quotes;
mod shape;
pub(crate) mod size_limit;
mod text;
pub(crate) mod typed_view;
mod version;

pub use file_reader::{ReadError, ReadFile, no_files};
pub(crate) use shape::{SKIPPED_PREFIX, SKIPPED_REQUIRED_PARAMETER};
pub use text::encoding::{EncodingError, decode};
pub use version::OpenApiVersion;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::options::Input;
use crate::pointer::Pointer;

/// A document without its malformed values. It is stored twice: as a tree of JSON values, and in the types of `openapiv3`.
#[derive(Debug, Clone)]
pub struct RawDocument {
    /// The file name, as the user gave it on the command line.
    pub file: String,
    /// The raw tree: the document as JSON values. Objects in other files to which the document refers have been copied into
    /// the tree.
    pub raw: Value,
    /// The version of OpenAPI.
    pub openapi_version: OpenApiVersion,
    /// The document in `openapiv3`'s types.
    pub openapi: OpenAPI,
    /// The length of the document's text, in bytes, including the files to which it refers.
    pub text_length: usize,
}

impl RawDocument {
    /// Returns the raw tree, and frees the memory of the `openapiv3` representation.
    pub fn into_raw(self) -> Value {
        self.raw
    }
}

/// Loads a document that consists of one file. See [`load_with_files`].
pub fn load(file: &str, text: &str, findings: &mut Findings) -> Option<RawDocument> {
    load_with_files(&Input::new(file, text, ""), &no_files, findings)
}

/// Loads a document: applies its overlays, and copies the parts of other files to which it refers.
///
/// Returns `None` if no usable document remains. The findings explain why.
pub fn load_with_files(input: &Input, read: &ReadFile<'_>, findings: &mut Findings) -> Option<RawDocument> {
    let file = &input.file;
    let mut raw = text::parse(file, &input.text, findings)?;
    let own_length = input.text.len() + overlay::apply(file, &mut raw, &input.overlays, findings);
    if !input.overlays.is_empty() && !size_limit::has_short_keys(&raw, own_length, findings) {
        return None;
    }
    let openapi_version = version::check(&mut raw, findings)?;
    if !identifier::resolve(&mut raw, openapi_version, own_length, findings) {
        return None;
    }
    let text_length = external_reference::inline(file, &mut raw, openapi_version, own_length, read, findings)?;
    if !shape::repair(&mut raw, openapi_version, findings) {
        return None;
    }
    leftover::report(&raw, openapi_version, findings);
    match OpenAPI::deserialize(typed_view::of_document(&raw, openapi_version)) {
        Ok(openapi) => Some(RawDocument { file: file.to_owned(), raw, openapi_version, openapi, text_length }),
        Err(error) => {
            let version = openapi_version.as_str();
            findings.add(
                Code::Shape,
                &Pointer::root(),
                format!("The document does not have the structure of OpenAPI {version}: {error}."),
                format!("Compare the part that the message names with the specification of OpenAPI {version}."),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_with_a_reference_to_a_callback_is_loaded() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths:\n  /a:\n    get:\n      responses: {}\n      \
                    callbacks:\n        done: {$ref: '#/components/callbacks/Done'}\n\
                    components:\n  callbacks:\n    Done: {'{$url}': {}}\n";
        let mut findings = Findings::new("test.yaml");
        let document = load("test.yaml", text, &mut findings).expect("a document");
        assert!(document.raw.pointer("/paths/~1a/get/callbacks/done").is_some());
        assert!(!findings.has_errors());
    }

    #[test]
    fn a_malformed_piece_is_one_finding_and_the_rest_is_loaded() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    \
                    Good: {type: string}\n    Bad: {type: strong}\n";
        let mut findings = Findings::new("test.yaml");
        let document = load("test.yaml", text, &mut findings).expect("a document");
        let places: Vec<_> = findings.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!(places, ["/components/schemas/Bad/type"]);
        assert_eq!(
            document.raw.pointer("/components/schemas").and_then(Value::as_object).map(|all| all.len()),
            Some(2)
        );
    }
}
