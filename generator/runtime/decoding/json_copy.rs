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
    if let Some(allowed) = memory::allowed_for_a_copy() {
        let mut size = SizeOfCopy { allowed };
        if serde_json::to_writer(&mut size, value).is_err_and(|error| error.is_io()) {
            return Err(CopyError::Excess);
        }
    }
    serde_json::to_value(value).map_err(CopyError::Unrepresentable)
}

/// Counts the memory that the copy of a JSON text takes. The text is not kept.
struct SizeOfCopy {
    /// The memory that the copy may still take, in bytes.
    allowed: usize,
}

impl Write for SizeOfCopy {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let size = |byte: &u8| match byte {
            // A node of a map has room for eleven members.
            b'{' => 640,
            b'[' => 128,
            b',' => 96,
            b':' => 40,
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
        assert!(matches!(memory::limited(1_000, || copy(&list)), Err(CopyError::Excess)));
        assert_eq!(
            memory::limited(1_000, || copy(&list[..9]).ok()),
            Some(Value::from(vec![Value::Array(Vec::new()); 9]))
        );
        assert!(copy(&list).is_ok());
        let without_names = std::collections::BTreeMap::from([((), 1)]);
        assert!(matches!(copy(&without_names), Err(CopyError::Unrepresentable(_))));
    }
}
