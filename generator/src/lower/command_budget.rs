//! Limits how much the commands of operations repeat. Each command has an option for each member of its body, with the values that
//! are allowed, and the names of the secrets in the body. Operations that share a component schema repeat all of them.

use std::collections::HashMap;
use std::mem;

use crate::finding::{Code, Findings};
use crate::ir::{EnumVariant, Field, TypeId};
use crate::pointer::Pointer;

/// The size of an option without its texts, in bytes.
const OPTION: usize = 60;

/// The size of a text without its letters, in bytes.
const TEXT: usize = 16;

/// What the commands may still repeat.
pub(super) struct Budget<'f> {
    /// The size that was allowed at first, in bytes.
    allowed: usize,
    /// The size that is still allowed, in bytes.
    left: usize,
    /// The sizes of the options for the members of types.
    known: HashMap<TypeId, usize>,
    /// Where the first operation is reported whose command does not have everything.
    findings: &'f mut Findings,
    /// Whether such an operation was reported.
    is_reported: bool,
}

impl<'f> Budget<'f> {
    /// Returns a budget of this size, in bytes.
    pub fn new(allowed: usize, findings: &'f mut Findings) -> Self {
        Self { allowed, left: allowed, known: HashMap::new(), findings, is_reported: false }
    }

    /// Returns whether the command of the operation at `place` can have something of this size. If so, the rest of the budget is
    /// smaller by it.
    pub fn spend(&mut self, size: usize, place: &str) -> bool {
        match self.left.checked_sub(size) {
            Some(left) => self.left = left,
            None => {
                self.report(place);
                return false;
            }
        }
        true
    }

    /// Returns whether a command can have options for the members of the type `id`.
    pub fn spend_members<'t>(&mut self, id: TypeId, members: impl FnOnce() -> Vec<&'t Field>, place: &str) -> bool {
        let size = |field: &Field| OPTION + field.name.len() + field.docs.iter().map(String::len).sum::<usize>();
        let size = *self.known.entry(id).or_insert_with(|| members().into_iter().map(size).sum());
        self.spend(size, place)
    }

    /// Returns whether an option can list these values.
    pub fn spend_values(&mut self, values: &[EnumVariant], place: &str) -> bool {
        let least = values.len().saturating_mul(TEXT);
        let fits = least <= self.left;
        let texts = values.iter().filter(|_| fits).map(|value| value.wire.len()).sum::<usize>();
        self.spend(least.saturating_add(texts), place)
    }

    /// Returns whether a command can have these names of secrets.
    pub fn spend_names<'n>(&mut self, names: impl Iterator<Item = &'n String>, place: &str) -> bool {
        self.spend(names.map(|name| TEXT + name.len()).sum(), place)
    }

    /// Reports the operation at `place`, unless another one was reported before.
    fn report(&mut self, place: &str) {
        let is_first = !mem::replace(&mut self.is_reported, true);
        let Some(place) = Pointer::parse(place).filter(|_| is_first) else { return };
        let message = format!(
            "Up to this operation, the options, allowed values and secrets of schemas that operations share repeat more than {} MB \
             of data in the commands.",
            self.allowed / 1_000_000
        );
        let mark = self.findings.mark();
        self.findings.add(Code::DocumentLimit, &place, message, "Refer to smaller schemas, or divide the document.");
        self.findings.tolerate_since(
            mark,
            "Commands beyond the limit take JSON and forms only with `--body`, list no values, do not print bodies with secrets, and \
             send no multipart bodies.",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Command;
    use crate::options::Options;
    use crate::pipeline::lowered_with_findings;

    #[test]
    fn what_fits_into_the_rest_is_allowed() {
        let mut findings = Findings::new("t.yaml");
        let mut budget = Budget::new(100, &mut findings);
        assert!(budget.spend(90, "/a"));
        assert!(!budget.spend(11, "/a"));
        assert!(!budget.spend(11, "/b"));
        assert!(budget.spend(10, "/b"));
        let found: Vec<_> = findings.iter().map(|finding| (finding.pointer.to_string(), finding.is_error())).collect();
        assert_eq!(found, [("/a".to_owned(), false)]);
    }

    /// Lowers a document in which 200 operations have `used`. Returns the first and the last command, and the places of warnings.
    fn commands(used: &str, components: &str) -> ([Command; 2], Vec<String>) {
        let operation = |index| format!("  /a{index}: {{post: {{{used}, responses: {{}}}}}}\n");
        let paths: String = (0..200).map(operation).collect();
        let text =
            format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}components: {{{components}}}\n");
        let (api, findings) = lowered_with_findings(&text, &Options { cli: true, ..Options::default() });
        let commands = api.command_line.expect("commands").commands;
        let ends = [&commands[0], &commands[199]].map(Clone::clone);
        let limits = findings.iter().filter(|finding| finding.code == Code::DocumentLimit && !finding.is_error());
        (ends, limits.map(|finding| finding.pointer.to_string()).collect())
    }

    /// Returns a component schema `S` with 300 properties.
    fn schema(property: &str) -> String {
        let properties: String = (0..300).map(|index| format!("p{index}: {property}, ")).collect();
        format!("schemas: {{S: {{type: object, properties: {{{properties}}}}}}}")
    }

    fn body(media_type: &str) -> String {
        format!("requestBody: {{content: {{{media_type}: {{schema: {{$ref: '#/components/schemas/S'}}}}}}}}")
    }

    #[test]
    fn members_beyond_the_limit_have_no_options() {
        for media_type in ["application/json", "application/x-www-form-urlencoded"] {
            let ([first, last], limits) = commands(&body(media_type), &schema("{type: string}"));
            assert_eq!((first.options.len(), last.options.len(), last.has_body), (300, 0, true));
            assert!(limits.len() == 1 && limits[0].starts_with("/paths/~1a"), "{limits:?}");
        }
        let (_, limits) = commands(&body("application/json"), "schemas: {S: {properties: {a: {type: string}}}}");
        assert_eq!(limits, [""; 0]);
    }

    #[test]
    fn parts_beyond_the_limit_cannot_be_sent() {
        let components =
            format!("{}, requestBodies: {{B: {}}}", schema("{type: string}"), &body("multipart/form-data")[13..]);
        let ([first, last], limits) = commands("requestBody: {$ref: '#/components/requestBodies/B'}", &components);
        assert_eq!((first.options.len(), first.has_body), (300, true));
        assert_eq!((last.options.len(), last.has_body), (0, false));
        assert_eq!(limits.len(), 1);
    }

    #[test]
    fn values_beyond_the_limit_are_not_listed() {
        let values: String = (0..300).map(|index| format!("v{index}, ")).collect();
        let parameter = "parameters: [{name: q, in: query, schema: {$ref: '#/components/schemas/S'}}]";
        let ([first, last], limits) =
            commands(parameter, &format!("schemas: {{S: {{type: string, enum: [{values}]}}}}"));
        assert_eq!((first.options[0].values.len(), last.options[0].values.len()), (300, 0));
        assert_eq!(limits.len(), 1);
    }

    #[test]
    fn a_body_whose_secrets_are_beyond_the_limit_is_hidden() {
        let inner = schema("{type: string, format: password}").replace("{S:", "{Inner:");
        let outer = "S: {properties: {inner: {$ref: '#/components/schemas/Inner'}}}";
        let components = inner.replacen("schemas: {", &format!("schemas: {{{outer}, "), 1);
        let ([first, last], limits) = commands(&body("application/json"), &components);
        assert_eq!((first.secrets.len(), first.has_secret_body), (300, false));
        assert_eq!((last.secrets.len(), last.has_secret_body), (0, true));
        assert_eq!(limits.len(), 1);
    }
}
