// copperplate runtime: copied unchanged into every generated crate.
//! The trait `Api`, and the places of the error code and message in the body of a failure.

/// An API of this crate. For each OpenAPI document, the crate has an empty enum that implements this trait.
pub trait Api: Send + Sync + 'static {
    /// The name of the API's module.
    const NAME: &'static str;
    /// The places of the error code, the message and the request ID in the body of a failure.
    #[doc(hidden)]
    const ERROR: ErrorFields;
}

/// The places of the error code, the message and the request ID in the body of a failure. Each list has JSON Pointers
/// that are tried in order.
#[derive(Debug, Clone, Copy, Default)]
pub struct ErrorFields {
    /// The places of the error code.
    pub code: &'static [&'static str],
    /// The places of the message.
    pub message: &'static [&'static str],
    /// The header with the request ID. It has priority over the body.
    pub request_id_header: Option<&'static str>,
    /// The places of the request ID.
    pub request_id: &'static [&'static str],
}
