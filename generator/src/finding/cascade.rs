//! One slip, one finding: what only follows from a slip is told with it.
//!
//! A misspelt `schemas` leaves every reference to a schema without an end, and a name that twelve references misspell is one slip
//! as well. What is folded away here has done its work before: the operations that it costs have been left out.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::finding::{Code, Finding, Focus, Missing, Related, Severity};
use crate::pointer::Pointer;

/// Takes out of `list` what follows from another finding in it, and lets that one say so.
pub(super) fn fold(list: &mut Vec<Finding>) {
    forget_advice(list);
    let owners = owners(list);
    if owners.is_empty() {
        return;
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for (follower, owner) in &owners {
        let Some(follower) = list.get(*follower).cloned() else { continue };
        *counts.entry(*owner).or_default() += usize::from(follower.code.is_lost_reference());
        if let Some(owner) = list.get_mut(*owner) {
            absorb(owner, follower);
        }
    }
    for (owner, references) in counts.into_iter().filter(|(_, references)| *references > 0) {
        if let Some(finding) = list.get_mut(owner) {
            finding.message = format!("{} {}", finding.message, sentence(finding.code, references));
        }
    }
    let mut index = 0_usize..;
    list.retain(|_| index.next().is_none_or(|index| !owners.contains_key(&index)));
}

/// Takes out what `lint` says of an object with a slip: it judges what is not there.
fn forget_advice(list: &mut Vec<Finding>) {
    let is_slip = |finding: &&Finding| finding.code.leaves_hole() && finding.code.number().starts_with("CP01");
    let slips: Vec<(String, Pointer)> =
        list.iter().filter(is_slip).map(|finding| (finding.file.clone(), finding.pointer.clone())).collect();
    let holders: HashSet<(&str, Pointer)> =
        slips.iter().filter_map(|(file, place)| Some((file.as_str(), place.parent()?))).collect();
    let around: HashSet<(&str, Pointer)> = slips
        .iter()
        .flat_map(|(file, place)| {
            let holders = std::iter::successors(place.parent(), Pointer::parent);
            holders.map(|holder| (file.as_str(), holder))
        })
        .collect();
    list.retain(|finding| {
        let at = |place: Pointer| (finding.file.as_str(), place);
        let follows = match finding.code {
            // What is asked of all that an operation holds.
            Code::MissingExample => around.contains(&at(finding.pointer.clone())),
            // A description stands beside the bounds that it speaks of.
            Code::DescribedBound => finding.pointer.parent().is_some_and(|holder| holders.contains(&at(holder))),
            Code::UnusedComponent => false,
            code if code.is_for_lint() => holders.contains(&at(finding.pointer.clone())),
            _ => false,
        };
        !follows
    });
}

/// Whether the finding says why something is not there: its key is misspelt, or it was left out.
fn is_slip(finding: &Finding) -> bool {
    let is_itself = || finding.missing.as_ref().is_some_and(|missing| missing.place == finding.pointer);
    finding.code == Code::UnknownKey || (finding.code == Code::Shape && is_itself())
}

/// Each finding that follows from another one, and that one.
fn owners(list: &[Finding]) -> BTreeMap<usize, usize> {
    let slips: Vec<(usize, &Missing)> = list
        .iter()
        .enumerate()
        .filter(|(_, finding)| is_slip(finding))
        .filter_map(|(index, finding)| Some((index, finding.missing.as_ref()?)))
        .collect();
    let mut firsts: HashMap<&Missing, usize> = HashMap::new();
    let mut owners = BTreeMap::new();
    for (index, finding) in list.iter().enumerate() {
        let Some(missing) = finding.missing.as_ref().filter(|_| !is_slip(finding)) else { continue };
        let explains =
            |(_, slip): &&(usize, &Missing)| slip.file == missing.file && missing.place.is_within(&slip.place);
        if let Some((slip, _)) = slips.iter().find(explains) {
            owners.insert(index, *slip);
            continue;
        }
        let first = *firsts.entry(missing).or_insert(index);
        let follows = finding.code.is_lost_reference() || finding.code.is_refusal();
        if first != index && follows {
            owners.insert(index, first);
        }
    }
    owners
}

/// How many of the references are shown beside the finding that stands for them.
const SHOWN: usize = 2;

/// Lets `owner` stand for `follower` too.
fn absorb(owner: &mut Finding, follower: Finding) {
    let costs_operations = follower.code.severity() == Severity::Error && follower.leaves_out_operations();
    if costs_operations && !owner.leaves_out_operations() {
        owner.consequence = Some(follower.consequence());
    }
    if follower.code.is_lost_reference() && owner.related.len() < SHOWN {
        let label = if owner.code.is_lost_reference() { "leads there too" } else { "leads into it" };
        let (file, pointer) = (follower.file.clone(), follower.pointer.clone());
        owner.related.push(Related { file, pointer, focus: Focus::Member("$ref"), label: label.to_owned() });
    }
    owner.also.push(follower.pointer);
    owner.also.extend(follower.also);
}

/// How many references lead where nothing is.
fn sentence(code: Code, references: usize) -> String {
    match references {
        1 if code.is_lost_reference() => "One more reference leads there.".to_owned(),
        count if code.is_lost_reference() => format!("{count} more references lead there."),
        1 => "A reference leads into what it should be.".to_owned(),
        count => format!("{count} references lead into what it should be."),
    }
}
