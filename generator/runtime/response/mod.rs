// copperplate runtime: copied unchanged into every generated crate.
//! Reading a response: the status chooses the type, and a success may turn out to be a failure.

pub(crate) mod media_type;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::{DecodeError, ReceivedResponse};
use crate::runtime::response::media_type::best;
use crate::runtime::validation::equality::equal;

/// An answer of a service, before it is understood.
#[derive(Debug)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    leniency: Leniency,
}

/// What an answer turned out to be.
#[derive(Debug)]
pub enum Outcome<S, H, F> {
    /// A documented success, with its documented headers.
    Success(S, H),
    /// A documented failure; its body, where it could be read.
    Failure(Option<F>),
    /// A status that the document does not give.
    Undocumented,
}

/// A successful answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reply<S, H = ()> {
    /// The status.
    pub status: StatusCode,
    /// The body, decoded.
    pub value: S,
    /// The headers that the document describes.
    pub headers: H,
    /// All headers.
    pub all_headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
}

/// The test of `x-failure`.
#[derive(Debug, Clone, Copy)]
pub enum FailureCondition {
    /// Present, not null, and not an empty string, array or object.
    NonEmpty,
    /// Equal to this JSON text.
    Equals(&'static str),
}

/// A text as a scalar: as it is where the type is a text, or else written as in JSON.
fn scalar<T: DecodeOwned>(text: &str) -> Option<T> {
    let leniency = Leniency::counted();
    let written = || from_slice(text.as_bytes(), &leniency).ok();
    T::decode(&Value::String(text.to_owned()), &leniency).ok().or_else(written)
}

impl RawResponse {
    /// An answer; `leniency` notes what its body is read with although the document forbids it.
    pub(crate) fn new(response: http::Response<Bytes>, leniency: Leniency) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status, headers: parts.headers, body, leniency }
    }

    pub(crate) fn leniency(&self) -> &Leniency {
        &self.leniency
    }

    /// The status.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The body as JSON. No body at all is read as an empty object: services leave out a body in which nothing is required.
    ///
    /// # Errors
    /// Where the body is not JSON, or not of this type.
    pub fn json<T: DecodeOwned>(&self) -> Result<T, DecodeError> {
        if self.body.is_empty() {
            return from_slice(b"{}", &self.leniency)
                .map_err(|_| DecodeError { pointer: String::new(), message: "there is no body".to_owned() });
        }
        from_slice(&self.body, &self.leniency).map_err(|error| DecodeError::new(&self.body, &error))
    }

    /// The body as it came.
    pub fn bytes(&self) -> Bytes {
        self.body.clone()
    }

    /// The body as text.
    ///
    /// # Errors
    /// Where the body is no UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let text = std::str::from_utf8(&self.body);
        let undecodable =
            |error: std::str::Utf8Error| DecodeError { pointer: String::new(), message: error.to_string() };
        text.map(str::to_owned).map_err(undecodable)
    }

    /// Which of the alternatives the content type is; each lists its media types. An exact match wins over `image/*`, and
    /// that over `*/*`. Where nothing fits, or nothing is said, it is the first alternative, which is JSON where there is any.
    pub fn media_type_index(&self, offered: &[&[&str]]) -> usize {
        self.header("Content-Type").and_then(|content_type| best(&content_type, offered)).unwrap_or_default()
    }

    /// The header `name` as a `T`, where it was sent and is one; another value is noted.
    pub fn header_as<T: DecodeOwned>(&self, name: &str) -> Option<T> {
        let text = self.header(name)?;
        self.noted(name, &text, scalar(text.trim()))
    }

    /// The header `name` as a list, where it was sent and each item is a `T`; another value is noted. Items are parted by commas
    /// and lines.
    pub fn header_list<T: DecodeOwned>(&self, name: &str) -> Option<Vec<T>> {
        let lines: Vec<_> =
            self.headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
        if lines.is_empty() {
            return None;
        }
        let items = lines.iter().flat_map(|line| line.split(',')).map(str::trim).filter(|item| !item.is_empty());
        self.noted(name, &lines.join(", "), items.map(scalar).collect())
    }

    fn noted<T>(&self, name: &str, text: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.leniency.header(name, text);
        }
        value
    }

    /// The header `name` as text, where it was sent; bytes that are no UTF-8 are replaced.
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
    }

    /// Whether the value at `pointer` in the body makes a failure of this success.
    pub fn is_failure(&self, pointer: &str, when: FailureCondition) -> bool {
        let Some(value) = self.raw().and_then(|body| body.pointer(pointer).cloned()) else { return false };
        match when {
            FailureCondition::Equals(text) => {
                serde_json::from_str::<Value>(text).is_ok_and(|unwanted| equal(&unwanted, &value))
            }
            FailureCondition::NonEmpty => match value {
                Value::Null => false,
                Value::String(text) => !text.is_empty(),
                Value::Array(items) => !items.is_empty(),
                Value::Object(members) => !members.is_empty(),
                Value::Bool(_) | Value::Number(_) => true,
            },
        }
    }

    /// A success whose body is a `T`.
    ///
    /// # Errors
    /// Where the body is not JSON, or not of this type.
    pub fn success<T: DecodeOwned, H, F>(&self, headers: H) -> Result<Outcome<T, H, F>, DecodeError> {
        Ok(Outcome::Success(self.json()?, headers))
    }

    /// A success whose body, a `T`, makes one of several successes.
    ///
    /// # Errors
    /// Where the body is not JSON, or not of this type.
    pub fn success_as<T: DecodeOwned, S, H, F>(
        &self,
        success: fn(T) -> S,
        headers: H,
    ) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Success(success(self.json()?), headers))
    }

    /// A failure whose body is a `T`. It is a failure still where the body cannot be read.
    ///
    /// # Errors
    /// Never; it has the shape of [`RawResponse::success`].
    pub fn failure<T: DecodeOwned, S, H, F>(&self, failure: fn(T) -> F) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Failure(self.json().ok().map(failure)))
    }

    /// A success whose body is a text.
    ///
    /// # Errors
    /// Where the body is no UTF-8.
    pub fn success_text<S, H, F>(&self, success: fn(String) -> S, headers: H) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Success(success(self.text()?), headers))
    }

    /// A failure whose body is a text. It is a failure still where the body cannot be read.
    ///
    /// # Errors
    /// Never; it has the shape of [`RawResponse::success_text`].
    pub fn failure_text<S, H, F>(&self, failure: fn(String) -> F) -> Result<Outcome<S, H, F>, DecodeError> {
        Ok(Outcome::Failure(self.text().ok().map(failure)))
    }

    pub(crate) fn raw(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }

    pub(crate) fn into_received(self) -> ReceivedResponse {
        ReceivedResponse { status: self.status, headers: self.headers, body: self.body }
    }

    pub(crate) fn into_reply<S, H>(self, value: S, headers: H) -> Reply<S, H> {
        Reply { status: self.status, value, headers, all_headers: self.headers, body: self.body }
    }
}
