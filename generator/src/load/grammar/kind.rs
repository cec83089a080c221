//! The types of the tables that form the [grammar](crate::load::grammar).

use crate::load::grammar::object_rule::ObjectRule;

/// The kind of value that a place may have.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any JSON value: an example, a default, the content of an extension.
    Any,
    /// A string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A non-negative integer.
    Count,
    /// A number.
    Number,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// An object of this kind.
    Object(&'static ObjectKind),
    /// An object of this kind, or a reference to one.
    Referable(&'static ObjectKind),
    /// A list of values of one kind.
    List(&'static Kind),
    /// An object whose keys are names that the author chooses, with values of one kind.
    Map(&'static Kind),
    /// `true`, `false`, or a value of another kind.
    BooleanOr(&'static Kind),
}

/// A kind of object that OpenAPI defines.
#[derive(Debug)]
pub(crate) struct ObjectKind {
    /// The name in the specification, without "Object".
    pub(crate) name: &'static str,
    /// The fixed keys.
    pub(crate) keys: &'static [Key],
    /// The keys that follow a pattern. `None` if there are only fixed keys.
    pub(crate) patterned: Option<PatternedKeys>,
    /// A rule about several keys together.
    pub(crate) rule: Option<ObjectRule>,
}

/// A fixed key of an object.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// The kind of its value.
    pub(crate) kind: Kind,
    /// Whether the object must have the key.
    pub(crate) required: bool,
    /// Whether requests change if the key is removed. If so, an operation with a malformed value of the key cannot be generated.
    pub(crate) affects_request: bool,
    /// Whether the value is a text for people, so that an empty string can replace a missing one.
    pub(crate) is_prose: bool,
    /// Whether the key has an effect on the generated crate. Documentation counts as an effect.
    pub(crate) has_effect: bool,
}

/// The keys of an object that follow a pattern.
#[derive(Debug)]
pub(crate) struct PatternedKeys {
    /// Whether a key follows the pattern.
    pub(crate) matches: fn(&str) -> bool,
    /// A noun with article for such keys, for messages.
    pub(crate) noun: &'static str,
    /// The kind of their values.
    pub(crate) kind: Kind,
}

/// A key that the object must have.
pub(crate) const fn required(name: &'static str, kind: Kind) -> Key {
    Key { required: true, ..optional(name, kind) }
}

/// A key that the object must have and whose value is a text for people.
pub(crate) const fn required_prose(name: &'static str) -> Key {
    Key { required: true, is_prose: true, ..optional(name, Kind::Text) }
}

/// An optional key that requests depend on.
pub(crate) const fn affects_request(name: &'static str, kind: Kind) -> Key {
    Key { affects_request: true, ..optional(name, kind) }
}

/// An optional key.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, required: false, affects_request: false, is_prose: false, has_effect: true }
}

/// A key for an extension of copperplate. The resolve stage checks its content.
pub(crate) const fn extension(name: &'static str) -> Key {
    optional(name, Kind::Any)
}

/// An optional key that has no effect on a client.
pub(crate) const fn without_effect(name: &'static str, kind: Kind) -> Key {
    Key { has_effect: false, ..optional(name, kind) }
}

/// An object with these keys and no others.
pub(crate) const fn object(name: &'static str, keys: &'static [Key]) -> ObjectKind {
    ObjectKind { name, keys, patterned: None, rule: None }
}
