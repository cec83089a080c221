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

// part: json_copies
/// How many times as much memory as one copy of a value all copies of it and of its parts may take in turn. A type that
/// contains itself can have a keyword that needs a copy at each level, and JSON can have 128 levels.
const COPIES: usize = 8;

/// How many bytes of memory the copy of a value takes at most for each byte of its text.
const COPY_PER_BYTE: usize = 1_000;

/// The work of copying a part of a value that takes this many bytes of memory is one unit, for the deadline.
const COPY_PER_WORK: usize = 16;

/// The memory that copies of the current value may take, for keywords that no Rust type expresses.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CopyLimit {
    /// For each copy, in bytes.
    pub each: usize,
    /// For all further copies, in bytes.
    all: usize,
    /// Whether a copy is counted before it is made. It is not if the text of the value is so short that no copy exceeds `each`.
    pub is_counted_before: bool,
}

impl CopyLimit {
    fn new(length: usize, allowed: usize) -> Self {
        let each = allowed.max(MEMORY_OF_SHORT_TEXT);
        let is_counted_before = length.saturating_mul(COPY_PER_BYTE) > each;
        Self { each, all: each.saturating_mul(COPIES), is_counted_before }
    }
}
// end of part

thread_local! {
    /// The memory that the current value may still take, in bytes. `None` outside of [`limited`].
    static REMAINING: Cell<Option<usize>> = const { Cell::new(None) };

    // part: json_copies
    /// The memory that copies of the current value may take. `None` outside of [`limited`].
    static COPY_LIMIT: Cell<Option<CopyLimit>> = const { Cell::new(None) };
    // end of part

    /// The address of a variable in the stack frame that began to decode the current value. `None` outside of
    /// [`on_limited_stack`].
    static STACK_START: Cell<Option<usize>> = const { Cell::new(None) };
}

/// Runs `decode`, whose value may take as much memory as [`allowed`] returns. In a nested call, the limit of the outermost
/// call applies. The text has `length` bytes, and may have `limit` bytes.
pub(crate) fn limited<T>(length: usize, limit: usize, decode: impl FnOnce() -> T) -> T {
    let allowed = allowed(length, limit);
    let work = || on_limited_stack(decode);
    // part: json_copies
    let work = || with_outermost(&COPY_LIMIT, CopyLimit::new(length, allowed), work);
    // end of part
    with_outermost(&REMAINING, allowed, work)
}

// part: json_copies
/// Returns the memory that a copy of the current value may take, for keywords that no Rust type expresses. `None` if the value
/// was not received.
pub(crate) fn copy_limit() -> Option<CopyLimit> {
    COPY_LIMIT.get()
}

/// Runs `work`, which validates the value of a text that has no limit of its own. All copies together are limited.
pub(crate) fn with_limited_copies<T>(length: usize, work: impl FnOnce() -> T) -> T {
    let limit = CopyLimit::new(length, allowed(length, length.max(USUAL_LENGTH)));
    with_outermost(&COPY_LIMIT, CopyLimit { is_counted_before: false, ..limit }, work)
}

/// Counts the memory of a copy. Returns whether all copies together take too much memory or time.
pub(crate) fn is_copy_excessive(bytes: usize) -> bool {
    let Some(limit) = COPY_LIMIT.get() else { return false };
    let rest = limit.all.checked_sub(bytes).filter(|_| !deadline::has_passed(bytes / COPY_PER_WORK));
    COPY_LIMIT.set(Some(CopyLimit { all: rest.unwrap_or(0), ..limit }));
    rest.is_none()
}
// end of part

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

// part: unions
/// Runs `work`, and drops all values that it decodes. Their memory is free again.
pub(crate) fn temporary<T>(work: impl FnOnce() -> T) -> T {
    let before = REMAINING.get();
    let result = work();
    restore(before);
    result
}
// end of part

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::de::MapAccess;
    use serde_json::Value;

    use super::limited;
    use crate::runtime::decoding::decode::{Decode, DecodeOwned, from_slice};
    use crate::runtime::decoding::leniency::Leniency;
    use crate::runtime::decoding::members::Members;

    fn decodes<T: DecodeOwned>(text: &str) -> Result<(), String> {
        let result = limited(0, 17_500, || from_slice::<T>(text.as_bytes(), &Leniency::counting()));
        result.map(|_| ()).map_err(|error| error.to_string())
    }

    fn list(item: &str, count: usize) -> String {
        format!("[{}]", vec![item; count].join(","))
    }

    #[test]
    fn values_that_take_too_much_memory_do_not_decode() {
        type DecodeText = fn(&str) -> Result<(), String>;
        let decoders: [(&str, DecodeText); 4] = [
            ("[]", decodes::<Vec<Vec<i64>>>),
            ("0", decodes::<Vec<Box<i64>>>),
            ("{\"\":0}", decodes::<Vec<BTreeMap<String, i64>>>),
            ("{\"\":0}", decodes::<Value>),
        ];
        for (item, decode) in decoders {
            assert_eq!(decode(&list(item, 100)), Ok(()), "{item}");
            let error = decode(&list(item, 10_000)).expect_err(item);
            assert!(error.starts_with("the decoded value takes too much memory"), "{error}");
        }
    }

    #[test]
    fn the_memory_of_a_value_depends_on_its_text_and_on_the_limit() {
        const MIB: usize = 1 << 20;
        let allowed = |length, limit| super::allowed(length, limit) / MIB;
        assert_eq!([allowed(2, 64 * MIB), allowed(2 * MIB, 64 * MIB), allowed(60 * MIB, 64 * MIB)], [64, 128, 512]);
        assert_eq!([allowed(2, MIB), allowed(MIB, MIB), allowed(0, 0)], [8, 8, 0]);
    }

    #[test]
    fn a_failed_attempt_frees_its_memory() {
        let size = |count: usize| {
            super::attempt(|| super::take::<serde_json::Error>(count).and_then(|()| Err::<(), _>(error())))
        };
        limited(0, 13, || {
            assert!((0..10).all(|_| size(60).is_err() && !super::is_exhausted()));
            assert!(size(200).is_err() && super::is_exhausted());
        });
    }

    /// A type that needs a large stack frame at each level.
    struct Wide {
        fields: [u64; 2_000],
        child: Option<Box<Wide>>,
    }

    impl<'de> Decode<'de> for Wide {
        fn decode_members<A: MapAccess<'de>>(map: A, leniency: &Leniency) -> Result<Self, A::Error> {
            let (mut reader, mut child, mut fields) = (Members::new(map, leniency), None, [0; 2_000]);
            while let Some(name) = reader.next_name() {
                fields[name.0.len()] = 1;
                reader.optional(&mut child, "child");
            }
            reader.finish()?;
            Ok(Self { fields: std::hint::black_box(fields), child: child.flatten() })
        }
    }

    /// An array that needs a large stack frame at each level, and reaches no object before the innermost one.
    struct WideRow(Option<Box<WideRow>>, Wide);

    crate::runtime::codec::deserialize_tuple!(WideRow { 0, 1 });

    #[test]
    fn a_value_that_would_overflow_the_stack_does_not_decode() {
        fn error<T: DecodeOwned>(text: &str) -> String {
            let decoded = from_slice::<T>(text.as_bytes(), &Leniency::counting());
            decoded.err().map(|error| error.to_string()).unwrap_or_default()
        }
        let decode = || {
            let nested = |depth: usize| "{\"child\":".repeat(depth) + "null" + &"}".repeat(depth);
            let rows = |depth: usize| "[".repeat(depth) + "null" + &",{}]".repeat(depth);
            let wide = from_slice::<Wide>(nested(3).as_bytes(), &Leniency::counting());
            assert!(wide.is_ok_and(|wide| wide.child.is_some_and(|child| child.fields[5] == 1)));
            let row = from_slice::<WideRow>(rows(3).as_bytes(), &Leniency::counting());
            assert!(row.is_ok_and(|row| row.1.child.is_none() && row.0.is_some_and(|row| row.0.is_some())));
            [error::<Wide>(&nested(120)), error::<WideRow>(&rows(120))]
        };
        let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(decode).unwrap();
        for error in thread.join().unwrap() {
            assert!(error.starts_with("the decoded value takes too much memory"), "{error}");
        }
    }

    fn error() -> serde_json::Error {
        serde::de::Error::custom("another variant")
    }
}
