//! Applies OpenAPI Overlays (version 1.0) to the raw tree of a document.
//!
//! An overlay changes a document without an edit of its file: it adds extensions, corrects mistakes and removes parts. Each action
//! selects values with a JSONPath (RFC 9535). Findings about a value that an overlay added name the overlay.

mod origins;
mod removal;
mod update;

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::finding::{Code, Findings};
use crate::load::grammar::overlay::OVERLAY;
use crate::load::overlay::origins::Origins;
use crate::load::text::MAX_DEPTH;
use crate::load::{shape, size_limit, text};
use crate::options::Overlay;
use crate::pointer::Pointer;

/// The largest number of `..` in a target. Each of them may visit the whole document for each value that was selected before it.
const MOST_DESCENTS: usize = 2;

/// The largest number of values that all actions of a run may select.
const MOST_SELECTED: usize = 1_000_000;

/// The largest number of combinations of the selectors in brackets, such as 4 for `$['a','b']['c','d']`. The library selects a
/// value once for each combination that leads to it.
const MOST_SELECTORS: usize = 100;

/// The largest size of all values that targets with `..` visit in a run, in bytes.
const MOST_VISITED: usize = 1 << 29;

/// The largest size of all values that the actions of a run add, in bytes.
const MOST_COPIED: usize = 1 << 26;

/// Returns whether the target of an action has `..`.
fn has_descent(action: &Value) -> bool {
    action.get("target").and_then(Value::as_str).is_some_and(|target| target.contains(".."))
}

/// Returns the number of levels of a value.
fn depth(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}

/// Returns whether the evaluation of a target could take more than about linear time. The library has no limit of its own, so the
/// target is restricted before it is parsed.
fn is_costly(target: &str) -> bool {
    let (mut plain, mut quote, mut is_escaped) = (String::new(), None, false);
    for letter in target.chars() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if letter == '\\' => is_escaped = true,
            Some(end) if letter == end => quote = None,
            Some(_) => {}
            None if matches!(letter, '\'' | '"') => quote = Some(letter),
            None if !letter.is_whitespace() => plain.push(letter),
            None => {}
        }
    }
    let has_pattern = plain.contains("search(") || plain.contains("match(");
    let selectors = plain.split('[').map(|part| 1 + part.matches(',').count()).fold(1_usize, usize::saturating_mul);
    let is_costly_filter = plain.split_once('?').is_some_and(|(_, filter)| {
        filter.contains("..")
            || filter.contains(['*', '$'])
            || filter.matches('?').count() > 1
            || filter.matches(['(', '[', '!']).count() > MOST_SELECTORS
    });
    plain.matches("..").count() > MOST_DESCENTS
        || selectors > MOST_SELECTORS
        || is_costly_filter
        || (has_pattern && (target.contains('{') || target.len() > 1_000))
}

/// Applies overlays to `raw`, the tree of the document `file`, in the given order. Returns the length of their texts, in bytes.
pub(super) fn apply(file: &str, raw: &mut Value, overlays: &[Overlay], findings: &mut Findings) -> usize {
    let mut document =
        Document { raw, origins: Origins::new(file), selected: 0, copied: 0, visited: 0, is_exhausted: false };
    let size = size_limit::size(document.raw);
    for overlay in overlays {
        let mut found = Findings::new(&overlay.file);
        if let Some(tree) = read(overlay, &mut found) {
            let actions = tree.get("actions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            for (index, action) in actions.iter().enumerate() {
                let place = Pointer::root().join("actions").join(index);
                if document.is_exhausted {
                    break;
                }
                document.visited += if has_descent(action) { size + document.copied } else { 0 };
                document.apply_action(&overlay.file, action, &place, &mut found);
            }
        }
        findings.append(found);
    }
    document.origins.into_list().into_iter().for_each(|origin| findings.add_origin(origin));
    overlays.iter().map(|overlay| overlay.text.len()).sum()
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
    /// The number of values that the actions so far selected.
    selected: usize,
    /// The size of all values that the actions so far added, in bytes.
    copied: usize,
    /// The size of all values that targets with `..` visited so far, in bytes.
    visited: usize,
    /// Whether an action exceeded a limit. The actions after it are not applied.
    is_exhausted: bool,
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
        } else if let Some(update) = action.get("update") {
            if !self.can_copy(update, &targets, place, findings) {
                return;
            }
            for target in targets {
                self.update(&target, update, (file, &place.join("update")), findings);
            }
        }
    }

    /// Returns whether `update` may be added to all `targets`. Reports if the document would become too large or nested too deeply.
    fn can_copy(&mut self, update: &Value, targets: &[Pointer], place: &Pointer, findings: &mut Findings) -> bool {
        let size = size_limit::size(update).saturating_mul(targets.len());
        let outer = targets.iter().map(|target| target.tokens().count()).max().unwrap_or_default();
        self.copied = self.copied.saturating_add(size);
        self.is_exhausted = self.copied > MOST_COPIED || outer + depth(update) > MAX_DEPTH;
        if self.is_exhausted {
            let message = format!(
                "The actions add too much: all actions together may add {MOST_COPIED} bytes, and the document may be nested \
                 {MAX_DEPTH} levels deep."
            );
            findings.add(Code::DocumentLimit, &place.join("update"), message, "Add less, or to fewer places.");
        }
        !self.is_exhausted
    }

    /// Returns the values that the `target` of an action selects.
    fn targets(&mut self, action: &Value, place: &Pointer, findings: &mut Findings) -> Option<Vec<Pointer>> {
        let target = action.get("target").and_then(Value::as_str)?;
        let place = place.join("target");
        if is_costly(target) || self.visited > MOST_VISITED {
            self.report_costly(&place, findings);
            return None;
        }
        let path = match JsonPath::parse(target) {
            Ok(path) => path,
            Err(error) => {
                let message = format!("`{target}` is not a JSONPath: {}.", error.message());
                let remedy = "Write a JSONPath (RFC 9535), such as `$.paths['/pets'].get` or `$.components.schemas.*`.";
                findings.add(Code::Shape, &place, message, remedy);
                return None;
            }
        };
        let selected = self.select(&path);
        self.selected += selected.len();
        if self.selected > MOST_SELECTED {
            self.report_costly(&place, findings);
            return None;
        }
        if selected.is_empty() {
            let remedy = "Correct the target, or remove the action.";
            findings.add(Code::UnmatchedAction, &place, format!("`{target}` selects nothing in the document."), remedy);
        }
        Some(selected)
    }

    /// Reports that the target at `place`, or all targets together, cost too much. No further action is applied.
    fn report_costly(&mut self, place: &Pointer, findings: &mut Findings) {
        self.is_exhausted = true;
        let message = format!(
            "The actions select too much: a target may have `..` at most {MOST_DESCENTS} times and {MOST_SELECTORS} combinations of \
             selectors, a filter may have no `..`, `*` or `$`, one filter in it and no repetition `{{` in a pattern, and all targets may \
             select {MOST_SELECTED} values and visit {MOST_VISITED} bytes with `..`."
        );
        findings.add(Code::DocumentLimit, place, message, "Write a more specific target.");
    }

    /// Returns the values that a path selects, each once.
    fn select(&self, path: &JsonPath) -> Vec<Pointer> {
        let located = path.query_located(self.raw).dedup();
        located.locations().filter_map(|location| Pointer::parse(&location.to_json_pointer())).collect()
    }
}

#[cfg(test)]
mod tests;
