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
    /// The name of the struct of the operation that contains the inline schema; `None` if a named type or a component contains
    /// the schema. The name of the inline schema's type begins with `operation`, unless several operations use the type.
    pub operation: Option<String>,
    /// The words that follow the name of `holder` or `operation` in the name of the type, such as `owner` in `PetOwner`.
    pub words: String,
    /// The words that name the type if several operations use it.
    pub shared_words: String,
    /// The kind of the component or of the part of an operation that contains the schema. It is appended to the name of the type
    /// if the name is in use.
    pub role: Role,
    /// The JSON Pointer of the component, such as `/components/responses/Pets`, if the schema is the whole schema of a parameter,
    /// body or header of `components`. Each such schema has its own type, as each schema of `components.schemas` has.
    pub component: Option<Pointer>,
    /// Whether the schema is lowered for an example. The type is named after the example only if nothing else uses the type.
    is_example: bool,
}

/// The kind of the component or of the part of an operation that contains an inline schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The schema of a parameter.
    Parameter,
    /// The schema of a request body.
    Request,
    /// The schema of a response body.
    Response,
    /// The schema of a response header.
    Header,
    /// A schema inside a named type.
    Part,
}

impl Role {
    /// Returns the section of `components` with components of this kind.
    fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Parameter => "parameters",
            Self::Request => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Part => return None,
        })
    }

    /// Returns whether the schema is the schema of a body. The words `request` and `response` do not describe a body, so the name
    /// of a body that several operations use also contains the names of the members.
    pub(crate) fn is_body(self) -> bool {
        matches!(self, Self::Request | Self::Response)
    }
}

impl NamingContext {
    /// Returns the naming context of an inline schema that no other schema contains. The name of the schema's type is built from
    /// `words` alone.
    pub(crate) fn new(words: impl Into<String>, role: Role) -> Self {
        let words = words.into();
        Self {
            holder: None,
            holder_pointer: Pointer::root(),
            operation: None,
            shared_words: words.clone(),
            words,
            role,
            component: None,
            is_example: false,
        }
    }

    /// Returns the naming context of the inline schema of a parameter, body or header at `pointer`. If the parameter, body or
    /// header is a component, the type is named after the component. Otherwise, the type is named after the operation, followed by
    /// `words`.
    pub(crate) fn at(pointer: &Pointer, role: Role, operation: &str, words: &str) -> Self {
        match role.section().and_then(|section| component_name(pointer, section)) {
            Some(name) => Self { component: Some(pointer.clone()), ..Self::new(name, role) },
            None => Self { operation: Some(operation.to_owned()), ..Self::new(words, role) },
        }
    }

    /// Replaces the words that name the type if several operations use it.
    pub(crate) fn shared_as(self, words: &str) -> Self {
        Self { shared_words: words.to_owned(), ..self }
    }

    /// Returns the naming context of the schema of an example. The name of the schema's type is built from `words` alone.
    pub(crate) fn example(words: &str) -> Self {
        Self { is_example: true, ..Self::new(words, Role::Part) }
    }

    /// Returns the naming context of the inline schemas inside an outer schema. The outer schema is at `pointer`, and `holder` is
    /// its type.
    pub(crate) fn inside(holder: TypeId, pointer: &Pointer) -> Self {
        Self { holder: Some(holder), holder_pointer: pointer.clone(), ..Self::new("", Role::Part) }
    }

    /// Returns the naming context of a subschema: a copy of this context with `words` appended. For a property, `words` is the
    /// name of the property.
    pub(crate) fn part(&self, words: &str) -> Self {
        Self {
            words: format!("{} {words}", self.words),
            shared_words: format!("{} {words}", self.shared_words),
            component: None,
            ..self.clone()
        }
    }

    /// Returns the naming context of the same body in another media type: a copy of this context with `media_type` appended.
    pub(crate) fn in_media_type(&self, media_type: &str) -> Self {
        Self { component: self.component.clone(), ..self.part(media_type) }
    }
}

/// Returns `NAME` if `pointer` is `/components/SECTION/NAME`, where `SECTION` is `section`. Otherwise returns `None`.
pub(crate) fn component_name(pointer: &Pointer, section: &str) -> Option<String> {
    let parent = pointer.parent()?;
    (parent.as_str().strip_prefix("/components/") == Some(section)).then(|| pointer.last()).flatten()
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
    /// The JSON Pointer of the inline schema.
    pub pointer: Pointer,
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
        Self { context: context.clone(), pointer: pointer.clone(), rank }
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
