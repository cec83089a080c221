// copperplate runtime: copied into each generated crate that uses it.
//! Converts the line and column of a decoding error to the JSON Pointer of the value.
//!
//! The JSON text is scanned a second time, but only after an error. A decoder that tracks the JSON Pointer would slow
//! down every call.

use crate::runtime::validation::pointer::reference_token;

/// The maximal number of reference tokens in a JSON Pointer. JSON is not decoded beyond this depth, but the members that are
/// ignored can be nested deeper.
const MAX_DEPTH: usize = 128;

/// An object or array that encloses the current position of the scan.
enum Frame {
    /// The name of the current member. `None` if the scan has not reached the name yet.
    Object(Option<String>),
    /// The index of the current item.
    Array(usize),
}

/// Returns the JSON Pointer of the value at which decoding failed. `line` and `column` are those of the error: both
/// count from 1, and `column` counts bytes.
pub(crate) fn pointer_at(body: &[u8], line: usize, column: usize) -> String {
    let line_start: usize =
        body.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let error_offset = line_start + column;
    let mut stack: Vec<Frame> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        match byte {
            // `serde_json` reports an unexpected object or array at the position before its opening bracket.
            b'{' | b'[' if at >= error_offset => return pointer(&stack, false),
            b'{' => stack.push(Frame::Object(None)),
            b'[' => stack.push(Frame::Array(0)),
            b'}' | b']' => {
                if at + 1 >= error_offset {
                    if let Some(Frame::Object(name)) = stack.last_mut() {
                        *name = None;
                    }
                    return pointer(&stack, byte == b']');
                }
                stack.pop();
            }
            b',' => match stack.last_mut() {
                Some(Frame::Object(name)) => *name = None,
                Some(Frame::Array(index)) => *index += 1,
                None => {}
            },
            b':' | b' ' | b'\t' | b'\r' | b'\n' => {}
            _ => {
                let end = token_end(body, at);
                match stack.last_mut() {
                    Some(Frame::Object(name @ None)) => *name = serde_json::from_slice(&body[at..end]).ok(),
                    _ if end >= error_offset => return pointer(&stack, false),
                    _ => {}
                }
                at = end;
                continue;
            }
        }
        at += 1;
    }
    pointer(&stack, false)
}

/// Returns the index after the last byte of the string, number or literal that starts at `at`.
fn token_end(body: &[u8], at: usize) -> usize {
    if body[at] != b'"' {
        let length = body[at..].iter().take_while(|byte| !b",:]} \t\r\n".contains(byte)).count();
        return at + length.max(1);
    }
    let mut escaped = false;
    for (length, &byte) in body[at + 1..].iter().enumerate() {
        match byte {
            b'"' if !escaped => return at + length + 2,
            b'\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    body.len()
}

/// Returns the JSON Pointer of the value that the scan has reached. `stack` has the objects and arrays that enclose
/// this value, from the outermost to the innermost. If `whole_array` is true, returns the JSON Pointer of the
/// array at the end of `stack`.
fn pointer(stack: &[Frame], whole_array: bool) -> String {
    let depth = (stack.len() - usize::from(whole_array && !stack.is_empty())).min(MAX_DEPTH);
    let mut pointer = String::new();
    for frame in &stack[..depth] {
        match frame {
            Frame::Object(Some(name)) => pointer.extend(["/", &reference_token(name)]),
            Frame::Object(None) => {}
            Frame::Array(index) => pointer.extend(["/", &index.to_string()]),
        }
    }
    pointer
}
