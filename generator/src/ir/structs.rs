//! Structs: objects for which the schema describes members.

use crate::ir::docs::Docs;
use crate::ir::ids::SchemaTableId;
use crate::ir::rules::Rule;
use crate::ir::unions::UnionKeyword;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// An object for which the schema describes members.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The described members, in document order.
    pub fields: Vec<Field>,
    /// How members that the schema does not describe are treated.
    pub additional: AdditionalMembers,
    /// The rules for the object as a whole, except for the number of members.
    pub rules: Vec<ObjectRule>,
    /// The rules for the number of members: `minProperties` and `maxProperties`.
    pub count_rules: Vec<Rule>,
}

impl Struct {
    /// Whether the struct implements `Default`. It does if none of its fields is required in both directions.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }
}

/// How members that a schema does not describe are treated.
#[derive(Debug, Clone)]
pub enum AdditionalMembers {
    /// Additional members are ignored.
    Ignore,
    /// Additional members are an error.
    Reject,
    /// Additional members are kept in a map.
    Keep {
        /// The name of the field that holds the map.
        field: String,
        /// The type and rules of the map's values.
        value: Box<Value>,
    },
}

/// A member that the schema describes. It becomes a field of the struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in Rust.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The location of the member's schema in the document.
    pub pointer: Pointer,
    /// The documentation of the field.
    pub docs: Docs,
    /// Whether the document marks the member as deprecated.
    pub deprecated: bool,
    /// The type and rules of the member.
    pub value: Value,
    /// Whether, and in which direction, the member is required.
    pub presence: Presence,
}

/// Whether, and in which direction, a member is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Required in requests and responses.
    Required,
    /// Required in requests only (`writeOnly`).
    RequiredInRequest,
    /// Required in responses only (`readOnly`).
    RequiredInResponse,
    /// Not required.
    Optional,
}

/// A rule for an object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectRule {
    /// `oneOf` or `anyOf` with alternatives that consist only of `required`. The list contains, for each alternative, the indices
    /// of its required fields.
    RequiredFields(UnionKeyword, Vec<Vec<usize>>),
    /// Keywords that a struct cannot express. They are validated dynamically.
    SchemaTable(SchemaTableId),
}
