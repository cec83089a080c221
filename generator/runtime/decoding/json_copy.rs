// copperplate runtime: copied into each generated crate that uses it.
//! Copies values to JSON values, for keywords that no Rust type expresses.
//!
//! A JSON value can take a hundred times as much memory as its text. So the copy of a received value has a limit, which is
//! checked before the value is copied.
#![allow(dead_code, reason = "only unions, schema tables and unique items need copies")]

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::runtime::decoding::memory;
use crate::runtime::validation::deadline;

/// The message of the violation if the copy of a value takes too much memory.
pub(crate) const EXCESS: &str = "not checked: the copy of the value takes too much memory";

/// A function that copies a value of the type `T`.
pub type ToJson<T> = fn(&T) -> Result<Value, CopyError>;

/// The reason why a value has no copy.
#[derive(Debug)]
pub enum CopyError {
    /// The copy takes too much memory, or too much time.
    Excess,
    /// The value is not JSON, such as NaN, or has an integer beyond 64 bits.
    Unrepresentable(serde_json::Error),
}

/// Copies a value.
///
/// # Errors
/// Returns an error if the value has no copy.
pub(crate) fn copy<T: Serialize + ?Sized>(value: &T) -> Result<Value, CopyError> {
    let to_copy = || serde_json::to_value(value).map_err(CopyError::Unrepresentable);
    let Some(limit) = memory::copy_limit() else { return to_copy() };
    if !limit.is_counted_before {
        let copy = to_copy()?;
        return if memory::is_copy_excessive(size_of_copy(&copy)) { Err(CopyError::Excess) } else { Ok(copy) };
    }
    let mut size = SizeOfCopy { allowed: limit.each };
    let is_too_large = serde_json::to_writer(&mut size, value).is_err_and(|error| error.is_io());
    if is_too_large || memory::is_copy_excessive(limit.each - size.allowed) {
        return Err(CopyError::Excess);
    }
    to_copy()
}

/// The memory of an object without members, in bytes. A node of a map has room for eleven members.
const OBJECT: usize = 640;

/// The memory of an empty array, in bytes.
const ARRAY: usize = 128;

/// The memory of an item or member, in bytes.
const ITEM: usize = 96;

/// The additional memory of a name, in bytes.
const NAME: usize = 40;

/// Returns how much memory a copy takes, in bytes, as [`SizeOfCopy`] counts it.
fn size_of_copy(copy: &Value) -> usize {
    match copy {
        Value::Array(items) => ARRAY + items.iter().map(|item| ITEM + size_of_copy(item)).sum::<usize>(),
        Value::Object(members) => {
            let size = |(name, member): (&String, &Value)| ITEM + NAME + name.len() + size_of_copy(member);
            OBJECT + members.iter().map(size).sum::<usize>()
        }
        Value::String(text) => text.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// Counts the memory that the copy of a JSON text takes. The text is not kept.
struct SizeOfCopy {
    /// The memory that the copy may still take, in bytes.
    allowed: usize,
}

impl Write for SizeOfCopy {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let size = |byte: &u8| match byte {
            b'{' => OBJECT,
            b'[' => ARRAY,
            b',' => ITEM,
            b':' => NAME,
            _ => 1,
        };
        let rest = self.allowed.checked_sub(text.iter().map(size).sum());
        self.allowed = rest.filter(|_| !deadline::has_passed(text.len())).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn received_values_with_large_copies_are_not_copied() {
        let list = vec![[0; 0]; 1_000_000];
        for length in [3_000_000, 0] {
            let nine = || copy(&list[..9]).ok();
            assert_eq!(memory::limited(length, 125, nine), Some(Value::from(vec![Value::Array(Vec::new()); 9])));
        }
        assert!(matches!(memory::limited(3_000_000, 125, || copy(&list)), Err(CopyError::Excess)));
        assert!(copy(&list).is_ok());
        let without_names = std::collections::BTreeMap::from([((), 1)]);
        assert!(matches!(copy(&without_names), Err(CopyError::Unrepresentable(_))));
    }

    /// A type that contains itself can have a keyword that needs a copy at each level.
    #[test]
    fn the_copies_of_the_parts_of_a_value_are_limited_together() {
        let part = vec!["a".repeat(10); 30_000];
        let size = size_of_copy(&copy(&part).expect("a list of texts"));
        let mut written = SizeOfCopy { allowed: usize::MAX };
        assert!(serde_json::to_writer(&mut written, &part).is_ok());
        assert!((usize::MAX - written.allowed).abs_diff(size) < 100_000);
        for length in [0, 1_000_000] {
            let copies = memory::limited(length, 1, || (0..1_000).take_while(|_| copy(&part).is_ok()).count());
            let expected = (8 << 26) / size;
            assert!(copies.abs_diff(expected) <= expected / 10, "{copies}, not {expected}");
        }
        assert!((0..200).all(|_| copy(&part).is_ok()));
    }
}
