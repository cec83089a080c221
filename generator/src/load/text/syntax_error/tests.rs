//! Tests the findings about texts that are not well-formed.

use crate::finding::place::Place;
use crate::finding::{Findings, Focus};
use crate::load::text::parse;

/// Returns the findings about a file, each as `code line:column message [line:column label]`. The brackets contain a related
/// location.
fn findings_in(file: &str, text: &str) -> Vec<String> {
    let mut findings = Findings::new(file);
    parse(file, text, &mut findings);
    let place = |focus: &Focus| match focus {
        Focus::Bytes(bytes) => {
            let place = Place::of(text, bytes.clone());
            format!("{}:{}", place.line, place.column)
        }
        _ => "nowhere".to_owned(),
    };
    let lines = findings.iter().map(|finding| {
        let related: String =
            finding.related.iter().map(|other| format!(" [{} {}]", place(&other.focus), other.label)).collect();
        format!("{} {} {}{related}", finding.code.id(), place(&finding.focus), finding.message)
    });
    lines.collect()
}

/// Returns the findings about a YAML text.
fn findings_in_yaml(text: &str) -> Vec<String> {
    findings_in("a.yaml", text)
}

#[test]
fn duplicate_keys_are_reported_with_both_places() {
    let twice = "The object has the key `b` twice.";
    assert_eq!(
        findings_in_yaml("a:\n  b: 1\n  c: {b: 2, \"b\": 3}\n  b: 4\n"),
        [
            format!("duplicate-key 3:13 {twice} [3:7 the first key]"),
            format!("duplicate-key 4:3 {twice} [2:3 the first key]")
        ]
    );
    assert_eq!(
        findings_in("a.json", "{\"b\": 1,\n\t\"b\": 2}"),
        [format!("duplicate-key 2:2 {twice} [1:2 the first key]")]
    );
    assert_eq!(
        findings_in_yaml("200: a\n'200': b\n"),
        ["duplicate-key 2:1 The object has the key `200` twice. [1:1 the first key]"]
    );
}

#[test]
fn constructs_beyond_json_are_reported() {
    assert_eq!(
        findings_in_yaml("a: !secret x\nb: [.nan, -.Inf, 1e999, nan]\n? [c]\n: 1\n? {d: 1}\n: !!str 2\n"),
        [
            "beyond-json 1:4 The tag `!secret` has no meaning in OpenAPI.",
            "beyond-json 2:5 JSON has no number `.nan`.",
            "beyond-json 2:11 JSON has no number `-.Inf`.",
            "beyond-json 2:18 JSON has no number `1e999`.",
            "beyond-json 3:3 A key must be a string, but this one is a list or a mapping.",
            "beyond-json 5:3 A key must be a string, but this one is a list or a mapping.",
        ]
    );
}

#[test]
fn words_that_other_parsers_read_differently_are_reported() {
    assert_eq!(
        findings_in_yaml("on: {enum: [NO, 'no', yes]}\n~: no\n'off': [no]\n"),
        [
            "yaml-trap 1:1 copperplate reads `on` as a string, but parsers of YAML 1.1 read a boolean.",
            "yaml-trap 1:13 copperplate reads `NO` as a string, but parsers of YAML 1.1 read a boolean.",
            "yaml-trap 1:23 copperplate reads `yes` as a string, but parsers of YAML 1.1 read a boolean.",
            "yaml-trap 2:1 copperplate reads `~` as a string, but other parsers of YAML read null.",
        ]
    );
    assert_eq!(findings_in("a.json", "{\"on\": 1}"), [""; 0]);
}

#[test]
fn tabs_in_the_indentation_are_reported() {
    let tab = "This line is indented with a tab, but YAML requires spaces.";
    assert_eq!(findings_in_yaml("a:\n\tb: 1\n"), [format!("syntax 2:1 {tab}")]);
    assert_eq!(findings_in_yaml("a:\n  b: 1\n\tc: 1\n"), [format!("syntax 3:1 {tab}")]);
    assert_eq!(findings_in_yaml("a:\n  b: 1\n  \tc: 1\n"), [format!("syntax 3:3 {tab}")]);
    assert_eq!(findings_in_yaml("a:\n  - b: 1\n  \t- c: 1\n"), [format!("syntax 3:3 {tab}")]);
    assert_eq!(findings_in_yaml("a:\tb\nc: [\td,\n\te]\n"), [""; 0]);
}

#[test]
fn a_text_that_ends_too_early_is_reported_at_its_end() {
    assert_eq!(
        findings_in_yaml("a: 1\nb: [1, 2\n"),
        ["syntax 2:8 The text ends before a `[` is closed. [2:4 opened here]"]
    );
    assert_eq!(
        findings_in_yaml("a: {b: [1]\n\n"),
        ["syntax 1:10 The text ends before a `{` is closed. [1:4 opened here]"]
    );
    assert_eq!(findings_in_yaml("a: 'b\n"), ["syntax 1:4 The quote that begins here is not closed."]);
    let open = "The quote that begins here is not closed.";
    assert_eq!(findings_in_yaml("a:\n  b: [c, 'd]\ne: 1\nf: 'g'\n"), [format!("syntax 2:10 {open} [2:6 opened here]")]);
    assert_eq!(findings_in_yaml("a:\n  '204: {b: c}\nd:\n  e: '^f'\n"), [format!("syntax 2:3 {open}")]);
    assert_eq!(
        findings_in_yaml("a:\n  b: {c: \"it's}\n\n  d: x\ne: \"y\"\n"),
        [format!("syntax 2:10 {open} [2:6 opened here]")]
    );
    assert_eq!(
        findings_in("a.json", "{\"a\": {\"b\": 1}"),
        ["syntax 1:14 The text ends before a `{` is closed. [1:1 opened here]"]
    );
    assert_eq!(findings_in("a.json", "{\"a\": \"b"), ["syntax 1:8 The text ends too early."]);
    assert_eq!(findings_in_yaml(""), ["syntax 1:1 The file is empty."]);
    assert_eq!(findings_in_yaml("\n \n"), ["syntax 1:1 The file is empty."]);
}

#[test]
fn other_errors_have_the_place_of_the_parser() {
    for (text, expected) in [
        ("info: {title: t\npaths: {}\n", "syntax 2:1"),
        ("a: 1\n b: 2\n", "syntax 2:"),
        ("a:\n  b: 1\n c: 2\n", "syntax 3:"),
        ("a: b: c\n", "syntax 1:5"),
        ("a: *x\n", "syntax 1:4 No anchor"),
        ("a: @x\n", "syntax 1:4 A string without quotes cannot begin with `@`."),
        ("a: {b: 1}}\n", "syntax 1:10"),
    ] {
        let found = findings_in_yaml(text);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{text:?}: {found:?}");
    }
    for (text, expected) in [
        ("{\"a\": 1,}", "syntax 1:9 The text is not valid JSON: trailing comma."),
        ("{\"a\": 1}\n]", "syntax 2:1 The text is not valid JSON: trailing characters."),
        (
            "{\"a\": tru}",
            "syntax 1:10 The text is not valid JSON: a word without quotes must be `true`, `false` or `null`.",
        ),
        ("{a: 1}", "syntax 1:2 The text is not valid JSON: a key must be in double quotes."),
    ] {
        assert_eq!(findings_in("a.json", text), [expected], "{text:?}");
    }
}

#[test]
fn common_mistakes_are_explained() {
    let colon = "A value that contains a `:` followed by a space must be in quotes.";
    let deeper = "The line is indented deeper than `a` in the line above, which already has a value.";
    let no_key = "The line is neither a key with a `:` nor the continuation of a value.";
    let no_dash = "The line begins where the items of the list above begin, but has no `-`.";
    let columns = "by 2 spaces. The lines above to which it can belong are indented by";
    for (text, expected) in [
        ("a: b: c\n", format!("1:5 {colon}")),
        ("- a: Note: see\n", format!("1:10 {colon}")),
        ("a: {b: c: d}\n", format!("1:9 {colon} [1:4 opened here]")),
        ("a:\n  b: c:\n", "2:7 A value that ends with a `:` must be in quotes.".to_owned()),
        ("a: b\n c: d\n", format!("2:2 {deeper}")),
        ("x:\n- a: b\n   c: d\n", format!("3:4 {deeper}")),
        ("a:\n    b: 1\n  c: 2\n", format!("3:3 The line is indented {columns} 4 or 0.")),
        ("a:\n - b: 1\n  c: 2\n", format!("3:3 The line is indented {columns} 3 or 1.")),
        ("a:\n  - b: 1\n- c: 2\n", "3:1 The item is indented by 0 spaces, but the items above it by 2.".to_owned()),
        ("a:\n  - b: 1\n   - c: 2\n", "3:4 The item is indented by 3 spaces, but the items above it by 2.".to_owned()),
        ("a:\n  - b: 1\n    c: 2\n  b: 3\n    c: 4\n", format!("4:3 {no_dash}")),
        ("a:\n  - b\n  c\n  - d\n", format!("3:3 {no_dash}")),
        ("a: 1\nb\nc: 2\n", format!("2:1 {no_key}")),
        ("a:b\nc: 2\n", "1:2 `a` is not a key, because no space follows its `:`.".to_owned()),
        ("a: - b\n", "1:4 A list cannot begin on the line of its key.".to_owned()),
        ("a: \"b\" c\n", "1:8 There is text after the closing quote.".to_owned()),
        ("a: [b\nc: d\n", "2:1 A `[` is still open where this line begins. [1:4 opened here]".to_owned()),
        ("a: {b: 1}}\n", "1:10 No open bracket matches this `}`.".to_owned()),
        ("a: `b`\n", "1:4 A string without quotes cannot begin with a backtick.".to_owned()),
    ] {
        assert_eq!(findings_in_yaml(text), [format!("syntax {expected}")], "{text:?}");
    }
}

#[test]
fn a_file_must_contain_one_document() {
    assert_eq!(findings_in_yaml("---\na: 1\n...\n"), [""; 0]);
    let message = "A second YAML document begins here, but a file must contain only one.";
    assert_eq!(findings_in_yaml("a: 1\n---\nb: 1\n"), [format!("several-documents 2:1 {message}")]);
}

#[test]
fn aliases_and_nesting_are_limited() {
    let laughs: String = (1..12)
        .map(|level| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", ")))
        .collect();
    let found = findings_in_yaml(&format!("a0: &a0 [lol, lol]\n{laughs}"));
    assert!(found.len() == 1 && found[0].starts_with("document-limit 12:"), "{found:?}");
    // The number of aliases is acceptable, but the aliased node is so large that its copies exceed the memory budget.
    let much = vec!["abcdefgh"; 20_000].join(", ");
    let found = findings_in_yaml(&format!("a: &a [{much}]\nb: [{}]\n", vec!["*a"; 20_000].join(", ")));
    assert_eq!(
        found,
        ["document-limit 2:5 The aliases of the document expand to too much data. This alias adds the most."]
    );
    let found = findings_in_yaml(&format!("a: {}1{}\n", "[".repeat(200), "]".repeat(200)));
    assert_eq!(found, ["document-limit 1:131 The text is nested more than 128 levels deep."]);
    for indicator in ["[", "- ", "? "] {
        let found = findings_in_yaml(&format!("a:\n  {}1\n", indicator.repeat(100_000)));
        assert!(found.len() == 1 && found[0].contains("more than 128 levels deep"), "{found:?}");
    }
    let found = findings_in_yaml(&format!("a: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)));
    assert!(found.len() == 1 && found[0].contains("more than 128 levels deep"), "{found:?}");
    let found = findings_in("a.json", &format!("{{\"a\": {}1{}}}\n", "[".repeat(200), "]".repeat(200)));
    assert_eq!(found, ["document-limit 1:134 The text is nested more than 128 levels deep."]);
    let found = findings_in_yaml("a: &a [*a]\n");
    assert!(found.len() == 1 && found[0].starts_with("document-limit 1:8"), "{found:?}");
}

#[test]
fn places_are_right_after_a_byte_order_mark() {
    assert_eq!(
        findings_in_yaml("\u{feff}a: 1\na: 2\n"),
        ["duplicate-key 2:1 The object has the key `a` twice. [1:1 the first key]"]
    );
    assert_eq!(findings_in("a.json", "\u{feff}{\"a\": 1,}").len(), 1);
}
