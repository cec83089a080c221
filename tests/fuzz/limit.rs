//! Limits the memory of a process.

/// The memory that a child process may use, in MiB. The stages run on threads with stacks of 256 MiB.
const MEMORY: u64 = 6 << 10;

/// Limits the address space of this process. If a run needs more memory, the process ends.
#[cfg(unix)]
pub fn limit_memory() -> std::io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};
    Ok(setrlimit(Resource::RLIMIT_AS, MEMORY << 20, MEMORY << 20)?)
}

/// Does nothing, because the limit is implemented for Unix only.
#[cfg(not(unix))]
pub fn limit_memory() -> std::io::Result<()> {
    _ = MEMORY;
    Ok(())
}
