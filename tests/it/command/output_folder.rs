//! Tests of the folder of the crate: files of the user, names of files, killed runs, and two runs at once.

use std::fs;

use super::*;

/// Returns the path of the staging folder that a run creates beside the crate.
fn staging(pets: &Pets) -> PathBuf {
    pets.path(".pets.copperplate")
}

/// Creates the staging folder that a run of the current user creates. Its file `identity` contains the inode number of the folder
/// `by-copperplate` and the time when that folder was created. A copy of the folder has other values.
pub(super) fn own_staging(pets: &Pets) -> PathBuf {
    let (staging, marker) = (staging(pets), staging(pets).join("by-copperplate"));
    fs::create_dir_all(&marker).unwrap();
    let metadata = fs::metadata(&marker).unwrap();
    #[cfg(unix)]
    let identity = {
        use std::os::unix::fs::MetadataExt as _;
        format!("{} {}.{:09}\n", metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
    };
    #[cfg(not(unix))]
    let identity = format!("{:?}\n", metadata.created().ok());
    fs::write(staging.join("identity"), identity).unwrap();
    staging
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_a_symbolic_link_stops_the_run() {
    let pets = Pets::new();
    fs::create_dir_all(pets.path("elsewhere")).unwrap();
    fs::create_dir_all(pets.path("pets/src")).unwrap();
    std::os::unix::fs::symlink(pets.path("elsewhere"), pets.path("pets/src/runtime")).unwrap();
    for more in [&[][..], &["--check"]] {
        let (status, _, stderr) = pets.run(more);
        assert_eq!(status, ExitStatus::Failure);
        assert!(stderr.contains("pets/src/runtime is a symbolic link, which is not followed"), "{stderr}");
    }
    assert_eq!(fs::read_dir(pets.path("elsewhere")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(pets.path("pets/src")).unwrap().count(), 1);
}

#[test]
fn empty_folders_of_the_user_stay() {
    let pets = Pets::new();
    pets.run(&[]);
    fs::create_dir_all(pets.path("pets/src/mine/deep")).unwrap();
    fs::create_dir_all(pets.path("pets/benches")).unwrap();
    fs::write(pets.path("pets.yaml"), PETS.replace("getPet", "fetchPet")).unwrap();
    assert_eq!(pets.run(&[]).0, ExitStatus::Success);
    assert!(pets.path("pets/src/mine/deep").is_dir() && pets.path("pets/benches").is_dir());
}

/// Returns a document that is so large that each group of its operations gets a module.
fn with_tags(tags: &[&str]) -> String {
    let mut paths = String::new();
    for (index, tag) in tags.iter().enumerate() {
        for number in 0..20 {
            paths += &format!(
                "  /p{index}/n{number}:\n    get:\n      tags: [{tag}]\n      operationId: {tag}Get{number}\n      \
                 responses: {{'200': {{description: d., content: {{application/json: {{schema: {{type: object, \
                 properties: {{a: {{type: string}}, b: {{type: integer}}}}}}}}}}}}}}\n"
            );
        }
    }
    format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}")
}

#[test]
fn files_have_names_that_every_system_accepts() {
    let pets = Pets::new();
    let long = "letters".repeat(45);
    let tags = ["con", "NUL", "Aux", "com1", "LPT9", "lib", "main", "bin", long.as_str()];
    fs::write(pets.path("pets.yaml"), with_tags(&tags)).unwrap();
    let (status, _, stderr) = pets.run(&[]);
    assert_eq!(status, ExitStatus::Success, "{stderr}");
    let mut names = Vec::new();
    for (path, _) in tree(&pets.path("pets/src")) {
        let inner = path.strip_prefix(pets.path("pets")).unwrap().to_owned();
        names.extend(inner.iter().map(|name| name.to_str().unwrap().to_owned()));
    }
    for name in &names {
        let stem = name.split('.').next().unwrap().to_lowercase();
        assert!(name.len() <= 143, "{name}");
        assert!(!["con", "nul", "aux", "com1", "lpt9", "main", "bin"].contains(&stem.as_str()), "{name}");
    }
    assert!(names.iter().any(|name| name.starts_with("letterslet")), "the document is not large enough: {names:?}");
}

#[test]
#[cfg(unix)]
fn two_runs_at_once_do_no_harm() {
    let pets = Pets::new();
    for round in 0..3 {
        fs::write(pets.path("pets.yaml"), PETS.replace("getPet", &format!("getPet{round}"))).unwrap();
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| pets.run(&[]))).collect();
            for run in runs {
                let (status, _, stderr) = run.join().unwrap();
                assert_eq!(status, ExitStatus::Success, "{stderr}");
            }
        });
        assert_eq!(pets.run(&["--check"]), (ExitStatus::Success, String::new(), String::new()));
    }
    assert!(!staging(&pets).exists());
}

#[test]
#[cfg(unix)]
fn a_run_says_that_it_waits_for_another() {
    let pets = Pets::new();
    let other = copperplate::files::lock(&pets.path("pets"), &mut || {}).unwrap();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| pets.run(&[]));
        std::thread::sleep(std::time::Duration::from_millis(300));
        assert!(!pets.path("pets").exists());
        drop(other);
        let (status, _, stderr) = waiting.join().unwrap();
        // On a slow machine, the run may not have reached the lock yet.
        assert_eq!(status, ExitStatus::Success);
        assert!(stderr.is_empty() || stderr.starts_with("waiting for another run that changes "), "{stderr}");
    });
}

/// The next run removes the staging folder of a killed run, even if nothing else changes. With `--check`, it writes nothing.
#[test]
fn files_of_a_killed_run_are_removed() {
    let pets = Pets::new();
    pets.run(&[]);
    let before = tree(&pets.path("pets"));
    let staging = own_staging(&pets);
    fs::create_dir_all(staging.join("crate/src")).unwrap();
    fs::write(staging.join("crate/src/lib.rs"), "// half").unwrap();
    let staged = tree(&staging);
    assert_eq!(pets.run(&["--check"]).0, ExitStatus::Success);
    assert_eq!(tree(&staging), staged);
    assert_eq!(pets.run(&[]).0, ExitStatus::Success);
    assert!(!staging.exists());
    assert_eq!(tree(&pets.path("pets")), before);
}

/// The next run removes the staging folder of a killed run, even if the document has errors in the next run.
#[test]
fn a_killed_run_is_completed_before_documents_are_read() {
    let pets = Pets::new();
    pets.run(&[]);
    let text = fs::read_to_string(pets.path("pets/SURFACE.txt")).unwrap();
    let new = format!("{text}new\n");
    let staging = own_staging(&pets);
    fs::create_dir_all(staging.join("new")).unwrap();
    fs::write(staging.join("new/SURFACE.txt"), &new).unwrap();
    fs::write(staging.join("journal"), "replace SURFACE.txt\nend\n").unwrap();
    fs::write(pets.path("pets.yaml"), "openapi: 3.0.3\n").unwrap();
    assert_eq!(pets.run(&["--check"]).0, ExitStatus::Findings);
    assert!(staging.join("journal").exists(), "--check wrote something");
    assert_eq!(fs::read_to_string(pets.path("pets/SURFACE.txt")).unwrap(), text);
    assert_eq!(pets.run(&[]).0, ExitStatus::Findings);
    assert!(!staging.exists());
    assert_eq!(fs::read_to_string(pets.path("pets/SURFACE.txt")).unwrap(), new);
}

/// Errors name the path that could not be written.
#[test]
fn a_file_in_place_of_a_folder_is_named() {
    let pets = Pets::new();
    fs::create_dir_all(pets.path("pets")).unwrap();
    fs::write(pets.path("pets/src"), "mine").unwrap();
    let (status, _, stderr) = pets.run(&[]);
    assert_eq!(status, ExitStatus::Failure);
    assert!(stderr.contains("pets/src is not a folder"), "{stderr}");
    assert_eq!(fs::read_to_string(pets.path("pets/src")).unwrap(), "mine");
}

/// A short run of the program `killed-runs`. The documentation of the program describes its checks.
#[test]
fn killed_runs_leave_the_old_crate_or_the_new_one() {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_killed-runs"));
    let output = program.args(["--runs", "12", "--schemas", "40"]).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
}
