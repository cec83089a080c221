//! Compiles generated crates, and returns the diagnostics of Clippy and rustdoc.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use copperplate::print::Output;
use serde_json::Value;

/// A warning or an error.
pub struct Diagnostic {
    /// The lint or the error code, and the message without names.
    pub kind: String,
    /// The path of the source file, relative to the folder of the workspace.
    pub file: String,
    /// The diagnostic as the compiler prints it.
    pub text: String,
}

/// Returns the folder of the workspace.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/fuzz-names")
}

/// Writes the files of a crate. Removes the sources of an earlier crate.
pub fn write(folder: &Path, files: &[Output]) -> Result<(), Box<dyn Error>> {
    if folder.join("src").is_dir() {
        fs::remove_dir_all(folder.join("src"))?;
    }
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, &file.text)?;
    }
    Ok(())
}

/// Returns the cargo features of a crate, without the features that need an HTTP client.
pub fn features(manifest: &str) -> Vec<String> {
    let table = manifest.split_once("[features]").map_or("", |(_, rest)| rest);
    let table = table.split("\n[").next().unwrap_or_default();
    let keys = table.lines().filter_map(|line| line.split_once(" = ["));
    let keys = keys.map(|(key, _)| key.trim_matches('"').to_owned());
    keys.filter(|key| !["default", "reqwest", "blocking"].contains(&key.as_str())).collect()
}

/// Runs Clippy and rustdoc on the crates `members`, each with these cargo features. Returns the diagnostics.
pub fn check(folder: &Path, members: &[(&str, Vec<String>)]) -> Result<Vec<Diagnostic>, Box<dyn Error>> {
    let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
    fs::write(folder.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {names:?}\n"))?;
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock"))?;
    let features: Vec<String> = members
        .iter()
        .flat_map(|(name, features)| features.iter().map(move |feature| format!("{name}/{feature}")))
        .collect();
    let mut found = Vec::new();
    for subcommand in [&["clippy", "--all-targets"][..], &["doc", "--no-deps"]] {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(subcommand).args(["--workspace", "--keep-going", "--message-format=json", "--no-default-features"]);
        cargo.arg("--features").arg(features.join(",")).current_dir(folder).env("CARGO_TARGET_DIR", "target");
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_PROFILE_DEV_DEBUG", "0").env_remove("RUSTFLAGS");
        let output = cargo.output()?;
        let lines = String::from_utf8_lossy(&output.stdout);
        let before = found.len();
        for diagnostic in lines.lines().filter_map(|line| diagnostic(&serde_json::from_str(line).ok()?)) {
            // The library is compiled twice: as a library and with its tests.
            if !found.iter().any(|known: &Diagnostic| known.text == diagnostic.text) {
                found.push(diagnostic);
            }
        }
        if !output.status.success() && found.len() == before {
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            found.push(Diagnostic { kind: "cargo".to_owned(), file: String::new(), text });
        }
        if !output.status.success() {
            break;
        }
    }
    Ok(found)
}

fn diagnostic(line: &Value) -> Option<Diagnostic> {
    let message = (line["reason"] == "compiler-message").then(|| &line["message"])?;
    if message["level"] != "error" && message["level"] != "warning" {
        return None;
    }
    let words = message["message"].as_str()?;
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true);
    let is_summary = ["aborting due to", "warnings emitted", "warning emitted"].iter().any(|part| words.contains(part));
    if span.is_none() && is_summary {
        return None;
    }
    let without_names: Vec<&str> = words.split('`').step_by(2).collect();
    let code = message["code"]["code"].as_str().unwrap_or("error");
    Some(Diagnostic {
        kind: format!("{code}: {}", without_names.join("`…`")),
        file: span.and_then(|span| span["file_name"].as_str()).unwrap_or_default().to_owned(),
        text: message["rendered"].as_str().unwrap_or_default().to_owned(),
    })
}
