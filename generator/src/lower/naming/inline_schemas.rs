//! The names of types in place, given out when every user of them is known: what comes first in the document names nothing.

use std::collections::HashSet;

use crate::ir::TypeId;
use crate::lower::Lowering;
use crate::lower::naming::identifiers;
use crate::lower::schema::canonical;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// Where a schema stands, in words; a type that it needs is named after that.
#[derive(Debug, Clone)]
pub struct Context {
    /// The type that it is a part of, whose name comes first.
    holder: Option<TypeId>,
    /// Where the schema of that type stands.
    home: Pointer,
    words: String,
    /// What is there for the tests alone names a type that has no other user.
    is_example: bool,
}

impl Context {
    /// What belongs to no type, but to an operation or a parameter.
    pub(crate) fn of(words: impl Into<String>) -> Self {
        Self { holder: None, home: Pointer::root(), words: words.into(), is_example: false }
    }

    /// What an example is read as.
    pub(crate) fn of_example(words: &str) -> Self {
        Self { is_example: true, ..Self::of(words) }
    }

    /// The type of the schema that stands at `home`.
    pub(crate) fn within(holder: TypeId, home: &Pointer) -> Self {
        Self { holder: Some(holder), home: home.clone(), words: String::new(), is_example: false }
    }

    /// A part of what stands here.
    pub(crate) fn part(&self, words: &str) -> Self {
        Self { words: format!("{} {words}", self.words), ..self.clone() }
    }
}

/// A type that has no name yet.
#[derive(Debug)]
pub struct Unnamed<'d> {
    id: TypeId,
    schema: &'d Schema,
    users: Vec<User>,
}

/// Who uses a type in place.
#[derive(Debug)]
struct User {
    context: Context,
    /// How little its word counts.
    rank: Rank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// The schema stands there.
    Home,
    /// An object that has taken it up with `allOf`.
    Heir,
    /// An example.
    Example,
}

impl User {
    fn new(context: &Context, pointer: &Pointer) -> Self {
        let rank = match (context.is_example, pointer.is_within(&context.home)) {
            (true, _) => Rank::Example,
            (false, true) => Rank::Home,
            (false, false) => Rank::Heir,
        };
        Self { context: context.clone(), rank }
    }
}

impl<'d> Lowering<'d> {
    /// A place for the type of a schema in place, which is expected at `pointer`.
    pub(crate) fn place_unnamed(&mut self, schema: &'d Schema, pointer: &Pointer, context: &Context) -> TypeId {
        let id = self.place(String::new());
        self.unnamed_places.insert(id, self.unnamed.len());
        self.unnamed.push(Unnamed { id, schema, users: vec![User::new(context, pointer)] });
        id
    }

    /// Another place where the type is used.
    pub(crate) fn used_at(&mut self, id: TypeId, pointer: &Pointer, context: &Context) {
        let unnamed = self.unnamed_places.get(&id).and_then(|index| self.unnamed.get_mut(*index));
        if let Some(unnamed) = unnamed {
            unnamed.users.push(User::new(context, pointer));
        }
    }

    /// Names the types in place, those that hold others first. Of the names that its users would give a type it has the shortest.
    /// Where two types want one name, what they say decides.
    pub(crate) fn name_types_in_place(&mut self) {
        let mut open = std::mem::take(&mut self.unnamed);
        let mut waiting: HashSet<TypeId> = open.iter().map(|unnamed| unnamed.id).collect();
        while !open.is_empty() {
            let is_named = |user: &User| user.context.holder.is_none_or(|holder| !waiting.contains(&holder));
            let (mut ready, rest): (Vec<Unnamed<'d>>, Vec<Unnamed<'d>>) =
                open.into_iter().partition(|unnamed| unnamed.users.iter().all(is_named));
            open = rest;
            if ready.is_empty() {
                // No schema in place stands in itself; if one did, it would be named like the rest.
                ready.append(&mut open);
            }
            let mut wanted: Vec<(String, Unnamed<'d>)> =
                ready.into_iter().map(|unnamed| (self.least_name(&unnamed), unnamed)).collect();
            wanted.sort_by(|(left, one), (right, other)| {
                left.cmp(right).then_with(|| canonical::of_schema(one.schema).cmp(&canonical::of_schema(other.schema)))
            });
            for (name, Unnamed { id, .. }) in wanted {
                let name = self.type_names.take(name);
                if let Some(definition) = &mut self.types[id.0] {
                    definition.name.clone_from(&name);
                }
                self.place_names[id.0] = name;
                waiting.remove(&id);
            }
        }
    }

    fn least_name(&self, unnamed: &Unnamed<'_>) -> String {
        let name = |User { context, rank }: &User| {
            let holder = context.holder.map(|holder| self.place_names[holder.0].as_str()).unwrap_or_default();
            let name = identifiers::pascal(&format!("{holder} {}", context.words));
            (*rank, name.len(), name)
        };
        unnamed.users.iter().map(name).min().map(|(.., name)| name).unwrap_or_default()
    }
}
