//! Structs: Rust types for objects whose schemas name members.

use crate::ir::docs::Docs;
use crate::ir::ids::SchemaTableId;
use crate::ir::rules::Rule;
use crate::ir::unions::UnionKeyword;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// A Rust struct for objects whose schema names members.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The members that the schema describes, in document order.
    pub fields: Vec<Field>,
    /// What happens to members that the schema does not describe.
    pub additional: AdditionalMembers,
    /// The validation rules for the object as a whole, except those for the number of members.
    pub rules: Vec<ObjectRule>,
    /// The validation rules for the number of members: `minProperties` and `maxProperties`.
    pub count_rules: Vec<Rule>,
}

impl Struct {
    /// Returns whether the struct implements `Default`. It does if no field is required in both requests and responses.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }
}

/// What happens to members that a schema does not describe.
#[derive(Debug, Clone)]
pub enum AdditionalMembers {
    /// Members that the schema does not describe are ignored.
    Ignore,
    /// Members that the schema does not describe are an error.
    Reject,
    /// Members that the schema does not describe are kept in a map.
    Keep {
        /// The name of the field that holds the map.
        field: String,
        /// The type and validation rules of the map's values.
        value: Box<Value>,
    },
}

/// A member that the schema describes. It becomes a field of the struct.
#[derive(Debug, Clone)]
pub struct Field {
    /// The Rust identifier of the field.
    pub name: String,
    /// The name of the member in JSON.
    pub wire: String,
    /// The JSON Pointer of the member's schema in the document.
    pub pointer: Pointer,
    /// The documentation of the field.
    pub docs: Docs,
    /// Whether the document marks the member as deprecated.
    pub deprecated: bool,
    /// The type and validation rules of the member.
    pub value: Value,
    /// Which messages must contain the member: requests, responses, both or neither.
    pub presence: Presence,
    /// How the field holds null if the member is optional.
    pub null: OptionalNull,
}

/// How the field of an optional member holds null.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OptionalNull {
    /// The member cannot be null or is required, or the type of its value holds null itself.
    #[default]
    Other,
    /// Null and absence do not differ for callers: the field has one `Option`, and is `None` for both.
    IsAbsent,
    /// Null and absence differ: the field has two `Option`s. The method with this name sets the field to null.
    Setter(String),
}

/// Which messages must contain a member: requests, responses, both or neither.
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

/// A validation rule for an object as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectRule {
    /// `oneOf` or `anyOf` with alternatives that consist only of `required`. For each alternative, the list contains the indices
    /// of the fields that the alternative requires.
    RequiredFields(UnionKeyword, Vec<Vec<usize>>),
    /// Keywords that a struct cannot express. The runtime reads them from a table and validates the object against them.
    SchemaTable(SchemaTableId),
}
