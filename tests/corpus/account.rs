//! The account of what was left out: every operation without a method has a finding that explains it.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use copperplate::Generation;
use copperplate::finding::{Code, Finding, Severity};
use copperplate::pointer::Pointer;

use crate::tree::Node;

/// What became of the operations of a document.
#[derive(Debug, Default)]
pub struct Account {
    /// How many the document has.
    pub operations: usize,
    /// How many have a method.
    pub emitted: usize,
    /// How many have none, by the code of the finding that stands nearest to them.
    pub lost: BTreeMap<&'static str, usize>,
    /// Those without a method that no finding speaks of.
    pub silent: Vec<Pointer>,
}

impl Account {
    /// Holds the operations of `document` against what the generator made of them.
    pub fn of(document: &Node, file: &str, generation: &Generation) -> Self {
        let emitted: HashSet<&Pointer> = generation.operations.iter().map(|operation| &operation.pointer).collect();
        let mut faults = Faults::new(document, file, &generation.findings);
        let mut account = Self::default();
        for operation in document.operations() {
            account.operations += 1;
            if emitted.contains(&operation) {
                account.emitted += 1;
            } else if let Some(code) = faults.nearest(&operation) {
                *account.lost.entry(code.number()).or_default() += 1;
            } else {
                account.silent.push(operation);
            }
        }
        account
    }
}

/// The findings that cost something, and what the places of the document lead to.
struct Faults<'d> {
    document: &'d Node,
    by_place: BTreeMap<&'d str, Code>,
    elsewhere: Option<Code>,
    references: HashMap<String, References>,
}

/// What one place refers to.
#[derive(Clone, Default)]
struct References {
    places: BTreeSet<String>,
    leaves: bool,
}

impl<'d> Faults<'d> {
    fn new(document: &'d Node, file: &str, findings: &'d [Finding]) -> Self {
        // What is harmless or a warning by itself takes no operation away, but for what follows from it.
        let costs = |finding: &&Finding| {
            let is_harmless = finding.code.is_harmless() && !finding.skips_operations();
            finding.code.severity() == Severity::Error && !is_harmless
        };
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            findings.iter().filter(costs).partition(|finding| finding.file == file);
        Self {
            document,
            by_place: here.into_iter().flat_map(places).collect(),
            elsewhere: elsewhere.first().map(|finding| finding.code),
            references: HashMap::new(),
        }
    }

    /// The fault that costs `operation` its method: in it, in what its path item says for all, around it, or in what it refers
    /// to, however far that leads.
    fn nearest(&mut self, operation: &Pointer) -> Option<Code> {
        let item = operation.parent().unwrap_or_default();
        let mut queue: VecDeque<String> =
            [operation, &item.join("parameters"), &item.join("servers")].map(Pointer::to_string).into();
        if self.document.at(operation.as_str()).is_none_or(|operation| operation.member("security").is_none()) {
            queue.push_back("/security".to_owned());
            queue.extend(self.document.schemes());
        }
        let mut seen: HashSet<String> = queue.iter().cloned().collect();
        while let Some(place) = queue.pop_front() {
            if let Some(code) = self.within(&place).or_else(|| self.around(&place)) {
                return Some(code);
            }
            let references = self.references_of(&place);
            if references.leaves && self.elsewhere.is_some() {
                return self.elsewhere;
            }
            queue.extend(references.places.into_iter().filter(|target| seen.insert(target.clone())));
        }
        None
    }

    fn within(&self, place: &str) -> Option<Code> {
        let inner = format!("{place}/");
        let exact = self.by_place.get(place).copied();
        let next = || self.by_place.range(inner.as_str()..).next().filter(|(fault, _)| fault.starts_with(&inner));
        exact.or_else(|| next().map(|(_, code)| *code))
    }

    fn around(&self, place: &str) -> Option<Code> {
        let mut ends = place.rmatch_indices('/').map(|(end, _)| &place[..end]);
        ends.find_map(|outer| self.by_place.get(outer).copied())
    }

    fn references_of(&mut self, place: &str) -> References {
        if let Some(known) = self.references.get(place) {
            return known.clone();
        }
        let (mut places, mut leaves) = (HashSet::new(), false);
        if let Some(node) = self.document.at(place) {
            node.references(&mut places, &mut leaves);
        }
        let references = References { places: places.into_iter().collect(), leaves };
        self.references.insert(place.to_owned(), references.clone());
        references
    }
}

/// Each place that a finding speaks of.
fn places(finding: &Finding) -> impl Iterator<Item = (&str, Code)> {
    let also = finding.other_places.iter().map(Pointer::as_str);
    std::iter::once(finding.pointer.as_str()).chain(also).map(|place| (place, finding.code))
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
        let input = Input { file: "pets.yaml".to_owned(), text: PETS.to_owned(), module: "pets".to_owned() };
        let options =
            Options { crate_name: "pets".to_owned(), at_root: true, skip_unsupported: true, ..Options::default() };
        Pipeline::new(&options).generate(&[input])
    }

    fn account(generation: &Generation) -> Account {
        Account::of(&Node::read("pets.yaml", PETS).unwrap(), "pets.yaml", generation)
    }

    #[test]
    fn a_fault_is_found_in_the_operation_and_in_what_it_refers_to() {
        let mut generation = generation();
        // As if everything had been left out: the component's fault explains `list`, the parameter's own explains `put`.
        generation.operations.clear();
        let account = account(&generation);
        assert_eq!((account.operations, account.emitted), (3, 0));
        assert_eq!(account.lost.values().sum::<usize>(), 2, "{:?}", generation.findings);
        assert_eq!(account.silent, [Pointer::parse("/paths/~1pets/delete").unwrap()]);
    }

    #[test]
    fn a_finding_that_costs_nothing_explains_nothing() {
        let mut generation = generation();
        generation.operations.clear();
        generation.findings.iter_mut().for_each(|finding| finding.code = Code::ExampleInvalid);
        assert_eq!(account(&generation).silent.len(), 3);
    }

    #[test]
    fn what_has_a_method_needs_no_explanation() {
        let mut generation = generation();
        let places = ["get", "put", "delete"].map(|method| Pointer::parse("/paths/~1pets").unwrap().join(method));
        generation.operations =
            places.map(|pointer| copperplate::EmittedOperation { file: "pets.yaml".to_owned(), pointer }).into();
        generation.findings.clear();
        let account = account(&generation);
        assert_eq!((account.emitted, account.silent.len()), (3, 0));
    }
}
