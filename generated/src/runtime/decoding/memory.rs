// copperplate runtime: copied into each generated crate that uses it.
//! Limits the memory that a decoded value takes. A short JSON text can decode to large values: for example, each `{}` in
//! a list can become a struct with hundreds of fields.
//!
//! Only the parts of a value that can take much more memory than their text are counted: the items of lists, the members
//! of maps, boxed values, the parts of buffered unions, and the texts that are copied from these parts.
//!
//! Also limits how much of the stack is used. JSON can nest 128 levels deep, and decoding an object needs a stack frame
//! with room for all its fields.

use std::cell::Cell;
use std::thread::LocalKey;

use serde::de::Error;

use crate::runtime::validation::deadline;

/// How many bytes of memory a decoded value may take for each byte of its text. Members that are absent take memory too.
const MEMORY_PER_BYTE: usize = 64;

/// How many bytes of memory a decoded value may take for each byte that its text may have.
const MEMORY_PER_ALLOWED_BYTE: usize = 8;

/// The memory that the value of a short text may take, in bytes.
const MEMORY_OF_SHORT_TEXT: usize = 64 << 20;

/// The default limit of a text, in bytes: that of a response.
const USUAL_LENGTH: usize = 64 << 20;

/// How much of the stack decoding may use before it decodes a further object, in bytes. The threads of `std` and `tokio`
/// have 2 MiB.
const STACK_LIMIT: usize = 1 << 20;

/// The work of decoding a small object or array, for the deadline.
const WORK_OF_A_CONTAINER: usize = 20;

/// The message of the error if a value takes more memory than it may.
pub(crate) const EXCESS: &str = "the decoded value takes too much memory";

/// The number of members for which a node of a `BTreeMap` has room.
const NODE_SIZE: usize = 11;

/// The value of [`STACK_START`] after a limit was exceeded. No variable has this address.
const EXCEEDED: usize = usize::MAX;

thread_local! {
    /// The memory that the current value may still take, in bytes. `None` outside of [`limited`].
    static REMAINING: Cell<Option<usize>> = const { Cell::new(None) };

    /// The address of a variable in the stack frame that began to decode the current value. `None` outside of
    /// [`on_limited_stack`].
    static STACK_START: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Runs `decode`, whose value may take as much memory as [`allowed`] returns. In a nested call, the limit of the outermost
/// call applies. The text has `length` bytes, and may have `limit` bytes.
pub(crate) fn limited<T>(length: usize, limit: usize, decode: impl FnOnce() -> T) -> T {
    let allowed = allowed(length, limit);
    let work = || on_limited_stack(decode);
    with_outermost(&REMAINING, allowed, work)
}

/// Runs `decode`, which may use [`STACK_LIMIT`] bytes of the stack before it decodes a further object. In a nested call,
/// the limit of the outermost call applies.
pub(crate) fn on_limited_stack<T>(decode: impl FnOnce() -> T) -> T {
    with_outermost(&STACK_START, stack_address(), decode)
}

/// Runs `work` with `value` in `place`, unless an outer call has set `place`.
fn with_outermost<V: Copy, T>(place: &'static LocalKey<Cell<Option<V>>>, value: V, work: impl FnOnce() -> T) -> T {
    /// Empties the place, also after a panic.
    struct Empty<V: Copy + 'static>(&'static LocalKey<Cell<Option<V>>>);

    impl<V: Copy> Drop for Empty<V> {
        fn drop(&mut self) {
            self.0.set(None);
        }
    }

    if place.get().is_some() {
        return work();
    }
    place.set(Some(value));
    let _empty = Empty(place);
    work()
}

/// Returns the address of a variable in the current stack frame.
#[inline(never)]
fn stack_address() -> usize {
    let variable = 0_u8;
    std::ptr::from_ref(std::hint::black_box(&variable)).addr()
}

/// Checks whether a value with fields may be decoded: there is room on the stack, and the deadline of the call has not
/// passed.
///
/// # Errors
/// Returns an error if the enclosing values already use [`STACK_LIMIT`] bytes, or if the deadline has passed.
pub(crate) fn begin_fields<E: Error>() -> Result<(), E> {
    match STACK_START.get() {
        Some(start) if start.abs_diff(stack_address()) > STACK_LIMIT => Err(excess()),
        _ => begin_container(),
    }
}

/// Checks whether a list or map may be decoded: the deadline of the call has not passed. Lists and maps need little room on
/// the stack themselves.
///
/// # Errors
/// Returns an error if the deadline has passed.
pub(crate) fn begin_container<E: Error>() -> Result<(), E> {
    match deadline::has_passed(WORK_OF_A_CONTAINER) {
        true => Err(E::custom("decoding took too long")),
        false => Ok(()),
    }
}

/// Runs `decode` for a text of this length, which has no limit of its own.
pub(crate) fn limited_for_text<T>(length: usize, decode: impl FnOnce() -> T) -> T {
    limited(length, length.max(USUAL_LENGTH), decode)
}

/// Returns how many bytes of memory the value of a text may take. The text has `length` bytes, and may have `limit` bytes.
pub(crate) fn allowed(length: usize, limit: usize) -> usize {
    let for_text = length.saturating_mul(MEMORY_PER_BYTE).max(MEMORY_OF_SHORT_TEXT);
    for_text.min(limit.saturating_mul(MEMORY_PER_ALLOWED_BYTE))
}

/// Counts `bytes` of memory.
///
/// # Errors
/// Returns an error if the value takes more memory than it may.
#[inline]
pub(crate) fn take<E: Error>(bytes: usize) -> Result<(), E> {
    let Some(remaining) = REMAINING.get() else { return Ok(()) };
    match remaining.checked_sub(bytes) {
        Some(remaining) => {
            REMAINING.set(Some(remaining));
            Ok(())
        }
        None => Err(excess()),
    }
}

/// Notes that the limit is exceeded, so that no other variant of a union is tried.
#[cold]
fn excess<E: Error>() -> E {
    REMAINING.set(REMAINING.get().map(|_| 0));
    STACK_START.set(STACK_START.get().map(|_| EXCEEDED));
    E::custom(EXCESS)
}

/// Returns whether the current value takes more memory or stack than it may.
pub(crate) fn is_exhausted() -> bool {
    REMAINING.get() == Some(0) || STACK_START.get() == Some(EXCEEDED)
}

/// Counts the memory of a new member of a map that has `count` members.
///
/// # Errors
/// Returns an error if the value takes more memory than it may.
pub(crate) fn take_member<T, E: Error>(count: usize) -> Result<(), E> {
    match count % NODE_SIZE {
        0 => take(NODE_SIZE * (size_of::<String>() + size_of::<T>())),
        _ => Ok(()),
    }
}

/// Runs an attempt to decode a value as a variant of a union. If the attempt fails, its memory is free again.
pub(crate) fn attempt<T, E>(decode: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    let before = REMAINING.get();
    let result = decode();
    if result.is_err() {
        restore(before);
    }
    result
}

/// Runs `decode`. Also returns how many bytes of memory it has taken.
pub(crate) fn measured<T>(decode: impl FnOnce() -> T) -> (T, usize) {
    let before = REMAINING.get().unwrap_or_default();
    let result = decode();
    (result, before.saturating_sub(REMAINING.get().unwrap_or_default()))
}

/// Counts `bytes` of memory as free again, because their value was dropped.
pub(crate) fn free(bytes: usize) {
    restore(REMAINING.get().map(|remaining| remaining.saturating_add(bytes)));
}

/// Sets the memory that remains, unless a limit was exceeded.
fn restore(remaining: Option<usize>) {
    if !is_exhausted() {
        REMAINING.set(remaining);
    }
}
