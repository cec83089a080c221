// copperplate runtime: copied into each generated crate that uses it.
//! The type `RawResponse`, with which generated code decodes a response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::runtime::client::api::ErrorFields;
use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::printing::{BodySummary, HeaderNames, mark_sensitive_headers};
#[cfg(feature = "mock")]
use crate::runtime::response::comparison::Comparison;
use crate::runtime::response::html::is_html;
use crate::runtime::response::outcome::FailureCondition;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::received::ReceivedResponse;
use crate::runtime::response::reply::Reply;
use crate::runtime::validation::equality::equals_text;

/// A response whose body and headers are not decoded yet.
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    pub(super) leniency: Leniency,
    /// What a mock compares with the OpenAPI document. `None` for the response of a service.
    #[cfg(feature = "mock")]
    pub(crate) comparison: Option<Comparison>,
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &BodySummary(&self.body, &self.headers))
            .finish_non_exhaustive()
    }
}

/// Returns the string or the number at the first of these JSON Pointers that leads to one.
pub(crate) fn find_text(json: &Value, pointers: &[&str]) -> Option<String> {
    let text_at = |pointer: &&str| match json.pointer(pointer)? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    pointers.iter().find_map(text_at)
}

impl RawResponse {
    /// Wraps a response. Marks headers that can carry cookies or credentials as sensitive. If decoding accepts a
    /// deviation from the OpenAPI document, the deviation is recorded in `leniency`.
    pub(crate) fn new(response: http::Response<Bytes>, leniency: Leniency) -> Self {
        let (mut parts, body) = response.into_parts();
        mark_sensitive_headers(&mut parts.headers);
        Self {
            status: parts.status,
            headers: parts.headers,
            body,
            leniency,
            #[cfg(feature = "mock")]
            comparison: None,
        }
    }

    /// Wraps a response that a mock compares with the OpenAPI document.
    #[cfg(feature = "mock")]
    pub(crate) fn compared(response: http::Response<Bytes>) -> Self {
        Self { comparison: Some(Comparison::new()), ..Self::new(response, Leniency::recording()) }
    }

    /// Returns the body. Notes for a mock that the document describes one.
    fn read_body(&self) -> &Bytes {
        #[cfg(feature = "mock")]
        if let Some(comparison) = &self.comparison {
            comparison.note_body();
        }
        &self.body
    }

    pub(crate) fn leniency(&self) -> &Leniency {
        &self.leniency
    }

    /// Returns the status of the response.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// Decodes the body as JSON.
    ///
    /// # Errors
    /// Returns an error if the body is empty or not JSON, or if its value is not of the type `T`.
    pub fn json<T: DecodeOwned>(&self) -> Result<T, DecodeError> {
        let body = self.read_body();
        if body.is_empty() {
            return Err(DecodeError::of_body("the body is empty".to_owned()));
        }
        from_slice(body, &self.leniency).map_err(|error| match is_html(&self.body, &self.headers) {
            true => DecodeError::of_body("the body is HTML, not JSON".to_owned()),
            false => DecodeError::new(&self.body, &error, &self.leniency),
        })
    }

    /// Returns the bytes of the body.
    pub fn bytes(&self) -> Bytes {
        self.read_body().clone()
    }

    /// Returns the body as a string.
    ///
    /// # Errors
    /// Returns an error if the body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = std::str::from_utf8(self.read_body());
        text.map(str::to_owned).map_err(|error| DecodeError::of_body(format!("the body is not UTF-8: {error}")))
    }

    /// Returns the header `name` as a string. Returns `None` if the header is absent. `U+FFFD` replaces bytes that are
    /// not UTF-8.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// Returns whether the value at the JSON Pointer `pointer` in the body satisfies `condition`. If so,
    /// the response is a failure, even if its status is a success.
    pub fn is_failure(&self, pointer: &str, condition: FailureCondition) -> bool {
        let Some(value) = self.json_value().and_then(|body| body.pointer(pointer).cloned()) else { return false };
        let is_failure = match condition {
            FailureCondition::Equals(text) => equals_text(&value, text),
            FailureCondition::NonEmpty => match value {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                Value::Object(members) => !members.is_empty(),
                Value::Bool(_) | Value::Number(_) => true,
            },
        };
        #[cfg(feature = "mock")]
        if let Some(comparison) = &self.comparison {
            comparison.note_condition(is_failure);
        }
        is_failure
    }

    /// Decodes the JSON body of a success.
    ///
    /// # Errors
    /// Returns an error if the body is not JSON, or if its value is not of the type `T`.
    pub fn success<T: DecodeOwned, H, F>(&self, headers: H) -> Result<Outcome<T, H, F>, DecodeError> {
        Ok(Outcome::Success(self.json()?, headers))
    }

    /// Decodes the JSON body of a success into a variant of the success enum. `success` is the constructor of the
    /// variant.
    ///
    /// # Errors
    /// Returns an error if the body is not JSON, or if its value is not of the type `T`.
    pub fn success_as<T: DecodeOwned, S, H, F>(
        &self,
        success: fn(T) -> S,
        headers: H,
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Success(success(self.json()?), headers))
    }

    /// Decodes the JSON body of a success like [`RawResponse::success_as`], but an empty body decodes as `{}`. Generated
    /// code calls this if the document says that an error code in the body makes the response a failure: a service that
    /// has no error to report may send no body.
    ///
    /// # Errors
    /// Returns an error if the body is not JSON, or if its value is not of the type `T`.
    pub fn success_or_empty<T: DecodeOwned, S, H, F>(
        &self,
        success: fn(T) -> S,
        headers: H,
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        let value = match self.read_body().is_empty() {
            true => from_slice(b"{}", &self.leniency).or_else(|_| self.json()),
            false => self.json(),
        };
        Ok(Outcome::Success(success(value?), headers))
    }

    /// Returns the body as a JSON value of any type. Returns `None` if the body is not JSON.
    pub(crate) fn json_value(&self) -> Option<Value> {
        from_slice(&self.body, &Leniency::counting()).ok()
    }

    /// Converts the response for an error. `fields` says where the request ID is. `json` is the body, if it is known.
    pub(crate) fn into_received(self, fields: &ErrorFields, json: Option<&Value>) -> ReceivedResponse {
        let in_body = || match json {
            Some(json) => find_text(json, fields.request_id),
            None => find_text(&self.json_value()?, fields.request_id),
        };
        let request_id = fields.request_id_header.and_then(|name| self.header(name)).or_else(in_body);
        ReceivedResponse { status: self.status, headers: self.headers, body: self.body, request_id }
    }

    pub(crate) fn into_reply<S, H>(self, value: S, headers: H) -> Reply<S, H> {
        Reply::new(value, headers, self.status, self.headers, self.body)
    }
}
