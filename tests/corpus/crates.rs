//! Runs `cargo check`, Clippy and the tests of the generated crates, which form a separate Cargo workspace with one target
//! folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use copperplate::emit::Manifest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::resource_usage::{Measured, Usage, run_measured};

/// The name of an empty crate with the dependencies of all generated crates. It is built first, so that no measurement includes
/// the build of a dependency.
const DEPENDENCIES: &str = "dependencies";

/// The workspace of the generated crates.
#[derive(Debug)]
pub struct Crates {
    folder: PathBuf,
}

/// The diagnostics of the compiler and Clippy for one crate.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CheckResult {
    /// The resource usage of `cargo check`, without the dependencies.
    pub usage: Usage,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings, including Clippy's.
    pub warnings: usize,
    /// The number of diagnostics for each lint of Clippy or rustc, and for each error code.
    pub codes: BTreeMap<String, usize>,
    /// The first error, as rustc prints it. If there is no error, the first warning.
    pub first_diagnostic: Option<String>,
}

impl Crates {
    /// Writes a workspace to `folder` that contains the crates `names`. The dependencies have the versions in this repository's
    /// `Cargo.lock`.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written.
    pub fn workspace(folder: &Path, names: &[String]) -> io::Result<Self> {
        let dependencies = folder.join(DEPENDENCIES);
        fs::create_dir_all(dependencies.join("src"))?;
        fs::write(
            dependencies.join("Cargo.toml"),
            Manifest {
                name: DEPENDENCIES.to_owned(),
                features: Vec::new(),
                external_types: Vec::new(),
                has_signing: true,
                has_pages: true,
                has_streams: true,
                has_cli: false,
                has_traits: false,
            }
            .text(),
        )?;
        fs::write(dependencies.join("src/lib.rs"), "")?;
        let members: Vec<_> = names.iter().map(String::as_str).chain([DEPENDENCIES]).collect();
        fs::write(folder.join("Cargo.toml"), format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n"))?;
        let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
        if lock.is_file() {
            fs::copy(lock, folder.join("Cargo.lock"))?;
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Builds the dependencies that `cargo SUBCOMMAND` needs.
    ///
    /// # Errors
    /// Returns an error if Cargo fails.
    pub fn build_dependencies(&self, subcommand: &[&str]) -> io::Result<()> {
        let output = self.cargo(subcommand, DEPENDENCIES, &[])?;
        if output.status.success() { Ok(()) } else { Err(io::Error::other(output.stderr)) }
    }

    /// Runs `cargo check` on a crate. If the crate compiles and `lint` is true, also runs Clippy.
    ///
    /// # Errors
    /// Returns an error if Cargo cannot be started.
    pub fn check(&self, name: &str, lint: bool) -> io::Result<CheckResult> {
        self.touch(name)?;
        let output = self.cargo(&["check"], name, &["--message-format=json"])?;
        let mut result = CheckResult { usage: output.usage, ..CheckResult::default() };
        match lint && output.status.success() {
            // Clippy repeats the diagnostics of the compiler, so only Clippy's output is counted.
            true => result.count_diagnostics(&self.cargo(&["clippy"], name, &["--message-format=json"])?),
            false => result.count_diagnostics(&output),
        }
        Ok(result)
    }

    /// Runs the tests that the crate has for the examples in its document. The default features include all groups of operations.
    ///
    /// # Errors
    /// Returns an error if Cargo cannot be started.
    pub fn test(&self, name: &str) -> io::Result<Measured> {
        let options = ["--lib", "--no-fail-fast", "--", "examples::", "--show-output"];
        self.cargo(&["test"], name, &options)
    }

    fn cargo(&self, subcommand: &[&str], name: &str, options: &[&str]) -> io::Result<Measured> {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        // Settings of the build that runs this program must not affect these crates or the measurements.
        cargo.args(subcommand).args(["--package", name]).args(options).current_dir(&self.folder);
        cargo.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", "target").env("CARGO_TERM_COLOR", "never");
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_TEST_DEBUG", "0").env_remove("RUSTFLAGS");
        run_measured(&cargo)
    }

    /// Marks the crate as modified. Otherwise Cargo could reuse an earlier result, and the measured cost would be near zero.
    fn touch(&self, name: &str) -> io::Result<()> {
        fs::File::options()
            .append(true)
            .open(self.folder.join(name).join("src/lib.rs"))?
            .set_modified(SystemTime::now())
    }
}

impl CheckResult {
    fn count_diagnostics(&mut self, output: &Measured) {
        let lines = output.stdout.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
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
            if self.first_diagnostic.is_none() || (is_error && self.errors == 0) {
                self.first_diagnostic = message["rendered"].as_str().map(str::to_owned);
            }
            self.errors += usize::from(is_error);
            self.warnings += usize::from(is_warning);
        }
        if !output.status.success() && self.errors == 0 {
            self.errors = 1;
            *self.codes.entry("cargo".to_owned()).or_default() += 1;
            self.first_diagnostic = Some(output.stderr.trim().to_owned());
        }
    }
}
