// copperplate runtime: copied into each generated crate that uses it.
//! Builds multipart bodies, such as `multipart/form-data` and `multipart/related`.

use std::fmt;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};
use std::sync::OnceLock;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;
use serde_json::Value as Json;

use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::file::File;
use crate::runtime::request::json_text::text;
use crate::runtime::request::text::Text;
use crate::runtime::response::media_type::{essence, is_media_type};
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::fingerprint::first_non_finite;

impl RequestBuilder<'_> {
    /// Sets a multipart body. The content type is `content_type` with a boundary.
    pub fn multipart<T: Multipart + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        if self.is_for_printing {
            return;
        }
        let mut parts = MultipartBuilder::new(self.context(), content_type);
        value.write_parts(&mut parts);
        let (content_type, body) = parts.finish(content_type);
        self.body = body;
        self.content_type(&content_type);
    }
}

/// A value that is sent as a multipart body. Generated code implements this trait for the type of each multipart body.
pub trait Multipart {
    /// Writes the parts of the body, in order.
    fn write_parts(&self, parts: &mut MultipartBuilder<'_>);
}

/// Builds a multipart body, part by part.
pub struct MultipartBuilder<'r> {
    at: ValidationContext<'r>,
    /// Whether each part has the header `Content-Disposition`, which contains the name of the part.
    has_disposition: bool,
    /// The header lines of the next part.
    headers: Vec<u8>,
    parts: Vec<Part>,
}

/// Prints only the number of parts, because the content of a part can be a secret.
impl fmt::Debug for MultipartBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MultipartBuilder").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

struct Part {
    head: Vec<u8>,
    content_type: String,
    body: Bytes,
}

impl<'r> MultipartBuilder<'r> {
    /// Creates a builder without parts. A part of `multipart/related` has no name, because its position identifies the
    /// part.
    pub(crate) fn new(at: ValidationContext<'r>, content_type: &str) -> Self {
        let has_disposition = !content_type.to_ascii_lowercase().starts_with("multipart/related");
        Self { at, has_disposition, headers: Vec::new(), parts: Vec::new() }
    }

    /// Adds a header to the next part.
    pub fn header<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for value in values {
            // A violation must not show the value, because the header of a part can be a secret.
            let body = self.at;
            self.header_line(name, &value.text(), body.member(name).secret());
        }
    }

    /// Adds a part for each file. A file without a content type is sent with `content_type`. A file without a name is
    /// sent with the name of the part as its file name: without a file name, most services do not recognize a file.
    pub fn file<'v>(&mut self, name: &str, content_type: &str, files: impl IntoIterator<Item = &'v File>) {
        for file in files {
            let content_type = file.content_type.as_deref().unwrap_or(content_type);
            let default = if name.is_empty() { "file" } else { name };
            let file_name = file.name.as_deref().or(Some(default).filter(|_| !file.is_text));
            self.part(name, file_name, content_type, file.bytes.clone());
        }
        self.headers.clear();
    }

    /// Adds a part for each string. If `content_type` is empty, the part has no header `Content-Type`. Its content type
    /// is then `text/plain`.
    pub fn text<'v, T: Text + ?Sized + 'v>(
        &mut self,
        name: &str,
        content_type: &str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            self.part(name, None, content_type, Bytes::from(value.text().into_owned()));
        }
        self.headers.clear();
    }

    /// Adds a part for each value. The body of the part is the JSON of the value.
    pub fn json<'v, T: Serialize + ?Sized + 'v>(
        &mut self,
        name: &str,
        content_type: &str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            match serde_json::to_vec(value) {
                Ok(body) => self.part(name, None, content_type, body.into()),
                Err(error) => {
                    self.at.member(name).report_violation("json", None, Some(format!("not JSON: {error}")));
                }
            }
        }
        self.headers.clear();
    }

    /// Adds a part for a scalar: its text without quotes. Adds a part for an object: its JSON. Adds a part for each item of
    /// an array: the text of a scalar, and the JSON of an array or object. Adds nothing for null.
    ///
    /// If `content_type` is empty, a part with JSON is sent as `application/json`, and a part with text has no header
    /// `Content-Type`.
    pub fn scalar_or_json<'v, T: Serialize + ?Sized + 'v>(
        &mut self,
        name: &str,
        content_type: &str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            let body = self.at;
            let at = body.member(name);
            if let Some((pointer, number)) = first_non_finite(value) {
                at.descendant(&pointer).report_violation("json", None, Some(number));
                continue;
            }
            match serde_json::to_value(value) {
                Ok(Json::Array(items)) => {
                    for (index, item) in items.iter().enumerate() {
                        if item.is_null() {
                            at.item(index).report_violation("null", None, None);
                        }
                        self.scalar_or_json_part(name, content_type, item);
                    }
                }
                Ok(value) => self.scalar_or_json_part(name, content_type, &value),
                Err(error) => at.report_violation("json", None, Some(format!("not JSON: {error}"))),
            }
        }
        self.headers.clear();
    }

    fn scalar_or_json_part(&mut self, name: &str, content_type: &str, value: &Json) {
        let content_type = match value {
            Json::Array(_) | Json::Object(_) if content_type.is_empty() => "application/json",
            _ => content_type,
        };
        if let Some(text) = text(value) {
            self.part(name, None, content_type, Bytes::from(text));
        }
    }

    /// Adds a part with the header lines in `self.headers`. Keeps these lines for the next part, because each item of
    /// an array is a part with the same headers.
    fn part(&mut self, name: &str, file: Option<&str>, content_type: &str, body: Bytes) {
        let body_context = self.at;
        let at = body_context.member(name);
        let own_headers = self.headers.clone();
        self.headers.clear();
        if self.has_disposition {
            let mut disposition = format!("form-data; name=\"{}\"", quoted(name));
            if let Some(file) = file {
                disposition.push_str(&format!("; filename=\"{}\"", quoted(file)));
            }
            self.header_line("Content-Disposition", &disposition, at);
        }
        if is_media_type(content_type) {
            self.header_line("Content-Type", content_type, at);
        } else if !content_type.is_empty() {
            at.report_violation("media-type", None, at.actual_text(content_type));
        }
        let mut head = std::mem::replace(&mut self.headers, own_headers);
        head.extend_from_slice(&self.headers);
        self.parts.push(Part { head, content_type: content_type.to_owned(), body });
    }

    /// Adds a header line to the next part. A control character is a violation, because it could end the header and
    /// start a second one.
    fn header_line(&mut self, name: &str, value: &str, at: ValidationContext<'_>) {
        if HeaderValue::from_bytes(value.as_bytes()).is_err() {
            return at.report_violation("header-value", None, at.actual_text(value));
        }
        self.headers.extend([name.as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }

    /// Ends the body. Returns `(content type, body)`. The content type contains the boundary.
    pub(crate) fn finish(self, content_type: &str) -> (String, Bytes) {
        let boundary = boundary(&self.parts, keys());
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend(
                [b"--", boundary.as_bytes(), b"\r\n", part.head.as_slice(), b"\r\n", &part.body, b"\r\n"].concat(),
            );
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        // RFC 2387: `type` is the media type of the root part, without parameters. The first part is the root part.
        let root = self.parts.first().filter(|_| !self.has_disposition).map(|part| part.content_type.as_str());
        let root = root.filter(|root| is_media_type(root)).map(|root| format!("; type=\"{}\"", essence(root)));
        let root = root.unwrap_or_default();
        let media_type: String =
            content_type.split(';').filter(|part| !is_boundary(part)).collect::<Vec<_>>().join(";");
        (format!("{media_type}{root}; boundary={boundary}"), body.into())
    }
}

fn is_boundary(parameter: &str) -> bool {
    parameter.trim_start().get(..9).is_some_and(|name| name.eq_ignore_ascii_case("boundary="))
}

/// Escapes a quoted parameter of `Content-Disposition`. As in browsers, `"` becomes `%22`, and most other characters are
/// sent as UTF-8. In contrast to browsers, `\` becomes `%5C`: many servers read `\"` as a quote inside of the parameter, so that a
/// name that ends in `\` could continue in the next parameter.
fn quoted(text: &str) -> String {
    text.replace('"', "%22").replace('\\', "%5C")
}

/// Returns the keys of the hashes in boundaries. They are random, so that nobody can write a file that contains its own
/// boundary. The keys stay the same while the program runs, so that equal bodies have equal boundaries.
fn keys() -> &'static RandomState {
    static KEYS: OnceLock<RandomState> = OnceLock::new();
    KEYS.get_or_init(RandomState::new)
}

/// Returns a boundary that no part contains. The boundary is a keyed hash of the parts. If a part contains the boundary,
/// another hash is tried.
fn boundary(parts: &[Part], keys: &impl BuildHasher) -> String {
    let mut hasher = keys.build_hasher();
    parts.iter().for_each(|part| (part.head.as_slice(), &*part.body).hash(&mut hasher));
    let mut hash = hasher.finish();
    loop {
        let boundary = format!("copperplate-{hash:016x}");
        let contains = |bytes: &[u8]| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !parts.iter().any(|part| contains(&part.head) || contains(&part.body)) {
            return boundary;
        }
        hash = keys.hash_one(hash);
    }
}

#[cfg(test)]
mod tests {
    use std::hash::{BuildHasherDefault, Hasher, RandomState};

    use super::{File, MultipartBuilder, Part, boundary, keys};
    use crate::runtime::validation::context::ValidationContext;
    use crate::runtime::validation::report::Report;
    use crate::runtime::validation::violation::Direction;

    fn build(content_type: &str, write: impl Fn(&mut MultipartBuilder<'_>)) -> (String, String, Vec<String>) {
        let report = Report::new(Direction::Request);
        let mut parts = MultipartBuilder::new(ValidationContext::root(&report), content_type);
        write(&mut parts);
        let (content_type, body) = parts.finish(content_type);
        let violations = report.finish().err().map(|found| found.iter().map(ToString::to_string).collect());
        let boundary = content_type
            .rsplit_once("boundary=")
            .map(|(_, boundary)| boundary.to_owned())
            .expect("the content type has a boundary");
        let body = String::from_utf8_lossy(&body).replace(&boundary, "B").replace("\r\n", "\n");
        (content_type.replace(&boundary, "B"), body, violations.unwrap_or_default())
    }

    #[test]
    fn each_part_has_its_own_headers() {
        let (content_type, body, violations) = build("multipart/form-data; boundary=x", |parts| {
            parts.header("X-Rate", Some(&7));
            parts.file(
                "f",
                "image/png",
                [
                    &File::new("a").file_name("Grün \"1\".png"),
                    &File::new("b").file_name("x\\").content_type("image/gif"),
                ],
            );
            parts.text("naïve \"name\"", "", Some("v\r\nw"));
            parts.json("j", "application/json", [&vec![1, 2]]);
        });
        assert_eq!(violations, [""; 0]);
        assert_eq!(content_type, "multipart/form-data; boundary=B");
        assert_eq!(
            body,
            "--B\nContent-Disposition: form-data; name=\"f\"; filename=\"Grün %221%22.png\"\nContent-Type: image/png\n\
             X-Rate: 7\n\na\n--B\nContent-Disposition: form-data; name=\"f\"; filename=\"x%5C\"\nContent-Type: image/gif\nX-Rate: 7\n\nb\n\
             --B\nContent-Disposition: form-data; name=\"naïve %22name%22\"\n\nv\nw\n--B\n\
             Content-Disposition: form-data; name=\"j\"\nContent-Type: application/json\n\n[1,2]\n--B--\n"
        );
    }

    #[test]
    fn a_text_has_no_file_name() {
        let (_, body, _) = build("multipart/form-data", |parts| {
            parts.file("a", "image/png", [&File::text("t"), &File::new("u").file_name("n")]);
            parts.file("", "image/png", [&File::new("v")]);
        });
        let dispositions: Vec<_> = body.lines().filter(|line| line.starts_with("Content-Disposition")).collect();
        let names = ["name=\"a\"", "name=\"a\"; filename=\"n\"", "name=\"\"; filename=\"file\""];
        assert_eq!(dispositions, names.map(|names| format!("Content-Disposition: form-data; {names}")));
    }

    #[test]
    fn related_parts_have_no_names_and_the_first_one_determines_the_type() {
        let (content_type, body, _) = build("multipart/related", |parts| {
            parts.json("meta", "application/json", [&1]);
            parts.file("media", "image/png", [&File::new("x")]);
        });
        assert_eq!(content_type, "multipart/related; type=\"application/json\"; boundary=B");
        assert_eq!(body, "--B\nContent-Type: application/json\n\n1\n--B\nContent-Type: image/png\n\nx\n--B--\n");
    }

    #[test]
    fn a_file_name_cannot_start_another_header() {
        let (_, body, violations) = build("multipart/form-data", |parts| {
            parts.file("f", "image/png", [&File::new("").file_name("a\r\nX-Evil: 1")])
        });
        assert_eq!(
            violations,
            [
                "body /f: header-value, but \"form-data; name=\\\"f\\\"; filename=\\\"a\\r\\nX-Evil: 1\\\"\" cannot be sent in a header"
            ]
        );
        assert!(!body.contains("X-Evil"), "{body}");
    }

    #[test]
    fn a_content_type_that_does_not_parse_is_rejected() {
        let evil = File::new("x").content_type("a/b\"; boundary=\"evil");
        let (content_type, body, violations) =
            build("multipart/related", |parts| parts.file("f", "image/png", [&evil]));
        assert_eq!(violations, ["body /f: media-type, but \"a/b\\\"; boundary=\\\"evil\" is not a media type"]);
        assert_eq!((content_type.contains("evil"), body.contains("evil")), (false, false), "{content_type}\n{body}");
        let quoted = File::new("x").content_type("a/b; c=\"d\"");
        let (content_type, _, violations) = build("multipart/related", |parts| parts.file("f", "image/png", [&quoted]));
        assert_eq!((content_type.as_str(), violations.len()), ("multipart/related; type=\"a/b\"; boundary=B", 0));
    }

    #[test]
    fn equal_parts_have_equal_boundaries_and_nobody_can_predict_them() {
        let part = |body: &str| Part { head: Vec::new(), content_type: String::new(), body: body.to_owned().into() };
        let first = boundary(&[part("a")], keys());
        assert_eq!(first, boundary(&[part("a")], keys()));
        assert_ne!(first, boundary(&[part("b")], keys()));
        assert_ne!(first, boundary(&[part("a")], &RandomState::new()));
    }

    /// A hasher without a key. The hash of a number is the next number, and the hash of anything else is 0.
    #[derive(Default)]
    struct Predictable(u64);

    impl Hasher for Predictable {
        fn finish(&self) -> u64 {
            self.0
        }

        fn write(&mut self, _: &[u8]) {}

        fn write_u64(&mut self, number: u64) {
            self.0 = number + 1;
        }
    }

    #[test]
    fn no_part_contains_the_boundary() {
        let body = "copperplate-0000000000000000 copperplate-0000000000000001".to_owned().into();
        let part = Part { head: Vec::new(), content_type: String::new(), body };
        let keys = BuildHasherDefault::<Predictable>::default();
        assert_eq!(boundary(&[part], &keys), "copperplate-0000000000000002");
    }
}
