//! Tests of the `diff` command: files, git, exit codes and output.

use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::{env, fs};

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, ExitStatus, run};
use tempfile::TempDir;

const OLD: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      parameters: [{name: limit, in: query, schema: {type: integer, maximum: 100}}]
      responses:
        '200':
          description: Pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: addPet
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'201': {description: Added.}}
  /pets/{id}:
    delete:
      operationId: removePet
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Gone.}}
components:
  schemas:
    Pet:
      type: object
      required: [id]
      properties:
        id: {type: string}
        name: {type: string, maxLength: 64}
        kind: {type: string, enum: [cat, dog]}
";

/// The replacements that turn the older document into the newer one.
const EDITS: &[(&str, &str)] = &[
    ("maximum: 100", "maximum: 50"),
    ("maxLength: 64", "maxLength: 32"),
    ("[cat, dog]", "[cat, dog, 'a|b<c>']"),
    ("  /pets/{id}:", "  /animals/{id}:"),
    ("required: [id]", "required: [id, name]"),
];

fn edited() -> String {
    EDITS.iter().fold(OLD.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A folder with `old.yaml` and `new.yaml`.
struct Folder(TempDir);

impl Folder {
    fn new(new: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("old.yaml"), OLD).unwrap();
        fs::write(folder.path().join("new.yaml"), new).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `diff` on both files with the arguments `more`. Returns the exit status, standard output and standard error, in which
    /// the path of the folder is removed.
    fn diff(&self, more: &[&str]) -> (ExitStatus, String, String) {
        let (old, new) = (self.path("old.yaml"), self.path("new.yaml"));
        let fixed = ["copperplate", "diff", old.to_str().unwrap(), new.to_str().unwrap()];
        let command = Command::try_parse_from(fixed.iter().chain(more)).unwrap();
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        let status = run(command, &mut stdout, ErrorStream { writer: &mut stderr, is_colored: false });
        let folder = format!("{}/", self.0.path().display());
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&folder, "");
        (status, text(stdout), text(stderr))
    }
}

#[test]
fn the_text_format() {
    let (status, stdout, stderr) = Folder::new(&edited()).diff(&[]);
    assert_eq!((status, stderr.as_str()), (ExitStatus::Success, ""));
    insta::assert_snapshot!("text", stdout);
}

#[test]
fn the_markdown_format() {
    let (_, stdout, _) = Folder::new(&edited()).diff(&["--format", "markdown"]);
    insta::assert_snapshot!("markdown", stdout);
}

#[test]
fn the_json_format_contains_all_changes() {
    let (_, stdout, _) = Folder::new(&edited()).diff(&["--format", "json"]);
    let stdout: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!(stdout["version"], "major");
    let changes = stdout["changes"].as_array().unwrap();
    let counted: u64 = stdout["counts"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(counted, changes.len() as u64);
    let shortened = changes.iter().find(|change| change["rule"] == "request-property-max-length-decreased").unwrap();
    assert_eq!(shortened["axis"], "wire");
    assert_eq!(shortened["level"], "breaking");
    assert_eq!(shortened["direction"], "request");
    assert_eq!(shortened["subject"], "`Pet.name` in requests of POST /pets");
    let place = serde_json::json!({
        "file": "old.yaml",
        "pointer": "/components/schemas/Pet/properties/name/maxLength",
        "line": 28,
        "column": 30,
    });
    assert_eq!(shortened["old"], place);
    assert!(changes.iter().any(|change| change["axis"] == "crate" && change["level"] == "major"));
}

#[test]
fn nothing_is_printed_if_nothing_changed() {
    let stdout = |more: &[&str]| Folder::new(OLD).diff(&[&["--format"], more, &["--fail-on", "minor"]].concat());
    assert_eq!(stdout(&["text"]), (ExitStatus::Success, String::new(), String::new()));
    // An empty comment on a pull request would look like an error.
    assert_eq!(stdout(&["markdown"]), (ExitStatus::Success, "No changes.\n".to_owned(), String::new()));
}

#[test]
fn fail_on_decides_the_exit_code() {
    let breaking = OLD.replace("maxLength: 64", "maxLength: 32");
    let dangerous = OLD.replace("id: {type: string}", "id: {type: string, maxLength: 9}");
    let safe = OLD.replace("      operationId: addPet\n", "      operationId: addPet\n      tags: [pets]\n");
    let major = OLD.replace("operationId: addPet", "operationId: makePet");
    let minor = OLD.replace(
        "  /pets/{id}:",
        "  /pets/count:\n    get: {operationId: countPets, responses: {'204': {description: D}}}\n  /pets/{id}:",
    );
    let cases = [
        (&breaking, [true, true, false, false]),
        (&dangerous, [false, true, false, false]),
        (&safe, [false, false, false, false]),
        (&major, [false, false, true, true]),
        (&minor, [false, false, false, true]),
    ];
    for (new, expected) in cases {
        let folder = Folder::new(new);
        let fails = ["breaking", "dangerous", "major", "minor"].map(|level| {
            let (status, stdout, _) = folder.diff(&["--fail-on", level]);
            assert!(stdout.contains("required version bump of the crate: "), "{stdout}");
            status == ExitStatus::Findings
        });
        assert_eq!(fails, expected, "{new}");
        assert_eq!(folder.diff(&[]).0, ExitStatus::Success);
    }
}

#[test]
fn a_document_with_errors_is_not_compared() {
    let (status, stdout, stderr) = Folder::new(&OLD.replace("type: integer", "type: intger")).diff(&[]);
    // The exit code 1 is reserved for changes that match `--fail-on`, so that scripts can distinguish them from errors.
    assert_eq!((status, stdout.as_str()), (ExitStatus::Failure, ""));
    assert!(stderr.contains("new.yaml:7:") && stderr.contains("intger"), "{stderr}");
    let folder = Folder::new(OLD);
    fs::remove_file(folder.path("new.yaml")).unwrap();
    let (status, _, stderr) = folder.diff(&[]);
    assert_eq!(status, ExitStatus::Failure);
    assert!(stderr.contains("new.yaml"), "{stderr}");
}

#[test]
fn skipped_errors_are_reported() {
    let body = "{content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}\n      responses: {'201'";
    let wrong = OLD.replace(body, "{$ref: '#/components/requestBodies/Pat'}\n      responses: {'201'");
    let (status, stdout, stderr) = Folder::new(&wrong).diff(&["--skip-unsupported", "--fail-on", "minor"]);
    assert_eq!(status, ExitStatus::Success, "{stdout}");
    let expected = "not compared: POST /pets: skipped in the newer document (CP0201)\n\
                    skipped or repaired in new.yaml: 1 error (1 CP0201 ref-missing)\n\
                    wire: no change; crate: no change; required version bump of the crate: none; 1 operation not compared\n";
    assert_eq!(stdout, expected);
    assert!(stderr.contains("new.yaml:14:") && stderr.ends_with("run `copperplate explain CODE`.\n"), "{stderr}");
}

#[test]
fn the_help_of_each_command_lists_its_exit_codes() {
    let mut command = <Command as clap::CommandFactory>::command();
    command.build();
    let helps = command.get_subcommands_mut().filter(|verb| verb.get_name() != "help");
    let helps: Vec<String> = helps.map(|verb| verb.render_long_help().to_string()).collect();
    assert_eq!(helps.len(), 9);
    for help in helps.iter().chain([&command.render_long_help().to_string()]) {
        assert!(help.contains("Exit codes:\n  0  "), "{help}");
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let done = Process::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The test runs the command in a process of its own, because git finds a document by its path from the root of the repository.
#[test]
fn the_older_document_and_its_references_may_be_in_git() {
    let folder = tempfile::tempdir().unwrap();
    let (root, specs) = (folder.path(), folder.path().join("specs"));
    fs::create_dir_all(specs.join("shared")).unwrap();
    let document = OLD.replace("'#/components/schemas/Pet'", "shared/pet.yaml");
    let document = document.split("components:").next().unwrap();
    let pet = "type: object\nproperties:\n  name: {type: string, maxLength: 64}\n";
    fs::write(specs.join("pets.yaml"), document).unwrap();
    fs::write(specs.join("shared/pet.yaml"), pet).unwrap();
    git(root, &["init", "-q"]);
    git(root, &["add", "."]);
    git(root, &["commit", "-qm", "Add"]);
    fs::write(specs.join("shared/pet.yaml"), pet.replace("64", "32")).unwrap();

    let run_there = |old: &str| {
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generator/Cargo.toml");
        let cargo = Process::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
            .args(["run", "-q", "--manifest-path", program.to_str().unwrap(), "--", "diff", old, "specs/pets.yaml"])
            .current_dir(root)
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (cargo.status.code(), text(cargo.stdout), text(cargo.stderr))
    };
    let (code, stdout, stderr) = run_there("HEAD:specs/pets.yaml");
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    assert!(stdout.contains("breaking request[request-property-max-length-decreased]"), "{stdout}");
    assert!(stdout.contains("  old: HEAD:specs/shared/pet.yaml:3:24\n  new: specs/shared/pet.yaml:3:24\n"), "{stdout}");
    let (code, _, stderr) = run_there("HEAD:specs/cats.yaml");
    assert_eq!(code, Some(2));
    assert!(stderr.contains("HEAD:specs/cats.yaml is neither a file nor a revision of a file in git: "), "{stderr}");
    let (code, _, stderr) = run_there("nowhere:specs/pets.yaml");
    assert_eq!(code, Some(2), "{stderr}");
}
