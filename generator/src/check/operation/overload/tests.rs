//! Tests of operations that `x-overload` combines into the Rust method `find`. Each test has one mistake in the arguments.

use crate::check::tests::findings;

const ONE: &str = "{name: key, type: Key, variant: One, parameters: {a: A}}";
const TWO: &str = "{name: key, type: Key, variant: Two, parameters: {a: A, b: B}}";
const PLAIN: &str = "{name: rest, parameters: {rest: R}}";

/// Returns a path item in YAML with one GET operation. Its `x-overload` names the Rust method `method` and the `arguments`.
/// `rest` contains the remaining members of the operation; if it is empty, they are `responses: {}`.
fn operation(path: &str, method: &str, arguments: &[&str], rest: &str) -> String {
    let names: Vec<_> = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    let parameters: Vec<_> = names
        .iter()
        .map(|name| format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}"))
        .collect();
    let rest = if rest.is_empty() { "responses: {}" } else { rest };
    format!(
        "  {path}:\n    parameters: [{}]\n    get:\n      x-overload: {{method: {method}, arguments: [{}]}}\n      {rest}\n",
        parameters.join(", "),
        arguments.join(", "),
    )
}

fn codes_and_messages(operations: &[String]) -> Vec<String> {
    let found = findings(&format!("paths:\n{}", operations.concat()));
    found.iter().map(|finding| format!("{} {}", finding.code.id(), finding.message)).collect()
}

#[test]
fn complete_operations_have_no_findings() {
    let operations =
        [operation("/1/{A}/{R}", "find", &[ONE, PLAIN], ""), operation("/2/{A}/{B}/{R}", "find", &[TWO, PLAIN], "")];
    assert_eq!(codes_and_messages(&operations), [""; 0]);
}

#[test]
fn every_path_parameter_must_have_one_argument() {
    let found = codes_and_messages(&[operation("/1/{A}/{B}", "find", &[ONE], "")]);
    assert_eq!(found, ["incomplete-overload No argument contains the path parameter `B`."]);
    let again = "{name: again, parameters: {a: A}}";
    let found = codes_and_messages(&[operation("/1/{A}", "find", &[ONE, again], "")]);
    assert_eq!(found, ["incomplete-overload Several arguments contain the path parameter `A`: `key`, `again`."]);
    let found = codes_and_messages(&[operation("/1/{A}", "find", &[ONE, PLAIN], "")]);
    assert_eq!(found, ["incomplete-overload An argument contains the parameter `R`, which is not in the path."]);
}

#[test]
fn arguments_must_have_the_order_of_the_path() {
    let separated =
        "incomplete-overload The arguments have the order `A`, `B`, `R`, but the path has the order `A`, `R`, `B`.";
    assert_eq!(codes_and_messages(&[operation("/1/{A}/{R}/{B}", "find", &[TWO, PLAIN], "")]), [separated]);
    let reversed = "incomplete-overload The arguments have the order `A`, `R`, but the path has the order `R`, `A`.";
    assert_eq!(codes_and_messages(&[operation("/1/{R}/{A}", "find", &[ONE, PLAIN], "")]), [reversed]);
    // The `parameters` of one argument are an unordered mapping, so their order is not checked.
    assert_eq!(codes_and_messages(&[operation("/1/{B}/{A}", "find", &[TWO], "")]), [""; 0]);
}

#[test]
fn every_combination_needs_one_operation() {
    let other_one = "{name: other, type: Other, variant: One, parameters: {c: C}}";
    let other_two = "{name: other, type: Other, variant: Two, parameters: {c: C, d: D}}";
    let operations = [
        operation("/1/{A}/{C}", "find", &[ONE, other_one], ""),
        operation("/2/{A}/{B}/{C}", "find", &[TWO, other_one], ""),
        operation("/3/{A}/{C}/{D}", "find", &[ONE, other_two], ""),
        operation("/4/{A}/{C}", "find", &[ONE, other_one], ""),
    ];
    assert_eq!(
        codes_and_messages(&operations),
        [
            "incomplete-overload `find` has two operations with `key: One, other: One`.",
            "incomplete-overload `find` has no operation with `key: Two, other: Two`.",
        ]
    );
}

/// Returns an operation of the method `find` with this variant of `left` and of `right`.
fn of_variants(left: usize, right: usize) -> String {
    let argument = |name: &str, type_name: &str, variant: usize, parameter: &str| {
        format!("{{name: {name}, type: {type_name}, variant: V{variant}, parameters: {{x: {parameter}}}}}")
    };
    let arguments = [argument("left", "Left", left, "A"), argument("right", "Right", right, "B")];
    operation(&format!("/{left}/{right}/{{A}}/{{B}}"), "find", &arguments.each_ref().map(String::as_str), "")
}

#[test]
fn a_method_can_have_many_variants_if_none_is_missing() {
    let complete: Vec<String> = (0..300).map(|left| of_variants(left, 0)).collect();
    assert_eq!(codes_and_messages(&complete), [""; 0]);
}

#[test]
fn a_method_that_stays_incomplete_is_given_up() {
    let operations: String = (0..300).map(|index| of_variants(index, index)).collect();
    let mut document = crate::check::tests::document(&format!("paths:\n{operations}"));
    let mut findings = crate::finding::Findings::new("test.yaml");
    crate::check::remove_incomplete_overloads(&mut document, &mut findings);
    assert!(document.operations.is_empty());
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    // Each removed operation is reported.
    assert_eq!(messages.iter().filter(|message| message.starts_with("The operations of `find` cannot")).count(), 280);
    assert_eq!(messages.len(), 301);
}

#[test]
fn signatures_must_be_equal() {
    let renamed = "{name: id, type: Key, variant: Two, parameters: {a: A, b: B}}";
    let found =
        codes_and_messages(&[operation("/1/{A}", "find", &[ONE], ""), operation("/2/{A}/{B}", "find", &[renamed], "")]);
    assert_eq!(
        found,
        ["incomplete-overload The arguments of `find` do not have the same names and types as in `/1/{A}`."]
    );
}

#[test]
fn the_parts_apart_from_the_path_must_be_equal() {
    let same = "responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}";
    let first = operation("/1/{A}", "find", &[ONE], same);
    assert_eq!(codes_and_messages(&[first.clone(), operation("/2/{A}/{B}", "find", &[TWO], same)]), [""; 0]);
    for (rest, part) in [
        ("responses: {'200': {description: ok, headers: {H: {schema: {type: integer}}}}}", "responses"),
        ("parameters: [{name: q, in: query, schema: {}}]\n      responses: {}", "parameters outside the path"),
        (
            "requestBody: {content: {}}\n      responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}",
            "request bodies",
        ),
        (
            "servers: [{url: /v2}]\n      responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}",
            "servers",
        ),
    ] {
        let found = codes_and_messages(&[first.clone(), operation("/2/{A}/{B}", "find", &[TWO], rest)]);
        assert_eq!(found, [format!("incomplete-overload The {part} of `find` differ from those of `/1/{{A}}`.")]);
    }
}

#[test]
fn types_must_be_the_same_in_all_methods() {
    let without_variant = "{name: key, type: Key, parameters: {a: A}}";
    let found = codes_and_messages(&[
        operation("/1/{A}", "find", &[ONE], ""),
        operation("/2/{A}", "seek", &[without_variant], ""),
    ]);
    assert_eq!(found, ["incomplete-overload The type `Key` has different variants in `seek` and in `find`."]);
    let other_field = "{name: key, type: Key, variant: One, parameters: {z: A}}";
    let found =
        codes_and_messages(&[operation("/1/{A}", "find", &[ONE], ""), operation("/2/{A}", "seek", &[other_field], "")]);
    assert_eq!(found, ["incomplete-overload The type `Key` has different fields here and in `/1/{A}`."]);
}

#[test]
fn a_field_must_be_declared_the_same_in_all_operations() {
    let rest = "responses: {}\n      parameters: [{name: R, in: path, required: true, schema: {type: integer}}]";
    let operations =
        [operation("/1/{A}/{R}", "find", &[ONE, PLAIN], ""), operation("/2/{A}/{B}/{R}", "find", &[TWO, PLAIN], rest)];
    let found = codes_and_messages(&operations);
    assert_eq!(
        found,
        ["incomplete-overload The declaration of `R` differs from the declaration of `rest` in `/1/{A}/{R}`."]
    );
}

#[test]
fn a_method_must_have_a_name_of_its_own() {
    let other = "  /x:\n    get: {operationId: find, responses: {}}\n".to_owned();
    let found = codes_and_messages(&[operation("/1/{A}", "find", &[ONE], ""), other]);
    assert_eq!(found, ["duplicate-operation-id `find` is already the `operationId` of `GET /x`."]);
}
