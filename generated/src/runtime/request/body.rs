// copperplate runtime: copied unchanged into every generated crate.
//! Writes the bodies of requests.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use serde::Serialize;

use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::file::File;
use crate::runtime::request::form::{Encoding, form};
use crate::runtime::request::multipart::{Multipart, MultipartBuilder};
use crate::runtime::request::text::Text;
use crate::runtime::response::media_type::{is_media_type, specificity};
use crate::runtime::validation::fingerprint::first_non_finite;

impl RequestBuilder<'_> {
    /// Sets a JSON body with the content type `content_type`.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(body) => {
                // NaN and the infinities serialize as `null`. Only a body that contains `null` needs the slow search
                // for such a number.
                if body.windows(4).any(|text| text == b"null")
                    && let Some((pointer, number)) = first_non_finite(value)
                {
                    self.context().descendant(&pointer).report_violation("json", None, Some(number));
                }
                self.body = body.into();
            }
            Err(error) => self.report_not_json(&error),
        }
        self.content_type(content_type);
    }

    /// Sets a text body with the content type `content_type`.
    pub fn text<T: Text + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        self.body = value.text().into_owned().into();
        self.content_type(content_type);
    }

    /// Sets a body of the media type `application/x-www-form-urlencoded`: see
    /// [`form`](mod@crate::runtime::request::form).
    pub fn form<T: Serialize + ?Sized>(&mut self, content_type: &'static str, encodings: &[Encoding], value: &T) {
        if self.is_for_printing {
            return;
        }
        match serde_json::to_value(value) {
            Ok(value) => match form(&value, encodings) {
                Some(body) => self.body = body.into(),
                None => self.context().report_violation("type", Some("object".to_owned()), None),
            },
            Err(error) => self.report_not_json(&error),
        }
        self.content_type(content_type);
    }

    fn report_not_json(&self, error: &serde_json::Error) {
        self.context().report_violation("json", None, Some(format!("not JSON: {error}")));
    }

    /// Sets a multipart body. The content type is `content_type` with a boundary.
    pub fn multipart<T: Multipart + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        let mut parts = MultipartBuilder::new(self.context(), content_type);
        value.write_parts(&mut parts);
        let (content_type, body) = parts.finish(content_type);
        self.body = body;
        self.content_type(&content_type);
    }

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

    fn content_type(&mut self, content_type: &str) {
        self.headers.remove(CONTENT_TYPE);
        self.header_line(CONTENT_TYPE.as_str(), content_type, self.context().header("Content-Type"));
    }

    /// Sets the body to these bytes, with the content type `content_type`.
    pub fn bytes(&mut self, content_type: &'static str, body: &[u8]) {
        if self.is_for_printing {
            return;
        }
        self.body = Bytes::copy_from_slice(body);
        self.content_type(content_type);
    }
}
