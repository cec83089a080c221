//! The grammar of OpenAPI Overlays (version 1.0).

use crate::load::grammar::kind::Kind::{Any, Boolean, List, Object, Text};
use crate::load::grammar::kind::{ObjectKind, object, optional, required, required_prose};

/// Overlay Object: the root of an overlay.
pub(crate) static OVERLAY: ObjectKind = object(
    "Overlay",
    &[
        required_prose("overlay"),
        required("info", Object(&OVERLAY_INFO)),
        optional("extends", Text),
        required("actions", List(&Object(&ACTION))),
    ],
);

static OVERLAY_INFO: ObjectKind =
    object("Overlay Info", &[required_prose("title"), optional("description", Text), required_prose("version")]);

static ACTION: ObjectKind = object(
    "Action",
    &[required("target", Text), optional("description", Text), optional("update", Any), optional("remove", Boolean)],
);
