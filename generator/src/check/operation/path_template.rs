//! Path templates: `/pets/{id}`.

/// The names between the braces of `path`, in order; the message says what is wrong with the braces.
pub(crate) fn names(path: &str) -> Result<Vec<&str>, String> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(brace) = rest.find(['{', '}']) {
        let (_, from_brace) = rest.split_at(brace);
        let Some(inner) = from_brace.strip_prefix('{') else {
            return Err("a `}` has no `{` before it".to_owned());
        };
        let Some((name, after)) = inner.split_once('}') else {
            return Err("a `{` has no `}` after it".to_owned());
        };
        if name.contains('{') {
            return Err("a `{` stands within braces".to_owned());
        }
        if name.is_empty() {
            return Err("`{}` has no name".to_owned());
        }
        names.push(name);
        rest = after;
    }
    Ok(names)
}

/// What keeps the literal parts of `path` from being sent as they are written.
pub(crate) fn fault(path: &str) -> Option<&'static str> {
    let mut literals = String::new();
    let mut depth = 0_usize;
    for letter in path.chars() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // A value stands for the name, so that no segment is taken for a literal one.
            _ if depth > 0 => literals.push('x'),
            _ => literals.push(letter),
        }
    }
    let before_query = literals.split('?').next().unwrap_or_default();
    let segments = before_query.to_ascii_lowercase().replace("%2e", ".");
    if literals.contains('#') {
        return Some("`#` begins a fragment, which is never sent");
    }
    if segments.split('/').any(|segment| segment == "." || segment == "..") {
        return Some("a URL parser drops the segments `.` and `..`");
    }
    (!literals.chars().all(is_allowed)).then_some("it has a character that has to be percent-encoded")
}

/// The path without a fragment, its literal parts percent-encoded: what can be sent of it.
pub(crate) fn sendable(path: &str) -> String {
    let mut sendable = String::new();
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
            true => sendable.push(letter),
            false => letter.encode_utf8(&mut bytes).bytes().for_each(|byte| sendable.push_str(&format!("%{byte:02X}"))),
        }
    }
    sendable
}

/// The path with nothing between its braces: what two paths that match the same requests have in common.
pub(crate) fn without_names(path: &str) -> String {
    let mut parts = path.split('{');
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str("{}");
        shape.push_str(part.split_once('}').map_or("", |(_, after)| after));
    }
    shape
}

/// Whether a letter may stand in a path or a query.
fn is_allowed(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@%/?".contains(letter)
}

/// The path with the percent-encoded values of its names; `None` where a name has none, or the braces do not match.
pub(crate) fn filled(path: &str, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = path;
    for name in names(path).ok()? {
        let (literal, from_name) = rest.split_once('{')?;
        let (_, after) = from_name.split_once('}')?;
        filled.push_str(literal);
        for byte in value(name)?.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => filled.push(char::from(byte)),
                _ => filled.push_str(&format!("%{byte:02X}")),
            }
        }
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_sent_as_they_are_written() {
        for right in ["/a/{b}(x='{c}',{d})", "/a.b/..c/%20?x={y}&z=1", "/$links/{größe}", "/{.}"] {
            assert_eq!(fault(right), None, "{right}");
        }
        for wrong in ["/a#b", "/ü", "/a b", "/a/../b", "/%2E/b", "/a|b", "/a\\b"] {
            assert!(fault(wrong).is_some(), "{wrong}");
        }
    }

    #[test]
    fn what_can_be_sent_has_no_fragment_and_is_encoded() {
        assert_eq!(sendable("/a/{b#}#c"), "/a/{b");
        assert_eq!(sendable("/<ü>/{größe}?x=%20"), "/%3C%C3%BC%3E/{größe}?x=%20");
        assert_eq!(without_names("/a/{b}(x='{c}')"), without_names("/a/{x}(x='{y}')"));
        assert_ne!(without_names("/a/{b}"), without_names("/a/b"));
    }

    #[test]
    fn names_stand_between_braces() {
        assert_eq!(names("/a/{b}(x='{c}',{d})"), Ok(vec!["b", "c", "d"]));
        assert_eq!(names("/a"), Ok(vec![]));
        for malformed in ["/{", "/a}", "/{a{b}}", "/{}", "/{a}}"] {
            assert!(names(malformed).is_err(), "{malformed}");
        }
    }
}
