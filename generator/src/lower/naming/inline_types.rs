//! Names the types of inline schemas, after all schemas and operations are lowered.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::ir::{TypeId, TypeKind};
use crate::lower::analysis::canonical::canonical_form;
use crate::lower::docs;
use crate::lower::naming::content::{MAX_WORDS, body_words, common_words, content_words, title, typed_members};
use crate::lower::naming::context::{InlineType, NamingContext, Role, TypeUser, UserRank};
use crate::lower::naming::identifiers;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

/// What the name of an inline schema's type begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// The name of a type or component that belongs to no operation.
    Document,
    /// The name of the only operation that uses the type.
    Operation(String),
    /// Nothing: several operations use the type, so its name contains no name of an operation.
    Shared,
}

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
    /// The types that several operations share are named first. Of the others, an outer type is named before the types inside it,
    /// because the names of the inner types begin with the name of the outer type. [`Self::suggested_name`] chooses between the
    /// uses of a type. If several types want the same name, the type whose schema has the smallest canonical form gets it.
    pub(crate) fn name_inline_types(&mut self) {
        let sources = self.sources();
        let is_shared = |inline_type: &InlineType<'_>| sources.get(&inline_type.id) == Some(&Source::Shared);
        let (shared, mut unnamed): (Vec<InlineType<'d>>, Vec<InlineType<'d>>) =
            std::mem::take(&mut self.inline_types).into_iter().partition(is_shared);
        self.name_shared_types(&shared, &sources);
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
            let mut wanted: Vec<(String, Role, InlineType<'d>)> = ready
                .into_iter()
                .map(|inline_type| {
                    let (name, role) = self.suggested_name(&inline_type, &sources);
                    (name, role, inline_type)
                })
                .collect();
            wanted.sort_by(|(left, _, one), (right, _, other)| {
                left.cmp(right).then_with(|| canonical_form(one.schema).cmp(&canonical_form(other.schema)))
            });
            for (name, role, inline_type) in wanted {
                let detailed = format!("{name}{}", self.kind_word(inline_type.id, role));
                let name = self.type_names.take_first([name, detailed]);
                self.set_name(&inline_type, name);
                waiting.remove(&inline_type.id);
            }
        }
    }

    /// Sets the name of the type of an inline schema. If the schema has no description, the documentation of the type consists of
    /// the location of the schema, because the document does not contain the name of the type.
    fn set_name(&mut self, inline_type: &InlineType<'_>, name: String) {
        let InlineType { id, users, .. } = inline_type;
        let mut pointers: Vec<&Pointer> = users.iter().map(|user| &user.pointer).collect();
        pointers.sort_unstable_by_key(|pointer| (pointer.as_str().len(), pointer.as_str()));
        pointers.dedup();
        let location = pointers.first().map(|pointer| docs::code(&self.location_at(pointer))).unwrap_or_default();
        let more = match pointers.len() {
            0 | 1 => String::new(),
            2 => ", and at 1 other location".to_owned(),
            count => format!(", and at {} other locations", count - 1),
        };
        if let Some(definition) = &mut self.types[id.0] {
            definition.name.clone_from(&name);
            if definition.docs.is_empty() {
                definition.docs.push(format!("The inline schema at {location}{more}."));
            }
        }
        self.declared_names[id.0] = name;
    }

    /// Returns the name that is suggested for the type of an inline schema, and the role of the use that suggests it. A use that
    /// belongs to no operation takes precedence, then the use with the highest rank. Among these uses, the shortest name is
    /// preferred, then the first name in alphabetical order.
    fn suggested_name(&self, inline_type: &InlineType<'_>, sources: &HashMap<TypeId, Source>) -> (String, Role) {
        let suggestion = |TypeUser { context, rank, .. }: &TypeUser| {
            let name = match (context.holder, &context.operation) {
                (Some(holder), _) => {
                    identifiers::pascal(&format!("{} {}", self.declared_names[holder.0], context.words))
                }
                (None, Some(operation)) => identifiers::pascal(&format!("{operation} {}", context.words)),
                (None, None) => identifiers::component(context.words.trim()),
            };
            let is_of_operation = source_of_user(context, sources) != Source::Document;
            (*rank == UserRank::Example, is_of_operation, *rank, name.len(), name, context.role)
        };
        let first = inline_type.users.iter().map(suggestion).min_by(|left, right| {
            let key = |(example, operation, rank, length, _, _): &(_, _, _, _, String, Role)| -> (bool, bool, UserRank, usize) {
                (*example, *operation, *rank, *length)
            };
            key(left).cmp(&key(right)).then_with(|| left.4.cmp(&right.4))
        });
        first.map(|(.., name, role)| (name, role)).unwrap_or_else(|| (String::new(), Role::Part))
    }

    /// Returns the word that is appended to the name of a type if the name is in use: the role of the schema or, for a part of a
    /// type, the kind of the type.
    fn kind_word(&self, id: TypeId, role: Role) -> &'static str {
        match (role, self.types[id.0].as_ref().map(|definition| &definition.kind)) {
            (Role::Parameter, _) => "Parameter",
            (Role::Request, _) => "Body",
            (Role::Response, _) => "Response",
            (Role::Header, _) => "Header",
            (Role::Part, Some(TypeKind::StringEnum(_))) => "Enum",
            (Role::Part, Some(TypeKind::Union(_))) => "Union",
            (Role::Part, _) => "Object",
        }
    }

    /// Returns what the name of each inline type begins with.
    fn sources(&self) -> HashMap<TypeId, Source> {
        let mut sources = HashMap::new();
        for inline_type in &self.inline_types {
            self.find_source(inline_type, &mut sources);
        }
        sources
    }

    fn find_source(&self, inline_type: &InlineType<'_>, sources: &mut HashMap<TypeId, Source>) {
        if sources.contains_key(&inline_type.id) {
            return;
        }
        // The entry ends the recursion in any case, although no inline schema contains itself.
        sources.insert(inline_type.id, Source::Document);
        let holders = inline_type.users.iter().filter_map(|user| user.context.holder);
        for index in holders.filter_map(|holder| self.inline_type_indices.get(&holder)) {
            self.find_source(&self.inline_types[*index], sources);
        }
        let users = inline_type.users.iter().filter(|user| user.rank != UserRank::Example);
        let mut of_users: Vec<Source> = users.map(|user| source_of_user(&user.context, sources)).collect();
        of_users.dedup();
        let source = match of_users.as_slice() {
            [] => Source::Document,
            [only] => only.clone(),
            several if several.contains(&Source::Document) => Source::Document,
            [first, rest @ ..] if rest.iter().all(|source| source == first) => first.clone(),
            _ => Source::Shared,
        };
        sources.insert(inline_type.id, source);
    }

    /// Names the types that several operations share. [`Self::shared_name`] suggests a name for each [`Detail`]. If several types
    /// want the same name, all of them get a name with more detail, so that none of them takes over the name of another one when
    /// the document changes.
    fn name_shared_types(&mut self, types: &[InlineType<'d>], sources: &HashMap<TypeId, Source>) {
        let mut unnamed: Vec<&InlineType<'d>> = types.iter().collect();
        let mut contested: HashSet<String> = HashSet::new();
        for detail in Detail::ALL {
            let mut wanted: BTreeMap<String, Vec<&InlineType<'d>>> = BTreeMap::new();
            for inline_type in unnamed {
                wanted.entry(shared_name(inline_type, detail, sources)).or_default().push(inline_type);
            }
            unnamed = Vec::new();
            for (name, types) in wanted {
                match types.as_slice() {
                    [only] if !self.type_names.has(&name) && !contested.contains(&name) => {
                        let name = self.type_names.take(name);
                        self.set_name(only, name);
                    }
                    _ => {
                        contested.insert(name);
                        unnamed.extend(types);
                    }
                }
            }
        }
        let mut numbered: Vec<(String, &InlineType<'d>)> = unnamed
            .into_iter()
            .map(|inline_type| (shared_name(inline_type, Detail::None, sources), inline_type))
            .collect();
        numbered.sort_by_cached_key(|(name, inline_type)| (name.clone(), canonical_form(inline_type.schema)));
        for (name, inline_type) in numbered {
            let name = self.type_names.take(name);
            self.set_name(inline_type, name);
        }
    }
}

/// The words in the name of a type that several operations share. Without more detail, the name consists of the words of a use
/// without the name of the operation: `Sort` for a parameter `sort`. The name of a body also contains its required members
/// (`MessageResponse`) or, if there are many of them, the words that the names of the operations have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// No more detail.
    None,
    /// The title, or the required members of a body with the components to which they refer: `DataTagResponse`.
    Components,
    /// The words that the names of the operations have in common: `TaskSort`.
    Operations,
    /// A few members or values.
    Content,
    /// The words that the names of the operations have in common, and more members or values.
    All,
}

impl Detail {
    const ALL: [Self; 5] = [Self::None, Self::Components, Self::Operations, Self::Content, Self::All];
}

/// Returns the name that is suggested for a type that several operations share.
fn shared_name(inline_type: &InlineType<'_>, detail: Detail, sources: &HashMap<TypeId, Source>) -> String {
    let schema = inline_type.schema;
    // A type can have thousands of uses, so the names of their operations are compared once for all of them.
    let common = OnceCell::new();
    let operations = || common.get_or_init(|| operation_words(inline_type, sources)).clone();
    let name_of_body = |words: &str| {
        let members = || body_words(schema);
        let content = match detail {
            Detail::None => members().or_else(operations).or_else(|| content_words(schema, MAX_WORDS)),
            Detail::Components => typed_members(schema).or_else(members).or_else(operations),
            Detail::Operations => joined([operations(), members()]),
            Detail::Content => content_words(schema, MAX_WORDS),
            Detail::All => joined([operations(), content_words(schema, 2 * MAX_WORDS)]),
        };
        let content = content.unwrap_or_else(|| "empty".to_owned());
        let name = identifiers::pascal(&content);
        if name.ends_with(&identifiers::pascal(words)) {
            name
        } else {
            identifiers::pascal(&format!("{content} {words}"))
        }
    };
    let name_of_part = |words: &str| {
        let (before, after) = match detail {
            Detail::None => (None, None),
            Detail::Components => match title(schema) {
                Some(title) if identifiers::pascal(&title).starts_with(&identifiers::pascal(words)) => {
                    return identifiers::pascal(&title);
                }
                title => (None, title),
            },
            Detail::Operations => (operations(), None),
            Detail::Content => (None, content_words(schema, MAX_WORDS)),
            Detail::All => (operations(), content_words(schema, 2 * MAX_WORDS)),
        };
        identifiers::pascal(&joined([before, Some(words.to_owned()), after]).unwrap_or_default())
    };
    let users = inline_type.users.iter().filter(|user| user.rank != UserRank::Example);
    let uses: HashSet<(&str, bool)> =
        users.map(|TypeUser { context, .. }| (context.shared_words.trim(), context.role.is_body())).collect();
    let names =
        uses.into_iter().map(|(words, is_body)| if is_body { name_of_body(words) } else { name_of_part(words) });
    names.min_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right))).unwrap_or_default()
}

/// Returns the words that the names of all operations have in common that use a type.
fn operation_words(inline_type: &InlineType<'_>, sources: &HashMap<TypeId, Source>) -> Option<String> {
    let users = inline_type.users.iter().filter_map(|user| match source_of_user(&user.context, sources) {
        Source::Operation(operation) => Some(operation),
        Source::Document | Source::Shared => None,
    });
    let operations: BTreeSet<String> = users.collect();
    common_words(&operations.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Joins the words that are present.
fn joined<const N: usize>(words: [Option<String>; N]) -> Option<String> {
    let present: Vec<String> = words.into_iter().flatten().collect();
    (!present.is_empty()).then(|| present.join(" "))
}

/// Returns what the name that a use suggests begins with. `sources` contains the inline types that can be the holder.
fn source_of_user(context: &NamingContext, sources: &HashMap<TypeId, Source>) -> Source {
    match (context.holder.and_then(|holder| sources.get(&holder)), &context.operation) {
        (Some(Source::Operation(operation)), _) => Source::Operation(operation.clone()),
        (Some(Source::Document | Source::Shared), _) => Source::Document,
        (None, Some(operation)) => Source::Operation(operation.clone()),
        (None, None) => Source::Document,
    }
}

#[cfg(test)]
mod tests {
    use crate::options::Options;

    /// Returns the names of the types of a document with these paths and components, in alphabetical order.
    fn type_names(rest: &str) -> Vec<String> {
        let text = format!("openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\n{rest}");
        let api = crate::pipeline::lowered(&text, &Options::default());
        let mut names: Vec<String> = api.emitted_types.iter().map(|id| api.types[id.0].name.clone()).collect();
        names.sort();
        names
    }

    const JSON: &str =
        "content: {application/json: {schema: {type: object, required: [code], properties: {code: {type: string}}}}}";

    #[test]
    fn components_give_their_names_to_their_inline_schemas() {
        let operation = "parameters: [{$ref: '#/components/parameters/Sort'}], requestBody: {$ref: '#/components/requestBodies/NewCode'}, \
                         responses: {'200': {$ref: '#/components/responses/_Verification'}, '404': {$ref: '#/components/responses/NotFound'}}";
        let document = |paths: &str| {
            format!(
                "paths:\n{paths}components:\n  parameters: {{Sort: {{name: sort, in: query, schema: {{type: string, enum: [a, b]}}}}}}\n  \
                 requestBodies: {{NewCode: {{{JSON}}}}}\n  responses: {{_Verification: {{description: D, {JSON}}}, NotFound: {{description: D, {JSON}}}}}\n"
            )
        };
        let one = document(&format!("  /a: {{post: {{operationId: b, {operation}}}}}\n"));
        let two = document(&format!(
            "  /b: {{post: {{operationId: a, {operation}}}}}\n  /a: {{post: {{operationId: b, {operation}}}}}\n"
        ));
        let names = ["NewCode", "NotFound", "Sort", "Verification"];
        assert_eq!(type_names(&one), names);
        assert_eq!(type_names(&two), names);
    }

    #[test]
    fn a_component_with_a_name_in_use_gets_a_suffix() {
        let names = type_names(&format!(
            "paths:\n  /a: {{get: {{operationId: Option, responses: {{'200': {{$ref: '#/components/responses/Pet'}}}}}}}}\n\
             components:\n  responses: {{Pet: {{description: D, {JSON}}}}}\n  \
             schemas: {{Pet: {{type: object, properties: {{owner: {{$ref: '#/components/schemas/Option'}}}}}}, Option: {{type: object}}}}\n"
        ));
        assert_eq!(names, ["PetResponse"]);
    }

    #[test]
    fn a_type_of_several_operations_has_the_name_of_none() {
        let sort = "{name: sort, in: query, schema: {type: string, enum: [name, age]}}";
        let other = "{name: sort, in: query, schema: {type: string, enum: [size]}}";
        let path = |path: &str, id: &str, sort: &str| {
            format!(
                "  /{path}: {{get: {{operationId: {id}, parameters: [{sort}], responses: {{'200': {{description: D, {JSON}}}}}}}}}\n"
            )
        };
        let (cats, dogs) = (path("cats", "listCats", sort), path("dogs", "listDogs", sort));
        assert_eq!(type_names(&format!("paths:\n{cats}")), ["ListCatsResponse", "ListCatsSort"]);
        assert_eq!(type_names(&format!("paths:\n{cats}{dogs}")), ["CodeResponse", "Sort"]);
        assert_eq!(type_names(&format!("paths:\n{dogs}{cats}")), ["CodeResponse", "Sort"]);
        // If two types want the same name, both get more detail.
        let more = [path("c", "carSizes", other), path("d", "carPrices", other)].concat();
        assert_eq!(type_names(&format!("paths:\n{cats}{dogs}{more}")), ["CarSort", "CodeResponse", "SortAgeName"]);
    }
}
