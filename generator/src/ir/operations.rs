//! The operations of an API.

use crate::ir::arguments::{Argument, ArgumentLocation};
use crate::ir::bodies::{BodyEncoding, Content};
use crate::ir::docs::Docs;
use crate::ir::examples::RequestExample;
use crate::ir::pagination::Pagination;
use crate::ir::paths::Path;
use crate::ir::responses::{ResponseHeaders, Responses, Success};
use crate::ir::security::{CredentialLocation, SecurityRequirement, SecurityScheme};
use crate::ir::values::Value;

/// An operation. It becomes a method of the client, and the struct that this method returns. The struct holds the arguments.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`, or the method name in `x-overload`. If the operation has neither, its HTTP method and path.
    pub id: String,
    /// The JSON Pointers of the operation in the document. An overloaded method (`x-overload`) has one JSON Pointer for each
    /// path. A violation in an inline schema of the operation reports a location that begins with the first of these pointers.
    pub pointers: Vec<String>,
    /// The name of the struct.
    pub type_name: String,
    /// The name of the client's Rust method.
    pub method_name: String,
    /// The documentation of the operation.
    pub docs: Docs,
    /// Whether the document marks the operation as deprecated.
    pub deprecated: bool,
    /// The HTTP method, such as `GET`.
    pub method: String,
    /// The URL of the operation's own server; `None` if the base URL of the client applies.
    pub server: Option<String>,
    /// The URL path, as a template.
    pub path: Path,
    /// The arguments, in document order, with the body last.
    pub arguments: Vec<Argument>,
    /// The names and values of the headers that every request of the operation has.
    pub fixed_headers: Vec<(String, String)>,
    /// Whether the service may execute the operation twice (`x-idempotent`). `None` if the HTTP method decides.
    pub is_idempotent: Option<bool>,
    /// The header with the idempotency key (`x-idempotency-key`).
    pub idempotency_key: Option<String>,
    /// The value of the header `Accept`; empty if no response has a body.
    pub accept: String,
    /// The alternatives of `security`. Each alternative lists the credentials that are required together.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// How the operation is called page by page; `None` if its results are not divided into pages.
    pub pagination: Option<Pagination>,
    /// How responses are decoded.
    pub responses: Responses,
    /// The examples of requests. Each example becomes a test of the generated crate.
    pub examples: Vec<RequestExample>,
}

impl Operation {
    /// Returns whether the response of the operation is bytes, and nothing else. The operation has the method `download`.
    pub fn has_download(&self) -> bool {
        let is_bytes =
            matches!(&self.responses.success, Success::One(Some(Content { encoding: BodyEncoding::Bytes, .. })));
        is_bytes && self.responses.stream.is_none()
    }

    /// Returns whether the body of the operation is bytes that can be sent as a stream. The operation has the method `upload`. A
    /// signature covers the body, so the body of a request that is signed cannot be a stream.
    pub fn has_upload(&self, schemes: &[SecurityScheme]) -> bool {
        let has_bytes = self.arguments.iter().filter(|argument| argument.required).any(|argument| {
            matches!(&argument.location, ArgumentLocation::Body(Content { encoding: BodyEncoding::Bytes, .. }))
        });
        let is_signed = self
            .security
            .iter()
            .flatten()
            .any(|needed| schemes[needed.scheme.0].location == CredentialLocation::SdkHmacSha256);
        has_bytes && !is_signed
    }

    /// Returns the types and validation rules of the values that requests contain.
    pub fn sent_values(&self) -> impl Iterator<Item = &Value> {
        self.arguments.iter().flat_map(|argument| argument.location.values())
    }

    /// Returns the types and validation rules of the values that responses contain: the bodies, and the documented headers of
    /// success responses. `headers` is the list in [`Api::response_headers`](crate::ir::Api::response_headers).
    pub fn received_values<'a>(&'a self, headers: &'a [ResponseHeaders]) -> impl Iterator<Item = &'a Value> {
        self.responses.body_values().chain(self.responses.header_values(headers))
    }
}
