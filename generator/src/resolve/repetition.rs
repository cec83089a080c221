//! Limits how much data the references of a document repeat.
//!
//! Each operation has its own copy of the parameters, bodies, responses, headers and examples to which it refers, and code is
//! generated for each copy. A large response that thousands of operations share would otherwise need gigabytes of memory. The size
//! of all copies is computed before any reference is followed.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::json::member::{member_of, value_at};
use crate::json::size::{size, size_of_text};
use crate::load::RawDocument;
use crate::load::grammar::METHODS;
use crate::load::size_limit::max_size;
use crate::pointer::Pointer;
use crate::resolve::component::has_own_name;
use crate::resolve::inline_target;

/// The largest number of references inside the target of one another. The objects of OpenAPI have at most five.
const MAX_NESTED: usize = 20;

/// The size of the code for a parameter that an operation inherits from its path item, in addition to the parameter itself. An
/// operation repeats such a parameter without a reference of its own, and the code takes far longer than the data.
const INHERITED_PARAMETER: usize = 200;

/// Returns whether the references of the document repeat too much data. If so, reports the operation or component at which the
/// limit is exceeded.
pub(super) fn exceeds_limit(document: &RawDocument, findings: &mut Findings) -> bool {
    let mut sizes = Sizes { raw: &document.raw, targets: HashMap::new(), nested: 0 };
    // Spaces and comments count for nothing.
    let allowed = max_size(document.text_length.min(size(&document.raw)));
    let Some(place) = sizes.place_beyond(allowed) else { return false };
    let message = format!(
        "Up to this place, the references, parameters, security requirements and servers that operations share repeat more than \
         {} MB of data.",
        allowed / 1_000_000
    );
    let remedy = "Refer to smaller objects, or divide the document.";
    findings.add(Code::DocumentLimit, &place, message, remedy);
    true
}

/// Computes the sizes of objects, including the objects to which they refer.
struct Sizes<'r> {
    raw: &'r Value,
    /// The sizes of targets, by the `$ref` and the number of inlined schemas around it. While a size is being computed, it is 0.
    targets: HashMap<(&'r str, usize), usize>,
    /// The number of references that are being followed.
    nested: usize,
}

impl<'r> Sizes<'r> {
    /// Returns the first operation or component schema at which the size of the document exceeds `allowed` bytes.
    fn place_beyond(&mut self, allowed: usize) -> Option<Pointer> {
        let mut total = 0_usize;
        let mut exceeds = |added: usize| {
            total = total.saturating_add(added);
            total > allowed
        };
        let [security, servers] = ["security", "servers"].map(|key| self.member(self.raw, key));
        for (path, item) in members(self.raw.get("paths")) {
            let place = Pointer::root().join("paths").join(path);
            if exceeds(size_of_text(path)) {
                return Some(place);
            }
            let Some(item) = self.followed(item) else { continue };
            let count = item.get("parameters").and_then(Value::as_array).map_or(0, Vec::len);
            let parameters = self.member(item, "parameters").saturating_add(count * INHERITED_PARAMETER);
            for (method, operation) in members(Some(item)).filter(|(method, _)| METHODS.contains(&method.as_str())) {
                let has = |key: &str| operation.get(key).is_some();
                let inherited = if has("security") { 0 } else { security };
                let inherited = inherited + if has("servers") { 0 } else { servers };
                if exceeds(parameters + inherited + self.size(operation, 0)) {
                    return Some(place.join(method));
                }
            }
        }
        for (name, schema) in members(self.raw.pointer("/components/schemas")) {
            if exceeds(size_of_text(name) + self.size(schema, 0)) {
                return Some(Pointer::root().join("components").join("schemas").join(name));
            }
        }
        None
    }

    /// Returns the size of the member `key` of an object; 0 if the object has no such member.
    fn member(&mut self, object: &'r Value, key: &str) -> usize {
        object.get(key).map_or(0, |member| self.size(member, 0))
    }

    /// Returns the value itself, or the value to which it refers; `None` for a broken or circular reference.
    fn followed(&self, value: &'r Value) -> Option<&'r Value> {
        let mut value = value;
        for _ in 0..MAX_NESTED {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
            value = self.target(reference)?.1;
        }
        None
    }

    fn target(&self, reference: &str) -> Option<(Pointer, &'r Value)> {
        let place = reference.strip_prefix('#').and_then(Pointer::from_fragment)?;
        let value = value_at(self.raw, &place)?;
        Some((place, value))
    }

    /// Returns the size of `value`, which is inside `depth` inlined schemas.
    fn size(&mut self, value: &'r Value, depth: usize) -> usize {
        match value {
            Value::Object(members) => match member_of(members, "$ref").and_then(Value::as_str) {
                Some(reference) => size(value).saturating_add(self.size_of_target(reference, depth)),
                None => self.size_of_object(members, depth),
            },
            Value::Array(items) => {
                let sizes = items.iter().map(|item| self.size(item, depth));
                sizes.fold(size_of_text(""), usize::saturating_add)
            }
            _ => size(value),
        }
    }

    fn size_of_object(&mut self, members: &'r Map<String, Value>, depth: usize) -> usize {
        // A client uses neither callbacks nor links.
        let used = members.iter().filter(|(key, _)| !matches!(key.as_str(), "callbacks" | "links"));
        let sizes = used.map(|(key, member)| size_of_text(key).saturating_add(self.size(member, depth)));
        sizes.fold(size_of_text(""), usize::saturating_add)
    }

    /// Returns the size of the target of a reference; 0 for a component schema, because it is read only once.
    fn size_of_target(&mut self, reference: &'r str, depth: usize) -> usize {
        if reference.starts_with("#/components/schemas/") && reference.matches('/').count() == 3 {
            return 0;
        }
        if let Some(known) = self.targets.get(&(reference, depth)) {
            return *known;
        }
        let Some((place, target)) = self.target(reference) else { return 0 };
        let inner_depth = if has_own_name(&place) { depth } else { depth + 1 };
        if inner_depth > inline_target::MAX_DEPTH || self.nested >= MAX_NESTED {
            return 0;
        }
        self.targets.insert((reference, depth), 0);
        self.nested += 1;
        let size = self.size(target, inner_depth);
        self.nested -= 1;
        self.targets.insert((reference, depth), size);
        size
    }
}

/// Returns the members of an object; nothing for any other value.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::resolve::tests::resolved_or_rejected;

    /// Resolves a document in which `count` operations use `response`, and returns the findings as `code pointer`.
    fn findings(count: usize, response: &str, rest: &str) -> Vec<String> {
        let mut text = "paths:\n".to_owned();
        for index in 0..count {
            writeln!(text, "  /a{index}: {{get: {{responses: {{'200': {response}}}}}}}").expect("a text");
        }
        resolved_or_rejected(&format!("{text}{rest}")).1
    }

    const SHARED: &str = "{$ref: '#/components/responses/R'}";

    #[test]
    fn a_shared_response_may_be_small_or_rarely_used() {
        let rest = |length: usize| {
            format!("components: {{responses: {{R: {{description: '{}'}}}}}}\n", "word ".repeat(length))
        };
        assert_eq!(findings(500, SHARED, &rest(10)), [""; 0]);
        assert_eq!(findings(5, SHARED, &rest(10_000)), [""; 0]);
        let rejected = findings(500, SHARED, &rest(10_000));
        assert_eq!(rejected.len(), 1);
        assert!(rejected[0].starts_with("document-limit /paths/~1a"), "{rejected:?}");
    }

    #[test]
    fn data_that_all_operations_share_counts_for_each() {
        let inline = "{description: d}";
        for rest in [
            format!("security: [{{}}{}]\n", ", {a: []}".repeat(3_000)),
            format!("servers: [{{url: /}}{}]\n", ", {url: /a}".repeat(3_000)),
        ] {
            let rejected = findings(500, inline, &rest);
            assert!(rejected.iter().any(|finding| finding.starts_with("document-limit /paths/~1a")), "{rejected:?}");
        }
    }

    #[test]
    fn parameters_that_operations_inherit_count_for_their_code() {
        let parameters =
            |count: usize| (0..count).map(|index| format!("{{name: p{index}, in: query}}, ")).collect::<String>();
        let document = |count: usize, paths: usize| {
            let item = format!("  /a: {{get: {{responses: {{}}}}, parameters: [{}]}}\n", parameters(count));
            let paths = (0..paths).map(|index| format!("  /b{index}: {{$ref: '#/paths/~1a'}}\n"));
            resolved_or_rejected(&format!("paths:\n{item}{}", paths.collect::<String>())).1
        };
        let is_limit = |finding: &String| finding.starts_with("document-limit /paths/~1b");
        assert!(!document(10, 50).iter().any(is_limit));
        assert!(document(40, 100).iter().any(is_limit));
    }

    #[test]
    fn references_inside_targets_count_for_each_use() {
        let headers: String = (0..100).map(|index| format!("H{index}: {{$ref: '#/components/headers/H'}}, ")).collect();
        let rest = format!(
            "components:\n  headers: {{H: {{description: '{}', schema: {{type: string}}}}}}\n  responses: {{R: {{description: d, \
             headers: {{{headers}}}}}}}\n",
            "word ".repeat(100)
        );
        assert_eq!(findings(3, SHARED, &rest), [""; 0]);
        assert_eq!(findings(50, SHARED, &rest).len(), 1);
    }

    #[test]
    fn circular_references_have_a_size() {
        let rest =
            "components: {responses: {R: {$ref: '#/components/responses/S'}, S: {$ref: '#/components/responses/R'}}}\n";
        let reported = findings(3, SHARED, rest);
        assert!(reported.iter().all(|finding| finding.starts_with("ref-cycle")), "{reported:?}");
    }
}
