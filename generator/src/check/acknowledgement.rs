//! Applies the extension `x-acknowledge`, which maps the id of a finding to the reason for accepting this finding. An accepted
//! finding is not reported.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings, PlaceSet};
use crate::json::member::member_of;
use crate::load::grammar::ACKNOWLEDGE;
use crate::load::grammar::visit;
use crate::pointer::Pointer;

/// A finding that a document acknowledges in `x-acknowledge`.
struct Acknowledgement {
    /// The JSON Pointer of the acknowledgement, such as `/paths/~1a/get/x-acknowledge/example-invalid`.
    place: Pointer,
    /// Whether the acknowledgement matched at least one finding. If not, it is stale.
    used: bool,
}

/// The rules that were applied to a document. An entry of `x-acknowledge` that matches no finding is reported only if the rule
/// that reports findings with its id was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleSet {
    /// The rules of the command `generate`.
    Generate,
    /// The rules of the commands `generate` and `lint`.
    Lint,
    /// The comparison of the command `proof` with documentation pages.
    Proof {
        /// Whether every operation of the document was compared with a page.
        is_complete: bool,
    },
}

/// Removes from `findings` each finding that the document `raw` acknowledges in `x-acknowledge`. Reports malformed entries of
/// `x-acknowledge`, and entries that match no finding.
pub(super) fn apply(raw: &Value, applied: RuleSet, findings: &mut Findings) {
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
    // An invalid example is not reported if a finding about its schema explains it. The acknowledgement of such an example is not
    // stale.
    let invalid_examples: PlaceSet = findings.recorded_invalid_examples().iter().collect();
    for ((place, code), entry) in &mut entries {
        entry.used |= *code == Code::ExampleInvalid && invalid_examples.has_within(place);
    }
    // If a member of the document was removed because of an error, the findings inside the member are unknown. In this case, no
    // acknowledgement is reported as stale.
    let is_incomplete = findings.iter().any(|finding| finding.code.leaves_hole());
    let was_applied = |code: Code| {
        let by_rules = match applied {
            RuleSet::Generate => !code.is_for_lint() && !code.is_for_proof(),
            RuleSet::Lint => !code.is_for_proof(),
            RuleSet::Proof { is_complete } => code.is_for_proof() && is_complete,
        };
        by_rules && !is_incomplete
    };
    // Nothing was compared with a component that no operation uses.
    let is_proof = matches!(applied, RuleSet::Proof { .. });
    let is_unused = |place: &Pointer| is_proof && is_unused_component(raw, place);
    let stale = entries
        .into_iter()
        .filter(|((_, code), entry)| !entry.used && was_applied(*code))
        .filter(|((holder, _), _)| !is_unused(holder));
    let mut stale: Vec<_> = stale.collect();
    stale.sort_by(|(_, left), (_, right)| left.place.cmp(&right.place));
    for ((_, code), entry) in stale {
        findings.add(
            Code::StaleAcknowledgement,
            &entry.place,
            format!("There is no finding `{}` to acknowledge here.", code.id()),
            "Delete the entry.",
        );
    }
}

/// Returns whether a value is within a component to which no reference and no security requirement leads.
fn is_unused_component(raw: &Value, place: &Pointer) -> bool {
    let tokens: Vec<String> = place.tokens().take(3).collect();
    let [components, section, name] = tokens.as_slice() else { return false };
    if components != "components" {
        return false;
    }
    let reference = format!("#/components/{section}/{}", Pointer::escape(name));
    let mut is_used = false;
    visit::objects(raw, &mut |members, _| {
        let requires = |value: &Value| value.as_array().into_iter().flatten().any(|entry| entry.get(name).is_some());
        is_used |= members.get("$ref").and_then(Value::as_str) == Some(reference.as_str());
        is_used |= members.get("security").is_some_and(requires);
    });
    !is_used
}

/// Returns all acknowledgements in a document. Each is keyed by the JSON Pointer of the object with `x-acknowledge`, and by the
/// code of the finding.
fn entries(raw: &Value, findings: &mut Findings) -> HashMap<(Pointer, Code), Acknowledgement> {
    let mut entries = HashMap::new();
    visit::objects(raw, &mut |members, holder| {
        collect(member_of(members, ACKNOWLEDGE), holder, &mut entries, findings);
        let examples = member_of(members, "x-examples").and_then(Value::as_array).into_iter().flatten().enumerate();
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
        return report_shape(&place, findings);
    };
    for (id, reason) in acknowledged {
        let place = place.join(id);
        let message = match Code::ALL.iter().find(|code| code.id() == id) {
            Some(code) if code.acknowledgeable() => {
                if reason.as_str().is_none_or(|reason| reason.trim().is_empty()) {
                    report_shape(&place, findings);
                }
                entries.insert((holder.clone(), *code), Acknowledgement { place, used: false });
                continue;
            }
            Some(_) => format!("The finding `{id}` cannot be acknowledged."),
            None => format!("There is no finding with the id `{id}`."),
        };
        let known: Vec<_> = Code::ALL.iter().filter(|code| code.acknowledgeable()).map(|code| code.id()).collect();
        let remedy = format!(
            "Delete the entry of `x-acknowledge`. These findings can be acknowledged: `{}`.",
            known.join("`, `")
        );
        findings.add(Code::StaleAcknowledgement, &place, message, remedy);
    }
}

fn report_shape(place: &Pointer, findings: &mut Findings) {
    findings.add(
        Code::ExtensionShape,
        place,
        "`x-acknowledge` must be an object that maps the id of a finding to a reason, which is a string.",
        "Write the extension like this: `x-acknowledge: {example-invalid: the API documentation has this example}`.",
    );
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places_in_schema as found;

    #[test]
    fn an_acknowledged_finding_is_removed() {
        let reason = "x-acknowledge: {example-invalid: as printed}";
        assert_eq!(found("{type: string, example: 1}"), ["example-invalid /example"]);
        assert_eq!(found(&format!("{{type: string, example: 1, {reason}}}")), [""; 0]);
        assert_eq!(found("{minLength: 2, maxLength: 1, x-acknowledge: {contradictory-bounds: as printed}}"), [""; 0]);
        let around = format!("{{properties: {{a: {{type: string, example: 1}}}}, {reason}}}");
        assert_eq!(found(&around), [""; 0]);
    }

    #[test]
    fn an_entry_without_a_finding_is_stale() {
        let stale = "stale-acknowledgement /x-acknowledge";
        assert_eq!(found("{x-acknowledge: {example-invalid: why}}"), [format!("{stale}/example-invalid")]);
        assert_eq!(found("{x-acknowledge: {exampel: why}}"), [format!("{stale}/exampel")]);
        let not_acknowledgeable = "{pattern: '[', x-acknowledge: {invalid-pattern: why}}";
        assert_eq!(
            found(not_acknowledgeable),
            ["invalid-pattern /pattern".to_owned(), format!("{stale}/invalid-pattern")]
        );
    }

    #[test]
    fn a_reason_must_be_a_string() {
        assert_eq!(found("{x-acknowledge: why}"), ["extension-shape /x-acknowledge"]);
        let without_reason = "{type: string, example: 1, x-acknowledge: {example-invalid: }}";
        assert_eq!(found(without_reason), ["extension-shape /x-acknowledge/example-invalid"]);
    }
}
