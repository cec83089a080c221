//! Tests of the source tree: the stages and libraries that each part of the generator may use, the imports between files, and the
//! size of files and functions.

use std::fs;
use std::path::{Path, PathBuf};

mod imports;

use syn::visit::Visit;

/// The stages, in the order of the pipeline.
const STAGES: &[&str] = &[
    "load",
    "resolve",
    "check",
    "lint",
    "lower",
    "ir",
    "surface",
    "diff",
    "emit",
    "print",
    "files",
    "page",
    "proof",
    "transcribe",
];

/// The files and folders of the generator, each with the stages that it may import and the libraries that it must not use.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    ("pointer.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    ("finding", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("file_name.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    (
        "file_reference.rs",
        &[],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"],
    ),
    ("suggestion.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("selection.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    ("configuration", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("text", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("json", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("json_path", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    ("pattern", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    // Parses the path of a type on the command line.
    ("format_type.rs", &[], &["openapiv3", "prettyplease", "serde_yaml", "serde_json"]),
    ("options.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    ("large_stack.rs", &[], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"]),
    ("load", &["load"], &["quote", "proc_macro2", "syn", "prettyplease"]),
    ("resolve", &["load", "resolve"], &["quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    (
        "check",
        &["load", "resolve", "check"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"],
    ),
    (
        "lint",
        &["load", "resolve", "check", "lint"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"],
    ),
    ("lower", &["resolve", "lower", "ir"], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    (
        "ir",
        &["ir"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json", "indexmap"],
    ),
    (
        "surface",
        &["ir", "surface"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"],
    ),
    (
        "diff",
        &["load", "resolve", "check", "surface", "diff"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"],
    ),
    ("emit", &["ir", "emit"], &["openapiv3", "serde_yaml", "serde_json", "syn", "prettyplease"]),
    ("print", &["emit", "print"], &["openapiv3", "serde_yaml", "serde_json"]),
    (
        "files",
        &["print", "files"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml", "serde_json"],
    ),
    ("page", &["page"], &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"]),
    (
        "transcribe",
        &["page", "transcribe"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"],
    ),
    (
        "proof",
        &["resolve", "page", "proof"],
        &["openapiv3", "quote", "proc_macro2", "syn", "prettyplease", "serde_yaml"],
    ),
];

/// The maximum number of lines of a file.
const FILE_LINES: usize = 420;

/// The maximum number of lines of a function.
const FUNCTION_LINES: usize = 80;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Returns the Rust files at or below `path`, sorted.
fn sources(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return if path.extension().is_some_and(|extension| extension == "rs") {
            vec![path.to_owned()]
        } else {
            Vec::new()
        };
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    // The benchmark is a separate workspace with its own `target`.
    entries.retain(|entry| !entry.ends_with("target"));
    entries.sort();
    entries.iter().flat_map(|entry| sources(entry)).collect()
}

fn parsed(path: &Path) -> syn::File {
    syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The stages and libraries that a file uses. A stage appears as `crate::STAGE`, and a library is the first segment of a path.
#[derive(Default)]
struct Names {
    stages: Vec<String>,
    libraries: Vec<String>,
}

impl Names {
    fn add(&mut self, mut segments: impl Iterator<Item = String>) {
        match (segments.next(), segments.next()) {
            (Some(first), Some(second)) if first == "crate" => self.stages.push(second),
            (Some(first), _) => self.libraries.push(first),
            (None, _) => {}
        }
    }

    fn add_tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.add(with(&name.ident).into_iter()),
            syn::UseTree::Rename(rename) => self.add(with(&rename.ident).into_iter()),
            syn::UseTree::Glob(_) => self.add(before.iter().cloned()),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_tree(tree, before)),
        }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.add_tree(&item.tree, &[]);
    }

    // The path before `!` in a macro call is not a library.
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A path with only one segment is a variable or a type, not a library.
        if path.segments.len() > 1 {
            self.add(path.segments.iter().map(|segment| segment.ident.to_string()));
        }
        syn::visit::visit_path(self, path);
    }
}

#[test]
fn each_part_uses_only_the_stages_and_libraries_of_its_layer() {
    let mut wrong = Vec::new();
    for (part, stages, libraries) in LAYERS {
        for file in sources(&root().join("generator/src").join(part)) {
            let mut names = Names::default();
            names.visit_file(&parsed(&file));
            let stage =
                names.stages.iter().find(|name| STAGES.contains(&name.as_str()) && !stages.contains(&name.as_str()));
            let library = names.libraries.iter().find(|name| libraries.contains(&name.as_str()));
            wrong.extend(stage.or(library).map(|name| format!("{} uses {name}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The stages `emit` and `surface` cannot fail: earlier stages report every error.
#[test]
fn emit_is_infallible() {
    let infallible = ["emit", "surface"].map(|stage| sources(&root().join("generator/src").join(stage)));
    let fallible = infallible.into_iter().flatten().filter(|file| {
        let text = fs::read_to_string(file).unwrap();
        text.lines().any(|line| line.trim_start().contains("fn ") && line.contains("-> Result"))
    });
    assert_eq!(fallible.collect::<Vec<_>>(), Vec::<PathBuf>::new());
}

/// No stage contains code that can panic, except in its tests. So user input cannot cause a panic.
#[test]
fn no_stage_panics() {
    let mut wrong = Vec::new();
    for file in sources(&root().join("generator/src")).into_iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let panics = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!("];
        let found = panics.iter().find(|panics| code.contains(**panics));
        wrong.extend(found.map(|found| format!("{}: {found}", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_part_is_in_the_table() {
    let stages = fs::read_dir(root().join("generator/src"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let tops = ["command", "lib.rs", "main.rs", "pipeline"];
    let missing: Vec<_> = stages
        .filter(|stage| !tops.contains(&stage.as_str()) && !LAYERS.iter().any(|(known, ..)| known == stage))
        .collect();
    assert!(missing.is_empty(), "not in LAYERS: {missing:?}");
}

/// Returns every hand-written Rust file of the repository.
fn hand_written() -> Vec<PathBuf> {
    ["generator", "generated/examples", "tests"].iter().flat_map(|folder| sources(&root().join(folder))).collect()
}

#[test]
fn files_have_a_header_and_are_short() {
    let mut wrong = Vec::new();
    for file in hand_written() {
        let text = fs::read_to_string(&file).unwrap();
        let header = text.lines().find(|line| !line.starts_with("// ") && !line.is_empty()).unwrap_or_default();
        if !header.starts_with("//!") {
            wrong.push(format!("{}: no //! header", file.display()));
        }
        if text.lines().count() > FILE_LINES {
            wrong.push(format!("{}: {} lines", file.display(), text.lines().count()));
        }
        if let Some(number) = text.lines().position(|line| line.ends_with(' ')) {
            wrong.push(format!("{}:{}: space at the end", file.display(), number + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn functions_are_short() {
    let mut wrong = Vec::new();
    for file in hand_written() {
        let text = fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let code = line
                .trim_start()
                .trim_start_matches("pub(crate) ")
                .trim_start_matches("pub(super) ")
                .trim_start_matches("pub ");
            if !code.trim_start_matches("const ").trim_start_matches("async ").starts_with("fn ")
                || line.ends_with([';', '}'])
            {
                continue;
            }
            let close = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().position(|line| *line == close).unwrap_or(0) + 1;
            if length > FUNCTION_LINES {
                wrong.push(format!("{}:{}: {length} lines", file.display(), start + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The pipeline calls the entry function of every stage, so that a reader finds all stages there.
#[test]
fn the_pipeline_calls_every_stage() {
    let texts =
        sources(&root().join("generator/src/pipeline")).into_iter().map(|file| fs::read_to_string(file).unwrap());
    let text: String = texts.collect();
    for stage in [
        "load::load",
        "resolve::resolve(",
        "check::",
        "lint::lint(",
        "lower::lower(",
        "surface::surface(",
        "diff::",
        "page::read(",
        "proof::proof(",
        "transcribe::transcribe(",
        "emit::emit(",
        "print::print(",
    ] {
        assert!(text.contains(stage), "the pipeline does not call {stage}");
    }
}
