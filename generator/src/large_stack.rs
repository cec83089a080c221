//! Threads with a large stack. The stages recurse into nested schemas, and a deeply nested document must not overflow the stack.

use std::thread;

/// The size of the large stack, in bytes. The operating system provides memory only for the pages of the stack that are used.
pub(crate) const STACK: usize = 256 << 20;

/// Runs `run` on a thread with a large stack.
pub(crate) fn with_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &run) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        // If no thread can be started, run on the current stack.
        Err(_) => run(),
    })
}

/// Runs `left` and `right` at the same time, each with a large stack.
pub(crate) fn in_parallel<T: Send>(left: impl Fn() -> T + Sync, right: impl Fn() -> T + Sync) -> (T, T) {
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &left);
        let right = with_stack(right);
        let left = spawned
            .map_or_else(|_| left(), |thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (left, right)
    })
}
