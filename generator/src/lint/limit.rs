//! Limits the number of findings that `copperplate lint` prints for each code.

use std::collections::HashMap;

use crate::finding::{Code, Findings};

/// Without `--all`, the text output of `copperplate lint` contains at most this many findings of each code.
pub const MOST_PER_RULE: usize = 5;

/// Keeps the first `limit` findings of each code of `copperplate lint`; all findings if `limit` is `None`.
///
/// If findings of a code are removed, the last remaining finding of this code states in its message how many were removed.
pub fn limit_per_rule(limit: Option<usize>, findings: &mut Findings) {
    let Some(limit) = limit else { return };
    let mut counts: HashMap<Code, usize> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.code.is_for_lint()) {
        *counts.entry(finding.code).or_default() += 1;
    }
    let mut seen: HashMap<Code, usize> = HashMap::new();
    findings.retain(|finding| {
        let seen = seen.entry(finding.code).or_default();
        *seen += 1;
        !finding.code.is_for_lint() || *seen <= limit
    });
    for (code, count) in counts.into_iter().filter(|(_, count)| *count > limit) {
        let more = match count - limit {
            1 => "There is 1 more finding of this kind; `--all` prints it.".to_owned(),
            more => format!("There are {more} more findings of this kind; `--all` prints them."),
        };
        findings.append_to_last_message(code, &more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    #[test]
    fn the_first_findings_of_a_rule_are_kept_and_the_others_counted() {
        let mut found = Findings::new("test.yaml");
        for index in 0..4 {
            found.add(Code::DoubtfulEnum, &Pointer::root().join(index), "A mistake.", "Correct it.");
            found.add(Code::NoEffect, &Pointer::root().join(index), "No effect.", "Delete it.");
        }
        let mut all = found.clone();
        limit_per_rule(None, &mut all);
        limit_per_rule(Some(2), &mut found);
        let count = |findings: &Findings, code| findings.iter().filter(|finding| finding.code == code).count();
        assert_eq!((count(&all, Code::DoubtfulEnum), count(&all, Code::NoEffect)), (4, 4));
        assert_eq!((count(&found, Code::DoubtfulEnum), count(&found, Code::NoEffect)), (2, 4));
        let last = found.iter().filter(|finding| finding.code == Code::DoubtfulEnum).last();
        let expected = "A mistake. There are 2 more findings of this kind; `--all` prints them.";
        assert_eq!(last.map(|last| last.message.as_str()), Some(expected));
    }
}
