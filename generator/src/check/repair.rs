//! Repairs a document under `--skip-unsupported`: removes or replaces the members that findings of the stage `check` reject. The
//! field `consequence` of a finding describes the repair.

use std::collections::HashSet;
use std::iter;

use crate::check::operation::framing_header::{is_framing_parameter, remove_fixed_headers, remove_keys};
use crate::check::operation::id::number_duplicates;
use crate::check::operation::overload;
use crate::check::operation::parameter::is_ignored;
use crate::check::operation::path_template;
use crate::check::schema_walk::each_schema_mut;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::{
    Document, Location, Operation, Parameter, ParameterValue, Schema, SchemaRef, SchemaType, Style, parameter_key,
};

/// Removes or replaces the members of `document` that `findings` reject.
pub fn repair(document: &mut Document, findings: &Findings) {
    number_duplicates(&mut document.operations);
    remove_keys(document);
    document.servers.retain(|server| server.unusable_reason().is_none());
    for operation in &mut document.operations {
        // If the server of an operation is unusable, requests of the operation are sent to the base URL of the client instead.
        if operation.servers.first().is_some_and(|server| server.unusable_reason().is_some()) {
            operation.servers.clear();
        }
        remove_fixed_headers(operation);
        repair_path(operation);
        repair_parameters(operation);
    }
    let rejected = Rejected::by(findings);
    if !(rejected.patterns.is_empty() && rejected.values.is_empty()) {
        each_schema_mut(document, &mut |schema| repair_schema(schema, &rejected));
    }
}

/// The places of schema members that findings reject.
struct Rejected {
    patterns: HashSet<Pointer>,
    /// The places of values and of members of values, and all ancestors of these places.
    values: HashSet<Pointer>,
}

impl Rejected {
    fn by(findings: &Findings) -> Self {
        let places = |codes: &[Code]| -> Vec<Pointer> {
            let rejecting = findings.iter().filter(|finding| finding.is_error() && codes.contains(&finding.code));
            rejecting.flat_map(|finding| iter::once(&finding.pointer).chain(&finding.other_places).cloned()).collect()
        };
        let values = places(&[Code::ContradictoryBounds]);
        Self {
            patterns: places(&[Code::InvalidPattern, Code::DocumentLimit]).into_iter().collect(),
            values: values.into_iter().flat_map(|place| iter::successors(Some(place), Pointer::parent)).collect(),
        }
    }
}

/// The number of times that operations are removed from a Rust method before the method is given up. Each time costs a look at all
/// operations.
const MOST_ROUNDS: usize = 20;

/// Removes the operations that `x-overload` cannot combine into a Rust method, and reports each of them.
///
/// The rules of `x-overload` do not compare an operation with a skipped member, and other operations of the same method may have
/// been removed since the rules were applied. So the rules are applied again to the operations that are left.
pub fn remove_incomplete_overloads(document: &mut Document, findings: &mut Findings) {
    for round in 0.. {
        if document.operations.iter().all(|operation| operation.overload.is_none()) {
            break;
        }
        let mut incomplete = findings.emptied();
        for rule in [overload::signatures, overload::types, overload::fields] {
            rule(document, &mut incomplete);
        }
        let places: HashSet<Pointer> = incomplete.iter().map(|finding| finding.pointer.clone()).collect();
        if places.is_empty() {
            break;
        }
        if round >= MOST_ROUNDS {
            let overloads = document.operations.iter().filter_map(|operation| operation.overload.as_ref());
            let incomplete_ones = overloads.filter(|overload| places.contains(&overload.pointer));
            let methods = incomplete_ones.map(|overload| overload.method.clone()).collect();
            overload::give_up(document, &methods, &mut incomplete);
        }
        let places: HashSet<Pointer> = incomplete.iter().map(|finding| finding.pointer.clone()).collect();
        let is_complete = |operation: &Operation| {
            operation.overload.as_ref().is_none_or(|overload| !places.contains(&overload.pointer))
        };
        document.operations.retain(is_complete);
        incomplete.iter().for_each(|finding| findings.add_copy(finding));
        findings.deduplicate();
    }
}

/// Percent-encodes an invalid path and removes its fragment.
///
/// The name of a Rust method is derived from the `operationId` or, without one, from the path. An operation without an
/// `operationId` therefore receives one that contains the original path, so that the repair does not change the name of the Rust
/// method.
fn repair_path(operation: &mut Operation) {
    let encoded = path_template::percent_encoded(&operation.path);
    if path_template::problem(&operation.path).is_none() || path_template::problem(&encoded).is_some() {
        return;
    }
    let name = format!("{} {}", operation.method.to_lowercase(), operation.path);
    operation.id.get_or_insert(name);
    operation.path = encoded;
}

/// Makes the parameters of an operation usable. Removes duplicates, header parameters that cannot be sent, and path parameters
/// that do not occur in the path. Adds a parameter for each name in the path that no parameter declares.
fn repair_parameters(operation: &mut Operation) {
    let Ok(names) = path_template::names(&operation.path) else { return };
    let (mut kept, mut keys) = (Vec::new(), HashSet::new());
    for parameter in std::mem::take(&mut operation.parameters) {
        let is_used = parameter.location != Location::Path || names.contains(&parameter.name.as_str());
        let is_sent = !is_ignored(&parameter) && !is_framing_parameter(&parameter);
        if is_used && is_sent && keys.insert(parameter.key()) {
            kept.push(parameter);
        }
    }
    for name in names {
        if !keys.contains(&parameter_key(Location::Path, name)) {
            kept.push(required_string(name, &operation.pointer));
        }
    }
    operation.parameters = kept;
}

/// Returns a required path parameter of type string, for a name in the path that the operation does not declare.
fn required_string(name: &str, owner: &Pointer) -> Parameter {
    let pointer = owner.join("parameters").join(name);
    let schema = Schema { pointer: pointer.join("schema"), kind: Some(SchemaType::String), ..Schema::default() };
    Parameter {
        listed_at: pointer.clone(),
        pointer,
        component: None,
        name: name.to_owned(),
        location: Location::Path,
        is_whole_query: false,
        description: None,
        required: true,
        deprecated: false,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        allow_empty_value: false,
        value: ParameterValue::Schema(SchemaRef::Inline(Box::new(schema))),
        examples: Vec::new(),
        odata_literal: false,
        repeat_header: false,
    }
}

/// Removes a rejected `pattern`. Removes the `enum` values that violate their own schema.
fn repair_schema(schema: &mut Schema, rejected: &Rejected) {
    if schema.pattern.is_some() && rejected.patterns.contains(&schema.pointer.join("pattern")) {
        schema.pattern = None;
    }
    let place = schema.pointer.join("enum");
    let Some(values) = schema.enum_values.take() else { return };
    let all = values.len();
    let values: Vec<_> = values
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !rejected.values.contains(&place.join(index)))
        .map(|(_, value)| value)
        .collect();
    // If every value violates the schema, the keyword `enum` is removed.
    schema.enum_values = (all == 0 || !values.is_empty()).then_some(values);
}
