//! The sections of `components`.

use crate::pointer::Pointer;

/// A section of `components`: its key, and a noun with article for one of its components, which messages use.
pub(super) type Section = (&'static str, &'static str);

/// The section of schemas.
pub(super) const SCHEMAS: Section = ("schemas", "a schema");

/// All sections that references can lead to.
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

/// The name of the component at `place`; `None` if `place` is not `/components/SECTION/NAME`.
pub(super) fn component_name(place: &Pointer, section: &str) -> Option<String> {
    let parent = Pointer::root().join("components").join(section);
    (place.parent()? == parent).then(|| place.last()).flatten()
}

/// The section of the component at `place`; `None` if there is no component at `place`.
pub(super) fn section_of(place: &Pointer) -> Option<Section> {
    SECTIONS.iter().find(|(section, _)| component_name(place, section).is_some()).copied()
}
