//! The sections of `components`, and the places of components.

use crate::pointer::Pointer;

/// A section of `components`: its key, and a noun phrase that names one component of the section in messages. An example is
/// `("schemas", "a schema")`.
pub(super) type Section = (&'static str, &'static str);

/// The section `components.schemas`.
pub(super) const SCHEMAS: Section = ("schemas", "a schema");

/// All sections of `components` whose components can be the target of a `$ref`.
const SECTIONS: &[Section] = &[
    SCHEMAS,
    ("responses", "a response"),
    ("parameters", "a parameter"),
    ("examples", "an example"),
    ("requestBodies", "a request body"),
    ("headers", "a header"),
    ("securitySchemes", "a security scheme"),
    ("links", "a link"),
    ("callbacks", "a callback"),
];

/// Returns `NAME` if `place` is `/components/SECTION/NAME`, where `SECTION` is `section`. Otherwise returns `None`.
pub(super) fn component_name(place: &Pointer, section: &str) -> Option<String> {
    let parent = Pointer::root().join("components").join(section);
    (place.parent()? == parent).then(|| place.last()).flatten()
}

/// Returns the section of the component at `place`. Returns `None` if `place` is not the JSON Pointer of a component.
pub(super) fn section_of(place: &Pointer) -> Option<Section> {
    SECTIONS.iter().find(|(section, _)| component_name(place, section).is_some()).copied()
}

/// Returns whether `place` is the JSON Pointer of a component or a path item, or of an object that contains components or path
/// items, such as `/components/schemas`.
pub(super) fn has_own_name(place: &Pointer) -> bool {
    match place.as_str().split('/').nth(1) {
        Some("components") => place.as_str().split('/').count() <= 4,
        Some("paths" | "webhooks") => place.as_str().split('/').count() <= 3,
        _ => false,
    }
}
