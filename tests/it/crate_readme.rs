//! Tests of the README of a generated crate.

use std::fs;
use std::path::Path;

use copperplate::{Input, Options, Pipeline};

/// The code of the quick starts in `generated/README.md`. It only has to compile.
#[allow(dead_code, reason = "they would call services")]
mod quick_starts {
    include!(concat!(env!("OUT_DIR"), "/quick_starts.rs"));
}

/// The code of the sections about pages and streams, for the documents of the cases. It only has to compile.
#[allow(dead_code, reason = "it would call services")]
mod guide {
    include!(concat!(env!("OUT_DIR"), "/guide.rs"));
}

/// Returns the README of the crate that is generated from one document.
fn readme(name: &str, text: &str, options: &Options) -> String {
    let input = Input::new(format!("{name}.yaml"), text, name);
    let generation = Pipeline::new(options).generate(&[input]);
    let outputs = generation.files.unwrap_or_else(|| panic!("{:?}", generation.findings));
    outputs.into_iter().find(|output| output.path == "README.md").unwrap().text
}

fn at_root(name: &str) -> Options {
    Options { crate_name: name.to_owned(), at_root: true, ..Options::default() }
}

#[test]
fn the_readme_of_a_pet_store() {
    insta::assert_snapshot!(readme("pets", include_str!("new_crate/petstore.yaml"), &at_root("pets")));
}

#[test]
fn every_api_of_the_generated_crate_has_a_quick_start() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated/README.md");
    let readme = fs::read_to_string(path).unwrap();
    let imports = readme.matches("\nuse generated::runtime::Error;\n").count();
    assert_eq!((imports, readme.matches("\n### Quick start\n\n```rust\n").count()), (4, 4));
    assert_eq!(include_str!(concat!(env!("OUT_DIR"), "/quick_starts.rs")).matches("async fn quick_start(").count(), 4);
}

#[test]
fn the_guide_shows_pages_and_streams() {
    let guide = include_str!(concat!(env!("OUT_DIR"), "/guide.rs"));
    for shown in [".items().limit(1000)", ".pages()", ".stream().await?", ".download().await?"] {
        assert!(guide.contains(shown), "{shown}: {guide}");
    }
}

/// Text from a document remains plain text in the README. It cannot become a heading, a table, HTML or Rust code.
#[test]
fn text_of_a_document_does_not_become_structure_of_the_readme() {
    let text = r####"
openapi: 3.0.3
info:
  title: "Pets | <b>all</b>\n```rust\npanic!()\n```"
  version: "1`|\n# 2"
  description: "<script>x</script> | `a | b`\n# Title\n```rust\npanic!()\n```"
paths:
  /pets/{id}:
    get:
      operationId: get
      summary: "One | two `three | four` <i>\n\n```rust\npanic!()\n```"
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}, example: "```\n\"|<b>"}
      responses: {'204': {description: None}}
"####;
    let readme = readme("pets", text, &at_root("pets"));
    let headings: Vec<&str> = readme.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(
        headings,
        ["# pets", "## Quick start", "## Retries and errors", "## Tests", "## Operations", "## Features"],
        "{readme}"
    );
    let fences: Vec<&str> = readme.lines().filter(|line| line.starts_with("```")).collect();
    assert_eq!(fences, ["````rust", "````", "```rust", "```", "```rust", "```"], "{readme}");
    let row = readme.lines().find(|line| line.starts_with("| `get` |")).unwrap();
    assert_eq!(row, r"| `get` | `GET /pets/{id}` | One \| two `three \| four` \<i\> |");
    assert!(!readme.contains("<b>") || readme.matches("<b>").count() == 1, "only the string of Rust has it: {readme}");
    assert!(readme.contains(r"\<script\>"), "{readme}");
}

#[test]
fn a_large_api_lists_tags_instead_of_operations() {
    let mut text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n".to_owned();
    for index in 0..120 {
        let tag = ["orders", "stock|rooms"][index % 2];
        text += &format!(
            "  /items/{index}:\n    get:\n      operationId: get{index}\n      tags: ['{tag}']\n      responses: {{'204': {{description: None}}}}\n"
        );
    }
    let options = Options { features: true, ..at_root("shop") };
    let readme = readme("shop", &text, &options);
    let (_, operations) = readme.split_once("## Operations\n").unwrap();
    let (operations, _) = operations.split_once("\n## ").unwrap();
    let expected = "
| Tag | Feature | Operations |
|---|---|---|
| orders | `orders` | 60 |
| stock\\|rooms | `stock-rooms` | 60 |
";
    assert_eq!(operations, expected);
}
