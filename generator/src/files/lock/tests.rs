//! Tests of runs on one folder, and on a folder inside another one, at the same time.

use std::fs;
use std::io;
use std::sync::mpsc::channel;

use crate::files::lock::try_lock_file;
use crate::files::tests::{Crate, Way, tree, trees};
use crate::files::{disk, lock, lock_for_reading};

#[test]
#[cfg(unix)]
fn runs_on_one_folder_wait_for_each_other() {
    let this = Crate::new(Way::SwapCrate);
    let held = lock(&this.path(), &mut || panic!("nothing to wait for")).unwrap();
    let (waits, is_waiting) = channel();
    let path = this.path();
    let other = std::thread::spawn(move || lock(&path, &mut || waits.send(()).unwrap()).map(drop));
    is_waiting.recv().unwrap();
    drop(held);
    other.join().unwrap().unwrap();
}

/// A swap would move the folder away in which the other run writes, and so the crate of that run would be lost.
#[test]
#[cfg(unix)]
fn a_folder_in_which_another_run_writes_a_crate_is_not_swapped() {
    let this = Crate::new(Way::SwapCrate);
    let identity = || disk::identity(&this.path()).unwrap();
    let before = identity();
    for inner in ["sub", "notes/sub"] {
        let held = lock(&this.path().join(inner), &mut || {}).unwrap();
        let mut outputs = this.new.clone();
        outputs.iter_mut().for_each(|output| output.text += inner);
        this.write(&outputs).unwrap();
        assert_eq!(identity(), before, "{inner}");
        drop(held);
    }
    this.update().unwrap();
    assert_ne!(identity(), before);
    assert_eq!(this.state(), (trees(Way::SwapCrate)[1].clone(), false));
}

/// While a run waits for a lock, another run may replace the folder. A lock of the old folder would have no effect.
#[test]
#[cfg(unix)]
fn a_replaced_folder_is_locked_again() {
    let this = Crate::new(Way::SwapCrate);
    let held = disk::lock_folder(&this.path()).unwrap();
    let (waits, is_waiting) = channel();
    let inner = this.path().join("sub");
    let other = std::thread::spawn(move || lock(&inner, &mut || waits.send(()).unwrap()).unwrap());
    is_waiting.recv().unwrap();
    fs::rename(this.path(), this.folder.path().join("old")).unwrap();
    fs::create_dir(this.path()).unwrap();
    drop(held);
    let lock = other.join().unwrap();
    assert_eq!(disk::lock_folder(&this.path()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    drop(lock);
    disk::lock_folder(&this.path()).unwrap();
}

/// If the parent of the crate cannot be locked, a file beside the crate is locked.
#[test]
#[cfg(unix)]
fn a_lock_file_is_removed_and_a_file_of_the_user_is_kept() {
    let this = Crate::new(Way::SwapCrate);
    let file = this.folder.path().join(".api.copperplate-lock");
    let held = try_lock_file(&this.path()).unwrap();
    assert!(file.exists());
    assert_eq!(try_lock_file(&this.path()).unwrap_err().kind(), io::ErrorKind::WouldBlock);
    drop(held);
    assert!(!file.exists());

    fs::write(&file, "mine").unwrap();
    let error = try_lock_file(&this.path()).unwrap_err().to_string();
    assert!(error.contains(".api.copperplate-lock was not written by copperplate"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink(this.path().join("Cargo.lock"), &file).unwrap();
    try_lock_file(&this.path()).unwrap_err();
}

#[test]
fn a_lock_for_reading_writes_nothing() {
    let this = Crate::new(Way::SwapCrate);
    fs::create_dir_all(this.folder.path().join(".api.copperplate/by-copperplate")).unwrap();
    let before = tree(this.folder.path());
    let held = lock_for_reading(&this.path(), &mut || {}).unwrap();
    assert_eq!(tree(this.folder.path()), before);
    drop(held);
    assert_eq!(tree(this.folder.path()), before);
}
