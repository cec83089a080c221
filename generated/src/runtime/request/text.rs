// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Text`, which converts scalars to strings for paths, queries and headers.

use std::borrow::Cow;

/// A scalar that can be written as a string in a path, a query or a header.
pub trait Text {
    /// Returns the value as a string, without percent-encoding.
    fn text(&self) -> Cow<'_, str>;
}

impl Text for String {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Text for str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

/// Implements [`Text`] for types that implement `Display`.
macro_rules! by_display {
    ($($type:ty),*) => {
        $(impl Text for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        })*
    };
}

by_display!(bool, i32, i64, i128, u64, f32, f64);
