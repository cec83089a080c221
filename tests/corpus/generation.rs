//! One document through the generator, in a process of its own: its time and memory are its alone, and a panic is survived.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use copperplate::finding::Code;
use copperplate::{Generation, Input, Options, Pipeline, Types, files};
use serde::{Deserialize, Serialize};

use crate::account::Account;
use crate::tree::Node;
use crate::usage::Usage;

/// A document of the corpus.
#[derive(Debug, Clone)]
pub struct Document {
    /// Where it is.
    pub path: PathBuf,
    /// Its file name without the extension.
    pub name: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Document {
    /// The documents of `folder`, the largest first, since the longest job is best begun first.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn all(folder: &Path) -> io::Result<Vec<Self>> {
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

    /// The name of its crate: a name that Cargo takes, whatever the file is called.
    pub fn crate_name(&self) -> String {
        let name = self.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
        format!("api-{}", name.collect::<String>())
    }
}

/// How a document ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A crate was written.
    Generated,
    /// The document as a whole was refused.
    Refused,
    /// The generator panicked, or was killed; what it said.
    Panic(String),
}

/// What became of one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Generated {
    /// How it ended.
    pub outcome: Outcome,
    /// The operations of the document.
    pub operations: usize,
    /// Those that have a method.
    pub emitted: usize,
    /// Those that have none, by the code of the finding that explains it.
    pub lost: BTreeMap<String, usize>,
    /// Those that have none, and no finding says why.
    pub silent: Vec<String>,
    /// How many findings there are of each code.
    pub findings: BTreeMap<String, usize>,
    /// What generating cost, up to the texts.
    pub usage: Usage,
    /// Lines of Rust, without the runtime, which is the same in each crate.
    pub lines: usize,
    /// The component schemas that have an example.
    pub examples: usize,
    /// Those whose example contradicts them: each a finding.
    pub contradicted: usize,
}

impl Generated {
    fn panicked(said: &str) -> Self {
        Self {
            outcome: Outcome::Panic(said.to_owned()),
            operations: 0,
            emitted: 0,
            lost: BTreeMap::new(),
            silent: Vec::new(),
            findings: BTreeMap::new(),
            usage: Usage::default(),
            lines: 0,
            examples: 0,
            contradicted: 0,
        }
    }
}

/// Generates the crate of `document` below `out`, in a child of this process.
///
/// # Errors
/// Where the child cannot be started.
pub fn in_a_child(document: &Document, out: &Path, types: Types) -> io::Result<Generated> {
    let output = Command::new(std::env::current_exe()?)
        .arg("one")
        .arg(&document.path)
        .arg("--out")
        .arg(out.join(document.crate_name()))
        .args(["--name", &document.crate_name()])
        .args(["--types", if types == Types::All { "all" } else { "used" }])
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    let answer = serde_json::from_slice(&output.stdout).ok().filter(|_| output.status.success());
    Ok(answer.unwrap_or_else(|| Generated::panicked(&format!("{}: {}", output.status, said.trim()))))
}

/// The child's side: generates one crate, writes it, and says on its standard output what became of it.
///
/// # Errors
/// Where a file cannot be read or written.
pub fn one(path: &Path, folder: &Path, crate_name: &str, types: Types) -> io::Result<()> {
    let file = path.to_string_lossy().into_owned();
    let module = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let inputs = [Input { text: fs::read_to_string(path)?, file, module }];
    let crate_name = crate_name.to_owned();
    let options = Options { crate_name, at_root: true, skip_unsupported: true, types, features: true };
    let generation = Pipeline::new(&options).generate(&inputs);
    let usage = Usage::of_this_process();
    let [input] = inputs;
    let generated = described(&input, &generation, usage);
    if let Some(outputs) = &generation.files {
        let changes = files::compare(folder, outputs)?;
        files::write(folder, outputs, &changes)?;
    }
    println!("{}", serde_json::json!(generated));
    Ok(())
}

fn described(input: &Input, generation: &Generation, usage: Usage) -> Generated {
    let document = Node::read(&input.file, &input.text);
    let account = document.as_ref().map(|node| Account::of(node, &input.file, generation)).unwrap_or_default();
    let mut findings: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &generation.findings {
        *findings.entry(finding.code.number().to_owned()).or_default() += 1;
    }
    let outputs = generation.files.iter().flatten();
    let is_emitted =
        |path: &str| path.starts_with("src/") && !path.starts_with("src/runtime/") && path != "src/ecma.rs";
    let examples = document.as_ref().map(Node::component_examples).unwrap_or_default();
    let contradicted = examples.iter().filter(|schema| {
        let example = schema.join("example");
        let contradicts = generation.findings.iter().filter(|finding| finding.code == Code::ExampleInvalid);
        contradicts.into_iter().any(|finding| finding.pointer.is_within(&example))
    });
    Generated {
        outcome: if generation.files.is_some() { Outcome::Generated } else { Outcome::Refused },
        operations: account.operations,
        emitted: account.emitted,
        lost: account.lost.into_iter().map(|(code, count)| (code.to_owned(), count)).collect(),
        silent: account.silent.iter().map(ToString::to_string).collect(),
        findings,
        usage,
        lines: outputs.filter(|output| is_emitted(&output.path)).map(|output| output.text.lines().count()).sum(),
        contradicted: contradicted.count(),
        examples: examples.len(),
    }
}
