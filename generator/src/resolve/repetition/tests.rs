//! Tests of the limit on the data that references repeat.

use std::fmt::Write as _;

use crate::resolve::tests::resolved_or_rejected;

/// Resolves a document in which `count` operations use `response`, and returns the findings as `code pointer`.
fn findings(count: usize, response: &str, rest: &str) -> Vec<String> {
    let mut text = "paths:\n".to_owned();
    for index in 0..count {
        writeln!(text, "  /a{index}: {{get: {{responses: {{'200': {response}}}}}}}").expect("a text");
    }
    resolved_or_rejected(&format!("{text}{rest}")).1
}

const SHARED: &str = "{$ref: '#/components/responses/R'}";

#[test]
fn a_shared_response_may_be_small_or_rarely_used() {
    let rest =
        |length: usize| format!("components: {{responses: {{R: {{description: '{}'}}}}}}\n", "word ".repeat(length));
    assert_eq!(findings(500, SHARED, &rest(10)), [""; 0]);
    assert_eq!(findings(5, SHARED, &rest(10_000)), [""; 0]);
    let rejected = findings(500, SHARED, &rest(10_000));
    assert_eq!(rejected.len(), 1);
    assert!(rejected[0].starts_with("document-limit /paths/~1a"), "{rejected:?}");
}

#[test]
fn data_that_all_operations_share_counts_for_each() {
    let inline = "{description: d}";
    for rest in [
        format!("security: [{{}}{}]\n", ", {a: []}".repeat(3_000)),
        format!("servers: [{{url: /}}{}]\n", ", {url: /a}".repeat(3_000)),
    ] {
        let rejected = findings(500, inline, &rest);
        assert!(rejected.iter().any(|finding| finding.starts_with("document-limit /paths/~1a")), "{rejected:?}");
    }
}

#[test]
fn parameters_that_operations_inherit_count_for_their_code() {
    let parameters =
        |count: usize| (0..count).map(|index| format!("{{name: p{index}, in: query}}, ")).collect::<String>();
    let document = |count: usize, paths: usize| {
        let item = format!("  /a: {{get: {{responses: {{}}}}, parameters: [{}]}}\n", parameters(count));
        let paths = (0..paths).map(|index| format!("  /b{index}: {{$ref: '#/paths/~1a'}}\n"));
        resolved_or_rejected(&format!("paths:\n{item}{}", paths.collect::<String>())).1
    };
    let is_limit = |finding: &String| finding.starts_with("document-limit /paths/~1b");
    assert!(!document(10, 50).iter().any(is_limit));
    assert!(document(40, 100).iter().any(is_limit));
}

#[test]
fn references_inside_targets_count_for_each_use() {
    let headers: String = (0..100).map(|index| format!("H{index}: {{$ref: '#/components/headers/H'}}, ")).collect();
    let rest = format!(
        "components:\n  headers: {{H: {{description: '{}', schema: {{type: string}}}}}}\n  responses: {{R: {{description: d, \
         headers: {{{headers}}}}}}}\n",
        "word ".repeat(100)
    );
    assert_eq!(findings(3, SHARED, &rest), [""; 0]);
    assert_eq!(findings(50, SHARED, &rest).len(), 1);
}

#[test]
fn circular_references_have_a_size() {
    let rest =
        "components: {responses: {R: {$ref: '#/components/responses/S'}, S: {$ref: '#/components/responses/R'}}}\n";
    let reported = findings(3, SHARED, rest);
    assert!(reported.iter().all(|finding| finding.starts_with("ref-cycle")), "{reported:?}");
}

/// Resolves a document in which `count` operations have the request body `body`, and returns the findings.
fn findings_of_bodies(count: usize, body: &str, rest: &str) -> Vec<String> {
    let operation = |index| format!("  /a{index}: {{post: {{requestBody: {body}, responses: {{}}}}}}\n");
    let paths: String = (0..count).map(operation).collect();
    let text = format!("paths:\n{paths}components:\n{rest}");
    resolved_or_rejected(&text).1.into_iter().filter(|finding| finding.starts_with("document-limit")).collect()
}

/// Returns a component schema `Parts` with `count` properties, and `Whole`, which combines it.
fn parts(count: usize) -> String {
    let properties: String = (0..count).map(|index| format!("p{index}: {{}}, ")).collect();
    format!(
        "  schemas:\n    Parts: {{properties: {{{properties}}}}}\n    Whole: {{allOf: [$ref: '#/components/schemas/Parts']}}\n"
    )
}

#[test]
fn the_parts_of_a_shared_schema_count_for_each_multipart_body() {
    for body in [
        "{content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Parts'}}}}",
        "{content: {Multipart/Mixed; a=b: {schema: {$ref: '#/components/schemas/Whole'}}}}",
        "{content: {multipart/form-data: {schema: {allOf: [$ref: '#/components/schemas/Parts']}}}}",
        "{content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Parts'}, encoding: {p1: {contentType: a/b}}}}}",
    ] {
        assert_eq!(findings_of_bodies(20, body, &parts(20)), [""; 0], "{body}");
        let found = findings_of_bodies(60, body, &parts(60));
        assert!(found.len() == 1 && found[0].starts_with("document-limit /paths/~1a"), "{body}: {found:?}");
    }
    let form = "{content: {application/x-www-form-urlencoded: {schema: {$ref: '#/components/schemas/Parts'}}}}";
    assert_eq!(findings_of_bodies(60, form, &parts(60)), [""; 0]);
}

#[test]
fn the_first_use_of_parts_and_further_uses_of_a_body_count_for_nothing() {
    let multipart = "{content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Parts'}}}}";
    assert_eq!(findings_of_bodies(1, multipart, &parts(3_000)), [""; 0]);
    let rest = format!("{}  requestBodies: {{B: {multipart}}}\n", parts(60));
    assert_eq!(findings_of_bodies(60, "{$ref: '#/components/requestBodies/B'}", &rest), [""; 0]);
}

#[test]
fn the_documentation_of_a_schema_counts_for_each_use() {
    let document = |uses: usize, documented: &str| {
        let properties: String =
            (0..uses).map(|index| format!("p{index}: {{$ref: '#/components/schemas/D'}}, ")).collect();
        let schemas = format!("  schemas:\n    D: {{{documented}}}\n    S: {{properties: {{{properties}}}}}\n");
        findings_of_bodies(1, "{$ref: '#/components/requestBodies/None'}", &schemas)
    };
    let values = format!("enum: [{}]", "a value, ".repeat(100));
    for documented in [format!("description: {}", "word ".repeat(200)), format!("title: {}", "a".repeat(1_000)), values]
    {
        assert_eq!(document(100, &documented), [""; 0]);
        assert_eq!(document(1_000, &documented), ["document-limit /components/schemas/S"]);
    }
    let many_values = format!("enum: [{}]", "a, ".repeat(20_000));
    assert_eq!(document(100, &many_values), [""; 0], "only the first values are listed");
}

#[test]
fn lines_count_in_addition_to_their_letters() {
    let rest = |text: &str, count: usize| {
        format!("components: {{responses: {{R: {{description: \"{}\"}}}}}}\n", text.repeat(count))
    };
    assert_eq!(findings(300, SHARED, &rest("aaa ", 200)), [""; 0]);
    assert_eq!(findings(300, SHARED, &rest("|\\n", 200)).len(), 1);
    assert_eq!(findings(1, SHARED, &rest("|\\n", 50_000)), [""; 0], "the lines are not repeated");
}

#[test]
fn inherited_properties_count_for_each_extension() {
    let document = |count: usize| {
        let extension = |index| format!("    C{index}: {{allOf: [$ref: '#/components/schemas/B']}}\n");
        let extensions: String = (0..count).map(extension).collect();
        let text = "word ".repeat(1_000);
        format!("  schemas:\n    B: {{properties: {{a: {{description: '{text}'}}}}}}\n{extensions}")
    };
    let none = "{$ref: '#/components/requestBodies/None'}";
    assert_eq!(findings_of_bodies(1, none, &document(100)), [""; 0]);
    assert_eq!(findings_of_bodies(1, none, &document(1_000)).len(), 1);
}
