//! The pipeline: the commands `generate`, `surface`, `lint`, `diff` and `proof` take documents through the same stages.

mod build_script;
mod compare;
mod page_lines;
mod proof;
mod stages;

pub use compare::Comparison;
pub use proof::{DraftReport, PageInput, ProofReport};

use std::collections::HashSet;

use crate::emit;

use crate::finding::{Finding, Findings};
use crate::format_type::FormatType;
use crate::ir::Api;
use crate::large_stack::with_stack;
use crate::load;
use crate::options::{Input, Options};
use crate::pointer::Pointer;
use crate::print::{self, Output};
use crate::resolve::LeftOut;
use crate::surface::{self, Surface};

/// A function that receives a line of text at the start of each stage, such as `printing`.
pub type Progress<'p> = dyn Fn(String) + Sync + 'p;

/// Runs the stages, such as `load` and `check`. Holds the options of the run, and the functions that read files and show
/// progress.
#[derive(Clone, Copy)]
pub struct Pipeline<'a> {
    options: &'a Options,
    read: &'a load::ReadFile<'a>,
    progress: &'a Progress<'a>,
}

/// The result of [`Pipeline::generate`].
#[derive(Debug)]
pub struct Generation {
    /// The files of the crate; `None` if an error stopped the run.
    pub files: Option<Vec<Output>>,
    /// The operations that have a Rust method in the crate. For each operation of a document that is not in this list, a finding
    /// explains the reason.
    pub operations: Vec<EmittedOperation>,
    /// The findings, document by document.
    pub findings: Vec<Finding>,
    /// The number of component schemas that have no Rust type, because no operation uses them.
    pub unused_components: usize,
    /// The parts of the documents that [`Input::selection`] left out.
    pub left_out: LeftOut,
    /// The formats of [`Options::formats`] that no emitted string has.
    pub unused_formats: Vec<String>,
}

/// An operation that has a Rust method in the crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmittedOperation {
    /// The path of the document, as the user gave it.
    pub file: String,
    /// The JSON pointer of the operation, such as `/paths/~1pets/get`. If the path item is a `$ref`, this is the pointer of the
    /// operation in the target of the `$ref`.
    pub pointer: Pointer,
}

impl<'a> Pipeline<'a> {
    /// Creates a pipeline for documents that refer to no other files.
    pub fn new(options: &'a Options) -> Self {
        Self { options, read: &load::no_files, progress: &|_| {} }
    }

    /// Uses `read` to read the files that documents refer to.
    #[must_use]
    pub fn with_files(self, read: &'a load::ReadFile<'a>) -> Self {
        Self { read, ..self }
    }

    /// Calls `progress` at the start of each stage.
    #[must_use]
    pub fn with_progress(self, progress: &'a Progress<'a>) -> Self {
        Self { progress, ..self }
    }

    /// Generates one crate from all documents in `inputs`.
    pub fn generate(&self, inputs: &[Input]) -> Generation {
        with_stack(|| {
            let Lowered { apis, operations, left_out, findings } = self.lower_all(inputs);
            if findings.iter().any(Finding::is_error) {
                return Generation {
                    files: None,
                    operations: Vec::new(),
                    findings,
                    unused_components: 0,
                    left_out,
                    unused_formats: Vec::new(),
                };
            }
            let used: HashSet<&FormatType> = apis.iter().flat_map(Api::external_types).collect();
            let unused_formats = self.options.formats.iter().filter(|chosen| !used.contains(chosen));
            let unused_formats = unused_formats.map(|chosen| chosen.format.clone()).collect();
            let unused_components = apis.iter().map(|api| api.unused_components).sum();
            (self.progress)(format!("emitting code for {} operations", operations.len()));
            let surface = surface::surface(&apis, self.options).to_string();
            let emitted = emit::emit(&apis, self.options);
            (self.progress)("printing".to_owned());
            let files = Some(print::print(emitted, &surface));
            Generation { files, operations, findings, unused_components, left_out, unused_formats }
        })
    }

    /// Lists the public items of the crate that [`Pipeline::generate`] would write; `None` if an error stops the run.
    pub fn surface(&self, inputs: &[Input]) -> (Option<Surface>, Vec<Finding>) {
        with_stack(|| {
            let Lowered { apis, findings, .. } = self.lower_all(inputs);
            let is_stopped = findings.iter().any(Finding::is_error);
            ((!is_stopped).then(|| surface::surface(&apis, self.options)), findings)
        })
    }

    /// Returns the findings that [`Pipeline::generate`] reports, and the findings of the rules in [`lint`](crate::lint).
    pub fn lint(&self, inputs: &[Input]) -> Vec<Finding> {
        with_stack(|| inputs.iter().flat_map(|input| self.lint_document(input)).collect())
    }

    fn lower_all(&self, inputs: &[Input]) -> Lowered {
        let mut lowered = Lowered::default();
        for input in inputs {
            let mut findings = Findings::new(&input.file);
            if let Some((api, left_out)) = self.lower_document(input, &mut findings) {
                lowered.operations.extend(emitted_operations(input, &api));
                lowered.apis.push(api);
                lowered.left_out += left_out;
            }
            lowered.findings.extend(findings.into_vec());
        }
        lowered
    }
}

/// The result of the stages before emission, for all documents of a run.
#[derive(Default)]
struct Lowered {
    apis: Vec<Api>,
    operations: Vec<EmittedOperation>,
    left_out: LeftOut,
    findings: Vec<Finding>,
}

/// Returns the operations of `api`, with their JSON pointers in the document.
fn emitted_operations(input: &Input, api: &Api) -> impl Iterator<Item = EmittedOperation> {
    let places = api.operations.iter().flat_map(|operation| &operation.pointers);
    places.filter_map(|place| Some(EmittedOperation { file: input.file.clone(), pointer: Pointer::parse(place)? }))
}

/// Lowers the document `text`, for unit tests of a stage.
#[cfg(test)]
pub(crate) fn lowered(text: &str, options: &Options) -> Api {
    lowered_with_findings(text, options).0
}

/// Lowers a document without errors. Also returns its findings.
#[cfg(test)]
pub(crate) fn lowered_with_findings(text: &str, options: &Options) -> (Api, Findings) {
    let mut findings = Findings::new("t.yaml");
    let api = Pipeline::new(options).lower_document(&Input::new("t.yaml", text, "t"), &mut findings);
    (api.expect("a document without errors").0, findings)
}

/// Lowers a document with these component schemas in YAML, each of which becomes a type. `version` is the version of OpenAPI.
#[cfg(test)]
pub(crate) fn lowered_schemas(version: &str, schemas: &str) -> Api {
    let text = format!(
        "openapi: {version}\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    lowered(&text, &Options { types: crate::options::Types::All, ..Options::default() })
}
