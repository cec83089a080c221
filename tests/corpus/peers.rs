//! Other generators, where they are installed: `tests/peers.sh` installs them below `target/peers`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::usage::{Usage, measured};

/// A generator.
pub struct Peer {
    /// Its package.
    pub name: &'static str,
    /// The version that `tests/peers.sh` installs.
    pub version: &'static str,
    binary: &'static str,
    arguments: fn(document: &str, out: &Path) -> io::Result<Vec<String>>,
}

/// All of them.
pub const ALL: &[Peer] = &[
    Peer { name: "cargo-progenitor", version: "0.15.1", binary: "cargo-progenitor", arguments: progenitor },
    Peer { name: "openapi-to-rust", version: "0.23.0", binary: "openapi-to-rust", arguments: openapi_to_rust },
    Peer { name: "oas3-gen", version: "0.29.0", binary: "oas3-gen", arguments: oas3_gen },
    Peer { name: "ploidy", version: "0.15.0", binary: "ploidy", arguments: ploidy },
];

/// How a generator ended.
pub enum Ran {
    /// It is not installed.
    Absent,
    /// It refused the document, or its arguments; the last line it said.
    Failed(String),
    /// It wrote a crate, or sources.
    Generated {
        /// What each run cost.
        usages: Vec<Usage>,
        /// Lines of Rust.
        lines: usize,
    },
}

/// Where `tests/peers.sh` installs.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers/bin")
}

/// Runs `peer` over `document`, `runs` times, each in a new folder below `out`.
///
/// # Errors
/// Where a folder cannot be made or a process cannot be started.
pub fn run(peer: &Peer, document: &Path, out: &Path, runs: usize) -> io::Result<Ran> {
    let binary = folder().join(peer.binary);
    if !binary.is_file() {
        return Ok(Ran::Absent);
    }
    let document = fs::canonicalize(document)?;
    let mut usages = Vec::new();
    let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    fs::create_dir_all(out)?;
    let folder = fs::canonicalize(out)?;
    let out = |run: usize| folder.join(format!("{}-{name}-{run}", peer.name));
    for run in 0..runs {
        let out = out(run);
        fs::create_dir_all(&out)?;
        let mut command = Command::new(&binary);
        command.args((peer.arguments)(&document.to_string_lossy(), &out)?).current_dir(&out);
        let ran = measured(&command)?;
        if !ran.status.success() {
            let said = ran.stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing said");
            return Ok(Ran::Failed(said.chars().take(120).collect()));
        }
        usages.push(ran.usage);
    }
    Ok(Ran::Generated { usages, lines: lines(&out(0))? })
}

fn progenitor(document: &str, out: &Path) -> io::Result<Vec<String>> {
    let out = out.join("crate").to_string_lossy().into_owned();
    let arguments = ["progenitor", "--input", document, "--output", &out, "--name", "peer", "--version", "0.1.0"];
    Ok(arguments.map(str::to_owned).to_vec())
}

/// Its arguments are a file.
fn openapi_to_rust(document: &str, out: &Path) -> io::Result<Vec<String>> {
    let config = out.join("openapi-to-rust.toml");
    let generator = format!("[generator]\nspec_path = {document:?}\noutput_dir = \"src\"\nmodule_name = \"api\"\n");
    fs::write(&config, generator + "\n[features]\nenable_async_client = true\n")?;
    Ok(["generate", "--config", &config.to_string_lossy()].map(str::to_owned).to_vec())
}

fn oas3_gen(document: &str, out: &Path) -> io::Result<Vec<String>> {
    let out = out.join("src").to_string_lossy().into_owned();
    Ok(["generate", "client-mod", "-i", document, "-o", &out].map(str::to_owned).to_vec())
}

fn ploidy(document: &str, out: &Path) -> io::Result<Vec<String>> {
    let out = out.join("crate").to_string_lossy().into_owned();
    Ok(["generate", "rust", document, "-o", &out].map(str::to_owned).to_vec())
}

/// The lines of Rust below `folder`.
///
/// # Errors
/// Where a file cannot be read.
pub fn lines(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}
