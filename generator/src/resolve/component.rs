//! The sections of `components`.

use crate::pointer::Pointer;

/// A section of `components`: its key, and a noun phrase for its components in messages, such as `("schemas", "a schema")`.
pub(super) type Section = (&'static str, &'static str);

/// The section `components.schemas`.
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

/// Returns the name of the component at `place`. Returns `None` if `place` is not `/components/SECTION/NAME` with this section.
pub(super) fn component_name(place: &Pointer, section: &str) -> Option<String> {
    let parent = Pointer::root().join("components").join(section);
    (place.parent()? == parent).then(|| place.last()).flatten()
}

/// Returns the section of the component at `place`. Returns `None` if `place` is not the JSON Pointer of a component.
pub(super) fn section_of(place: &Pointer) -> Option<Section> {
    SECTIONS.iter().find(|(section, _)| component_name(place, section).is_some()).copied()
}
