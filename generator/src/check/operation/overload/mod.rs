//! `x-overload`: the spellings of a method fit together.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};

use crate::check::operation::{path_parameter, path_template};
use crate::check::structural_eq;
use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Location, Operation, Overload, OverloadArgument, Parameter, Server};

/// How many combinations of variants a method may have before they are counted instead of named.
const MOST_NAMED: usize = 200;

/// One operation as a spelling of a method.
struct Spelling<'d> {
    operation: &'d Operation,
    overload: &'d Overload,
}

/// The spellings of each method, in the order of the document.
fn methods(document: &Document) -> IndexMap<&str, Vec<Spelling<'_>>> {
    let mut methods: IndexMap<&str, Vec<Spelling<'_>>> = IndexMap::new();
    for operation in &document.operations {
        if let Some(overload) = &operation.overload {
            methods.entry(&overload.method).or_default().push(Spelling { operation, overload });
        }
    }
    methods
}

fn incomplete(spelling: &Spelling<'_>, message: String, remedy: &str, findings: &mut Findings) {
    findings.add(Code::IncompleteOverload, &spelling.overload.pointer, message, remedy);
}

/// The spellings of each method make one signature, and none is missing.
pub(crate) fn spellings(document: &Document, findings: &mut Findings) {
    for (method, spellings) in methods(document) {
        for spelling in &spellings {
            if !path_parameter::is_told(findings, spelling.operation) {
                path_is_covered(spelling, findings);
            }
        }
        // An operation that something was taken out of differs from the others for that reason.
        let spellings: Vec<_> =
            spellings.into_iter().filter(|spelling| !findings.has_skipped(&spelling.operation.pointer)).collect();
        let Some((first, others)) = spellings.split_first() else {
            continue;
        };
        let mut alike = true;
        for other in others {
            if signature(first.overload) != signature(other.overload) {
                alike = false;
                let message =
                    format!("The arguments of `{method}` have other names or types than in {}.", first.operation.path);
                incomplete(other, message, "Give the arguments the same names and types, in the same order.", findings);
                findings.relate(&first.overload.pointer, Focus::Key, "the first spelling");
            }
            if let Some(part) = difference(first.operation, other.operation) {
                let message = format!("The {part} of `{method}` differ from those of {}.", first.operation.path);
                let remedy = "Make them the same; `$ref` to components keeps them so.";
                incomplete(other, message, remedy, findings);
                findings.relate(&first.overload.pointer, Focus::Key, "the first spelling");
            }
        }
        if alike {
            combinations(method, first, &spellings, findings);
        }
    }
}

/// Each path parameter belongs to one argument, and the arguments fill the path in its order.
fn path_is_covered(spelling: &Spelling<'_>, findings: &mut Findings) {
    let Ok(names) = path_template::names(&spelling.operation.path) else {
        return;
    };
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for argument in &spelling.overload.arguments {
        for name in argument.parameters.values() {
            owners.entry(name).or_default().push(&argument.name);
        }
    }
    for name in &names {
        match owners.get(name).map(Vec::as_slice) {
            Some([_]) => {}
            None => {
                let message = format!("The path parameter `{name}` belongs to no argument.");
                incomplete(spelling, message, "Add it to the `parameters` of one argument.", findings);
            }
            Some(several) => {
                let message = format!("The path parameter `{name}` belongs to `{}`.", several.join("` and `"));
                incomplete(spelling, message, "Keep it in one place.", findings);
            }
        }
    }
    for name in owners.keys().filter(|name| !names.contains(name)) {
        let message = format!("`{name}` is no parameter of the path.");
        incomplete(spelling, message, "Name parameters that stand in the path.", findings);
    }
    // The values of the arguments go into the path one after the other.
    let arguments = spelling.overload.arguments.iter();
    let in_order: Vec<&str> = arguments.flat_map(|argument| argument.parameters.values().map(String::as_str)).collect();
    let same_names = in_order.len() == names.len() && in_order.iter().all(|name| names.contains(name));
    if same_names && in_order != names {
        let message = format!("The arguments fill `{}`, and the path has `{}`.", in_order.join(", "), names.join(", "));
        incomplete(spelling, message, "List the arguments in the order of the path.", findings);
    }
}

/// What has to be the same in all spellings: the names and types of the arguments.
fn signature(overload: &Overload) -> Vec<(&str, Option<&str>)> {
    let arguments = overload.arguments.iter();
    arguments.map(|argument| (argument.name.as_str(), argument.type_name.as_deref())).collect()
}

/// The first part of the operations, beside the path, that differs.
fn difference(left: &Operation, right: &Operation) -> Option<&'static str> {
    let parameters = |operation: &Operation| {
        let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
        let mut others: Vec<Parameter> = others.map(structural_eq::parameter).collect();
        others.sort_by(|left, right| (left.location, &left.name).cmp(&(right.location, &right.name)));
        others
    };
    let responses = |operation: &Operation| {
        let mut responses: Vec<_> = operation.responses.iter().map(structural_eq::response).collect();
        responses.sort_by_key(|response| response.status);
        responses
    };
    if parameters(left) != parameters(right) {
        return Some("parameters outside of the path");
    }
    if left.body.as_ref().map(structural_eq::body) != right.body.as_ref().map(structural_eq::body) {
        return Some("request bodies");
    }
    if responses(left) != responses(right) {
        return Some("responses");
    }
    // The one method is sent to one server.
    let server = |operation: &Operation| operation.servers.first().map(Server::default_url);
    if server(left) != server(right) {
        return Some("servers");
    }
    let rest =
        |operation: &Operation| (operation.method.clone(), operation.security.clone(), operation.fixed_headers.clone());
    (rest(left) != rest(right)).then_some("HTTP method, security or fixed headers")
}

/// All combinations of the arguments' variants are there, each once.
fn combinations(method: &str, first: &Spelling<'_>, spellings: &[Spelling<'_>], findings: &mut Findings) {
    let mut given: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut variants: Vec<IndexSet<&str>> = vec![IndexSet::new(); first.overload.arguments.len()];
    for spelling in spellings {
        let combination: Vec<&str> = spelling.overload.arguments.iter().map(variant).collect();
        for (variants, variant) in variants.iter_mut().zip(&combination) {
            variants.insert(variant);
        }
        if !given.insert(combination.clone()) {
            let message = format!("`{method}` has the spelling {} twice.", named(first, &combination));
            incomplete(spelling, message, "Give one of the two another variant, or delete it.", findings);
        }
    }
    let count = variants.iter().try_fold(1_usize, |count, variants| count.checked_mul(variants.len()));
    let remedy = "Add the operation, or give the argument a type of its own in this method.";
    if count.is_none_or(|count| count > MOST_NAMED) {
        let message = format!("`{method}` has {} of the combinations of its variants.", given.len());
        return incomplete(first, message, remedy, findings);
    }
    for combination in product(&variants).into_iter().filter(|combination| !given.contains(combination)) {
        incomplete(first, format!("`{method}` has no spelling {}.", named(first, &combination)), remedy, findings);
    }
}

fn variant(argument: &OverloadArgument) -> &str {
    argument.variant.as_deref().unwrap_or_default()
}

fn named(spelling: &Spelling<'_>, combination: &[&str]) -> String {
    let arguments = spelling.overload.arguments.iter().zip(combination).filter(|(_, variant)| !variant.is_empty());
    let arguments: Vec<_> = arguments.map(|(argument, variant)| format!("{}: {variant}", argument.name)).collect();
    if arguments.is_empty() { "without variants".to_owned() } else { format!("`{}`", arguments.join(", ")) }
}

fn product<'v>(variants: &[IndexSet<&'v str>]) -> Vec<Vec<&'v str>> {
    variants.iter().fold(vec![Vec::new()], |combinations, variants| {
        let extended = combinations.iter().flat_map(|combination| {
            variants.iter().map(|variant| combination.iter().copied().chain([*variant]).collect())
        });
        extended.collect()
    })
}

/// What an argument holds, in one of its forms, is the same in every spelling: the same schema, quoted in the same way.
pub(crate) fn fields(document: &Document, findings: &mut Findings) {
    let mut known: BTreeMap<(&str, &str, &str), (Parameter, &str)> = BTreeMap::new();
    for (method, spellings) in methods(document) {
        for spelling in &spellings {
            for argument in &spelling.overload.arguments {
                for (field, name) in &argument.parameters {
                    let declared = spelling
                        .operation
                        .parameters
                        .iter()
                        .find(|parameter| parameter.location == Location::Path && parameter.name == *name);
                    let Some(declared) = declared else { continue };
                    let unnamed = Parameter { name: String::new(), ..structural_eq::parameter(declared) };
                    let unnamed = Parameter { description: None, examples: Vec::new(), ..unnamed };
                    let path = spelling.operation.path.as_str();
                    // A type is shared between methods; an argument without one belongs to its method.
                    let owner = argument.type_name.as_deref().unwrap_or(method);
                    let form = if argument.type_name.is_some() { variant(argument) } else { &argument.name };
                    let (first, place) = known.entry((owner, form, field)).or_insert_with(|| (unnamed.clone(), path));
                    if *first != unnamed {
                        let message = format!("`{name}` is declared otherwise than what `{field}` holds in {place}.");
                        let remedy = "Declare it the same in every spelling; `$ref` to a component keeps it so.";
                        incomplete(spelling, message, remedy, findings);
                    }
                }
            }
        }
    }
}

/// A type has the same variants with the same fields wherever it is used.
pub(crate) fn types(document: &Document, findings: &mut Findings) {
    let mut fields: BTreeMap<(&str, &str), (Vec<&String>, &str)> = BTreeMap::new();
    let mut variants: BTreeMap<&str, (BTreeSet<&str>, &str)> = BTreeMap::new();
    for (method, spellings) in methods(document) {
        let mut here: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for spelling in &spellings {
            for argument in &spelling.overload.arguments {
                let Some(type_name) = argument.type_name.as_deref() else {
                    continue;
                };
                here.entry(type_name).or_default().insert(variant(argument));
                let own: Vec<&String> = argument.parameters.keys().collect();
                let path = spelling.operation.path.as_str();
                let (known, owner) =
                    fields.entry((type_name, variant(argument))).or_insert_with(|| (own.clone(), path));
                if *known != own {
                    let message = format!("`{type_name}` has other fields here than in {owner}.");
                    incomplete(spelling, message, "Give the type the same fields, or this one another name.", findings);
                }
            }
        }
        let Some(first) = spellings.first() else { continue };
        for (type_name, own) in here {
            if own.len() > 1 && own.contains("") {
                let message = format!("`{type_name}` has variants in some spellings and none in others.");
                incomplete(first, message, "Name the variant in every spelling.", findings);
            }
            let (known, owner) = variants.entry(type_name).or_insert_with(|| (own.clone(), method));
            if *known != own {
                let message = format!("`{type_name}` has other variants in `{method}` than in `{owner}`.");
                incomplete(first, message, "Give the type the same variants, or this one another name.", findings);
            }
        }
    }
}

#[cfg(test)]
mod tests;
