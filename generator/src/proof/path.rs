//! Compares path templates.

use crate::page::uri;

/// Returns whether two templates are the same but for the names of placeholders. The address of the server does not count.
pub(crate) fn is_same(page: &str, document: &str) -> bool {
    uri::literals(page) == uri::literals(document)
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
