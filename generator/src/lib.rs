//! copperplate: hand-written OpenAPI 3.0 YAML in, a typed Rust client with validators out.
//!
//! [`generate`] reads top to bottom, one line a stage; each stage has the module of its name.

pub mod check;
pub mod command;
mod comparison;
pub mod diff;
pub mod emit;
mod exact;
pub mod files;
pub mod finding;
pub mod ir;
pub mod lint;
pub mod load;
pub mod lower;
pub mod pattern;
pub mod pointer;
pub mod print;
pub mod resolve;
pub mod surface;

use std::thread;

use crate::finding::{Finding, Findings};
use crate::ir::Api;
use crate::pointer::Pointer;
use crate::resolve::document::Document;
use crate::surface::Surface;
pub use comparison::{Comparison, diff_beside};

/// One document to generate from.
#[derive(Debug, Clone)]
pub struct Input {
    /// How the user calls it: a path, as given.
    pub file: String,
    /// Its text.
    pub text: String,
    /// The module it becomes.
    pub module: String,
}

/// What the user asked for.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name of the crate.
    pub crate_name: String,
    /// Whether a single document stands at the root of the crate instead of in a module.
    pub at_root: bool,
    /// Whether operations that use an unsupported construct are left out instead of stopping the run.
    pub skip_unsupported: bool,
    /// Which component schemas become types.
    pub types: Types,
    /// Whether a large API has a cargo feature for each group of its operations. The crate's manifest has to declare them, so
    /// it must be one of ours.
    pub features: bool,
}

/// Which component schemas become types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Types {
    /// Those that an operation uses; all where there is no operation.
    #[default]
    Used,
    /// All.
    All,
}

/// What a run brings.
#[derive(Debug)]
pub struct Generation {
    /// The files of the crate; `None` where a finding stopped the run.
    pub files: Option<Vec<print::Output>>,
    /// The operations that the crate has a method for; the findings speak of every other one.
    pub operations: Vec<EmittedOperation>,
    /// All that there is to say, document by document.
    pub findings: Vec<Finding>,
    /// How many component schemas are left out, because no operation uses them.
    pub unused_components: usize,
}

/// An operation that the crate has a method for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmittedOperation {
    /// The document, as the user calls it.
    pub file: String,
    /// Where it stands: `/paths/~1pets/get`, behind the reference where its path item is one.
    pub pointer: Pointer,
}

/// How much stack a run may use: schemas nest, the stages follow them, and a deep document is no reason to abort.
pub(crate) const STACK: usize = 256 << 20;

/// Generates a crate from `inputs`, each of which stands alone.
pub fn generate(inputs: &[Input], options: &Options) -> Generation {
    generate_beside(inputs, options, &load::no_files)
}

/// Generates a crate from `inputs`; `read` reads the files that they refer to.
pub fn generate_beside(inputs: &[Input], options: &Options, read: &load::Read<'_>) -> Generation {
    generate_watched(inputs, options, read, &|_| {})
}

/// Is told what is being done, stage by stage.
pub type Watch<'w> = dyn Fn(String) + Sync + 'w;

/// Generates a crate from `inputs`; `read` reads the files that they refer to, and `watch` is told how far it is.
pub fn generate_watched(inputs: &[Input], options: &Options, read: &load::Read<'_>, watch: &Watch<'_>) -> Generation {
    with_stack(|| run(inputs, options, read, watch))
}

/// What callers would see of the crate that is generated from `inputs`, where no finding stops the run.
pub fn surface_beside(inputs: &[Input], options: &Options, read: &load::Read<'_>) -> (Option<Surface>, Vec<Finding>) {
    with_stack(|| {
        let Lowered { apis, findings, .. } = lowered_inputs(inputs, options, read, &|_| {});
        let stops = findings.iter().any(Finding::is_error);
        ((!stops).then(|| surface::surface(&apis, options)), findings)
    })
}

/// Everything that there is to say about `inputs`: what [`generate_beside`] says, and what the rules of [`lint`] find. `told` is how many
/// findings of one rule of [`lint`] a document is told at most.
pub fn lint_beside(inputs: &[Input], told: Option<usize>, read: &load::Read<'_>) -> Vec<Finding> {
    with_stack(|| inputs.iter().flat_map(|input| lint_one(input, told, read)).collect())
}

/// Runs `run` where there is room for deep documents.
fn with_stack<T: Send>(run: impl Fn() -> T + Sync) -> T {
    thread::scope(|scope| match thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &run) {
        Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
        // A machine that gives no more stack has to do with the one there is.
        Err(_) => run(),
    })
}

/// What the stages before emission make of all documents.
#[derive(Default)]
struct Lowered {
    apis: Vec<Api>,
    operations: Vec<EmittedOperation>,
    findings: Vec<Finding>,
}

fn lowered_inputs(inputs: &[Input], options: &Options, read: &load::Read<'_>, watch: &Watch<'_>) -> Lowered {
    let mut lowered = Lowered::default();
    for input in inputs {
        let mut found = Findings::new(&input.file);
        let api = api(input, options, read, watch, &mut found);
        lowered.operations.extend(api.iter().flat_map(|api| emitted_operations(input, api)));
        lowered.apis.extend(api);
        lowered.findings.extend(found.into_vec());
    }
    lowered
}

fn run(inputs: &[Input], options: &Options, read: &load::Read<'_>, watch: &Watch<'_>) -> Generation {
    let Lowered { apis, operations, findings } = lowered_inputs(inputs, options, read, watch);
    if findings.iter().any(Finding::is_error) {
        return Generation { files: None, operations: Vec::new(), findings, unused_components: 0 };
    }
    let unused_components = apis.iter().map(|api| api.unused_components).sum();
    watch(format!("writing code for {} operations", operations.len()));
    let surface = surface::surface(&apis, options).to_string();
    let emitted = emit::emit(&apis, options);
    watch("formatting".to_owned());
    Generation { files: Some(print::print(emitted, &surface)), operations, findings, unused_components }
}

fn emitted_operations(input: &Input, api: &Api) -> impl Iterator<Item = EmittedOperation> {
    let places = api.operations.iter().flat_map(|operation| &operation.places);
    places.filter_map(|place| Some(EmittedOperation { file: input.file.clone(), pointer: Pointer::parse(place)? }))
}

/// Takes one document through the stages that can find fault with it; each reports all that it finds before the run stops.
fn api(
    input: &Input,
    options: &Options,
    read: &load::Read<'_>,
    watch: &Watch<'_>,
    findings: &mut Findings,
) -> Option<Api> {
    let (document, ()) = checked(input, read, watch, findings, |_, _| ())?;
    watch(format!("{}: deciding types and names", input.file));
    lowered_document(document, &input.module, options, findings)
}

/// What a document says, and what `keep` takes from its raw tree.
fn checked<T>(
    input: &Input,
    read: &load::Read<'_>,
    watch: &Watch<'_>,
    findings: &mut Findings,
    keep: impl FnOnce(&serde_json::Value, &Document) -> T,
) -> Option<(Document, T)> {
    watch(format!("{}: reading {} KB", input.file, input.text.len() / 1000));
    let source = load::load_beside(&input.file, &input.text, read, findings)?;
    watch(format!("{}: following references", input.file));
    let document = resolve::resolve(&source, findings);
    let raw = source.into_raw();
    let (operations, schemas) = (document.operations.len(), document.schemas.len());
    watch(format!("{}: checking {operations} operations and {schemas} schemas", input.file));
    check::check(&document, &raw, findings);
    let kept = keep(&raw, &document);
    Some((document, kept))
}

fn lowered_document(mut document: Document, module: &str, options: &Options, findings: &mut Findings) -> Option<Api> {
    if options.skip_unsupported {
        leave_out_what_is_wrong(&mut document, findings);
    }
    if findings.has_errors() {
        return None;
    }
    Some(lower::lower(document, module, options, findings))
}

/// Takes one document through the same stages with the rules of [`lint`] between, each stage on what the one before has left.
fn lint_one(input: &Input, told: Option<usize>, read: &load::Read<'_>) -> Vec<Finding> {
    let mut findings = Findings::new(&input.file);
    let Some(source) = load::load_beside(&input.file, &input.text, read, &mut findings) else {
        return findings.into_vec();
    };
    let mut document = resolve::resolve(&source, &mut findings);
    let raw = source.into_raw();
    check::judge(&document, &mut findings);
    findings.sort_references(|place| check::order(&raw, place));
    lint::lint(&document, &raw, &mut findings);
    check::acknowledge(&raw, check::Judged::ByLint, &mut findings);
    drop(raw);
    lint::shorten(told, &mut findings);
    if findings.has_errors() {
        leave_out_what_is_wrong(&mut document, &mut findings.clone());
    }
    lower::lower(document, &input.module, &Options::default(), &mut findings);
    findings.into_vec()
}

/// Goes on without what is wrong: of most pieces something right can be made, slips that change nothing are passed over, and an
/// operation of which nothing right could be sent is left out.
fn leave_out_what_is_wrong(document: &mut Document, findings: &mut Findings) {
    check::mend(document, findings);
    findings.soften_mended();
    findings.soften(|finding| finding.code.is_harmless());
    let faults: Vec<Pointer> =
        findings.iter().filter(|finding| finding.is_error()).map(|finding| finding.pointer.clone()).collect();
    document.operations.retain(|operation| !faults.iter().any(|fault| operation.is_at_fault(fault)));
    findings.soften(|_| true);
}

/// What the stages before emission make of `text`, for tests of one of them.
#[cfg(test)]
pub(crate) fn lowered(text: &str, options: &Options) -> Api {
    let input = Input { file: "t.yaml".to_owned(), text: text.to_owned(), module: "t".to_owned() };
    api(&input, options, &load::no_files, &|_| {}, &mut Findings::new("t.yaml")).expect("a document without errors")
}
