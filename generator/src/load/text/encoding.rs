//! Decodes files, which must be UTF-8 with or without a byte order mark.

use crate::finding::{Code, Finding, Findings};

/// A file that is not UTF-8.
#[derive(Debug)]
pub struct EncodingError {
    /// The finding about the encoding.
    pub finding: Finding,
    /// The decoded text of the file, with a replacement character for each invalid byte. The finding shows an excerpt of this
    /// text.
    pub text: String,
}

/// Decodes the content of a file as UTF-8. `file` is the name of the file in findings.
///
/// # Errors
/// Returns an error if the file is not UTF-8.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Box<EncodingError>> {
    if let Some((name, text)) = utf_16(&bytes) {
        let message = format!("The file is encoded in {name}, but must be UTF-8.");
        return Err(encoding_error(file, 0..0, message, text));
    }
    String::from_utf8(bytes).map_err(|error| {
        let start = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let text = String::from_utf8_lossy(bytes).into_owned();
        let byte = bytes.get(start).copied().unwrap_or_default();
        let message = match char::from(byte) {
            letter if letter.is_alphanumeric() => {
                format!("The byte 0x{byte:02X} is not valid UTF-8. In Latin-1 it is `{letter}`.")
            }
            _ => format!("The byte 0x{byte:02X} is not valid UTF-8."),
        };
        encoding_error(file, start..start + char::REPLACEMENT_CHARACTER.len_utf8(), message, text)
    })
}

fn encoding_error(file: &str, bytes: std::ops::Range<usize>, message: String, text: String) -> Box<EncodingError> {
    let mut findings = Findings::new(file);
    findings.add_at_bytes(Code::Encoding, bytes, message, "Save the file as UTF-8.");
    let finding = findings.into_vec().swap_remove(0);
    Box::new(EncodingError { finding, text })
}

/// If the file is UTF-16, returns the name of the encoding and the decoded text. A UTF-16 file begins with a byte order mark, or
/// with an ASCII character in two bytes.
fn utf_16(bytes: &[u8]) -> Option<(&'static str, String)> {
    let (name, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xFF, 0xFE, ..] | [1..=0xFF, 0, ..] => ("UTF-16 (little-endian)", u16::from_le_bytes),
        [0xFE, 0xFF, ..] | [0, 1..=0xFF, ..] => ("UTF-16 (big-endian)", u16::from_be_bytes),
        _ => return None,
    };
    let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
    Some((name, char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Focus;

    fn error_of(bytes: &[u8]) -> Option<(String, Focus, String)> {
        let error = decode("test.yaml", bytes.to_vec()).err()?;
        Some((error.finding.message, error.finding.focus, error.text))
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_byte_order_mark() {
        assert_eq!(error_of("ä: b".as_bytes()), None);
        assert_eq!(error_of(b"\xEF\xBB\xBFa: b"), None);
        assert_eq!(error_of(b""), None);
    }

    #[test]
    fn other_encodings_are_reported() {
        let (message, focus, text) = error_of(b"a: \xFC\n").expect("a finding");
        assert_eq!(message, "The byte 0xFC is not valid UTF-8. In Latin-1 it is `ü`.");
        assert_eq!((focus, text.as_str()), (Focus::Bytes(3..6), "a: \u{fffd}\n"));
        for bytes in [&b"\xFF\xFEa\0:\0"[..], b"\xFE\xFF\0a\0:", b"a\0:\0", b"\0a\0:"] {
            let (message, focus, text) = error_of(bytes).expect("a finding");
            assert!(message.contains("UTF-16") && text.ends_with("a:"), "{message} {text}");
            assert_eq!(focus, Focus::Bytes(0..0));
        }
    }
}
