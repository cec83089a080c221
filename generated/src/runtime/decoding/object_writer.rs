// copperplate runtime: copied into each generated crate that uses it.
//! Serializes an object, member by member.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Serializes a JSON object, member by member.
///
/// The first error is kept, and [`ObjectWriter::end`] returns the error. If each member returned its own error,
/// generated code would take much longer to compile.
pub struct ObjectWriter<M: SerializeMap>(Result<M, M::Error>);

impl<M: SerializeMap> ObjectWriter<M> {
    /// Begins a JSON object.
    pub fn begin<S>(serializer: S) -> Self
    where
        S: Serializer<SerializeMap = M, Ok = M::Ok, Error = M::Error>,
    {
        Self(serializer.serialize_map(None))
    }

    /// Writes a required member.
    pub fn required<T: Serialize>(&mut self, name: &str, value: &T) {
        if let Ok(object) = &mut self.0
            && let Err(error) = object.serialize_entry(name, value)
        {
            self.0 = Err(error);
        }
    }

    /// Writes an optional member. Writes nothing if `value` is `None`.
    pub fn optional<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes an optional member that may be null. For `None`, nothing is written. For `Some(None)`, null is written.
    pub fn nullable<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes an optional member whose null is treated as absence. Writes nothing if `value` is `None`.
    pub fn null_or_absent<T: Serialize>(&mut self, name: &str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Ends the JSON object.
    ///
    /// # Errors
    /// Returns the first error that the serializer has returned since the object began.
    pub fn end(self) -> Result<M::Ok, M::Error> {
        self.0?.end()
    }
}
