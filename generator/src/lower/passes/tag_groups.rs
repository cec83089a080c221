//! Groups: the operations of one tag make a module, with the types that only they use.
//!
//! Everything here follows from the item itself and from who uses it, never from how many others there are, so that a new
//! operation or schema moves nothing but what it uses.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::ir::{Group, GroupId, Layout, Operation, Struct, TypeDef, TypeId, TypeKind, TypePlace, Users, Value};
use crate::lower::naming::identifiers;
use crate::lower::naming::operation_names::method_id;
use crate::lower::naming::scope::Scope;
use crate::lower::passes::items::Items;
use crate::lower::passes::reachability::reachable_types;
use crate::resolve::document::{self, Document};

/// About how many lines of types, or of operations, one file takes before the API is divided.
const LINES: usize = 1_000;

/// A type that more groups use is always there: a longer condition would cost readers more than it saves the compiler.
const GROUPS_IN_A_CONDITION: usize = 8;

/// Modules that an API has beside those of its groups, and crates that its code names.
const MODULES: &[&str] = &[
    "alloc",
    "bytes",
    "client",
    "codec",
    "core",
    "ecma",
    "examples",
    "itself",
    "http",
    "keys",
    "operations",
    "patterns",
    "regress",
    "reqwest",
    "runtime",
    "security",
    "serde",
    "serde_json",
    "servers",
    "std",
    "types",
];

/// Features that every crate has, and names of its dependencies.
const FEATURES: &[&str] =
    &["blocking", "bytes", "default", "ecma", "http", "regress", "reqwest", "serde", "serde-json", "symmetric"];

/// Decides the module of each operation and type, in the API that stands at `path` in its crate.
pub fn layout(document: &Document, printed: &Items, path: &[&str]) -> Layout {
    let (groups, operations) = groups(document, &printed.operations);
    let users = users(printed, &operations, groups.len());
    let owners = owners(printed);
    let mut modules = Scope::with(MODULES);
    let mut files: HashMap<TypeId, String> = HashMap::new();
    let mut by_name = printed.order.to_vec();
    by_name.sort_by_key(|id| &printed.types[id.0].name);
    for id in by_name {
        files.insert(id, modules.take(identifiers::module(&printed.types[id.0].name)));
    }
    let file = |id: TypeId| files.get(&id).cloned().unwrap_or_default();
    let place = |(index, users): (usize, Users)| {
        let id = TypeId(index);
        let owner = match owners.get(&id) {
            Some(Owner::Operation(index)) => identifiers::module(&printed.operations[*index].method_name),
            Some(Owner::Type(owner)) => file(*owner),
            None => file(id),
        };
        // A module is not to be called like the one it stands in.
        let file = Some(file(id)).filter(|file| *file != owner).unwrap_or_else(|| "itself".to_owned());
        TypePlace { owner, file, users }
    };
    let types = users.into_iter().enumerate().map(place).collect();
    let files = printed.operations.iter().map(|operation| identifiers::module(&operation.method_name)).collect();
    let split = is_large(printed);
    let root = if split { path } else { &["super"] };
    let root = root.iter().map(|step| (*step).to_owned()).collect();
    Layout { split, root, groups, operations, files, types }
}

/// The groups, and the one of each operation.
fn groups(document: &Document, operations: &[Operation]) -> (Vec<Group>, Vec<GroupId>) {
    let mut titles: HashMap<String, String> = HashMap::new();
    for operation in &document.operations {
        let title = title(operation);
        let known = titles.entry(method_id(operation)).or_insert_with(|| title.clone());
        if title < *known {
            *known = title;
        }
    }
    let titles: Vec<String> =
        operations.iter().map(|operation| titles.get(&operation.id).cloned().unwrap_or_default()).collect();
    // A number that keeps two names apart, and the place in a list, must not follow from what comes first in the document.
    let distinct: BTreeSet<&String> = titles.iter().collect();
    let (mut modules, mut features) = (Scope::with(MODULES), Scope::with(FEATURES));
    let group = |title: &&String| {
        let module = modules.take(identifiers::module(title));
        let feature = features.take(identifiers::snake(title).trim_matches('_').replace('_', "-"));
        Group { title: (*title).clone(), module, feature }
    };
    let groups = distinct.iter().map(group).collect();
    let ids: HashMap<&String, GroupId> = distinct.iter().enumerate().map(|(id, title)| (*title, GroupId(id))).collect();
    let operations = titles.iter().map(|title| ids[title]).collect();
    (groups, operations)
}

/// The tag, of several the first by the alphabet, or else the first segment of the path that tells operations apart.
fn title(operation: &document::Operation) -> String {
    let is_telling = |segment: &&str| {
        let version = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
        let is_version = version.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
        !is_version && !segment.contains('{') && !["api", "rest"].contains(segment)
    };
    let segment = || operation.path.split(['/', '?']).find(is_telling).unwrap_or("root").to_owned();
    operation.tags.iter().filter(|tag| !tag.trim().is_empty()).min().cloned().unwrap_or_else(segment)
}

/// Who needs each type, by its id.
fn users(printed: &Items, operations: &[GroupId], groups: usize) -> Vec<Users> {
    let mut roots: Vec<Vec<TypeId>> = vec![Vec::new(); groups];
    for (operation, group) in printed.operations.iter().zip(operations) {
        let received = operation.received_values(&printed.headers);
        roots[group.0].extend(operation.sent_values().chain(received).filter_map(Value::named_type));
    }
    let mut users: Vec<Vec<GroupId>> = vec![Vec::new(); printed.types.len()];
    for (group, roots) in roots.into_iter().enumerate() {
        reachable_types(&printed.types, roots).into_iter().for_each(|id| users[id.0].push(GroupId(group)));
    }
    // What no operation uses is always there, and needs all that it contains.
    let always = reachable_types(&printed.types, printed.order.iter().copied().filter(|id| users[id.0].is_empty()));
    let settled = users.into_iter().enumerate().map(|(id, users)| match users.as_slice() {
        _ if always.contains(&TypeId(id)) => Users::All,
        [only] => Users::One(*only),
        [] => Users::All,
        several if several.len() > GROUPS_IN_A_CONDITION || several.len() == groups => Users::All,
        _ => Users::Several(users),
    });
    settled.collect()
}

/// In what the document describes a type that is no component.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Operation(usize),
    Type(TypeId),
}

/// The owner of each type: the one component or operation in which it is described, or the type itself where several share it.
fn owners(printed: &Items) -> HashMap<TypeId, Owner> {
    let mut owners: HashMap<TypeId, Owner> = HashMap::new();
    let mut shared: Vec<TypeId> = Vec::new();
    let mut claim = |owner: Owner, roots: Vec<TypeId>| {
        let mut open = roots;
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            if printed.components.contains(&id) || !seen.insert(id) {
                continue;
            }
            if *owners.entry(id).or_insert(owner) != owner {
                shared.push(id);
            }
            open.extend(printed.types[id.0].kind.contained_values().into_iter().filter_map(Value::named_type));
        }
    };
    for id in printed.order.iter().filter(|id| printed.components.contains(id)) {
        claim(
            Owner::Type(*id),
            printed.types[id.0].kind.contained_values().into_iter().filter_map(Value::named_type).collect(),
        );
    }
    for (index, operation) in printed.operations.iter().enumerate() {
        let received = operation.received_values(&printed.headers);
        let values = operation.sent_values().chain(received);
        claim(Owner::Operation(index), values.filter_map(Value::named_type).collect());
    }
    for id in shared {
        owners.insert(id, Owner::Type(id));
    }
    owners
}

/// Whether the API is too much for one file a kind of item.
fn is_large(printed: &Items) -> bool {
    let types: usize = printed.order.iter().map(|id| type_lines(&printed.types[id.0])).sum();
    let operations: usize = printed.operations.iter().map(operation_lines).sum();
    types > LINES || operations > LINES
}

fn type_lines(definition: &TypeDef) -> usize {
    let members = match &definition.kind {
        TypeKind::Struct(Struct { fields, .. }) => {
            let setters = if definition.direction.sent { 2 } else { 1 };
            fields.iter().map(|field| setters * (field.docs.len() + 3)).sum()
        }
        TypeKind::StringEnum(variants) => 2 * variants.len(),
        other => 4 * other.contained_values().len(),
    };
    definition.docs.len() + 10 + members
}

fn operation_lines(operation: &Operation) -> usize {
    let arguments: usize = operation.arguments.iter().map(|argument| argument.docs.len() + 5).sum();
    operation.docs.len() + 40 + 2 * operation.responses.arms.len() + arguments
}

#[cfg(test)]
mod tests {
    use crate::ir::{Api, GroupId, Users};
    use crate::options::Options;

    /// Operations `tag: schema` of which each answers a schema, over these schemas.
    fn api(operations: &[(&str, &str, &str)], schemas: &str) -> Api {
        let mut text = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths:\n".to_owned();
        for (path, tags, schema) in operations {
            text.push_str(&format!(
                "  {path}:\n    get:\n      operationId: {}\n      tags: [{tags}]\n      responses:\n        '200':\n          \
                 description: Done.\n          content: {{ application/json: {{ schema: {schema} }} }}\n",
                path.replace(['/', '{', '}'], " ").trim().replace(' ', "_")
            ));
        }
        text.push_str(&format!("components:\n  schemas:\n{schemas}"));
        crate::pipeline::lowered(&text, &Options::default())
    }

    fn reference(name: &str) -> String {
        format!("{{ $ref: '#/components/schemas/{name}' }}")
    }

    const SCHEMAS: &str = "    Cat: { type: object, properties: { name: { type: string, enum: [tom] } } }\n\
                           \x20   Dog: { type: object, properties: { friend: { $ref: '#/components/schemas/Cat' } } }\n";

    #[test]
    fn a_group_has_the_name_of_a_tag_or_of_what_tells_the_path() {
        let any = "{ type: string }";
        let operations = [("/z", "other, client", any), ("/v1/api/cats", "", any), ("/b", "'Box Office'", any)];
        let mut turned = operations;
        turned.reverse();
        for operations in [operations, turned] {
            let groups = api(&operations, SCHEMAS).layout.groups;
            let groups: Vec<_> = groups
                .iter()
                .map(|group| (group.title.as_str(), group.module.as_str(), group.feature.as_str()))
                .collect();
            let wanted =
                [("Box Office", "box_office", "box-office"), ("cats", "cats", "cats"), ("client", "client2", "client")];
            assert_eq!(groups, wanted);
        }
    }

    #[test]
    fn a_type_stands_with_the_groups_that_need_it() {
        let (cat, dog) = (reference("Cat"), reference("Dog"));
        let users = |operations: &[(&str, &str, &str)]| {
            let api = api(operations, SCHEMAS);
            let users = |name: &str| {
                let id = api.types.iter().position(|definition| definition.name == name).unwrap();
                api.layout.types[id].users.clone()
            };
            (users("Cat"), users("Dog"))
        };
        let [a, b, c] = [0, 1, 2].map(GroupId);
        let alone = [("/a", "a", "{ type: string }"), ("/b", "b", dog.as_str())];
        assert_eq!(users(&alone), (Users::One(b), Users::One(b)), "what a type contains goes where it goes");
        let shared = [("/a", "a", cat.as_str()), ("/b", "b", dog.as_str()), ("/c", "c", "{ type: string }")];
        assert_eq!(users(&shared), (Users::Several(vec![a, b]), Users::One(b)));
        let all = [("/a", "a", cat.as_str()), ("/b", "b", dog.as_str())];
        assert_eq!(users(&all), (Users::All, Users::One(b)));
        let other = [("/a", "a", "{ type: string }"), ("/b", "b", "{ type: string }"), ("/c", "c", dog.as_str())];
        assert_eq!(users(&other).0, Users::One(c));
    }

    #[test]
    fn a_type_in_place_stands_with_what_describes_it() {
        let in_place = "{ type: object, properties: { kind: { type: string, enum: [a] } } }";
        let cat = reference("Cat");
        let api = api(&[("/a", "a", in_place), ("/b", "a", &cat)], SCHEMAS);
        let places: Vec<_> = api
            .emitted_types
            .iter()
            .map(|id| (api.types[id.0].name.as_str(), &api.layout.types[id.0]))
            .map(|(name, place)| (name, place.owner.as_str(), place.file.as_str()))
            .collect();
        let wanted = [
            ("Cat", "cat", "itself"),
            ("CatName", "cat", "cat_name"),
            ("AResponse", "a", "a_response"),
            ("AResponseKind", "a", "a_response_kind"),
        ];
        assert_eq!(places, wanted);
    }
}
