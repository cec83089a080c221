// copperplate runtime: copied unchanged into every generated crate.
//! Values as text, the way they stand in paths, queries and headers.

use std::borrow::Cow;

/// A value that a path, a query or a header can carry.
pub trait Text {
    /// The value as text, not yet encoded.
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

macro_rules! printed {
    ($($type:ty),*) => {
        $(impl Text for $type {
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        })*
    };
}

printed!(bool, i32, i64, i128, u64, f32, f64);

/// Percent-encodes the UTF-8 bytes of `value` into `out`: every byte but `A-Z a-z 0-9 - . _ ~`, so that no value can
/// change the structure of a path or a query.
pub(crate) fn percent_encode(value: &str, out: &mut String) {
    percent_encode_except(value, &[], out);
}

/// Percent-encodes, and leaves the ASCII characters `kept` as they are too.
pub(crate) fn percent_encode_except(value: &str, kept: &[u8], out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
    }
}

/// Base64 with padding, as HTTP basic authentication wants it.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let symbol = ALPHABET[(group >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(symbol) } else { '=' });
        }
    }
    out
}
