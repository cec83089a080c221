//! The written crates as one workspace of their own: checked, linted, tested, with one target folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use copperplate::emit::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::usage::{Measured, Usage, measured};

/// A crate that is empty and depends on what every crate depends on, so that dependencies are built before anything is measured.
const DEPENDENCIES: &str = "dependencies";

/// The folder of the crates.
#[derive(Debug)]
pub struct Crates {
    folder: PathBuf,
}

/// What the compiler and clippy have to say about one crate.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Checked {
    /// What `cargo check` cost, dependencies aside.
    pub usage: Usage,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are, those of clippy among them.
    pub warnings: usize,
    /// The same by lint or error code.
    pub codes: BTreeMap<String, usize>,
    /// The first error or else the first warning, as it is rendered.
    pub first: Option<String>,
}

impl Crates {
    /// Makes a workspace of `names` below `folder`, with the versions that this repository is locked to.
    ///
    /// # Errors
    /// Where a file cannot be written.
    pub fn workspace(folder: &Path, names: &[String]) -> io::Result<Self> {
        let empty = folder.join(DEPENDENCIES);
        fs::create_dir_all(empty.join("src"))?;
        fs::write(
            empty.join("Cargo.toml"),
            Manifest { name: DEPENDENCIES.to_owned(), needs_engine: true, features: Vec::new() }.text(),
        )?;
        fs::write(empty.join("src/lib.rs"), "")?;
        let members: Vec<_> = names.iter().map(String::as_str).chain([DEPENDENCIES]).collect();
        fs::write(folder.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.is_file() {
            fs::copy(lock, folder.join("Cargo.lock"))?;
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Builds the dependencies, as far as `cargo VERB` needs them.
    ///
    /// # Errors
    /// Where Cargo fails.
    pub fn prepare(&self, verb: &[&str]) -> io::Result<()> {
        let ran = self.cargo(verb, DEPENDENCIES, &[])?;
        if ran.status.success() { Ok(()) } else { Err(io::Error::other(ran.stderr)) }
    }

    /// Checks a crate, and where it compiles lints it too if `lint` says so.
    ///
    /// # Errors
    /// Where Cargo cannot be started.
    pub fn check(&self, name: &str, lint: bool) -> io::Result<Checked> {
        self.touch(name)?;
        let ran = self.cargo(&["check"], name, &["--message-format=json"])?;
        let mut checked = Checked { usage: ran.usage, ..Checked::default() };
        match lint && ran.status.success() {
            // Clippy repeats what the compiler says.
            true => checked.count(&self.cargo(&["clippy"], name, &["--message-format=json"])?),
            false => checked.count(&ran),
        }
        Ok(checked)
    }

    /// Runs the tests of a crate that come from the examples of its document, with the features of all its groups.
    ///
    /// # Errors
    /// Where Cargo cannot be started.
    pub fn test(&self, name: &str) -> io::Result<Measured> {
        let options = ["--lib", "--no-fail-fast", "--", "examples::", "--show-output"];
        self.cargo(&["test"], name, &options)
    }

    fn cargo(&self, verb: &[&str], name: &str, options: &[&str]) -> io::Result<Measured> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // What is about the package that runs this is not about these.
        cargo.args(verb).args(["--package", name]).args(options).current_dir(&self.folder);
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", "target").env("CARGO_TERM_COLOR", "never");
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_TEST_DEBUG", "0").env_remove("RUSTFLAGS");
        measured(&cargo)
    }

    /// Makes Cargo check the crate anew, whatever it remembers: what it remembers costs nothing.
    fn touch(&self, name: &str) -> io::Result<()> {
        fs::File::options()
            .append(true)
            .open(self.folder.join(name).join("src/lib.rs"))?
            .set_modified(SystemTime::now())
    }
}

impl Checked {
    fn count(&mut self, ran: &Measured) {
        let lines = ran.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let messages = lines.filter(|line| line["reason"] == "compiler-message");
        for message in messages.map(|mut line| line["message"].take()) {
            let text = message["message"].as_str().unwrap_or_default();
            let (is_error, is_warning) = (message["level"] == "error", message["level"] == "warning");
            let is_summary = text.starts_with("aborting due to") || text.contains(" emitted");
            if is_summary || !(is_error || is_warning) {
                continue;
            }
            let code = message["code"]["code"].as_str().unwrap_or(if is_error { "error" } else { "warning" });
            *self.codes.entry(code.to_owned()).or_default() += 1;
            if self.first.is_none() || (is_error && self.errors == 0) {
                self.first = message["rendered"].as_str().map(str::to_owned);
            }
            self.errors += usize::from(is_error);
            self.warnings += usize::from(is_warning);
        }
        if !ran.status.success() && self.errors == 0 {
            self.errors = 1;
            *self.codes.entry("cargo".to_owned()).or_default() += 1;
            self.first = Some(ran.stderr.trim().to_owned());
        }
    }
}
