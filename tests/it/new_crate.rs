//! Tests that newly generated crates compile without warnings.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use copperplate::command::{ErrorStream, ExitStatus, run};

/// A typical pet store: path and query parameters, a list, a body, a default error, and an API key.
const STORE: &str = include_str!("new_crate/petstore.yaml");

/// A document whose API module has every module that an API can have: codecs, patterns, keys of overloads, servers, security and
/// examples.
const MODULES: &str = include_str!("new_crate/modules.yaml");

/// A document with names of any script: names that the compiler regards as equal, or that it warns about.
const NAMES: &str = include_str!("new_crate/names.yaml");

/// Generates a crate from documents. Each document is given as its name and its text.
fn generated(folder: &Path, documents: &[(&str, &str)]) {
    generated_with(folder, documents, &[]);
}

/// Generates a crate from documents, with more arguments.
fn generated_with(folder: &Path, documents: &[(&str, &str)], more: &[&str]) {
    let specs = documents.iter().map(|(name, text)| {
        let spec = folder.join(format!("{name}.yaml"));
        fs::write(&spec, text).unwrap();
        spec.to_str().unwrap().to_owned()
    });
    let specs: Vec<String> = specs.collect();
    let out = folder.join("out").to_str().unwrap().to_owned();
    let fixed = ["copperplate", "generate", "--out", &out, "--name", "pets"].map(str::to_owned);
    let arguments = fixed.into_iter().chain(specs).chain(more.iter().map(|argument| (*argument).to_owned()));
    let command = <copperplate::command::Command as clap::Parser>::try_parse_from(arguments).unwrap();
    let mut complained = Vec::new();
    let ending = run(command, &mut Vec::new(), ErrorStream { writer: &mut complained, is_colored: false });
    assert_eq!(ending, ExitStatus::Success, "{}", String::from_utf8_lossy(&complained));
}

/// Adds the blocks of Rust in the README to the crate as an example, so that Cargo compiles them with the crate.
fn add_readme_as_example(folder: &Path) {
    let readme = fs::read_to_string(folder.join("out/README.md")).unwrap();
    let blocks = readme.split("\n```rust\n").skip(1).map(|rest| rest.split("\n```\n").next().unwrap());
    let modules = blocks.enumerate().map(|(index, block)| format!("mod quick_start_{index} {{\n{block}\n}}\n"));
    let modules: String = modules.collect();
    assert!(modules.contains("async fn quick_start("), "{readme}");
    let condition = "#[cfg(all(feature = \"reqwest\", feature = \"mock\"))]\n#[allow(dead_code)]\n";
    let example = format!("{condition}mod quick_starts {{\n{modules}}}\n\nfn main() {{}}\n");
    fs::create_dir(folder.join("out/examples")).unwrap();
    fs::write(folder.join("out/examples/quick_start.rs"), example).unwrap();
}

fn assert_without_warnings(folder: &Path, command: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let out = folder.join("out");
    // The lock file of the repository selects versions that are already on this machine, so Cargo downloads nothing.
    fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
        .args(command)
        .current_dir(&out)
        .env("CARGO_TARGET_DIR", root.join("target/new_crate"))
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .unwrap();
    assert!(checked.status.success(), "{command:?}: {}", String::from_utf8_lossy(&checked.stderr));
}

#[test]
fn a_pet_store_becomes_a_crate_without_warnings() {
    let folder = tempfile::tempdir().unwrap();
    generated(folder.path(), &[("petstore", STORE)]);
    add_readme_as_example(folder.path());
    for more in ["--features=blocking,mock,symmetric", "--no-default-features"] {
        let clippy = ["clippy", "--offline", "--quiet", "--all-targets", more, "--", "-D", "warnings"];
        assert_without_warnings(folder.path(), &clippy);
    }
}

/// The default features have TLS over rustls. TLS over the library of the system needs that library, so it is only resolved.
#[test]
fn tls_is_a_feature() {
    let folder = tempfile::tempdir().unwrap();
    generated(folder.path(), &[("petstore", STORE)]);
    for features in ["", "reqwest", "reqwest,blocking"] {
        let clippy =
            ["clippy", "--offline", "--quiet", "--no-default-features", "--features", features, "--", "-D", "warnings"];
        assert_without_warnings(folder.path(), &clippy);
    }
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).unwrap();
    for line in [
        "default = [\"reqwest\", \"rustls\"]\n",
        "rustls = [\"reqwest\", \"reqwest/rustls\"]\n",
        "native-tls = [\"reqwest\", \"reqwest/native-tls\"]\n",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
}

/// A part of the runtime disappears with the last use of it.
#[test]
fn files_of_unused_parts_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    generated(folder.path(), &[("petstore", include_str!("../cases/multipart.yaml"))]);
    let runtime = folder.path().join("out/src/runtime");
    assert!(runtime.join("request/multipart.rs").is_file());
    generated(folder.path(), &[("petstore", STORE)]);
    assert!(!runtime.join("request/multipart.rs").exists());
    assert!(!fs::read_to_string(runtime.join("request/mod.rs")).unwrap().contains("multipart"));
}

#[test]
fn names_of_any_script_become_a_crate_without_warnings() {
    let folder = tempfile::tempdir().unwrap();
    generated(folder.path(), &[("names", NAMES)]);
    let features = "--features=blocking,mock,symmetric";
    let clippy = ["clippy", "--offline", "--quiet", "--all-targets", features, "--", "-D", "warnings"];
    assert_without_warnings(folder.path(), &clippy);
    assert_without_warnings(folder.path(), &["doc", "--offline", "--quiet", "--no-deps", features]);
}

/// The types that the test chooses for formats.
const FORMATS: &[&str] = &[
    "--format=date-time=jiff::Timestamp@0.2",
    "--format=date=chrono::NaiveDate@0.4",
    "--format=decimal=rust_decimal::Decimal@1",
    "--format=ipv4=std::net::Ipv4Addr",
    "--format=time=time::Time@0.3",
    "--format=uri=url::Url@2",
    "--format=uuid=uuid::Uuid@1",
];

/// The generated crate has tests of its own, which send and receive values of the chosen types.
#[test]
fn formats_become_types_of_other_crates() {
    let folder = tempfile::tempdir().unwrap();
    generated_with(folder.path(), &[("formats", include_str!("new_crate/formats.yaml"))], FORMATS);
    let out = folder.path().join("out");
    // The text of `time::Time` in JSON needs a feature that only a user of the crate can choose.
    let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\nuuid = { version = \"1\", features = [\"serde\"] }\n"), "{manifest}");
    let feature = "\n[dev-dependencies]\ntime = { version = \"0.3\", features = [\"serde-human-readable\"] }\n";
    fs::write(out.join("Cargo.toml"), manifest + feature).unwrap();
    fs::create_dir(out.join("tests")).unwrap();
    fs::write(out.join("tests/formats.rs"), include_str!("new_crate/formats.rs")).unwrap();
    let features = "--features=blocking,mock,symmetric";
    let clippy = ["clippy", "--offline", "--quiet", "--all-targets", features, "--", "-D", "warnings"];
    assert_without_warnings(folder.path(), &clippy);
    assert_without_warnings(folder.path(), &["test", "--offline", "--quiet", "--no-default-features"]);
}

/// The documents have the names of crate modules, of API modules, and of files and folders that Cargo treats specially.
#[test]
fn a_document_may_have_the_name_of_a_module() {
    let names = [
        "bin",
        "client",
        "codec",
        "ecma",
        "examples",
        "keys",
        "lib",
        "main",
        "operations",
        "patterns",
        "runtime",
        "rustfmt",
        "schemas",
        "security",
        "serde",
        "servers",
        "std",
        "test",
        "types",
    ];
    let folder = tempfile::tempdir().unwrap();
    let mut documents = names.map(|name| (name, MODULES));
    documents[0].1 = include_str!("new_crate/formats.yaml");
    generated_with(folder.path(), &documents, &["--format=uuid=uuid::Uuid@1"]);
    add_readme_as_example(folder.path());
    let clippy = ["clippy", "--offline", "--quiet", "--all-targets", "--", "-D", "warnings"];
    assert_without_warnings(folder.path(), &clippy);
    assert_without_warnings(folder.path(), &["doc", "--offline", "--quiet", "--no-deps"]);
}

/// Returns a document with a failure whose body contains a long chain of schemas. Each schema contains the next one in a list and
/// in a map, and the lists and maps are nested.
fn deep_failure() -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Deep, version: '1'}\nservers: [{url: 'https://api.example.com'}]\npaths:\n  /a:\n    \
                    get:\n      operationId: getA\n      responses:\n        '200': {description: D}\n        default:\n          \
                    description: D\n          content: {application/json: {schema: {$ref: '#/components/schemas/L0'}}}\n\
                    components:\n  schemas:\n    L60: {type: object, properties: {name: {type: string}}}\n"
        .to_owned();
    for level in 0..60 {
        let next = format!("{{$ref: '#/components/schemas/L{}'}}", level + 1);
        text.push_str(&format!(
            "    L{level}:\n      type: object\n      properties:\n        list: {{type: array, items: {{type: array, items: {next}}}}}\n\
             \x20       map: {{type: object, additionalProperties: {next}}}\n        \
             union: {{oneOf: [{{type: string}}, {next}]}}\n"
        ));
    }
    text
}

#[test]
fn deep_types_compile() {
    let folder = tempfile::tempdir().unwrap();
    generated(folder.path(), &[("deep", &deep_failure())]);
    let clippy = ["clippy", "--offline", "--quiet", "--all-targets", "--", "-D", "warnings"];
    assert_without_warnings(folder.path(), &clippy);
}
