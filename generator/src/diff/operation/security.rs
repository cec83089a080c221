//! Who may call, and where: security and servers.

use std::collections::BTreeSet;

use crate::diff::operation::Lifecycle;
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Location, Operation, SchemeKind, SecurityScheme, Server};

/// How a credential travels, in words.
fn said(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                Location::Path => "path",
                Location::Query => "query parameter",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            format!("the {location} `{name}`")
        }
        SchemeKind::Basic => "http basic".to_owned(),
        SchemeKind::Bearer => "http bearer".to_owned(),
        SchemeKind::OtherHttp(scheme) => format!("http {scheme}"),
    }
}

/// Schemes that stay under their name but travel in another way.
pub(crate) fn schemes(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    for (name, before) in &old.security_schemes {
        let Some(after) = new.security_schemes.get(name).filter(|after| after.kind != before.kind) else { continue };
        let message = format!("the credential travels as {} instead of {}", said(&after.kind), said(&before.kind));
        let subject = format!("security scheme `{name}`");
        walk.push(&rules::SCHEME_CHANGED, &subject, message, Some(&before.pointer), Some(&after.pointer));
    }
}

/// The ways to satisfy the security of an operation. Schemes go by the names of the older document, whatever their names.
fn alternatives(operation: &Operation, of: &Document, named_in: &Document) -> BTreeSet<BTreeSet<String>> {
    let called = |name: &String| -> String {
        if named_in.security_schemes.contains_key(name) {
            return name.clone();
        }
        let is_renamed = |(known, scheme): &(&String, &SecurityScheme)| {
            !of.security_schemes.contains_key(*known)
                && of.security_schemes.get(name).is_some_and(|own| own.kind == scheme.kind)
        };
        named_in.security_schemes.iter().find(is_renamed).map_or_else(|| name.clone(), |(known, _)| known.clone())
    };
    operation.security.iter().map(|requirement| requirement.iter().map(called).collect()).collect()
}

fn words(alternative: &BTreeSet<String>) -> String {
    let names: Vec<String> = alternative.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

/// The scopes of schemes that are asked for on both sides, under one name.
fn scopes(walk: &mut Walk<'_>, old: &Operation, new: &Operation, places: (&Pointer, &Pointer)) {
    let (before, after) = (walk.old.lifecycles.get(&old.pointer), walk.new.lifecycles.get(&new.pointer));
    let of = |lifecycle: Option<&Lifecycle>| lifecycle.map(|lifecycle| lifecycle.scopes.clone()).unwrap_or_default();
    let (before, after) = (of(before), of(after));
    let asks = |operation: &Operation, name: &String| operation.security.iter().any(|needed| needed.contains(name));
    let schemes: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for scheme in schemes.into_iter().filter(|scheme| asks(old, scheme) && asks(new, scheme)) {
        let (was, is) =
            (before.get(scheme).cloned().unwrap_or_default(), after.get(scheme).cloned().unwrap_or_default());
        let changes = [
            (&rules::SCOPE_ADDED, &is, &was, "is asked for now"),
            (&rules::SCOPE_REMOVED, &was, &is, "is not asked for any more"),
        ];
        for (rule, of, without, said) in changes {
            let scopes: Vec<String> = of.difference(without).map(|scope| format!("`{scope}`")).collect();
            if !scopes.is_empty() {
                let message = format!("the scope {} of `{scheme}` {said}", scopes.join(" and "));
                walk.push(rule, "security", message, Some(places.0), Some(places.1));
            }
        }
    }
}

pub(crate) fn compare(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let before = alternatives(old, walk.old.document, walk.old.document);
    let after = alternatives(new, walk.new.document, walk.old.document);
    let place = |operation: &Operation, own: bool| {
        let holder = if own { operation.pointer.clone() } else { Pointer::root() };
        holder.join("security")
    };
    let own = |side: crate::diff::Side<'_>, operation: &Operation| {
        side.lifecycles.get(&operation.pointer).is_some_and(|lifecycle| lifecycle.own_security)
    };
    let (old_place, new_place) = (place(old, own(walk.old, old)), place(new, own(walk.new, new)));
    scopes(walk, old, new, (&old_place, &new_place));
    if before == after {
        return;
    }
    let mut push = |rule, message: String| walk.push(rule, "security", message, Some(&old_place), Some(&new_place));
    let is_open = |set: &BTreeSet<BTreeSet<String>>| set.is_empty() || set.contains(&BTreeSet::new());
    match (is_open(&before), is_open(&after)) {
        (true, true) => return,
        (true, false) => {
            let all: Vec<String> = after.iter().map(words).collect();
            return push(&rules::SECURITY_ADDED, format!("calls need {} now", all.join(", or ")));
        }
        (false, true) => return push(&rules::SECURITY_REMOVED, "calls need no credential any more".to_owned()),
        (false, false) => {}
    }
    let (gone, come): (Vec<_>, Vec<_>) = (before.difference(&after).collect(), after.difference(&before).collect());
    let mut explained = BTreeSet::new();
    for gone in gone {
        // Who has what was asked for has what is asked for.
        let looser = after.iter().find(|new| new.is_subset(gone));
        let tighter = come.iter().find(|new| gone.is_subset(new));
        if let Some(looser) = looser {
            explained.insert(looser.clone());
            push(&rules::REQUIREMENT_REMOVED, format!("{} is enough, without {}", words(looser), rest(gone, looser)));
        } else if let Some(tighter) = tighter {
            explained.insert((*tighter).clone());
            push(&rules::REQUIREMENT_ADDED, format!("{} needs {} as well", words(gone), rest(tighter, gone)));
        } else {
            push(&rules::ALTERNATIVE_REMOVED, format!("{} is not enough any more", words(gone)));
        }
    }
    for come in come.into_iter().filter(|come| !explained.contains(*come)) {
        push(&rules::ALTERNATIVE_ADDED, format!("{} is enough now", words(come)));
    }
}

fn rest(of: &BTreeSet<String>, without: &BTreeSet<String>) -> String {
    words(&of.difference(without).cloned().collect())
}

/// Servers, by their URLs.
pub(crate) fn servers(walk: &mut Walk<'_>, old: &[Server], new: &[Server], subject: &str) {
    let url = |server: &Server| server.url.trim_end_matches('/').to_owned();
    // Several servers may have one URL, and differ in what its variables are.
    let says_same = |left: &Server, right: &Server| {
        let said = |server: &Server| {
            let variables = server.variables.iter();
            variables.map(|(name, is)| (name.clone(), is.default.clone(), is.enum_values.clone())).collect::<Vec<_>>()
        };
        url(left) == url(right) && said(left) == said(right)
    };
    let find = |among: &[Server], server: &Server| -> Option<Server> {
        let exact = among.iter().find(|other| says_same(other, server));
        exact.or_else(|| among.iter().find(|other| url(other) == url(server))).cloned()
    };
    if let (Some(was), Some(is)) = (old.first(), new.first())
        && url(was) != url(is)
        && find(new, was).is_some()
    {
        let message = format!("the first server is {} instead of {}", is.url, was.url);
        walk.push(&rules::SERVER_FIRST_CHANGED, subject, message, Some(&was.pointer), Some(&is.pointer));
    }
    for before in old {
        let Some(after) = find(new, before) else {
            let message = format!("the server {} is gone", before.url);
            walk.push(&rules::SERVER_REMOVED, subject, message, Some(&before.pointer), None);
            continue;
        };
        for (name, was) in &before.variables {
            let Some(is) = after.variables.get(name) else { continue };
            let gone: Vec<&String> = match is.enum_values.is_empty() {
                true => Vec::new(),
                false => was.enum_values.iter().filter(|value| !is.enum_values.contains(value)).collect(),
            };
            let message = match gone.as_slice() {
                _ if was.default != is.default => {
                    format!("the variable `{name}` is {:?} by default instead of {:?}", is.default, was.default)
                }
                [first, ..] => format!("the variable `{name}` may not be {first:?} any more"),
                [] if was.enum_values.is_empty() && !is.enum_values.is_empty() => {
                    format!("the variable `{name}` has to be one of {} now", is.enum_values.join(", "))
                }
                [] => continue,
            };
            let place = |server: &Server| server.pointer.join("variables").join(name);
            let (old_place, new_place) = (place(before), place(&after));
            walk.push(&rules::SERVER_VARIABLE_CHANGED, subject, message, Some(&old_place), Some(&new_place));
        }
    }
    for after in new.iter().filter(|after| find(old, after).is_none()) {
        let message = format!("the server {} is new", after.url);
        walk.push(&rules::SERVER_ADDED, subject, message, None, Some(&after.pointer));
    }
}
