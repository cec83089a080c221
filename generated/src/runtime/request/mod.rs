// copperplate runtime: copied unchanged into every generated crate.
//! Building a request: a template and its values become a target that cannot mean anything else.

pub mod form;
pub mod multipart;
pub mod style;
pub mod text;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};
use serde::Serialize;
use serde_json::Value as Json;

use crate::runtime::request::form::{Encoding, form};
use crate::runtime::request::multipart::{File, Multipart, MultipartBuilder};
use crate::runtime::request::style::Style;
use crate::runtime::request::text::{Text, percent_encode};
use crate::runtime::response::media_type::fits;
use crate::runtime::validation::context::{Report, ValidationContext};
use crate::runtime::validation::fingerprint::unwritable;

/// A request in the making. What would make it another request than the caller means is reported, not sent.
#[derive(Debug)]
pub struct RequestBuilder<'r> {
    report: &'r Report,
    /// The names of parameters that are secrets.
    secrets: Vec<&'static str>,
    path: String,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Bytes,
}

/// A value for one `{name}` of a path template.
#[derive(Debug, Clone)]
pub struct PathValue<'a>(Filling<'a>);

#[derive(Debug, Clone)]
enum Filling<'a> {
    Text(Cow<'a, str>),
    Styled(Style, Json),
    /// It is not JSON, and this is why.
    Unwritable(String),
}

impl<'a> PathValue<'a> {
    /// The value as it is.
    pub fn simple<T: Text + ?Sized>(value: &'a T) -> Self {
        Self(Filling::Text(value.text()))
    }

    /// The value in this style.
    pub fn styled<T: Serialize + ?Sized>(style: Style, value: &'a T) -> Self {
        Self(match serde_json::to_value(value) {
            Ok(value) => Filling::Styled(style, value),
            Err(error) => Filling::Unwritable(error.to_string()),
        })
    }

    /// The inside of an OData string literal: each `'` is doubled, so that no value can end the literal.
    pub fn odata_literal<T: Text + ?Sized>(value: &'a T) -> Self {
        let text = value.text();
        Self(Filling::Text(if text.contains('\'') { Cow::Owned(text.replace('\'', "''")) } else { text }))
    }
}

impl<'r> RequestBuilder<'r> {
    pub(crate) fn new(report: &'r Report) -> Self {
        Self {
            report,
            secrets: Vec::new(),
            path: String::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Bytes::new(),
        }
    }

    /// The place of the request as a whole, for reporting.
    pub fn at(&self) -> ValidationContext<'r> {
        ValidationContext::root(self.report)
    }

    /// What is sent under `name` is never shown in a violation, and a header of that name is marked as sensitive.
    pub fn mark_secret(&mut self, name: &'static str) {
        self.secrets.push(name);
    }

    fn marked<'a>(&self, name: &str, at: ValidationContext<'a>) -> ValidationContext<'a> {
        if self.secrets.contains(&name) { at.secret() } else { at }
    }

    /// Fills a path template with percent-encoded values, in the order of its `{names}`.
    ///
    /// URL parsers drop a segment that is empty, `.` or `..`, and the request would reach another resource. So no value may
    /// be empty, and none may make a whole segment `.` or `..`.
    pub fn path(&mut self, template: &str, values: &[PathValue<'_>]) {
        let mut values = values.iter();
        let end_of_path = template.find('?').unwrap_or(template.len());
        let (path, query) = template.split_at(end_of_path);
        for segment in path.split_inclusive('/') {
            let start = self.path.len();
            let last_name = self.fill(segment, &mut values);
            let whole = self.path[start..].trim_end_matches('/');
            if let (Some(name), "." | "..") = (last_name, whole) {
                self.at().path(name).violated("dot-segment", None, Some(format!("{whole:?}")));
            }
        }
        self.fill(query, &mut values);
    }

    /// Fills a part of a template; answers the last name in it.
    fn fill<'t, 'v>(&mut self, part: &'t str, values: &mut impl Iterator<Item = &'v PathValue<'v>>) -> Option<&'t str> {
        let mut last_name = None;
        let mut rest = part;
        while let Some((literal, name, tail)) = next_expression(rest) {
            self.path.push_str(literal);
            let whole = self.at();
            let (at, start) = (self.marked(name, whole.path(name)), self.path.len());
            match values.next().map(|value| &value.0) {
                Some(Filling::Text(text)) => percent_encode(text, &mut self.path),
                Some(Filling::Styled(style, value)) => self.path.push_str(&style.in_path(name, value, at)),
                Some(Filling::Unwritable(why)) => at.violated("json", None, Some(why.clone())),
                None => {}
            }
            if self.path.len() == start {
                at.violated("minLength", Some("1".into()), Some("0".into()));
            }
            last_name = Some(name);
            rest = tail;
        }
        self.path.push_str(rest);
        last_name
    }

    /// `name=value` for each value: a scalar, an optional one, or the items of an array that is exploded.
    pub fn query<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for value in values {
            self.query_name(name);
            percent_encode(&value.text(), &mut self.query);
        }
    }

    /// `name=a,b`: the items of an array that is not exploded. An empty array is not sent.
    pub fn query_joined<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for (index, value) in values.into_iter().enumerate() {
            match index {
                0 => self.query_name(name),
                _ => self.query.push(','),
            }
            percent_encode(&value.text(), &mut self.query);
        }
    }

    /// A parameter in this style, where there is one.
    pub fn query_styled<'v, T>(&mut self, name: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let whole = self.at();
        let at = self.marked(name, whole.query(name));
        for (name, value) in
            value.into_iter().filter_map(|value| json(value, at)).flat_map(|value| style.in_pairs(name, &value, at))
        {
            self.next_pair();
            self.query.extend([name.as_str(), "=", value.as_str()]);
        }
    }

    fn query_name(&mut self, name: &str) {
        self.next_pair();
        percent_encode(name, &mut self.query);
        self.query.push('=');
    }

    fn next_pair(&mut self) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
    }

    /// One header line: a scalar, or an optional one that is there.
    pub fn header<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, value: impl IntoIterator<Item = &'v T>) {
        for value in value {
            let whole = self.at();
            self.header_line(name, &value.text(), self.marked(name, whole.header(name)));
        }
    }

    /// One header line with the items of an array, joined by commas. An empty array is not sent, and an item with a comma
    /// would be read as two.
    pub fn header_joined<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        let values: Vec<_> = values.into_iter().map(Text::text).collect();
        let whole = self.at();
        let at = self.marked(name, whole.header(name));
        for (index, value) in values.iter().enumerate().filter(|(_, value)| value.contains(',')) {
            at.item(index).violated("header-value", None, at.shown(value));
        }
        if !values.is_empty() {
            self.header_line(name, &values.join(","), at);
        }
    }

    /// One header line in this style, where there is a value.
    pub fn header_styled<'v, T>(&mut self, name: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let whole = self.at();
        let at = self.marked(name, whole.header(name));
        for line in value.into_iter().filter_map(|value| style.in_header(&json(value, at)?, at)) {
            self.header_line(name, &line, at);
        }
    }

    /// One header line for each value.
    pub fn header_lines<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for (index, value) in values.into_iter().enumerate() {
            let whole = self.at();
            let at = self.marked(name, whole.header(name));
            self.header_line(name, &value.text(), at.item(index));
        }
    }

    /// A header that is sent always, with this value.
    pub fn fixed_header(&mut self, name: &'static str, value: &'static str) {
        self.header_line(name, value, self.at().header(name));
    }

    pub(crate) fn secret_header(&mut self, name: &str, value: &str) {
        self.header_line(name, value, self.at().header(name).secret());
    }

    /// A control character could start another header, and what a byte beyond ASCII means is up to the server: both are refused.
    fn header_line(&mut self, name: &str, value: &str, at: ValidationContext<'_>) {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(mut value)) if value.to_str().is_ok() => {
                value.set_sensitive(at.is_secret());
                self.headers.append(name, value);
            }
            _ => at.violated("header-value", None, at.shown(value)),
        }
    }

    /// `name=value` in the `Cookie` header.
    pub fn cookie(&mut self, name: &str, value: &str) {
        self.next_cookie();
        percent_encode(name, &mut self.cookies);
        self.cookies.push('=');
        percent_encode(value, &mut self.cookies);
    }

    /// Cookies in this style, where there is a value.
    pub fn cookie_styled<'v, T>(&mut self, name: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let whole = self.at();
        let at = self.marked(name, whole.cookie(name));
        for (name, value) in
            value.into_iter().filter_map(|value| json(value, at)).flat_map(|value| style.in_pairs(name, &value, at))
        {
            self.next_cookie();
            self.cookies.extend([name.as_str(), "=", value.as_str()]);
        }
    }

    fn next_cookie(&mut self) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
    }

    /// A JSON body, sent with exactly this content type.
    pub fn json<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        match serde_json::to_vec(value) {
            Ok(body) => {
                // Only where there is a null may it stand for a number that JSON cannot write.
                if body.windows(4).any(|text| text == b"null")
                    && let Some((pointer, number)) = unwritable(value)
                {
                    self.at().below(&pointer).violated("json", None, Some(number));
                }
                self.body = body.into();
            }
            Err(error) => self.at().violated("json", None, Some(error.to_string())),
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }

    /// A text, sent with exactly this content type.
    pub fn text<T: Text + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        self.body = value.text().into_owned().into();
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }

    /// A form: the JSON of `value`, flattened as [`form`] says.
    pub fn form<T: Serialize + ?Sized>(&mut self, content_type: &'static str, encodings: &[Encoding], value: &T) {
        match serde_json::to_value(value) {
            Ok(value) => match form(&value, encodings) {
                Some(body) => self.body = body.into(),
                None => self.at().violated("type", Some("object".to_owned()), None),
            },
            Err(error) => self.at().violated("json", None, Some(error.to_string())),
        }
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }

    /// A body in parts; the content type gets a boundary.
    pub fn multipart<T: Multipart + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        let mut parts = MultipartBuilder::new(self.at(), content_type);
        value.write_parts(&mut parts);
        let (content_type, body) = parts.finish(content_type);
        self.body = body;
        self.content_type(&content_type);
    }

    /// A body that is sent as it is; its content type lies in the range that the document gives. Where everything may be
    /// sent and nothing is said, it is `application/octet-stream`.
    pub fn file(&mut self, range: &'static str, file: &File) {
        self.body = file.bytes.clone();
        match file.content_type.as_deref() {
            None if range.starts_with('*') => self.content_type("application/octet-stream"),
            Some(content_type) if fits(content_type, range).is_some() => self.content_type(content_type),
            given => self.at().header("Content-Type").violated(
                "media-type",
                Some(range.to_owned()),
                given.map(str::to_owned),
            ),
        }
    }

    fn content_type(&mut self, content_type: &str) {
        self.headers.remove(CONTENT_TYPE);
        self.header_line(CONTENT_TYPE.as_str(), content_type, self.at().header("Content-Type"));
    }

    /// A body that is sent as it is, with exactly this content type.
    pub fn bytes(&mut self, content_type: &'static str, body: &[u8]) {
        self.body = Bytes::copy_from_slice(body);
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    }

    /// The request that has been built on top of `base`, or a report of what forbids it.
    pub(crate) fn finish(mut self, base: &str, method: Method, defaults: &HeaderMap) -> http::Request<Bytes> {
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.secret_header(COOKIE.as_str(), &cookies);
        }
        for name in defaults.keys().filter(|name| !self.headers.contains_key(*name)).cloned().collect::<Vec<_>>() {
            for value in defaults.get_all(&name) {
                self.headers.append(name.clone(), value.clone());
            }
        }
        let separator = match (self.query.is_empty(), self.path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        let target = format!("{base}{}{separator}{}", self.path, self.query);
        let uri = Uri::try_from(target).unwrap_or_else(|error| {
            self.at().path("").violated("url", None, Some(error.to_string()));
            Uri::default()
        });
        let mut request = http::Request::new(self.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        request
    }
}

/// A value as JSON; one that is not is reported.
fn json<T: Serialize + ?Sized>(value: &T, at: ValidationContext<'_>) -> Option<Json> {
    let written = serde_json::to_value(value);
    written.map_err(|error| at.violated("json", None, Some(error.to_string()))).ok()
}

/// The literal before the next `{name}`, the name, and what follows it.
fn next_expression(template: &str) -> Option<(&str, &str, &str)> {
    let (literal, rest) = template.split_once('{')?;
    let (name, tail) = rest.split_once('}')?;
    Some((literal, name, tail))
}
