//! Measures the CPU time, the peak memory and the wall-clock time of a process.
//!
//! The kernel reports CPU time and memory through `getrusage`. On platforms other than Unix they are zero.

use std::io;
use std::process::{Command, ExitStatus};
use std::time::Instant;

use serde::{Deserialize, Serialize};

/// The resources that a process, or several processes together, have used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Usage {
    /// Wall-clock time from start to end, in seconds. Zero if it was not measured.
    pub seconds: f64,
    /// User and system CPU time, in seconds.
    pub cpu_seconds: f64,
    /// The largest resident set of any single process, in MiB.
    pub peak_mib: f64,
}

impl Usage {
    /// Returns the usage of this process so far.
    pub fn of_this_process() -> Self {
        platform::usage(platform::Scope::ThisProcess)
    }

    /// Returns the usage of all child processes that have ended, and of their children.
    pub fn of_children() -> Self {
        platform::usage(platform::Scope::Children)
    }
}

/// The result of a measured command.
#[derive(Debug)]
pub struct Measured {
    /// The exit status.
    pub status: ExitStatus,
    /// The standard output.
    pub stdout: String,
    /// The standard error.
    pub stderr: String,
    /// The usage of the command and all its children.
    pub usage: Usage,
}

/// `corpus measure` ends its standard error with a line that starts with this prefix. The rest of the line is the usage in JSON.
const USAGE_PREFIX: &str = "corpus-usage ";

/// Runs `command` and measures it.
///
/// The command runs as the child of an intermediate process, because the kernel reports only one peak memory for all children of
/// a process.
///
/// # Errors
/// Returns an error if a process cannot be started.
pub fn run_measured(command: &Command) -> io::Result<Measured> {
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
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    let (stderr, usage) = stderr
        .rsplit_once(USAGE_PREFIX)
        .ok_or_else(|| io::Error::other(format!("the measured process did not report its usage: {stderr}")))?;
    Ok(Measured {
        status: output.status,
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        usage: serde_json::from_str(usage.trim())?,
        stderr: stderr.to_owned(),
    })
}

/// Runs a command, writes its usage to the standard error, and returns its exit code. [`run_measured`] starts a process that calls
/// this function.
///
/// # Errors
/// Returns an error if the command cannot be started.
pub fn measure(command: &[String]) -> io::Result<u8> {
    let [program, arguments @ ..] = command else { return Ok(2) };
    let start = Instant::now();
    let status = Command::new(program).args(arguments).status()?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("\n{USAGE_PREFIX}{}", serde_json::json!(Usage { seconds, ..Usage::of_children() }));
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(255))
}

/// Limits the CPU time and the address space of this process. Does nothing on platforms without such limits.
///
/// # Errors
/// Returns an error if the system refuses a limit.
pub fn limit_this_process(cpu_seconds: u64, mib: u64) -> io::Result<()> {
    platform::limit(cpu_seconds, mib)
}

#[cfg(unix)]
mod platform {
    use std::io;

    use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
    use nix::sys::time::TimeValLike as _;

    use super::Usage;

    pub enum Scope {
        ThisProcess,
        Children,
    }

    pub fn limit(cpu_seconds: u64, mib: u64) -> io::Result<()> {
        setrlimit(Resource::RLIMIT_CPU, cpu_seconds, cpu_seconds)?;
        setrlimit(Resource::RLIMIT_AS, mib << 20, mib << 20)?;
        Ok(())
    }

    pub fn usage(scope: Scope) -> Usage {
        let who = match scope {
            Scope::ThisProcess => UsageWho::RUSAGE_SELF,
            Scope::Children => UsageWho::RUSAGE_CHILDREN,
        };
        let Ok(usage) = getrusage(who) else { return Usage::default() };
        let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        // `ru_maxrss` is in KiB on Linux and in bytes on Apple's systems.
        let unit = if cfg!(target_vendor = "apple") { 1048576.0 } else { 1024.0 };
        Usage { seconds: 0.0, cpu_seconds: micros as f64 / 1e6, peak_mib: usage.max_rss() as f64 / unit }
    }
}

#[cfg(not(unix))]
mod platform {
    use super::Usage;

    pub enum Scope {
        ThisProcess,
        Children,
    }

    /// Does nothing, because limits are implemented for Unix only.
    pub fn limit(_cpu_seconds: u64, _mib: u64) -> std::io::Result<()> {
        Ok(())
    }

    /// Returns zeros, because usage is measured on Unix only.
    pub fn usage(_scope: Scope) -> Usage {
        Usage::default()
    }
}
