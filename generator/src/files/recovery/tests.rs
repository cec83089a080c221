//! Tests of folders that the user or another failure changes after a run was killed, and of staging folders that are not trusted.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::files::disk::interruption::{Interruption, after};
use crate::files::tests::{Crate, Way, outputs, tree, trees};
use crate::files::{compare, has_leftovers, lock, write};

/// Returns a crate whose run was killed after a number of operations on the disk.
fn killed_at(way: Way, operations: usize) -> Crate {
    let this = Crate::new(way);
    after(operations, Interruption::Kill, || this.update()).unwrap_err();
    this
}

/// Returns the number of operations after which `is_chosen` is true for the first time. Its arguments are the folder of the crate
/// and the staging folder.
fn moment(way: Way, is_chosen: fn(&Path, &Path) -> bool) -> usize {
    let is_moment = |operations: &usize| {
        let this = killed_at(way, *operations);
        is_chosen(&this.path(), &this.folder.path().join(".api.copperplate"))
    };
    (0..).find(is_moment).unwrap()
}

/// Returns whether the run has moved some files.
fn is_half_moved(api: &Path, staging: &Path) -> bool {
    staging.join("journal").exists() && fs::read_to_string(api.join("Cargo.toml")).unwrap().contains('2')
}

/// Returns whether the run has swapped the folder, and has not removed the old folder.
fn is_swapped(api: &Path, staging: &Path) -> bool {
    staging.join("ready").exists() && fs::read_to_string(api.join("Cargo.toml")).unwrap().contains('2')
}

/// Returns a crate whose run was killed after some files were moved, and its staging folder.
fn half_moved(way: Way) -> (Crate, PathBuf) {
    let this = killed_at(way, moment(way, is_half_moved));
    let staging = this.folder.path().join(".api.copperplate");
    (this, staging)
}

/// Returns a crate whose run was killed after the swap, and its staging folder.
fn swapped() -> (Crate, PathBuf) {
    let this = killed_at(Way::SwapCrate, moment(Way::SwapCrate, is_swapped));
    let staging = this.folder.path().join(".api.copperplate");
    (this, staging)
}

/// Two operations in a row fail. If the second one is the first operation of the undo, the journal must be kept.
#[test]
fn a_failed_undo_is_tried_again() {
    for way in [Way::Move, Way::SwapSourcesAndMove] {
        let trees = trees(way);
        for operations in 0.. {
            let this = Crate::new(way);
            let is_complete = after(operations, Interruption::TwoFailures, || this.update()).is_ok();
            this.recover().unwrap();
            let (tree, has_more) = this.state();
            assert!(trees.contains(&tree) && !has_more, "{way:?}, {operations}: {tree:#?}");
            if is_complete && operations > 100 {
                break;
            }
        }
        let moment = moment(way, is_half_moved);
        for operations in 0..40 {
            let this = killed_at(way, moment);
            let result = after(operations, Interruption::TwoFailures, || this.recover());
            let is_whole = trees.contains(&tree(&this.path()));
            assert!(result.is_err() || is_whole, "{way:?}, {operations}: the recovery failed in silence");
            this.recover().unwrap();
            let (tree, has_more) = this.state();
            assert!(trees.contains(&tree) && !has_more, "{way:?}, {operations}: {tree:#?}");
        }
    }
}

#[test]
fn a_journal_that_cannot_be_read_is_an_error_and_is_kept() {
    for text in ["", "end", "add src/a.rs\n", "move src/a.rs\nend\n", "add ../a.rs\nend\n", "add src/\\a.rs\nend\n"] {
        let (this, staging) = half_moved(Way::Move);
        fs::write(staging.join("journal"), text).unwrap();
        for error in [this.recover().unwrap_err(), lock(&this.path(), &mut || {}).unwrap_err()] {
            assert!(error.to_string().contains(".api.copperplate/journal is not a journal"), "{text:?}: {error}");
        }
        assert_eq!(fs::read_to_string(staging.join("journal")).unwrap(), text);
    }
    let (this, staging) = half_moved(Way::Move);
    fs::File::create(staging.join("journal")).unwrap().set_len(1 << 40).unwrap();
    this.recover().unwrap_err();
}

/// The old crate has a generated file whose name ends a line, or looks like an escape sequence.
#[test]
#[cfg(unix)]
fn a_journal_has_every_name() {
    let more =
        outputs(&[("src/x\ny.rs", 1), ("src/x\r.rs", 1), ("src/x\r", 1), (r"src/x\n.rs", 1), (r"src/a\..\b.rs", 1)]);
    let start = || {
        let this = Crate::new(Way::Move);
        for output in &more {
            fs::write(this.path().join(&output.path), &output.text).unwrap();
        }
        this
    };
    let old = tree(&start().path());
    let complete = start();
    complete.update().unwrap();
    let new = tree(&complete.path());
    assert_eq!(new.keys().filter(|path| path.starts_with("src/x")).collect::<Vec<_>>(), ["src/x\r"]);
    for operations in 0.. {
        let this = start();
        let is_complete = after(operations, Interruption::Kill, || this.update()).is_ok();
        this.recover().unwrap();
        let (tree, has_more) = this.state();
        assert!((tree == old || tree == new) && !has_more, "{operations}: {tree:#?}");
        if is_complete {
            break;
        }
    }
}

#[test]
#[cfg(unix)]
fn changes_of_the_user_after_a_kill_are_kept() {
    let (this, staging) = swapped();
    let mine = this.path().join("src/mine/mod.rs");
    // The user restores an older version from a backup, and deletes a file.
    let backup = this.folder.path().join("backup");
    fs::write(&backup, "restored").unwrap();
    let old = SystemTime::now() - Duration::from_secs(1_000_000);
    fs::File::options().write(true).open(&backup).unwrap().set_modified(old).unwrap();
    fs::rename(&backup, &mine).unwrap();
    fs::remove_file(this.path().join("Cargo.lock")).unwrap();
    // A program that entered the folder before the swap still writes to the old folder.
    fs::write(staging.join("crate/src/mine/late.rs"), "late").unwrap();
    this.recover().unwrap();
    assert_eq!(fs::read_to_string(&mine).unwrap(), "restored");
    assert!(!this.path().join("Cargo.lock").exists());
    assert_eq!(fs::read_to_string(this.path().join("src/mine/late.rs")).unwrap(), "late");

    // An editor replaces a file in the old folder only; then in both folders.
    for (live, old, kept, second) in
        [(None, "saved", "saved", None), (Some("other"), "saved", "other", Some("saved")), (Some("a"), "a", "a", None)]
    {
        let (this, staging) = swapped();
        let edit = |text: &str, file: PathBuf| {
            fs::write(this.folder.path().join("edited"), text).unwrap();
            fs::rename(this.folder.path().join("edited"), file).unwrap();
        };
        let mine = this.path().join("src/mine/mod.rs");
        edit(old, staging.join("crate/src/mine/mod.rs"));
        live.into_iter().for_each(|text| edit(text, mine.clone()));
        fs::remove_file(this.folder.path().join("edited")).unwrap_or_default();
        this.recover().unwrap();
        assert_eq!(fs::read_to_string(&mine).unwrap(), kept);
        let found = fs::read_to_string(this.path().join("src/mine/mod.rs.copperplate-old")).ok();
        assert_eq!((found.as_deref(), this.state().1), (second, false));
    }
}

#[test]
fn a_crate_or_folder_that_the_user_removes_after_a_kill_stops_no_run() {
    for way in [Way::Move, Way::SwapSourcesAndMove] {
        for removed in ["", "src", "examples"] {
            let (this, _) = half_moved(way);
            let path = this.path().join(removed);
            if path.exists() {
                fs::remove_dir_all(path).unwrap();
            }
            this.recover().unwrap();
            this.update().unwrap();
            assert!(compare(&this.path(), &this.new).unwrap().is_empty() && !this.state().1, "{way:?}, {removed}");
        }
    }
}

/// The user puts a file of their own at the path of a generated file.
#[test]
fn a_file_of_the_user_at_a_generated_path_is_kept() {
    let (this, _) = half_moved(Way::Move);
    for path in ["Cargo.toml", "SURFACE.txt", "src/lib.rs"] {
        fs::write(this.path().join(path), "mine").unwrap();
    }
    this.recover().unwrap();
    for path in ["Cargo.toml", "SURFACE.txt", "src/lib.rs"] {
        assert_eq!(fs::read_to_string(this.path().join(path)).unwrap(), "mine");
    }
    assert!(!this.state().1);
}

#[test]
fn a_foreign_file_in_the_staging_folder_is_named_and_kept() {
    let (this, staging) = half_moved(Way::Move);
    fs::write(staging.join("notes"), "mine").unwrap();
    let error = this.recover().unwrap_err().to_string();
    assert!(error.contains(".api.copperplate/notes was not written by copperplate"), "{error}");
    assert!(has_leftovers(&this.path()).unwrap());
    fs::remove_file(staging.join("notes")).unwrap();
    this.recover().unwrap();
    assert!(!this.state().1);
}

/// A copy of a staging folder, in a repository or an archive, has the right content but is another folder.
#[test]
fn a_copy_of_a_staging_folder_is_not_trusted() {
    let (this, staging) = half_moved(Way::Move);
    let moved = this.folder.path().join("moved");
    fs::rename(&staging, &moved).unwrap();
    fs::create_dir_all(staging.join("by-copperplate")).unwrap();
    for name in ["identity", "journal"] {
        fs::copy(moved.join(name), staging.join(name)).unwrap();
    }
    fs::remove_dir_all(&moved).unwrap();
    let before = tree(this.folder.path());
    assert!(!has_leftovers(&this.path()).unwrap());
    this.recover().unwrap();
    assert_eq!(tree(this.folder.path()), before);
}

#[test]
fn a_folder_of_the_user_beside_a_new_crate_is_named() {
    let this = Crate::new(Way::Create);
    let mine = this.folder.path().join(".api.copperplate");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("mine"), "mine").unwrap();
    let error = this.update().unwrap_err().to_string();
    assert!(error.contains(".api.copperplate was not created by") && error.contains("move or delete it"), "{error}");
}

#[test]
fn a_crate_may_have_a_long_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a".repeat(245), "ä".repeat(122)] {
        let path = folder.path().join(name);
        for version in 1..3 {
            let files = outputs(&[("Cargo.toml", version), ("src/lib.rs", version)]);
            drop(lock(&path, &mut || {}).unwrap());
            write(&path, &files, &compare(&path, &files).unwrap()).unwrap();
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
