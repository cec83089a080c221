// copperplate runtime: copied unchanged into every generated crate.
//! Multipart bodies, and files: bytes with a content type and perhaps a name.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use crate::runtime::request::text::Text;
use crate::runtime::validation::context::ValidationContext;

/// Bytes with a content type and perhaps a file name: a part of a multipart body, or a body whose type the caller gives.
#[derive(Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct File {
    /// The bytes.
    pub bytes: Bytes,
    /// The file name that is told to the service.
    pub name: Option<String>,
    /// The content type, where it is not the one of the document.
    pub content_type: Option<String>,
}

impl File {
    /// Bytes without a name.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self { bytes: bytes.into(), name: None, content_type: None }
    }

    /// Bytes with a file name.
    pub fn named(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { name: Some(name.into()), ..Self::new(bytes) }
    }

    /// The same with this content type.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("File");
        shown.field("name", &self.name).field("content_type", &self.content_type);
        shown.field("length", &self.bytes.len()).finish()
    }
}

impl<T: Into<Bytes>> From<T> for File {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

/// A multipart body; emitted for each.
pub trait Multipart {
    /// Writes the parts in order.
    fn write_parts(&self, parts: &mut MultipartBuilder<'_>);
}

/// The parts of a body in the making.
#[derive(Debug)]
pub struct MultipartBuilder<'r> {
    at: ValidationContext<'r>,
    disposition: bool,
    /// Headers of the part that comes next.
    headers: Vec<u8>,
    parts: Vec<Part>,
}

#[derive(Debug)]
struct Part {
    head: Vec<u8>,
    content_type: String,
    body: Bytes,
}

impl<'r> MultipartBuilder<'r> {
    /// No parts yet. The parts of `multipart/related` are told apart by their place and have no names.
    pub(crate) fn new(at: ValidationContext<'r>, content_type: &str) -> Self {
        let disposition = !content_type.to_ascii_lowercase().starts_with("multipart/related");
        Self { at, disposition, headers: Vec::new(), parts: Vec::new() }
    }

    /// A header of the part that comes next.
    pub fn header<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for value in values {
            self.header_line(name, name, &value.text());
        }
    }

    /// A part for each file.
    pub fn file<'v>(&mut self, name: &str, content_type: &str, files: impl IntoIterator<Item = &'v File>) {
        for file in files {
            let content_type = file.content_type.as_deref().unwrap_or(content_type);
            self.part(name, file.name.as_deref(), content_type, file.bytes.clone());
        }
        self.headers.clear();
    }

    /// A part for each text. Without a content type it is plain text, which needs none.
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

    /// A part for each value, as JSON.
    pub fn json<'v, T: Serialize + ?Sized + 'v>(
        &mut self,
        name: &str,
        content_type: &str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            match serde_json::to_vec(value) {
                Ok(body) => self.part(name, None, content_type, body.into()),
                Err(error) => self.at.member(name).violated("json", None, Some(error.to_string())),
            }
        }
        self.headers.clear();
    }

    /// One part: its headers and its bytes. The headers before it stay, since each item of a list has them.
    fn part(&mut self, name: &str, file: Option<&str>, content_type: &str, body: Bytes) {
        let given = self.headers.clone();
        self.headers.clear();
        if self.disposition {
            let mut disposition = format!("form-data; name=\"{}\"", quoted(name));
            if let Some(file) = file {
                disposition.push_str(&format!("; filename=\"{}\"", quoted(file)));
            }
            self.header_line(name, "Content-Disposition", &disposition);
        }
        if !content_type.is_empty() {
            self.header_line(name, "Content-Type", content_type);
        }
        let mut head = std::mem::replace(&mut self.headers, given);
        head.extend_from_slice(&self.headers);
        self.parts.push(Part { head, content_type: content_type.to_owned(), body });
    }

    /// A control character would end the header, and the rest of the value would be read as something else: it is refused.
    fn header_line(&mut self, part: &str, name: &str, value: &str) {
        if HeaderValue::from_bytes(value.as_bytes()).is_err() {
            return self.at.member(part).violated("header-value", None, Some(format!("{value:?}")));
        }
        self.headers.extend([name.as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }

    /// The content type with its boundary, and the body.
    pub(crate) fn finish(self, content_type: &str) -> (String, Bytes) {
        let boundary = boundary(&self.parts);
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend(
                [b"--", boundary.as_bytes(), b"\r\n", part.head.as_slice(), b"\r\n", &part.body, b"\r\n"].concat(),
            );
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        // RFC 2387: the type of the root part, which is the first one.
        let root = self.parts.first().filter(|_| !self.disposition).map(|part| part.content_type.as_str());
        let root = root.map(|root| format!("; type=\"{root}\"")).unwrap_or_default();
        let stated: String = content_type.split(';').filter(|part| !is_boundary(part)).collect::<Vec<_>>().join(";");
        (format!("{stated}{root}; boundary={boundary}"), body.into())
    }
}

fn is_boundary(parameter: &str) -> bool {
    parameter.trim_start().get(..9).is_some_and(|name| name.eq_ignore_ascii_case("boundary="))
}

/// A text inside the quotes of `Content-Disposition`, as browsers write it: UTF-8 as it is, and no quote that ends it.
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
}

/// A text that no part contains: a hash of the parts, so that the same body has the same boundary, and another one for as long
/// as some part happens to contain it.
fn boundary(parts: &[Part]) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        bytes.iter().for_each(|byte| hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    };
    parts.iter().for_each(|part| [part.head.as_slice(), &part.body].into_iter().for_each(&mut take));
    loop {
        let boundary = format!("copperplate-{hash:016x}");
        let inside = |bytes: &[u8]| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
        if !parts.iter().any(|part| inside(&part.head) || inside(&part.body)) {
            return boundary;
        }
        hash = hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::{File, MultipartBuilder};
    use crate::runtime::validation::context::{Report, ValidationContext};
    use crate::runtime::validation::violation::Direction;

    fn written(content_type: &str, write: impl Fn(&mut MultipartBuilder<'_>)) -> (String, String, Vec<String>) {
        let report = Report::new(Direction::Request);
        let mut parts = MultipartBuilder::new(ValidationContext::root(&report), content_type);
        write(&mut parts);
        let (content_type, body) = parts.finish(content_type);
        let violations = report.finish().err().map(|found| found.iter().map(ToString::to_string).collect());
        let boundary =
            content_type.rsplit_once("boundary=").map(|(_, boundary)| boundary.to_owned()).expect("a boundary");
        let body = String::from_utf8_lossy(&body).replace(&boundary, "B").replace("\r\n", "\n");
        (content_type.replace(&boundary, "B"), body, violations.unwrap_or_default())
    }

    #[test]
    fn each_part_has_its_headers() {
        let (content_type, body, violations) = written("multipart/form-data; boundary=x", |parts| {
            parts.header("X-Rate", Some(&7));
            parts.file(
                "f",
                "image/png",
                [&File::named("Grün \"1\".png", "a"), &File::new("b").content_type("image/gif")],
            );
            parts.text("naïve \"name\"", "", Some("v\r\nw"));
            parts.json("j", "application/json", [&vec![1, 2]]);
        });
        assert_eq!(violations, [""; 0]);
        assert_eq!(content_type, "multipart/form-data; boundary=B");
        assert_eq!(
            body,
            "--B\nContent-Disposition: form-data; name=\"f\"; filename=\"Grün %221%22.png\"\nContent-Type: image/png\n\
             X-Rate: 7\n\na\n--B\nContent-Disposition: form-data; name=\"f\"\nContent-Type: image/gif\nX-Rate: 7\n\nb\n\
             --B\nContent-Disposition: form-data; name=\"naïve %22name%22\"\n\nv\nw\n--B\n\
             Content-Disposition: form-data; name=\"j\"\nContent-Type: application/json\n\n[1,2]\n--B--\n"
        );
    }

    #[test]
    fn related_parts_have_no_names_and_the_first_gives_the_type() {
        let (content_type, body, _) = written("multipart/related", |parts| {
            parts.json("meta", "application/json", [&1]);
            parts.file("media", "image/png", [&File::new("x")]);
        });
        assert_eq!(content_type, "multipart/related; type=\"application/json\"; boundary=B");
        assert_eq!(body, "--B\nContent-Type: application/json\n\n1\n--B\nContent-Type: image/png\n\nx\n--B--\n");
    }

    #[test]
    fn a_file_name_cannot_begin_another_header() {
        let (_, body, violations) =
            written("multipart/form-data", |parts| parts.file("f", "image/png", [&File::named("a\r\nX-Evil: 1", "")]));
        assert_eq!(
            violations,
            ["body /f: header-value, but it is \"form-data; name=\\\"f\\\"; filename=\\\"a\\r\\nX-Evil: 1\\\"\""]
        );
        assert!(!body.contains("X-Evil"), "{body}");
    }

    #[test]
    fn the_boundary_is_in_no_part_and_the_same_for_the_same_parts() {
        let part =
            |body: &str| super::Part { head: Vec::new(), content_type: String::new(), body: body.to_owned().into() };
        let first = super::boundary(&[part("a")]);
        assert_eq!(first, super::boundary(&[part("a")]));
        assert_ne!(first, super::boundary(&[part("b")]));
        assert_eq!(super::boundary(&[]), "copperplate-cbf29ce484222325");
        assert_ne!(super::boundary(&[part(""), part("")]), super::boundary(&[part("copperplate-cbf29ce484222325")]));
    }
}
