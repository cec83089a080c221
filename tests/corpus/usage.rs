//! What a process costs: CPU seconds and the peak of its memory, as the kernel counts them, and how long it is waited for.

use std::io;
use std::process::{Command, ExitStatus};
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// What a process, or several, have cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// From the start to the end, where it was waited for.
    pub seconds: f64,
    /// User and system time.
    pub cpu_seconds: f64,
    /// The largest resident set of any one process.
    pub peak_mib: f64,
}

impl Usage {
    /// What this process has cost so far.
    pub fn of_this_process() -> Self {
        platform::usage(platform::Who::This)
    }

    /// What the children of this process, and theirs, have cost: of those that have ended.
    pub fn of_children() -> Self {
        platform::usage(platform::Who::Children)
    }
}

/// How a measured command ended.
#[derive(Debug)]
pub struct Measured {
    /// Whether and how it ended.
    pub status: ExitStatus,
    /// What it wrote to its standard output.
    pub stdout: String,
    /// What it wrote to its standard error.
    pub stderr: String,
    /// What it cost, with all its children.
    pub usage: Usage,
}

/// What `corpus measure` puts before the usage in the last line of its standard error.
const MARK: &str = "corpus-usage ";

/// Runs `command` below a process of its own, since a peak can be told of all children of a process only.
///
/// # Errors
/// Where a process cannot be started.
pub fn measured(command: &Command) -> io::Result<Measured> {
    let mut wrapper = Command::new(std::env::current_exe()?);
    wrapper.arg("measure").arg("--").arg(command.get_program()).args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => wrapper.env(name, value),
            None => wrapper.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        wrapper.current_dir(folder);
    }
    let output = wrapper.output()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let (stderr, usage) = said.rsplit_once(MARK).ok_or_else(|| io::Error::other(format!("no usage: {said}")))?;
    Ok(Measured {
        status: output.status,
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        usage: serde_json::from_str(usage.trim())?,
        stderr: stderr.to_owned(),
    })
}

/// The other side of [`measured`]: runs the command and says what it cost. Answers with its exit code.
///
/// # Errors
/// Where the command cannot be started.
pub fn measure(command: &[String]) -> io::Result<u8> {
    let [program, arguments @ ..] = command else { return Ok(2) };
    let start = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("\n{MARK}{}", serde_json::json!(Usage { seconds, ..Usage::of_children() }));
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(255))
}

#[cfg(unix)]
mod platform {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;

    use super::Usage;

    pub enum Who {
        This,
        Children,
    }

    pub fn usage(who: Who) -> Usage {
        let who = match who {
            Who::This => UsageWho::RUSAGE_SELF,
            Who::Children => UsageWho::RUSAGE_CHILDREN,
        };
        let Ok(usage) = getrusage(who) else { return Usage::default() };
        let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        // Linux counts in KiB, Apple's systems in bytes.
        let unit = if cfg!(target_vendor = "apple") { 1048576.0 } else { 1024.0 };
        Usage { seconds: 0.0, cpu_seconds: micros as f64 / 1e6, peak_mib: usage.max_rss() as f64 / unit }
    }
}

#[cfg(not(unix))]
mod platform {
    use super::Usage;

    pub enum Who {
        This,
        Children,
    }

    /// Not measured here: the columns show zeros.
    pub fn usage(_who: Who) -> Usage {
        Usage::default()
    }
}
