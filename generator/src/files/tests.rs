//! Tests of runs that are killed, or that fail, at any operation on the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::disk::interruption::{Interruption, after};
use super::recovery::recover;
use super::staging::resolve;
use super::{compare, has_leftovers, write};
use crate::print::{HEADER, Output, Ownership};

/// Returns one generated file for each pair of a path and a number. The number becomes part of the content.
pub(super) fn outputs(files: &[(&str, u8)]) -> Vec<Output> {
    let output = |(path, version): &(&str, u8)| Output {
        path: (*path).to_owned(),
        text: format!("# {HEADER}\n{version}\n"),
        ownership: Ownership::Always,
    };
    files.iter().map(output).collect()
}

/// Returns the files of the old crate and of the new crate. The new crate adds and changes files in `src` and outside it, and
/// removes a file in `src`.
fn versions() -> (Vec<Output>, Vec<Output>) {
    let old = [("Cargo.toml", 1), ("SURFACE.txt", 1), ("src/lib.rs", 1), ("src/same.rs", 1), ("src/gone/deep/a.rs", 1)];
    let new = [
        ("Cargo.toml", 2),
        ("SURFACE.txt", 2),
        ("src/lib.rs", 2),
        ("src/same.rs", 1),
        ("src/new/b.rs", 2),
        ("examples/a.rs", 2),
    ];
    (outputs(&old), outputs(&new))
}

/// Returns the files of `outputs` that are in `src`, and the files of `others` that are not in `src`.
fn sources_of(outputs: &[Output], others: &[Output]) -> Vec<Output> {
    let is_source = |output: &&Output| output.path.starts_with("src/");
    let others = others.iter().filter(|output| !is_source(output));
    outputs.iter().filter(is_source).chain(others).cloned().collect()
}

/// Returns a map of all files and folders in `folder`, except staging folders. The keys are paths. The value is the content of a
/// file, and `None` for a folder.
pub(super) fn tree(folder: &Path) -> BTreeMap<String, Option<String>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        let Ok(entries) = fs::read_dir(&next) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with(".copperplate")) {
            let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            let is_folder = fs::symlink_metadata(&path).unwrap().is_dir();
            found.insert(name, if is_folder { None } else { Some(fs::read_to_string(&path).unwrap_or_default()) });
            if is_folder {
                open.push(path);
            }
        }
    }
    found
}

/// How a run can change a crate: by a rename, a swap of folders, or moves of single files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// The crate does not exist yet.
    Create,
    /// All changes are in `src`.
    SwapSources,
    SwapCrate,
    /// The user has a git repository in the crate, so only `src` is swapped.
    SwapSourcesAndMove,
    /// The user has a symbolic link in `src`, so files are moved one by one.
    Move,
}

impl Way {
    const ALL: [Self; 5] = [Self::Create, Self::SwapSources, Self::SwapCrate, Self::SwapSourcesAndMove, Self::Move];

    /// Returns whether an interrupted run leaves the complete old crate or the complete new crate, and never a mixture.
    fn is_atomic(self) -> bool {
        matches!(self, Self::Create) || super::disk::CAN_EXCHANGE && matches!(self, Self::SwapSources | Self::SwapCrate)
    }
}

/// The files of the new crate, and a temporary folder that contains the old crate and files of the user.
pub(super) struct Crate {
    pub(super) folder: TempDir,
    pub(super) new: Vec<Output>,
}

impl Crate {
    pub(super) fn new(way: Way) -> Self {
        let (old, mut new) = versions();
        if way == Way::SwapSources {
            new = sources_of(&new, &old);
        }
        let this = Self { folder: tempfile::tempdir().unwrap(), new };
        if way == Way::Create {
            return this;
        }
        let path = this.path();
        for folder in ["src/mine", "src/empty", "notes/empty"] {
            fs::create_dir_all(path.join(folder)).unwrap();
        }
        fs::write(path.join("src/mine/mod.rs"), "mine").unwrap();
        fs::write(path.join("Cargo.lock"), "lock").unwrap();
        this.write(&old).unwrap();
        if way == Way::SwapSourcesAndMove || way == Way::Move {
            fs::create_dir(path.join(".git")).unwrap();
            fs::write(path.join(".git/HEAD"), "ref").unwrap();
        }
        #[cfg(unix)]
        if way == Way::Move {
            std::os::unix::fs::symlink("lib.rs", path.join("src/link.rs")).unwrap();
        }
        this
    }

    pub(super) fn path(&self) -> std::path::PathBuf {
        self.folder.path().join("api")
    }

    pub(super) fn write(&self, outputs: &[Output]) -> std::io::Result<()> {
        write(&self.path(), outputs, &compare(&self.path(), outputs).unwrap())
    }

    pub(super) fn update(&self) -> std::io::Result<()> {
        self.write(&self.new)
    }

    pub(super) fn recover(&self) -> std::io::Result<()> {
        recover(&resolve(&self.path()).unwrap().unwrap())
    }

    /// Returns the [`tree`] of the crate, and whether a staging folder remains.
    pub(super) fn state(&self) -> (BTreeMap<String, Option<String>>, bool) {
        let has_more = fs::read_dir(self.folder.path()).unwrap().any(|entry| entry.unwrap().file_name() != "api");
        (tree(&self.path()), has_more || self.path().join(".copperplate").exists())
    }
}

/// Returns the [`tree`] of the old crate and the [`tree`] of the new crate.
pub(super) fn trees(way: Way) -> [BTreeMap<String, Option<String>>; 2] {
    let this = Crate::new(way);
    let old = tree(&this.path());
    this.update().unwrap();
    let (new, has_more) = this.state();
    assert!(!has_more, "{way:?}");
    [old, new]
}

#[test]
fn files_of_the_user_and_empty_folders_stay_and_emptied_folders_go() {
    for way in Way::ALL.into_iter().filter(|way| *way != Way::Create) {
        let [_, new] = trees(way);
        for kept in ["src/mine/mod.rs", "src/empty", "notes/empty", "Cargo.lock", "src/new/b.rs"] {
            assert!(new.contains_key(kept), "{way:?}: {kept} is not in {new:?}");
        }
        assert!(!new.contains_key("src/gone") && new["src/mine/mod.rs"].as_deref() == Some("mine"), "{way:?}: {new:?}");
    }
}

#[test]
#[cfg(unix)]
fn unchanged_files_are_not_rewritten() {
    use std::os::unix::fs::MetadataExt as _;

    for way in Way::ALL.into_iter().filter(|way| *way != Way::Create) {
        let this = Crate::new(way);
        let identities =
            || ["src/same.rs", "src/mine/mod.rs"].map(|path| fs::metadata(this.path().join(path)).unwrap().ino());
        let before = identities();
        this.update().unwrap();
        assert_eq!(identities(), before, "{way:?}");
    }
}

#[test]
fn a_killed_run_leaves_the_old_crate_or_the_new_one() {
    for way in Way::ALL {
        let trees = trees(way);
        let mut seen = [0, 0];
        for operations in 0.. {
            let this = Crate::new(way);
            let is_complete = after(operations, Interruption::Kill, || this.update()).is_ok();
            let (tree, _) = this.state();
            assert!(!way.is_atomic() || trees.contains(&tree), "{way:?}, {operations}: {tree:#?}");
            assert!(!is_complete || !this.state().1, "{way:?}");
            this.recover().unwrap();
            let (tree, has_more) = this.state();
            let version = trees.iter().position(|version| *version == tree);
            seen[version.unwrap_or_else(|| panic!("{way:?}, {operations}: {tree:#?}"))] += 1;
            assert!(!has_more && !has_leftovers(&this.path()).unwrap(), "{way:?}, {operations}");
            this.update().unwrap();
            assert_eq!(this.state(), (trees[1].clone(), false), "{way:?}, {operations}");
            if is_complete {
                break;
            }
        }
        assert!(seen[0] > 3 && seen[1] > 1, "{way:?}: {seen:?}");
    }
}

#[test]
fn a_recovery_may_be_killed_as_well() {
    for way in Way::ALL {
        let trees = trees(way);
        for operations in (0..).step_by(5) {
            let killed = || {
                let this = Crate::new(way);
                let is_complete = after(operations, Interruption::Kill, || this.update()).is_ok();
                (this, is_complete)
            };
            for more in (0..).step_by(3) {
                let (this, _) = killed();
                let is_recovered = after(more, Interruption::Kill, || this.recover()).is_ok();
                this.recover().unwrap();
                let (tree, has_more) = this.state();
                assert!(trees.contains(&tree) && !has_more, "{way:?}, {operations}, {more}: {tree:#?}");
                if is_recovered {
                    break;
                }
            }
            if killed().1 {
                break;
            }
        }
    }
}

/// An operation on the disk can fail because the disk is full, or because a file cannot be removed.
#[test]
fn a_failed_run_leaves_the_old_crate_and_nothing_else() {
    for way in Way::ALL {
        let trees = trees(way);
        for operations in 0.. {
            let this = Crate::new(way);
            let mut reached = true;
            let result = after(operations, Interruption::Failure, || {
                let result = this.update();
                // If the run ended before the chosen operation, the failure has not occurred.
                reached = super::disk::interruption::is_spent();
                result
            });
            let (tree, _) = this.state();
            match &result {
                Ok(()) => assert_eq!(tree, trees[1], "{way:?}, {operations}"),
                // The swap succeeded, but the old folder could not be removed.
                Err(error) if error.to_string().contains("the crate was written") => assert_eq!(tree, trees[1]),
                Err(error) => assert_eq!(tree, trees[0], "{way:?}, {operations}: {error}"),
            }
            this.recover().unwrap();
            assert!(!this.state().1, "{way:?}, {operations}");
            if !reached {
                break;
            }
        }
    }
}

/// A step of the journal fails, and the process is killed while it undoes the earlier steps.
#[test]
fn an_interrupted_undo_is_completed() {
    let [old, _] = trees(Way::Move);
    for operations in 0..60 {
        let this = Crate::new(Way::Move);
        // A folder of the user at the path of a new file makes the last step fail.
        let outputs = [this.new.clone(), outputs(&[("zz.txt", 2)])].concat();
        let changes = compare(&this.path(), &outputs).unwrap();
        fs::create_dir(this.path().join("zz.txt")).unwrap();
        fs::write(this.path().join("zz.txt/mine"), "mine").unwrap();
        let error = after(operations, Interruption::Kill, || write(&this.path(), &outputs, &changes)).unwrap_err();
        this.recover().unwrap();
        let (mut tree, has_more) = this.state();
        assert!(tree.remove("zz.txt").is_some() && tree.remove("zz.txt/mine").is_some());
        assert!(tree == old && !has_more, "{operations}: {tree:#?} {error}");
    }
}

#[test]
fn an_edit_during_the_run_is_kept() {
    let this = Crate::new(Way::SwapCrate);
    // Kills one run after another, each run one operation later. Stops when a run was killed after its new folder was complete,
    // but before the swap.
    let ready = this.folder.path().join(".api.copperplate/ready");
    for operations in 0.. {
        let is_complete = after(operations, Interruption::Kill, || this.update()).is_ok();
        assert!(!is_complete, "the run was never killed between the swap and its end");
        if ready.exists() {
            break;
        }
        this.recover().unwrap();
    }
    // Editors write the new content to a file with another name, and then rename that file.
    fs::write(this.folder.path().join("edited"), "edited").unwrap();
    fs::rename(this.folder.path().join("edited"), this.path().join("src/mine/mod.rs")).unwrap();
    this.recover().unwrap();
    assert_eq!(fs::read_to_string(this.path().join("src/mine/mod.rs")).unwrap(), "edited");
    this.update().unwrap();
    assert_eq!(fs::read_to_string(this.path().join("src/mine/mod.rs")).unwrap(), "edited");
}

#[test]
fn a_folder_of_the_user_with_the_name_of_a_staging_folder_is_kept() {
    let this = Crate::new(Way::SwapCrate);
    let mine = this.folder.path().join(".api.copperplate");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("mine"), "mine").unwrap();
    assert!(!has_leftovers(&this.path()).unwrap());
    this.recover().unwrap();
    this.update().unwrap();
    assert_eq!(fs::read_to_string(mine.join("mine")).unwrap(), "mine");
    assert_eq!(tree(&this.path()), trees(Way::SwapCrate)[1]);
}

#[test]
#[cfg(unix)]
fn symbolic_links_in_the_folder_are_not_followed() {
    use std::os::unix::fs::symlink;

    let this = Crate::new(Way::SwapCrate);
    let elsewhere = this.folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("gone.rs"), format!("// {HEADER}\n")).unwrap();
    symlink(&elsewhere, this.path().join("src/linked")).unwrap();
    symlink(elsewhere.join("gone.rs"), this.path().join("src/linked.rs")).unwrap();
    this.update().unwrap();
    assert!(elsewhere.join("gone.rs").exists() && this.path().join("src/linked.rs").exists());

    let below = outputs(&[("src/linked/a.rs", 1)]);
    let error = compare(&this.path(), &below).unwrap_err().to_string();
    assert!(error.contains("api/src/linked is a symbolic link, which is not followed"), "{error}");
    let link = outputs(&[("src/linked.rs", 1)]);
    assert_eq!(compare(&this.path(), &link).unwrap().foreign, ["src/linked.rs"]);
}

#[test]
#[cfg(unix)]
fn only_an_own_regular_file_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let is_own = |text: &[u8]| text.starts_with(b"own");
    for (name, old) in [("new", None), ("old", Some("own, and longer"))] {
        if let Some(text) = old {
            std::fs::write(path(name), text).unwrap();
        }
        assert!(super::replace_own(&path(name), "own", is_own).unwrap());
        assert_eq!(std::fs::read_to_string(path(name)).unwrap(), "own");
    }
    std::fs::write(path("foreign"), "mine").unwrap();
    std::os::unix::fs::symlink(path("nothing"), path("dangling")).unwrap();
    std::os::unix::fs::symlink(path("old"), path("link")).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
    for name in ["foreign", "dangling", "link", "pipe"] {
        assert!(!super::replace_own(&path(name), "new", is_own).unwrap(), "{name}");
    }
    assert!(!path("nothing").exists());
    assert_eq!(std::fs::read_to_string(path("foreign")).unwrap(), "mine");
}
