//! Naming contexts. A naming context describes where an inline schema is used. The name of the schema's Rust type is built from
//! the naming context.

use crate::ir::TypeId;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Describes where an inline schema is used. The name of the schema's Rust type is built from this description. For example, an
/// inline schema of the property `owner` of `Pet` gets the type `PetOwner`.
#[derive(Debug, Clone)]
pub(crate) struct NamingContext {
    /// The named type whose schema contains the inline schema; `None` if there is no such type. The name of the inline schema's
    /// type begins with the name of `holder`.
    pub holder: Option<TypeId>,
    /// The JSON pointer of the schema of `holder`.
    holder_pointer: Pointer,
    /// The words that follow the name of `holder` in the name of the type, such as `owner` in `PetOwner`.
    pub words: String,
    /// Whether the schema is lowered for an example. The type is named after the example only if nothing else uses the type.
    is_example: bool,
}

impl NamingContext {
    /// Returns the naming context of an inline schema that no other schema contains, such as the schema of a parameter or a
    /// request body. The name of the schema's type is built from `words` alone.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self { holder: None, holder_pointer: Pointer::root(), words: words.into(), is_example: false }
    }

    /// Returns the naming context of the schema of an example. The name of the schema's type is built from `words` alone.
    pub(crate) fn example(words: &str) -> Self {
        Self { is_example: true, ..Self::new(words) }
    }

    /// Returns the naming context of the inline schemas inside an outer schema. The outer schema is at `pointer`, and `holder` is
    /// its type.
    pub(crate) fn inside(holder: TypeId, pointer: &Pointer) -> Self {
        Self { holder: Some(holder), holder_pointer: pointer.clone(), words: String::new(), is_example: false }
    }

    /// Returns the naming context of a subschema: a copy of this context with `words` appended. For a property, `words` is the
    /// name of the property.
    pub(crate) fn part(&self, words: &str) -> Self {
        Self { words: format!("{} {words}", self.words), ..self.clone() }
    }
}

/// The Rust type of an inline schema, before the type has a name.
#[derive(Debug)]
pub(crate) struct InlineType<'d> {
    /// The id of the type.
    pub id: TypeId,
    /// The schema of the type.
    pub schema: &'d Schema,
    /// All uses of the type.
    pub users: Vec<TypeUser>,
}

/// A location in the document at which the type of an inline schema is used.
#[derive(Debug)]
pub(crate) struct TypeUser {
    /// The naming context, which describes where the inline schema is used.
    pub context: NamingContext,
    /// The precedence of this use. The use with the highest precedence gives the type its name.
    pub rank: UserRank,
}

impl TypeUser {
    /// Creates a use of the inline schema at `pointer`. `context` describes where the schema is used.
    pub(crate) fn new(context: &NamingContext, pointer: &Pointer) -> Self {
        let rank = match (context.is_example, pointer.is_within(&context.holder_pointer)) {
            (true, _) => UserRank::Example,
            (false, true) => UserRank::Owner,
            (false, false) => UserRank::Merged,
        };
        Self { context: context.clone(), rank }
    }
}

/// The precedence of a use of an inline schema's type, highest first. The use with the highest precedence gives the type its
/// name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UserRank {
    /// The inline schema is inside the schema of its holder, or has no holder, as the schema of a parameter. The holder is an
    /// outer type, and its name is the start of the suggested name.
    Owner,
    /// The inline schema comes from a member of `allOf` that has been merged into the schema of the holder. The holder is an
    /// outer type, and its name is the start of the suggested name.
    Merged,
    /// The inline schema is lowered for an example.
    Example,
}
