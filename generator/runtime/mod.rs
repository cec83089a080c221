// copperplate runtime: copied unchanged into every generated crate.
//! What every operation stands on: requests, answers, errors, validation and transport.
//!
//! Nothing here knows any particular API. The emitted code beside it is data and short calls into these modules.

mod alternatives;
pub mod answer;
pub mod automaton;
pub mod call;
pub mod check;
pub mod client;
pub mod codec;
mod effort;
mod equality;
pub mod error;
pub mod expression;
mod fingerprint;
mod fixed;
pub mod form;
pub mod format;
pub mod judged;
mod media;
pub mod multipart;
mod number;
pub mod pattern;
mod position;
pub mod reading;
pub mod request;
pub mod schema;
pub mod security;
pub mod style;
pub mod text;
pub mod tolerated;
pub mod transport;
pub mod union;
mod uri;
pub mod validate;
pub mod violation;

#[cfg(test)]
pub mod example;
#[cfg(feature = "blocking")]
mod over_blocking;
#[cfg(feature = "reqwest")]
mod over_reqwest;

pub use answer::{Answer, Outcome, Reply, When};
pub use call::{Call, Operation, Reading};
pub use client::{Api, Builder, Client, ErrorFields, Hook, ResponsePolicy};
pub use error::{Error, Undecodable};
pub use expression::{Expression, Look, Part};
pub use form::Encoding;
pub use judged::{Unfit, from_json};
pub use multipart::{File, Multipart, Parts};
#[cfg(feature = "blocking")]
pub use over_blocking::Blocking;
#[cfg(feature = "reqwest")]
pub use over_reqwest::Reqwest;
pub use pattern::{Pattern, Piece};
pub use request::{Draft, PathValue};
pub use schema::Schema;
pub use security::{Carrier, Needed, Scheme, Secret, Security};
pub use style::Style;
pub use text::Text;
pub use tolerated::Tolerated;
pub use transport::{BlockingTransport, DefaultTransport, Detached, Timeout, Transport, TransportError};
pub use union::{Choice, Tagged, Union};
pub use validate::{At, Validate};
pub use violation::{Direction, Location, Violation, Violations};
