//! Compares two schemas keyword by keyword.

mod all_of;
mod bound_changes;
mod bounds;
mod discriminator;
pub(crate) mod equality;
mod implied;
mod included;
pub(crate) mod inclusion;
mod keywords;
pub(crate) mod merged;
mod object;
mod place;
mod unions;
mod variants;
pub(crate) mod wrapper;

use std::rc::Rc;

use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::ComparedValue;
use crate::diff::rules;
use crate::diff::schema::merged::MergedConstraints;
use crate::diff::schema::place::keyword_place;
use crate::diff::schema::wrapper::compared_pair;
use crate::diff::walk::Walk;
use crate::resolve::document::Schema;

impl<'a> Walk<'a> {
    /// Compares two schemas, which are not references, and reports the changes.
    pub(super) fn compare_schemas(&mut self, old: &'a Schema, new: &'a Schema, site: &ComparedValue) {
        let (old, new) = compared_pair((self.old, old), (self.new, new));
        self.frames.add_pair((old, new), site);
        if self.in_progress.insert((old, new)) {
            self.frames.open(self.changes.len());
            self.compare_pair(old, new, site);
            let frame = self.frames.close(site);
            self.check_inclusion(&frame, old, new, site);
            self.in_progress.remove(&(std::ptr::from_ref(old), std::ptr::from_ref(new)));
        }
    }

    fn compare_pair(&mut self, old: &'a Schema, new: &'a Schema, site: &ComparedValue) {
        let merged = merged_constraints((self.old, old), (self.new, new)).or_else(|| site.merged.clone());
        let site = &ComparedValue { merged, ..site.clone() };
        if unions::compare_with_variant(self, old, new, site) || !keywords::compare(self, old, new, site) {
            return;
        }
        if let (Some(old), Some(new)) = (&old.items, &new.items) {
            self.compare_refs(old, new, site.part("[]"));
        }
        let (removed, added) = all_of::compare_members(self, old, new, site);
        let old_parts = all_of::parts(self.old, old, &removed);
        let new_parts = all_of::parts(self.new, new, &added);
        object::compare_properties(self, &old_parts, &new_parts, site);
        object::compare_additional_properties(self, old, new, site);
        unions::compare(self, old, new, site);
        compare_not(self, old, new, site);
        compare_keywords_2020(self, old, new, site);
    }
}

/// Merges the constraints of each schema with those of its `allOf`. Returns `None` if neither schema has an `allOf`.
fn merged_constraints<'a>(
    (old_side, old): (ComparedDocument<'a>, &'a Schema),
    (new_side, new): (ComparedDocument<'a>, &'a Schema),
) -> Option<Rc<MergedConstraints>> {
    if old.all_of.is_empty() && new.all_of.is_empty() {
        return None;
    }
    let parts = |side: ComparedDocument<'a>, schema: &'a Schema| {
        let members: Vec<_> = schema.all_of.iter().collect();
        all_of::parts(side, schema, &members)
    };
    Some(Rc::new(MergedConstraints::new(&parts(old_side, old), &parts(new_side, new))))
}

/// Reports a change of keywords of JSON Schema 2020-12 that no other rule compares.
fn compare_keywords_2020<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &ComparedValue) {
    if !walk.equalities.has_equal_constraints_2020(old, new) {
        let message = "a keyword of JSON Schema 2020-12 changed, such as `patternProperties`, `contains` or `if`";
        walk.report_value(&rules::VALUES_UNCLEAR, site, message, &old.pointer, &new.pointer);
    }
}

fn compare_not<'a>(walk: &mut Walk<'a>, old: &'a Schema, new: &'a Schema, site: &ComparedValue) {
    let (rule, message) = match (&old.not, &new.not) {
        (None, Some(_)) => (&rules::NOT_ADDED, "`not` was added"),
        (Some(_), None) => (&rules::NOT_REMOVED, "`not` was removed"),
        (Some(before), Some(after)) if !walk.equalities.is_equal(before, after) => match walk.equalities.is_exhausted()
        {
            false => (&rules::NOT_CHANGED, "`not` excludes other values"),
            true => (&rules::VALUES_UNCLEAR, "`not` is too complex to be compared"),
        },
        _ => return,
    };
    let place = |schema: &Schema| keyword_place(schema, schema.not.is_some(), "not");
    walk.report_value(rule, site, message, &place(old), &place(new));
}
