//! Tests with two versions of a document, and a consumer: code that uses the crate of the older version. The consumer must fail
//! to compile with the newer crate exactly if the comparison finds a major difference that a compiler can detect.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use copperplate::surface::{VersionBump, compare};
use copperplate::{Input, Options, Pipeline, files};

/// A test case: a folder in `tests/surface`.
struct Pair {
    name: String,
    old: Input,
    new: Input,
    consumer: PathBuf,
    /// The expected differences, from the header of `consumer.rs`.
    expected: Vec<String>,
}

fn pairs() -> Vec<Pair> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("surface");
    let mut folders: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().map(|folder| pair(folder)).collect()
}

fn pair(folder: &Path) -> Pair {
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    let input = |file: &str| {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        Input::new(format!("{name}/{file}"), text, name.clone())
    };
    let (old, new, consumer) = (input("old.yaml"), input("new.yaml"), folder.join("consumer.rs"));
    let text = fs::read_to_string(&consumer).unwrap();
    let expected = text.lines().find_map(|line| line.strip_prefix("//! Expected: ")).unwrap();
    let mut expected: Vec<String> = expected.split("; ").filter(|rule| *rule != "nothing").map(str::to_owned).collect();
    expected.sort();
    Pair { name, old, new, consumer, expected }
}

/// Returns the differences of a pair, each as a version bump and a rule, such as `major type-removed`.
fn differences(pair: &Pair) -> Vec<String> {
    // The trait over the operations is compared only where a consumer implements it.
    let options = Options { traits: pair.name.starts_with("trait_"), ..Options::default() };
    let surface = |input: &Input| {
        let (surface, findings) =
            Pipeline::new(&options).with_files(&copperplate::load::no_files).surface(std::slice::from_ref(input));
        surface.unwrap_or_else(|| panic!("{findings:?}"))
    };
    let found = compare(&surface(&pair.old), &surface(&pair.new));
    let mut lines: Vec<String> = found
        .iter()
        .map(|found| match (found.bump, found.rule) {
            // Code may still compile after these changes.
            (VersionBump::Major, rule @ ("arguments-reordered" | "name-reused")) => format!("silent {rule}"),
            (VersionBump::Major, rule) => format!("major {rule}"),
            (VersionBump::Minor, rule) => format!("minor {rule}"),
            (VersionBump::Patch, rule) => format!("patch {rule}"),
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn each_pair_has_the_expected_differences() {
    let mut wrong = String::new();
    for pair in pairs() {
        let found = differences(&pair);
        if found != pair.expected {
            writeln!(wrong, "{}: {found:?} instead of {:?}", pair.name, pair.expected).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_consumer_of_the_older_crate_breaks_exactly_if_a_difference_is_major() {
    let pairs = pairs();
    let built = build(&pairs);
    let mut wrong = String::new();
    for pair in &pairs {
        let is_major = pair.expected.iter().any(|rule| rule.starts_with("major "));
        let compiles =
            |side: &str| built.get(&(side.to_owned(), pair.name.clone())).is_some_and(|errors| errors.is_empty());
        if !compiles("on_old") {
            writeln!(wrong, "{}: the consumer does not compile against its own crate", pair.name).unwrap();
        }
        if compiles("on_new") == is_major {
            let errors = built.get(&("on_new".to_owned(), pair.name.clone()));
            writeln!(wrong, "{}: expected {:?}, the errors of the compiler are {errors:?}", pair.name, pair.expected)
                .unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Compiles every consumer with both crates, in one run. Returns the compiler errors of each consumer. A consumer that was not
/// compiled is absent.
fn build(pairs: &[Pair]) -> BTreeMap<(String, String), BTreeSet<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // The folder is kept, so that Cargo compiles only changed crates again.
    let folder = root.join("target/surface");
    fs::create_dir_all(&folder).unwrap();
    let lock = root.join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).unwrap();
    let mut written = BTreeMap::new();
    written.insert(
        "Cargo.toml".to_owned(),
        "[workspace]\nresolver = \"3\"\nmembers = [\"old\", \"new\", \"on_old\", \"on_new\"]\n".to_owned(),
    );
    for (side, of) in
        [("old", (|pair: &Pair| pair.old.clone()) as fn(&Pair) -> Input), ("new", |pair| pair.new.clone())]
    {
        let inputs: Vec<Input> = pairs.iter().map(of).collect();
        let options = Options { crate_name: format!("{side}_api"), traits: true, ..Options::default() };
        let outputs = Pipeline::new(&options).generate(&inputs).files.unwrap();
        let changes = files::compare(&folder.join(side), &outputs).unwrap();
        files::write(&folder.join(side), &outputs, &changes).unwrap();
        written.insert(format!("on_{side}/Cargo.toml"), manifest(side, pairs));
    }
    for (path, text) in written {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if fs::read_to_string(&path).ok().as_ref() != Some(&text) {
            fs::write(path, text).unwrap();
        }
    }
    let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args([
            "check",
            "--offline",
            "--quiet",
            "--bins",
            "--keep-going",
            "--message-format=json",
            "-p",
            "on_old",
            "-p",
            "on_new",
        ])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", root.join("target/new_crate"))
        .output()
        .unwrap();
    messages(&String::from_utf8_lossy(&checked.stdout), &String::from_utf8_lossy(&checked.stderr))
}

/// Returns the manifest of a package whose binaries are the consumers.
fn manifest(side: &str, pairs: &[Pair]) -> String {
    let mut text = format!(
        "[package]\nname = \"on_{side}\"\nedition = \"2024\"\npublish = false\nautobins = false\n\n[dependencies]\n\
         api = {{ package = \"{side}_api\", path = \"../{side}\", default-features = false, features = [\"traits\"] }}\n\
         bytes = \"1\"\nhttp = \"1\"\nserde_json = \"1\"\n"
    );
    for Pair { name, consumer, .. } in pairs {
        write!(text, "\n[[bin]]\nname = \"{name}\"\npath = {consumer:?}\n").unwrap();
    }
    text
}

fn messages(stdout: &str, stderr: &str) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut built: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for line in stdout.lines() {
        let message: serde_json::Value = serde_json::from_str(line).unwrap();
        let text =
            |pointer: &str| message.pointer(pointer).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let package = text("/package_id");
        let is_error = text("/message/level") == "error";
        let Some(side) = ["on_old", "on_new"].into_iter().find(|side| package.contains(side)) else {
            assert!(!is_error, "{package}: {}", text("/message/rendered"));
            continue;
        };
        if text("/reason") == "compiler-artifact" || is_error {
            let errors = built.entry((side.to_owned(), text("/target/name"))).or_default();
            errors.extend(is_error.then(|| format!("{}: {}", text("/message/code/code"), text("/message/message"))));
        }
    }
    assert!(!built.is_empty(), "{stderr}");
    built
}
