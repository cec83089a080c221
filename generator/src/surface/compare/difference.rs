//! A difference between two surfaces.

use crate::pointer::Pointer;
use crate::surface::compare::bump::VersionBump;
use crate::surface::compare::rules::Rule;
use crate::surface::item::{Item, ItemKind};

/// A difference between the public interfaces of two generated crates. Only differences that callers can notice are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The version bump that the difference requires.
    pub bump: VersionBump,
    /// The id of the rule for the difference, such as `field-removed`.
    pub rule: &'static str,
    /// The path of the item in the newer crate. If the item was removed, its path in the older crate.
    pub path: String,
    /// A description of the difference.
    pub message: String,
    /// Why the difference requires the version bump.
    pub reason: &'static str,
    /// Where the older document describes the item: a file and a JSON Pointer. `None` if the item is new.
    pub old: Option<Place>,
    /// Where the newer document describes the item: a file and a JSON Pointer. `None` if the item was removed.
    pub new: Option<Place>,
}

/// A document, and a JSON Pointer in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file name of the document.
    pub file: String,
    /// The JSON Pointer. It points to the root if no more exact location is known.
    pub pointer: Pointer,
}

impl Difference {
    /// Creates a difference to which `rule` applies. `old` is the item in the older crate, and `new` is the item in the newer
    /// crate. Returns `None` if both are `None`.
    pub(super) fn new(rule: &Rule, old: Option<&Item>, new: Option<&Item>, message: String) -> Option<Self> {
        let place = |item: &Item| Place { file: item.file.to_string(), pointer: item.pointer.clone() };
        let item = new.or(old)?;
        // A request has no path in the crate, so the path of the client's method that sends the request is used.
        let path = if item.kind == ItemKind::Request { item.owner.to_string() } else { item.path.clone() };
        let Rule { id, bump, reason } = *rule;
        Some(Self { bump, rule: id, path, message, reason, old: old.map(place), new: new.map(place) })
    }
}
