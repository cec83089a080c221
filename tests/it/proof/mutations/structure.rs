//! Changes of parameters, properties, operations and responses.

use copperplate::pointer::Pointer;
use serde_yaml::Value;

use super::{Mutation, added, dropped, edited, get, renamed, text};

/// Collects the changes of a document.
pub(super) struct Changes<'m> {
    pub(super) document: &'m Value,
    pub(super) mutations: &'m mut Vec<Mutation>,
}

impl Changes<'_> {
    /// Adds a change of the value at `place`. The finding is at `reported`.
    pub(super) fn push(&mut self, what: &str, place: &Pointer, reported: &Pointer, document: Value) {
        let what = format!("{what} {place}");
        self.mutations.push(Mutation { what, place: place.clone(), reported: reported.clone(), document });
    }
}

/// Adds the changes of an object of the document.
pub(super) fn collect(document: &Value, place: &Pointer, value: &Value, mutations: &mut Vec<Mutation>) {
    let mut changes = Changes { document, mutations };
    if value.get("in").is_some() && value.get("schema").is_some() {
        parameter(&mut changes, place, value);
    }
    if let Some(parameters) = value.get("parameters").and_then(Value::as_sequence) {
        parameters_of_operation(&mut changes, place, parameters);
    }
    if value.get("properties").is_some() {
        properties(&mut changes, place, value);
    }
    if value.get("responses").is_some_and(|responses| responses.get("Unlinked").is_none()) {
        operation(&mut changes, place, value);
    }
    if value.get("scheme").is_some() {
        changes.push("changed the scheme of", place, place, added(document, place, "scheme", &"basic".into()));
    }
}

fn parameter(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let (document, name) = (changes.document, value["name"].as_str().unwrap());
    if value["in"].as_str() != Some("path") {
        let is_required = value["required"].as_bool().unwrap();
        let flipped = added(document, place, "required", &(!is_required).into());
        changes.push("changed required of", place, place, flipped);
        // The name of a credential is a name of its scheme too.
        if name != "X-Auth-Token" {
            let other = if value["in"].as_str() == Some("query") { "header" } else { "query" };
            if value.get("x-repeat-header").is_none() {
                changes.push("changed in of", place, place, added(document, place, "in", &other.into()));
            }
            let other = added(document, place, "name", &format!("{name}X").into());
            changes.push("renamed", place, place, other);
        }
    }
    if value.get("x-repeat-header").is_some() {
        changes.push("dropped x-repeat-header of", place, place, dropped(document, place, "x-repeat-header"));
    }
    if value.get("example").is_some() {
        let changed = added(document, place, "example", &"other".into());
        changes.push("changed example of", place, &place.join("example"), changed);
        changes.push("dropped example of", place, place, dropped(document, place, "example"));
    } else if value.get("examples").is_none() {
        let more = added(document, place, "example", &"other".into());
        changes.push("added example to", place, &place.join("example"), more);
    }
    for name in value.get("examples").and_then(Value::as_mapping).into_iter().flatten().map(|(name, _)| text(name)) {
        let holder = place.join("examples");
        changes.push("dropped example of", place, place, dropped(document, &holder, &name));
        let changed = added(document, &holder.join(&name), "value", &"other".into());
        changes.push("changed example of", place, &holder, changed);
    }
}

fn parameters_of_operation(changes: &mut Changes<'_>, place: &Pointer, parameters: &[Value]) {
    let document = changes.document;
    for (index, parameter) in parameters.iter().enumerate() {
        let item = place.join("parameters").join(index);
        let target = parameter.get("$ref").and_then(Value::as_str).and_then(|target| Pointer::parse(&target[1..]));
        let resolved = target.unwrap_or(item.clone());
        // Without a parameter for a placeholder, the document is invalid. A token is a credential too.
        let value = get(document, &resolved).unwrap();
        if value["in"].as_str() != Some("path") && value["name"].as_str() != Some("X-Auth-Token") {
            let document = dropped(document, &place.join("parameters"), &index.to_string());
            let what = format!("dropped {item}");
            changes.mutations.push(Mutation { what, place: resolved, reported: place.clone(), document });
        }
    }
    let more: Value = serde_yaml::from_str("{name: wheel, in: query, schema: {type: string}}").unwrap();
    let holder = place.join("parameters");
    let changed = edited(document, &holder, |items| items.as_sequence_mut().unwrap().push(more));
    let reported = holder.join(parameters.len());
    let what = format!("added {reported}");
    changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document: changed });
}

fn properties(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let document = changes.document;
    let holder = place.join("properties");
    let required: Vec<String> =
        value.get("required").and_then(Value::as_sequence).into_iter().flatten().map(text).collect();
    let with_required = |document: &Value, names: Vec<String>| match names.is_empty() {
        true => dropped(document, place, "required"),
        false => added(document, place, "required", &names.into()),
    };
    for (name, _) in value["properties"].as_mapping().unwrap() {
        let name = text(name);
        let property = holder.join(&name);
        let others: Vec<String> = required.iter().filter(|other| **other != name).cloned().collect();
        let with = |new: &str| others.iter().cloned().chain([new.to_owned()]).collect::<Vec<_>>();
        let is_required = required.contains(&name);
        let without = dropped(document, &holder, &name);
        let without = if is_required { with_required(&without, others.clone()) } else { without };
        changes.push("dropped", &property, place, without);
        let other = format!("{name}X");
        let changed = renamed(document, &holder, &name, &other);
        let changed = if is_required { with_required(&changed, with(&other)) } else { changed };
        changes.push("renamed", &property, &holder.join(&other), changed);
        let names = if is_required { others.clone() } else { with(&name) };
        changes.push("flipped required of", &property, &place.join("required"), with_required(document, names));
    }
    let more = serde_yaml::from_str("{type: string}").unwrap();
    changes.push("added a property to", place, &holder.join("wheel"), added(document, &holder, "wheel", &more));
}

fn operation(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let document = changes.document;
    let (item, method) = (place.parent().unwrap(), place.last().unwrap());
    let (what, changed) = (format!("changed the method of {place}"), renamed(document, &item, &method, "patch"));
    let reported = item.join("patch");
    changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document: changed });
    let (path, paths) = (item.last().unwrap(), item.parent().unwrap());
    let is_single = get(document, &item).unwrap().as_mapping().unwrap().len() == 1;
    if is_single {
        let other = path.replace("items", "parts").replace("workspaces", "rooms").replace("links", "lines");
        let changed = renamed(document, &paths, &path, &other);
        changes.push("changed the path of", place, &paths.join(&other), changed);
        if get(document, &paths).unwrap().as_mapping().unwrap().len() > 1 {
            changes.push("dropped", place, &paths, dropped(document, &paths, &path));
        }
    }
    for key in ["summary", "x-source"] {
        let is_title = key == "x-source" || !path.contains("Relation");
        if let Some(text) = value.get(key).and_then(Value::as_str).filter(|_| is_title) {
            let document = added(document, place, key, &format!("{text} Again").into());
            let (what, reported) = (format!("changed {key} of {place}"), place.join(key));
            changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document });
        }
    }
    body(changes, place, value);
    if value.get("x-fixed-headers").is_some() {
        let holder = place.join("x-fixed-headers");
        changes.push("dropped", &holder, place, dropped(document, place, "x-fixed-headers"));
        let changed = added(document, &holder, "Content-Type", &"text/plain".into());
        changes.push("changed", &holder, &holder.join("Content-Type"), changed);
    }
    responses(changes, place, value);
}

fn body(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let document = changes.document;
    let at = place.join("requestBody");
    match value.get("requestBody") {
        Some(_) => {
            changes.push("dropped", &at, place, dropped(document, place, "requestBody"));
            let (what, document) = (format!("made optional {at}"), added(document, &at, "required", &false.into()));
            changes.mutations.push(Mutation { what, place: Pointer::root(), reported: at, document });
        }
        None => {
            let body = serde_yaml::from_str("{content: {application/json: {schema: {type: object}}}}").unwrap();
            let (what, document) = (format!("added {at}"), added(document, place, "requestBody", &body));
            changes.mutations.push(Mutation { what, place: Pointer::root(), reported: at, document });
        }
    }
}

fn responses(changes: &mut Changes<'_>, place: &Pointer, value: &Value) {
    let document = changes.document;
    let holder = place.join("responses");
    let statuses = value["responses"].as_mapping().unwrap();
    for (status, response) in statuses {
        let status = text(status);
        // The lines of a shared response are cited where it is.
        let target = response.get("$ref").and_then(Value::as_str).and_then(|target| Pointer::parse(&target[1..]));
        let cited = target.clone().unwrap_or(holder.join(&status));
        if statuses.len() > 1 {
            changes.push("dropped", &cited, &holder, dropped(document, &holder, &status));
        }
        let changed = renamed(document, &holder, &status, "418");
        let reported = target.unwrap_or(holder.join("418"));
        changes.push("changed the status", &cited, &reported, changed);
    }
    let more = serde_yaml::from_str("{description: x}").unwrap();
    let (reported, document) = (holder.join("418"), added(document, &holder, "418", &more));
    let what = format!("added {reported}");
    changes.mutations.push(Mutation { what, place: Pointer::root(), reported, document });
}
