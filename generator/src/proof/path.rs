//! Compares path templates.

use crate::page::uri;

/// Returns whether two templates are the same but for the names of placeholders. The address of the server does not count.
pub(crate) fn is_same(page: &str, document: &str) -> bool {
    literals(page) == literals(document)
}

/// Returns the text between the placeholders.
pub(crate) fn literals(path: &str) -> Vec<String> {
    let (_, path) = uri::split_server(path);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').trim_end_matches('/');
    let (mut literals, mut rest) = (Vec::new(), path);
    while let Some((before, after)) = rest.split_once('{') {
        literals.push(before.to_owned());
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    literals.push(rest.to_owned());
    literals
}

/// Returns whether the path of an example fits a template: a placeholder stands for any text.
pub(crate) fn fits(example: &str, template: &str) -> bool {
    let (_, path) = uri::split_server(example);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').trim_end_matches('/');
    let literals = literals(template);
    let mut rest = path;
    for (index, literal) in literals.iter().enumerate() {
        let is_last = index + 1 == literals.len();
        if index == 0 {
            match rest.strip_prefix(literal.as_str()) {
                Some(after) => rest = after,
                None => return false,
            }
        } else if is_last {
            return rest.ends_with(literal.as_str()) && rest.len() > literal.len();
        } else {
            match rest.find(literal.as_str()).filter(|at| *at > 0) {
                Some(at) => rest = &rest[at + literal.len()..],
                None => return false,
            }
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_compared_without_names() {
        assert!(is_same("/v1/{a}/x", "/v1/{b}/x") && is_same("{Root}w('{N}')", "/w('{M}')"));
        assert!(!is_same("/v1/{a}/x", "/v1/{a}/y") && !is_same("/v1/{a}", "/v1/a"));
        assert!(fits("https://{h}/v1/7/x", "/v1/{a}/x") && !fits("https://{h}/v2/7/x", "/v1/{a}/x"));
    }
}
