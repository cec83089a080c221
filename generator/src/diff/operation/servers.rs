//! Compares servers by their URLs.

use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::resolve::document::Server;

/// Compares the servers of a document or of an operation. `subject` is the subject of the reported changes.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &[Server], new: &[Server], subject: &str) {
    if let (Some(before), Some(after)) = (old.first(), new.first())
        && url(before) != url(after)
        && counterpart(before, new).is_some()
    {
        let message = format!("the first server changed from `{}` to `{}`", before.url, after.url);
        walk.report(&rules::SERVER_FIRST_CHANGED, subject, message, Some(&before.pointer), Some(&after.pointer));
    }
    for before in old {
        match counterpart(before, new) {
            Some(after) => compare_variables(walk, before, after, subject),
            None => {
                let message = format!("the server `{}` was removed", before.url);
                walk.report(&rules::SERVER_REMOVED, subject, message, Some(&before.pointer), None);
            }
        }
    }
    for after in new.iter().filter(|after| counterpart(after, old).is_none()) {
        let message = format!("the server `{}` was added", after.url);
        walk.report(&rules::SERVER_ADDED, subject, message, None, Some(&after.pointer));
    }
}

fn url(server: &Server) -> &str {
    server.url.trim_end_matches('/')
}

/// Returns the server in `among` that has the URL of `server`. If two or more servers have this URL, returns the first with the
/// same variables, or else the first.
fn counterpart<'s>(server: &Server, among: &'s [Server]) -> Option<&'s Server> {
    let variables = |server: &Server| {
        let variables = server.variables.iter();
        variables
            .map(|(name, variable)| (name.clone(), variable.default.clone(), variable.enum_values.clone()))
            .collect()
    };
    let own_variables: Vec<_> = variables(server);
    let mut candidates = among.iter().filter(|other| url(other) == url(server));
    let exact = candidates.clone().find(|other| variables(other) == own_variables);
    exact.or_else(|| candidates.next())
}

fn compare_variables(walk: &mut Walk<'_>, old: &Server, new: &Server, subject: &str) {
    for (name, before) in &old.variables {
        let Some(after) = new.variables.get(name) else { continue };
        let removed = match after.enum_values.is_empty() {
            true => None,
            false => before.enum_values.iter().find(|value| !after.enum_values.contains(value)),
        };
        let message = match removed {
            _ if before.default != after.default => {
                let (before, after) = (&before.default, &after.default);
                format!("the default of the variable `{name}` changed from `{before}` to `{after}`")
            }
            Some(value) => format!("the value `{value}` of the variable `{name}` was removed"),
            None if before.enum_values.is_empty() && !after.enum_values.is_empty() => {
                format!("the variable `{name}` must now be one of `{}`", after.enum_values.join("`, `"))
            }
            None => continue,
        };
        let place = |server: &Server| server.pointer.join("variables").join(name);
        let (old_place, new_place) = (place(old), place(new));
        walk.report(&rules::SERVER_VARIABLE_CHANGED, subject, message, Some(&old_place), Some(&new_place));
    }
}
