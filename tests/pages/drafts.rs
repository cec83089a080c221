//! Writes drafts of pages: each has no errors, and agrees with its page.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use copperplate::page::{Format, read};
use copperplate::pipeline::PageInput;
use copperplate::proof::Difference;
use copperplate::transcribe::Transcription;
use copperplate::{Input, Options, Pipeline};

use crate::Pages;
use crate::files::{self, PageFile};

/// The subcommand `drafts`.
#[derive(Debug, clap::Args)]
pub struct Drafts {
    #[command(flatten)]
    pages: Pages,
    /// A folder for drafts of all pages of a product. Its crates are compiled by `corpus DIR --check`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Drafts {
    /// Writes the drafts, and prints the errors in them and the differences from their pages. Returns whether there are none.
    pub fn run(&self) -> Result<bool, Box<dyn Error>> {
        let (mut products, mut found) = (BTreeMap::<String, Vec<PageInput>>::new(), 0);
        for PageFile { product, input } in files::read(&self.pages.paths) {
            if read(&input.file, &input.text, Format::of(&input.file, &input.text)).has_operation() {
                found += check(std::slice::from_ref(&input), &input.file).1;
                products.entry(product).or_default().push(input);
            }
        }
        let pages: usize = products.values().map(Vec::len).sum();
        println!("{pages} drafts of a page, {found} findings");
        for (product, inputs) in &products {
            let (document, errors) = check(inputs, product);
            println!("{product}: a draft of {} pages, {errors} findings", inputs.len());
            found += errors;
            if let Some(out) = &self.out {
                fs::create_dir_all(out)?;
                fs::write(out.join(format!("{}.yaml", product.replace('/', "-"))), document)?;
            }
        }
        Ok(found == 0)
    }
}

/// Returns a draft. Prints its errors and, if it has one page, the differences from the page, and returns their number.
fn check(inputs: &[PageInput], name: &str) -> (String, usize) {
    let options = Options::default();
    let pipeline = Pipeline::new(&options);
    let draft = pipeline.transcribe(inputs, Transcription::default()).document;
    let document = Input::new("draft.yaml", draft.as_str(), "draft");
    let generation = pipeline.generate(std::slice::from_ref(&document));
    let mut found = 0;
    for finding in generation.findings.iter().filter(|finding| finding.is_error()) {
        println!("{name}: draft: {} #{} {}", finding.code.id(), finding.pointer, finding.message);
        found += 1;
    }
    if inputs.len() == 1 {
        let report = pipeline.proof(&document, inputs);
        // The draft says itself that OpenAPI has no such method.
        let is_said = |difference: &Difference| {
            difference.code.id() == "unmatched-page" && draft.contains(": OpenAPI 3.0 has no method ")
        };
        let open =
            report.differences.iter().filter(|(difference, is_acknowledged)| !is_acknowledged && !is_said(difference));
        for (difference, _) in open {
            println!("{name}: proof: {} #{} {}", difference.code.id(), difference.pointer, difference.message);
            found += 1;
        }
        for stale in report.findings.iter().filter(|finding| finding.code.id() == "stale-acknowledgement") {
            println!("{name}: proof: {} #{} {}", stale.code.id(), stale.pointer, stale.message);
            found += 1;
        }
    }
    (draft, found)
}
