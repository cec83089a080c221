//! Limits the memory of a process.

/// The address space that a child process may use, in MiB. The stages run on threads with stacks of 256 MiB, of which they use
/// little.
#[cfg(unix)]
const ADDRESSES: u64 = 6 << 10;

/// The memory that a child process may use, in MiB.
#[cfg(unix)]
const MEMORY: u64 = 1 << 10;

/// The words that a process prints before it ends because it used too much memory.
pub const TOO_LARGE: &str = "more memory than allowed";

/// Limits the address space of this process. If a run needs more, the process ends.
#[cfg(unix)]
pub fn limit_memory() -> std::io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};
    Ok(setrlimit(Resource::RLIMIT_AS, ADDRESSES << 20, ADDRESSES << 20)?)
}

/// Ends this process if it used more memory than a child process may use.
#[cfg(unix)]
pub fn end_if_too_large() {
    use nix::sys::resource::UsageWho;
    let used = peak_memory(UsageWho::RUSAGE_SELF);
    if used > MEMORY {
        eprintln!("{TOO_LARGE}: {used} MiB");
        std::process::exit(1);
    }
}

/// Returns the peak memory of the largest child process that ended, in MiB.
#[cfg(unix)]
pub fn peak_memory_of_children() -> Option<u64> {
    Some(peak_memory(nix::sys::resource::UsageWho::RUSAGE_CHILDREN))
}

/// Returns the peak memory in MiB; 0 if it is unknown.
#[cfg(unix)]
fn peak_memory(of: nix::sys::resource::UsageWho) -> u64 {
    let size = nix::sys::resource::getrusage(of).map_or(0, |usage| usage.max_rss());
    // The unit is KiB, but bytes on macOS.
    u64::try_from(size).unwrap_or(0) >> if cfg!(target_os = "macos") { 20 } else { 10 }
}

/// Does nothing, because the limits are implemented for Unix only.
#[cfg(not(unix))]
pub fn limit_memory() -> std::io::Result<()> {
    Ok(())
}

/// Does nothing, because the limits are implemented for Unix only.
#[cfg(not(unix))]
pub fn end_if_too_large() {}

/// Returns `None`, because the limits are implemented for Unix only.
#[cfg(not(unix))]
pub fn peak_memory_of_children() -> Option<u64> {
    None
}
