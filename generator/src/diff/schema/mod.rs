//! What a schema says of objects, arrays and alternatives.

pub(crate) mod all_of;
pub(crate) mod bounds;
pub(crate) mod equality;
pub(crate) mod implied_bounds;
pub(crate) mod keywords;
pub(crate) mod unions;

use std::collections::HashSet;
use std::rc::Rc;

use crate::diff::rules;
use crate::diff::schema::all_of::Whole;
use crate::diff::schema::equality::{lone, only_part, same};
use crate::diff::walk::{Site, Walk, resolved};
use crate::diff::{Direction, Side};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

impl<'a> Walk<'a> {
    /// Compares two schemas that are not references.
    pub(super) fn compare_schemas(&mut self, old: &'a Schema, new: &'a Schema, site: &Site) {
        // Where both stand for another schema, that one is compared by its own name.
        let (old, new) = match (only_part(old), only_part(new)) {
            (Some(_), Some(_)) => (old, new),
            _ => (lone(self.old, old), lone(self.new, new)),
        };
        let pair: (*const Schema, *const Schema) = (old, new);
        if self.under_way.insert(pair) {
            self.compare_pair(old, new, site);
            self.under_way.remove(&pair);
        }
    }

    fn compare_pair(&mut self, old: &'a Schema, new: &'a Schema, site: &Site) {
        let whole = whole((self.old, old), (self.new, new)).or_else(|| site.whole.clone());
        let site = &Site { whole, ..site.clone() };
        if unions::one_became_several(self, old, new, site) || !keywords::compare(self, old, new, site) {
            // It is told already, or whatever else is said is said of values of another type.
            return;
        }
        if let (Some(old), Some(new)) = (&old.items, &new.items) {
            self.schemas(old, new, site.part("[]"));
        }
        let (gone, come) = unions::all_of(self, old, new, site);
        let parts = (parts(self.old, old, &gone), parts(self.new, new, &come));
        properties(self, &parts.0, &parts.1, site);
        additional(self, old, new, site);
        unions::compare(self, old, new, site);
        negation(self, old, new, site);
    }
}

/// A schema, and the members of its `allOf` that are merged with it: those that have no counterpart, with their own.
fn parts<'a>(side: Side<'a>, schema: &'a Schema, members: &[&'a SchemaRef]) -> Vec<&'a Schema> {
    let mut parts = vec![schema];
    let mut open: Vec<&SchemaRef> = members.to_vec();
    while let Some(member) = open.pop() {
        let Some(says) = resolved(side, member) else { continue };
        if !parts.iter().any(|known| std::ptr::eq(*known, says)) {
            parts.push(says);
            open.extend(&says.all_of);
        }
    }
    parts
}

/// What two schemas say with the members of their `allOf`; `None` where there is none.
fn whole<'a>(old: (Side<'a>, &'a Schema), new: (Side<'a>, &'a Schema)) -> Option<Rc<Whole>> {
    if old.1.all_of.is_empty() && new.1.all_of.is_empty() {
        return None;
    }
    let all = |(side, schema): (Side<'a>, &'a Schema)| parts(side, schema, &schema.all_of.iter().collect::<Vec<_>>());
    Some(Rc::new(Whole::of(&all(old), &all(new))))
}

/// Whether it is told that a member is required, or not, otherwise than before: another part may say it as well.
fn is_required_alike(site: &Site, name: &str, was: bool, is: bool) -> bool {
    was == is || site.whole.as_ref().is_some_and(|whole| whole.is_required_alike(name, was, is))
}

/// The type of a schema: its own, or that of what it is made of. What is a number and an integer is an integer.
pub(super) fn kind_of(side: Side<'_>, schema: &Schema) -> Option<SchemaType> {
    let members: Vec<&SchemaRef> = schema.all_of.iter().collect();
    let mut kinds = parts(side, schema, &members).into_iter().filter_map(|part| part.kind);
    kinds.clone().find(|kind| *kind == SchemaType::Integer).or_else(|| kinds.next())
}

fn negation<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &Site) {
    let (rule, message) = match (&old.not, &new.not) {
        (None, Some(_)) => (&rules::NOT_ADDED, "some values are excluded by `not` now"),
        (Some(_), None) => (&rules::NOT_REMOVED, "`not` excludes no values any more"),
        (Some(before), Some(after)) if !same(walk, before, after) => {
            (&rules::NOT_CHANGED, "`not` excludes other values")
        }
        _ => return,
    };
    walk.push_value(
        rule,
        site,
        message,
        &keyword(old, old.not.is_some(), "not"),
        &keyword(new, new.not.is_some(), "not"),
    );
}

/// The place of a keyword, or of the schema where it does not have the keyword.
pub(super) fn keyword(schema: &Schema, has: bool, name: &str) -> Pointer {
    if has { schema.pointer.join(name) } else { schema.pointer.clone() }
}

fn additional<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &Site) {
    use AdditionalProperties::{Absent, Any, Forbidden, Schema as Described};
    let (rule, message) = match (&old.additional_properties, &new.additional_properties) {
        (Described(old), Described(new)) => return walk.schemas(old, new, site.part("{}")),
        (Forbidden, Forbidden) | (Absent | Any, Absent | Any) => return,
        (Absent | Any | Described(_), Forbidden) => {
            (&rules::ADDITIONAL_FORBIDDEN, "members that are not described are refused now")
        }
        (Forbidden, Absent | Any | Described(_)) => {
            (&rules::ADDITIONAL_ALLOWED, "members that are not described are allowed now")
        }
        (Absent | Any, Described(_)) => {
            (&rules::ADDITIONAL_RESTRICTED, "members that are not described have a schema now")
        }
        (Described(_), Absent | Any) => {
            (&rules::ADDITIONAL_WIDENED, "members that are not described may be anything now")
        }
    };
    let place = |schema: &Schema| keyword(schema, schema.additional_properties != Absent, "additionalProperties");
    walk.push_value(rule, site, message, &place(old), &place(new));
}

/// One property on one side.
#[derive(Clone, Copy)]
struct Property<'a> {
    schema: &'a SchemaRef,
    says: Option<&'a Schema>,
    required: bool,
}

impl<'a> Property<'a> {
    fn of(holders: &[&'a Schema], name: &str, side: Side<'a>) -> Option<Self> {
        let schema = holders.iter().find_map(|holder| holder.properties.get(name))?;
        Some(Self { schema, says: resolved(side, schema), required: requires(holders, name) })
    }

    /// Whether it is left out of messages of that direction.
    fn is_absent(&self, direction: Direction) -> bool {
        self.says.is_some_and(|says| match direction {
            Direction::Response => says.write_only,
            _ => says.read_only,
        })
    }

    fn has_default(&self) -> bool {
        self.says.is_some_and(|says| says.default.is_some())
    }

    fn presence(&self) -> &'static str {
        if self.required { "required" } else { "optional" }
    }
}

fn requires(holders: &[&Schema], name: &str) -> bool {
    holders.iter().any(|holder| holder.required.iter().any(|known| known == name))
}

fn properties<'a>(walk: &mut Walk<'a>, old: &[&'a Schema], new: &[&'a Schema], site: &Site) {
    let (mut names, mut described) = (Vec::new(), HashSet::new());
    for name in old.iter().chain(new).flat_map(|holder| holder.properties.keys()) {
        if described.insert(name.as_str()) {
            names.push(name);
        }
    }
    for name in names {
        let here = site.part(&format!(".{name}"));
        match (Property::of(old, name, walk.old), Property::of(new, name, walk.new)) {
            (Some(before), Some(after)) => {
                let alike = is_required_alike(site, name, before.required, after.required);
                kept(walk, (old, before), (new, after), (name, alike), &here);
            }
            (Some(before), None) if !before.is_absent(site.direction) => removed(walk, before, new, &here),
            (None, Some(after)) if !after.is_absent(site.direction) => {
                added(walk, after, requires(old, name), old, &here);
            }
            _ => {}
        }
    }
    undescribed(walk, old, new, &described, site);
}

/// Whether an object has no members but those that are described.
fn is_closed(holders: &[&Schema]) -> bool {
    holders.iter().any(|holder| holder.additional_properties == AdditionalProperties::Forbidden)
}

fn removed<'a>(walk: &mut Walk<'a>, before: Property<'a>, new: &[&'a Schema], here: &Site) {
    let rule = match (here.direction, before.required) {
        (Direction::Response, true) => &rules::ANSWERED_REQUIRED_REMOVED,
        (Direction::Response, false) => &rules::ANSWERED_OPTIONAL_REMOVED,
        _ if is_closed(new) => &rules::PROPERTY_FORBIDDEN,
        _ => &rules::PROPERTY_REMOVED,
    };
    let message = format!("the {} property is gone", before.presence());
    walk.push(rule, &here.path, message, Some(before.schema.pointer()), Some(&new[0].pointer));
}

fn added<'a>(walk: &mut Walk<'a>, after: Property<'a>, was_required: bool, old: &[&'a Schema], here: &Site) {
    let rule = match (here.direction, after.required && !was_required) {
        (Direction::Response, _) if is_closed(old) => &rules::ANSWERED_UNEXPECTED,
        (Direction::Response, true) => &rules::ANSWERED_REQUIRED_ADDED,
        (Direction::Response, false) => &rules::ANSWERED_OPTIONAL_ADDED,
        (_, true) if after.has_default() => &rules::PROPERTY_ADDED_REQUIRED_DEFAULT,
        (_, true) => &rules::PROPERTY_ADDED_REQUIRED,
        (_, false) => &rules::PROPERTY_ADDED_OPTIONAL,
    };
    let message = format!("the {} property is new", after.presence());
    walk.push(rule, &here.path, message, Some(&old[0].pointer), Some(after.schema.pointer()));
}

fn kept<'a>(
    walk: &mut Walk<'a>,
    (old, before): (&[&'a Schema], Property<'a>),
    (new, after): (&[&'a Schema], Property<'a>),
    (name, is_required_alike): (&str, bool),
    here: &Site,
) {
    let answers = here.direction == Direction::Response;
    let (old_place, new_place) = (before.schema.pointer(), after.schema.pointer());
    match (before.is_absent(here.direction), after.is_absent(here.direction)) {
        (true, true) => return,
        (false, true) => {
            let (rule, message) = match (answers, before.required) {
                (true, true) => (&rules::REQUIRED_WRITE_ONLY, "the required property is writeOnly now"),
                (true, false) => (&rules::OPTIONAL_WRITE_ONLY, "the optional property is writeOnly now"),
                (false, _) => (&rules::PROPERTY_READ_ONLY, "the property is readOnly now"),
            };
            return walk.push(rule, &here.path, message, Some(old_place), Some(new_place));
        }
        (true, false) => {
            let (rule, message) = match (answers, after.required) {
                (true, _) => (&rules::NOT_WRITE_ONLY, "the property is not writeOnly any more"),
                (false, true) => (&rules::REQUIRED_NOT_READ_ONLY, "the required property is not readOnly any more"),
                (false, false) => (&rules::OPTIONAL_NOT_READ_ONLY, "the optional property is not readOnly any more"),
            };
            return walk.push(rule, &here.path, message, Some(old_place), Some(new_place));
        }
        (false, false) => {}
    }
    if !is_required_alike {
        let (old_place, new_place) = (required(old, name, old_place), required(new, name, new_place));
        required_changed(walk, after.required, after.has_default(), here, &old_place, &new_place);
    }
    walk.schemas(before.schema, after.schema, here.clone());
}

/// Where schemas say that a property is required, or else the property.
fn required(holders: &[&Schema], name: &str, property: &Pointer) -> Pointer {
    let said = holders.iter().find_map(|holder| {
        let index = holder.required.iter().position(|known| known == name)?;
        Some(holder.pointer.join("required").join(index))
    });
    said.unwrap_or_else(|| property.clone())
}

fn required_changed(
    walk: &mut Walk<'_>,
    is_required: bool,
    has_default: bool,
    here: &Site,
    old: &Pointer,
    new: &Pointer,
) {
    let answers = here.direction == Direction::Response;
    let (rule, message) = match (answers, is_required) {
        (true, true) => (&rules::ANSWERED_REQUIRED, "the property is always there now"),
        (true, false) => (&rules::ANSWERED_OPTIONAL, "the property need not be there any more"),
        (false, true) if has_default => {
            (&rules::PROPERTY_REQUIRED_DEFAULT, "the property is required now, with a default")
        }
        (false, true) => (&rules::PROPERTY_REQUIRED, "the property is required now"),
        (false, false) => (&rules::PROPERTY_OPTIONAL, "the property need not be given any more"),
    };
    walk.push(rule, &here.path, message, Some(old), Some(new));
}

/// Names under `required` that neither side describes, as in an `allOf` that adds to what another member describes.
fn undescribed(walk: &mut Walk<'_>, old: &[&Schema], new: &[&Schema], described: &HashSet<&str>, site: &Site) {
    let changed = |from: &[&Schema], to: &[&Schema]| -> Vec<String> {
        let names = from.iter().flat_map(|holder| &holder.required);
        names.filter(|name| !requires(to, name) && !described.contains(name.as_str())).cloned().collect()
    };
    for (names, is_required) in [(changed(old, new), false), (changed(new, old), true)] {
        for name in names.into_iter().filter(|name| !is_required_alike(site, name, !is_required, is_required)) {
            let here = site.part(&format!(".{name}"));
            let before = required(old, &name, &old[0].pointer);
            let after = required(new, &name, &new[0].pointer);
            required_changed(walk, is_required, false, &here, &before, &after);
        }
    }
}
