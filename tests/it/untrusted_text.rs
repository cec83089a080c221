//! Tests that text from a document remains plain text: in doc comments, string literals, names, Markdown, TOML, findings and
//! reports. Each test puts hostile text into every string of a document, and checks everything that is printed.

mod document;
mod markdown;

use std::collections::HashMap;

use copperplate::finding::{Finding, render};
use copperplate::{Generation, Input, Options, Pipeline, Types};
use document::{injected, places, with_prose};
use markdown::{check_doc_comments, check_readme};

/// A word that is in every hostile text, and nowhere else.
const MARKER: &str = "zqxmark";

/// The start of a line that only a hostile text can cause.
const FORGED: &str = "Forged::";

/// Returns two hostile texts: one has many lines, and the other has words that begin new lines after wrapping.
fn hostile_texts() -> [String; 2] {
    let lines = [
        "zqxmark `",
        "",
        "    std::fs::write(zqxmark)",
        "```rust",
        "zqxmark()",
        "````rust",
        "~~~",
        "```",
        "- ~~~rust",
        "  zqxmark()",
        "1. ```rust",
        "> ~~~rust",
        "-",
        "~~~rust",
        "```rust",
        "~~~",
        "[zqxmark]: javascript:zqxmark",
        "`<script>|` <img src=zqxmark> | `",
        "|---|---|",
        "`<b>zqxmark|</b>` <!-- zqxmark --> \\\\<i> \\`<i>`",
        "Forged::zqxmark(String), query zqxmark",
        "::error file=zqxmark::Forged::",
        "[dependencies] # zqxmark",
        "*/ \"# } #[zqxmark] macro_rules! zqxmark \\",
    ];
    let start = "w".repeat(100);
    let line = format!(
        "{start} ~~~rust zqxmark \u{1b}[31m\u{9b}2J\u{202e}\u{2028}\u{7} {start} ```rust zqxmark ~~~ {start} <zqxmark> \
         `` <img src=zqxmark onerror=zqxmark> `` ` [zqxmark](javascript:zqxmark) ![zqxmark](https://zqxmark) [^zqxmark] \
         [zqxmark] [zqxmark][] \\<zqxmark> \\\\<zqxmark> {{zqxmark}} --> --!> ``` {start} `{start} <zqxmark> ~~~rust` \
         <https://x\"onclick=zqxmark> {start}     zqxmark \\"
    );
    [lines.join("\r\n"), line]
}

fn generate(text: String, options: &Options) -> Generation {
    let input = Input::new("text.json", text, "text");
    Pipeline::new(options).generate(&[input])
}

fn options() -> Options {
    Options {
        crate_name: "text".to_owned(),
        at_root: true,
        skip_unsupported: true,
        types: Types::All,
        features: true,
        ..Options::default()
    }
}

/// Returns whether the character must not occur in printed text: a control character, or a character that changes the direction
/// of text.
fn is_hostile(letter: char) -> bool {
    let is_directional = matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (letter.is_control() && letter != '\n') || is_directional
}

/// Asserts that a printed text has no characters that control a terminal, and no line that a hostile text has started.
#[track_caller]
fn assert_printable(text: &str, place: &str) {
    assert!(!text.contains(is_hostile), "{place}: {text:?}");
    let forged = text.lines().find(|line| {
        let line = line.trim_start();
        line.starts_with(FORGED) || line.starts_with("::error file=zqx") || line.starts_with("[dependencies] #")
    });
    assert_eq!(forged, None, "{place}: {text}");
}

/// Checks the files of a crate. `expected` has the files that are generated without the hostile text.
fn check_files(generation: &Generation, expected: &HashMap<String, String>, place: &str) {
    for file in generation.files.iter().flatten() {
        if file.path.starts_with("src/runtime/") || file.path == "src/ecma.rs" || !file.text.contains(MARKER) {
            continue;
        }
        let at = format!("{place}, {}", file.path);
        assert_printable(&file.text, &at);
        match file.path.as_str() {
            "README.md" => check_readme(&file.text, &at),
            "Cargo.toml" => assert_eq!(Some(&file.text), expected.get("Cargo.toml"), "{at}"),
            "SURFACE.txt" => {}
            _ => {
                syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{at}: {error}\n{}", file.text));
                check_doc_comments(&file.text, &at);
            }
        }
    }
}

/// Checks findings in their three formats.
fn check_findings(findings: &[Finding], file: &str, text: &str, place: &str) {
    for finding in render::placed(findings, &[(file, text)].into()) {
        assert_printable(&finding.text(false), place);
        for line in [finding.json(), finding.github()] {
            assert!(!line.contains(|letter| letter == '\n' || is_hostile(letter)), "{place}: {line:?}");
        }
        serde_json::from_str::<serde_json::Value>(&finding.json()).unwrap();
    }
    for finding in findings {
        assert_printable(&finding.to_string(), place);
        assert_eq!(finding.to_string().lines().count(), 3, "{place}: {finding}");
    }
}

fn files(generation: &Generation) -> HashMap<String, String> {
    generation.files.iter().flatten().map(|file| (file.path.clone(), file.text.clone())).collect()
}

/// Returns the content of `SURFACE.txt`, which lists the public items of a crate.
fn surface(generation: &Generation) -> String {
    files(generation).remove("SURFACE.txt").unwrap_or_default()
}

#[test]
fn no_string_or_name_of_a_document_becomes_code() {
    let document = document::read("it/untrusted_text/document.yaml");
    let expected = generate(document.to_string(), &options());
    assert_eq!(
        expected.findings.iter().filter(|finding| finding.is_downgraded()).count(),
        0,
        "{:#?}",
        expected.findings
    );
    let expected = files(&expected);
    let places = places(&document);
    let mut shown = 0;
    let texts = hostile_texts();
    for (place, text) in places.iter().flat_map(|place| texts.iter().map(move |text| (place, text))) {
        let (document, at) = (injected(&document, place, text).to_string(), place.to_string());
        let generation = generate(document.clone(), &options());
        check_files(&generation, &expected, &at);
        check_findings(&generation.findings, "text.json", &document, &at);
        shown += usize::from(files(&generation).values().any(|text| text.contains(MARKER)));
    }
    // Many strings are references or patterns, so a hostile text makes the document invalid.
    assert!(shown > places.len() / 2, "{shown} of {}", places.len());
}

#[test]
fn prose_changes_only_comments() {
    // The number of comment lines decides whether a crate is divided by tags, and so whether it has features.
    let options = Options { features: false, ..options() };
    for file in document::cases() {
        let original = document::read(&file);
        let expected = generate(original.to_string(), &options);
        for text in hostile_texts() {
            let (document, count) = with_prose(&original, &text);
            let generation = generate(document.to_string(), &options);
            assert_eq!(surface(&generation), surface(&expected), "{file}");
            assert!(count > 0, "{file}");
            check_files(&generation, &files(&expected), &file);
            check_findings(&generation.findings, "text.json", &document.to_string(), &file);
        }
    }
}

/// Reports about changes contain names and values from both documents.
#[test]
fn reports_of_differences_are_text() {
    let old = document::read("it/untrusted_text/document.yaml");
    let texts = hostile_texts();
    for (index, place) in places(&old).iter().enumerate() {
        // Either document of a comparison can be the hostile one.
        let (text, is_old) = (&texts[index % 2], index % 4 < 2);
        let (old, hostile) = (old.to_string(), injected(&old, place, text).to_string());
        let (old, new) = if is_old { (hostile, old) } else { (old, hostile) };
        document::check_reports(&old, &new, &place.to_string());
    }
}

#[test]
fn the_name_of_a_document_stays_one_line() {
    let text = document::read("it/untrusted_text/document.yaml").to_string();
    let file = "zqxmark\nForged::\r\u{1b}[31m\u{202e} --> ` <b> --!>.json";
    for at_root in [true, false] {
        let input = Input::new(file, text.clone(), file);
        let options = Options { at_root, ..options() };
        let generation = Pipeline::new(&options).generate(&[input]);
        let files = files(&generation);
        // The module of the document has a cargo feature.
        let manifest = files["Cargo.toml"].clone();
        check_features(&manifest);
        check_files(&generation, &HashMap::from([("Cargo.toml".to_owned(), manifest)]), "the name of the file");
        let header = files["src/lib.rs"].lines().next().unwrap().to_owned();
        assert!(header.contains(MARKER) && header.ends_with("run copperplate."), "{header}");
    }
    let broken = Input::new(file, "openapi: 3.0.3\npaths: 1\n", "a");
    let findings = Pipeline::new(&options()).generate(std::slice::from_ref(&broken)).findings;
    assert!(!findings.is_empty());
    check_findings(&findings, file, &broken.text, "the name of the file");
}

/// The tags of a large API become modules, files and cargo features.
#[test]
fn tags_become_valid_features() {
    let operation = |index: usize| {
        let tag = format!("{}{}", hostile_texts()[index % 2], index % 7);
        let responses = serde_json::json!({"204": {"description": "None"}});
        (format!("/items/{index}"), serde_json::json!({"get": {"tags": [tag], "responses": responses}}))
    };
    let paths: serde_json::Map<_, _> = (0..120).map(operation).collect();
    let document = serde_json::json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths});
    let generation = generate(document.to_string(), &options());
    let files = files(&generation);
    for (path, text) in &files {
        let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-./".contains(letter);
        assert!(path.chars().all(is_name), "{path}");
        assert_printable(text, path);
    }
    check_readme(&files["README.md"], "README.md");
    check_features(&files["Cargo.toml"]);
}

/// Asserts that the features of a document's parts consist of letters, digits and hyphens.
fn check_features(manifest: &str) {
    let (features, _) = manifest.split_once("[dependencies]").unwrap();
    let (_, features) = features.split_once("symmetric = []\n").unwrap();
    for feature in features.lines().filter(|line| !line.is_empty()) {
        let name = feature.strip_suffix(" = []").unwrap().trim_matches('"');
        assert!(name.chars().all(|letter| letter.is_alphanumeric() || letter == '-'), "{feature}");
    }
}

/// If HTTP cannot carry the name of a header or cookie, the name is an error, and its operation is not generated.
#[test]
fn names_that_http_cannot_carry_are_rejected() {
    let findings = |parameters: &str, content: &str, scheme: &str| {
        let text = format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "t", "version": "1"}}, "paths": {{"/a": {{"post": {{"operationId": "a",
            "security": [{{"key": []}}], "parameters": [{parameters}], "requestBody": {{"content": {content}}},
            "responses": {{"204": {{"description": "None"}}}}}}}}}},
            "components": {{"securitySchemes": {{"key": {{"type": "apiKey", {scheme}}}}}}}}}"#
        );
        let generation = generate(text, &options());
        let is_generated = files(&generation)["SURFACE.txt"].contains("Client::a(");
        let codes = generation.findings.iter().map(|finding| finding.code.number()).collect::<Vec<_>>();
        (codes.join(" "), is_generated)
    };
    let (json, key) = (r#"{"application/json": {"schema": {"type": "string"}}}"#, r#""in": "header", "name": "K""#);
    let part = |name: &str| {
        let schema = r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#;
        let header = format!(r#"{{"{name}": {{"schema": {{"type": "string"}}}}}}"#);
        format!(r#"{{"multipart/form-data": {{"schema": {schema}, "encoding": {{"a": {{"headers": {header}}}}}}}}}"#)
    };
    let parameter =
        |place: &str, name: &str| format!(r#"{{"in": "{place}", "name": "{name}", "schema": {{"type": "string"}}}}"#);
    let scheme = |place: &str, name: &str| format!(r#""in": "{place}", "name": "{name}""#);
    for name in ["a\\nb", "a\\u202eb", "a b", "a;b", "ä"] {
        for place in ["header", "cookie"] {
            assert_eq!(findings(&parameter(place, name), json, key), ("CP0402".to_owned(), false), "{place} {name}");
            assert_eq!(findings("", json, &scheme(place, name)), ("CP0404".to_owned(), false), "{place} {name}");
        }
        assert_eq!(findings("", &part(name), key), ("CP0402".to_owned(), false), "{name}");
        // The query carries any name, with percent-encoding.
        assert!(findings(&parameter("query", name), json, &scheme("query", name)).1, "{name}");
    }
    assert_eq!(findings(&parameter("cookie", "a[b]"), &part("X-A"), key), (String::new(), true));
}
