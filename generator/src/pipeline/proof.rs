//! The pipeline of the command `proof`: loads and resolves a document, reads pages, and compares them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Pipeline;
use super::page_lines::PageLines;
use super::stages::Resolved;
use crate::check::{self, RuleSet};
use crate::finding::{Code, Finding, Findings, Focus};
use crate::large_stack::with_stack;
use crate::load;
use crate::options::Input;
use crate::page::fact::{FactKind, Page};
use crate::page::{self, Format};
use crate::pointer::Pointer;
use crate::proof::sheet::Sheet;
use crate::proof::{self, Difference, PageSummary, Proof};
use crate::transcribe::{self, Contradiction, Transcription};

/// The maximum number of forms of request URLs that a draft has from one page. A form of twenty bytes becomes an operation of
/// four hundred. Pages describe a few operations, and lists of all operations of an API some hundreds.
const MOST_FORMS: usize = 2_000;

/// The maximum number of facts that the operations of a draft have from one page: each operation has all facts of its page. Pages
/// with several operations have some hundred facts.
const MOST_FACTS: usize = 100_000;

/// The maximum number of bytes that the operations of a draft have of the title of a page: each operation has it in its `summary`
/// and its `x-source`. Titles have up to a hundred bytes, which leaves the first 10,000 forms.
const MOST_TITLE_BYTES: usize = 1_000_000;

/// A documentation page.
#[derive(Debug, Clone)]
pub struct PageInput {
    /// The path of the page, as the user gave it.
    pub file: String,
    /// The text of the page.
    pub text: String,
    /// Whether the user named the page. Of a folder, only the pages that the document transcribes are reported.
    pub is_named: bool,
}

/// The result of [`Pipeline::proof`].
#[derive(Debug, Default)]
pub struct ProofReport {
    /// The findings.
    pub findings: Vec<Finding>,
    /// The differences between the document and the pages, acknowledged ones included. For each, whether it is acknowledged.
    pub differences: Vec<(Difference, bool)>,
    /// What the pages state.
    pub pages: Vec<Page>,
    /// For each page, how many of its facts agree. Empty if the document could not be read.
    pub summaries: Vec<PageSummary>,
    /// What was compared.
    pub proof: Proof,
}

impl Pipeline<'_> {
    /// Compares a document with documentation pages.
    pub fn proof(&self, input: &Input, inputs: &[PageInput]) -> ProofReport {
        with_stack(|| {
            let read = |page: &PageInput| page::read(&page.file, &page.text, Format::of(&page.file, &page.text));
            let pages: Vec<Page> = inputs.iter().map(read).collect();
            let mut findings = Findings::new(&input.file);
            let resolved = self.resolve_document(input, &mut findings);
            load::quotes::restore_spellings(&input.text, &mut findings);
            let Some(Resolved { document, raw, .. }) = resolved else {
                return ProofReport { findings: findings.into_vec(), pages, ..ProofReport::default() };
            };
            let proof = proof::proof(&document, &raw, &pages);
            let mut report = findings.emptied();
            let mut indices: HashMap<&str, usize> = HashMap::new();
            for (index, page) in inputs.iter().enumerate() {
                indices.entry(&page.file).or_insert(index);
            }
            let is_used = |file: &str| {
                indices.get(file).is_some_and(|index| {
                    inputs[*index].is_named || proof.operations.get(*index).is_some_and(|count| *count > 0)
                })
            };
            let lines: HashMap<&str, PageLines<'_>> =
                inputs.iter().map(|page| (page.file.as_str(), PageLines::new(&page.text))).collect();
            for difference in &proof.differences {
                let is_unused_page =
                    difference.code == Code::UnmatchedPage && !difference.pages.iter().any(|(file, _)| is_used(file));
                if !is_unused_page {
                    add(difference, &lines, &mut report);
                }
            }
            check::acknowledge(&raw, RuleSet::Proof { is_complete: proof.is_complete }, &mut report);
            let reported: HashSet<_> =
                report.iter().map(|finding| (finding.code, &finding.pointer, finding.message.as_str())).collect();
            let is_open = |difference: &Difference| {
                reported.contains(&(difference.code, &difference.pointer, difference.message.as_str()))
            };
            let summaries = proof.summaries(&pages, is_open);
            let used: HashSet<String> =
                pages.iter().map(|page| page.file.clone()).filter(|file| is_used(file)).collect();
            let is_shown = |difference: &&Difference| {
                difference.code != Code::UnmatchedPage || difference.pages.iter().any(|(file, _)| is_used(file))
            };
            let differences = proof.differences.iter().filter(is_shown).cloned().map(|difference| {
                let is_acknowledged = !is_open(&difference);
                (difference, is_acknowledged)
            });
            let differences = differences.collect();
            findings.append(report);
            let mut findings = findings.into_vec();
            for page in pages.iter().filter(|page| used.contains(&page.file)) {
                findings.extend(lines.get(page.file.as_str()).into_iter().flat_map(|lines| unread(page, lines)));
            }
            let mut long_pages: Vec<(&str, Range<usize>)> =
                lines.iter().filter_map(|(file, lines)| Some((*file, lines.bytes(lines.unsearched()?, "")))).collect();
            long_pages.sort_by_key(|(file, _)| *file);
            findings.extend(long_pages.into_iter().map(|(file, bytes)| unsearched(file, bytes)));
            ProofReport { findings, differences, pages, summaries, proof }
        })
    }
}

impl ProofReport {
    /// Returns the proof sheet of the document as HTML.
    pub fn sheet(&self, input: &Input, inputs: &[PageInput]) -> String {
        let texts = inputs.iter().map(|page| page.text.as_str());
        let pages =
            self.pages.iter().zip(texts).zip(&self.summaries).map(|((page, text), summary)| (page, text, summary));
        let pages: Vec<_> = pages.collect();
        let document = (input.file.as_str(), input.text.as_str());
        Sheet { document, pages: &pages, differences: &self.differences, proof: &self.proof }.html()
    }
}

/// A draft of a document.
#[derive(Debug, Default)]
pub struct DraftReport {
    /// The document, in YAML.
    pub document: String,
    /// The number of forms of request URLs on the pages.
    pub operations: usize,
    /// The lines that were not read.
    pub findings: Vec<Finding>,
}

impl Pipeline<'_> {
    /// Writes a draft of a document from documentation pages.
    pub fn transcribe(&self, inputs: &[PageInput], transcription: Transcription) -> DraftReport {
        with_stack(|| {
            let read = |page: &PageInput| page::read(&page.file, &page.text, Format::of(&page.file, &page.text));
            let pages: Vec<Page> = inputs.iter().map(read).map(with_first_forms).collect();
            let findings =
                pages.iter().zip(inputs).flat_map(|(page, input)| unread(page, &PageLines::new(&input.text)));
            let findings = findings.collect();
            let operations = pages.iter().map(|page| page.forms.len()).sum();
            let draft = transcribe::transcribe(&pages, transcription, &[]);
            // A page can contradict itself: an example that does not fit its table.
            let found = self.lint(&[Input::new("draft.yaml", draft.as_str(), "draft")]);
            let is_own = |finding: &&Finding| finding.is_error() && finding.code.acknowledgeable();
            let contradictions = found
                .iter()
                .filter(is_own)
                .map(|finding| Contradiction { pointer: finding.pointer.clone(), id: finding.code.id() });
            let contradictions: Vec<Contradiction> = contradictions.collect();
            let document = match contradictions.is_empty() {
                true => draft,
                false => transcribe::transcribe(&pages, transcription, &contradictions),
            };
            DraftReport { document, operations, findings }
        })
    }
}

/// Returns the page with its first forms, whose operations have at most [`MOST_FACTS`] facts and [`MOST_TITLE_BYTES`]. The first
/// form beyond them is a line that was not read.
fn with_first_forms(mut page: Page) -> Page {
    let is_of_form = |kind| matches!(kind, FactKind::Method | FactKind::Path);
    let shared = page.facts.iter().filter(|fact| !is_of_form(fact.kind)).count();
    let title = page.title.as_ref().map_or(page.file.len(), |title| title.value.len());
    let most = (MOST_FACTS / shared.max(1)).min(MOST_TITLE_BYTES / title.max(1)).clamp(1, MOST_FORMS);
    if let Some(first) = page.forms.get(most) {
        page.unread.push((first.path.line, format!("the draft has only the first {most} request URLs of the page")));
        page.unread.sort();
        page.forms.truncate(most);
    }
    page
}

/// Adds a difference as a finding, with the places in the pages.
fn add(difference: &Difference, pages: &HashMap<&str, PageLines<'_>>, findings: &mut Findings) {
    findings.add(difference.code, &difference.pointer, &difference.message, &difference.remedy);
    findings.set_focus(difference.focus.clone());
    findings.add_places(difference.others.iter().cloned());
    for (file, place) in &difference.pages {
        if let Some(page) = pages.get(file.as_str()).filter(|_| place.line > 0) {
            findings.add_related_bytes(file, page.bytes(place.line, &place.words), &place.label);
        }
    }
}

/// Returns findings for the lines of a page that were not read.
fn unread(page: &Page, lines: &PageLines<'_>) -> Vec<Finding> {
    let findings = page.unread.iter().map(|(line, reason)| {
        let message = format!("This line of the page was not read: {reason}.");
        let remedy = "Compare this line with the document yourself.";
        unread_line(&page.file, lines.bytes(*line, ""), message, remedy)
    });
    findings.collect()
}

/// Returns a finding for the first line of a page in which the words of findings were not searched.
fn unsearched(file: &str, bytes: Range<usize>) -> Finding {
    let message =
        "From this line of the page on, findings may show whole lines, because searching more words takes too long.";
    let remedy = "Search the words of these findings in their lines yourself, or divide the long lines of the page.";
    unread_line(file, bytes, message.to_owned(), remedy)
}

fn unread_line(file: &str, bytes: Range<usize>, message: String, remedy: &str) -> Finding {
    Finding {
        code: Code::UnreadLine,
        severity: Code::UnreadLine.severity(),
        file: file.to_owned(),
        pointer: Pointer::root(),
        focus: Focus::Bytes(bytes),
        message,
        remedy: remedy.to_owned(),
        consequence: None,
        related: Vec::new(),
        missing: None,
        other_places: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::options::Options;

    #[test]
    fn a_draft_has_a_limited_number_of_forms_of_a_page() {
        let draft = |count: usize| {
            let forms: String = (0..count).map(|index| format!("GET /v1/a{index}\n\n")).collect();
            let page = PageInput { file: "p.txt".to_owned(), text: format!("Title\n\nURI\n\n{forms}"), is_named: true };
            let options = Options::default();
            let report = Pipeline::new(&options).transcribe(&[page], Transcription { has_words: false });
            let messages: Vec<String> = report.findings.into_iter().map(|finding| finding.message).collect();
            (report.operations, messages)
        };
        assert_eq!(draft(MOST_FORMS), (MOST_FORMS, Vec::new()));
        let message = "This line of the page was not read: the draft has only the first 2000 request URLs of the page.";
        assert_eq!(draft(MOST_FORMS + 3), (MOST_FORMS, vec![message.to_owned()]));
    }

    #[test]
    fn a_draft_has_fewer_forms_of_a_page_with_a_long_title() {
        let title = format!("Ab{}", "t".repeat(99_998));
        let forms: String = (0..30).map(|index| format!("GET /v1/a{index}\n\n")).collect();
        let page = PageInput { file: "p.txt".to_owned(), text: format!("{title}\n\nURI\n\n{forms}"), is_named: true };
        let report = Pipeline::new(&Options::default()).transcribe(&[page], Transcription { has_words: false });
        let messages: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
        let message = "This line of the page was not read: the draft has only the first 10 request URLs of the page.";
        assert_eq!((report.operations, messages), (10, vec![message]));
        let ids = report.document.lines().filter_map(|line| line.trim().strip_prefix("operationId: "));
        let ids: Vec<&str> = ids.map(|id| id.trim_matches('"')).collect();
        assert_eq!(ids[..2], [format!("ab{}", "t".repeat(198)), format!("ab{}2", "t".repeat(198))]);
    }

    #[test]
    fn operations_beyond_the_limit_of_comparisons_are_reported() {
        let paths = |count: usize, form: fn(usize) -> String| (0..count).map(form).collect::<String>();
        let text = format!("Title\n\nURI\n\n{}", paths(40_000, |index| format!("GET /v1/a{index}\n\n")));
        let page = PageInput { file: "p.txt".to_owned(), text, is_named: true };
        let operations = paths(1_700, |index| format!("\"/v1/a{index}\": {{\"get\": {{\"responses\": {{}}}}}},"));
        let document = format!("{{\"openapi\": \"3.0.3\", \"info\": {{}}, \"paths\": {{{operations} \"x-end\": 1}}}}");
        let report = Pipeline::new(&Options::default()).proof(&Input::new("d.json", document, "d"), &[page]);
        let is_limit = |finding: &&Finding| finding.message.contains("was not compared with its page in full");
        let beyond: Vec<&Finding> = report.findings.iter().filter(is_limit).collect();
        let places: Vec<&str> = beyond.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!((places.len(), places.first()), (23, Some(&"/paths/~1v1~1a1677/get")));
        assert!(beyond.iter().all(|finding| finding.code == Code::UnmatchedOperation));
    }
}
