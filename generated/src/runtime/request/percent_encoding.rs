// copperplate runtime: copied into each generated crate that uses it.
//! Percent-encoding of paths and queries (RFC 3986).

/// Appends `value` to `out`, percent-encoded. Only the bytes `A-Z a-z 0-9 - . _ ~` stay as they are, so that no value
/// can end a path segment or a query parameter.
pub(crate) fn percent_encode(value: &str, out: &mut String) {
    // Most values need no encoding.
    match value.bytes().all(is_unreserved) {
        true => out.push_str(value),
        false => percent_encode_except(value, &[], out),
    }
}

/// Works like [`percent_encode`], but also leaves the ASCII characters in `allowed` as they are.
pub(crate) fn percent_encode_except(value: &str, allowed: &[u8], out: &mut String) {
    let mut rest = value;
    while let Some(length) = rest.bytes().position(|byte| !(is_unreserved(byte) || allowed.contains(&byte))) {
        let (literal, tail) = rest.split_at(length);
        out.push_str(literal);
        let letter = tail.chars().next().map_or(0, char::len_utf8);
        tail.as_bytes()[..letter].iter().for_each(|byte| push_encoded(*byte, out));
        rest = &tail[letter..];
    }
    out.push_str(rest);
}

/// Whether each byte stays as it is.
const UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        byte += 1;
    }
    table
};

fn is_unreserved(byte: u8) -> bool {
    UNRESERVED[usize::from(byte)]
}

fn push_encoded(byte: u8, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    out.extend(['%', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
}

/// Works like [`percent_encode`], for any bytes.
pub(crate) fn percent_encode_bytes(value: &[u8], out: &mut String) {
    for byte in value {
        match is_unreserved(*byte) {
            true => out.push(char::from(*byte)),
            false => push_encoded(*byte, out),
        }
    }
}

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
