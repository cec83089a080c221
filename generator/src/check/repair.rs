//! What is made of the faults that the rules report, where the user goes on without what is wrong. Each rule says the same in
//! the consequence of its findings.

use std::collections::HashSet;
use std::iter::successors;

use crate::check::operation::is_ignored;
use crate::check::operation::path_template;
use crate::finding::{Code, Finding, Findings};
use crate::pointer::Pointer;
use crate::resolve::document::{
    Document, Location, MediaType, Operation, Parameter, ParameterValue, Schema, SchemaRef, SchemaType, Style,
};

/// Takes out of `document` what `findings` say is left out, and puts in what they say stands for it.
pub fn mend(document: &mut Document, findings: &Findings) {
    number_ids(&mut document.operations);
    document.servers.retain(|server| server.unusable_reason().is_none());
    for operation in &mut document.operations {
        // The client's own server is the one that is left.
        if operation.servers.first().is_some_and(|server| server.unusable_reason().is_some()) {
            operation.servers.clear();
        }
        mend_path(operation);
        mend_parameters(operation);
    }
    let at_fault = findings.iter().filter(|finding| {
        finding.is_error() && matches!(finding.code, Code::InvalidPattern | Code::ContradictoryBounds)
    });
    let lineage = |finding: &Finding| {
        let places = std::iter::once(&finding.pointer).chain(&finding.also).cloned().collect::<Vec<_>>();
        places.into_iter().flat_map(|place| successors(Some(place), Pointer::parent))
    };
    let faults: HashSet<Pointer> = at_fault.flat_map(lineage).collect();
    if !faults.is_empty() {
        each(document, &mut |schema| mend_schema(schema, &faults));
    }
}

/// The methods, as OpenAPI lists them.
const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// Numbers the ids that several operations have, in the order of their paths and methods: that of the document says nothing.
fn number_ids(operations: &mut [Operation]) {
    let mut taken: HashSet<String> = operations.iter().filter_map(|operation| operation.id.clone()).collect();
    let mut seen = HashSet::new();
    let mut operations: Vec<&mut Operation> = operations.iter_mut().collect();
    let method = |operation: &Operation| METHODS.iter().position(|method| *method == operation.method);
    operations.sort_by_cached_key(|operation| (operation.path.clone(), method(operation)));
    for operation in operations {
        let Some(id) = &operation.id else { continue };
        if !seen.insert(id.clone()) {
            let free = (2..).map(|number| format!("{id}_{number}")).find(|id| !taken.contains(id));
            taken.extend(free.clone());
            operation.id = free;
        }
    }
}

/// Makes a path of the template that can be sent. An operation without an id keeps the name that the whole path gives it.
fn mend_path(operation: &mut Operation) {
    let sendable = path_template::sendable(&operation.path);
    if path_template::fault(&operation.path).is_none() || path_template::fault(&sendable).is_some() {
        return;
    }
    let name = format!("{} {}", operation.method.to_lowercase(), operation.path);
    operation.id.get_or_insert(name);
    operation.path = sendable;
}

/// Keeps the first of equal parameters, those that OpenAPI does not ignore, and the path parameters that the path names.
fn mend_parameters(operation: &mut Operation) {
    let Ok(names) = path_template::names(&operation.path) else { return };
    let mut kept: Vec<Parameter> = Vec::new();
    for parameter in std::mem::take(&mut operation.parameters) {
        let has_place = parameter.location != Location::Path || names.contains(&parameter.name.as_str());
        if has_place && !is_ignored(&parameter) && !kept.iter().any(|other| other.is_same(&parameter)) {
            kept.push(parameter);
        }
    }
    for name in names {
        if !kept.iter().any(|parameter| parameter.location == Location::Path && parameter.name == name) {
            kept.push(required_text(name, &operation.pointer));
        }
    }
    operation.parameters = kept;
}

/// The parameter that a path names and nothing declares.
fn required_text(name: &str, owner: &Pointer) -> Parameter {
    let pointer = owner.join("parameters").join(name);
    let schema = Schema { pointer: pointer.join("schema"), kind: Some(SchemaType::String), ..Schema::default() };
    Parameter {
        listed_at: pointer.clone(),
        pointer,
        component: None,
        name: name.to_owned(),
        location: Location::Path,
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

/// Takes out a pattern that is none, and the values of `enum` that the schema itself refuses.
fn mend_schema(schema: &mut Schema, faults: &HashSet<Pointer>) {
    if schema.pattern.as_deref().is_some_and(|text| crate::pattern::compile(text).is_err()) {
        schema.pattern = None;
    }
    let place = schema.pointer.join("enum");
    let Some(values) = schema.enum_values.take() else { return };
    let all = values.len();
    let values: Vec<_> = values
        .into_iter()
        .enumerate()
        .filter(|(index, _)| !faults.contains(&place.join(index)))
        .map(|(_, value)| value)
        .collect();
    // Where no value is left the list itself was meant otherwise.
    schema.enum_values = (all == 0 || !values.is_empty()).then_some(values);
}

/// Calls `visit` for every schema of the document.
fn each(document: &mut Document, visit: &mut dyn FnMut(&mut Schema)) {
    document.schemas.values_mut().for_each(|schema| descend(schema, visit));
    for operation in &mut document.operations {
        for parameter in &mut operation.parameters {
            match &mut parameter.value {
                ParameterValue::Schema(schema) => descend_ref(schema, visit),
                ParameterValue::Content(media) => descend_media(media, visit),
            }
        }
        let bodies = operation.body.iter_mut().flat_map(|body| &mut body.content);
        bodies.for_each(|media| descend_media(media, visit));
        for response in &mut operation.responses {
            let headers = response.headers.iter_mut().filter_map(|header| header.schema.as_mut());
            headers.for_each(|schema| descend_ref(schema, visit));
            response.content.iter_mut().for_each(|media| descend_media(media, visit));
        }
    }
}

fn descend_media(media: &mut MediaType, visit: &mut dyn FnMut(&mut Schema)) {
    if let Some(schema) = &mut media.schema {
        descend_ref(schema, visit);
    }
}

fn descend_ref(schema: &mut SchemaRef, visit: &mut dyn FnMut(&mut Schema)) {
    if let SchemaRef::Inline(schema) = schema {
        descend(schema, visit);
    }
}

fn descend(schema: &mut Schema, visit: &mut dyn FnMut(&mut Schema)) {
    visit(schema);
    schema.subschemas_mut().for_each(|child| descend_ref(child, visit));
}
