// copperplate runtime: copied into each generated crate that uses it.
//! The runtime of this crate: the modules that are the same for every API.
//!
//! A client has a Rust method for each operation of its API. The Rust method returns a struct of the operation's name.
//! The struct has a setter for each optional argument, and its method `send` returns a [`Reply`] or an [`Error`]. Every
//! type of an API implements [`Validate`]. Implement [`Transport`] to change or record requests, or to replace the network in
//! tests.
//!
//! In error messages, "the document" is the OpenAPI document that the API is generated from.
//!
//! ```text
//! let client = api::Client::builder("https://service.example").build()?;
//! match client.get_pet("42").send().await {
//!     Ok(reply) => println!("{:?}", reply.value),
//!     Err(error) if error.is_timeout() => println!("try again"),
//!     Err(error) => return Err(error),
//! }
//! ```

// Items with `#[doc(hidden)]` are public only because generated code uses them. Any version of copperplate may change
// such items. Users import every item as `runtime::NAME`, never as `runtime::MODULE::NAME`.

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod client;
#[doc(hidden)]
pub mod decoding;
#[doc(hidden)]
pub mod error;
pub(crate) mod printing;
#[doc(hidden)]
pub mod request;
#[doc(hidden)]
pub mod response;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod streaming;
#[doc(hidden)]
pub mod validation;

#[cfg(test)]
pub mod example;

pub use client::api::Api;
pub use client::attempt::{Attempt, AttemptOutcome, FailedAttempt};
#[cfg(feature = "blocking")]
pub use client::blocking_transport::Blocking;
pub use client::box_transport::BoxTransport;
pub use client::builder::{Builder, Client};
pub use client::cached_credential::CachedCredential;
pub use client::call_options::CallOptions;
pub use client::credential_provider::{CredentialError, CredentialProvider, IssuedCredential};
pub use client::credentials::{Credential, Credentials};
pub use client::default_transport::DefaultTransport;
// part: traits
#[cfg(all(feature = "mock", feature = "traits"))]
pub use client::fake_response::FakeResponse;
// end of part
pub use client::hooks::Hooks;
#[cfg(feature = "mock")]
pub use client::mock::Mock;
#[cfg(feature = "mock")]
pub use client::mock_plan::MockError;
#[cfg(feature = "mock")]
pub use client::mocked_operation::MockedOperation;
pub use client::operation::Operation;
// part: traits
#[cfg(feature = "traits")]
pub use client::operations_trait::{Sending, not_implemented, send_boxed};
// end of part
pub use client::page_token::{PageToken, PageTokenError}; // part: pages
pub use client::pages::{Items, Page, Pages, Paginated}; // part: pages
#[cfg(feature = "reqwest")]
pub use client::reqwest_transport::Reqwest;
pub use client::response_policy::{ResponsePolicy, ViolationHook};
pub use client::retry_policy::RetryPolicy;
pub use client::secret::Secret;
pub use client::server_variable::ServerVariableError;
pub use client::signing_key::{KeyPair, SigningKey};
#[cfg(feature = "tower")]
pub use client::tower::{Tower, TransportService};
pub use client::transport::{BlockingTransport, Detached, ResponseLimit, Transport, TransportError};
pub use decoding::decode_error::DecodeError;
#[cfg(feature = "mock")]
pub use decoding::from_json::from_value;
pub use decoding::from_json::{FromJsonError, from_json};
pub use decoding::unknown::UnknownJson; // part: unions
pub use decoding::unknown::UnknownText; // part: string_enums
pub use decoding::webhook::{Webhook, WebhookResult, webhook, webhook_without_body}; // part: webhooks
pub use error::Error;
pub use request::file::File;
pub use response::reply::Reply;
pub use streaming::byte_stream::ByteStream;
pub use streaming::item_stream::{ItemStream, StreamItem};
pub use streaming::streaming_transport::StreamingTransport;
pub use validation::validate::Validate;
pub use validation::violation::{Direction, Location, Violation, Violations};

#[doc(hidden)]
pub use client::api::ErrorFields;
#[doc(hidden)]
pub use client::call::Call;
#[doc(hidden)]
pub use client::next_page::NextPage; // part: pages
#[allow(unused_imports, reason = "an API without operations does not need the macro")]
pub(crate) use client::operation::operation;
#[doc(hidden)]
pub use client::operation::{HasCall, ReadResult, send};
#[doc(hidden)]
pub use client::security::{CredentialLocation, Scheme, Security, SecurityRequirement};
#[allow(unused_imports, reason = "only an API with free variables of servers uses the function")]
pub(crate) use client::server_value::server_value;
#[allow(unused_imports, reason = "only an API with lists of values uses the macro")]
pub(crate) use client::server_variable::server_variable;
#[doc(hidden)]
pub use decoding::leniency::Leniency;
#[doc(hidden)]
pub use decoding::union;
#[doc(hidden)]
pub use decoding::union::{Discriminated, Union, ValidateVariant};
#[doc(hidden)]
pub use decoding::{codec, decode};
#[doc(hidden)]
pub use request::builder::RequestBuilder;
#[doc(hidden)]
pub use request::form::Encoding;
#[doc(hidden)]
pub use request::multipart::{Multipart, MultipartBuilder};
#[doc(hidden)]
pub use request::path_value::PathValue;
#[doc(hidden)]
pub use request::style::Style;
#[doc(hidden)]
pub use request::text::Text;
#[doc(hidden)]
pub use response::outcome::FailureCondition; // part: failure_conditions
#[doc(hidden)]
pub use response::outcome::Outcome;
#[doc(hidden)]
pub use response::raw_response::RawResponse;
#[doc(hidden)]
pub use streaming::event_parser::ItemFormat;
#[doc(hidden)]
pub use streaming::item_stream::ItemKind;
#[doc(hidden)]
pub use validation::context::ValidationContext;
#[doc(hidden)]
pub use validation::keywords;
#[doc(hidden)]
pub use validation::pattern::expression::{Expression, Lookahead, Term};
#[doc(hidden)]
pub use validation::pattern::matcher::Matcher;
#[doc(hidden)]
pub use validation::pattern::piece::Piece;
#[doc(hidden)]
pub use validation::pattern::program::{Program, Step};
#[doc(hidden)]
pub use validation::pattern::ranges::character_ranges;
#[doc(hidden)]
pub use validation::pattern::sequence::Pattern;
