// copperplate runtime: copied into each generated crate that uses it.
//! Reads files and standard input.

use std::io::Read;

use serde::de::IgnoredAny;

use crate::runtime::cli::failure::Failure;

/// Reads a file, or standard input if `path` is `-`.
pub(super) fn read(path: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let result = match path {
        "-" => std::io::stdin().lock().read_to_end(&mut bytes).map(|_| ()),
        _ => std::fs::read(path).map(|read| bytes = read),
    };
    result.map_err(|error| Failure::Usage(format!("`{path}` cannot be read: {error}")))?;
    Ok(bytes)
}

/// Reads a file with text.
pub(super) fn read_text(path: &str) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|_| Failure::Usage(format!("`{path}` is not UTF-8")))
}

/// Returns the JSON text of a body: `given` if it is JSON, or else the content of the file with this name.
pub(super) fn json(given: &str) -> Result<String, Failure> {
    match serde_json::from_str::<IgnoredAny>(given) {
        Ok(_) => Ok(given.to_owned()),
        // A text that looks like JSON is not the name of a file. The error must not show it, because it can contain secrets.
        Err(error) if given.trim_start().starts_with(['{', '[', '"']) => {
            Err(Failure::Usage(format!("the text of --body is not JSON: {error}")))
        }
        Err(_) => read_text(given),
    }
}
