// copperplate runtime: copied into each generated crate that uses it.
//! Responses for implementations of the traits over operations, in tests.

use std::fmt;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::Serialize;

use crate::runtime::client::mock_plan::MockError;
use crate::runtime::client::mocked_operation::{check, impossible};
use crate::runtime::client::operation::Operation;
use crate::runtime::client::operations_trait::{Sending, unsent};
use crate::runtime::client::read_response::service_error;
use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::Error;
use crate::runtime::printing::HeaderNames;
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::response::reply::Reply;

/// A response that a test returns in place of a service. It becomes what the call returns: a [`Reply`] with its headers, or the
/// [`Error`] of a failure, with its code and its typed body.
///
/// The response is compared with the OpenAPI document, so that a test does not rely on a response that the service cannot send.
/// If it contradicts the document, the call fails with an error that says how.
///
/// ```text
/// fn get_pet<'a>(&'a self, arguments: arguments::GetPet) -> Sending<'a, types::Pet> {
///     match arguments.pet_id.as_str() {
///         "42" => FakeResponse::new(200, &json!({"id": "42", "name": "Mila"})).sent::<operations::GetPet>(),
///         _ => FakeResponse::new(404, &json!({"code": "NO_PET"})).sent::<operations::GetPet>(),
///     }
/// }
/// ```
#[derive(Clone)]
pub struct FakeResponse {
    status: u16,
    headers: HeaderMap,
    /// The body, or the reason why it cannot be sent.
    body: Result<Bytes, MockError>,
}

/// Prints no body, because a body can contain secrets.
impl fmt::Debug for FakeResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeResponse")
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .finish_non_exhaustive()
    }
}

impl FakeResponse {
    /// Creates a response with a JSON body: a value of a type of the OpenAPI document, or a `serde_json::Value`.
    pub fn new<V: Serialize + ?Sized>(status: u16, body: &V) -> Self {
        let body = serde_json::to_vec(body).map(Bytes::from).map_err(|error| impossible(&error));
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Self { status, headers, body }
    }

    /// Creates a response without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: HeaderMap::new(), body: Ok(Bytes::new()) }
    }

    /// Creates a response with a body that is not JSON.
    pub fn bytes(status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        Self { body: Ok(body.into()), ..Self::empty(status) }.header(CONTENT_TYPE.as_str(), content_type)
    }

    /// Adds a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) => _ = self.headers.append(name, value),
            (Err(error), _) => self.body = Err(impossible(&error)),
            (_, Err(error)) => self.body = Err(impossible(&error)),
        }
        self
    }

    /// Returns the result of a call of the operation `O` that received this response.
    ///
    /// # Errors
    /// Returns the error of the call if the response reports a failure. Also returns an error if the response contradicts the
    /// OpenAPI document.
    pub fn read<O: Operation>(&self) -> Result<Reply<O::Success, O::Headers>, Error> {
        let contradiction = |error: MockError| Error::transport(unsent::<O>(), TransportError::Other(Box::new(error)));
        let mut response = http::Response::new(self.body.clone().map_err(contradiction)?);
        *response.status_mut() =
            StatusCode::from_u16(self.status).map_err(|error| contradiction(impossible(&error)))?;
        *response.headers_mut() = self.headers.clone();
        check::<O>(&response).map_err(contradiction)?;
        let response = RawResponse::new(response, Leniency::counting());
        match O::read_response(&response) {
            Ok(Outcome::Success(value, headers)) => Ok(response.into_reply(value, headers)),
            Ok(Outcome::Failure(failure)) => Err(service_error::<O>(unsent::<O>(), response, failure, true)),
            Ok(Outcome::Undocumented) => Err(service_error::<O>(unsent::<O>(), response, None, false)),
            Err(error) => Err(contradiction(impossible(&error))),
        }
    }

    /// Returns the call of the operation `O` that received this response, for a method of a trait.
    pub fn sent<'a, O: Operation<Success: Send, Headers: Send> + 'a>(&self) -> Sending<'a, O::Success, O::Headers> {
        let result = self.read::<O>();
        Box::pin(std::future::ready(result))
    }
}
