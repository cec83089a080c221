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
    (section_and_name(place)?.0 == section).then(|| place.last()).flatten()
}

/// Returns the section of the component at `place`. Returns `None` if `place` is not the JSON Pointer of a component.
pub(super) fn section_of(place: &Pointer) -> Option<Section> {
    let (of_place, _) = section_and_name(place)?;
    SECTIONS.iter().find(|(section, _)| *section == of_place).copied()
}

/// Returns `SECTION` and the escaped `NAME` if `place` is `/components/SECTION/NAME`.
fn section_and_name(place: &Pointer) -> Option<(&str, &str)> {
    let (section, name) = place.as_str().strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then_some((section, name))
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
