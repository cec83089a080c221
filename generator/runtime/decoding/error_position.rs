// copperplate runtime: copied unchanged into every generated crate.
//! From the line and column of a decoding error to the JSON Pointer of the value at fault.
//!
//! Decoders that track their path cost every caller something; this looks at the body once more, after it has failed.

/// An object with the name that is being read, or an array with its index.
enum Frame {
    Object(Option<String>),
    Array(usize),
}

/// The pointer of the innermost value that ends at or behind line `line`, column `column` (bytes, both from 1).
pub(crate) fn pointer_at(body: &[u8], line: usize, column: usize) -> String {
    let line_start: usize =
        body.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1)).map(<[u8]>::len).sum();
    let fault = line_start + column;
    let mut stack: Vec<Frame> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        match byte {
            // A value that should have been no object or array is reported before it opens.
            b'{' | b'[' if at >= fault => return pointer(&stack, false),
            b'{' => stack.push(Frame::Object(None)),
            b'[' => stack.push(Frame::Array(0)),
            b'}' | b']' => {
                if at + 1 >= fault {
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
                    _ if end >= fault => return pointer(&stack, false),
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

/// Where the string, number or word that starts at `at` ends.
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

/// The pointer that the stack spells; without the last index where an array itself is meant.
fn pointer(stack: &[Frame], whole_array: bool) -> String {
    let depth = stack.len() - usize::from(whole_array && !stack.is_empty());
    let mut pointer = String::new();
    for frame in &stack[..depth] {
        match frame {
            Frame::Object(Some(name)) => pointer.extend(["/", &name.replace('~', "~0").replace('/', "~1")]),
            Frame::Object(None) => {}
            Frame::Array(index) => pointer.extend(["/", &index.to_string()]),
        }
    }
    pointer
}
