//! Compares drafts of pages with the documents of the vendor, which are answers that are not ours.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use copperplate::transcribe::Transcription;
use copperplate::{Options, Pipeline};
use serde_json::Value;

use crate::Pages;
use crate::claims::{self, Field, Operation};
use crate::disagreements::{self, Right};
use crate::figures::percent;
use crate::files::{self, PageFile};

/// The least percentage of parameters whose name, place and requirement agree.
const LEAST_NAMES: f64 = 99.0;

/// The least percentage of parameters whose type and allowed values agree.
const LEAST_TYPES: f64 = 95.0;

/// The subcommand `answers`.
#[derive(Debug, clap::Args)]
pub struct Answers {
    #[command(flatten)]
    pages: Pages,
    /// Documents of the vendor.
    #[arg(long = "document", value_name = "FILE", required = true)]
    documents: Vec<PathBuf>,
}

/// The figures of the pages of one product.
#[derive(Debug, Default)]
struct Figures {
    pages: usize,
    /// The parameters and properties of requests that the pages have.
    parameters: usize,
    /// Those that the document does not have at any place.
    absent: usize,
    /// Those whose name, place and requirement agree, and those whose type and values agree.
    placed: usize,
    typed: usize,
    /// Those that the draft or the page has wrong, by the verdict about the disagreement.
    misplaced: usize,
    mistyped: usize,
    /// The parameters with allowed values, in the draft or in the document.
    listed: usize,
    agreed_lists: usize,
    /// The headers and properties of responses.
    results: usize,
    agreed_results: usize,
}

/// A way in which a draft and the document of the vendor differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The document has no such parameter.
    Name,
    /// Whether the parameter is required.
    Required,
    /// The type.
    Type,
    /// The allowed values.
    Values,
}

/// A difference between a draft and the document of the vendor.
#[derive(Debug)]
pub struct Disagreement {
    /// The file of the page.
    pub file: String,
    /// The `operationId` of the document.
    pub operation: String,
    /// The place and the name of the parameter.
    pub subject: String,
    /// What differs.
    pub kind: Kind,
    /// What the draft says.
    pub page: String,
    /// What the document says.
    pub document: String,
}

impl Answers {
    /// Prints the figures and every disagreement. Returns whether the figures are within their limits, and all disagreements are
    /// explained.
    pub fn run(&self) -> Result<bool, Box<dyn Error>> {
        let mut operations = Vec::new();
        for path in &self.documents {
            let document: Value = serde_yaml::from_str(&fs::read_to_string(path)?)?;
            operations.extend(claims::operations(&document));
        }
        let mut products: BTreeMap<String, Figures> = BTreeMap::new();
        let mut unexplained = 0;
        for PageFile { product, input } in files::read(&self.pages.paths) {
            let pages = std::slice::from_ref(&input);
            let draft = Pipeline::new(&Options::default()).transcribe(pages, Transcription::default());
            let draft: Value = serde_yaml::from_str(&draft.document)?;
            let figures = products.entry(product).or_default();
            for drafted in claims::operations(&draft) {
                let Some(answer) = answer(&drafted, &input.text, &operations) else { continue };
                let file = input.file.rsplit('/').next().unwrap_or_default();
                for found in compare(&drafted, answer, file, figures) {
                    unexplained += usize::from(!figures.judge(&found));
                }
            }
        }
        let mut sum = Figures::default();
        for (product, figures) in products.iter().filter(|(_, figures)| figures.pages > 0) {
            figures.print(product);
            sum.merge(figures);
        }
        let is_within = sum.print("all");
        println!("{unexplained} disagreements are not explained");
        Ok(is_within && unexplained == 0 && sum.pages > 0)
    }
}

/// Returns the operation of the vendor that a page describes: the one with the method and the path, and with the name in the
/// page's link to the vendor's explorer. A name alone can be that of another version.
fn answer<'o>(draft: &Operation, page: &str, operations: &'o [Operation]) -> Option<&'o Operation> {
    let template = |operation: &Operation| operation.template().replace('_', "-").to_lowercase();
    let name =
        page.split_once("api=").map(|(_, after)| after.split(|letter: char| !letter.is_ascii_alphanumeric()).next());
    let same = |operation: &&Operation| {
        let has_name = name.flatten().is_none_or(|name| operation.id == name);
        has_name && operation.method == draft.method && template(operation) == template(draft)
    };
    let mut found = operations.iter().filter(same);
    // Several actions can have one path.
    found.next().filter(|operation| found.next().is_none() && !operation.path.ends_with("/action"))
}

/// Compares a draft with its answer. Returns the disagreements.
fn compare(draft: &Operation, answer: &Operation, file: &str, figures: &mut Figures) -> Vec<Disagreement> {
    figures.pages += 1;
    let mut disagreements = Vec::new();
    let mut report = |subject: &str, kind: Kind, page: String, document: String| {
        disagreements.push(Disagreement {
            file: file.to_owned(),
            operation: answer.id.clone(),
            subject: subject.to_owned(),
            kind,
            page,
            document,
        });
    };
    // A placeholder of the path can have any name.
    let names: BTreeMap<String, String> = draft.placeholders().into_iter().zip(answer.placeholders()).collect();
    for (subject, field) in &draft.request {
        figures.parameters += 1;
        let renamed = subject.strip_prefix("path ").and_then(|name| names.get(name)).map(|name| format!("path {name}"));
        let subject = renamed.as_ref().unwrap_or(subject);
        let same = |other: &&String| is_same(subject, other);
        let Some(answered) = answer.request.keys().find(same).and_then(|key| answer.request.get(key)) else {
            let name = subject.rsplit([' ', '.']).next().unwrap_or_default();
            let has_name = |other: &&String| other.rsplit([' ', '.']).next() == Some(name);
            let elsewhere: Vec<&str> = answer.request.keys().filter(has_name).map(String::as_str).collect();
            figures.absent += usize::from(elsewhere.is_empty());
            report(subject, Kind::Name, field.kind.clone(), elsewhere.join(", "));
            continue;
        };
        if field.required == answered.required {
            figures.placed += 1;
        } else {
            report(subject, Kind::Required, field.required.to_string(), answered.required.to_string());
        }
        let same_type = field.kind == answered.kind;
        let same_values = field.values == answered.values;
        // A document can leave the values open that a page lists.
        figures.typed += usize::from(same_type && (same_values || answered.values.is_none()));
        if answered.values.is_some() {
            figures.listed += 1;
            figures.agreed_lists += usize::from(same_values);
        }
        if !same_type {
            report(subject, Kind::Type, field.kind.clone(), answered.kind.clone());
        }
        if !same_values {
            report(subject, Kind::Values, shown(field), shown(answered));
        }
    }
    // The document may have another status of a success than the page, which often states none.
    let of_success = |fields: &BTreeMap<String, Field>| -> BTreeMap<String, String> {
        let fields = fields.iter().filter(|(subject, _)| subject.starts_with('2'));
        fields
            .filter_map(|(subject, field)| Some((subject.split_once(' ')?.1.to_owned(), field.kind.clone())))
            .collect()
    };
    let (drafted, answered) = (of_success(&draft.responses), of_success(&answer.responses));
    figures.results += drafted.len();
    figures.agreed_results += drafted.iter().filter(|(name, kind)| answered.get(*name) == Some(kind)).count();
    disagreements
}

/// Returns whether two fields have the same name and place. `*` is any name: the values of a map.
fn is_same(drafted: &str, answered: &str) -> bool {
    let (left, right) = (drafted.split('.'), answered.split('.'));
    drafted == answered
        || (drafted.contains(".*")
            && left.clone().count() == right.clone().count()
            && left.zip(right).all(|(left, right)| left == right || left == "*"))
}

fn shown(field: &Field) -> String {
    field.values.as_ref().map_or_else(|| "-".to_owned(), |values| values.iter().cloned().collect::<Vec<_>>().join(", "))
}

impl Figures {
    /// Prints a disagreement with the verdict, and counts it. Returns whether there is a verdict.
    fn judge(&mut self, found: &Disagreement) -> bool {
        let verdict = disagreements::verdict(found);
        let (right, reason) = match verdict {
            Some((Right::Page, reason)) => ("the page", reason),
            Some((Right::Document, reason)) => ("the document", reason),
            None => ("?", "not explained"),
        };
        if verdict.is_none_or(|(right, _)| right == Right::Document) {
            match found.kind {
                Kind::Name | Kind::Required => self.misplaced += 1,
                Kind::Type | Kind::Values => self.mistyped += 1,
            }
        }
        let Disagreement { file, operation, subject, kind, page, document } = found;
        println!("{file} | {operation} | {subject} | {kind:?} | {page} | {document} | {right} | {reason}");
        verdict.is_some()
    }

    fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.parameters += other.parameters;
        self.absent += other.absent;
        self.placed += other.placed;
        self.typed += other.typed;
        self.misplaced += other.misplaced;
        self.mistyped += other.mistyped;
        self.listed += other.listed;
        self.agreed_lists += other.agreed_lists;
        self.results += other.results;
        self.agreed_results += other.agreed_results;
    }

    /// Prints the figures. Returns whether those of the draft are within their limits: a disagreement in which the page is right
    /// does not count.
    fn print(&self, product: &str) -> bool {
        let of_all = |part: usize| percent(part, self.parameters);
        let (names, types) = (of_all(self.parameters - self.misplaced), of_all(self.parameters - self.mistyped));
        let of_present = |part: usize| percent(part, self.parameters - self.absent);
        println!(
            "{product}: {} pages, {} parameters, {} of them in the document: name, place and required agree in {:.2}% (of those \
             in the document {:.2}%, right in {names:.2}%), type and values in {:.2}% ({:.2}%, right in {types:.2}%), {} of {} \
             lists of values; {:.2}% of {} response fields",
            self.pages,
            self.parameters,
            self.parameters - self.absent,
            of_all(self.placed),
            of_present(self.placed),
            of_all(self.typed),
            of_present(self.typed),
            self.agreed_lists,
            self.listed,
            percent(self.agreed_results, self.results),
            self.results,
        );
        names >= LEAST_NAMES && types >= LEAST_TYPES
    }
}
