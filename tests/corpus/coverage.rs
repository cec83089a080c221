//! Compares the operations of a document with the emitted methods.
//!
//! An operation is skipped if a finding with the severity `error` is about the operation, or about something that the operation
//! uses. A skipped operation without such a finding is a defect of the generator.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use copperplate::Generation;
use copperplate::finding::{Code, Finding, Severity};
use copperplate::pointer::Pointer;

use crate::document_tree::Node;

/// The number of operations that have a generated method, and the reasons why the other operations have none.
#[derive(Debug, Default)]
pub struct Coverage {
    /// The number of operations in the document.
    pub operations: usize,
    /// The number of operations that have a generated method.
    pub emitted: usize,
    /// The number of skipped operations for each finding code that explains why an operation is skipped.
    pub skipped: BTreeMap<&'static str, usize>,
    /// The skipped operations that no finding explains.
    pub unexplained: Vec<Pointer>,
}

impl Coverage {
    /// Compares the operations of `document` with the output of the generator.
    pub fn new(document: &Node, file: &str, generation: &Generation) -> Self {
        let emitted: HashSet<&Pointer> = generation.operations.iter().map(|operation| &operation.pointer).collect();
        let mut findings = FindingIndex::new(document, file, &generation.findings);
        let mut coverage = Self::default();
        for operation in document.operations() {
            coverage.operations += 1;
            if emitted.contains(&operation) {
                coverage.emitted += 1;
            } else if let Some(code) = findings.explanation(&operation) {
                *coverage.skipped.entry(code.number()).or_default() += 1;
            } else {
                coverage.unexplained.push(operation);
            }
        }
        coverage
    }
}

/// The findings that cause operations to be skipped, keyed by the JSON pointer that they reject.
struct FindingIndex<'d> {
    document: &'d Node,
    by_pointer: BTreeMap<&'d str, Code>,
    /// The first finding in another file.
    in_other_file: Option<Code>,
    /// The references inside each value for which they have been collected, keyed by the JSON pointer of the value.
    references: HashMap<String, References>,
}

/// The references inside one value of a document.
#[derive(Clone, Default)]
struct References {
    /// The targets in the same document.
    targets: BTreeSet<String>,
    /// Whether there is a reference to another file.
    has_external: bool,
}

impl<'d> FindingIndex<'d> {
    fn new(document: &'d Node, file: &str, findings: &'d [Finding]) -> Self {
        // Warnings never cause an operation to be skipped. A harmless error causes it only if `skips_operations` returns true.
        let skips = |finding: &&Finding| {
            let is_harmless = finding.code.is_harmless() && !finding.skips_operations();
            finding.code.severity() == Severity::Error && !is_harmless
        };
        let (in_file, in_other_files): (Vec<_>, Vec<_>) =
            findings.iter().filter(skips).partition(|finding| finding.file == file);
        Self {
            document,
            by_pointer: in_file.into_iter().flat_map(pointers).collect(),
            in_other_file: in_other_files.first().map(|finding| finding.code),
            references: HashMap::new(),
        }
    }

    /// Returns the code of the finding that explains why `operation` is skipped.
    ///
    /// The search starts at the operation, at the `parameters` and `servers` of its path item, and at the security schemes of the
    /// operation. It covers the objects that contain these values, and everything that they refer to, directly or indirectly.
    fn explanation(&mut self, operation: &Pointer) -> Option<Code> {
        let item = operation.parent().unwrap_or_default();
        let mut queue: VecDeque<String> =
            [operation, &item.join("parameters"), &item.join("servers")].map(Pointer::to_string).into();
        if self.document.at(operation.as_str()).is_none_or(|operation| operation.member("security").is_none()) {
            queue.push_back("/security".to_owned());
            queue.extend(self.document.default_security_schemes());
        }
        let mut seen: HashSet<String> = queue.iter().cloned().collect();
        while let Some(pointer) = queue.pop_front() {
            if let Some(code) = self.finding_within(&pointer).or_else(|| self.finding_around(&pointer)) {
                return Some(code);
            }
            let references = self.references_at(&pointer);
            if references.has_external && self.in_other_file.is_some() {
                return self.in_other_file;
            }
            queue.extend(references.targets.into_iter().filter(|target| seen.insert(target.clone())));
        }
        None
    }

    /// Returns the code of a finding at `pointer` or below it.
    fn finding_within(&self, pointer: &str) -> Option<Code> {
        let inner = format!("{pointer}/");
        let exact = self.by_pointer.get(pointer).copied();
        let next = || self.by_pointer.range(inner.as_str()..).next().filter(|(found, _)| found.starts_with(&inner));
        exact.or_else(|| next().map(|(_, code)| *code))
    }

    /// Returns the code of the finding at the nearest object that contains `pointer`.
    fn finding_around(&self, pointer: &str) -> Option<Code> {
        let mut ends = pointer.rmatch_indices('/').map(|(end, _)| &pointer[..end]);
        ends.find_map(|outer| self.by_pointer.get(outer).copied())
    }

    fn references_at(&mut self, pointer: &str) -> References {
        if let Some(known) = self.references.get(pointer) {
            return known.clone();
        }
        let (mut targets, mut has_external) = (HashSet::new(), false);
        if let Some(node) = self.document.at(pointer) {
            node.collect_references(&mut targets, &mut has_external);
        }
        let references = References { targets: targets.into_iter().collect(), has_external };
        self.references.insert(pointer.to_owned(), references.clone());
        references
    }
}

/// Returns all JSON pointers of a finding, each with the code of the finding.
fn pointers(finding: &Finding) -> impl Iterator<Item = (&str, Code)> {
    let others = finding.other_places.iter().map(Pointer::as_str);
    std::iter::once(finding.pointer.as_str()).chain(others).map(|pointer| (pointer, finding.code))
}

#[cfg(test)]
mod tests {
    use copperplate::{Input, Options, Pipeline};

    use super::*;

    const PETS: &str = "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: {operationId: list, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Pets'}}}}}}
    put: {operationId: put, parameters: [{name: a, in: nowhere, schema: {}}], responses: {}}
    delete: {operationId: clear, responses: {}}
components:
  schemas:
    Pets: {type: array, items: {$ref: '#/components/schemas/Pet'}}
    Pet: {type: object, properties: {name: {type: text}}}
";

    fn generation() -> Generation {
        let input = Input::new("pets.yaml", PETS, "pets");
        let options =
            Options { crate_name: "pets".to_owned(), at_root: true, skip_unsupported: true, ..Options::default() };
        Pipeline::new(&options).generate(&[input])
    }

    fn coverage(generation: &Generation) -> Coverage {
        Coverage::new(&Node::read("pets.yaml", PETS).unwrap(), "pets.yaml", generation)
    }

    #[test]
    fn findings_in_an_operation_or_its_references_explain_why_it_is_skipped() {
        let mut generation = generation();
        // With an empty list, all operations are skipped. The finding about the component explains `list`, the finding about the
        // parameter explains `put`, and no finding explains `delete`.
        generation.operations.clear();
        let coverage = coverage(&generation);
        assert_eq!((coverage.operations, coverage.emitted), (3, 0));
        assert_eq!(coverage.skipped.values().sum::<usize>(), 2, "{:?}", generation.findings);
        assert_eq!(coverage.unexplained, [Pointer::parse("/paths/~1pets/delete").unwrap()]);
    }

    #[test]
    fn a_harmless_finding_explains_no_skipped_operation() {
        let mut generation = generation();
        generation.operations.clear();
        generation.findings.iter_mut().for_each(|finding| finding.code = Code::ExampleInvalid);
        assert_eq!(coverage(&generation).unexplained.len(), 3);
    }

    #[test]
    fn an_operation_with_a_method_needs_no_finding() {
        let mut generation = generation();
        let pointers = ["get", "put", "delete"].map(|method| Pointer::parse("/paths/~1pets").unwrap().join(method));
        generation.operations =
            pointers.map(|pointer| copperplate::EmittedOperation { file: "pets.yaml".to_owned(), pointer }).into();
        generation.findings.clear();
        let coverage = coverage(&generation);
        assert_eq!((coverage.emitted, coverage.unexplained.len()), (3, 0));
    }
}
