//! Names the types of inline schemas, after all schemas and operations are lowered.

use std::collections::HashSet;

use crate::ir::TypeId;
use crate::lower::analysis::canonical::canonical_form;
use crate::lower::naming::context::{InlineType, NamingContext, TypeUser};
use crate::lower::naming::identifiers;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

impl<'d> Lowering<'d> {
    /// Declares the type of an inline schema. `context` describes where the schema is used. `pointer` is the JSON pointer of the
    /// schema or, for a multipart body, of the media type.
    pub(crate) fn declare_inline_type(
        &mut self,
        schema: &'d Schema,
        pointer: &Pointer,
        context: &NamingContext,
    ) -> TypeId {
        let id = self.declare_type(String::new());
        self.inline_type_indices.insert(id, self.inline_types.len());
        self.inline_types.push(InlineType { id, schema, users: vec![TypeUser::new(context, pointer)] });
        id
    }

    /// Adds a use of the inline type `id`: the inline schema at `pointer` has this type, too. `context` describes where that
    /// schema is used.
    pub(crate) fn add_user(&mut self, id: TypeId, pointer: &Pointer, context: &NamingContext) {
        let inline_type = self.inline_type_indices.get(&id).and_then(|index| self.inline_types.get_mut(*index));
        if let Some(inline_type) = inline_type {
            inline_type.users.push(TypeUser::new(context, pointer));
        }
    }

    /// Names the types of inline schemas.
    ///
    /// An outer type is named before the types inside it, because the names of the inner types begin with the name of the outer
    /// type. [`Self::suggested_name`] chooses between the uses of a type. If several types want the same name, the type whose
    /// schema has the smallest canonical form gets the name without a number.
    pub(crate) fn name_inline_types(&mut self) {
        let mut unnamed = std::mem::take(&mut self.inline_types);
        let mut waiting: HashSet<TypeId> = unnamed.iter().map(|inline_type| inline_type.id).collect();
        while !unnamed.is_empty() {
            let has_named_holder =
                |user: &TypeUser| user.context.holder.is_none_or(|holder| !waiting.contains(&holder));
            let (mut ready, rest): (Vec<InlineType<'d>>, Vec<InlineType<'d>>) =
                unnamed.into_iter().partition(|inline_type| inline_type.users.iter().all(has_named_holder));
            unnamed = rest;
            if ready.is_empty() {
                // This branch is never reached, because no inline schema contains itself. It would name all remaining types, so
                // that the loop ends in any case.
                ready.append(&mut unnamed);
            }
            let mut wanted: Vec<(String, InlineType<'d>)> =
                ready.into_iter().map(|inline_type| (self.suggested_name(&inline_type), inline_type)).collect();
            wanted.sort_by(|(left, one), (right, other)| {
                left.cmp(right).then_with(|| canonical_form(one.schema).cmp(&canonical_form(other.schema)))
            });
            for (name, InlineType { id, .. }) in wanted {
                let name = self.type_names.take(name);
                if let Some(definition) = &mut self.types[id.0] {
                    definition.name.clone_from(&name);
                }
                self.declared_names[id.0] = name;
                waiting.remove(&id);
            }
        }
    }

    /// Returns the name that is suggested for the type of an inline schema. The use of the type with the highest rank decides.
    /// Among uses with the same rank, the shortest name is preferred, then the first name in alphabetical order.
    fn suggested_name(&self, inline_type: &InlineType<'_>) -> String {
        let suggestion = |TypeUser { context, rank }: &TypeUser| {
            let holder = context.holder.map(|holder| self.declared_names[holder.0].as_str()).unwrap_or_default();
            let name = identifiers::pascal(&format!("{holder} {}", context.words));
            (*rank, name.len(), name)
        };
        inline_type.users.iter().map(suggestion).min().map(|(.., name)| name).unwrap_or_default()
    }
}
