//! Starts child processes, watches them, and collects the failures.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{env, thread};

use crate::child::{Counts, FailedRun};
use crate::failure::{Failure, Kind};
use crate::input::{Input, random};
use crate::progress::recorded;
use crate::seeds::Seeds;
use crate::{Arguments, Target, limit, shrink};

/// The number of inputs that are written for failures with the same kind and location.
const KEPT: usize = 3;

/// A range of runs.
#[derive(Debug, Clone, Copy)]
struct Block {
    from: u64,
    to: u64,
    /// The interval in which the child process records its progress.
    every: u64,
}

impl Target {
    /// Returns the number of runs of one child process, and the interval in which it records its progress.
    fn block(self) -> (u64, u64) {
        match self {
            Self::Documents | Self::Bytes => (20_000, 1),
            Self::Names | Self::Failing => (500, 1),
            Self::Decoders => (200_000, 500),
        }
    }
}

/// Does all runs. Returns whether none of them failed.
pub fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let start = Instant::now();
    let folder = tempfile::tempdir()?;
    let seeds = folder.path().join("seeds.json");
    Seeds::collect(&arguments.corpus)?.write(&seeds)?;
    let end = arguments.first + arguments.runs;
    let (length, every) = arguments.target.block();
    let next = Mutex::new(arguments.first);
    let (failed, counts) = (Mutex::new(Vec::new()), Mutex::new(Counts::default()));
    let threads = arguments.threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    let is_late = || arguments.seconds.is_some_and(|seconds| start.elapsed() > Duration::from_secs(seconds));
    let work = |number: usize| -> io::Result<()> {
        let place = Place { folder: folder.path(), number, seeds: &seeds, counts: &counts, arguments };
        loop {
            let from = {
                let mut next = next.lock().unwrap_or_else(PoisonError::into_inner);
                let from = *next;
                if from >= end || is_late() {
                    return Ok(());
                }
                *next = (from + length).min(end);
                from
            };
            let found = place.run_block(Block { from, to: (from + length).min(end), every })?;
            let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
            for new in found {
                if !failed.iter().any(|known: &FailedRun| known.failure.is_like(&new.failure)) {
                    // The report comes at the end. This line is for those who wait.
                    eprintln!("run {} failed: {} {}", new.run, new.failure.kind, new.failure.location);
                }
                failed.push(new);
            }
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads.max(1)).map(|number| scope.spawn(move || work(number))).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })?;
    let seconds = start.elapsed().as_secs_f64();
    let end = next.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    failed.sort_by_key(|found| found.run);
    println!(
        "{}: seed {}, runs {} to {}: {} failed; {seconds:.0} s, {:.0} runs a second",
        arguments.target.name(),
        arguments.seed,
        arguments.first,
        end,
        failed.len(),
        (end - arguments.first) as f64 / seconds
    );
    let Counts { printed, compared } = *counts.lock().unwrap_or_else(PoisonError::into_inner);
    println!("{printed} runs printed a crate, and {compared} runs compared two documents");
    if let Some(memory) = limit::peak_memory_of_children() {
        println!("peak memory of a process: {memory} MiB");
    }
    let place = Place { folder: folder.path(), number: threads, seeds: &seeds, counts: &counts, arguments };
    report(&place, &failed)?;
    Ok(failed.is_empty())
}

/// Shrinks and writes the inputs that failed, and prints a line for each of them.
fn report(place: &Place<'_>, failed: &[FailedRun]) -> Result<(), Box<dyn Error>> {
    let Arguments { target, seed, found, .. } = place.arguments;
    let seeds = Seeds::read(place.seeds)?;
    let mut counts: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    for FailedRun { run, failure } in failed {
        let count = counts.entry((failure.kind, &failure.location)).or_default();
        *count += 1;
        if *count > KEPT {
            continue;
        }
        let input = Input::new(*target, &seeds, &mut random(*seed, *run));
        let stem = format!("{}-{seed}-{run}", target.name());
        // The original is written first, in case that shrinking it is interrupted.
        input.write(found, &format!("{stem}.whole"))?;
        let attempts = if failure.kind == Kind::Hang { shrink::SLOW_ATTEMPTS } else { shrink::ATTEMPTS };
        let smaller = shrink::shrink(&input, attempts, |candidate| {
            place.execute(candidate).is_ok_and(|found| found.is_some_and(|found| found.is_like(failure)))
        });
        let path = smaller.write(found, &stem)?;
        let Failure { kind, location, message } = failure;
        println!("seed {seed}, run {run}: {kind} {location} {}: {message}", path.display());
    }
    for ((kind, location), count) in counts {
        println!("{count:6} failures: {kind} {location}");
    }
    Ok(())
}

/// The files of a child process.
struct Place<'a> {
    folder: &'a Path,
    /// The number of the thread that starts the process.
    number: usize,
    seeds: &'a Path,
    counts: &'a Mutex<Counts>,
    arguments: &'a Arguments,
}

/// The way in which a child process ended.
enum End {
    Exit(ExitStatus),
    /// The process made no progress, and was killed.
    Killed,
}

impl Place<'_> {
    fn progress(&self) -> PathBuf {
        self.folder.join(format!("progress-{}", self.number))
    }

    /// Does the runs of a block. If a run ends the child process, starts another process for the rest.
    fn run_block(&self, block: Block) -> io::Result<Vec<FailedRun>> {
        let mut failed = Vec::new();
        let Block { mut from, to, every } = block;
        while from < to {
            _ = fs::remove_file(self.progress());
            let mut command = Command::new(env::current_exe()?);
            command.arg("child").arg("--seed").arg(self.arguments.seed.to_string());
            command.arg("--target").arg(self.arguments.target.name()).arg("--every").arg(every.to_string());
            command.arg("--from").arg(from.to_string()).arg("--to").arg(to.to_string());
            command.arg("--progress").arg(self.progress()).arg("--seeds").arg(self.seeds);
            let (end, out, err) = self.watch(command)?;
            failed.extend(out.lines().filter_map(|line| serde_json::from_str::<FailedRun>(line).ok()));
            for counted in out.lines().filter_map(|line| serde_json::from_str::<Counts>(line).ok()) {
                let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
                counts.printed += counted.printed;
                counts.compared += counted.compared;
            }
            let Some(failure) = failure_of(&end, &err) else { break };
            let Some(run) = recorded(&self.progress()) else {
                return Err(io::Error::other(format!("a child process failed before its first run: {err}")));
            };
            from = run + 1;
            if every > 1 {
                // Finds the run that ended the process among the runs since it recorded its progress.
                from = (run / every * every + every).min(to);
                failed.retain(|found| found.run < run);
                failed.extend(self.run_block(Block { from: run, to: from, every: 1 })?);
            } else {
                failed.push(FailedRun { run, failure });
            }
        }
        Ok(failed)
    }

    /// Does one run with `input`. Returns the failure.
    fn execute(&self, input: &Input) -> io::Result<Option<Failure>> {
        let path = self.folder.join(format!("input-{}.json", self.number));
        fs::write(&path, serde_json::to_vec(input)?)?;
        _ = fs::remove_file(self.progress());
        let mut command = Command::new(env::current_exe()?);
        command.arg("execute").arg(&path);
        let (end, out, err) = self.watch(command)?;
        Ok(failure_of(&end, &err).or_else(|| serde_json::from_str(&out).ok()))
    }

    /// Runs a child process to its end. Kills the process if it makes no progress within the limit. Returns the way in which it
    /// ended, and what it printed.
    fn watch(&self, mut command: Command) -> io::Result<(End, String, String)> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let limit = Duration::from_secs(self.arguments.limit);
        thread::scope(|scope| {
            let out = scope.spawn(|| all_of(out));
            let err = scope.spawn(|| all_of(err));
            let end = wait(&mut child, limit, &self.progress());
            let text = |thread: thread::ScopedJoinHandle<'_, String>| thread.join().unwrap_or_default();
            Ok((end?, text(out), text(err)))
        })
    }
}

fn wait(child: &mut Child, limit: Duration, progress: &Path) -> io::Result<End> {
    let (mut last, mut waited, mut pause) = (None, Duration::ZERO, Duration::from_millis(1));
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Exit(status));
        }
        let now = recorded(progress);
        if now != last {
            (last, waited) = (now, Duration::ZERO);
        } else if waited > limit {
            child.kill()?;
            child.wait()?;
            return Ok(End::Killed);
        }
        thread::sleep(pause);
        // A clock would also count the time for which somebody stopped both processes.
        waited += pause;
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}

fn all_of(stream: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    stream.map(|mut stream| stream.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Returns the failure that ended a child process; `None` if it ended normally.
fn failure_of(end: &End, err: &str) -> Option<Failure> {
    let kind = match end {
        End::Exit(status) if status.success() => return None,
        End::Killed => Kind::Hang,
        End::Exit(_) if err.contains("has overflowed its stack") => Kind::StackOverflow,
        End::Exit(_) if err.contains("memory allocation of") || err.contains(limit::TOO_LARGE) => Kind::Memory,
        End::Exit(_) => Kind::Abort,
    };
    let status = match end {
        End::Exit(status) => format!("{status}: "),
        End::Killed => String::new(),
    };
    Some(Failure { kind, location: String::new(), message: format!("{status}{}", err.trim()) })
}
