//! Compares servers by their URLs.

use std::collections::HashSet;

use crate::diff::operation::by_key::ByKey;
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::resolve::document::Server;

/// Compares the servers of a document or of an operation. `subject` is the subject of the reported changes.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &[Server], new: &[Server], subject: &str) {
    let (old_servers, new_servers) = (ByUrl::of(old), ByUrl::of(new));
    if let (Some(before), Some(after)) = (old.first(), new.first())
        && url(before) != url(after)
        && new_servers.counterpart(before).is_some()
    {
        let message = format!("the first server changed from `{}` to `{}`", before.url, after.url);
        walk.report(&rules::SERVER_FIRST_CHANGED, subject, message, Some(&before.pointer), Some(&after.pointer));
    }
    for before in old {
        match new_servers.counterpart(before) {
            Some(after) => compare_variables(walk, before, after, subject),
            None => {
                let message = format!("the server `{}` was removed", before.url);
                walk.report(&rules::SERVER_REMOVED, subject, message, Some(&before.pointer), None);
            }
        }
    }
    for after in new.iter().filter(|after| old_servers.counterpart(after).is_none()) {
        let message = format!("the server `{}` was added", after.url);
        walk.report(&rules::SERVER_ADDED, subject, message, None, Some(&after.pointer));
    }
}

fn url(server: &Server) -> &str {
    server.url.trim_end_matches('/')
}

/// The name, the default and the values of each variable of a server.
type Variables<'s> = Vec<(&'s str, &'s str, &'s [String])>;

fn variables(server: &Server) -> Variables<'_> {
    let variables = server.variables.iter();
    variables.map(|(name, variable)| (name.as_str(), variable.default.as_str(), &variable.enum_values[..])).collect()
}

/// The servers of a list by their URLs.
struct ByUrl<'s> {
    /// The first server with each URL.
    first: ByKey<'s, &'s str, Server>,
    /// The first server with each URL and these variables.
    exact: ByKey<'s, (&'s str, Variables<'s>), Server>,
}

impl<'s> ByUrl<'s> {
    fn of(servers: &'s [Server]) -> Self {
        let exact = ByKey::of(servers, |server| (url(server), variables(server)));
        Self { first: ByKey::of(servers, url), exact }
    }

    /// Returns the server with the URL of `server`. If several servers have this URL, returns the first with the same variables, or
    /// else the first.
    fn counterpart(&self, server: &Server) -> Option<&'s Server> {
        let url = url(server);
        self.exact.get(&(url, variables(server))).or_else(|| self.first.get(&url))
    }
}

fn compare_variables(walk: &mut Walk<'_>, old: &Server, new: &Server, subject: &str) {
    for (name, before) in &old.variables {
        let Some(after) = new.variables.get(name) else { continue };
        let removed = match after.enum_values.is_empty() {
            true => None,
            false => {
                let kept: HashSet<&String> = after.enum_values.iter().collect();
                before.enum_values.iter().find(|value| !kept.contains(value))
            }
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
