// copperplate runtime: copied into each generated crate that uses it.
//! Writes the bodies of requests.

use bytes::Bytes; // part: byte_bodies
use http::header::CONTENT_TYPE;
use serde::Serialize; // part: json_bodies

use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::file::File;
use crate::runtime::request::text::Text; // part: text_bodies
use crate::runtime::response::media_type::{is_media_type, specificity}; // part: files
use crate::runtime::validation::fingerprint::first_non_finite; // part: floats

impl RequestBuilder<'_> {
    // part: json_bodies
    /// Sets a JSON body with the content type `content_type`.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(body) => {
                // part: floats
                // NaN and the infinities serialize as `null`. Only a body that contains `null` needs the slow search
                // for such a number.
                if body.windows(4).any(|text| text == b"null")
                    && let Some((pointer, number)) = first_non_finite(value)
                {
                    self.context().descendant(&pointer).report_violation("json", None, Some(number));
                }
                // end of part
                self.body = body.into();
            }
            Err(error) => self.report_not_json(&error),
        }
        self.content_type(content_type);
    }
    // end of part

    // part: text_bodies
    /// Sets a text body with the content type `content_type`.
    pub fn text<T: Text + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        self.body = value.text().into_owned().into();
        self.content_type(content_type);
    }
    // end of part

    // part: json_bodies or forms
    pub(super) fn report_not_json(&self, error: &serde_json::Error) {
        self.context().report_violation("json", None, Some(format!("not JSON: {error}")));
    }
    // end of part

    // part: files
    /// Sets the body to the bytes of a file. `range` is the media type range in the OpenAPI document, such as
    /// `image/*`. A file whose content type does not match `range` is a violation.
    ///
    /// A file without a content type is sent as `application/octet-stream` if `range` is `*/*`. For all other ranges,
    /// such a file is a violation.
    pub fn file(&mut self, range: &'static str, file: &File) {
        if self.is_for_printing {
            return;
        }
        self.body = file.bytes.clone();
        match file.content_type.as_deref() {
            None if range.starts_with('*') => self.content_type("application/octet-stream"),
            Some(given) if is_media_type(given) && specificity(given, range).is_some() => self.content_type(given),
            given => self.context().header("Content-Type").report_violation(
                "media-type",
                Some(range.to_owned()),
                given.map(str::to_owned),
            ),
        }
    }
    // end of part

    pub(super) fn content_type(&mut self, content_type: &str) {
        self.headers.remove(CONTENT_TYPE);
        self.header_line(CONTENT_TYPE.as_str(), content_type, self.context().header("Content-Type"));
    }

    // part: byte_bodies
    /// Sets the body to these bytes, with the content type `content_type`.
    pub fn bytes(&mut self, content_type: &'static str, body: &[u8]) {
        if self.is_for_printing {
            return;
        }
        self.body = Bytes::copy_from_slice(body);
        self.content_type(content_type);
    }
    // end of part
}
