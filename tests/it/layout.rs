//! Tests of the files of a large crate: it has many short files, and it compiles with the Cargo feature of any tag.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use copperplate::{Generation, Input, Options, Pipeline, Types};

/// The maximum number of lines of a file, including its header and imports.
const LINES: usize = 1_100;

/// The maximum number of files and folders in a folder.
const ENTRIES: usize = 150;

/// Returns a document with three tags, and `operations` operations for each tag. Each tag has its own schema. Two tags share the
/// schema `Hall`, all tags share `Problem`, and no tag uses `Unused`.
pub(crate) fn document(operations: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: { title: Large, version: '1' }\npaths:\n".to_owned();
    for (tag, schema) in [("Box office", "Ticket"), ("types", "Seat"), ("client", "Usher")] {
        for index in 0..operations {
            let other = if tag == "client" || index % 2 == 0 { schema } else { "Hall" };
            write!(text, "{}", operation(tag, &format!("{}_{index}", tag.replace(' ', "_")), other)).unwrap();
        }
    }
    text.push_str("components:\n  schemas:\n");
    for schema in ["Ticket", "Seat", "Usher", "Hall", "Problem", "Unused"] {
        let schema = schema_text(schema);
        text.push_str(&schema);
    }
    text
}

fn operation(tag: &str, id: &str, schema: &str) -> String {
    format!(
        "  /{id}/{{key}}:\n    put:\n      operationId: {id}\n      tags: [{tag}]\n      parameters:\n\
         \x20     - {{ name: key, in: path, required: true, schema: {{ type: string, maxLength: 9, pattern: '^[a-z]+$' }} }}\n\
         \x20     - {{ name: limit, in: query, schema: {{ type: integer, maximum: 9 }} }}\n\
         \x20     requestBody: {{ required: true, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }}\n\
         \x20     responses:\n        '200':\n          description: Done.\n          headers: {{ X-Rate: {{ schema: {{ type: string }} }} }}\n\
         \x20         content: {{ application/json: {{ schema: {{ type: object, properties: {{ kind: {{ type: string, enum: [a, {id}] }} }} }} }} }}\n\
         \x20       default: {{ description: Problem., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Problem' }} }} }} }}\n"
    )
}

fn schema_text(name: &str) -> String {
    let mut text = format!("    {name}:\n      type: object\n      properties:\n");
    let members = if name == "Problem" { 3 } else { 30 };
    for index in 0..members {
        writeln!(text, "        member{index}: {{ type: string, maxLength: 9, pattern: '^[0-9]+$' }}").unwrap();
    }
    text + "        place: { type: object, properties: { row: { type: integer } } }\n"
}

fn generated(text: String, types: Types) -> Generation {
    let input = Input::new("large.yaml", text, "large");
    let options =
        Options { crate_name: "large".to_owned(), at_root: true, features: true, types, ..Options::default() };
    Pipeline::new(&options).generate(&[input])
}

fn files(text: String) -> BTreeMap<String, String> {
    let generation = generated(text, Types::Used);
    assert!(generation.findings.is_empty(), "{}", generation.findings[0]);
    let outputs = generation.files.unwrap().into_iter();
    outputs.filter(|output| !output.path.starts_with("src/runtime/")).map(|file| (file.path, file.text)).collect()
}

#[test]
fn a_large_document_becomes_many_short_files() {
    let files = files(document(12));
    let paths: Vec<&str> = files.keys().map(String::as_str).collect();
    insta::assert_snapshot!(paths.join("\n"));
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rs")) {
        assert!(text.lines().count() <= LINES, "{path}: {} lines", text.lines().count());
    }
    assert_eq!(files, self::files(document(12)), "generation is deterministic");
}

#[test]
fn a_new_operation_changes_only_its_own_files() {
    let (before, text) = (files(document(13)), document(13));
    let added = text.replace("paths:\n", &format!("paths:\n{}", operation("types", "added", "Seat")));
    let after = files(added);
    let differs = |path: &&String| before.get(*path) != after.get(*path);
    let changed: BTreeSet<&str> = before.keys().chain(after.keys()).filter(differs).map(String::as_str).collect();
    let own = ["README.md", "SURFACE.txt", "src/lib.rs", "src/types2/mod.rs", "src/types2/others.rs"];
    assert_eq!(changed, BTreeSet::from(own));
}

/// Returns a document of `count` schemas without operations. Each schema name is a combination of words.
fn schemas(count: usize) -> String {
    const WORDS: [&str; 12] =
        ["Account", "Bank", "Charge", "Dispute", "Event", "File", "Invoice", "Order", "Plan", "Refund", "Tax", "Usage"];
    let mut text =
        "openapi: 3.0.3\ninfo: { title: Large, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
    for index in 0..count {
        let (first, second, third) = (index % 12, index / 12 % 12, index / 144);
        let name = [WORDS[first], WORDS[second], WORDS[third]].concat();
        let members = (0..3 + index % 9).map(|member| format!("m{member}: {{ type: string, maxLength: 9 }}"));
        let members = members.collect::<Vec<_>>().join(", ");
        writeln!(text, "    {name}: {{ type: object, properties: {{ {members} }} }}").unwrap();
    }
    text
}

/// Returns a map from the name of each type to the path of the file that declares the type.
fn files_of_types(files: &BTreeMap<String, String>) -> BTreeMap<&str, &str> {
    let declared = files.iter().filter(|(path, _)| path.ends_with(".rs")).flat_map(|(path, text)| {
        let names =
            text.lines().filter_map(|line| line.strip_prefix("pub struct ")?.split([' ', '{', '<', '(']).next());
        names.map(move |name| (name, path.as_str()))
    });
    declared.collect()
}

#[test]
fn many_schemas_become_few_files_and_no_crowded_folder() {
    let files = files(schemas(1_500));
    let rust: Vec<&String> = files.keys().filter(|path| path.ends_with(".rs")).collect();
    let lines: usize = rust.iter().map(|path| files[*path].lines().count()).sum();
    assert!(rust.len() < lines / 500, "{} files for {lines} lines", rust.len());
    let mut folders: BTreeMap<&Path, BTreeSet<String>> = BTreeMap::new();
    for path in files.keys().map(Path::new) {
        let steps: Vec<&Path> = path.ancestors().collect();
        for step in steps.windows(2) {
            folders.entry(step[1]).or_default().insert(step[0].display().to_string());
        }
    }
    for (folder, entries) in folders {
        assert!(entries.len() <= ENTRIES, "{}: {} entries", folder.display(), entries.len());
    }
}

/// Asserts that the declared modules of a crate are exactly its source files.
fn assert_modules_have_files(generation: Generation) {
    assert!(generation.findings.is_empty(), "{}", generation.findings[0]);
    let files: BTreeMap<String, String> =
        generation.files.unwrap().into_iter().map(|output| (output.path, output.text)).collect();
    let of_crate = |path: &&String| path.starts_with("src/") && path.ends_with(".rs") && *path != "src/main.rs";
    let mut declared = BTreeSet::from(["src/lib.rs".to_owned()]);
    for (path, text) in files.iter().filter(|(path, _)| of_crate(path)) {
        let folder = match path.strip_suffix("/mod.rs").or_else(|| path.strip_suffix("/lib.rs")) {
            Some(folder) => folder,
            None => path.trim_end_matches(".rs"),
        };
        let names = text.lines().filter_map(|line| line.trim().strip_suffix(';')?.rsplit_once("mod "));
        let names = names.filter(|(before, _)| ["", "pub ", "pub(crate) ", "pub(super) "].contains(before));
        for (_, name) in names {
            let paths = [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")];
            let found = paths.into_iter().find(|path| files.contains_key(path));
            let file = found.unwrap_or_else(|| panic!("{path} declares `{name}`, which has no file"));
            assert!(declared.insert(file), "{path} declares `{name}` twice");
        }
    }
    assert_eq!(files.keys().filter(of_crate).cloned().collect::<BTreeSet<_>>(), declared);
}

#[test]
fn each_declared_module_of_a_large_crate_has_a_file() {
    // A group can have the name of a module that the crate lacks.
    let named = |tag: &str| document(12).replace("tags: [types]", &format!("tags: [{tag}]"));
    for text in [schemas(300), document(12), named("webhooks"), named("keys"), named("commands"), named("traits")] {
        for (cli, traits) in [(false, false), (true, false), (false, true), (true, true)] {
            let input = Input::new("large.yaml", text.as_str(), "large");
            let options = Options { crate_name: "large".to_owned(), cli, traits, ..Options::default() };
            for at_root in [true, false] {
                let options = Options { at_root, ..options.clone() };
                let generation = Pipeline::new(&options).generate(std::slice::from_ref(&input));
                assert_modules_have_files(generation);
            }
        }
    }
}

/// A new schema moves other types to different files only if its file is full. Then the file is split, and the shorter half may
/// be merged with a neighbouring file.
#[test]
fn a_new_schema_moves_no_other_unless_its_file_is_full() {
    let before = files(schemas(1_500));
    let old = files_of_types(&before);
    let names = ["AccountZebra", "BankLine", "ChargeRow", "EventLine", "InvoiceLine", "OrderX", "PlanX", "Zebra"];
    let full = names.iter().filter(|name| {
        let text =
            format!("{}    {name}: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n", schemas(1_500));
        let after = files(text);
        let new = files_of_types(&after);
        assert!(new.contains_key(*name) && old.len() + 1 == new.len(), "{name}");
        let moved: BTreeSet<&str> =
            old.iter().filter(|(name, path)| new[*name] != **path).map(|(_, path)| *path).collect();
        assert!(moved.len() <= 2, "{name} moves types of {moved:?}");
        !moved.is_empty()
    });
    assert!(full.count() <= 3);
}

#[test]
fn unused_schemas_are_omitted_unless_requested() {
    let has = |generation: &Generation| {
        let files = generation.files.as_deref().unwrap_or_default();
        files.iter().any(|file| file.text.contains("pub struct Unused "))
    };
    let (used, all) = (generated(document(2), Types::Used), generated(document(2), Types::All));
    assert_eq!((has(&used), used.unused_components, has(&all), all.unused_components), (false, 1, true, 0));
    let schemas = document(0).replace("paths:\n", "paths: {}\n");
    let schemas = generated(schemas, Types::Used);
    assert_eq!(
        (has(&schemas), schemas.unused_components),
        (true, 0),
        "a document without operations keeps all schemas"
    );
}

#[test]
fn each_choice_of_features_compiles_without_warnings() {
    let choices: [&[&str]; 4] = [
        &["--features", "blocking,mock,symmetric"],
        &["--no-default-features"],
        &["--no-default-features", "--features", "box-office"],
        &["--no-default-features", "--features", "client,types"],
    ];
    assert_compiles_with(generated(document(12), Types::Used), &choices);
}

/// Compiles a crate with each of the choices of features. Clippy must not warn.
fn assert_compiles_with(generation: Generation, choices: &[&[&str]]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    for output in generation.files.unwrap() {
        let path = folder.path().join(&output.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, output.text).unwrap();
    }
    fs::copy(root.join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    for more in choices {
        let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
            .args(["clippy", "--offline", "--quiet", "--all-targets"])
            .args(*more)
            .args(["--", "-D", "warnings"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", root.join("target/new_crate"))
            .output()
            .unwrap();
        assert!(checked.status.success(), "{more:?}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}

/// Tags that are names of modules, files or features for rustc or Cargo, or of modules of the crate.
const RESERVED_TAGS: &[&str] = &[
    "benches",
    "build",
    "core",
    "crate",
    "default",
    "ecma",
    "examples",
    "lib",
    "main",
    "mod",
    "operation_exports",
    "rustfmt",
    "schemas",
    "self",
    "std",
    "super",
    "test",
    "tests",
    "type_exports",
];

#[test]
fn a_tag_may_have_a_reserved_name() {
    let mut text = "openapi: 3.0.3\ninfo: { title: Large, version: '1' }\npaths:\n".to_owned();
    for tag in RESERVED_TAGS {
        let schema = pascal(tag);
        text.extend((0..2).map(|index| operation(tag, &format!("{tag}_{index}"), &schema)));
    }
    text.push_str("components:\n  schemas:\n");
    text.extend(RESERVED_TAGS.iter().map(|tag| small_schema(&pascal(tag))));
    text.push_str(&schema_text("Problem"));
    assert_compiles_with(
        generated(text, Types::Used),
        &[&[], &["--no-default-features"], &["--no-default-features", "--features", "lib,default2"]],
    );
}

fn pascal(tag: &str) -> String {
    tag.split('_').map(|word| word[..1].to_uppercase() + &word[1..] + "Item").collect()
}

/// Returns a schema whose property is a list of unique items of a union. Crates with such a list have the module `schemas`.
fn small_schema(name: &str) -> String {
    format!(
        "    {name}: {{ type: object, properties: {{ list: {{ type: array, uniqueItems: true, items: {{ oneOf: [{{ type: integer, \
         minimum: 3 }}, {{ type: integer, maximum: 1 }}] }} }} }} }}\n"
    )
}
