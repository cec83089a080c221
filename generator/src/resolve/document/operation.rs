//! Operations, their request bodies and their responses.

use crate::finding::PlaceSet;
use crate::load::grammar::METHODS;
use crate::pointer::Pointer;
use crate::resolve::document::extension::{FailureCondition, IdempotencyKey, OperationExample, Overload};
use crate::resolve::document::header::Header;
use crate::resolve::document::media_type::MediaType;
use crate::resolve::document::pagination::Pagination;
use crate::resolve::document::parameter::Parameter;
use crate::resolve::document::security::SecurityRequirement;
use crate::resolve::document::server::Server;

/// An operation of a path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The JSON Pointer of the Operation Object, such as `/paths/~1pets/get`. If the path item is a reference, the pointer leads
    /// into the target of that reference.
    pub pointer: Pointer,
    /// `operationId`; `None` if it is absent or blank.
    pub id: Option<String>,
    /// The HTTP method in upper case.
    pub method: String,
    /// The path template, as it is written in `paths`.
    pub path: String,
    /// `tags`.
    pub tags: Vec<String>,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// The parameters of the path item that the operation does not override, then the parameters of the operation.
    pub parameters: Vec<Parameter>,
    /// `requestBody`.
    pub body: Option<RequestBody>,
    /// `responses`, in document order.
    pub responses: Vec<Response>,
    /// `security` of the operation, or of the document if the operation has none. A request must satisfy one of the requirements.
    /// If the list is empty, requests need no credentials.
    pub security: Vec<SecurityRequirement>,
    /// `servers` of the operation, or of its path item if the operation has none. If the list is empty, the `servers` of the
    /// document apply.
    pub servers: Vec<Server>,
    /// `x-source`: the section of the API's documentation that describes the operation.
    pub source: Option<String>,
    /// `x-overload`.
    pub overload: Option<Overload>,
    /// `x-fixed-headers`: names and values, in document order.
    pub fixed_headers: Vec<(String, String)>,
    /// `x-idempotent`: whether the service may execute the operation twice. `None` if the document does not say so.
    pub is_idempotent: Option<bool>,
    /// `x-idempotency-key` of the operation, or of the document if the HTTP method is not idempotent.
    pub idempotency_key: Option<IdempotencyKey>,
    /// `x-pagination`.
    pub pagination: Option<Pagination>,
    /// `x-examples`, in document order.
    pub examples: Vec<OperationExample>,
}

impl Operation {
    /// Returns the JSON Pointer of the path item that has the operation.
    pub fn path_item(&self) -> Pointer {
        let holder = self.pointer.parent().unwrap_or_default();
        // A path item under `components` may have any name.
        let is_additional = holder.last().as_deref() == Some("additionalOperations")
            && self.pointer.last().is_some_and(|method| !METHODS.contains(&method.as_str()) && method != "query");
        if is_additional { holder.parent().unwrap_or_default() } else { holder }
    }

    /// Returns whether a finding at `place` affects this operation. That is the case if `place` is within the operation, is the
    /// path item itself, or is within the `parameters` or `servers` of the path item.
    pub fn is_affected_by(&self, place: &Pointer) -> bool {
        let item = self.path_item();
        let shared = [item.join("parameters"), item.join("servers")];
        place.is_within(&self.pointer) || *place == item || shared.iter().any(|shared| place.is_within(shared))
    }

    /// Returns whether a finding at one of `places` affects this operation. See [`Operation::is_affected_by`].
    pub(crate) fn is_affected_by_any(&self, places: &PlaceSet) -> bool {
        let item = self.path_item();
        let shared = [item.join("parameters"), item.join("servers")];
        places.has_within(&self.pointer)
            || places.contains(&item)
            || shared.iter().any(|shared| places.has_within(shared))
    }
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct RequestBody {
    /// The JSON Pointer of the Request Body Object, after all references are followed.
    pub pointer: Pointer,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `content`, in document order.
    pub content: Vec<MediaType>,
}

/// A response of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The JSON Pointer of the Response Object, after all references are followed.
    pub pointer: Pointer,
    /// The key in `responses`.
    pub status: Status,
    /// `description`.
    pub description: String,
    /// `headers`, in document order.
    pub headers: Vec<Header>,
    /// `content`, in document order. If it is empty, the response has no body.
    pub content: Vec<MediaType>,
    /// `x-failure`: the condition under which a response with this success status is a failure.
    pub failure: Option<FailureCondition>,
}

/// A key in `responses`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A status code: `200`.
    Code(u16),
    /// A range of status codes: `4XX` is `Range(4)`.
    Range(u8),
    /// `default`: every status that no other key matches.
    Default,
}
