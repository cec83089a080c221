//! Tests of the files that documents may refer to, and of those that are refused.

use std::fs;
use std::path::Path;
use std::process::Command as Process;

use super::*;

/// The content of files that findings must never show.
const SECRET: &str = "the-secret-text";

/// Runs `copperplate` with these arguments. Returns the exit status and standard error.
fn copperplate(arguments: &[&str]) -> (ExitStatus, String) {
    let command = Command::try_parse_from(["copperplate"].iter().chain(arguments)).unwrap();
    let mut stderr = Vec::new();
    let status = run(command, &mut Vec::new(), ErrorStream { writer: &mut stderr, is_colored: false });
    (status, String::from_utf8(stderr).unwrap())
}

/// Returns a document with a response whose schema is a reference.
fn with_reference(reference: &str) -> String {
    let response =
        format!("{{'200': {{description: d., content: {{application/json: {{schema: {{$ref: '{reference}'}}}}}}}}}}");
    PETS.replace("{'204': {description: There.}}", &response)
}

/// A temporary folder with a document in `specs/`, and files beside `specs/`.
struct Folders(TempDir);

impl Folders {
    fn new(reference: &str) -> Self {
        let folders = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(folders.path("specs/inner")).unwrap();
        fs::create_dir(folders.path("other")).unwrap();
        folders.write("specs/pets.yaml", &with_reference(reference));
        folders.write("specs/inner/name.yaml", "Name: {type: string}\n");
        folders.write("other/name.yaml", &format!("Name: {{type: string, description: {SECRET}}}\n"));
        folders.write("other/secret.txt", &format!("{SECRET}: [\n"));
        folders
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Runs `generate`, `lint`, `surface` and `diff`. Returns the exit code and the standard error of each.
    fn run(&self, more: &[&str]) -> Vec<(u8, String)> {
        let (spec, out) = (self.path("specs/pets.yaml"), self.path("out"));
        let commands: [&[&str]; 4] =
            [&["generate", &spec, "--out", &out], &["lint", &spec], &["surface", &spec], &["diff", &spec, &spec]];
        let run = |command: &&[&str]| {
            let (status, text) = copperplate(&[command, more].concat());
            (status.code(), text)
        };
        commands.iter().map(run).collect()
    }

    fn assert_refused(&self, reason: &str) {
        for (code, text) in self.run(&[]) {
            assert!(code != 0 && text.contains("CP0204 ref-refused") && text.contains(reason), "{text}");
            assert!(!text.contains(SECRET), "{text}");
        }
    }
}

#[test]
fn a_reference_to_a_hidden_file_is_refused() {
    for hidden in [".env", ".settings/name.yaml", "inner/../.env#/Name"] {
        let folders = Folders::new(hidden);
        fs::create_dir(folders.path("specs/.settings")).unwrap();
        folders.write("specs/.env", &format!("{SECRET}: [\n"));
        folders.write("specs/.settings/name.yaml", &format!("{SECRET}: [\n"));
        folders.assert_refused("which is hidden, or is in a hidden folder");
    }
}

#[test]
fn a_reference_stays_in_the_folder_of_the_document() {
    for (code, text) in Folders::new("inner/name.yaml#/Name").run(&[]) {
        assert!(code == 0 && !text.contains("CP0204"), "{text}");
    }
    let secret = "which is outside the folder of the document";
    for outside in [
        "../other/name.yaml#/Name",
        "../other/secret.txt",
        "../other/does-not-exist.yaml",
        "inner/../../other/secret.txt",
        "%2e%2e/other/secret.txt",
        "%2E%2e%2fother/secret.txt",
        "../../../../../../../../../etc/hostname",
    ] {
        Folders::new(outside).assert_refused(secret);
    }
}

#[test]
fn the_user_can_allow_other_folders() {
    let folders = Folders::new("../other/name.yaml#/Name");
    let (other, unrelated) = (folders.path("other"), folders.path("specs/inner"));
    for (code, text) in folders.run(&["--allow-references", &unrelated, "--allow-references", &other]) {
        assert!(code == 0 && !text.contains("CP0204"), "{text}");
    }
    assert!(folders.run(&["--allow-references", &unrelated]).iter().all(|(_, text)| text.contains("CP0204")));
}

/// A document must not refer to files in the folder of another document, even if both belong to one run.
#[test]
fn documents_do_not_share_their_folders() {
    let folders = Folders::new("../other/name.yaml#/Name");
    folders.write("other/toys.yaml", PETS);
    let (_, text) = copperplate(&["lint", &folders.path("specs/pets.yaml"), &folders.path("other/toys.yaml")]);
    assert!(text.contains("CP0204"), "{text}");
}

#[test]
#[cfg(unix)]
fn symbolic_links_do_not_lead_outside() {
    use std::os::unix::fs::symlink;

    let folders = Folders::new("link.yaml");
    symlink(folders.path("other/secret.txt"), folders.path("specs/link.yaml")).unwrap();
    folders.assert_refused("by way of a symbolic link");

    let folders = Folders::new("linked/secret.txt");
    symlink(folders.path("other"), folders.path("specs/linked")).unwrap();
    folders.assert_refused("by way of a symbolic link");

    let folders = Folders::new("link.yaml#/Name");
    symlink(folders.path("specs/inner/name.yaml"), folders.path("specs/link.yaml")).unwrap();
    assert!(folders.run(&[]).iter().all(|(code, _)| *code == 0));

    // A document that is a symbolic link may refer to the files beside the target of the link.
    fs::write(folders.path("specs/pets.yaml"), with_reference("inner/name.yaml#/Name")).unwrap();
    symlink(folders.path("specs/pets.yaml"), folders.path("pets.yaml")).unwrap();
    symlink(folders.path("specs/inner"), folders.path("inner")).unwrap();
    assert_eq!(copperplate(&["lint", &folders.path("pets.yaml")]), (ExitStatus::Success, lint_text(&folders)));
}

/// Returns the output of the `lint` command about the document, with the path of the symbolic link instead of its target.
#[cfg(unix)]
fn lint_text(folders: &Folders) -> String {
    copperplate(&["lint", &folders.path("specs/pets.yaml")]).1.replace("/specs/pets.yaml", "/pets.yaml")
}

/// A pipe without a writer would block the run for ever, and a device never ends.
#[test]
#[cfg(unix)]
fn only_regular_files_are_read() {
    use std::os::unix::fs::symlink;

    let folders = Folders::new("pipe");
    assert!(Process::new("mkfifo").arg(folders.path("specs/pipe")).status().unwrap().success());
    folders.assert_refused("which is not a regular file");
    Folders::new("inner").assert_refused("which is not a regular file");

    let folders = Folders::new("zero");
    symlink("/dev/zero", folders.path("specs/zero")).unwrap();
    folders.assert_refused("by way of a symbolic link");
    for (code, text) in folders.run(&["--allow-references", "/"]) {
        assert!(code != 0 && text.contains("CP0204"), "{text}");
    }
}

#[test]
fn a_file_has_at_most_64_mb() {
    let folders = Folders::new("large.yaml");
    // A sparse file, which takes no space on the disk.
    fs::File::create(folders.path("specs/large.yaml")).unwrap().set_len(65 * 1024 * 1024).unwrap();
    let (_, text) = copperplate(&["lint", &folders.path("specs/pets.yaml")]);
    assert!(text.contains("CP0204") && text.contains("more than the 64 MB"), "{text}");
    let (status, text) = copperplate(&["lint", &folders.path("specs/large.yaml")]);
    assert!(status == ExitStatus::Failure && text.contains("large.yaml: the file has more than 64 MB"), "{text}");
    #[cfg(target_os = "linux")]
    assert!(copperplate(&["lint", "/dev/zero"]).1.contains("more than 64 MB"));
}

/// Runs git in a folder. The test is skipped if git is not installed.
fn git(folder: &Path, arguments: &[&str]) -> Option<bool> {
    let identity = ["-c", "user.name=t", "-c", "user.email=t@localhost", "-c", "commit.gpgsign=false"];
    let mut git = Process::new("git");
    git.current_dir(folder).args(identity).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    git.output().ok().map(|output| output.status.success())
}

/// The test runs again in a process of its own, because git finds the repository through the current folder.
#[test]
fn references_of_a_revision_stay_in_the_folder_of_the_document() {
    const NAME: &str = "command::references::references_of_a_revision_stay_in_the_folder_of_the_document";
    const DIFF: &[&str] = &["diff", "HEAD:specs/pets.yaml", "HEAD:specs/pets.yaml"];
    if let Some(expected) = std::env::var_os("IN_REPOSITORY") {
        let (status, text) = copperplate(DIFF);
        assert_eq!(text.contains("CP0204"), expected == "refused", "{text}");
        assert!(!text.contains(SECRET), "{text}");
        if expected == "refused" {
            let allowed = copperplate(&[DIFF, &["--allow-references", "other"]].concat());
            assert_eq!(allowed, (ExitStatus::Success, String::new()));
        } else {
            assert_eq!(status, ExitStatus::Success, "{text}");
        }
        return;
    }
    for (reference, expected) in [("inner/name.yaml#/Name", "read"), ("../other/name.yaml#/Name", "refused")] {
        let folders = Folders::new(reference);
        let folder = folders.0.path();
        if git(folder, &["init", "-q"]).is_none() {
            return;
        }
        assert_eq!(git(folder, &["add", "."]), Some(true));
        assert_eq!(git(folder, &["commit", "-qm", "first"]), Some(true));
        let mut process = Process::new(std::env::current_exe().unwrap());
        process.args(["--exact", NAME]).env("IN_REPOSITORY", expected).current_dir(folder);
        let output = process.output().unwrap();
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && stdout.contains("1 passed"), "{reference}: {stdout}");
    }
}
