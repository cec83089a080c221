// copperplate runtime: copied unchanged into every generated crate.
//! The hand-written half of every generated client: transport, requests, responses, decoding and validation.
//!
//! Nothing here knows a particular API. Emitted code is data and short calls into these modules.

pub mod client;
pub mod decoding;
pub mod error;
pub mod request;
pub mod response;
pub mod schema;
pub mod validation;

#[cfg(test)]
pub mod example;

#[cfg(feature = "blocking")]
pub use client::blocking_transport::Blocking;
pub use client::call::{Call, Operation, ReadResult};
#[cfg(feature = "reqwest")]
pub use client::reqwest_transport::Reqwest;
pub use client::security::{CredentialLocation, Scheme, Secret, Security, SecurityRequirement};
pub use client::transport::{BlockingTransport, DefaultTransport, Detached, Timeout, Transport, TransportError};
pub use client::{Api, Builder, Client, ErrorFields, Hook, ResponsePolicy};
pub use decoding::from_json::{FromJsonError, from_json};
pub use decoding::leniency::Leniency;
pub use decoding::union::{Discriminated, Union, ValidateVariant};
pub use error::{DecodeError, Error};
pub use request::form::Encoding;
pub use request::multipart::{File, Multipart, MultipartBuilder};
pub use request::style::Style;
pub use request::text::Text;
pub use request::{PathValue, RequestBuilder};
pub use response::{FailureCondition, Outcome, RawResponse, Reply};
pub use schema::Schema;
pub use validation::context::{Validate, ValidationContext};
pub use validation::pattern::expression::{Expression, Lookahead, Term};
pub use validation::pattern::{Pattern, Piece};
pub use validation::violation::{Direction, Location, Violation, Violations};

// Emitted code names these modules by short paths.
#[doc(hidden)]
pub use decoding::{codec, decode, union};
#[doc(hidden)]
pub use validation::keywords;
