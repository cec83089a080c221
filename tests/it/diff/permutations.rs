//! Tests of documents and copies of them, in a random order and with different comments. `diff` must report no changes, and the
//! surfaces must be equal.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, ExitStatus, run};
use copperplate::load::ReadError;
use copperplate::{Input, Options, Pipeline};
use serde_json::Value;

use super::copies::{documents, with_small_numbers};

/// The keywords whose value is a map. The keys of the map are names, and its values may contain OpenAPI keywords again.
const NAMED: &[&str] = &[
    "callbacks",
    "content",
    "encoding",
    "headers",
    "links",
    "mapping",
    "parameters",
    "paths",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "scopes",
    "securitySchemes",
    "variables",
];

/// The keywords whose value is a list without a meaningful order. `servers` and `security` are missing here, because their order
/// decides which server is called and which credentials are sent.
const UNORDERED: &[&str] = &["allOf", "anyOf", "enum", "oneOf", "parameters", "required", "tags"];

/// The keywords whose value is any JSON value. The order of lists in such a value has a meaning.
const VALUES: &[&str] = &["default", "example", "examples", "value"];

/// A generator of pseudo-random numbers. The same seed gives the same numbers in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The kind of the keys of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Members {
    /// Keywords of OpenAPI.
    Keywords,
    /// Names.
    Names,
    /// Members of a JSON value.
    Values,
}

/// Returns the document in a random order. Lists in extensions keep their order, because the arguments of `x-overload` must
/// follow the order in the path.
fn shuffled(value: Value, members: Members, random: &mut Random) -> Value {
    match value {
        Value::Object(inner) => {
            let mut inner: Vec<(String, Value)> = inner.into_iter().collect();
            random.shuffle(&mut inner);
            let inner = inner.into_iter().map(|(name, value)| {
                let value = member(&name, value, members, random);
                (name, value)
            });
            Value::Object(inner.collect())
        }
        Value::Array(items) if members != Members::Values => {
            Value::Array(items.into_iter().map(|item| shuffled(item, members, random)).collect())
        }
        other => other,
    }
}

fn member(name: &str, value: Value, members: Members, random: &mut Random) -> Value {
    let is_extension = name.starts_with("x-");
    match (members, value) {
        (Members::Names, value) => shuffled(value, Members::Keywords, random),
        (Members::Values, value) => shuffled(value, Members::Values, random),
        (Members::Keywords, value) if is_extension || VALUES.contains(&name) => {
            shuffled(value, Members::Values, random)
        }
        (Members::Keywords, Value::Array(mut items)) if UNORDERED.contains(&name) => {
            random.shuffle(&mut items);
            let of_values = name == "enum";
            let shuffle = |item| if of_values { item } else { shuffled(item, Members::Keywords, random) };
            Value::Array(items.into_iter().map(shuffle).collect())
        }
        (Members::Keywords, value @ Value::Object(_)) if NAMED.contains(&name) => {
            shuffled(value, Members::Names, random)
        }
        (Members::Keywords, value) => shuffled(value, Members::Keywords, random),
    }
}

/// Returns the document as YAML with different comments.
fn with_other_comments(tree: &Value) -> String {
    let text = serde_yaml::to_string(tree).unwrap();
    let comment = |line: &str| if line.starts_with(char::is_alphabetic) { "\n# Another comment.\n" } else { "" };
    text.lines().map(|line| format!("{}{line}\n", comment(line))).collect()
}

/// Returns a document, and a copy in the random order of `seed`.
fn copied(path: &Path, seed: u64) -> [Input; 2] {
    let text = with_small_numbers(&fs::read_to_string(path).unwrap());
    let tree: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let other = with_other_comments(&shuffled(tree, Members::Keywords, &mut Random(seed)));
    assert_ne!(text, other);
    let file = path.with_extension("yaml").to_str().unwrap().to_owned();
    [text, other].map(|text| Input::new(file.clone(), text, "api"))
}

/// Returns the changes that `diff` reports between a document and its copy, in both directions, and the lines in which their
/// surfaces differ.
fn differences(path: &Path, seed: u64, options: &Options) -> Vec<String> {
    let read = |_: &str, path: &str| fs::read_to_string(path).map_err(ReadError::from);
    let [old, new] = copied(path, seed);
    let mut found = Vec::new();
    for (before, after) in [(&old, &new), (&new, &old)] {
        let compared = Pipeline::new(options).diff((before, &read), (after, &read));
        let changes = compared.changes.unwrap_or_else(|| panic!("{}: {:#?}", path.display(), compared.new));
        found.extend(
            changes.into_iter().map(|change| format!("{} {}: {}", change.rule, change.subject, change.message)),
        );
    }
    let surface = |input: &Input| {
        let (surface, findings) = Pipeline::new(options).with_files(&read).surface(std::slice::from_ref(input));
        surface.unwrap_or_else(|| panic!("{}: {findings:#?}", path.display())).to_string()
    };
    let (before, after) = (surface(&old), surface(&new));
    let lines = before.lines().zip(after.lines()).filter(|(old, new)| old != new);
    found.extend(lines.map(|(old, new)| format!("{old}\n  became {new}")));
    found.extend((before.lines().count() != after.lines().count()).then(|| "the number of lines differs".to_owned()));
    found.iter().map(|line| format!("{} with {seed}: {line}", path.display())).collect()
}

#[test]
fn the_specs_and_the_cases_may_be_in_any_order() {
    let options = Options { types: copperplate::Types::All, ..super::options() };
    let found: Vec<String> = documents()
        .iter()
        .flat_map(|path| (1..=4).flat_map(|seed| differences(path, seed, &options)).collect::<Vec<_>>())
        .collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Published documents that are small enough for this test.
const PUBLISHED: &[&str] = &[
    "airflow.yaml",
    "cloud-hypervisor.yaml",
    "jira-software.json",
    "keycloak.json",
    "oai-petstore-expanded.yaml",
    "oai-uspto.yaml",
    "svix-server.json",
    "swagger-petstore.yaml",
    "weather-gov.yaml",
];

#[test]
fn published_documents_may_be_in_any_order() {
    let candidates = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/corpus"));
    let Some(corpus) = candidates.into_iter().find(|corpus| corpus.is_dir()) else {
        eprintln!("skipped: there is no shared/corpus next to the repository");
        return;
    };
    let options = Options { skip_unsupported: true, ..super::options() };
    let paths: Vec<PathBuf> = PUBLISHED.iter().map(|name| corpus.join(name)).collect();
    let found: Vec<String> = paths.iter().flat_map(|path| differences(path, 1, &options)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_command_prints_nothing_for_another_order() {
    let folder = tempfile::tempdir().unwrap();
    for path in documents().iter().filter(|path| path.parent().unwrap().ends_with("specs")) {
        let [old, new] = copied(path, 7);
        let files = [("old", old), ("new", new)].map(|(name, input)| {
            let file = folder.path().join(format!("{name}.yaml"));
            fs::write(&file, input.text).unwrap();
            file.to_str().unwrap().to_owned()
        });
        for [old, new] in [[&files[0], &files[1]], [&files[1], &files[0]]] {
            let command = Command::try_parse_from(["copperplate", "diff", old, new, "--fail-on", "minor"]).unwrap();
            let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
            let status = run(command, &mut stdout, ErrorStream { writer: &mut stderr, is_colored: false });
            assert_eq!((status, stdout.len()), (ExitStatus::Success, 0), "{}", String::from_utf8_lossy(&stdout));
        }
    }
}

/// The copies in the tests above differ from the original documents only in order.
#[test]
fn a_copy_has_the_content_of_the_document_in_another_order() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases/unions.yaml");
    let tree: Value = serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let copies = [1, 2, 1].map(|seed| shuffled(tree.clone(), Members::Keywords, &mut Random(seed)));
    let (texts, text) = (copies.each_ref().map(ToString::to_string), tree.to_string());
    assert!(texts[0] != text && texts[0] != texts[1] && texts[0] == texts[2]);
    let letters = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    assert_eq!(letters(&texts[0]), letters(&text));
}
