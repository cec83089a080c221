//! Lowers operations: arguments, path, security, responses and examples.

pub(crate) mod accept;
pub(crate) mod body_encodings;
pub(crate) mod composition;
mod documentation;
pub(crate) mod examples;
pub(crate) mod forms;
mod item_streams;
pub(crate) mod media_types;
pub(crate) mod multipart;
pub(crate) mod operations;
pub(crate) mod overloads;
pub(crate) mod parameters;
pub(crate) mod paths;
pub(crate) mod request_body;
pub(crate) mod response_bodies;
pub(crate) mod response_headers;
pub(crate) mod responses;
pub(crate) mod security;
pub(crate) mod servers;
pub(crate) mod statuses;
pub(crate) mod styles;
mod webhooks;
pub(crate) mod wire_names;
