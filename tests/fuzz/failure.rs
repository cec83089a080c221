//! The ways in which a run fails, and the guard that turns a panic into a failure.

use std::fmt;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// The kind of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The run panicked, or a check of its result failed.
    Panic,
    /// The run overflowed the stack.
    StackOverflow,
    /// The run needed more memory than it may use.
    Memory,
    /// The run took longer than it may.
    Hang,
    /// The process ended in another way.
    Abort,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Panic => "panic",
            Self::StackOverflow => "stack overflow",
            Self::Memory => "too much memory",
            Self::Hang => "hang",
            Self::Abort => "abort",
        })
    }
}

/// A failure of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The kind.
    pub kind: Kind,
    /// The source location of a panic, such as `generator/src/lib.rs:1:1`. Empty for the other kinds.
    pub location: String,
    /// The message of a panic, or the last words of the process.
    pub message: String,
}

impl Failure {
    /// Returns whether two failures probably have the same cause.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.kind, &self.location) == (other.kind, &other.location)
    }
}

/// The location and the message of the first panic since the last call of [`guarded`]. A panic can happen on any thread, and
/// each thread that waits for it panics as well.
static FIRST_PANIC: Mutex<Option<(String, String)>> = Mutex::new(None);

/// Replaces the message that a panic prints by a record in [`FIRST_PANIC`].
pub fn record_panics() {
    panic::set_hook(Box::new(|info| {
        let location = info.location().map(|place| format!("{}:{}:{}", place.file(), place.line(), place.column()));
        let payload = info.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let message = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let mut first = FIRST_PANIC.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| (location.unwrap_or_default(), message.to_owned()));
    }));
}

/// Runs a function. Returns a failure if it panics. [`record_panics`] must have been called before.
pub fn guarded(run: impl FnOnce()) -> Option<Failure> {
    let result = panic::catch_unwind(AssertUnwindSafe(run));
    if result.is_ok() {
        return None;
    }
    let first = FIRST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
    let (location, message) = first.unwrap_or_default();
    Some(Failure { kind: Kind::Panic, location, message })
}
