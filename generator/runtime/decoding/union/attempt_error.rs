// copperplate runtime: copied into each generated crate that uses it.
//! The error of an attempt to decode a value as a variant.

use std::cell::Cell;
use std::fmt;

thread_local! {
    /// Whether the messages of errors are needed.
    static HAS_MESSAGE: Cell<bool> = const { Cell::new(true) };
}

/// The error of an attempt to decode a value as a variant.
///
/// The message is omitted while variants are tried, because nobody reads it, and because formatting the messages would
/// take most of the time.
#[derive(Debug)]
pub struct AttemptError(Option<Box<str>>);

impl AttemptError {
    /// Runs `work`, whose errors need no messages.
    pub(crate) fn without_messages<T>(work: impl FnOnce() -> T) -> T {
        /// Restores the state before, also after a panic.
        struct Restore(bool);

        impl Drop for Restore {
            fn drop(&mut self) {
                HAS_MESSAGE.set(self.0);
            }
        }

        let _restore = Restore(HAS_MESSAGE.replace(false));
        work()
    }
}

impl serde::de::Error for AttemptError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(HAS_MESSAGE.get().then(|| message.to_string().into()))
    }
}

impl fmt::Display for AttemptError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or("no variant matches"))
    }
}

impl std::error::Error for AttemptError {}
