//! Snapshots of the emitted text of each case. `cargo insta review` accepts a change.

use std::fs;
use std::path::Path;

use copperplate::load::ReadError;
use copperplate::{Input, Options, Pipeline, Types};

#[test]
fn emitted_text_of_each_case() {
    insta::glob!("..", "cases/*.yaml", |case| {
        insta::assert_snapshot!(emitted(case));
    });
}

/// Returns the findings and the emitted files of a case. The runtime is left out, because it is the same for all cases.
fn emitted(case: &Path) -> String {
    let module = case.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text = fs::read_to_string(case).unwrap();
    let input = Input::new(format!("{module}.yaml"), text, module.clone());
    let options = Options { crate_name: module, at_root: true, types: Types::All, ..Options::default() };
    let folder = case.parent().unwrap_or(case);
    let read = |_: &str, path: &str| fs::read_to_string(folder.join(path)).map_err(ReadError::from);
    let generation = Pipeline::new(&options).with_files(&read).generate(&[input]);
    let findings = generation.findings.iter().map(|finding| format!("{finding}\n\n"));
    let outputs = generation.files.unwrap_or_default();
    let emitted =
        outputs.iter().filter(|output| output.path.starts_with("src/") && !output.path.starts_with("src/runtime/"));
    let emitted = emitted.filter(|output| output.path != "src/ecma.rs" && output.path != "src/lib.rs");
    findings.chain(emitted.map(|output| format!("=== {}\n{}\n", output.path, output.text))).collect()
}
