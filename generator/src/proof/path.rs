//! Compares path templates.

use crate::page::uri;

/// Returns whether two templates are the same but for the names of placeholders. The address of the server does not count.
pub(crate) fn is_same(page: &str, document: &str) -> bool {
    uri::literals(page) == uri::literals(document)
}

/// Returns the text of a template between the names of placeholders, which is equal for templates that [`is_same`] does not
/// distinguish.
pub(crate) fn literals(template: &str) -> Vec<String> {
    uri::literals(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_compared_without_names() {
        assert!(is_same("/v1/{a}/x", "/v1/{b}/x") && is_same("{Root}w('{N}')", "/w('{M}')"));
        assert!(!is_same("/v1/{a}/x", "/v1/{a}/y") && !is_same("/v1/{a}", "/v1/a"));
    }
}
