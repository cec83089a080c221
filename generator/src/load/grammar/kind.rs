//! The types of the tables that form the [grammar](crate::load::grammar).

use crate::load::grammar::rule_violation::ObjectRule;
use crate::load::version::OpenApiVersion;

/// The kind of JSON value that the grammar expects, such as a string, or a list of schemas.
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
    /// An object whose keys are names that the author chooses, such as the names of schemas. All its values have this kind.
    Map(&'static Kind),
    /// `true`, `false`, or a value of this kind.
    BooleanOr(&'static Kind),
    /// A value of this kind, or a list of such values.
    OneOrMore(&'static Kind),
}

/// A type of object that OpenAPI defines, such as the Operation Object.
#[derive(Debug)]
pub(crate) struct ObjectKind {
    /// The name of the type in the specification, without "Object".
    pub(crate) name: &'static str,
    /// The fixed keys.
    pub(crate) keys: &'static [Key],
    /// The keys that follow a pattern, such as status codes. `None` if there are only fixed keys.
    pub(crate) patterned: Option<PatternedKeys>,
    /// The rule about combinations of keys, such as "either `schema` or `content`".
    pub(crate) rule: Option<ObjectRule>,
}

impl ObjectKind {
    /// Returns the fixed keys that the object has in this version of OpenAPI.
    pub(crate) fn keys_in(&'static self, version: OpenApiVersion) -> impl Iterator<Item = &'static Key> {
        self.keys.iter().filter(move |key| key.is_in(version))
    }

    /// Returns the fixed key `name` if the object has this key in this version of OpenAPI.
    pub(crate) fn key(&'static self, name: &str, version: OpenApiVersion) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name && key.is_in(version))
    }

    /// Returns whether this is the Schema Object.
    pub(crate) fn is_schema(&self) -> bool {
        self.name == "Schema"
    }
}

/// A fixed key of an object.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// The kind of the key's value.
    pub(crate) kind: Kind,
    /// Whether the object must have the key.
    pub(crate) required: bool,
    /// Whether the removal of this key would change requests. If the value of such a key is malformed, the operation cannot be
    /// generated.
    pub(crate) affects_request: bool,
    /// Whether the value is prose for readers. If the prose is missing, an empty string can replace it.
    pub(crate) is_prose: bool,
    /// Whether the key has an effect on the generated crate. Doc comments count as an effect.
    pub(crate) has_effect: bool,
    /// The first version of OpenAPI that defines the key with this kind of value.
    pub(crate) first: OpenApiVersion,
    /// The last version of OpenAPI that defines the key with this kind of value.
    pub(crate) last: OpenApiVersion,
}

impl Key {
    fn is_in(&self, version: OpenApiVersion) -> bool {
        self.first <= version && version <= self.last
    }
}

/// The keys of an object that follow a pattern.
#[derive(Debug)]
pub(crate) struct PatternedKeys {
    /// Whether a key follows the pattern.
    pub(crate) matches: fn(&str) -> bool,
    /// A noun phrase for the keys in messages: "a status such as `200`".
    pub(crate) noun: &'static str,
    /// The kind of the keys' values.
    pub(crate) kind: Kind,
}

/// Builds a required key.
pub(crate) const fn required(name: &'static str, kind: Kind) -> Key {
    Key { required: true, ..optional(name, kind) }
}

/// Builds a required key whose value is prose for readers.
pub(crate) const fn required_prose(name: &'static str) -> Key {
    Key { required: true, is_prose: true, ..optional(name, Kind::Text) }
}

/// Builds an optional key whose removal changes the requests.
pub(crate) const fn affects_request(name: &'static str, kind: Kind) -> Key {
    Key { affects_request: true, ..optional(name, kind) }
}

/// Builds an optional key.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Key {
    let (first, last) = (OpenApiVersion::V3_0, OpenApiVersion::V3_2);
    Key { name, kind, required: false, affects_request: false, is_prose: false, has_effect: true, first, last }
}

/// Builds the key of a copperplate extension. The resolve stage checks the content of the extension.
pub(crate) const fn extension(name: &'static str) -> Key {
    optional(name, Kind::Any)
}

/// Builds an optional key that has no effect on a client.
pub(crate) const fn without_effect(name: &'static str, kind: Kind) -> Key {
    Key { has_effect: false, ..optional(name, kind) }
}

/// Restricts a key to OpenAPI 3.0.
pub(crate) const fn only_3_0(key: Key) -> Key {
    Key { last: OpenApiVersion::V3_0, ..key }
}

/// Restricts a key to OpenAPI 3.0 and 3.1.
pub(crate) const fn until_3_1(key: Key) -> Key {
    Key { last: OpenApiVersion::V3_1, ..key }
}

/// Restricts a key to OpenAPI 3.1 and later versions.
pub(crate) const fn since_3_1(key: Key) -> Key {
    Key { first: OpenApiVersion::V3_1, ..key }
}

/// Restricts a key to OpenAPI 3.2.
pub(crate) const fn since_3_2(key: Key) -> Key {
    Key { first: OpenApiVersion::V3_2, ..key }
}

/// Builds a type of object that has only fixed keys and no rule.
pub(crate) const fn object(name: &'static str, keys: &'static [Key]) -> ObjectKind {
    ObjectKind { name, keys, patterned: None, rule: None }
}
