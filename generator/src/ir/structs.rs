//! Structs: objects whose members are described.

use crate::ir::docs::Docs;
use crate::ir::ids::SchemaTableId;
use crate::ir::rules::Rule;
use crate::ir::unions::UnionKeyword;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// An object with described members.
#[derive(Debug, Clone)]
pub struct Struct {
    /// The described members, in document order.
    pub fields: Vec<Field>,
    /// What happens to members that the schema does not describe.
    pub additional: AdditionalMembers,
    /// The rules for the object as a whole.
    pub rules: Vec<ObjectRule>,
    /// The rules for the number of members: `minProperties` and `maxProperties`.
    pub count_rules: Vec<Rule>,
}

impl Struct {
    /// Whether the struct implements `Default`: none of its fields is required in both directions.
    pub fn has_default(&self) -> bool {
        self.fields.iter().all(|field| field.presence != Presence::Required)
    }
}

/// What happens to members that a schema does not describe.
#[derive(Debug, Clone)]
pub enum AdditionalMembers {
    /// They are ignored.
    Ignore,
    /// They are an error.
    Reject,
    /// They are kept in a map.
    Keep {
        /// The name of the field that holds the map.
        field: String,
        /// The values of the map.
        value: Box<Value>,
    },
}

/// A described member of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name in Rust.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The location of its schema in the document.
    pub pointer: Pointer,
    /// The documentation of the field.
    pub docs: Docs,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// Its type and rules.
    pub value: Value,
    /// Whether the member is required.
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
    /// `oneOf` or `anyOf` whose alternatives consist of `required` only: for each alternative the indices of the required fields.
    RequiredFields(UnionKeyword, Vec<Vec<usize>>),
    /// Keywords that a struct cannot express, validated dynamically.
    SchemaTable(SchemaTableId),
}
