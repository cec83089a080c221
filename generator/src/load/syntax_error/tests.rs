//! Tests of what is told about texts with faults.

use crate::finding::place::Place;
use crate::finding::{Findings, Focus};
use crate::load::text::parse;

/// What is told about a text: "code line:column message", with the line and column of what else is shown.
fn says_of(file: &str, text: &str) -> Vec<String> {
    let mut findings = Findings::new(file);
    parse(file, text, &mut findings);
    let place = |focus: &Focus| match focus {
        Focus::Bytes(bytes) => {
            let place = Place::of(text, bytes.clone());
            format!("{}:{}", place.line, place.column)
        }
        _ => "nowhere".to_owned(),
    };
    let said = findings.iter().map(|finding| {
        let related: String =
            finding.related.iter().map(|other| format!(" [{} {}]", place(&other.focus), other.label)).collect();
        format!("{} {} {}{related}", finding.code.id(), place(&finding.focus), finding.message)
    });
    said.collect()
}

fn says(text: &str) -> Vec<String> {
    says_of("a.yaml", text)
}

#[test]
fn keys_that_are_there_twice_are_told_with_both_places() {
    let twice = "The key `b` is there twice in one object.";
    assert_eq!(
        says("a:\n  b: 1\n  c: {b: 2, \"b\": 3}\n  b: 4\n"),
        [format!("duplicate-key 3:13 {twice} [3:7 the first]"), format!("duplicate-key 4:3 {twice} [2:3 the first]")]
    );
    assert_eq!(says_of("a.json", "{\"b\": 1,\n\t\"b\": 2}"), [format!("duplicate-key 2:2 {twice} [1:2 the first]")]);
    assert_eq!(
        says("200: a\n'200': b\n"),
        ["duplicate-key 2:1 The key `200` is there twice in one object. [1:1 the first]"]
    );
}

#[test]
fn what_json_cannot_say_is_told_where_it_stands() {
    assert_eq!(
        says("a: !secret x\nb: [.nan, -.Inf, 1e999, nan]\n? [c]\n: 1\n? {d: 1}\n: !!str 2\n"),
        [
            "beyond-json 1:4 The tag `!secret` has no meaning in OpenAPI.",
            "beyond-json 2:5 JSON has no number `.nan`.",
            "beyond-json 2:11 JSON has no number `-.Inf`.",
            "beyond-json 2:18 JSON has no number `1e999`.",
            "beyond-json 3:3 A key is text, and this one is not.",
            "beyond-json 5:3 A key is text, and this one is not.",
        ]
    );
}

#[test]
fn words_that_others_read_otherwise_are_warned_about() {
    assert_eq!(
        says("on: {enum: [NO, 'no', yes]}\n~: no\n'off': [no]\n"),
        [
            "yaml-trap 1:1 `on` is text here, and a truth value in YAML 1.1 to other readers.",
            "yaml-trap 1:13 `NO` is text here, and a truth value in YAML 1.1 to other readers.",
            "yaml-trap 1:23 `yes` is text here, and a truth value in YAML 1.1 to other readers.",
            "yaml-trap 2:1 `~` is text here, and nothing to other readers.",
        ]
    );
    assert_eq!(says_of("a.json", "{\"on\": 1}"), [""; 0]);
}

#[test]
fn tabs_are_told_by_name() {
    let tab = "A tab indents this line, and YAML indents with spaces.";
    assert_eq!(says("a:\n\tb: 1\n"), [format!("syntax 2:1 {tab}")]);
    assert_eq!(says("a:\n  b: 1\n\tc: 1\n"), [format!("syntax 3:1 {tab}")]);
    assert_eq!(says("a:\n  b: 1\n  \tc: 1\n"), [format!("syntax 3:3 {tab}")]);
    assert_eq!(says("a:\n  - b: 1\n  \t- c: 1\n"), [format!("syntax 3:3 {tab}")]);
    assert_eq!(says("a:\tb\nc: [\td,\n\te]\n"), [""; 0]);
}

#[test]
fn a_text_that_ends_too_early_is_told_at_its_end() {
    assert_eq!(says("a: 1\nb: [1, 2\n"), ["syntax 2:8 The text ends, and a `[` is not closed. [2:4 still open]"]);
    assert_eq!(says("a: {b: [1]\n\n"), ["syntax 1:10 The text ends, and a `{` is not closed. [1:4 still open]"]);
    assert_eq!(says("a: 'b\n"), ["syntax 1:4 The quote that begins here is not closed where its text ends."]);
    assert_eq!(
        says_of("a.json", "{\"a\": {\"b\": 1}"),
        ["syntax 1:14 The text ends, and a `{` is not closed. [1:1 still open]"]
    );
    assert_eq!(says_of("a.json", "{\"a\": \"b"), ["syntax 1:8 The text ends too early."]);
    assert_eq!(says(""), ["syntax 1:1 The file is empty."]);
    assert_eq!(says("\n \n"), ["syntax 1:1 The file is empty."]);
}

#[test]
fn other_faults_have_the_place_of_the_parser() {
    for (text, expected) in [
        ("info: {title: t\npaths: {}\n", "syntax 2:1"),
        ("a: 1\n b: 2\n", "syntax 2:"),
        ("a:\n  b: 1\n c: 2\n", "syntax 3:"),
        ("a: b: c\n", "syntax 1:5"),
        ("a: *x\n", "syntax 1:4 No anchor"),
        ("a: @x\n", "syntax 1:4 No plain text begins with `@`."),
        ("a: {b: 1}}\n", "syntax 1:10"),
    ] {
        let said = says(text);
        assert!(said.len() == 1 && said[0].starts_with(expected), "{text:?}: {said:?}");
    }
    for (text, expected) in [
        ("{\"a\": 1,}", "syntax 1:9 The text is no JSON: trailing comma."),
        ("{\"a\": 1}\n]", "syntax 2:1 The text is no JSON: trailing characters."),
        ("{\"a\": tru}", "syntax 1:10 The text is no JSON: a word without quotes is `true`, `false` or `null`."),
        ("{a: 1}", "syntax 1:2 The text is no JSON: a key stands in double quotes."),
    ] {
        assert_eq!(says_of("a.json", text), [expected], "{text:?}");
    }
}

#[test]
fn slips_are_told_as_a_person_would() {
    let colon = "A value cannot hold a `:` followed by a space unless it is in quotes.";
    let deeper = "The line is indented deeper than `a` above it, which has a value already.";
    let no_key =
        "The line is neither a key with its value, nor text that goes on, which is indented deeper than its key.";
    let columns = "by 2 spaces, and the lines above that it could belong to by";
    for (text, expected) in [
        ("a: b: c\n", format!("1:5 {colon}")),
        ("- a: Note: see\n", format!("1:10 {colon}")),
        ("a: {b: c: d}\n", format!("1:9 {colon} [1:4 still open]")),
        ("a:\n  b: c:\n", "2:7 A value cannot end with a `:` unless it is in quotes.".to_owned()),
        ("a: b\n c: d\n", format!("2:2 {deeper}")),
        ("x:\n- a: b\n   c: d\n", format!("3:4 {deeper}")),
        ("a:\n    b: 1\n  c: 2\n", format!("3:3 The line is indented {columns} 4 or 0.")),
        ("a:\n - b: 1\n  c: 2\n", format!("3:3 The line is indented {columns} 3 or 1.")),
        ("a:\n  - b: 1\n- c: 2\n", "3:1 The item is indented by 0 spaces, and the items above it by 2.".to_owned()),
        ("a:\n  - b: 1\n   - c: 2\n", "3:4 The item is indented by 3 spaces, and the items above it by 2.".to_owned()),
        ("a: 1\nb\nc: 2\n", format!("2:1 {no_key}")),
        ("a:b\nc: 2\n", "1:2 No space follows the `:` of `a`, so that it is no key.".to_owned()),
        ("a: - b\n", "1:4 A list does not begin in the line of its key.".to_owned()),
        ("a: \"b\" c\n", "1:8 Text stands behind the closing quote.".to_owned()),
        ("a: [b\nc: d\n", "2:1 A `[` is still open where this line begins. [1:4 still open]".to_owned()),
        ("a: {b: 1}}\n", "1:10 This `}` closes nothing.".to_owned()),
        ("a: `b`\n", "1:4 No plain text begins with a backtick.".to_owned()),
    ] {
        assert_eq!(says(text), [format!("syntax {expected}")], "{text:?}");
    }
}

#[test]
fn one_file_is_one_document() {
    assert_eq!(says("---\na: 1\n...\n"), [""; 0]);
    let told = "A second document begins here, and a file is read as one.";
    assert_eq!(says("a: 1\n---\nb: 1\n"), [format!("several-documents 2:1 {told}")]);
}

#[test]
fn aliases_and_nesting_have_bounds() {
    let laughs: String = (1..12)
        .map(|level| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", ")))
        .collect();
    let said = says(&format!("a0: &a0 [lol, lol]\n{laughs}"));
    assert!(said.len() == 1 && said[0].starts_with("document-limit 12:"), "{said:?}");
    // Few aliases of much, which no count of aliases finds.
    let much = vec!["abcdefgh"; 20_000].join(", ");
    let said = says(&format!("a: &a [{much}]\nb: [{}]\n", vec!["*a"; 20_000].join(", ")));
    assert_eq!(
        said,
        ["document-limit 2:5 The aliases make more of the text than any document means: this one brings the most."]
    );
    let said = says(&format!("a: {}1{}\n", "[".repeat(200), "]".repeat(200)));
    assert_eq!(said, ["document-limit 1:131 The text is nested more than 128 levels deep."]);
    let said = says_of("a.json", &format!("{{\"a\": {}1{}}}\n", "[".repeat(200), "]".repeat(200)));
    assert_eq!(said, ["document-limit 1:134 The text is nested more than 128 levels deep."]);
    let said = says("a: &a [*a]\n");
    assert!(said.len() == 1 && said[0].starts_with("document-limit 1:8"), "{said:?}");
}

#[test]
fn places_count_behind_a_byte_order_mark() {
    assert_eq!(
        says("\u{feff}a: 1\na: 2\n"),
        ["duplicate-key 2:1 The key `a` is there twice in one object. [1:1 the first]"]
    );
    assert_eq!(says_of("a.json", "\u{feff}{\"a\": 1,}").len(), 1);
}
