// copperplate runtime: copied unchanged into every generated crate.
//! An API as a type, and the places of codes and messages in its error bodies.

/// An API of this crate. Each document has an empty enum that implements it.
pub trait Api: Send + Sync + 'static {
    /// The name of the API's module.
    const NAME: &'static str;
    /// The places of the fields in error bodies.
    #[doc(hidden)]
    const ERROR: ErrorFields;
}

/// The places of the fields that an error body may have: JSON Pointers, tried in order.
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
