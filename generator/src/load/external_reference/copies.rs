//! Copies the targets of references, up to the limit of the document.

use serde_json::Value;

use crate::finding::Code;
use crate::load::external_reference::inlining::Inlining;
use crate::load::identifier::internal_reference;
use crate::pointer::Pointer;

impl Inlining<'_, '_> {
    /// Returns a copy of `value`, to which a reference at `place` leads. The copy gets the JSON Pointer `here`. Reports the first copy
    /// that would exceed a limit, and returns `None` for this copy and all later ones.
    pub(super) fn copy(&mut self, value: &Value, place: &Pointer, here: &Pointer) -> Option<Value> {
        if self.copies.is_reported {
            return None;
        }
        let copy = self.copies.copy(value, self.open_targets.len(), here.as_str().len(), self.text_length);
        if copy.is_none() {
            self.report_limit(place);
        }
        copy
    }

    /// Returns the text that replaces `reference`, which leads to the value at `target` in the document. Returns `None` if the
    /// replaced references would be too long together, as with many references to an anchor at a deep place.
    pub(super) fn reference_to_main(&mut self, reference: &str, target: &Pointer, place: &Pointer) -> Option<String> {
        let text = internal_reference(target);
        let is_allowed = self.copies.add(text.len().saturating_sub(reference.len()), self.text_length);
        if !is_allowed {
            self.report_limit(place);
        }
        is_allowed.then_some(text)
    }

    fn report_limit(&mut self, place: &Pointer) {
        if !std::mem::replace(&mut self.copies.is_reported, true) {
            let message = "The references of the document copy too much data.";
            let remedy = "Refer to components, which are copied only once, and remove references in unusual places.";
            self.findings.add(Code::DocumentLimit, place, message, remedy);
        }
    }
}
