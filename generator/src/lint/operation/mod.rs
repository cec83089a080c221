//! Rules about operations and servers.

pub(crate) mod request_body;
pub(crate) mod server_variable;
pub(crate) mod source;
pub(crate) mod success;
pub(crate) mod tag;
