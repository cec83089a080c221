// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Api`, and the JSON Pointers of the error code and the message in the body of a failure response.

/// An API of this crate. For each API, the crate has an empty enum that implements this trait.
pub trait Api: Send + Sync + 'static {
    /// The name of the module that contains the API.
    const NAME: &'static str;
    /// The JSON Pointers of the error code, the message and the request ID in the body of a failure response.
    #[doc(hidden)]
    const ERROR: ErrorFields;
}

/// The JSON Pointers of the error code, the message and the request ID in the body of a failure response. The
/// JSON Pointers of each list are tried in order, until a JSON Pointer leads to a value.
#[derive(Debug, Clone, Copy, Default)]
pub struct ErrorFields {
    /// The JSON Pointers of the error code.
    pub code: &'static [&'static str],
    /// The JSON Pointers of the message.
    pub message: &'static [&'static str],
    /// The name of the header with the request ID. The header has priority over the body.
    pub request_id_header: Option<&'static str>,
    /// The JSON Pointers of the request ID.
    pub request_id: &'static [&'static str],
}

impl ErrorFields {
    /// The places that most services use, for an API whose document does not name the places (`x-error`). A member counts
    /// only if it is a string or a number.
    pub const USUAL: Self = Self {
        code: &["/code", "/error/code", "/error_code", "/errorCode", "/error"],
        message: &["/message", "/error/message", "/error_message", "/error_description", "/detail", "/title"],
        request_id_header: Some("X-Request-Id"),
        request_id: &["/request_id", "/requestId"],
    };
}
