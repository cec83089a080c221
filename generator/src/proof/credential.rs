//! Compares the credentials of an operation with the headers and query parameters of its page.

use std::collections::HashSet;

use crate::finding::{Code, Focus};
use crate::page::fact::{Field, Rule};
use crate::page::vocabulary::Place;
use crate::pointer::Pointer;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::wording::{EXTRA, place, requirement};
use crate::resolve::document::{Operation, SchemeKind, SecurityScheme};

/// Compares the credentials. Returns the places and names of the parameters of the page that a security scheme carries.
pub(crate) fn compare(operation: &Operation, comparison: &mut Comparison<'_>) -> HashSet<(Place, String)> {
    let document = comparison.document;
    let mut carried = HashSet::new();
    let mut names: Vec<&String> = operation.security.iter().flatten().collect();
    names.sort();
    names.dedup();
    let fields = names.len().saturating_mul(comparison.page.parameters.len());
    if !comparison.proof.budget.spend_facts(fields) {
        return carried;
    }
    for name in names {
        let Some(scheme) = document.security_schemes.get(name) else { continue };
        let (at, wire_name) = carrier(scheme);
        let is_signed = matches!(scheme.kind, SchemeKind::Signing { .. });
        let field = comparison.page.parameters.iter().find(|field| is_field(field, at, &wire_name));
        match field.filter(|_| !is_signed) {
            Some(field) => {
                let declared = operation.parameters.iter().any(|parameter| {
                    place(parameter.location) == at && parameter.name.eq_ignore_ascii_case(&wire_name)
                });
                carried.insert((at, wire_name.to_ascii_lowercase()));
                if !declared {
                    one(field, name, scheme, operation, comparison);
                }
            }
            None => {
                let message = format!("The page has no credential `{wire_name}` for the security scheme `{name}`.");
                let beside = comparison.page.parameters.iter().find(|field| field.place == Place::Header);
                let beside = beside.or(comparison.page.parameters.first());
                let place =
                    beside.map(|field| PagePlace::beside(&field.name, "the page has these")).unwrap_or_default();
                comparison.report(Code::NotOnPage, (&scheme.pointer, Focus::Key), place, message, EXTRA);
            }
        }
    }
    carried
}

/// Returns the place and the name under which a request carries a credential.
fn carrier(scheme: &SecurityScheme) -> (Place, String) {
    match &scheme.kind {
        SchemeKind::ApiKey { location, name } => (place(*location), name.clone()),
        _ => (Place::Header, "Authorization".to_owned()),
    }
}

fn is_field(field: &Field, at: Place, name: &str) -> bool {
    let is_named = match at {
        Place::Header => field.name.value.eq_ignore_ascii_case(name),
        _ => field.name.value == name,
    };
    field.place == at && is_named
}

fn one(field: &Field, name: &str, scheme: &SecurityScheme, operation: &Operation, comparison: &mut Comparison<'_>) {
    comparison.settle(field.name.fact);
    field.kind.iter().for_each(|kind| comparison.settle(kind.fact));
    if let Some(mandatory) = &field.mandatory {
        comparison.settle(mandatory.fact);
        let mut requirements = operation.security.iter();
        let is_required =
            !operation.security.is_empty() && requirements.all(|names| names.iter().any(|other| other == name));
        if is_required != mandatory.value && (mandatory.value || operation.security.len() == 1) {
            let (here, there) = (requirement(is_required), requirement(mandatory.value));
            let message = format!("The credential `{name}` is {here} in the document, and {there} on the page.");
            let own = operation.pointer.join("security");
            let has_own = comparison.raw.pointer(own.as_str()).is_some();
            let pointer = if has_own { own } else { Pointer::root().join("security") };
            let remedy = "Add `{}` to `security` if the credential is optional, or remove it.";
            comparison.report(Code::RequiredDiffers, (&pointer, Focus::Key), PagePlace::of(mandatory), message, remedy);
        }
    }
    for stated in &field.rules {
        comparison.settle(stated.fact);
        let Rule::Form(form) = &stated.value else { continue };
        let expected = match scheme.kind {
            SchemeKind::Bearer => Some("Bearer"),
            SchemeKind::Basic => Some("Basic"),
            _ => None,
        };
        let word = form.split_whitespace().next().unwrap_or_default();
        if expected.is_none_or(|expected| !word.eq_ignore_ascii_case(expected)) {
            let message = format!("The scheme `{name}` does not send `{form}`, which the page states.");
            let remedy = "Use the scheme of the page, such as `type: http, scheme: bearer`.";
            let at = (&scheme.pointer, Focus::Member("scheme"));
            comparison.report(Code::ValueDiffers, at, PagePlace::of(stated), message, remedy);
        }
    }
}
