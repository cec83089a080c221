// copperplate runtime: copied into each generated crate that uses it.
//! Builds a request from a path template and parameters.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use serde::Serialize; // part: styles
use serde_json::Value as Json; // part: styles

use crate::runtime::printing::HeaderNames;
use crate::runtime::request::framing_header::is_framing_header;
use crate::runtime::request::percent_encoding::percent_encode;
use crate::runtime::request::style::Style;
use crate::runtime::request::text::Text;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;

// part: cli
/// What stands for a secret in a request that is only shown.
pub(crate) const MASK: &str = "***";
// end of part

/// Builds a request. A value that would make the request malformed, such as a header value with a line break, is
/// reported as a violation.
pub struct RequestBuilder<'r> {
    report: &'r Report,
    /// The names of the parameters whose values are secrets.
    pub(super) secrets: Vec<&'static str>,
    /// Whether the path or the query contains a secret.
    has_secret_in_url: bool,
    /// Whether only the printed URL is wanted: secrets in the path are hidden, and no body is written.
    pub(super) is_for_printing: bool,
    // part: cli
    /// Whether [`MASK`] stands for each secret in the URL.
    pub(crate) masks_secrets: bool,
    // end of part
    /// The path template.
    pub(super) template: &'static str,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    // part: cookies
    /// The value of the header `Cookie`. See [`cookie`](crate::runtime::request::cookie).
    pub(super) cookies: String,
    // end of part
    pub(super) body: Bytes,
}

/// Prints only the names of headers, because the URL, the header values and the body can contain secrets.
impl fmt::Debug for RequestBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder").field("headers", &HeaderNames(&self.headers)).finish_non_exhaustive()
    }
}

impl<'r> RequestBuilder<'r> {
    pub(crate) fn new(report: &'r Report) -> Self {
        Self {
            report,
            secrets: Vec::new(),
            has_secret_in_url: false,
            is_for_printing: false,
            // part: cli
            masks_secrets: false,
            // end of part
            template: "",
            path: String::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            // part: cookies
            cookies: String::new(),
            // end of part
            body: Bytes::new(),
        }
    }

    /// Creates a builder for [`RequestBuilder::printed_url`].
    pub(crate) fn for_printing(report: &'r Report) -> Self {
        Self { is_for_printing: true, ..Self::new(report) }
    }

    /// Returns the URL without its query. An ellipsis replaces each secret in the path.
    pub(crate) fn printed_url(mut self, base: &str) -> String {
        self.path.truncate(self.path.find('?').unwrap_or(self.path.len()));
        format!("{base}{}", self.path)
    }

    /// Returns the path template.
    pub(crate) fn template(&self) -> &'static str {
        self.template
    }

    /// Returns the validation context of the whole request.
    pub fn context(&self) -> ValidationContext<'r> {
        ValidationContext::root(self.report)
    }

    /// Marks the parameters called `name` as secrets. Violations do not show the values of these parameters. The value
    /// of a header called `name` is marked as sensitive.
    pub fn mark_secret(&mut self, name: &'static str) {
        self.secrets.push(name);
    }

    pub(super) fn with_secrecy<'a>(&self, name: &str, at: ValidationContext<'a>) -> ValidationContext<'a> {
        if self.secrets.contains(&name) { at.secret() } else { at }
    }

    /// Notes that the path or the query contains the parameter `name`. Sets `has_secret_in_url` if the parameter is a
    /// secret.
    pub(super) fn note_in_url(&mut self, name: &str) {
        self.has_secret_in_url |= self.secrets.contains(&name);
    }

    // part: cli
    /// Returns whether [`MASK`] stands for the parameter `name` in the URL.
    pub(super) fn masks(&self, name: &str) -> bool {
        self.masks_secrets && self.secrets.contains(&name)
    }
    // end of part

    // part: security
    /// Adds a credential as the query parameter `name`.
    pub(crate) fn secret_query(&mut self, name: &str, value: &str) {
        self.has_secret_in_url = true;
        // part: pages
        // The URL of a page that the service named can repeat the credential.
        crate::runtime::client::page_token::remove_parameter(&mut self.query, name);
        // end of part
        // part: cli
        if self.masks_secrets {
            self.query_name(name);
            return self.query.push_str(MASK);
        }
        // end of part
        self.query(name, Some(value));
    }
    // end of part

    /// Returns whether the URL or a header contains a credential, a cookie or a secret parameter.
    pub(crate) fn has_secret(&self) -> bool {
        // part: cookies
        if !self.cookies.is_empty() {
            return true;
        }
        // end of part
        self.has_secret_in_url || self.headers.values().any(HeaderValue::is_sensitive)
    }

    /// Returns whether the request sets a header, or could set it in another call: a credential, a cookie or the content
    /// type of the body.
    pub(crate) fn sets(&self, header: &HeaderName) -> bool {
        [ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE, USER_AGENT].contains(header) || self.headers.contains_key(header)
    }

    /// Adds the query parameter `name=value` for each value. `values` is a scalar, an `Option` of a scalar, or the
    /// items of an array with `explode`.
    pub fn query<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for value in values {
            self.query_name(name);
            // part: cli
            if self.masks(name) {
                self.query.push_str(MASK);
                continue;
            }
            // end of part
            percent_encode(&value.text(), &mut self.query);
        }
    }

    // part: joined_parameters
    /// Adds the query parameter `name=a,b` for the items `a` and `b` of an array without `explode`. Adds nothing if the
    /// array is empty.
    pub fn query_joined<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for (index, value) in values.into_iter().enumerate() {
            match index {
                0 => self.query_name(name),
                _ => self.query.push(','),
            }
            // part: cli
            if self.masks(name) {
                self.query.push_str(MASK);
                continue;
            }
            // end of part
            percent_encode(&value.text(), &mut self.query);
        }
    }
    // end of part

    // part: styles
    /// Adds a query parameter in the style `style`. Adds nothing if `value` is `None`.
    pub fn query_styled<'v, T>(&mut self, parameter: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let request = self.context();
        let at = self.with_secrecy(parameter, request.query(parameter));
        let values = value.into_iter().filter_map(|value| json(value, at));
        // part: cli
        if self.masks(parameter) {
            return values.for_each(|_| {
                self.query_name(parameter);
                self.query.push_str(MASK);
            });
        }
        // end of part
        for (name, value) in values.flat_map(|value| style.in_pairs(parameter, &value, at)) {
            self.note_in_url(parameter);
            self.next_pair();
            self.query.extend([name.as_str(), "=", value.as_str()]);
        }
    }
    // end of part

    fn query_name(&mut self, name: &str) {
        self.note_in_url(name);
        self.next_pair();
        percent_encode(name, &mut self.query);
        self.query.push('=');
    }

    fn next_pair(&mut self) {
        if !self.query.is_empty() {
            self.query.push('&');
        }
    }

    /// Adds a header line for a scalar. Adds nothing if `value` is `None`.
    pub fn header<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, value: impl IntoIterator<Item = &'v T>) {
        for value in value {
            let request = self.context();
            self.header_line(name, &value.text(), self.with_secrecy(name, request.header(name)));
        }
    }

    // part: joined_parameters
    /// Adds a header line with the items of an array, joined by commas. Adds nothing if the array is empty. An item
    /// that contains a comma is a violation, because the service would read two items.
    pub fn header_joined<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        let values: Vec<_> = values.into_iter().map(Text::text).collect();
        let request = self.context();
        let at = self.with_secrecy(name, request.header(name));
        for (index, value) in values.iter().enumerate().filter(|(_, value)| value.contains(',')) {
            at.item(index).report_violation("header-value", None, at.actual_text(value));
        }
        if !values.is_empty() {
            self.header_line(name, &values.join(","), at);
        }
    }
    // end of part

    // part: styles
    /// Adds a header line in the style `style`. Adds nothing if `value` is `None`.
    pub fn header_styled<'v, T>(&mut self, name: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let request = self.context();
        let at = self.with_secrecy(name, request.header(name));
        for line in value.into_iter().filter_map(|value| style.in_header(&json(value, at)?, at)) {
            self.header_line(name, &line, at);
        }
    }
    // end of part

    // part: joined_parameters
    /// Adds a header line for each item of an array.
    pub fn header_lines<'v, T: Text + ?Sized + 'v>(&mut self, name: &str, values: impl IntoIterator<Item = &'v T>) {
        for (index, value) in values.into_iter().enumerate() {
            let request = self.context();
            let at = self.with_secrecy(name, request.header(name));
            self.header_line(name, &value.text(), at.item(index));
        }
    }
    // end of part

    // part: fixed_headers
    /// Adds a header that has the same value in every request of the operation: a header of the extension
    /// `x-fixed-headers`.
    pub fn fixed_header(&mut self, name: &'static str, value: &'static str) {
        // A static value is never copied.
        match (HeaderName::try_from(name), HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes()))) {
            (Ok(name), Ok(value)) if !is_framing_header(&name) && value.to_str().is_ok() => {
                self.headers.append(name, value);
            }
            _ => self.header_line(name, value, self.context().header(name)),
        }
    }
    // end of part

    /// Adds a header whose value is not printed.
    pub(crate) fn secret_header(&mut self, name: &str, value: &str) {
        self.header_line(name, value, self.context().header(name).secret());
    }

    // part: idempotency_keys
    /// Adds the idempotency key of a call as the header `name`, unless a parameter sets the header. Reports a violation if the
    /// operation has no such header.
    pub(crate) fn idempotency_key(&mut self, name: Option<&'static str>, key: Option<&str>) {
        match (name, key) {
            (Some(name), Some(key)) if !self.headers.contains_key(name) => {
                self.header_line(name, key, self.context().header(name));
            }
            (None, Some(_)) => {
                let problem = "of this call has no effect, because the operation has no such key";
                let at = self.context();
                at.client_setting("idempotency_key").report_violation("header-name", None, Some(problem.to_owned()));
            }
            _ => {}
        }
    }
    // end of part

    /// Adds a header of the options of a call. Reports a violation if the request sets the header itself.
    pub(crate) fn header_of_call(&mut self, name: &str, value: &str) {
        let is_set = self.headers.contains_key(name);
        // part: cookies
        // The request gets the header only when it is finished.
        let is_set = is_set || (!self.cookies.is_empty() && name.eq_ignore_ascii_case(COOKIE.as_str()));
        // end of part
        match is_set {
            true => {
                let reason = Some("the request sets this header itself".to_owned());
                self.context().header(name).report_violation("header-name", None, reason);
            }
            false => self.secret_header(name, value),
        }
    }

    /// Adds a header line. Reports a violation in these cases:
    /// - The value contains a control character, which could end the header and start a second one.
    /// - The value contains a character beyond ASCII, which servers decode in different ways.
    /// - The header is `Content-Length`, `Host` or another header that only the transport may set.
    pub(super) fn header_line(&mut self, name: &str, value: &str, at: ValidationContext<'_>) {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), _) if is_framing_header(&name) => at.report_violation("header-name", None, None),
            (Ok(name), Ok(mut value)) if value.to_str().is_ok() => {
                value.set_sensitive(at.is_secret());
                self.headers.append(name, value);
            }
            _ => at.report_violation("header-value", None, at.actual_text(value)),
        }
    }

    /// Returns the finished request. `base` is the URL of the server, to which the path is appended. Adds each header
    /// in `defaults` that the request does not set itself, and then `Accept` and `User-Agent` if they are not
    /// set. Reports a violation if the URL is invalid. The caller must
    /// not send a request with a violation.
    pub(crate) fn finish(
        mut self,
        base: &str,
        method: Method,
        defaults: &HeaderMap,
        accept: &'static str,
        user_agent: &HeaderValue,
    ) -> http::Request<Bytes> {
        // part: cookies
        if !self.cookies.is_empty() {
            let cookies = std::mem::take(&mut self.cookies);
            self.secret_header(COOKIE.as_str(), &cookies);
        }
        // end of part
        for name in defaults.keys().filter(|name| !self.headers.contains_key(*name)).cloned().collect::<Vec<_>>() {
            for value in defaults.get_all(&name) {
                self.headers.append(name.clone(), value.clone());
            }
        }
        if !accept.is_empty()
            && !self.headers.contains_key(ACCEPT)
            && let Ok(accept) = HeaderValue::from_maybe_shared(Bytes::from_static(accept.as_bytes()))
        {
            self.headers.insert(ACCEPT, accept);
        }
        if !self.headers.contains_key(USER_AGENT) {
            self.headers.insert(USER_AGENT, user_agent.clone());
        }
        let separator = match (self.query.is_empty(), self.path.contains('?')) {
            (true, _) => "",
            (false, true) => "&",
            (false, false) => "?",
        };
        let target = [base, &self.path, separator, &self.query].concat();
        let uri = Uri::try_from(target).unwrap_or_else(|error| {
            self.context().path("").report_violation("url", None, Some(format!("is invalid: {error}")));
            Uri::default()
        });
        let mut request = http::Request::new(self.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        request
    }
}

// part: styles
/// Serializes a value to JSON. If this fails, reports a violation and returns `None`.
pub(super) fn json<T: Serialize + ?Sized>(value: &T, at: ValidationContext<'_>) -> Option<Json> {
    let value = serde_json::to_value(value);
    let report = |error| at.report_violation("json", None, at.actual_number(format_args!("not JSON: {error}")));
    value.map_err(report).ok()
}
// end of part
