//! Generates the crate of one document in a separate process.
//!
//! In its own process, the generation has its own time and memory, and a panic does not end the whole run.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use copperplate::finding::Code;
use copperplate::{Generation, Input, Options, Pipeline, Types, files};
use serde::{Deserialize, Serialize};

use crate::coverage::Coverage;
use crate::document_tree::Node;
use crate::resource_usage::Usage;

/// A document of the corpus.
#[derive(Debug, Clone)]
pub struct Document {
    /// The path of the file.
    pub path: PathBuf,
    /// The file name without its extension.
    pub name: String,
    /// The size in bytes.
    pub bytes: u64,
}

impl Document {
    /// Lists the documents in `folder`, the largest first. Parallel jobs finish sooner if the longest job starts first.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be read.
    pub fn list(folder: &Path) -> io::Result<Vec<Self>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            let extension = path.extension().unwrap_or_default();
            if ["yaml", "yml", "json"].iter().any(|known| extension == *known) {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                found.push(Self { bytes: fs::metadata(&path)?.len(), name, path });
            }
        }
        found.sort_by(|left, right| right.bytes.cmp(&left.bytes).then_with(|| left.name.cmp(&right.name)));
        Ok(found)
    }

    /// Returns the name of the crate that is generated from this document. Characters that Cargo may reject are replaced.
    pub fn crate_name(&self) -> String {
        let name = self.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
        format!("api-{}", name.collect::<String>())
    }
}

/// Whether generating from a document succeeded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A crate was written.
    Generated,
    /// The generator rejected the whole document, so it wrote no crate.
    Rejected,
    /// The generator panicked or was killed. Contains its exit status and its standard error.
    Panic(String),
}

/// The result of generating from one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GenerationResult {
    /// The outcome.
    pub outcome: Outcome,
    /// The number of operations in the document.
    pub operations: usize,
    /// The number of operations that have a generated method.
    pub emitted: usize,
    /// The number of skipped operations for each finding code that explains why an operation is skipped.
    pub skipped: BTreeMap<String, usize>,
    /// The skipped operations that no finding explains.
    pub unexplained: Vec<String>,
    /// The number of findings, by code.
    pub findings: BTreeMap<String, usize>,
    /// The resource usage of generating the files in memory, without writing them.
    pub usage: Usage,
    /// The number of lines of Rust. The runtime is not counted because it is the same in every crate.
    pub lines: usize,
    /// The number of uses of `serde_json::Value` in the emitted code, without the runtime and the tests of examples.
    #[serde(default)]
    pub json_values: usize,
    /// The number of public items whose type has a `serde_json::Value` for a schema that constrains its values.
    #[serde(default)]
    pub constrained_values: usize,
    /// The number of examples of component schemas.
    pub examples: usize,
    /// The number of examples of component schemas that are invalid according to a finding.
    pub invalid_examples: usize,
}

impl GenerationResult {
    fn panicked(message: &str) -> Self {
        Self {
            outcome: Outcome::Panic(message.to_owned()),
            operations: 0,
            emitted: 0,
            skipped: BTreeMap::new(),
            unexplained: Vec::new(),
            findings: BTreeMap::new(),
            usage: Usage::default(),
            lines: 0,
            json_values: 0,
            constrained_values: 0,
            examples: 0,
            invalid_examples: 0,
        }
    }
}

/// Generates the crate of `document` below `out` in a child process.
///
/// # Errors
/// Returns an error if the child process cannot be started.
pub fn generate_in_child(document: &Document, out: &Path, types: Types) -> io::Result<GenerationResult> {
    let output = Command::new(std::env::current_exe()?)
        .arg("generate-one")
        .arg(&document.path)
        .arg("--out")
        .arg(out.join(document.crate_name()))
        .args(["--name", &document.crate_name()])
        .args(["--types", if types == Types::All { "all" } else { "used" }])
        .output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    let result = serde_json::from_slice(&output.stdout).ok().filter(|_| output.status.success());
    Ok(result.unwrap_or_else(|| GenerationResult::panicked(&format!("{}: {}", output.status, stderr.trim()))))
}

/// Generates and writes one crate, and prints the [`GenerationResult`] as JSON. [`generate_in_child`] starts a process that calls
/// this function.
///
/// # Errors
/// Returns an error if a file cannot be read or written.
pub fn generate_one(path: &Path, folder: &Path, crate_name: &str, types: Types) -> io::Result<()> {
    let file = path.to_string_lossy().into_owned();
    let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let inputs = [Input::new(file, fs::read_to_string(path)?, module)];
    let crate_name = crate_name.to_owned();
    let options =
        Options { crate_name, at_root: true, skip_unsupported: true, types, features: true, ..Options::default() };
    let generation = Pipeline::new(&options).generate(&inputs);
    let usage = Usage::of_this_process();
    let [input] = inputs;
    let result = result_of(&input, &generation, usage);
    if let Some(outputs) = &generation.files {
        let changes = files::compare(folder, outputs)?;
        files::write(folder, outputs, &changes)?;
    }
    println!("{}", serde_json::json!(result));
    Ok(())
}

/// Returns whether a line of `SURFACE.txt` is about a JSON value whose schema is more than `{}`. The constraints of such a value are a
/// schema table or a list of values, because no Rust type expresses them.
fn has_untyped(line: &str) -> bool {
    line.contains("serde_json::Value")
        && ["schema schemas::", "one of ["].iter().any(|constraint| line.contains(constraint))
}

fn result_of(input: &Input, generation: &Generation, usage: Usage) -> GenerationResult {
    let document = Node::read(&input.file, &input.text);
    let coverage = document.as_ref().map(|node| Coverage::new(node, &input.file, generation)).unwrap_or_default();
    let mut findings: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &generation.findings {
        *findings.entry(finding.code.number().to_owned()).or_default() += 1;
    }
    let outputs = generation.files.iter().flatten();
    let is_emitted =
        |path: &str| path.starts_with("src/") && !path.starts_with("src/runtime/") && path != "src/ecma.rs";
    let is_counted = |path: &str| is_emitted(path) && !path.starts_with("src/examples");
    let counted = outputs.clone().filter(|output| is_counted(&output.path)).flat_map(|output| output.text.lines());
    let code = counted.filter(|line| !line.trim_start().starts_with("//"));
    let json_values = code.map(|line| line.matches("serde_json::Value").count()).sum();
    let surface = outputs.clone().find(|output| output.path == "SURFACE.txt");
    let constrained_values = surface.map_or(0, |surface| surface.text.lines().filter(|line| has_untyped(line)).count());
    let examples = document.as_ref().map(Node::component_examples).unwrap_or_default();
    let invalid_examples = examples.iter().filter(|example| {
        let findings = generation.findings.iter().filter(|finding| finding.code == Code::ExampleInvalid);
        findings.into_iter().any(|finding| finding.pointer.is_within(example))
    });
    GenerationResult {
        outcome: if generation.files.is_some() { Outcome::Generated } else { Outcome::Rejected },
        operations: coverage.operations,
        emitted: coverage.emitted,
        skipped: coverage.skipped.into_iter().map(|(code, count)| (code.to_owned(), count)).collect(),
        unexplained: coverage.unexplained.iter().map(ToString::to_string).collect(),
        findings,
        usage,
        lines: outputs.filter(|output| is_emitted(&output.path)).map(|output| output.text.lines().count()).sum(),
        json_values,
        constrained_values,
        invalid_examples: invalid_examples.count(),
        examples: examples.len(),
    }
}
