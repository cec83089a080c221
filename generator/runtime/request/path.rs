// copperplate runtime: copied into each generated crate that uses it.
//! Writes the path of a request.

use crate::runtime::request::builder::MASK; // part: cli
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::path_value::{Content, PathValue};
use crate::runtime::request::percent_encoding::percent_encode;

impl RequestBuilder<'_> {
    /// Sets the path: replaces each `{name}` in `template` by the next value of `values`, percent-encoded.
    ///
    /// An empty value is a violation, and so is a value that turns a path segment into `.` or `..`. URL parsers remove
    /// such a segment, so the request would reach a different resource.
    pub fn path(&mut self, template: &'static str, values: &[PathValue<'_>]) {
        self.template = template;
        // Most values are longer than their names, and some are percent-encoded.
        self.path.reserve(template.len() + 32 * values.len());
        let mut values = values.iter();
        let end_of_path = template.find('?').unwrap_or(template.len());
        let (path, query) = template.split_at(end_of_path);
        let mut rest = path;
        while !rest.is_empty() {
            let end = rest.bytes().position(|byte| byte == b'/').map_or(rest.len(), |slash| slash + 1);
            let (segment, tail) = rest.split_at(end);
            rest = tail;
            let start = self.path.len();
            let last_name = self.fill(segment, &mut values);
            if let (Some(name), "." | "..") = (last_name, self.path[start..].trim_end_matches('/')) {
                let request = self.context();
                let at = self.with_secrecy(name, request.path(name));
                at.report_violation("dot-segment", None, at.actual_text(self.path[start..].trim_end_matches('/')));
            }
        }
        // URL parsers percent-encode `'` in a query, but not in a path. This line encodes `'`, so that no URL parser
        // changes the URL.
        if !query.is_empty() {
            self.fill(&query.replace('\'', "%27"), &mut values);
        }
    }

    /// Replaces each `{name}` in `part`, which is a path segment or the query of a template. Returns the last name in
    /// `part`.
    fn fill<'t, 'v>(&mut self, part: &'t str, values: &mut impl Iterator<Item = &'v PathValue<'v>>) -> Option<&'t str> {
        let mut last_name = None;
        let mut rest = part;
        while let Some((literal, name, tail)) = next_expression(rest) {
            self.path.push_str(literal);
            let start = self.path.len();
            match values.next().map(|value| &value.0) {
                Some(_) if self.is_for_printing && self.secrets.contains(&name) => self.path.push('…'),
                Some(_) if self.masks(name) => self.path.push_str(MASK), // part: cli
                Some(Content::Text(text)) => percent_encode(text, &mut self.path),
                // part: styles
                Some(Content::Styled(style, value)) => {
                    let request = self.context();
                    let text = style.in_path(name, value, self.with_secrecy(name, request.path(name)));
                    self.path.push_str(&text);
                }
                Some(Content::NotJson(error)) => {
                    let request = self.context();
                    let at = self.with_secrecy(name, request.path(name));
                    at.report_violation("json", None, at.actual_number(format_args!("not JSON: {error}")));
                }
                // end of part
                None => {}
            }
            if self.path.len() == start {
                let request = self.context();
                let at = self.with_secrecy(name, request.path(name));
                at.report_violation("minLength", Some("1".into()), Some("0".into()));
            }
            self.note_in_url(name);
            last_name = Some(name);
            rest = tail;
        }
        self.path.push_str(rest);
        last_name
    }
}

/// Splits a template at its first `{name}`: `/a/{b}/c` becomes `/a/`, `b` and `/c`.
fn next_expression(template: &str) -> Option<(&str, &str, &str)> {
    let start = template.bytes().position(|byte| byte == b'{')?;
    let (literal, rest) = (&template[..start], &template[start + 1..]);
    let end = rest.bytes().position(|byte| byte == b'}')?;
    Some((literal, &rest[..end], &rest[end + 1..]))
}
