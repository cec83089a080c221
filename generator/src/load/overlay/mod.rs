//! Applies OpenAPI Overlays (version 1.0) to the raw tree of a document.
//!
//! An overlay changes a document without an edit of its file: it adds extensions, corrects mistakes and removes parts. Each action
//! selects values with a JSONPath (RFC 9535). Findings about a value that an overlay added name the overlay.

mod limits;
mod origins;
mod removal;
mod update;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::json::size::size;
use crate::json_path::JsonPath;
use crate::load::grammar::overlay::OVERLAY;
use crate::load::overlay::limits::Limits;
use crate::load::overlay::origins::Origins;
use crate::load::{shape, text};
use crate::options::Overlay;
use crate::pointer::Pointer;

/// Applies overlays to `raw`, the tree of the document `file`, in the given order. Returns the length of their texts, in bytes.
pub(super) fn apply(file: &str, raw: &mut Value, overlays: &[Overlay], findings: &mut Findings) -> usize {
    let text_length = overlays.iter().map(|overlay| overlay.text.len()).sum();
    let limits = Limits::new(size(raw).saturating_add(text_length));
    let mut document = Document { raw, origins: Origins::new(file), limits };
    for overlay in overlays {
        let mut found = Findings::new(&overlay.file);
        if let Some(tree) = read(overlay, &mut found) {
            let actions = tree.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            for (index, action) in actions.iter().enumerate() {
                let place = Pointer::root().join("actions").join(index);
                if document.limits.are_exceeded {
                    break;
                }
                document.apply_action(&overlay.file, action, &place, &mut found);
            }
        }
        findings.append(found);
    }
    document.origins.into_list().into_iter().for_each(|origin| findings.add_origin(origin));
    text_length
}

/// Returns the tree of an overlay without its malformed parts. Reports these parts.
fn read(overlay: &Overlay, findings: &mut Findings) -> Option<Value> {
    let mut tree = text::parse(&overlay.file, &overlay.text, findings)?;
    let version = tree.get("overlay");
    if version.is_none() && tree.get("openapi").is_some() {
        let message = "The file is an OpenAPI document, not an overlay.";
        let remedy = "Name the document without `--overlay`, or begin an overlay with `overlay: 1.0.0`.";
        findings.add(Code::Version, &Pointer::root().join("openapi"), message, remedy);
        return None;
    }
    if let Some(version) = version.filter(|version| !version.as_str().is_some_and(|text| text.starts_with("1."))) {
        let message = format!("`{version}` is not a version of OpenAPI Overlays that copperplate reads.");
        findings.add(Code::Version, &Pointer::root().join("overlay"), message, "Write `overlay: 1.0.0`.");
        return None;
    }
    shape::repair_object(&OVERLAY, &mut tree, findings).then_some(tree)
}

/// The document to which overlays are applied.
struct Document<'d> {
    raw: &'d mut Value,
    origins: Origins,
    limits: Limits,
}

impl Document<'_> {
    /// Applies the action at `place` in the overlay `file`.
    fn apply_action(&mut self, file: &str, action: &Value, place: &Pointer, findings: &mut Findings) {
        let Some(targets) = self.targets(action, place, findings) else { return };
        let removes = action.get("remove") == Some(&Value::Bool(true));
        match action.get("update") {
            Some(_) if removes => findings.add(
                Code::NoEffect,
                &place.join("update"),
                "`update` has no effect beside `remove: true`.",
                "Remove `update`, or write an action for each.",
            ),
            None if !removes => {
                let remedy = "Add `update` with the members to add, or `remove: true`.";
                findings.add(Code::NoEffect, place, "The action changes nothing.", remedy);
            }
            _ => {}
        }
        if removes {
            self.remove(targets, place, findings);
            self.limits.is_budget_used_up(&place.join("target"), findings);
        } else if let Some(update) = action.get("update") {
            if !self.limits.allow_addition(update, &targets, place, findings) {
                return;
            }
            for target in targets {
                self.update(&target, update, (file, &place.join("update")), findings);
            }
        }
    }

    /// Returns the values that the `target` of an action selects.
    fn targets(&mut self, action: &Value, place: &Pointer, findings: &mut Findings) -> Option<Vec<Pointer>> {
        let target = action.get("target").and_then(Value::as_str)?;
        let place = place.join("target");
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("`{target}` is not a JSONPath: {error}.");
                let remedy = "Write a JSONPath (RFC 9535), such as `$.paths['/pets'].get` or `$.components.schemas.*`.";
                findings.add(Code::Shape, &place, message, remedy);
                return None;
            }
        };
        let selected = path.select(self.raw, &self.limits.budget);
        if self.limits.is_budget_used_up(&place, findings) {
            return None;
        }
        if selected.is_empty() {
            let remedy = "Correct the target, or remove the action.";
            findings.add(Code::UnmatchedAction, &place, format!("`{target}` selects nothing in the document."), remedy);
        }
        Some(selected)
    }
}

#[cfg(test)]
mod tests;
