//! The words of messages, and remedies that several comparisons share.

use crate::page::vocabulary::Place;
use crate::resolve::document::Location;

/// The remedy for a part that only the document has.
pub(crate) const EXTRA: &str = "Delete it, or acknowledge it with the reason.";

/// The remedy for a part that only the page has.
pub(crate) const MISSING: &str = "Add it as the page prints it.";

/// Returns the word for a requirement.
pub(crate) fn requirement(is_required: bool) -> &'static str {
    if is_required { "required" } else { "optional" }
}

/// Returns the place of a location.
pub(crate) fn place(location: Location) -> Place {
    match location {
        Location::Path => Place::Path,
        Location::Query => Place::Query,
        Location::Header => Place::Header,
        Location::Cookie => Place::Cookie,
    }
}

/// Returns the word for a place.
pub(crate) fn word(place: Place) -> &'static str {
    match place {
        Place::Path => "path",
        Place::Query => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
        _ => "body",
    }
}
