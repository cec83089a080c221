//! Compares two versions of one item, facet by facet. A facet is one kind of information about an item, such as its type or its
//! traits.

use std::collections::BTreeSet;

use crate::surface::compare::rules::{self, Rule};
use crate::surface::item::{Facet, Item, ItemKind};

/// Compares two versions of an item, and returns each difference as a rule and a message. A difference is a changed facet, such
/// as a changed type.
pub(super) fn compare(old: &Item, new: &Item) -> Vec<(&'static Rule, String)> {
    let all = old.facets.iter().chain(&new.facets).map(|(facet, _)| *facet);
    let changed: BTreeSet<Facet> = all.filter(|facet| old.facet(*facet) != new.facet(*facet)).collect();
    let type_changed = changed.contains(&Facet::Type);
    let mut found = Vec::new();
    for facet in changed {
        let path = if new.kind == ItemKind::Request { &*new.owner } else { &new.path };
        let change = FacetChange { path, kind: new.kind, facet, old: old.facet(facet), new: new.facet(facet) };
        match facet {
            Facet::Traits => found.extend(change.traits()),
            // If the type of an item changes, the type of its setter changes too. If the type of a body changes, its media type
            // may change too. Only the changed type is reported.
            Facet::Setter if type_changed => {}
            Facet::Location if type_changed && is_body(old) && is_body(new) => {}
            Facet::Type => found.push((type_rule(old, new), change.message())),
            // The compiler shows a deprecation only for methods and setters.
            Facet::Deprecated if new.kind != ItemKind::Operation && new.facet(Facet::Setter).is_none() => {}
            _ => found.extend(change.rule().map(|rule| (rule, change.message()))),
        }
    }
    found
}

fn is_body(item: &Item) -> bool {
    item.facet(Facet::Location).is_some_and(|location| location.starts_with("body"))
}

/// Returns the rule for a changed type of a field or an argument.
fn type_rule(old: &Item, new: &Item) -> &'static Rule {
    let is_optional_form = |optional: &Item, plain: &Item| {
        let plain = plain.facet(Facet::Type).map(|plain| format!("Option<{plain}>"));
        optional.facet(Facet::Type) == plain.as_deref()
    };
    let (added_option, removed_option) = (is_optional_form(new, old), is_optional_form(old, new));
    let has_setter = |item: &Item| item.facet(Facet::Setter).is_some();
    match new.kind {
        ItemKind::Argument if has_setter(old) == has_setter(new) => &rules::ARGUMENT_CHANGED,
        ItemKind::Argument if added_option => &rules::ARGUMENT_OPTIONAL,
        ItemKind::Argument if removed_option => &rules::ARGUMENT_REQUIRED,
        ItemKind::Argument => &rules::ARGUMENT_CHANGED,
        // Both an optional value and a nullable value have the type `Option`.
        _ if added_option && !old.nullable && new.nullable => &rules::FIELD_NULLABLE,
        _ if removed_option && old.nullable && !new.nullable => &rules::FIELD_NOT_NULLABLE,
        _ if added_option => &rules::FIELD_OPTIONAL,
        _ if removed_option => &rules::FIELD_REQUIRED,
        _ => &rules::FIELD_CHANGED,
    }
}

/// A change of one facet of an item, such as its type. Contains the text of the facet in the older and in the newer crate.
struct FacetChange<'a> {
    path: &'a str,
    kind: ItemKind,
    facet: Facet,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

impl FacetChange<'_> {
    /// Returns the rule for the change. Returns `None` for a changed declaration, type or trait, for which other functions choose
    /// the rule, and for the attribute `non_exhaustive`, which never changes.
    fn rule(&self) -> Option<&'static Rule> {
        let was_added = self.old.is_none();
        let was_removed = self.new.is_none();
        Some(match self.facet {
            Facet::Setter if was_added => &rules::SETTER_ADDED,
            Facet::Setter if was_removed => &rules::SETTER_REMOVED,
            Facet::Setter => &rules::SETTER_CHANGED,
            Facet::Payload if matches!(self.kind, ItemKind::Newtype | ItemKind::Tuple) => &rules::NEWTYPE_CHANGED,
            Facet::Payload => &rules::VARIANT_CHANGED,
            Facet::Success => &rules::SUCCESS_CHANGED,
            Facet::Headers => &rules::HEADERS_CHANGED,
            Facet::Failure => &rules::FAILURE_CHANGED,
            Facet::Feature if was_removed => &rules::FEATURE_NOT_REQUIRED,
            Facet::Feature => &rules::FEATURE_CHANGED,
            Facet::Deprecated if was_added => &rules::DEPRECATED,
            Facet::Deprecated => &rules::NOT_DEPRECATED,
            Facet::Request => &rules::REQUEST_CHANGED,
            Facet::Credentials => &rules::CREDENTIALS_CHANGED,
            Facet::FixedHeaders => &rules::FIXED_HEADERS_CHANGED,
            Facet::Outcome => &rules::RESPONSE_CHANGED,
            Facet::Location => &rules::LOCATION_CHANGED,
            Facet::WireName => &rules::WIRE_NAME_CHANGED,
            Facet::Constraints if self.kind == ItemKind::ApiType => &rules::ERROR_FIELDS_CHANGED,
            Facet::RequiredIn | Facet::OtherMembers | Facet::Union | Facet::Constraints => &rules::CONSTRAINTS_CHANGED,
            // A changed declaration is reported as a changed kind of item. Types and traits have comparisons of their own. Every
            // struct and enum with named fields or variants is `non_exhaustive`.
            Facet::Declaration | Facet::Type | Facet::Traits | Facet::NonExhaustive => return None,
        })
    }

    fn message(&self) -> String {
        let (path, name) = (self.path, self.facet_name());
        match (self.facet, self.old, self.new) {
            (Facet::Setter, None, Some(_)) => format!("a setter for `{path}` was added"),
            (Facet::Setter, Some(_), None) => format!("the setter for `{path}` was removed"),
            (Facet::Deprecated, None, _) => format!("`{path}` was deprecated"),
            (Facet::Deprecated, ..) => format!("`{path}` is no longer deprecated"),
            (Facet::WireName, ..) if self.kind == ItemKind::Field => {
                let own_name = format!("{:?}", path.rsplit('.').next().unwrap_or_default());
                let (old, new) = (self.old.unwrap_or(&own_name), self.new.unwrap_or(&own_name));
                format!("the {name} of `{path}` changed from `{old}` to `{new}`")
            }
            (_, Some(old), Some(new)) => {
                format!("the {name} of `{path}` changed from `{}` to `{}`", old.trim(), new.trim())
            }
            (_, None, new) => format!("`{path}` gained the {name} `{}`", new.unwrap_or_default().trim()),
            (_, Some(old), None) => format!("`{path}` lost the {name} `{}`", old.trim()),
        }
    }

    fn facet_name(&self) -> &'static str {
        match self.facet {
            Facet::Setter => "setter type",
            Facet::Declaration => "declaration",
            Facet::Type => "type",
            Facet::Payload => "content",
            Facet::Success => "success type",
            Facet::Headers => "headers type",
            Facet::Failure => "failure type",
            Facet::Traits => "traits",
            Facet::NonExhaustive => "attribute",
            Facet::Request => "request",
            Facet::Credentials => "credentials",
            Facet::FixedHeaders => "server or fixed headers",
            Facet::Outcome => "outcome",
            Facet::Location => "location",
            Facet::WireName => "wire name",
            Facet::RequiredIn | Facet::OtherMembers => "constraint",
            Facet::Union => "union",
            Facet::Constraints => "constraints",
            Facet::Feature => "feature",
            Facet::Deprecated => "deprecation",
        }
    }

    /// Returns a difference for each trait that was removed or added.
    fn traits(&self) -> Vec<(&'static Rule, String)> {
        let names = |text: Option<&'_ str>| -> BTreeSet<String> {
            text.into_iter().flat_map(|text| text.split(" + ")).map(str::to_owned).collect()
        };
        let (old, new) = (names(self.old), names(self.new));
        let path = self.path;
        // The only trait of a variant is `From`: the enum implements `From` for the type in the variant.
        let removed_message = |name: &String| match self.kind {
            ItemKind::Variant => format!("the `{name}` conversion to `{path}` was removed"),
            _ => format!("`{path}` no longer implements `{name}`"),
        };
        let added_message = |name: &String| match self.kind {
            ItemKind::Variant => format!("a `{name}` conversion to `{path}` was added"),
            _ => format!("`{path}` now implements `{name}`"),
        };
        let removed = old.difference(&new).map(|name| (&rules::TRAIT_REMOVED, removed_message(name)));
        let added = new.difference(&old).map(|name| (&rules::TRAIT_ADDED, added_message(name)));
        removed.chain(added).collect()
    }
}
