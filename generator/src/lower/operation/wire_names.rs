//! Decides whether names of a document are valid header names or cookie names.

pub(super) use copperplate_runtime::runtime::response::media_type::is_token as is_header_name;

/// Returns whether a cookie can have this name. Brackets are accepted although RFC 6265 does not allow them, because servers use
/// such names.
pub(super) fn is_cookie_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && !b"\",;=\\".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_http_cannot_carry_are_invalid() {
        for (name, is_header, is_cookie) in [
            ("X-Key", true, true),
            ("a[b]", false, true),
            ("a b", false, false),
            ("a=b", false, false),
            ("a;b", false, false),
            ("a\nb", false, false),
            ("größe", false, false),
            ("", false, false),
        ] {
            assert_eq!((is_header_name(name), is_cookie_name(name)), (is_header, is_cookie), "{name:?}");
        }
    }
}
