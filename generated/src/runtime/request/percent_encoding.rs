// copperplate runtime: copied into each generated crate that uses it.
//! Percent-encoding of paths and queries (RFC 3986).

/// Appends `value` to `out`, percent-encoded. Only the bytes `A-Z a-z 0-9 - . _ ~` stay as they are, so that no value
/// can end a path segment or a query parameter.
pub(crate) fn percent_encode(value: &str, out: &mut String) {
    percent_encode_except(value, &[], out);
}

/// Works like [`percent_encode`], but also leaves the ASCII characters in `allowed` as they are.
pub(crate) fn percent_encode_except(value: &str, allowed: &[u8], out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || allowed.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
        }
    }
}
