//! Functions for path templates, such as `/pets/{id}`.

/// Returns the names in the braces of `path`, in order.
///
/// # Errors
/// Returns a message if a brace has no counterpart, or if a name is empty.
pub(crate) fn names(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(brace) = rest.find(['{', '}']) {
        let (_, from_brace) = rest.split_at(brace);
        let Some(inner) = from_brace.strip_prefix('{') else {
            return Err("a `}` has no `{`".to_owned());
        };
        let Some((name, after)) = inner.split_once('}') else {
            return Err("a `{` has no `}`".to_owned());
        };
        if name.contains('{') {
            return Err("there is a `{` within braces".to_owned());
        }
        if name.is_empty() {
            return Err("`{}` contains no name".to_owned());
        }
        names.push(name);
        rest = after;
    }
    Ok(names)
}

/// Returns the reason why `path` is not a valid URL path; `None` if it is valid. The names in braces may contain any character.
pub(crate) fn problem(path: &str) -> Option<&'static str> {
    let mut literals = String::new();
    let mut depth = 0_usize;
    for letter in path.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // Names are replaced by letters, so that `{.}` is not mistaken for the invalid segment `.`.
            _ if depth > 0 => literals.push('x'),
            _ => literals.push(letter),
        }
    }
    let before_query = literals.split('?').next().unwrap_or_default();
    let segments = before_query.to_ascii_lowercase().replace("%2e", ".");
    if literals.contains('#') {
        return Some("`#` starts a fragment, which is never sent");
    }
    if segments.split('/').any(|segment| segment == "." || segment == "..") {
        return Some("URL parsers remove the segments `.` and `..`");
    }
    (!literals.chars().all(is_allowed)).then_some("it contains a character that must be percent-encoded")
}

/// Returns the path without its fragment. Invalid characters outside of braces are percent-encoded.
pub(crate) fn percent_encoded(path: &str) -> String {
    let mut encoded = String::new();
    let mut depth = 0_usize;
    for letter in path.split('#').next().unwrap_or_default().chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let stays = depth > 0 || letter == '}' || is_allowed(letter);
        let mut bytes = [0; 4];
        match stays {
            true => encoded.push(letter),
            false => letter.encode_utf8(&mut bytes).bytes().for_each(|byte| encoded.push_str(&format!("%{byte:02X}"))),
        }
    }
    encoded
}

/// Returns the path without the names in its braces: `/a/{id}` becomes `/a/{}`. The results are equal for two paths that match
/// the same requests.
pub(crate) fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, after)| after));
    }
    shape
}

/// Returns whether a character may occur unencoded in a path or a query.
fn is_allowed(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/?".contains(letter)
}

/// Returns the path with each `{name}` replaced by its percent-encoded value. Returns `None` if `value` returns `None` for a
/// name, or if a brace has no counterpart.
pub(crate) fn expand(path: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut expanded = String::new();
    let mut rest = path;
    for name in names(path).ok()? {
        let (literal, from_name) = rest.split_once('{')?;
        let (_, after) = from_name.split_once('}')?;
        expanded.push_str(literal);
        for byte in value(name)?.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => expanded.push(char::from(byte)),
                _ => expanded.push_str(&format!("%{byte:02X}")),
            }
        }
        rest = after;
    }
    expanded.push_str(rest);
    Some(expanded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_url_paths_have_a_problem() {
        for valid in ["/a/{b}(x='{c}',{d})", "/a.b/..c/%20?x={y}&z=1", "/$links/{größe}", "/{.}"] {
            assert_eq!(problem(valid), None, "{valid}");
        }
        for invalid in ["/a#b", "/ü", "/a b", "/a/../b", "/%2E/b", "/a|b", "/a\\b"] {
            assert!(problem(invalid).is_some(), "{invalid}");
        }
    }

    #[test]
    fn encoding_removes_the_fragment() {
        assert_eq!(percent_encoded("/a/{b#}#c"), "/a/{b");
        assert_eq!(percent_encoded("/<ü>/{größe}?x=%20"), "/%3C%C3%BC%3E/{größe}?x=%20");
        assert_eq!(without_names("/a/{b}(x='{c}')"), without_names("/a/{x}(x='{y}')"));
        assert_ne!(without_names("/a/{b}"), without_names("/a/b"));
    }

    #[test]
    fn names_are_read_between_braces() {
        assert_eq!(names("/a/{b}(x='{c}',{d})"), Ok(vec!["b", "c", "d"]));
        assert_eq!(names("/a"), Ok(vec![]));
        for malformed in ["/{", "/a}", "/{a{b}}", "/{}", "/{a}}"] {
            assert!(names(malformed).is_err(), "{malformed}");
        }
    }
}
