//! Naming contexts. A naming context describes where an inline schema is used. The name of the schema's Rust type is built from
//! the naming context.

use crate::ir::TypeId;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// A use of an inline schema, from which the name of its Rust type is built. For example, the property `owner` of `Pet` has the
/// type `PetOwner`.
#[derive(Debug, Clone)]
pub(crate) struct NamingContext {
    /// The type whose schema contains the inline schema. The new name begins with the name of this type.
    pub holder: Option<TypeId>,
    /// The JSON pointer of the schema of `holder`.
    holder_pointer: Pointer,
    /// The words that follow the name of `holder` in the new name.
    pub words: String,
    /// Whether an example uses the schema. An example names a type only if nothing else uses the type.
    is_example: bool,
}

impl NamingContext {
    /// Returns the naming context of a schema outside of all types, such as the schema of a parameter or a request body. The
    /// name is built from `words` alone.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self { holder: None, holder_pointer: Pointer::root(), words: words.into(), is_example: false }
    }

    /// Returns the naming context of a schema that an example uses. The name is built from `words` alone.
    pub(crate) fn example(words: &str) -> Self {
        Self { is_example: true, ..Self::new(words) }
    }

    /// Returns the naming context of the schemas inside the schema at `pointer`. The type of this outer schema is `holder`.
    pub(crate) fn inside(holder: TypeId, pointer: &Pointer) -> Self {
        Self { holder: Some(holder), holder_pointer: pointer.clone(), words: String::new(), is_example: false }
    }

    /// Returns the naming context of a subschema: `words` is appended, for example the name of a property.
    pub(crate) fn part(&self, words: &str) -> Self {
        Self { words: format!("{} {words}", self.words), ..self.clone() }
    }
}

/// An inline type that has no name yet.
#[derive(Debug)]
pub(crate) struct InlineType<'d> {
    /// The type.
    pub id: TypeId,
    /// The schema of the type.
    pub schema: &'d Schema,
    /// All uses of the type.
    pub users: Vec<TypeUser>,
}

/// A use of an inline type.
#[derive(Debug)]
pub(crate) struct TypeUser {
    /// The naming context of the use.
    pub context: NamingContext,
    /// The precedence of the use.
    pub rank: UserRank,
}

impl TypeUser {
    /// Creates the use of the schema at `pointer` in `context`.
    pub(crate) fn new(context: &NamingContext, pointer: &Pointer) -> Self {
        let rank = match (context.is_example, pointer.is_within(&context.holder_pointer)) {
            (true, _) => UserRank::Example,
            (false, true) => UserRank::Owner,
            (false, false) => UserRank::Merged,
        };
        Self { context: context.clone(), rank }
    }
}

/// The precedence of a use when the inline type is named, highest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum UserRank {
    /// The schema is inside the schema of the containing type.
    Owner,
    /// The schema was inside an `allOf` member, which has been merged into the schema of the containing type.
    Merged,
    /// An example uses the schema.
    Example,
}
