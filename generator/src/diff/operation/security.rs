//! Compares security: the security schemes, the alternatives in the `security` of each operation, and the scopes.

use std::collections::{BTreeSet, HashSet};

use crate::diff::compared_document::ComparedDocument;
use crate::diff::lifecycle::Lifecycle;
use crate::diff::operation::counterparts::{Alternative, Counterparts};
use crate::diff::rules;
use crate::diff::walk::Walk;
use crate::pointer::Pointer;
use crate::resolve::document::{Location, Operation, SchemeKind};

/// Compares the security schemes that have the same name in both documents.
pub(crate) fn compare_schemes(walk: &mut Walk<'_>) {
    let (old, new) = (walk.old.document, walk.new.document);
    for (name, before) in &old.security_schemes {
        let Some(after) = new.security_schemes.get(name).filter(|after| after.kind != before.kind) else { continue };
        let message = format!("the scheme changed from {} to {}", kind_text(&before.kind), kind_text(&after.kind));
        let subject = format!("security scheme `{name}`");
        walk.report(&rules::SCHEME_CHANGED, &subject, message, Some(&before.pointer), Some(&after.pointer));
    }
}

/// Describes how a security scheme sends its credential, such as ``header `X-Key` `` or `HTTP basic`.
fn kind_text(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                Location::Path => "path",
                Location::Query => "query parameter",
                Location::Header => "header",
                Location::Cookie => "cookie",
            };
            format!("{location} `{name}`")
        }
        SchemeKind::Basic => "HTTP basic".to_owned(),
        SchemeKind::Bearer => "HTTP bearer".to_owned(),
        SchemeKind::OtherHttp(scheme) => format!("HTTP {scheme}"),
        SchemeKind::Signing { environment: None } => "a signature".to_owned(),
        SchemeKind::Signing { environment: Some(variables) } => {
            format!("a signature with the keys in `{}` and `{}`", variables.access_key, variables.secret_key)
        }
    }
}

/// Compares the `security` that applies to two versions of an operation.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &Operation, new: &Operation) {
    let (old_place, new_place) = (place(walk.old, old), place(walk.new, new));
    compare_scopes(walk, old, new, (&old_place, &new_place));
    let before: BTreeSet<Alternative> = old.security.iter().map(|names| names.iter().cloned().collect()).collect();
    let old_name =
        |name: &String| walk.renamed_schemes.get(name.as_str()).map_or_else(|| name.clone(), |old| (*old).to_owned());
    let after: BTreeSet<Alternative> = new.security.iter().map(|names| names.iter().map(old_name).collect()).collect();
    if before == after {
        return;
    }
    let mut report = |rule, message: String| walk.report(rule, "security", message, Some(&old_place), Some(&new_place));
    let is_open =
        |alternatives: &BTreeSet<Alternative>| alternatives.is_empty() || alternatives.contains(&Alternative::new());
    match (is_open(&before), is_open(&after)) {
        (true, true) => return,
        (true, false) => {
            let all: Vec<String> = after.iter().map(text).collect();
            return report(&rules::SECURITY_ADDED, format!("requests now require {}", all.join(", or ")));
        }
        (false, true) => {
            return report(&rules::SECURITY_REMOVED, "requests no longer require a credential".to_owned());
        }
        (false, false) => {}
    }
    // Alternatives of the newer document that were already reported. Each replaces an older alternative, as `a and b` replaces
    // `a`.
    let mut mentioned = BTreeSet::new();
    let added: Vec<&Alternative> = after.difference(&before).collect();
    let all_removed: Vec<&Alternative> = before.difference(&after).collect();
    let mut counterparts = Counterparts::new(after.iter().collect(), added.clone(), &all_removed);
    for removed in all_removed {
        let looser = counterparts.looser(removed);
        let stricter = if looser.is_none() { counterparts.stricter(removed) } else { None };
        if let Some(looser) = looser {
            mentioned.insert(looser.clone());
            let message = format!("{} is now sufficient without {}", text(looser), difference(removed, looser));
            report(&rules::REQUIREMENT_REMOVED, message);
        } else if let Some(stricter) = stricter {
            mentioned.insert(stricter.clone());
            let message = format!("{} now also requires {}", text(removed), difference(stricter, removed));
            report(&rules::REQUIREMENT_ADDED, message);
        } else {
            report(&rules::ALTERNATIVE_REMOVED, format!("{} is no longer sufficient", text(removed)));
        }
    }
    for added in added.into_iter().filter(|added| !mentioned.contains(*added)) {
        report(&rules::ALTERNATIVE_ADDED, format!("{} is now sufficient", text(added)));
    }
}

/// Returns the JSON Pointer of the `security` that applies to an operation: its own `security`, or else that of the document.
fn place(side: ComparedDocument<'_>, operation: &Operation) -> Pointer {
    let lifecycle = side.lifecycles.get(&operation.pointer);
    let has_own = lifecycle.is_some_and(|lifecycle| lifecycle.own_security);
    let holder = if has_own { operation.pointer.clone() } else { Pointer::root() };
    holder.join("security")
}

fn text(alternative: &Alternative) -> String {
    let names: Vec<String> = alternative.iter().map(|name| format!("`{name}`")).collect();
    names.join(" and ")
}

/// Lists the security schemes of `alternative` that `other` lacks, such as `` `key` and `token` ``.
fn difference(alternative: &Alternative, other: &Alternative) -> String {
    text(&alternative.difference(other).cloned().collect())
}

/// Compares the scopes of each security scheme that both operations require. `places` are the JSON Pointers of the older and the
/// newer `security`.
fn compare_scopes(walk: &mut Walk<'_>, old: &Operation, new: &Operation, places: (&Pointer, &Pointer)) {
    let scopes = |side: ComparedDocument<'_>, operation: &Operation| {
        let lifecycle: Option<&Lifecycle> = side.lifecycles.get(&operation.pointer);
        lifecycle.map(|lifecycle| lifecycle.scopes.clone()).unwrap_or_default()
    };
    let (old_scopes, new_scopes) = (scopes(walk.old, old), scopes(walk.new, new));
    let [of_old, of_new] = [old, new].map(|operation| operation.security.iter().flatten().collect::<HashSet<_>>());
    let schemes: BTreeSet<&String> = old_scopes.keys().chain(new_scopes.keys()).collect();
    for scheme in schemes.into_iter().filter(|scheme| of_old.contains(scheme) && of_new.contains(scheme)) {
        let before = old_scopes.get(scheme).cloned().unwrap_or_default();
        let after = new_scopes.get(scheme).cloned().unwrap_or_default();
        for (rule, scopes, other, verb) in [
            (&rules::SCOPE_ADDED, &after, &before, "is now required"),
            (&rules::SCOPE_REMOVED, &before, &after, "is no longer required"),
        ] {
            let scopes: Vec<String> = scopes.difference(other).map(|scope| format!("`{scope}`")).collect();
            if !scopes.is_empty() {
                let message = format!("the scope {} of `{scheme}` {verb}", scopes.join(" and "));
                walk.report(rule, "security", message, Some(places.0), Some(places.1));
            }
        }
    }
}
