// copperplate runtime: copied into each generated crate that uses it.
//! Percent-encoding of paths and queries (RFC 3986).

/// Appends `value` to `out`, percent-encoded. Only the bytes `A-Z a-z 0-9 - . _ ~` stay as they are, so that no value
/// can end a path segment or a query parameter.
pub(crate) fn percent_encode(value: &str, out: &mut String) {
    percent_encode_except(value, &[], out);
}

/// Works like [`percent_encode`], but also leaves the ASCII characters in `allowed` as they are.
pub(crate) fn percent_encode_except(value: &str, allowed: &[u8], out: &mut String) {
    value.bytes().for_each(|byte| encode(byte, allowed, out));
}

fn encode(byte: u8, allowed: &[u8], out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || allowed.contains(&byte) {
        out.push(char::from(byte));
    } else {
        out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
    }
}

// part: signing
/// Works like [`percent_encode`], for any bytes.
pub(crate) fn percent_encode_bytes(value: &[u8], out: &mut String) {
    value.iter().for_each(|byte| encode(*byte, &[], out));
}
// end of part

// part: percent_decoding
/// Replaces each `%` and its two hexadecimal digits by the byte that they encode. A `%` without two digits stays.
pub(crate) fn percent_decode(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes();
    let mut decoded = Vec::with_capacity(rest.len());
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).filter(|digits| *first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let byte = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = byte.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    decoded
}
// end of part
