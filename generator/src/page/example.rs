//! Reads examples of requests and responses: a request line, a `curl` command, headers, a JSON body.

use serde_json::Value;

use crate::page::uri;

/// An example in code.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Example {
    /// The method, with its line.
    pub(super) method: Option<(String, usize)>,
    /// The URL, with its line.
    pub(super) url: Option<(String, usize)>,
    /// The headers, each with its line.
    pub(super) headers: Vec<(String, String, usize)>,
    /// The body, with its first line.
    pub(super) body: Option<(Value, usize)>,
    /// Whether the code has the start of a body that is not JSON.
    pub(super) has_unread_body: bool,
}

/// Reads the lines of an example.
pub(super) fn read(lines: &[(usize, String)]) -> Example {
    let first = lines.iter().find(|(_, text)| !text.trim().is_empty());
    let Some((first_line, first)) = first else { return Example::default() };
    if first.trim_start().starts_with("curl ") {
        return curl(lines, *first_line);
    }
    let mut example = Example::default();
    let mut rest = lines;
    let mut inline = String::new();
    if let Some(request) = request_line(first) {
        example.method = request.method.map(|method| (method, *first_line));
        example.url = Some((request.url, *first_line));
        inline = request.rest;
        let skipped = lines.iter().position(|(line, _)| line == first_line).unwrap_or_default();
        rest = lines.get(skipped + 1..).unwrap_or_default();
    }
    if !inline.trim().is_empty() {
        example.body = json(&inline).map(|value| (value, *first_line));
        example.has_unread_body = example.body.is_none() && inline.contains(['{', '[']);
        return example;
    }
    let start = rest.iter().position(|(_, text)| text.trim_start().starts_with(['{', '[']));
    let (before, after) = rest.split_at(start.unwrap_or(rest.len()));
    example.headers = before.iter().filter_map(|(line, text)| header(text, *line)).collect();
    if let Some((line, _)) = after.first() {
        let text: Vec<&str> = after.iter().map(|(_, text)| text.as_str()).collect();
        example.body = json(&text.join("\n")).map(|value| (value, *line));
        example.has_unread_body = example.body.is_none();
    }
    example
}

/// A request line: `DELETE https://{endpoint}/v1/items`.
struct RequestLine {
    method: Option<String>,
    url: String,
    rest: String,
}

/// Returns whether a line begins a request: it is a request line, or a `curl` command.
pub(super) fn is_start(line: &str) -> bool {
    line.trim_start().starts_with("curl ") || request_line(line).is_some()
}

fn request_line(line: &str) -> Option<RequestLine> {
    let line = line.trim();
    let (method, after) = match uri::leading_method(line) {
        Some((method, after)) => (Some(method.to_owned()), after),
        None => (None, line),
    };
    let after = after.trim_start();
    let is_url = after.starts_with("http://") || after.starts_with("https://");
    let is_path = method.is_some() && after.starts_with(['/', '{']);
    if !is_url && !is_path {
        return None;
    }
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    let rest = after[end..].trim().trim_start_matches("HTTP/1.1").to_owned();
    Some(RequestLine { method, url: after[..end].to_owned(), rest })
}

fn header(text: &str, line: usize) -> Option<(String, String, usize)> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim();
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_name.then(|| (name.to_owned(), value.trim().to_owned(), line))
}

/// Reads the first JSON value of a text.
fn json(text: &str) -> Option<Value> {
    let text = text.trim_start();
    // A value that is nested more deeply than 128 levels is refused by the parser.
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let value = values.next()?.ok()?;
    matches!(value, Value::Object(_) | Value::Array(_)).then_some(value)
}

/// Reads a `curl` command.
fn curl(lines: &[(usize, String)], first_line: usize) -> Example {
    let words = shell_words(lines);
    let mut example = Example { method: None, ..Example::default() };
    let mut words = words.into_iter().skip(1);
    while let Some((word, line)) = words.next() {
        match word.as_str() {
            "-X" | "--request" => {
                example.method = words.find(|(word, _)| !word.trim().is_empty());
            }
            "-H" | "--header" => {
                let header = words.next().and_then(|(word, line)| header(&word, line));
                example.headers.extend(header);
            }
            "-d" | "--data" | "--data-binary" => {
                let data = words.next();
                example.body = data.as_ref().and_then(|(word, line)| Some((json(word)?, *line)));
                let is_json = data.is_some_and(|(word, _)| word.trim_start().starts_with(['{', '[']));
                example.has_unread_body = example.body.is_none() && is_json;
            }
            _ if word.starts_with("http") || word.starts_with('{') => example.url = Some((word, line)),
            _ => {}
        }
    }
    if example.method.is_none() && example.url.is_some() {
        example.method = Some(("GET".to_owned(), first_line));
    }
    example
}

/// Splits a command into words, as a shell does. A backslash at the end of a line joins it with the next line.
fn shell_words(lines: &[(usize, String)]) -> Vec<(String, usize)> {
    let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
    let (mut start, mut has_word) = (0, false);
    for (line, text) in lines {
        let joins = text.trim_end().ends_with('\\');
        let text = text.trim_end().trim_end_matches('\\');
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if word.is_empty() && !has_word {
                start = *line;
            }
            match (letter, quote) {
                ('\\', Some('"') | None) => word.extend(letters.next()),
                ('"' | '\'', None) => (quote, has_word) = (Some(letter), true),
                (_, Some(open)) if letter == open => quote = None,
                (' ' | '\t', None) => {
                    if has_word || !word.is_empty() {
                        words.push((std::mem::take(&mut word), start));
                    }
                    has_word = false;
                }
                _ => word.push(letter),
            }
        }
        if !joins {
            match quote {
                Some(_) => word.push('\n'),
                None if has_word || !word.is_empty() => {
                    words.push((std::mem::take(&mut word), start));
                    has_word = false;
                }
                None => {}
            }
        }
    }
    if !word.is_empty() {
        words.push((word, start));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(usize, String)> {
        text.lines().enumerate().map(|(index, line)| (index + 1, line.to_owned())).collect()
    }

    #[test]
    fn requests_are_read_in_every_form() {
        let example = read(&lines("POST https://{endpoint}/v1/wheels { \"size\": 3 }"));
        assert_eq!(example.url, Some(("https://{endpoint}/v1/wheels".to_owned(), 1)));
        assert_eq!(example.body, Some((serde_json::json!({"size": 3}), 1)));
        let example = read(&lines("PUT /v1/wheels\nX-Mode: fast\n\n{\n \"size\": 3\n}"));
        assert_eq!((example.headers.len(), example.body.map(|(_, line)| line)), (1, Some(4)));
        let example = read(&lines("curl \"https://a.example/\\\n$x/_Y('z')\" -X DELETE -i \\\n-H 'Accept: a/b'"));
        assert_eq!(example.url, Some(("https://a.example/$x/_Y('z')".to_owned(), 1)));
        assert_eq!((example.method, example.headers.len()), (Some(("DELETE".to_owned(), 2)), 1));
        assert!(read(&lines("{\n \"size\": ...\n}")).has_unread_body);
    }
}
