//! Runs other OpenAPI generators for comparison. `tests/peers.sh` installs them below `target/peers`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::resource_usage::{Usage, run_measured};

/// Another generator of Rust clients.
pub struct Peer {
    /// The name of its package.
    pub name: &'static str,
    /// The version that `tests/peers.sh` installs.
    pub version: &'static str,
    /// The name of its executable.
    binary: &'static str,
    /// A function that returns the arguments of the generator. It also writes a configuration file if the generator needs one.
    arguments: fn(document: &str, out: &Path) -> io::Result<Vec<String>>,
}

/// All generators that `corpus bench` compares with.
pub const ALL: &[Peer] = &[
    Peer { name: "cargo-progenitor", version: "0.15.1", binary: "cargo-progenitor", arguments: progenitor },
    Peer { name: "openapi-to-rust", version: "0.23.0", binary: "openapi-to-rust", arguments: openapi_to_rust },
    Peer { name: "oas3-gen", version: "0.29.0", binary: "oas3-gen", arguments: oas3_gen },
    Peer { name: "ploidy", version: "0.15.0", binary: "ploidy", arguments: ploidy },
];

/// The result of running another generator.
pub enum PeerResult {
    /// The generator is not installed.
    NotInstalled,
    /// The generator rejected the document or its arguments. The string is the last line of its standard error.
    Failed(String),
    /// The generator wrote a crate or source files.
    Generated {
        /// The resource usage of each run.
        usages: Vec<Usage>,
        /// The number of lines of generated Rust code.
        lines: usize,
    },
}

/// Returns the folder in which `tests/peers.sh` installs executables.
fn binary_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers/bin")
}

/// Runs `peer` on `document` `runs` times, each time in a new folder below `out`.
///
/// # Errors
/// Returns an error if a folder cannot be created or a process cannot be started.
pub fn run(peer: &Peer, document: &Path, out: &Path, runs: usize) -> io::Result<PeerResult> {
    let binary = binary_folder().join(peer.binary);
    if !binary.is_file() {
        return Ok(PeerResult::NotInstalled);
    }
    let document = fs::canonicalize(document)?;
    let mut usages = Vec::new();
    let name = document.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    fs::create_dir_all(out)?;
    let folder = fs::canonicalize(out)?;
    let run_folder = |run: usize| folder.join(format!("{}-{name}-{run}", peer.name));
    for run in 0..runs {
        let out = run_folder(run);
        fs::create_dir_all(&out)?;
        let mut command = Command::new(&binary);
        command.args((peer.arguments)(&document.to_string_lossy(), &out)?).current_dir(&out);
        let output = run_measured(&command)?;
        if !output.status.success() {
            let last_line = output.stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no error message");
            return Ok(PeerResult::Failed(last_line.chars().take(120).collect()));
        }
        usages.push(output.usage);
    }
    Ok(PeerResult::Generated { usages, lines: count_lines(&run_folder(0))? })
}

fn progenitor(document: &str, out: &Path) -> io::Result<Vec<String>> {
    let out = out.join("crate").to_string_lossy().into_owned();
    let arguments = ["progenitor", "--input", document, "--output", &out, "--name", "peer", "--version", "0.1.0"];
    Ok(arguments.map(str::to_owned).to_vec())
}

/// openapi-to-rust takes its arguments from a configuration file.
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

/// Counts the lines of all `*.rs` files below `folder`.
///
/// # Errors
/// Returns an error if a file cannot be read.
pub fn count_lines(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            count += count_lines(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}
