//! Paths of other files in `$ref` and in the `mapping` of a discriminator.

use crate::pointer::Pointer;

/// Returns whether `reference` begins with a relative path to a file: `pets.yaml#/Pet`. Returns false for URLs, absolute paths
/// and `#/Pet`.
pub(crate) fn is_relative(reference: &str) -> bool {
    let path = reference.split('#').next().unwrap_or_default();
    let scheme = path.split(['/', '?']).next().unwrap_or_default();
    !path.is_empty() && !path.starts_with('/') && !scheme.contains(':')
}

/// Resolves the percent-encoded `path` against the folder of `file`: `../b.yaml` in `api/a.yaml` becomes `b.yaml`. Returns `None`
/// if the decoded path is not UTF-8.
pub(crate) fn resolve_path(file: &str, path: &str) -> Option<String> {
    let path = Pointer::percent_decoded(path)?;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| *step != ".").collect();
    if folder.is_empty() && !file.starts_with('/') {
        steps.clear();
    }
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != ".." && !last.is_empty()) => _ = steps.pop(),
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
}
