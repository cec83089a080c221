//! Rules for `x-overload`, which combines two or more operations into one Rust method. These operations must have compatible
//! arguments.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use indexmap::{IndexMap, IndexSet};

use crate::check::operation::{path_parameter, path_template};
use crate::check::structural_eq::{body_without_places, parameter_without_places, response_without_places};
use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Location, Operation, Overload, OverloadArgument, Parameter, Server};

/// Each combination of argument variants needs one operation. If a Rust method has at most this many combinations, those without
/// an operation are listed one by one. Otherwise, only the number of combinations with an operation is reported.
const MOST_LISTED: usize = 200;

/// An operation that has `x-overload`.
struct Overloaded<'d> {
    operation: &'d Operation,
    overload: &'d Overload,
}

/// Groups the operations with `x-overload` by the name of their Rust method, in document order.
fn methods(document: &Document) -> IndexMap<&str, Vec<Overloaded<'_>>> {
    let mut methods: IndexMap<&str, Vec<Overloaded<'_>>> = IndexMap::new();
    for operation in &document.operations {
        if let Some(overload) = &operation.overload {
            methods.entry(&overload.method).or_default().push(Overloaded { operation, overload });
        }
    }
    methods
}

fn report(overloaded: &Overloaded<'_>, message: String, remedy: &str, findings: &mut Findings) {
    findings.add(Code::IncompleteOverload, &overloaded.overload.pointer, message, remedy);
}

/// Reports operations that cannot be combined into one Rust method, for example because their responses differ. Also reports each
/// combination of argument variants for which there is no operation or more than one.
pub(crate) fn signatures(document: &Document, findings: &mut Findings) {
    let mismatches = path_parameter::mismatches(findings);
    for (method, operations) in methods(document) {
        for overloaded in &operations {
            if !path_parameter::is_mismatched(&mismatches, overloaded.operation) {
                path_coverage(overloaded, findings);
            }
        }
        // An operation with a skipped member may differ from the other operations only because of this member. Therefore, such an
        // operation is not compared.
        let operations: Vec<_> =
            operations.into_iter().filter(|overloaded| !findings.has_skipped(&overloaded.operation.pointer)).collect();
        let Some((first, others)) = operations.split_first() else {
            continue;
        };
        let mut is_one_signature = true;
        for other in others {
            if signature(first.overload) != signature(other.overload) {
                is_one_signature = false;
                let path = &first.operation.path;
                let message =
                    format!("The arguments of `{method}` do not have the same names and types as in `{path}`.");
                report(other, message, "Give the arguments the same names and types, in the same order.", findings);
                findings.add_related(&first.overload.pointer, Focus::Key, "the first operation");
            }
            if let Some(part) = difference(first.operation, other.operation) {
                let message = format!("The {part} of `{method}` differ from those of `{}`.", first.operation.path);
                let remedy = "Declare the same in all operations, for example with `$ref` to shared components.";
                report(other, message, remedy, findings);
                findings.add_related(&first.overload.pointer, Focus::Key, "the first operation");
            }
        }
        if is_one_signature {
            combinations(method, first, &operations, findings);
        }
    }
}

/// Reports each path parameter that no argument contains, or that two or more arguments contain. Also reports arguments whose
/// order differs from the order of their parameters in the path.
fn path_coverage(overloaded: &Overloaded<'_>, findings: &mut Findings) {
    let Ok(names) = path_template::names(&overloaded.operation.path) else {
        return;
    };
    let mut owners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for argument in &overloaded.overload.arguments {
        for name in argument.parameters.values() {
            owners.entry(name).or_default().push(&argument.name);
        }
    }
    for name in &names {
        match owners.get(name).map(Vec::as_slice) {
            Some([_]) => {}
            None => {
                let message = format!("No argument contains the path parameter `{name}`.");
                report(overloaded, message, "Add the path parameter to the `parameters` of one argument.", findings);
            }
            Some(several) => {
                let owners = several.join("`, `");
                let message = format!("Several arguments contain the path parameter `{name}`: `{owners}`.");
                report(
                    overloaded,
                    message,
                    "Keep the path parameter in one argument, and delete it from the others.",
                    findings,
                );
            }
        }
    }
    for name in owners.keys().filter(|name| !names.contains(name)) {
        let message = format!("An argument contains the parameter `{name}`, which is not in the path.");
        report(overloaded, message, "Name a parameter of the path.", findings);
    }
    // The generated code inserts the arguments into the path in the order in which `x-overload` lists them.
    let arguments = overloaded.overload.arguments.iter();
    let in_order: Vec<&str> = arguments.flat_map(|argument| argument.parameters.values().map(String::as_str)).collect();
    let same_names = in_order.len() == names.len() && in_order.iter().all(|name| names.contains(name));
    if same_names && in_order != names {
        let (given, expected) = (in_order.join("`, `"), names.join("`, `"));
        let message = format!("The arguments have the order `{given}`, but the path has the order `{expected}`.");
        report(overloaded, message, "List the arguments in the order of the path.", findings);
    }
}

/// Reports every operation whose Rust method is one of `methods`, after operations of these methods were removed too often.
pub(crate) fn give_up(document: &Document, methods: &HashSet<String>, findings: &mut Findings) {
    for operation in &document.operations {
        let overload = operation.overload.as_ref().filter(|overload| methods.contains(&overload.method));
        if let Some(overload) = overload {
            let message = format!("The operations of `{}` cannot be combined into one Rust method.", overload.method);
            let remedy = "Correct the other findings about operations of this method.";
            report(&Overloaded { operation, overload }, message, remedy, findings);
        }
    }
}

/// Returns the names and types of the arguments, which must be the same for all operations of a Rust method.
fn signature(overload: &Overload) -> Vec<(&str, Option<&str>)> {
    let arguments = overload.arguments.iter();
    arguments.map(|argument| (argument.name.as_str(), argument.type_name.as_deref())).collect()
}

/// Describes the first difference between two operations, such as `request bodies`. Differences in the path are ignored.
fn difference(left: &Operation, right: &Operation) -> Option<&'static str> {
    let parameters = |operation: &Operation| {
        let others = operation.parameters.iter().filter(|parameter| parameter.location != Location::Path);
        let mut others: Vec<Parameter> = others.map(parameter_without_places).collect();
        others.sort_by(|left, right| (left.location, &left.name).cmp(&(right.location, &right.name)));
        others
    };
    let responses = |operation: &Operation| {
        let mut responses: Vec<_> = operation.responses.iter().map(response_without_places).collect();
        responses.sort_by_key(|response| response.status);
        responses
    };
    if parameters(left) != parameters(right) {
        return Some("parameters outside the path");
    }
    if left.body.as_ref().map(body_without_places) != right.body.as_ref().map(body_without_places) {
        return Some("request bodies");
    }
    if responses(left) != responses(right) {
        return Some("responses");
    }
    // The generated Rust method uses only the first server.
    let server = |operation: &Operation| operation.servers.first().map(Server::default_url);
    if server(left) != server(right) {
        return Some("servers");
    }
    let repetition = |operation: &Operation| {
        (operation.is_idempotent, operation.idempotency_key.as_ref().map(|key| key.header.clone()))
    };
    if repetition(left) != repetition(right) {
        return Some("idempotency");
    }
    let rest =
        |operation: &Operation| (operation.method.clone(), operation.security.clone(), operation.fixed_headers.clone());
    (rest(left) != rest(right)).then_some("HTTP method, security or fixed headers")
}

/// Reports each combination of argument variants for which there is no operation or more than one.
fn combinations(method: &str, first: &Overloaded<'_>, operations: &[Overloaded<'_>], findings: &mut Findings) {
    let mut given: BTreeSet<Vec<&str>> = BTreeSet::new();
    let mut variants: Vec<IndexSet<&str>> = vec![IndexSet::new(); first.overload.arguments.len()];
    for overloaded in operations {
        let combination: Vec<&str> = overloaded.overload.arguments.iter().map(variant).collect();
        for (variants, variant) in variants.iter_mut().zip(&combination) {
            variants.insert(variant);
        }
        if !given.insert(combination.clone()) {
            let message = format!("`{method}` has two operations {}.", with_variants(first, &combination));
            report(
                overloaded,
                message,
                "Change a variant in one of the two operations, or delete one operation.",
                findings,
            );
        }
    }
    // Each given combination consists of known variants, so none is missing if there are as many as possible.
    let count = variants.iter().try_fold(1_usize, |count, variants| count.checked_mul(variants.len()));
    if count == Some(given.len()) {
        return;
    }
    let remedy = "Add the missing operations, or give the argument a type of its own in this method.";
    if count.is_none_or(|count| count > MOST_LISTED) {
        let message =
            format!("`{method}` has operations for only {} of the combinations of its variants.", given.len());
        return report(first, message, remedy, findings);
    }
    for combination in all_combinations(&variants).into_iter().filter(|combination| !given.contains(combination)) {
        let message = format!("`{method}` has no operation {}.", with_variants(first, &combination));
        report(first, message, remedy, findings);
    }
}

fn variant(argument: &OverloadArgument) -> &str {
    argument.variant.as_deref().unwrap_or_default()
}

/// Describes a combination of variants, such as ``with `key: One, other: Two` ``.
fn with_variants(overloaded: &Overloaded<'_>, combination: &[&str]) -> String {
    let arguments = overloaded.overload.arguments.iter().zip(combination).filter(|(_, variant)| !variant.is_empty());
    let arguments: Vec<_> = arguments.map(|(argument, variant)| format!("{}: {variant}", argument.name)).collect();
    if arguments.is_empty() { "without variants".to_owned() } else { format!("with `{}`", arguments.join(", ")) }
}

fn all_combinations<'v>(variants: &[IndexSet<&'v str>]) -> Vec<Vec<&'v str>> {
    variants.iter().fold(vec![Vec::new()], |combinations, variants| {
        let extended = combinations.iter().flat_map(|combination| {
            variants.iter().map(|variant| combination.iter().copied().chain([*variant]).collect())
        });
        extended.collect()
    })
}

/// Reports path parameters of two operations that become the same field of an argument type, but have different declarations, for
/// example different schemas.
pub(crate) fn fields(document: &Document, findings: &mut Findings) {
    let mut known: BTreeMap<(&str, &str, &str), (Parameter, &str)> = BTreeMap::new();
    for (method, operations) in methods(document) {
        for overloaded in &operations {
            let path = overloaded.operation.path.as_str();
            for argument in &overloaded.overload.arguments {
                // Two Rust methods can share an argument type that has a name. Without a name, the argument type is used by one
                // Rust method only.
                let owner = argument.type_name.as_deref().unwrap_or(method);
                let part = if argument.type_name.is_some() { variant(argument) } else { &argument.name };
                for (field, name) in &argument.parameters {
                    let Some(declared) = path_parameter_of(overloaded.operation, name) else { continue };
                    let unnamed = Parameter { name: String::new(), ..parameter_without_places(declared) };
                    let unnamed = Parameter { description: None, examples: Vec::new(), ..unnamed };
                    let (first, place) = known.entry((owner, part, field)).or_insert_with(|| (unnamed.clone(), path));
                    if *first != unnamed {
                        let message = format!(
                            "The declaration of `{name}` differs from the declaration of `{field}` in `{place}`."
                        );
                        let remedy = "Declare the parameter in the same way in all operations, for example with `$ref` to a \
                                      shared component.";
                        report(overloaded, message, remedy, findings);
                    }
                }
            }
        }
    }
}

fn path_parameter_of<'d>(operation: &'d Operation, name: &str) -> Option<&'d Parameter> {
    operation.parameters.iter().find(|parameter| parameter.location == Location::Path && parameter.name == name)
}

/// Reports argument types that have different variants in two Rust methods. Also reports argument variants that have different
/// fields in two operations.
pub(crate) fn types(document: &Document, findings: &mut Findings) {
    let mut fields: BTreeMap<(&str, &str), (Vec<&String>, &str)> = BTreeMap::new();
    let mut variants: BTreeMap<&str, (BTreeSet<&str>, &str)> = BTreeMap::new();
    for (method, operations) in methods(document) {
        let mut here: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for overloaded in &operations {
            for argument in &overloaded.overload.arguments {
                let Some(type_name) = argument.type_name.as_deref() else {
                    continue;
                };
                here.entry(type_name).or_default().insert(variant(argument));
                let own: Vec<&String> = argument.parameters.keys().collect();
                let path = overloaded.operation.path.as_str();
                let (known, first_path) =
                    fields.entry((type_name, variant(argument))).or_insert_with(|| (own.clone(), path));
                if *known != own {
                    let message = format!("The type `{type_name}` has different fields here and in `{first_path}`.");
                    let remedy = "Give the type the same fields, or use another type name here.";
                    report(overloaded, message, remedy, findings);
                }
            }
        }
        let Some(first) = operations.first() else { continue };
        for (type_name, own) in here {
            if own.len() > 1 && own.contains("") {
                let message = format!("The type `{type_name}` has a variant in some operations and none in others.");
                report(first, message, "Name the variant in all operations.", findings);
            }
            let (known, first_method) = variants.entry(type_name).or_insert_with(|| (own.clone(), method));
            if *known != own {
                let message =
                    format!("The type `{type_name}` has different variants in `{method}` and in `{first_method}`.");
                let remedy = "Give the type the same variants, or use another type name here.";
                report(first, message, remedy, findings);
            }
        }
    }
}

#[cfg(test)]
mod tests;
