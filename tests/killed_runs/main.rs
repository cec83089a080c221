//! `killed-runs [--runs N] [--seed N] [--schemas N]`: kills runs of `generate` at random moments, and checks the folder that
//! remains.
//!
//! The document has two versions. Each run replaces the crate of one version by the crate of the other version, and is killed.
//! Half of the runs are killed at any moment, and half of them while they write. Afterwards, the folder must have the complete
//! old crate or the complete new crate, and all files and empty folders of the user. Then an undisturbed run must leave the crate
//! that it generates, and no other new files.
//!
//! There are three groups of runs: they change a crate, create a crate, or change a crate that has a git repository. In the third
//! group, the folder of the crate is not swapped, so a killed run may leave a mixture of old and new files. The program counts
//! the mixtures, and the next run must remove them.

mod crate_folder;
mod document;

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use clap::Parser;
use copperplate::command::{Command as Copperplate, ErrorStream, run};

use crate_folder::{Tree, add_user_entries, beside, tree};
use document::{Version, document};

/// Kills runs of `generate` at random moments, and checks the folder that remains
#[derive(Parser)]
struct Arguments {
    /// The number of runs that are killed
    #[arg(long, default_value_t = 300)]
    runs: usize,
    /// The seed of the random moments
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of schemas in the document
    #[arg(long, default_value_t = 300)]
    schemas: usize,
}

/// The environment variable that makes this program behave as `copperplate`.
const AS_COPPERPLATE: &str = "KILLED_RUNS_AS_COPPERPLATE";

fn main() -> ExitCode {
    if env::var_os(AS_COPPERPLATE).is_some() {
        let stderr = ErrorStream { writer: &mut io::stderr(), is_colored: false };
        return ExitCode::from(run(Copperplate::parse(), &mut io::stdout(), stderr).code());
    }
    let arguments = Arguments::parse();
    match kill_runs(&arguments) {
        Ok(counts) => {
            println!("{}", counts.text());
            if counts.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The way in which a run changes the folder of the crate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Change,
    Create,
    /// Changes a crate in a folder that has a git repository.
    ChangeInRepository,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Change, Self::Create, Self::ChangeInRepository];
}

/// The number of killed runs for each state of the folder afterwards.
#[derive(Debug, Default)]
struct Counts {
    old: usize,
    new: usize,
    /// Runs that left a mixture of old and new files, in a crate with a git repository.
    mixed: usize,
    /// Runs that ended before they were killed.
    ended: usize,
    /// Runs that left a staging folder.
    staged: usize,
    failures: Vec<String>,
}

impl Counts {
    fn text(&self) -> String {
        let failures: String = self.failures.iter().map(|failure| format!("failure: {failure}\n")).collect();
        format!(
            "{failures}left the old crate: {}; the new crate: {}; a mix in a git repository: {}; failures: {}\n\
             ended before they were killed: {}; left a staging folder, which the next run removed: {}",
            self.old,
            self.new,
            self.mixed,
            self.failures.len(),
            self.ended,
            self.staged
        )
    }
}

/// The folder of the test: `old.yaml`, `new.yaml`, and `work/api`, the crate.
struct Place {
    folder: PathBuf,
    program: PathBuf,
}

impl Place {
    fn api(&self) -> PathBuf {
        self.folder.join("work/api")
    }

    fn spec(&self, version: Version) -> PathBuf {
        self.folder.join(match version {
            Version::Old => "old.yaml",
            Version::New => "new.yaml",
        })
    }

    fn start(&self, version: Version) -> io::Result<Child> {
        let mut command = Command::new(&self.program);
        command.env(AS_COPPERPLATE, "1").arg("generate").arg(self.spec(version)).arg("--out").arg(self.api());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()
    }

    /// Runs `generate` without killing it.
    fn complete(&self, version: Version) -> io::Result<()> {
        let output = self.start(version)?.wait_with_output()?;
        let error = || io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned());
        if output.status.success() { Ok(()) } else { Err(error()) }
    }

    /// Creates the crate again, with the files and folders of the user.
    fn reset(&self, kind: Kind, version: Version) -> io::Result<()> {
        let work = self.folder.join("work");
        if work.exists() {
            fs::remove_dir_all(&work)?;
        }
        fs::create_dir_all(&work)?;
        if kind == Kind::Create {
            return Ok(());
        }
        fs::create_dir(self.api())?;
        add_user_entries(&self.api(), kind == Kind::ChangeInRepository)?;
        self.complete(version)
    }
}

fn kill_runs(arguments: &Arguments) -> io::Result<Counts> {
    let folder = tempfile::tempdir()?;
    let place = Place { folder: folder.path().to_owned(), program: env::current_exe()? };
    for version in [Version::Old, Version::New] {
        fs::write(place.spec(version), document(version, arguments.schemas))?;
    }
    let mut random = Random(arguments.seed);
    let mut counts = Counts::default();
    for kind in Kind::ALL {
        let first = Kind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
        let runs = (first..arguments.runs).step_by(Kind::ALL.len()).count();
        kill_runs_of(kind, runs, &place, (&mut random, &mut counts))?;
    }
    Ok(counts)
}

fn kill_runs_of(
    kind: Kind,
    runs: usize,
    place: &Place,
    (random, counts): (&mut Random, &mut Counts),
) -> io::Result<()> {
    place.reset(kind, Version::New)?;
    let trees = Trees::of(kind, place)?;
    let times = Times::of(kind, place)?;
    let mut version = Version::Old;
    for index in 0..runs {
        if kind == Kind::Create {
            place.reset(kind, version)?;
        }
        let before = tree(&place.api())?;
        let mut child = place.start(version.other())?;
        let moment = if index % 2 == 0 {
            random.part_of(times.whole)
        } else {
            wait_for_staging(&place.api(), &mut child)?;
            random.part_of(times.writing)
        };
        thread::sleep(moment);
        child.kill()?;
        counts.ended += usize::from(child.wait()?.success());
        let mut after = tree(&place.api())?;
        let is_staged = !beside(&place.api())?.is_empty() || after.contains_key(Path::new(".copperplate"));
        after.retain(|path, _| !path.starts_with(".copperplate"));
        counts.staged += usize::from(is_staged);
        if after == *trees.get(version.other()) {
            counts.new += 1;
        } else if after == before {
            counts.old += 1;
        } else if kind == Kind::ChangeInRepository {
            counts.mixed += 1;
        } else {
            counts.failures.push(format!("run {index} ({kind:?}) left a mix: {}", difference(&after, &before)));
        }
        // The next run generates one of the two versions at random.
        let next =
            if random.part_of(Duration::from_secs(2)) < Duration::from_secs(1) { version } else { version.other() };
        place.complete(next)?;
        let complete = tree(&place.api())?;
        if complete != *trees.get(next) || !beside(&place.api())?.is_empty() {
            let difference = difference(&complete, trees.get(next));
            counts.failures.push(format!("the run after run {index} ({kind:?}) left something: {difference}"));
        }
        version = next;
    }
    Ok(())
}

/// The trees of the complete old crate and of the complete new crate.
struct Trees {
    old: Tree,
    new: Tree,
}

impl Trees {
    fn of(kind: Kind, place: &Place) -> io::Result<Self> {
        let complete = |version: Version| {
            if kind == Kind::Create {
                place.reset(kind, version)?;
            }
            place.complete(version).and_then(|()| tree(&place.api()))
        };
        Ok(Self { new: complete(Version::New)?, old: complete(Version::Old)? })
    }

    fn get(&self, version: Version) -> &Tree {
        match version {
            Version::Old => &self.old,
            Version::New => &self.new,
        }
    }
}

/// The duration of a run: in total, and while the run has a staging folder.
struct Times {
    whole: Duration,
    writing: Duration,
}

impl Times {
    /// Measures a run. Leaves the crate of the old version.
    fn of(kind: Kind, place: &Place) -> io::Result<Self> {
        if kind == Kind::Create {
            place.reset(kind, Version::New)?;
        }
        let start = Instant::now();
        let mut child = place.start(Version::New)?;
        wait_for_staging(&place.api(), &mut child)?;
        let staged = start.elapsed();
        child.wait()?;
        let whole = start.elapsed();
        place.complete(Version::Old)?;
        Ok(Self { whole, writing: whole.saturating_sub(staged) })
    }
}

/// Waits until a run has created its staging folder, or has ended.
fn wait_for_staging(api: &Path, child: &mut Child) -> io::Result<()> {
    let staging = [api.with_file_name(".api.copperplate"), api.join(".copperplate")];
    while !staging.iter().any(|staging| staging.exists()) && child.try_wait()?.is_none() {
        thread::yield_now();
    }
    Ok(())
}

/// Returns the first path at which two trees differ.
fn difference(one: &Tree, other: &Tree) -> String {
    let differs = |path: &&PathBuf| one.get(*path) != other.get(*path);
    let path = one.keys().chain(other.keys()).find(differs);
    path.map_or_else(|| "something beside the crate".to_owned(), |path| path.display().to_string())
}

/// Pseudo-random numbers.
struct Random(u64);

impl Random {
    /// Returns a random fraction of a duration.
    fn part_of(&mut self, duration: Duration) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        duration.mul_f64((self.0 >> 33) as f64 / f64::from(1_u32 << 31))
    }
}
