//! What is said of one item, before and after.

use std::collections::BTreeSet;

use crate::surface::compare::rules::{self, Rule};
use crate::surface::{Facet, Item, Kind};

/// The differences in what is said of an item, with what is different in words.
pub(super) fn compare(old: &Item, new: &Item) -> Vec<(&'static Rule, String)> {
    let said = old.facets.iter().chain(&new.facets).map(|(facet, _)| *facet);
    let facets: BTreeSet<Facet> = said.filter(|facet| old.facet(*facet) != new.facet(*facet)).collect();
    let type_changed = facets.contains(&Facet::Type);
    let mut found = Vec::new();
    for facet in facets {
        let path = if new.kind == Kind::Request { &*new.owner } else { &new.path };
        let change = Change { path, kind: new.kind, facet, old: old.facet(facet), new: new.facet(facet) };
        match facet {
            Facet::Traits => found.extend(change.traits()),
            // The type says it already.
            Facet::Setter if type_changed => {}
            Facet::Place if type_changed && is_body(old) && is_body(new) => {}
            Facet::Type => found.push((type_rule(old, new), change.message())),
            // What is deprecated is the method.
            Facet::Deprecated if new.kind != Kind::Operation && new.facet(Facet::Setter).is_none() => {}
            _ => found.extend(change.rule().map(|rule| (rule, change.message()))),
        }
    }
    found
}

fn is_body(item: &Item) -> bool {
    item.facet(Facet::Place).is_some_and(|place| place.starts_with("body"))
}

/// The rule for another type of a member or an argument.
fn type_rule(old: &Item, new: &Item) -> &'static Rule {
    let is_optional = |optional: &Item, plain: &Item| {
        let plain = plain.facet(Facet::Type).map(|kind| format!("Option<{kind}>"));
        optional.facet(Facet::Type) == plain.as_deref()
    };
    // A value that may be absent, and one that may be null, are both an `Option`.
    let (was_nullable, is_nullable) = (old.nullable, new.nullable);
    let is_set = |item: &Item| item.facet(Facet::Setter).is_some();
    match new.kind {
        Kind::Argument if is_set(old) == is_set(new) => &rules::ARGUMENT_CHANGED,
        Kind::Argument if is_optional(new, old) => &rules::ARGUMENT_OPTIONAL,
        Kind::Argument if is_optional(old, new) => &rules::ARGUMENT_REQUIRED,
        Kind::Argument => &rules::ARGUMENT_CHANGED,
        _ if is_optional(new, old) && !was_nullable && is_nullable => &rules::FIELD_NULLABLE,
        _ if is_optional(old, new) && was_nullable && !is_nullable => &rules::FIELD_NOT_NULLABLE,
        _ if is_optional(new, old) => &rules::FIELD_OPTIONAL,
        _ if is_optional(old, new) => &rules::FIELD_REQUIRED,
        _ => &rules::FIELD_CHANGED,
    }
}

/// One facet before and after.
struct Change<'a> {
    path: &'a str,
    kind: Kind,
    facet: Facet,
    old: Option<&'a str>,
    new: Option<&'a str>,
}

impl Change<'_> {
    fn rule(&self) -> Option<&'static Rule> {
        let came = self.old.is_none();
        Some(match self.facet {
            Facet::Setter if came => &rules::SETTER_ADDED,
            Facet::Setter if self.new.is_none() => &rules::SETTER_REMOVED,
            Facet::Setter => &rules::SETTER_CHANGED,
            Facet::Holds if self.kind == Kind::Newtype => &rules::NEWTYPE_CHANGED,
            Facet::Holds => &rules::VARIANT_CHANGED,
            Facet::Success => &rules::SUCCESS_CHANGED,
            Facet::Headers => &rules::HEADERS_CHANGED,
            Facet::Failure => &rules::FAILURE_CHANGED,
            Facet::NonExhaustive if came => &rules::BECAME_NON_EXHAUSTIVE,
            Facet::NonExhaustive => &rules::BECAME_EXHAUSTIVE,
            Facet::Lifetime if came => &rules::LIFETIME_ADDED,
            Facet::Lifetime => &rules::LIFETIME_REMOVED,
            Facet::Feature if self.new.is_none() => &rules::FEATURE_LIFTED,
            Facet::Feature => &rules::FEATURE_CHANGED,
            Facet::Deprecated if came => &rules::DEPRECATED,
            Facet::Deprecated => &rules::NOT_DEPRECATED,
            Facet::Request => &rules::REQUEST_CHANGED,
            Facet::Credentials => &rules::CREDENTIALS_CHANGED,
            Facet::Fixed => &rules::FIXED_CHANGED,
            Facet::Meaning => &rules::ANSWER_CHANGED,
            Facet::Place => &rules::PLACE_CHANGED,
            Facet::Wire => &rules::WIRE_CHANGED,
            Facet::Rules if self.kind == Kind::Fixed => &rules::ERRORS_CHANGED,
            Facet::Presence | Facet::Others | Facet::Choice | Facet::Rules => &rules::CONSTRAINTS_CHANGED,
            // These are compared by themselves, or make another kind of item.
            Facet::Shape | Facet::Type | Facet::Traits => return None,
        })
    }

    fn message(&self) -> String {
        let what = match self.facet {
            Facet::Lifetime => "lifetime",
            Facet::Setter => "setter",
            Facet::Shape => "shape",
            Facet::Type => "type",
            Facet::Holds => "content",
            Facet::Success => "success",
            Facet::Headers => "headers",
            Facet::Failure => "failure",
            Facet::Traits => "traits",
            Facet::NonExhaustive => "attribute",
            Facet::Request => "request",
            Facet::Credentials => "credentials",
            Facet::Fixed => "fixed headers",
            Facet::Meaning => "meaning",
            Facet::Place => "place",
            Facet::Wire => "name on the wire",
            Facet::Presence => "presence",
            Facet::Others => "other members",
            Facet::Choice => "choice",
            Facet::Rules => "rules",
            Facet::Feature => "feature",
            Facet::Deprecated => "deprecation",
        };
        let quoted = |text: Option<&str>| text.map_or("nothing".to_owned(), |text| format!("`{}`", text.trim()));
        format!("{what} of `{}`: {} instead of {}", self.path, quoted(self.new), quoted(self.old))
    }

    fn traits(&self) -> Vec<(&'static Rule, String)> {
        let set = |text: Option<&'_ str>| -> BTreeSet<String> {
            text.into_iter().flat_map(|text| text.split(" + ")).map(str::to_owned).collect()
        };
        let (old, new) = (set(self.old), set(self.new));
        // Of a variant the trait is one of its enum's.
        let (lost, gained) = match self.kind {
            Kind::Variant => ("makes no", "makes a"),
            _ => ("is not implemented any more for", "is implemented for"),
        };
        let message = |name: &String, verb: &str| format!("`{name}` {verb} `{}`", self.path);
        let removed = old.difference(&new).map(|name| (&rules::TRAIT_REMOVED, message(name, lost)));
        let added = new.difference(&old).map(|name| (&rules::TRAIT_ADDED, message(name, gained)));
        removed.chain(added).collect()
    }
}
