//! Compares drafts with the documents in `specs/`, which a person has written from the same pages.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use copperplate::transcribe::Transcription;
use copperplate::{Options, Pipeline};
use serde_json::Value;

use crate::claims::{self, Operation};
use crate::files;

/// The documents, each with the start of the names of its pages.
const DOCUMENTS: &[(&str, &[&str])] =
    &[("osm", &["000", "001"]), ("secmaster", &["002"]), ("personium", &["003"]), ("cfw", &["004"])];

/// The least F1 of the facts, in percent.
const LEAST_F1: f64 = 98.0;

/// The known differences: the document, the start of the fact, and the reason.
const KNOWN: &[(&str, &str, &str)] = &[
    ("personium", "path ", "the page has one name for two placeholders, and OpenAPI needs two"),
    ("osm", "request DELETE", "page 000 prints no request; the transcriber took the ID of page 001"),
];

/// The subcommand `specs`.
#[derive(Debug, clap::Args)]
pub struct Specs {
    /// The folder of the documents.
    #[arg(long, default_value = "specs")]
    documents: PathBuf,
    /// The folder of the pages.
    #[arg(long, default_value = "../shared/docs")]
    pages: PathBuf,
}

impl Specs {
    /// Prints each fact that only the draft or only the document has. Returns whether the F1 of facts is within
    /// its limit, and each difference is explained.
    pub fn run(&self) -> Result<bool, Box<dyn Error>> {
        let (mut common, mut ours, mut theirs, mut is_explained) = (0, 0, 0, true);
        for (name, numbers) in DOCUMENTS {
            let mut pages: Vec<_> =
                files::read(std::slice::from_ref(&self.pages)).into_iter().map(|page| page.input).collect();
            pages.retain(|page| {
                let file = Path::new(&page.file).file_name().unwrap_or_default().to_string_lossy();
                numbers.iter().any(|number| file.starts_with(number))
            });
            let draft = Pipeline::new(&Options::default()).transcribe(&pages, Transcription::default()).document;
            let document = fs::read_to_string(self.documents.join(format!("{name}.yaml")))?;
            let text: String =
                pages.iter().flat_map(|page| page.text.chars()).filter(|letter| is_visible(*letter)).collect();
            let (draft, mut document) = (facts(&draft)?, facts(&document)?);
            // Only some examples are requests of the page. The others have values of the transcriber.
            document.retain(|fact| {
                fact.split_once(": request ")
                    .and_then(|(_, request)| request.split_once(' '))
                    .is_none_or(|(_, target)| text.contains(target))
            });
            let differences = [("document", document.difference(&draft)), ("draft", draft.difference(&document))];
            for (place, facts) in differences {
                for fact in facts {
                    let (_, about) = fact.split_once(": ").unwrap_or_default();
                    let is_known = |known: &&(&str, &str, &str)| known.0 == *name && about.starts_with(known.1);
                    let known = KNOWN.iter().find(is_known);
                    is_explained &= known.is_some();
                    println!("{name}: only in the {place}: {fact}: {}", known.map_or("not explained", |known| known.2));
                }
            }
            common += draft.intersection(&document).count();
            ours += draft.len();
            theirs += document.len();
        }
        let f1 = 200.0 * common as f64 / (ours + theirs).max(1) as f64;
        println!("{common} facts in common, {ours} in drafts, {theirs} in the documents: F1 {f1:.2}%");
        Ok(f1 >= LEAST_F1 && is_explained)
    }
}

/// Returns whether a letter is part of a URL, which a page can break over several lines.
fn is_visible(letter: char) -> bool {
    !letter.is_whitespace() && letter != '\\'
}

fn facts(yaml: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let mut document: Value = serde_yaml::from_str(yaml)?;
    drop_acknowledged(&mut document);
    let facts = |operation: &Operation| {
        let name = format!("{} {}", operation.method, operation.template());
        operation.facts().into_iter().map(move |fact| format!("{name}: {fact}"))
    };
    Ok(claims::operations(&document).iter().flat_map(facts).collect())
}

/// Removes the values that a document has beyond the page, by its own acknowledgement.
fn drop_acknowledged(value: &mut Value) {
    let is_beyond = |value: &Value| !value["x-acknowledge"]["not-on-page"].is_null();
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !is_beyond(member));
            members.values_mut().for_each(drop_acknowledged);
        }
        Value::Array(items) => {
            items.retain(|item| !is_beyond(item));
            items.iter_mut().for_each(drop_acknowledged);
        }
        _ => {}
    }
}
