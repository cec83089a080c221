//! Generates crates from documents with hostile names, and compiles them with Clippy and rustdoc. Each warning is a failure.
//!
//! A run is a document. Of [`BATCH`] documents, one becomes a crate of its own, in which the code is at the root and operations
//! are grouped by tag. The others become the modules of a second crate. Both crates form a workspace. In every second batch, the
//! strings of some formats have the types of other crates.

mod compile;
mod components;
mod document;
mod overload;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use copperplate::finding::Finding;
use copperplate::{Input, Options, Pipeline, Types};
use serde_json::Value;

use crate::failure::{guarded, record_panics};
use crate::input::random;
use crate::{Arguments, hostile};
use compile::Diagnostic;

/// The number of documents that are compiled together.
const BATCH: u64 = 40;

/// The number of texts for each diagnostic that are printed.
const SHOWN: usize = 2;

/// The names of the documents of a batch, which become modules. No two of them become the same module.
const MODULES: &[&str] = &[
    "bin",
    "client",
    "codec",
    "ecma",
    "examples",
    "keys",
    "lib",
    "main",
    "operations",
    "patterns",
    "runtime",
    "rustfmt",
    "schemas",
    "security",
    "serde",
    "servers",
    "std",
    "test",
    "types",
    "core",
    "alloc",
    "self",
    "super",
    "crate",
    "Type",
    "async",
    "CON",
    "nul",
    "com1",
    "LPT9",
    "aux.json",
    "mod",
    "build",
    "http",
    "tokio",
    "required",
    "имя",
    "🦀",
    "1",
    "größe",
    "a b",
    "../a",
    "proc_macro",
    "reqwest",
];

/// The types of other crates for the strings of formats.
const FORMATS: &[&str] = &[
    "date-time=jiff::Timestamp@0.2",
    "date=chrono::NaiveDate@0.4",
    "decimal=rust_decimal::Decimal@1",
    "ipv4=std::net::Ipv4Addr",
    "time=time::Time@0.3",
    "uri=url::Url@2",
    "uuid=uuid::Uuid@1",
];

/// A document, with the number of its run.
struct Document {
    run: u64,
    /// The hostile part of the name of the file.
    name: String,
    text: Value,
}

impl Document {
    fn new(arguments: &Arguments, run: u64, is_single: bool) -> Self {
        let mut random = random(arguments.seed, run);
        let text = document::document(&mut random, is_single);
        Self { run, name: hostile::name(&mut random), text }
    }

    /// Returns the end of the name of the file. The first line of each generated file contains it.
    fn file_end(&self) -> String {
        format!("-{}.json", self.run)
    }

    fn input(&self) -> Input {
        let module = MODULES[self.run as usize % MODULES.len()].to_owned();
        Input::new(format!("{}{}", self.name, self.file_end()), self.text.to_string(), module)
    }
}

/// Compiles all documents. Returns whether no document fails.
pub fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let start = Instant::now();
    let mut failed = Failures::default();
    let (mut from, end) = (arguments.first, arguments.first + arguments.runs);
    let is_late = || arguments.seconds.is_some_and(|seconds| start.elapsed().as_secs() > seconds);
    while from < end && !is_late() {
        let to = (from + BATCH).min(end);
        let documents: Vec<Document> = (from..to).map(|run| Document::new(arguments, run, run + 1 == to)).collect();
        failed.add_batch(arguments, &documents)?;
        from = to;
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "names: seed {}, runs {} to {from}: {} operations, {} of them generated; {} failures; {seconds:.0} s",
        arguments.seed,
        arguments.first,
        failed.operations,
        failed.generated,
        failed.count()
    );
    failed.print();
    Ok(failed.count() == 0)
}

/// The failures of all documents.
#[derive(Default)]
struct Failures {
    operations: usize,
    generated: usize,
    /// The texts of the diagnostics, for each code and message without the names in it.
    texts: BTreeMap<String, Vec<String>>,
}

impl Failures {
    fn count(&self) -> usize {
        self.texts.values().map(Vec::len).sum()
    }

    fn print(&self) {
        for (kind, texts) in &self.texts {
            println!("{:6} failures: {kind}", texts.len());
            texts.iter().take(SHOWN).for_each(|text| println!("{text}"));
        }
    }

    fn add(&mut self, kind: String, text: String) {
        if !self.texts.contains_key(&kind) {
            // The report comes at the end. This line is for those who wait.
            eprintln!("{kind}");
        }
        self.texts.entry(kind).or_default().push(text);
    }

    fn add_batch(&mut self, arguments: &Arguments, documents: &[Document]) -> Result<(), Box<dyn Error>> {
        let folder = compile::folder();
        let Some((single, modules)) = documents.split_last() else { return Ok(()) };
        let mut members = Vec::new();
        for (name, documents, at_root) in [("batch", modules, false), ("single", std::slice::from_ref(single), true)] {
            if let Some(features) = self.generate(name, documents, at_root, &folder.join(name))? {
                members.push((name, features));
            }
        }
        for diagnostic in compile::check(&folder, &members)? {
            let Diagnostic { kind, file, text } = diagnostic;
            let source = fs::read_to_string(folder.join(&file)).unwrap_or_default();
            let first = source.lines().next().unwrap_or_default();
            let run = documents.iter().find(|document| first.contains(&document.file_end()));
            let run = run.or(file.starts_with("single/").then_some(single));
            let run = run.map_or("unknown".to_owned(), |document| document.run.to_string());
            self.add(kind, format!("seed {}, run {run}: {text}", arguments.seed));
        }
        let has_failed = self.count() > 0;
        for document in documents.iter().filter(|_| has_failed) {
            fs::create_dir_all(&arguments.found)?;
            let name = format!("names-{}-{}.json", arguments.seed, document.run);
            fs::write(arguments.found.join(name), serde_json::to_string_pretty(&document.text)?)?;
        }
        Ok(())
    }

    /// Writes a crate. Returns its cargo features; `None` if there is no crate.
    fn generate(
        &mut self,
        name: &str,
        documents: &[Document],
        at_root: bool,
        folder: &Path,
    ) -> Result<Option<Vec<String>>, Box<dyn Error>> {
        let inputs: Vec<Input> = documents.iter().map(Document::input).collect();
        if inputs.is_empty() {
            return Ok(None);
        }
        let crate_name = name.to_owned();
        let has_formats = documents[0].run / BATCH % 2 == 1;
        let formats = FORMATS.iter().filter(|_| has_formats).map(|format| format.parse()).collect::<Result<_, _>>()?;
        let options = Options {
            crate_name,
            at_root,
            skip_unsupported: true,
            types: Types::All,
            features: true,
            formats,
            ..Options::default()
        };
        record_panics();
        let mut generation = None;
        let failure = guarded(|| generation = Some(Pipeline::new(&options).generate(&inputs)));
        _ = std::panic::take_hook();
        if let Some(failure) = failure {
            self.add(format!("{} {}", failure.kind, failure.location), failure.message);
        }
        let Some(generation) = generation else { return Ok(None) };
        self.operations += documents.iter().map(|document| document::operations(&document.text)).sum::<usize>();
        self.generated += generation.operations.len();
        let Some(files) = generation.files else {
            let errors = generation.findings.iter().filter(|finding| finding.is_error());
            errors.for_each(|finding: &Finding| self.add("error".to_owned(), finding.to_string()));
            return Ok(None);
        };
        compile::write(folder, &files)?;
        let manifest = files.iter().find(|file| file.path == "Cargo.toml").map(|file| file.text.as_str());
        Ok(manifest.map(compile::features))
    }
}

/// A hostile name that is not empty and has only characters that are allowed in the place where it stands.
fn name_of(random: &mut crate::random::Seeded, is_allowed: fn(char) -> bool, fallback: &str) -> String {
    let name: String = hostile::name(random).chars().filter(|letter| is_allowed(*letter)).collect();
    if name.is_empty() { fallback.to_owned() } else { name }
}
