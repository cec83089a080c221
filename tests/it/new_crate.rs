//! A document that is not ours becomes a crate that compiles without warnings.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use copperplate::command::Said;

/// A pet store of the usual kind: path and query parameters, a list, a body, a default error, and an API key.
const STORE: &str = include_str!("new_crate/petstore.yaml");

#[test]
fn a_pet_store_becomes_a_crate_without_warnings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = tempfile::tempdir().unwrap();
    let (spec, out) = (folder.path().join("petstore.yaml"), folder.path().join("pets"));
    fs::write(&spec, STORE).unwrap();
    let arguments =
        ["copperplate", "generate", spec.to_str().unwrap(), "--out", out.to_str().unwrap(), "--name", "pets"];
    let command = <copperplate::command::Command as clap::Parser>::try_parse_from(arguments).unwrap();
    let mut complained = Vec::new();
    let ending = copperplate::command::run(command, &mut Vec::new(), Said { to: &mut complained, styled: false });
    assert_eq!(ending, copperplate::command::Ending::Done, "{}", String::from_utf8_lossy(&complained));

    // The lock file of the repository keeps the versions that are on this machine already, so nothing is fetched.
    fs::copy(root.join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    for more in [&["--features", "blocking,symmetric"][..], &["--no-default-features"][..]] {
        let checked = Command::new(env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
            .args(["clippy", "--offline", "--quiet", "--all-targets"])
            .args(more)
            .args(["--", "-D", "warnings"])
            .current_dir(&out)
            .env("CARGO_TARGET_DIR", root.join("target/new_crate"))
            .output()
            .unwrap();
        assert!(checked.status.success(), "{more:?}: {}", String::from_utf8_lossy(&checked.stderr));
    }
}
