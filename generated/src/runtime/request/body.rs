// copperplate runtime: copied into each generated crate that uses it.
//! Writes the bodies of requests.

use http::header::CONTENT_TYPE;
use serde::Serialize;

use crate::runtime::request::builder::RequestBuilder;

impl RequestBuilder<'_> {
    /// Sets a JSON body with the content type `content_type`.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        match serde_json::to_vec(value) {
            Ok(body) => {
                self.body = body.into();
            }
            Err(error) => self.report_not_json(&error),
        }
        self.content_type(content_type);
    }

    pub(super) fn report_not_json(&self, error: &serde_json::Error) {
        self.context().report_violation("json", None, Some(format!("not JSON: {error}")));
    }

    pub(super) fn content_type(&mut self, content_type: &str) {
        self.headers.remove(CONTENT_TYPE);
        self.header_line(CONTENT_TYPE.as_str(), content_type, self.context().header("Content-Type"));
    }
}
