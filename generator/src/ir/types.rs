//! Types, their members, and the rules for their values.

use crate::ir::{Docs, ObjectRule, PatternId, SchemaId, TypeId, Union};
use crate::pattern::Structure;
use crate::pointer::Pointer;

/// A named type.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The name.
    pub name: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Lines of documentation.
    pub docs: Docs,
    /// Which way values travel.
    pub travels: Travels,
    /// What it is.
    pub kind: TypeKind,
    /// Where the schema of a component stands, such as `#/components/schemas/Pet`; `None` for a schema in place, which several
    /// places may share.
    pub schema: Option<String>,
}

/// Which way the values of a type travel; it decides which of serde's traits a crate needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Travels {
    /// To the service.
    pub sent: bool,
    /// From the service.
    pub received: bool,
}

/// What a named type is.
#[derive(Debug, Clone)]
pub enum TypeKind {
    /// An object with described members.
    Struct(Struct),
    /// A closed set of strings; an unknown one is kept.
    StringEnum(Vec<EnumVariant>),
    /// The parts of a multipart body.
    Parts(Parts),
    /// Another type under a name of its own, with rules of its own.
    Newtype(Value),
    /// One of several alternatives.
    Union(Union),
}

/// An object with described members.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The members.
    pub fields: Vec<Field>,
    /// The members that are not described.
    pub rest: Rest,
    /// The rules for the object as a whole.
    pub rules: Vec<ObjectRule>,
    /// The rules for how many members there are.
    pub counts: Vec<Rule>,
}

/// The parts of a multipart body.
#[derive(Debug, Clone)]
pub struct Parts {
    /// What holds them: a field for each part, and one for each documented header of a part.
    pub structure: Struct,
    /// How each is written, in order.
    pub parts: Vec<Part>,
    /// How a part that is not described is written, where such parts are kept.
    pub rest: PartCoding,
}

/// One part of a multipart body.
#[derive(Debug, Clone)]
pub struct Part {
    /// Index of its field.
    pub field: usize,
    /// How it becomes bytes.
    pub coding: PartCoding,
    /// Its content type; empty where a plain text goes without one.
    pub content_type: String,
    /// Indices of the fields that hold its headers.
    pub headers: Vec<usize>,
}

/// How a part becomes bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartCoding {
    /// As it is.
    File,
    /// As text.
    Text,
    /// As JSON.
    Json,
}

/// What becomes of members that a schema does not describe.
#[derive(Debug, Clone)]
pub enum Rest {
    /// They are skipped.
    Skip,
    /// They are refused.
    Refuse,
    /// They are kept in a map.
    Keep {
        /// The field that holds the map.
        field: String,
        /// What the map holds.
        value: Box<Value>,
    },
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The Rust name.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Lines of documentation.
    pub docs: Docs,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// What it holds.
    pub value: Value,
    /// Whether it must be there.
    pub presence: Presence,
}

/// Whether a member must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Always.
    Required,
    /// Only in requests (`writeOnly`).
    RequiredInRequest,
    /// Only in responses (`readOnly`).
    RequiredInResponse,
    /// Never.
    Optional,
}

/// A value of `enum`.
#[derive(Debug, Clone)]
pub struct EnumVariant {
    /// The Rust name.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The value on the wire.
    pub wire: String,
}

/// A type in place, with the rules for its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The type.
    pub kind: Type,
    /// Whether null is allowed.
    pub nullable: bool,
    /// Whether the value is a secret, never shown in a violation.
    pub secret: bool,
    /// The rules, in the order of the keywords.
    pub rules: Vec<Rule>,
    /// Where its schema stands, unless that is where its holder has it (`properties`, `items`, `additionalProperties`) or the type
    /// says so itself: `#/…` from the root of a document, `/…` from the holder's schema.
    pub schema: Option<String>,
}

/// A type in place.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// Text.
    String,
    /// True or false.
    Boolean,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer.
    Int64,
    /// A 64-bit integer without a sign.
    UInt64,
    /// An integer for bounds beyond 64 bits.
    Int128,
    /// A number.
    Double,
    /// Any JSON value.
    Any,
    /// The bytes of a body that is not JSON.
    Bytes,
    /// Bytes with a content type and perhaps a file name.
    File,
    /// An array.
    List(Box<Value>),
    /// An object whose members are all alike.
    Map(Box<Value>),
    /// A named type; boxed where it would otherwise contain itself.
    Named {
        /// Which one.
        id: TypeId,
        /// Whether it stands in a `Box`.
        boxed: bool,
    },
}

/// One validation keyword.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`.
    Pattern(PatternId),
    /// `format` of a string.
    Format(Format),
    /// `minimum`.
    Minimum(Bound),
    /// `maximum`.
    Maximum(Bound),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `multipleOf`, digit by digit.
    MultipleOf(String),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// What no type can say.
    Schema(SchemaId),
    /// None itself: the rules behind it stand in the schema at this place, told as in [`Value::schema`], or in the value's own one.
    StandsAt(Option<String>),
    /// `enum` of integers.
    OneOfIntegers(Vec<i128>),
    /// `enum` of numbers.
    OneOfDoubles(Vec<f64>),
    /// `enum` of booleans.
    OneOfBooleans(Vec<bool>),
    /// `enum` of values of any type, as JSON texts.
    OneOfJson(Vec<String>),
}

/// A format that strings are checked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Format {
    DateTime,
    Date,
    Time,
    Duration,
    Uuid,
    Ipv4,
    Ipv6,
    Uri,
    UriReference,
    Email,
    Hostname,
    Byte,
    JsonPointer,
}

/// A bound of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bound {
    /// The limit.
    pub limit: Limit,
    /// Whether the limit itself is out of bounds.
    pub exclusive: bool,
}

/// The limit of a bound, in the type of the value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Limit {
    /// Of an integer.
    Integer(i128),
    /// Of a number.
    Double(f64),
}

/// A pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The constant that holds it.
    pub constant: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// As the document writes it.
    pub text: String,
    /// How it is matched.
    pub matcher: Matcher,
}

/// How a pattern is matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matcher {
    /// In one pass over bounded character classes.
    Classes {
        /// Whether it begins with `^`.
        anchored_start: bool,
        /// Whether it ends with `$`.
        anchored_end: bool,
        /// The classes.
        pieces: Vec<Piece>,
    },
    /// By an automaton, in one pass.
    Automaton(Structure),
    /// By a regex engine that may go back over the text.
    Engine,
}

/// A character class and how often it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Ranges, both ends included, ascending and apart.
    pub ranges: Vec<(char, char)>,
    /// How often at least.
    pub min: usize,
    /// How often at most; `None` where nothing bounds it.
    pub max: Option<usize>,
}
