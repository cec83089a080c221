// copperplate runtime: copied into each generated crate that uses it.
//! The client and the options of a call.

use crate::runtime::client::builder::Client;
use crate::runtime::client::call_options::CallOptions;

/// The client and the options of a call. Every operation contains a `Call`.
pub struct Call<'c, A, T> {
    pub(crate) client: &'c Client<A, T>,
    /// The options, if the caller set any. They are in a box because most calls have none.
    options: Option<Box<CallOptions>>,
}

impl<A, T> Clone for Call<'_, A, T> {
    fn clone(&self) -> Self {
        Self { client: self.client, options: self.options.clone() }
    }
}

impl<'c, A, T> Call<'c, A, T> {
    /// Creates a call with the settings of `client`.
    pub fn new(client: &'c Client<A, T>) -> Self {
        Self { client, options: None }
    }

    // part: traits
    /// Creates a call with these options.
    #[cfg(feature = "traits")]
    pub fn with_options(client: &'c Client<A, T>, options: CallOptions) -> Self {
        Self { client, options: Some(Box::new(options)) }
    }
    // end of part

    /// Returns the options of the call.
    pub(crate) fn options(&self) -> &CallOptions {
        static UNSET: CallOptions = CallOptions::UNSET;
        self.options.as_deref().unwrap_or(&UNSET)
    }

    /// Returns the URL of the server that the options name, or else of the server that the document names for the
    /// operation.
    pub(crate) fn server(&self, of_operation: Option<&'static str>) -> Option<&str> {
        self.options().server.as_deref().or(of_operation.filter(|_| !self.client.config.single_server))
    }

    /// Sets the options of the call.
    pub fn set_options(&mut self, options: CallOptions) {
        self.options = Some(Box::new(options));
    }
}
