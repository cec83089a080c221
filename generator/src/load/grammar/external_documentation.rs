//! The grammar of the External Documentation Object, which many other objects contain as `externalDocs`.

use crate::load::grammar::kind::Kind::Text;
use crate::load::grammar::kind::{ObjectKind, object, optional, required_prose};

/// External Documentation Object.
pub(super) static EXTERNAL_DOCUMENTATION: ObjectKind =
    object("External Documentation", &[optional("description", Text), required_prose("url")]);
