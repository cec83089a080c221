//! Tests of `copperplate.toml` and `init`: which documents a run uses, from which folders, and which files it writes.

use std::path::Path;
use std::process::Command as Process;
use std::{env, fs};

use clap::Parser as _;
use copperplate::command::{Command, ErrorStream, run};
use tempfile::TempDir;

/// The arguments of the run, separated by line breaks.
const ARGUMENTS: &str = "PROJECT_ARGUMENTS";

/// Runs a command with the current folder `folder`. Returns the exit code, and everything that is printed.
///
/// The current folder belongs to a whole process, so the command runs in a process of its own.
fn copperplate(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut process = Process::new(env::current_exe().unwrap());
    process.args(["--exact", "--nocapture", "command::project::runs_in_its_own_process"]);
    let output = process.env(ARGUMENTS, arguments.join("\n")).current_dir(folder).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let printed = printed.split_once("running 1 test\n").map_or(printed.as_str(), |(_, printed)| printed);
    (output.status.code().unwrap(), printed.replace('\\', "/"))
}

/// Runs the command that [`copperplate`] asks for. In an ordinary run of the tests it does nothing.
#[test]
fn runs_in_its_own_process() {
    let Ok(arguments) = env::var(ARGUMENTS) else { return };
    let arguments = arguments.split('\n').filter(|argument| !argument.is_empty());
    let command = Command::try_parse_from(["copperplate"].into_iter().chain(arguments)).unwrap();
    let mut printed = Vec::new();
    let mut errors = Vec::new();
    let status = run(command, &mut printed, ErrorStream { writer: &mut errors, is_colored: false });
    print!("{}{}", String::from_utf8(printed).unwrap(), String::from_utf8(errors).unwrap());
    std::process::exit(status.code().into());
}

fn write(folder: &TempDir, name: &str, text: &str) {
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// A document with an operation for each name, which is also its path and its tag.
fn document(names: &[&str]) -> String {
    let operation = |name: &&str| {
        format!(
            "  /{name}:\n    get:\n      tags: [{name}]\n      responses: {{'200': {{description: Ok., content: \
             {{application/json: {{schema: {{$ref: '#/components/schemas/{name}'}}}}}}}}}}\n"
        )
    };
    let schema = |name: &&str| format!("    {name}: {{type: object, properties: {{{name}: {{type: string}}}}}}\n");
    let (paths, schemas): (String, String) =
        (names.iter().map(operation).collect(), names.iter().map(schema).collect());
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}components:\n  schemas:\n{schemas}")
}

#[test]
fn init_starts_a_project_that_works_in_every_folder_below() {
    let folder = tempfile::tempdir().unwrap();
    let (code, printed) = copperplate(folder.path(), &["init", "--name", "pets-client"]);
    assert_eq!(code, 0, "{printed}");
    let expected = "created specs/pets.yaml\ncreated copperplate.toml\nspecs/pets.yaml -> pets-client: ";
    assert!(printed.starts_with(expected), "{printed}");
    assert!(
        printed.ends_with("- Build and test the crate: `cargo test --manifest-path pets-client/Cargo.toml`.\n"),
        "{printed}"
    );
    assert!(read(&folder, "pets-client/Cargo.toml").contains("name = \"pets-client\""));
    let (code, printed) = copperplate(&folder.path().join("pets-client/src"), &[]);
    assert!(code == 0 && printed.contains(": 0 written, "), "{printed}");
    let (code, printed) = copperplate(&folder.path().join("specs"), &["lint"]);
    assert_eq!((code, printed.as_str()), (0, "1 document: 0 errors, 0 warnings, 0 notes\n"));
    let (code, printed) = copperplate(folder.path(), &["init"]);
    assert!(code == 2 && printed.contains("copperplate.toml exists already"), "{printed}");
}

#[test]
fn init_uses_documents_that_exist_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "specs/cats.yaml", &document(&["cats"]));
    write(&folder, "Cargo.toml", "[workspace]\nmembers = [\"app\"]\n");
    let (code, printed) = copperplate(folder.path(), &["init"]);
    assert_eq!(code, 0, "{printed}");
    assert!(!folder.path().join("specs/pets.yaml").exists());
    assert!(
        printed.contains("- Add the crate to the workspace: in Cargo.toml, `members = [\"api-client\"]`.\n"),
        "{printed}"
    );
    assert_eq!(read(&folder, "Cargo.toml"), "[workspace]\nmembers = [\"app\"]\n");
    assert!(copperplate(folder.path(), &["init", "--name", "std"]).1.contains("is not a valid crate name"));
}

#[test]
fn init_says_what_to_do_about_a_document_with_errors() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "specs/cats.yaml", &document(&["cats"]).replace("{type: string}", "{type: strong}"));
    let (code, printed) = copperplate(folder.path(), &["init"]);
    assert!(code == 1 && printed.contains("or write `skip-unsupported = true` in copperplate.toml"), "{printed}");
    let configuration =
        read(&folder, "copperplate.toml").replace("# skip-unsupported = true", "skip-unsupported = true");
    write(&folder, "copperplate.toml", &configuration);
    assert_eq!(copperplate(folder.path(), &[]).0, 0);
}

#[test]
fn the_configuration_names_documents_overlays_and_operations() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "apis/all.yaml", &document(&["cats", "dogs", "birds"]));
    write(
        &folder,
        "ids.yaml",
        "overlay: 1.0.0\ninfo: {title: Ids, version: '1'}\nactions:\n- target: $.paths['/cats'].get\n  update: {operationId: allCats}\n",
    );
    write(
        &folder,
        "copperplate.toml",
        "out = 'client'\ndocuments = [{ path = 'apis/all.yaml', overlays = ['ids.yaml'], only = ['tag=cats', '/d*'], except = ['tag=dogs'] }]\n",
    );
    let (code, printed) = copperplate(folder.path(), &[]);
    assert_eq!(code, 0, "{printed}");
    let expected = "left out by --only and --except: 2 operations, and 2 component schemas that only they use\n";
    assert!(printed.ends_with(expected), "{printed}");
    let surface = read(&folder, "client/SURFACE.txt");
    assert!(surface.contains("Client::all_cats request GET /cats") && !surface.contains("dogs"), "{surface}");
    // The options of the command line replace `only`.
    let (_, surface) = copperplate(folder.path(), &["surface", "--only", "tag=birds"]);
    assert!(surface.contains("GET /birds") && !surface.contains("GET /cats"), "{surface}");
    // `diff` uses the overlays and patterns of the document that it compares.
    write(&folder, "old.yaml", &document(&["cats"]));
    let (code, changes) = copperplate(folder.path(), &["diff", "old.yaml", "apis/all.yaml"]);
    assert_eq!((code, changes.as_str()), (0, ""));
    let (code, printed) = copperplate(folder.path(), &["--check", "--only", "tag=cat"]);
    assert!(
        code == 1 && printed.contains("CP0602 unmatched-pattern") && printed.contains("CP0603 nothing-selected"),
        "{printed}"
    );
    assert!(printed.contains("Did you mean `tag=cats`?"), "{printed}");
}

#[test]
fn errors_in_parts_that_are_left_out_do_not_stop_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let text = document(&["cats", "dogs"]).replace("dogs: {type: string}", "dogs: {type: strong}");
    write(&folder, "all.yaml", &text.replace("tags: [dogs]", "tags: [dogs]\n      parameters: [{$ref: '#/x'}]"));
    let arguments = ["all.yaml", "--out", "client", "--only"];
    let with = |pattern: &'static str| copperplate(folder.path(), &[&arguments[..], &[pattern]].concat());
    assert_eq!(with("tag=cats").0, 0, "{}", with("tag=cats").1);
    let (code, printed) = with("tag=dogs");
    assert!(code == 1 && printed.contains("#/components/schemas/dogs") && printed.contains("CP0201"), "{printed}");
}

#[test]
fn paths_of_the_configuration_stay_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "secret.yaml", &document(&["cats"]));
    for (setting, message) in [
        ("documents = ['missing.yaml']", "There is no file or folder `missing.yaml`."),
        ("documents = ['../secret.yaml']", "`../secret.yaml` does not lead to a file or folder below"),
        ("documents = []", "The setting `documents` names no document."),
        ("out = 'client'", "The setting `documents` names no document."),
    ] {
        write(&folder, "project/copperplate.toml", setting);
        let (code, printed) = copperplate(&folder.path().join("project"), &[]);
        assert!(code == 2 && printed.contains(message), "{setting}: {printed}");
        assert!(printed.ends_with("error: copperplate.toml has 1 error\n"), "{printed}");
    }
}

#[test]
#[cfg(unix)]
fn links_of_the_configuration_stay_in_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "secret.yaml", &document(&["cats"]));
    write(&folder, "project/copperplate.toml", "documents = ['link.yaml']\n");
    std::os::unix::fs::symlink("../secret.yaml", folder.path().join("project/link.yaml")).unwrap();
    let (code, printed) = copperplate(&folder.path().join("project"), &[]);
    assert!(
        code == 2 && printed.contains("`link.yaml` is a link that leads out of the folder of this file."),
        "{printed}"
    );
}

const PAGE: &str = "Turning a Wheel\n\nURI\n\nPUT /v1/wheels/{wheel_id}\n\nTable 1 Path Parameters\n\nParameter\n\nMandatory\n\nType\n\n\
Description\n\nwheel_id\n\nYes\n\nString\n\nThe wheel. Maximum length: 36\n\nStatus Codes\n\nStatus Code\n\nDescription\n\n204\n\nIt turns.\n";

#[test]
fn proof_uses_the_pages_of_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let wheel = |length: u8| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n  /v1/wheels/{{wheel_id}}:\n    put:\n      parameters: \
             [{{name: wheel_id, in: path, required: true, schema: {{type: string, maxLength: {length}}}}}]\n      responses: \
             {{'204': {{description: It turns.}}}}\n"
        )
    };
    write(&folder, "wheel.yaml", &wheel(36));
    write(&folder, "other.yaml", &document(&["pets"]));
    write(&folder, "docs/wheels/turning.txt", PAGE);
    write(&folder, "copperplate.toml", "documents = [{ path = 'wheel.yaml', pages = ['docs'] }, 'other.yaml']\n");
    // Pages in folders below are found, and a document without pages is not compared.
    let expected = (0, "page turning: 8 facts, 8 agree, 0 acknowledged, 0 not read\n".to_owned());
    assert_eq!(copperplate(folder.path(), &["proof"]), expected);
    assert_eq!(copperplate(folder.path(), &["proof", "wheel.yaml"]), expected);
    let (code, printed) = copperplate(folder.path(), &["proof", "other.yaml"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("no pages are named"), "{printed}");
    write(&folder, "wheel.yaml", &wheel(37));
    let (code, printed) = copperplate(folder.path(), &["proof"]);
    assert_eq!(code, 1, "{printed}");
    assert!(printed.contains("bound-differs") && printed.contains("docs/wheels/turning.txt:"), "{printed}");
    write(&folder, "copperplate.toml", "documents = [{ path = 'wheel.yaml', page = ['docs'] }]\n");
    let (code, printed) = copperplate(folder.path(), &["proof"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("There is no setting `page`") && printed.contains("Did you mean `pages`?"), "{printed}");
}

#[test]
#[cfg(unix)]
fn no_crate_is_written_through_a_link_or_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let (home, project) = (folder.path().join("home"), folder.path().join("project"));
    fs::create_dir_all(&home).unwrap();
    write(&folder, "project/specs/pets.yaml", &document(&["cats"]));
    for name in ["api", "api-client", "generated"] {
        std::os::unix::fs::symlink(&home, project.join(name)).unwrap();
    }
    for (text, message) in [
        ("documents = ['specs']\nout = 'api'\n", "CP0613 invalid-setting]: `api` leads out"),
        ("documents = ['specs']\nout = 'api/new'\n", "CP0613 invalid-setting]: `api/new` leads out"),
        ("documents = ['specs']\nout = 'specs'\n", "`specs` contains the documents"),
        ("documents = ['specs']\n", "generated is a link that leads out"),
    ] {
        write(&folder, "project/copperplate.toml", text);
        let (code, printed) = copperplate(&project, &[]);
        assert!(code == 2 && printed.contains(message), "{printed}");
    }
    fs::remove_file(project.join("copperplate.toml")).unwrap();
    let (code, printed) = copperplate(&project, &["init"]);
    assert!(code == 2 && printed.contains("api-client is a link that leads out"), "{printed}");
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
    write(&folder, "project/file", "mine");
    let before = fs::read_dir(&project).unwrap().count();
    let (code, printed) = copperplate(&project, &["specs/pets.yaml", "--out", "file"]);
    assert!(code == 2 && printed.contains("file exists and is not a folder"), "{printed}");
    assert_eq!(fs::read_dir(&project).unwrap().count(), before);
}

#[test]
fn a_configuration_outside_the_repository_is_not_used() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder, "copperplate.toml", "documents = ['pets.yaml']\n");
    write(&folder, "pets.yaml", &document(&["cats"]));
    fs::create_dir_all(folder.path().join("repository/.git")).unwrap();
    fs::create_dir_all(folder.path().join("folder")).unwrap();
    assert_eq!(copperplate(&folder.path().join("folder"), &["lint"]).0, 0);
    let (code, printed) = copperplate(&folder.path().join("repository"), &["lint"]);
    assert!(code == 2 && printed.contains("neither this folder nor a parent"), "{printed}");
}
