//! The command: files, git, exit codes, what it prints.

use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::{env, fs};

use clap::Parser as _;
use copperplate::command::{Command, Ending, Said, run};
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

/// What is replaced in the newer document.
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

    /// Runs `diff` on the two; answers how it ended and what it printed, with the folder taken out.
    fn diff(&self, more: &[&str]) -> (Ending, String, String) {
        let (old, new) = (self.path("old.yaml"), self.path("new.yaml"));
        let fixed = ["copperplate", "diff", old.to_str().unwrap(), new.to_str().unwrap()];
        let command = Command::try_parse_from(fixed.iter().chain(more)).unwrap();
        let (mut said, mut complained) = (Vec::new(), Vec::new());
        let ending = run(command, &mut said, Said { to: &mut complained, styled: false });
        let folder = format!("{}/", self.0.path().display());
        let text = |bytes| String::from_utf8(bytes).unwrap().replace(&folder, "");
        (ending, text(said), text(complained))
    }
}

#[test]
fn text_is_for_people() {
    let (ending, said, complained) = Folder::new(&edited()).diff(&[]);
    assert_eq!((ending, complained.as_str()), (Ending::Done, ""));
    insta::assert_snapshot!("diff_text", said);
}

#[test]
fn markdown_is_for_pull_requests() {
    let (_, said, _) = Folder::new(&edited()).diff(&["--format", "markdown"]);
    insta::assert_snapshot!("diff_markdown", said);
}

#[test]
fn json_has_all_that_is_said() {
    let (_, said, _) = Folder::new(&edited()).diff(&["--format", "json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["version"], "major");
    let changes = said["changes"].as_array().unwrap();
    let counted: u64 = said["counts"].as_object().unwrap().values().filter_map(serde_json::Value::as_u64).sum();
    assert_eq!(counted, changes.len() as u64);
    let shortened = changes.iter().find(|change| change["rule"] == "request-property-max-length-decreased").unwrap();
    assert_eq!(shortened["axis"], "wire");
    assert_eq!(shortened["level"], "breaking");
    assert_eq!(shortened["direction"], "request");
    assert_eq!(shortened["subject"], "Pet.name in requests of POST /pets");
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
fn nothing_is_printed_where_nothing_changed() {
    let said = |more: &[&str]| Folder::new(OLD).diff(&[&["--format"], more, &["--fail-on", "minor"]].concat());
    assert_eq!(said(&["text"]), (Ending::Done, String::new(), String::new()));
    // What becomes a comment needs words.
    assert_eq!(said(&["markdown"]), (Ending::Done, "No changes.\n".to_owned(), String::new()));
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
            let (ending, said, _) = folder.diff(&["--fail-on", level]);
            assert!(said.contains("next version of the crate: "), "{said}");
            ending == Ending::Found
        });
        assert_eq!(fails, expected, "{new}");
        assert_eq!(folder.diff(&[]).0, Ending::Done);
    }
}

#[test]
fn a_document_with_errors_is_told_and_not_compared() {
    let (ending, said, complained) = Folder::new(&OLD.replace("type: integer", "type: intger")).diff(&[]);
    // A change that weighs too much exits with 1, so that scripts can tell it from no comparison.
    assert_eq!((ending, said.as_str()), (Ending::Failed, ""));
    assert!(complained.contains("new.yaml:7:") && complained.contains("intger"), "{complained}");
    let folder = Folder::new(OLD);
    fs::remove_file(folder.path("new.yaml")).unwrap();
    let (ending, _, complained) = folder.diff(&[]);
    assert_eq!(ending, Ending::Failed);
    assert!(complained.contains("new.yaml"), "{complained}");
}

#[test]
fn what_is_passed_over_is_told() {
    let body = "{content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}\n      responses: {'201'";
    let wrong = OLD.replace(body, "{$ref: '#/components/requestBodies/Pat'}\n      responses: {'201'");
    let (ending, said, complained) = Folder::new(&wrong).diff(&["--skip-unsupported", "--fail-on", "minor"]);
    assert_eq!(ending, Ending::Done, "{said}");
    let expected = "not compared: POST /pets: left out of the newer document (CP0201)\n\
                    passed over in new.yaml: 1 finding (1 CP0201 ref-missing)\n\
                    wire: no change; crate: no change; next version of the crate: as it is; 1 operation is not compared\n";
    assert_eq!(said, expected);
    assert!(complained.contains("new.yaml:14:") && complained.ends_with("says more about each\n"), "{complained}");
}

#[test]
fn help_says_how_a_run_may_end() {
    let mut command = <Command as clap::CommandFactory>::command();
    command.build();
    let helps = command.get_subcommands_mut().filter(|verb| verb.get_name() != "help");
    let helps: Vec<String> = helps.map(|verb| verb.render_long_help().to_string()).collect();
    assert_eq!(helps.len(), 5);
    for help in helps.iter().chain([&command.render_long_help().to_string()]) {
        assert!(help.contains("Exit codes: 0 "), "{help}");
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
    let done = Process::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Git knows a document by its path from the root of the repository, so the command has to run there: as a process of its own.
#[test]
fn git_has_the_older_document_and_what_stands_beside_it() {
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
    let (code, said, complained) = run_there("HEAD:specs/pets.yaml");
    assert_eq!((code, complained.as_str()), (Some(0), ""), "{said}");
    assert!(said.contains("breaking request[request-property-max-length-decreased]"), "{said}");
    assert!(said.contains("  old: HEAD:specs/shared/pet.yaml:3:24\n  new: specs/shared/pet.yaml:3:24\n"), "{said}");
    let (code, _, complained) = run_there("HEAD:specs/cats.yaml");
    assert_eq!(code, Some(2));
    assert!(
        complained.contains("HEAD:specs/cats.yaml: there is no such file, and git does not have it: "),
        "{complained}"
    );
    let (code, _, complained) = run_there("nowhere:specs/pets.yaml");
    assert_eq!(code, Some(2), "{complained}");
}
