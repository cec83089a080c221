//! The errors because of which a generated crate lacks operations.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::finding::{Code, Findings, PlaceSet, Severity};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Operation, ParameterValue, Schema, SchemaRef};

/// The errors of a document by their codes, and the schemas that need a place with an error.
pub(super) struct SkipCauses(Vec<SkipCause>);

/// The errors with one code, of which all or none cause operations to be skipped.
struct SkipCause {
    code: Code,
    skips_operations: bool,
    places: PlaceSet,
    /// The schemas in which such an error is, and all schemas that lead to one of them.
    schemas: HashSet<Pointer>,
}

impl SkipCauses {
    /// Collects the errors that affect `operations`.
    pub(super) fn of(document: &Document, operations: &[&Operation], findings: &Findings) -> Self {
        let mut places: BTreeMap<(Code, bool), PlaceSet> = BTreeMap::new();
        for finding in findings.iter().filter(|finding| finding.code.severity() == Severity::Error) {
            places.entry((finding.code, finding.skips_operations())).or_default().insert(&finding.pointer);
        }
        let roots = operations.iter().flat_map(|operation| Needs::of(operation).schemas);
        let graph = SchemaGraph::of(document, roots);
        let cause = |((code, skips_operations), places): ((Code, bool), PlaceSet)| {
            let schemas = graph.leading_to(|schema| places.has_within(schema));
            SkipCause { code, skips_operations, places, schemas }
        };
        Self(places.into_iter().map(cause).collect())
    }

    /// Returns the codes of the errors that affect `operation`. If some of these errors cause the operation to be skipped, returns
    /// only the codes of those errors.
    pub(super) fn codes(&self, document: &Document, operation: &Operation) -> BTreeSet<Code> {
        let needs = Needs::of(operation);
        let schemas: Vec<&Schema> = needs.schemas.iter().filter_map(|schema| document.resolved(schema)).collect();
        let is_relevant = |cause: &&SkipCause| {
            operation.is_affected_by_any(&cause.places)
                || needs.places.iter().any(|place| cause.places.has_within(place))
                || schemas.iter().any(|schema| cause.schemas.contains(&schema.pointer))
        };
        let relevant: Vec<&SkipCause> = self.0.iter().filter(is_relevant).collect();
        let is_skipping = relevant.iter().any(|cause| cause.skips_operations);
        relevant.iter().filter(|cause| cause.skips_operations || !is_skipping).map(|cause| cause.code).collect()
    }
}

/// The parameters, media types and responses of an operation, and their schemas.
#[derive(Default)]
struct Needs<'d> {
    places: Vec<&'d Pointer>,
    schemas: Vec<&'d SchemaRef>,
}

impl<'d> Needs<'d> {
    fn of(operation: &'d Operation) -> Self {
        let mut needs = Self::default();
        for parameter in &operation.parameters {
            needs.places.push(&parameter.pointer);
            match &parameter.value {
                ParameterValue::Schema(schema) => needs.schemas.push(schema),
                ParameterValue::Content(media) => needs.schemas.extend(&media.schema),
            }
        }
        for media in operation.body.iter().flat_map(|body| &body.content) {
            needs.places.push(&media.pointer);
            needs.schemas.extend(&media.schema);
        }
        for response in &operation.responses {
            needs.places.push(&response.pointer);
            needs.schemas.extend(response.headers.iter().filter_map(|header| header.schema.as_ref()));
            needs.schemas.extend(response.content.iter().filter_map(|media| media.schema.as_ref()));
        }
        needs
    }
}

/// The schemas that operations need. For each schema, the schemas of which it is a subschema.
struct SchemaGraph<'d>(HashMap<&'d Pointer, Vec<&'d Pointer>>);

impl<'d> SchemaGraph<'d> {
    fn of(document: &'d Document, roots: impl Iterator<Item = &'d SchemaRef>) -> Self {
        let mut outer: HashMap<&Pointer, Vec<&Pointer>> = HashMap::new();
        let mut pending: Vec<(Option<&Pointer>, &SchemaRef)> = roots.map(|root| (None, root)).collect();
        while let Some((from, schema)) = pending.pop() {
            let Some(schema) = document.resolved(schema) else { continue };
            let is_new = !outer.contains_key(&schema.pointer);
            outer.entry(&schema.pointer).or_default().extend(from);
            if is_new {
                pending.extend(schema.subschemas().map(|subschema| (Some(&schema.pointer), subschema)));
            }
        }
        Self(outer)
    }

    /// Returns the schemas with the property `is_goal`, and all schemas that lead to one of them.
    fn leading_to(&self, is_goal: impl Fn(&Pointer) -> bool) -> HashSet<Pointer> {
        let mut pending: Vec<&Pointer> = self.0.keys().copied().filter(|schema| is_goal(schema)).collect();
        let mut found = HashSet::new();
        while let Some(schema) = pending.pop() {
            if found.insert(schema.clone()) {
                pending.extend(self.0.get(schema).into_iter().flatten().copied());
            }
        }
        found
    }
}
