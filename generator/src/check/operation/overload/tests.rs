//! A method `find` with two arguments of two and one forms, broken in one way after another.

use crate::check::tests::findings;

const ONE: &str = "{name: key, type: Key, variant: One, parameters: {a: A}}";
const TWO: &str = "{name: key, type: Key, variant: Two, parameters: {a: A, b: B}}";
const PLAIN: &str = "{name: rest, parameters: {rest: R}}";

/// One spelling: a path, its arguments, and what else the operation has.
fn spelling(path: &str, method: &str, arguments: &[&str], rest: &str) -> String {
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

fn says(spellings: &[String]) -> Vec<String> {
    let found = findings(&format!("paths:\n{}", spellings.concat()));
    found.iter().map(|finding| format!("{} {}", finding.code.id(), finding.message)).collect()
}

#[test]
fn complete_spellings_make_a_method() {
    let spellings =
        [spelling("/1/{A}/{R}", "find", &[ONE, PLAIN], ""), spelling("/2/{A}/{B}/{R}", "find", &[TWO, PLAIN], "")];
    assert_eq!(says(&spellings), [""; 0]);
}

#[test]
fn every_path_parameter_has_one_argument() {
    let said = says(&[spelling("/1/{A}/{B}", "find", &[ONE], "")]);
    assert_eq!(said, ["incomplete-overload The path parameter `B` belongs to no argument."]);
    let again = "{name: again, parameters: {a: A}}";
    let said = says(&[spelling("/1/{A}", "find", &[ONE, again], "")]);
    assert_eq!(said, ["incomplete-overload The path parameter `A` belongs to `key` and `again`."]);
    let said = says(&[spelling("/1/{A}", "find", &[ONE, PLAIN], "")]);
    assert_eq!(said, ["incomplete-overload `R` is no parameter of the path."]);
}

#[test]
fn arguments_stand_in_the_order_of_the_path() {
    let apart = "incomplete-overload The arguments fill `A, B, R`, and the path has `A, R, B`.";
    assert_eq!(says(&[spelling("/1/{A}/{R}/{B}", "find", &[TWO, PLAIN], "")]), [apart]);
    let turned = "incomplete-overload The arguments fill `A, R`, and the path has `R, A`.";
    assert_eq!(says(&[spelling("/1/{R}/{A}", "find", &[ONE, PLAIN], "")]), [turned]);
    // The parameters of one argument are a mapping, which has no order.
    assert_eq!(says(&[spelling("/1/{B}/{A}", "find", &[TWO], "")]), [""; 0]);
}

#[test]
fn all_combinations_are_there_once() {
    let other_one = "{name: other, type: Other, variant: One, parameters: {c: C}}";
    let other_two = "{name: other, type: Other, variant: Two, parameters: {c: C, d: D}}";
    let spellings = [
        spelling("/1/{A}/{C}", "find", &[ONE, other_one], ""),
        spelling("/2/{A}/{B}/{C}", "find", &[TWO, other_one], ""),
        spelling("/3/{A}/{C}/{D}", "find", &[ONE, other_two], ""),
        spelling("/4/{A}/{C}", "find", &[ONE, other_one], ""),
    ];
    assert_eq!(
        says(&spellings),
        [
            "incomplete-overload `find` has the spelling `key: One, other: One` twice.",
            "incomplete-overload `find` has no spelling `key: Two, other: Two`.",
        ]
    );
}

#[test]
fn signatures_agree() {
    let renamed = "{name: id, type: Key, variant: Two, parameters: {a: A, b: B}}";
    let said = says(&[spelling("/1/{A}", "find", &[ONE], ""), spelling("/2/{A}/{B}", "find", &[renamed], "")]);
    assert_eq!(said, ["incomplete-overload The arguments of `find` have other names or types than in /1/{A}."]);
}

#[test]
fn what_stands_beside_the_path_agrees() {
    let same = "responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}";
    let first = spelling("/1/{A}", "find", &[ONE], same);
    assert_eq!(says(&[first.clone(), spelling("/2/{A}/{B}", "find", &[TWO], same)]), [""; 0]);
    for (rest, part) in [
        ("responses: {'200': {description: ok, headers: {H: {schema: {type: integer}}}}}", "responses"),
        ("parameters: [{name: q, in: query, schema: {}}]\n      responses: {}", "parameters outside of the path"),
        (
            "requestBody: {content: {}}\n      responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}",
            "request bodies",
        ),
        (
            "servers: [{url: /v2}]\n      responses: {'200': {description: ok, headers: {H: {schema: {type: string}}}}}",
            "servers",
        ),
    ] {
        let said = says(&[first.clone(), spelling("/2/{A}/{B}", "find", &[TWO], rest)]);
        assert_eq!(said, [format!("incomplete-overload The {part} of `find` differ from those of /1/{{A}}.")]);
    }
}

#[test]
fn types_are_the_same_in_all_methods() {
    let bare = "{name: key, type: Key, parameters: {a: A}}";
    let said = says(&[spelling("/1/{A}", "find", &[ONE], ""), spelling("/2/{A}", "seek", &[bare], "")]);
    assert_eq!(said, ["incomplete-overload `Key` has other variants in `seek` than in `find`."]);
    let other_field = "{name: key, type: Key, variant: One, parameters: {z: A}}";
    let said = says(&[spelling("/1/{A}", "find", &[ONE], ""), spelling("/2/{A}", "seek", &[other_field], "")]);
    assert_eq!(said, ["incomplete-overload `Key` has other fields here than in /1/{A}."]);
}

#[test]
fn arguments_in_another_order_than_the_path_are_refused() {
    let said = says(&[spelling("/1/{R}/{A}", "find", &[ONE, PLAIN], "")]);
    assert_eq!(said, ["incomplete-overload The arguments fill `A, R`, and the path has `R, A`."]);
}

#[test]
fn a_field_holds_the_same_in_every_spelling() {
    let rest = "responses: {}\n      parameters: [{name: R, in: path, required: true, schema: {type: integer}}]";
    let spellings =
        [spelling("/1/{A}/{R}", "find", &[ONE, PLAIN], ""), spelling("/2/{A}/{B}/{R}", "find", &[TWO, PLAIN], rest)];
    let said = says(&spellings);
    assert_eq!(said, ["incomplete-overload `R` is declared otherwise than what `rest` holds in /1/{A}/{R}."]);
}

#[test]
fn a_method_has_a_name_of_its_own() {
    let other = "  /x:\n    get: {operationId: find, responses: {}}\n".to_owned();
    let said = says(&[spelling("/1/{A}", "find", &[ONE], ""), other]);
    assert_eq!(said, ["duplicate-operation-id `find` is already the id of GET /x."]);
}
