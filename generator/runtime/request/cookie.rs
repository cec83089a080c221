// copperplate runtime: copied into each generated crate that uses it.
//! Adds cookies to a request: credentials as they are, and parameters in the styles of OpenAPI.

use serde::Serialize; // part: styles

use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::builder::json; // part: styles
use crate::runtime::request::percent_encoding::percent_encode; // part: styles
use crate::runtime::request::style::Style;

impl RequestBuilder<'_> {
    /// Adds a credential as the cookie `name`. The value is sent as it is, because services do not decode cookies. A
    /// value that no cookie can have is a violation.
    pub fn cookie(&mut self, name: &str, value: &str) {
        let request = self.context();
        if !is_cookie_value(value) {
            return request.cookie(name).secret().report_violation("cookie-value", None, None);
        }
        self.cookie_pair(name, value);
    }

    // part: styles
    /// Adds cookies in the style `style`. Adds nothing if `value` is `None`.
    ///
    /// The value is percent-encoded. The name is sent as the OpenAPI document writes it. Only the names of the members
    /// of an object are percent-encoded.
    pub fn cookie_styled<'v, T>(&mut self, name: &str, style: Style, value: impl IntoIterator<Item = &'v T>)
    where
        T: Serialize + ?Sized + 'v,
    {
        let request = self.context();
        let at = self.with_secrecy(name, request.cookie(name));
        let mut encoded_name = String::new();
        percent_encode(name, &mut encoded_name);
        let values = value.into_iter().filter_map(|value| json(value, at));
        for (pair_name, value) in values.flat_map(|value| style.in_pairs(name, &value, at)) {
            self.cookie_pair(if pair_name == encoded_name { name } else { &pair_name }, &value);
        }
    }
    // end of part

    fn cookie_pair(&mut self, name: &str, value: &str) {
        if !self.cookies.is_empty() {
            self.cookies.push_str("; ");
        }
        self.cookies.extend([name, "=", value]);
    }
}

/// Returns whether a cookie can have this value (RFC 6265). The value consists of visible ASCII characters, without
/// `"`, `,`, `;` and `\`. Quotes may enclose the whole value.
fn is_cookie_value(value: &str) -> bool {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    inner.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_cookie_value;

    #[test]
    fn a_cookie_value_cannot_end_its_cookie() {
        for right in ["", "abc+/==", "s%3Aid.sig", "a=b&c", "\"quoted\"", "\"\"", "{}[]'<>"] {
            assert!(is_cookie_value(right), "{right}");
        }
        for wrong in ["a;b", "a b", "a,b", "a\\b", "a\"b", "\"", "a\r\nb", "\t", "\u{7f}", "é", "\"a;b\""] {
            assert!(!is_cookie_value(wrong), "{wrong:?}");
        }
    }
}
