//! The code of the section about retries and errors.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::sample_call::crate_path;
use crate::ir::Api;

/// Emits functions that set retries for a client and for a call, and a function that handles an error.
pub fn code(api: &Api) -> TokenStream {
    let root = crate_path(&api.public_path, &[]);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), &[]);
    quote! {
        use #root::Client;
        use #krate::runtime::{CallOptions, Error, RetryPolicy};
        use std::time::Duration;

        /// Builds a client that tries up to five times within a minute, and waits at most ten seconds for each response.
        fn patient_client(base_url: &str)
            -> Result<Client, Error>
        {
            Client::builder(base_url)
                .retry(RetryPolicy::default().max_attempts(5))
                .attempt_timeout(Duration::from_secs(10))
                .timeout(Duration::from_secs(60))
                .build()
        }

        /// Returns the options of a call that is sent once.
        fn once() -> CallOptions {
            CallOptions::new().retry(RetryPolicy::off())
        }

        /// Says what a caller can do about an error.
        fn advice(error: &Error) -> String {
            for attempt in error.earlier_attempts() {
                eprintln!("{}, then waited {:?}", attempt.reason, attempt.delay);
            }
            match error.retry_after() {
                Some(delay) => format!("the service asks to wait {delay:?}"),
                None if error.is_invalid_request() => format!("correct the arguments: {error}"),
                None if error.is_retryable() => "try again later".to_owned(),
                None => format!("status {:?}, code {:?}: {error}", error.status(), error.code()),
            }
        }
    }
}
