//! Folds findings: removes each finding that is only a consequence of another finding. The other finding is called the cause.
//! The cause then lists the JSON pointers of the removed findings.
//!
//! For example, a misspelt key `schemas` breaks every reference to a schema. The user gets one finding, because the misspelt
//! key is the only mistake. If twelve references misspell the same name, the user gets one finding as well. Folding happens
//! after all stages, because the stages use the unfolded findings to decide which operations to skip.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::finding::code::{Code, Severity};
use crate::finding::focus::Focus;
use crate::finding::model::{Finding, Missing, Related};
use crate::pointer::Pointer;

/// Removes each finding that is only a consequence of another finding in `list`. The other finding is called the cause. The
/// cause gets the JSON pointers of the removed findings, and a sentence about the number of broken references among these
/// findings.
pub(super) fn fold(list: &mut Vec<Finding>) {
    remove_lint_findings(list);
    let causes = causes(list);
    if causes.is_empty() {
        return;
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (follower, cause) in &causes {
        let Some(follower) = list.get(*follower).cloned() else { continue };
        *counts.entry(*cause).or_default() += usize::from(follower.code.is_lost_reference());
        if let Some(cause) = list.get_mut(*cause) {
            absorb(cause, follower);
        }
    }
    for (cause, references) in counts.into_iter().filter(|(_, references)| *references > 0) {
        if let Some(finding) = list.get_mut(cause) {
            finding.message = format!("{} {}", finding.message, count_sentence(finding.code, references));
        }
    }
    let mut index = 0_usize..;
    list.retain(|_| index.next().is_none_or(|index| !causes.contains_key(&index)));
}

/// Removes the findings of the `lint` command about objects with a malformed or misspelt member. These findings may be wrong,
/// because the rules of `lint` did not see the member.
fn remove_lint_findings(list: &mut Vec<Finding>) {
    let is_malformed = |finding: &&Finding| finding.code.leaves_hole() && finding.code.number().starts_with("CP01");
    let malformed: Vec<(String, Pointer)> =
        list.iter().filter(is_malformed).map(|finding| (finding.file.clone(), finding.pointer.clone())).collect();
    let holders: HashSet<(&str, Pointer)> =
        malformed.iter().filter_map(|(file, place)| Some((file.as_str(), place.parent()?))).collect();
    let ancestors: HashSet<(&str, Pointer)> = malformed
        .iter()
        .flat_map(|(file, place)| {
            let holders = std::iter::successors(place.parent(), Pointer::parent);
            holders.map(|holder| (file.as_str(), holder))
        })
        .collect();
    list.retain(|finding| {
        let at = |place: Pointer| (finding.file.as_str(), place);
        let follows = match finding.code {
            // This rule examines a whole operation, so a malformed member at any depth counts.
            Code::MissingExample => ancestors.contains(&at(finding.pointer.clone())),
            // The finding is at `description`. The missing bound would be a key of the object that has the `description`.
            Code::DescribedBound => finding.pointer.parent().is_some_and(|holder| holders.contains(&at(holder))),
            Code::UnusedComponent => false,
            code if code.is_for_lint() => holders.contains(&at(finding.pointer.clone())),
            _ => false,
        };
        !follows
    });
}

/// Returns whether the finding explains why the value named by [`Finding::missing`] does not exist: the key of the value is
/// misspelt, or the value is malformed.
fn explains_absence(finding: &Finding) -> bool {
    let is_at_target = || finding.missing.as_ref().is_some_and(|missing| missing.place == finding.pointer);
    finding.code == Code::UnknownKey || (finding.code == Code::Shape && is_at_target())
}

/// Maps each finding that is only a consequence to the finding that is its cause. Keys and values are indices of `list`.
fn causes(list: &[Finding]) -> BTreeMap<usize, usize> {
    // The first finding that explains why each value does not exist.
    let mut absences: HashMap<&Missing, usize> = HashMap::new();
    for (index, finding) in list.iter().enumerate().filter(|(_, finding)| explains_absence(finding)) {
        if let Some(missing) = &finding.missing {
            absences.entry(missing).or_insert(index);
        }
    }
    let mut firsts: HashMap<&Missing, usize> = HashMap::new();
    let mut causes = BTreeMap::new();
    for (index, finding) in list.iter().enumerate() {
        let Some(missing) = finding.missing.as_ref().filter(|_| !explains_absence(finding)) else { continue };
        if let Some(absence) = around(missing).filter_map(|absent| absences.get(&absent)).min() {
            causes.insert(index, *absence);
            continue;
        }
        let first = *firsts.entry(missing).or_insert(index);
        let follows = finding.code.is_lost_reference() || finding.code.is_refusal();
        if first != index && follows {
            causes.insert(index, first);
        }
    }
    causes
}

/// Returns `missing` and the values around it.
fn around(missing: &Missing) -> impl Iterator<Item = Missing> {
    let outer = |inner: &Missing| Some(Missing { file: inner.file.clone(), place: inner.place.parent()? });
    std::iter::successors(Some(missing.clone()), outer)
}

/// Folding adds broken references to [`Finding::related`] only until the field has this many elements.
const MOST_RELATED: usize = 2;

/// Adds the JSON pointers of the removed finding `follower` to the finding `cause`. If operations are skipped because of
/// `follower`, `cause` also gets the sentence about these operations.
fn absorb(cause: &mut Finding, follower: Finding) {
    let skips_operations = follower.code.severity() == Severity::Error && follower.skips_operations();
    if skips_operations && !cause.skips_operations() {
        cause.consequence = Some(follower.consequence());
    }
    if follower.code.is_lost_reference() && cause.related.len() < MOST_RELATED {
        let label = if cause.code.is_lost_reference() { "has the same target" } else { "refers to it" };
        let (file, pointer) = (follower.file.clone(), follower.pointer.clone());
        cause.related.push(Related { file, pointer, focus: Focus::Member("$ref"), label: label.to_owned() });
    }
    cause.other_places.push(follower.pointer);
    cause.other_places.extend(follower.other_places);
}

/// Returns the sentence about folded references, such as `3 more references have the same target.`
fn count_sentence(code: Code, references: usize) -> String {
    match references {
        1 if code.is_lost_reference() => "1 more reference has the same target.".to_owned(),
        count if code.is_lost_reference() => format!("{count} more references have the same target."),
        1 => "1 reference needs the missing part.".to_owned(),
        count => format!("{count} references need the missing part."),
    }
}
