//! Threads with a large stack. The stages recurse into nested schemas, and a deeply nested document must not overflow the stack.

use std::cell::Cell;
use std::thread;

/// The size of the large stack, in bytes. The operating system provides memory only for the pages of the stack that are used.
pub(crate) const STACK: usize = 256 << 20;

thread_local! {
    /// Whether the stack of this thread is large.
    static IS_LARGE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `run` with a large stack: on this thread if its stack is large, and on a new thread otherwise.
///
/// [`Pipeline`](crate::Pipeline) does this itself. A program that runs many pipelines saves the new threads if it calls this
/// function once, around all of them.
pub fn with_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    if IS_LARGE.get() {
        return run();
    }
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, on_large_stack(&run)) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        // If no thread can be started, run on the current stack.
        Err(_) => run(),
    })
}

/// Runs `left` and `right` at the same time, each with a large stack. If the stack of this thread is large, runs them on this
/// thread, one after the other.
pub(crate) fn in_parallel<T: Send>(left: impl Fn() -> T + Sync, right: impl Fn() -> T + Sync) -> (T, T) {
    if IS_LARGE.get() {
        return (left(), right());
    }
    thread::scope(|scope| {
        let spawned = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, on_large_stack(&left));
        let right = with_stack(right);
        let left = spawned
            .map_or_else(|_| left(), |thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        (left, right)
    })
}

/// Returns a function for a new thread with a large stack.
fn on_large_stack<'r, T>(run: &'r (impl Fn() -> T + Sync)) -> impl FnOnce() -> T + Send + 'r {
    move || {
        IS_LARGE.set(true);
        run()
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::{in_parallel, with_stack};

    #[test]
    fn a_thread_with_a_large_stack_starts_no_other() {
        let this = || thread::current().id();
        let (outer, inner, both) = with_stack(|| (this(), with_stack(this), in_parallel(this, this)));
        assert_eq!((inner, both), (outer, (outer, outer)));
        assert_ne!(outer, this());
        let (left, right) = in_parallel(this, this);
        assert!(left != right && left != this() && right != this());
    }
}
