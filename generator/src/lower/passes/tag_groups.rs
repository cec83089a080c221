//! Groups operations by tag. Each group has a module. A type that only the operations of one group use is in the module of this
//! group.
//!
//! If an API is split by tag, a new operation or schema does not move unrelated operations and types. The module and the file of
//! an operation depend only on the path, the tags and the Rust name of the operation. The module and the file of a type depend
//! only on its name and on the operations and components that use the type. There is one exception: if an API gets more than
//! [`GROUPS_IN_A_FOLDER`] groups, the modules of all groups move into folders.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::file_name::DEVICE_NAMES;
use crate::ir::{
    Group, GroupId, Layout, Operation, OperationPlace, Path, RESERVED_FEATURES, Struct, TemplateTable, TypeDef, TypeId,
    TypeKind, TypePlace, Users, Value, WEBHOOKS, kebab,
};
use crate::lower::naming::identifiers;
use crate::lower::naming::operation_names::method_id;
use crate::lower::naming::scope::Scope;
use crate::lower::passes::items::Items;
use crate::lower::passes::type_users::users;
use crate::resolve::document::{self, Document};

/// An API is split by tag if the estimated number of lines of its types, or of its operations, is larger than this.
const LINES: usize = 1_000;

/// If an API has more groups of operations than this, the modules of the groups are divided into folders by the first letter of
/// the module.
const GROUPS_IN_A_FOLDER: usize = 120;

/// Names that the module of a group cannot have: names of other modules of the API, of the inline modules in each module of a
/// group, of crates and tools that the emitted code refers to, and of files with a special meaning to cargo.
const MODULES: &[&str] = &[
    "alloc",
    "arguments",
    "bin",
    "bytes",
    "cli",
    "client",
    "codec",
    "commands",
    "core",
    "ecma",
    "examples",
    "http",
    "keys",
    "lib",
    "main",
    "operation_exports",
    "operations",
    "patterns",
    "required",
    "reqwest",
    "runtime",
    "rustfmt",
    "schemas",
    "security",
    "serde",
    "serde_json",
    "servers",
    "std",
    "tags_t",
    "traits",
    "type_exports",
    "types",
];

/// Decides the module and the file of each operation and type. `path` is the Rust path of the API's module, such as `["crate",
/// "pets"]`.
pub fn layout(document: &Document, printed: &Items, path: &[&str]) -> Layout {
    let (groups, group_of) = groups(document, &printed.operations);
    let users = users(printed, &group_of, groups.len());
    let operations: Vec<OperationPlace> = printed
        .operations
        .iter()
        .zip(group_of)
        .map(|(operation, group)| OperationPlace { group, key: operation_key(operation, &groups[group.0].module) })
        .collect();
    let types = type_keys(printed, &operations).into_iter().zip(users).map(|(key, users)| {
        let key = match users {
            Users::One(group) => without_prefix(&key, &groups[group.0].module).to_owned(),
            Users::Several(_) | Users::All => key,
        };
        TypePlace { users, key }
    });
    let types = types.collect();
    let split = is_large(printed);
    let root = if split { path } else { &["super"] };
    let root = root.iter().map(|step| (*step).to_owned()).collect();
    Layout { split, root, groups, operations, types }
}

/// Returns the key that determines the file of an operation: the words of its path and of its Rust method, without the name of
/// its group. For example, `/cats/toys` with the method `cats_toys` in the group `cats` has the key `toys_toys`.
fn operation_key(operation: &Operation, group: &str) -> String {
    let path = match &operation.path {
        Path::Template { template, .. } => template,
        Path::Overloaded { templates, .. } => first_template(templates),
    };
    let path = path.split('?').next().unwrap_or_default();
    let segments =
        path.split('/').map(without_variables).filter(|segment| is_name(segment)).map(|segment| words(&segment));
    let segments = segments.filter(|segment| !segment.is_empty() && segment != group);
    let method = words(&operation.method_name);
    segments.chain([without_prefix(&method, group).to_owned()]).collect::<Vec<_>>().join("_")
}

fn first_template(templates: &TemplateTable) -> &str {
    match templates {
        TemplateTable::Template(template) => template,
        TemplateTable::Forms(forms) => forms.iter().map(first_template).min().unwrap_or_default(),
    }
}

/// Returns a path segment without its `{variables}`: `items()` for `items({id})`.
fn without_variables(segment: &str) -> String {
    let parts = segment.split('{').enumerate();
    parts
        .map(|(index, part)| if index == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) })
        .collect()
}

/// Returns the words of a name in ASCII and snake case, or the empty string if the name has no letters or digits.
fn words(name: &str) -> String {
    if name.chars().any(char::is_alphanumeric) {
        identifiers::module(name).trim_matches('_').to_owned()
    } else {
        String::new()
    }
}

/// Removes `prefix` from the beginning of `key`, if more words follow: `toys` for `cats_toys` and the prefix `cats`.
fn without_prefix<'k>(key: &'k str, prefix: &str) -> &'k str {
    key.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_')).filter(|rest| !rest.is_empty()).unwrap_or(key)
}

/// Returns the keys that determine the files of the types, indexed by type id.
fn type_keys(printed: &Items, operations: &[OperationPlace]) -> Vec<String> {
    let owners = owners(printed);
    let name = |id: TypeId| words(&printed.types[id.0].name);
    let key = |id: TypeId| {
        let (owner, key) = match owners.get(&id) {
            Some(Owner::Operation(index)) => {
                (words(&printed.operations[*index].method_name), operations[*index].key.clone())
            }
            Some(Owner::Type(owner)) if *owner != id => (name(*owner), name(*owner)),
            _ => return name(id),
        };
        format!("{key}_{}", without_prefix(&name(id), &owner))
    };
    (0..printed.types.len()).map(|index| key(TypeId(index))).collect()
}

/// Returns the groups of operations, and for each operation the id of its group.
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
    // The order of the groups, and the numbers that make equal names unique, must not depend on the order of the document.
    let distinct: BTreeSet<&String> = titles.iter().collect();
    let is_divided = distinct.len() > GROUPS_IN_A_FOLDER;
    let (mut modules, mut features) = (Scope::with(MODULES), Scope::with(RESERVED_FEATURES));
    modules.reserve(DEVICE_NAMES);
    if !document.webhooks.is_empty() {
        modules.reserve(&[WEBHOOKS]);
    }
    let group = |title: &&String| {
        let module = modules.take(identifiers::module(title));
        let feature = features.take(kebab(&identifiers::snake(title)));
        let folder = is_divided.then(|| folder(&module));
        Group { title: (*title).clone(), module, folder, feature }
    };
    let groups = distinct.iter().map(group).collect();
    let ids: HashMap<&String, GroupId> = distinct.iter().enumerate().map(|(id, title)| (*title, GroupId(id))).collect();
    let operations = titles.iter().map(|title| ids[title]).collect();
    (groups, operations)
}

/// Returns the name of the folder for modules that begin with the same letter as `module`: `tags_p` for `pets`.
fn folder(module: &str) -> String {
    let letter = module.chars().find(char::is_ascii_alphanumeric).unwrap_or('_').to_ascii_lowercase();
    format!("tags_{letter}")
}

/// Returns the title of the operation's group: the first tag in alphabetical order. Without tags, the title is the first path
/// segment that is neither a variable, a version nor a general prefix such as `api`.
fn title(operation: &document::Operation) -> String {
    let segment = || operation.path.split(['/', '?']).find(|segment| is_name(segment)).unwrap_or("root").to_owned();
    operation.tags.iter().filter(|tag| !tag.trim().is_empty()).min().cloned().unwrap_or_else(segment)
}

/// Returns whether a path segment can be the title of a group: it has no variable, and is neither a version nor a general prefix
/// such as `api`.
fn is_name(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    let is_version = version.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    !is_version && !segment.contains('{') && !["api", "rest"].contains(&segment)
}

/// The operation or component that contains the inline schema of a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Operation(usize),
    Type(TypeId),
}

/// Returns the owner of each inline type: the operation or component that contains its schema. If several operations or
/// components contain the schema, the type is its own owner.
fn owners(printed: &Items) -> HashMap<TypeId, Owner> {
    let mut owners: HashMap<TypeId, Owner> = HashMap::new();
    let mut shared: HashSet<TypeId> = HashSet::new();
    let mut claim = |owner: Owner, roots: Vec<TypeId>| {
        let mut open = roots;
        let mut seen = HashSet::new();
        while let Some(id) = open.pop() {
            // What a type contains that two owners share is shared too.
            let is_shared = shared.contains(&id);
            if printed.components.contains(&id) || !seen.insert(id) || is_shared {
                continue;
            }
            if *owners.entry(id).or_insert(owner) != owner {
                shared.insert(id);
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

/// Returns whether the types or the operations are too long for one file. Such an API is split by tag.
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

    /// Lowers a document with these operations. Each tuple has the path, the tags and the response schema of an operation.
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
    fn a_group_is_named_after_a_tag_or_a_path_segment() {
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
    fn a_type_is_in_the_module_of_the_groups_that_need_it() {
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
    fn a_type_of_many_groups_is_always_compiled_with_what_it_contains() {
        let (cat, dog) = (reference("Cat"), reference("Dog"));
        let users = |count: usize, schema: &str| {
            let names: Vec<String> = (0..count).map(|index| format!("/p{index}")).collect();
            let mut operations = vec![("/a", "a", "{ type: string }"), ("/c", "c", cat.as_str())];
            operations.extend(names.iter().map(|name| (name.as_str(), &name[1..], schema)));
            let api = api(&operations, SCHEMAS);
            ["Cat", "CatName", "Dog"].map(|name| {
                let id = api.types.iter().position(|definition| definition.name == name).unwrap();
                api.layout.types[id].users.clone()
            })
        };
        let groups = |range: std::ops::Range<usize>| Users::Several(range.map(GroupId).collect());
        assert_eq!(users(7, &dog), [groups(1..9), groups(1..9), groups(2..9)]);
        assert_eq!(users(8, &dog), [Users::All, Users::All, groups(2..10)]);
        assert_eq!(users(12, &dog), [Users::All, Users::All, Users::All]);
    }

    #[test]
    fn keys_follow_from_names_and_paths() {
        let inline = "{ type: object, properties: { kind: { type: string, enum: [a] } } }";
        let cat = reference("Cat");
        let operations = [("/cats/toys", "cats", inline), ("/pets/dogs", "dogs", &cat), ("/dogs", "dogs", &cat)];
        let layout = |api: Api| {
            let names =
                api.emitted_types.iter().map(|id| (api.types[id.0].name.clone(), api.layout.types[id.0].key.clone()));
            let mut keys: Vec<_> = names.collect();
            keys.extend(
                api.operations
                    .iter()
                    .zip(api.layout.operations)
                    .map(|(operation, place)| (operation.method_name.clone(), place.key)),
            );
            keys
        };
        let keys = layout(api(&operations, SCHEMAS));
        let keys: Vec<_> = keys.iter().map(|(name, key)| (name.as_str(), key.as_str())).collect();
        let wanted = [
            ("Cat", "cat"),
            ("CatName", "cat_name"),
            ("CatsToysResponse", "toys_toys_response"),
            ("CatsToysResponseKind", "toys_toys_response_kind"),
            ("cats_toys", "toys_toys"),
            ("pets_dogs", "pets_pets_dogs"),
            ("dogs", "dogs"),
        ];
        assert_eq!(keys, wanted);
    }

    #[test]
    fn many_groups_are_in_folders() {
        let groups = |count: usize| {
            let operations: Vec<_> = (0..count).map(|index| (format!("/path{index}"), format!("tag{index}"))).collect();
            let operations: Vec<_> =
                operations.iter().map(|(path, tag)| (path.as_str(), tag.as_str(), "{ type: string }")).collect();
            api(&operations, SCHEMAS).layout.groups
        };
        assert!(groups(120).iter().all(|group| group.folder.is_none()));
        assert!(groups(121).iter().all(|group| group.folder.as_deref() == Some("tags_t")));
    }
}
