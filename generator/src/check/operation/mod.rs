//! Rules about operations, their paths, their parameters and their servers.

pub(crate) mod exposed_credential;
pub(crate) mod failure;
pub(crate) mod framing_header;
pub(crate) mod id;
pub(crate) mod overload;
pub(crate) mod parameter;
pub(crate) mod path;
pub(crate) mod path_parameter;
pub(crate) mod path_template;
pub(crate) mod server;
