//! `x-acknowledge`: findings that the document admits, each with a reason.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::grammar::ACKNOWLEDGE;
use crate::load::grammar::visit;
use crate::pointer::Pointer;

/// One entry of `x-acknowledge`.
struct Acknowledgement {
    /// Where the entry stands.
    place: Pointer,
    /// Whether a finding needed it.
    used: bool,
}

/// Which rules have judged a document: an acknowledgement is stale only where its rule has been asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Those of `generate`.
    ByGenerate,
    /// Those of `lint` too.
    ByLint,
}

/// Drops the findings that `raw` acknowledges, and reports the entries that are none or that nothing needed.
pub(super) fn apply(raw: &Value, judged: Judged, findings: &mut Findings) {
    let mut entries = entries(raw, findings);
    findings.retain(|finding| {
        let mut acknowledged = false;
        let mut around = Some(finding.pointer.clone()).filter(|_| finding.code.acknowledgeable());
        while let Some(place) = around {
            around = place.parent();
            if let Some(entry) = entries.get_mut(&(place, finding.code)) {
                entry.used = true;
                acknowledged = true;
            }
        }
        !acknowledged
    });
    // What an example contradicts may have been told where the schema stands.
    for ((place, code), entry) in &mut entries {
        let is_told = || findings.at_odds().iter().any(|example| example.is_within(place));
        entry.used |= *code == Code::ExampleInvalid && is_told();
    }
    // Of a document with holes nobody knows what its findings would be.
    let has_holes = findings.iter().any(|finding| finding.code.leaves_hole());
    let is_asked = |code: Code| !has_holes && (judged == Judged::ByLint || !code.is_for_lint());
    let stale = entries.into_iter().filter(|((_, code), entry)| !entry.used && is_asked(*code));
    let mut stale: Vec<_> = stale.collect();
    stale.sort_by(|(_, left), (_, right)| left.place.cmp(&right.place));
    for ((_, code), entry) in stale {
        findings.add(
            Code::StaleAcknowledgement,
            &entry.place,
            format!("No finding `{}` needs this acknowledgement.", code.id()),
            "Delete the entry.",
        );
    }
}

/// The entries of the tree, by the object that holds them and the code they are about.
fn entries(raw: &Value, findings: &mut Findings) -> HashMap<(Pointer, Code), Acknowledgement> {
    let mut entries = HashMap::new();
    visit::objects(raw, &mut |members, holder| {
        collect(members.get(ACKNOWLEDGE), holder, &mut entries, findings);
        let examples = members.get("x-examples").and_then(Value::as_array).into_iter().flatten().enumerate();
        for (index, example) in examples {
            collect(example.get(ACKNOWLEDGE), &holder.join("x-examples").join(index), &mut entries, findings);
        }
    });
    entries
}

fn collect(
    acknowledged: Option<&Value>,
    holder: &Pointer,
    entries: &mut HashMap<(Pointer, Code), Acknowledgement>,
    findings: &mut Findings,
) {
    let Some(acknowledged) = acknowledged else { return };
    let place = holder.join(ACKNOWLEDGE);
    let Some(acknowledged) = acknowledged.as_object() else {
        return misshapen(&place, findings);
    };
    for (id, reason) in acknowledged {
        let place = place.join(id);
        let fault = match Code::ALL.iter().find(|code| code.id() == id) {
            Some(code) if code.acknowledgeable() => {
                if reason.as_str().is_none_or(|reason| reason.trim().is_empty()) {
                    misshapen(&place, findings);
                }
                entries.insert((holder.clone(), *code), Acknowledgement { place, used: false });
                continue;
            }
            Some(_) => format!("A finding `{id}` cannot be acknowledged."),
            None => format!("There is no finding `{id}`."),
        };
        let known: Vec<_> = Code::ALL.iter().filter(|code| code.acknowledgeable()).map(|code| code.id()).collect();
        let remedy = format!("Delete the entry; what can be acknowledged is `{}`.", known.join("`, `"));
        findings.add(Code::StaleAcknowledgement, &place, fault, remedy);
    }
}

fn misshapen(place: &Pointer, findings: &mut Findings) {
    findings.add(
        Code::ExtensionShape,
        place,
        "`x-acknowledge` has not its shape: it maps the id of a finding to the reason, which is text.",
        "Write it like this: `x-acknowledge: {example-invalid: the page prints it so}`.",
    );
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    fn says_of(schema: &str) -> Vec<String> {
        let said = says(&format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"));
        said.into_iter().map(|line| line.replace(" /components/schemas/A", " ")).collect()
    }

    #[test]
    fn an_acknowledged_finding_is_dropped() {
        let reason = "x-acknowledge: {example-invalid: as printed}";
        assert_eq!(says_of("{type: string, example: 1}"), ["example-invalid /example"]);
        assert_eq!(says_of(&format!("{{type: string, example: 1, {reason}}}")), [""; 0]);
        assert_eq!(says_of("{minLength: 2, maxLength: 1, x-acknowledge: {contradictory-bounds: as printed}}"), [""; 0]);
        let around = format!("{{properties: {{a: {{type: string, example: 1}}}}, {reason}}}");
        assert_eq!(says_of(&around), [""; 0]);
    }

    #[test]
    fn what_nothing_needs_is_stale() {
        let stale = "stale-acknowledgement /x-acknowledge";
        assert_eq!(says_of("{x-acknowledge: {example-invalid: why}}"), [format!("{stale}/example-invalid")]);
        assert_eq!(says_of("{x-acknowledge: {exampel: why}}"), [format!("{stale}/exampel")]);
        let not_these = "{pattern: '[', x-acknowledge: {invalid-pattern: why}}";
        assert_eq!(says_of(not_these), ["invalid-pattern /pattern".to_owned(), format!("{stale}/invalid-pattern")]);
    }

    #[test]
    fn a_reason_is_text() {
        assert_eq!(says_of("{x-acknowledge: why}"), ["extension-shape /x-acknowledge"]);
        let nothing_said = "{type: string, example: 1, x-acknowledge: {example-invalid: }}";
        assert_eq!(says_of(nothing_said), ["extension-shape /x-acknowledge/example-invalid"]);
    }
}
