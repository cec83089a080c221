//! Changes facts, rows and columns of pages, one at a time. Compared with the draft of the page before the change, `proof` reports
//! the change at its line, and nothing else.

use std::collections::BTreeMap;
use std::error::Error;

use copperplate::page::fact::{Fact, FactKind, Field, Form, Page};
use copperplate::page::{Format, read};
use copperplate::pipeline::{PageInput, ProofReport};
use copperplate::transcribe::Transcription;
use copperplate::{Input, Options, Pipeline};

use crate::Pages;
use crate::figures::percent;
use crate::files::{self, PageFile};
use crate::source::{self, Edit};

/// Headers that OpenAPI has no parameters for.
const OWN_HEADERS: &[&str] = &["content-type", "accept"];

/// The subcommand `changes`.
#[derive(Debug, clap::Args)]
pub struct Changes {
    #[command(flatten)]
    pages: Pages,
    /// Change only every N-th page.
    #[arg(long, value_name = "N", default_value_t = 1)]
    every: usize,
    /// Make at most N changes of a page, spread over the page.
    #[arg(long, value_name = "N", default_value_t = 30)]
    most: usize,
    /// Change only N pages, which depend on the seed.
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// The seed of the sample.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

/// A changed page.
struct Change {
    /// The kind of the change.
    kind: &'static str,
    /// The change, for the reader of the result.
    what: String,
    text: String,
    expected: Expected,
}

/// What `proof` must report.
enum Expected {
    /// A finding at one of these lines, and no finding at another line.
    Lines(Vec<usize>),
    /// Findings that name this field, and no others.
    Field(String),
    /// Both: findings at one of these lines, or that name this field.
    LinesOrField(Vec<usize>, String),
    /// Findings that name one of these fields, and no others.
    Fields(Vec<String>),
    /// A finding at any place.
    Anywhere,
    /// No finding.
    Nothing,
}

/// What `proof` reported.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    /// The change is not found.
    Missed,
    /// There are findings about something else.
    Other,
}

impl Changes {
    /// Prints a table of the changes, and each change that is not found. Returns whether all are found.
    pub fn run(&self) -> Result<bool, Box<dyn Error>> {
        let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
        for PageFile { input, .. } in self.sampled().into_iter().step_by(self.every.max(1)) {
            let page = read(&input.file, &input.text, Format::of(&input.file, &input.text));
            let draft = draft(&input);
            let before = reported(&draft, &input);
            // No operation, or none with a method of OpenAPI.
            if draft.contains("\npaths: {}") || !page.has_operation() {
                continue;
            }
            let changes = changes(&page, &input.text);
            let step = changes.len().div_ceil(self.most.max(1)).max(1);
            for change in changes.into_iter().step_by(step) {
                let changed = PageInput { text: change.text.clone(), ..input.clone() };
                let mut found = reported(&draft, &changed);
                found.retain(|finding| before.iter().all(|known| known.message != finding.message));
                let outcome = outcome(&change.expected, &found);
                if outcome != Outcome::Right {
                    println!("{}: {outcome:?}: {}: {}", input.file, change.kind, change.what);
                    for finding in found.iter().take(6) {
                        println!("    L{:?} {}", finding.lines, finding.message);
                    }
                }
                counts.entry(change.kind).or_default()[outcome as usize] += 1;
            }
        }
        let mut all = [0; 3];
        println!("{:28} {:>7} {:>7} {:>7} {:>8}", "change", "right", "missed", "other", "found %");
        for (kind, [right, missed, other]) in &counts {
            let sum = right + missed + other;
            println!("{kind:28} {right:>7} {missed:>7} {other:>7} {:>7.2}%", percent(sum - missed, sum));
            all = [all[0] + right, all[1] + missed, all[2] + other];
        }
        println!(
            "{} changes: {} right, {} missed, {} with other findings",
            all.iter().sum::<usize>(),
            all[0],
            all[1],
            all[2]
        );
        Ok(all[1] == 0 && all[2] == 0 && all[0] > 0)
    }
}

impl Changes {
    /// Returns the pages of the sample.
    fn sampled(&self) -> Vec<PageFile> {
        let mut pages = files::read(&self.pages.paths);
        if let Some(count) = self.sample {
            pages.sort_by_cached_key(|page| rank(self.seed, &page.input.file));
            pages.truncate(count);
        }
        pages
    }
}

/// Returns the place of a name in an order that depends on the seed (FNV-1a).
fn rank(seed: u64, name: &str) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    seed.to_le_bytes().iter().chain(name.as_bytes()).fold(0xcbf2_9ce4_8422_2325, step)
}

/// A finding: the lines of the page, and its message with the JSON pointer.
struct Reported {
    lines: Vec<usize>,
    message: String,
}

fn draft(input: &PageInput) -> String {
    Pipeline::new(&Options::default()).transcribe(std::slice::from_ref(input), Transcription::default()).document
}

/// Returns the differences that the document does not acknowledge, the lines that were not read, and stale acknowledgements.
fn reported(draft: &str, input: &PageInput) -> Vec<Reported> {
    let document = Input::new("draft.yaml", draft, "draft");
    let report: ProofReport = Pipeline::new(&Options::default()).proof(&document, std::slice::from_ref(input));
    let open = report.differences.iter().filter(|(_, is_acknowledged)| !is_acknowledged);
    let differences = open.map(|(difference, _)| Reported {
        lines: difference.pages.iter().map(|(_, place)| place.line).collect(),
        message: format!("{} {} {}", difference.code.id(), difference.pointer, difference.message),
    });
    let unread = report.pages.iter().flat_map(|page| &page.unread);
    let unread = unread.map(|(line, reason)| Reported { lines: vec![*line], message: format!("not read: {reason}") });
    let stale = report.findings.iter().filter(|finding| finding.code.id() == "stale-acknowledgement");
    let stale = stale.map(|stale| Reported { lines: Vec::new(), message: format!("stale {}", stale.message) });
    differences.chain(unread).chain(stale).collect()
}

fn outcome(expected: &Expected, found: &[Reported]) -> Outcome {
    let is_expected = |reported: &Reported| match expected {
        // A stale acknowledgement has no line of the page.
        Expected::Lines(lines) => reported.lines.iter().any(|line| lines.contains(line)) || reported.lines.is_empty(),
        Expected::Field(name) => reported.message.contains(name.as_str()),
        Expected::Fields(names) => names.iter().any(|name| reported.message.contains(name.as_str())),
        Expected::LinesOrField(lines, name) => {
            let is_there = reported.lines.iter().any(|line| lines.contains(line)) || reported.lines.is_empty();
            is_there || reported.message.contains(&format!("`{name}`"))
        }
        Expected::Anywhere => true,
        Expected::Nothing => false,
    };
    // What follows from the change: tables and security schemes that nothing needs any more, and all that a field had.
    let follows = ["no row refers to", "the table has no rows", "/securitySchemes/", "The page has no ", "stale "];
    let is_expected =
        |reported: &Reported| is_expected(reported) || follows.iter().any(|part| reported.message.contains(part));
    match expected {
        Expected::Nothing if found.is_empty() => Outcome::Right,
        Expected::Nothing => Outcome::Other,
        _ if !found.iter().any(&is_expected) => Outcome::Missed,
        _ if found.iter().all(&is_expected) => Outcome::Right,
        _ => Outcome::Other,
    }
}

/// Returns the changes of a page.
fn changes(page: &Page, text: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = page.facts.iter().filter_map(|fact| of_fact(fact, page, text)).collect();
    let mut fields: Vec<&Field> = page.parameters.iter().collect();
    let bodies = page.body.iter().chain(page.responses.iter().filter_map(|response| response.body.as_ref()));
    for body in bodies {
        gather(&body.fields, &mut fields);
    }
    let format = Format::of(&page.file, text);
    for field in fields {
        changes.extend(of_row(field, page, text, format));
    }
    changes.extend(of_tables(page, text, format));
    changes.extend(page.forms.first().and_then(|form| of_path(form, page, text)));
    changes.extend(source::columns_reversed(text, format).map(|text| Change {
        kind: "columns in another order",
        what: "every table".to_owned(),
        text,
        expected: Expected::Nothing,
    }));
    for (line, head, synonym) in source::synonyms(text) {
        let changed = source::replaced_in_line(text, line, head, synonym).map(|text| Change {
            kind: "another name of a column",
            what: format!("L{line} {head} -> {synonym}"),
            text,
            expected: Expected::Nothing,
        });
        changes.extend(changed);
    }
    for (line, head) in source::heads(text) {
        let changed = source::replaced_in_line(text, line, head, "Zzz").map(|text| Change {
            kind: "head of a column",
            what: format!("L{line} {head}"),
            text,
            expected: Expected::Anywhere,
        });
        changes.extend(changed);
    }
    changes
}

fn gather<'f>(fields: &'f [Field], all: &mut Vec<&'f Field>) {
    for field in fields {
        all.push(field);
        gather(&field.fields, all);
    }
}

/// Returns the page with another literal part of the path.
fn of_path(form: &Form, page: &Page, text: &str) -> Option<Change> {
    let (_, path) = form.path.value.split_once("/v").unwrap_or(("", &form.path.value));
    let literal = path.rsplit('/').find(|part| !part.contains(['{', '?', '(']) && part.len() > 3)?;
    let other = source::other_name(literal)?;
    let is_url = |kind: FactKind| matches!(kind, FactKind::Path | FactKind::RequestExample | FactKind::Server);
    let lines = page.facts.iter().filter(|fact| is_url(fact.kind)).map(|fact| fact.line);
    let expected = Expected::Lines(lines.collect());
    let text = source::replaced_in_line(text, form.path.line, literal, &other)?;
    Some(Change { kind: "path", what: format!("L{} {literal} -> {other}", form.path.line), text, expected })
}

/// Returns, for each table, the page with the table without rows.
fn of_tables(page: &Page, text: &str, format: Format) -> Vec<Change> {
    let is_name = |kind: FactKind| matches!(kind, FactKind::Parameter | FactKind::Property | FactKind::ResponseHeader);
    let rows: Vec<&Fact> =
        page.facts.iter().filter(|fact| is_name(fact.kind) && !fact.words.starts_with('{')).collect();
    let (mut changes, mut end) = (Vec::new(), 0);
    for fact in &rows {
        if fact.line < end {
            continue;
        }
        let Some((text, removed)) = source::emptied(text, format, fact.line) else { continue };
        end = removed.end;
        let names = rows.iter().filter(|row| removed.contains(&row.line)).map(|row| row.subject.clone());
        let names: Vec<String> = names.collect();
        // These headers are no parameters in OpenAPI.
        if names.iter().all(|name| OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str())) {
            continue;
        }
        let what = format!("L{}-{}", removed.start, removed.end);
        changes.push(Change { kind: "a table without rows", what, text, expected: Expected::Fields(names) });
    }
    changes
}

/// Returns the page with a fact changed.
fn of_fact(fact: &Fact, page: &Page, text: &str) -> Option<Change> {
    let words = fact.words.as_str();
    let (kind, other) = match fact.kind {
        FactKind::Method => ("method", if words == "PUT" { "GET".to_owned() } else { "PUT".to_owned() }),
        FactKind::Parameter | FactKind::Property | FactKind::ResponseHeader if !words.starts_with('{') => {
            ("name", source::other_name(words)?)
        }
        FactKind::Mandatory => ("mandatory", source::opposite(words)?.to_owned()),
        FactKind::Type => ("type", if words == "String" { "Long".to_owned() } else { "String".to_owned() }),
        FactKind::Bound => ("bound", source::other_number(words)?),
        FactKind::Default => ("default", source::other_word(words)?),
        FactKind::Values => ("values", source::other_word(words)?),
        FactKind::RequestExample | FactKind::ResponseExample => return of_example(fact, page, text),
        FactKind::Status if words.contains(&fact.subject) => {
            ("status", words.replace(&fact.subject, &(fact.subject.parse::<u16>().ok()? + 7).to_string()))
        }
        _ => return None,
    };
    // OpenAPI has the media type of the body in place of these headers.
    let has_body = page.body.as_ref().is_some_and(|body| body.exists.value);
    let is_media_type = fact.kind == FactKind::Values && has_body && fact.subject.eq_ignore_ascii_case("content-type");
    let is_own = OWN_HEADERS.contains(&fact.subject.to_ascii_lowercase().as_str()) && !is_media_type;
    if other.eq_ignore_ascii_case(words) || is_own {
        return None;
    }
    // The source has the target of the link between the words of a linked type.
    let is_linked = text.lines().nth(fact.line.checked_sub(1)?).is_some_and(|line| line.contains(":ref:"));
    if is_linked && fact.kind == FactKind::Type {
        return None;
    }
    let text = source::replaced_in_line(text, fact.line, words, &other)?;
    let mut lines = vec![fact.line];
    // A placeholder has the name of its row, and an example has the method and the status of the page.
    let is_related = |other: &&Fact| {
        let is_example = matches!(other.kind, FactKind::RequestExample | FactKind::ResponseExample);
        match fact.kind {
            FactKind::Method => is_example || other.kind == FactKind::Path,
            FactKind::Status => true,
            FactKind::Parameter => other.subject == fact.subject || other.kind == FactKind::Path,
            _ => other.subject == fact.subject && !fact.subject.is_empty(),
        }
    };
    lines.extend(page.facts.iter().filter(is_related).map(|other| other.line));
    let subject = if kind == "name" { source::other_name(&fact.subject)? } else { fact.subject.clone() };
    let expected = Expected::LinesOrField(lines, subject);
    Some(Change { kind, what: format!("L{} {words} -> {other}", fact.line), text, expected })
}

/// Returns the page with another value of a member of an example.
fn of_example(fact: &Fact, page: &Page, text: &str) -> Option<Change> {
    let is_read =
        page.request_examples.iter().any(|example| example.body.as_ref().is_some_and(|body| body.line <= fact.line))
            || page.response_examples.iter().any(|example| example.body.line <= fact.line);
    let changed = source::other_member(text, fact.line, &fact.words).filter(|_| is_read)?;
    let what = format!("L{} {}", fact.line, fact.words);
    Some(Change { kind: "example", what, text: changed, expected: Expected::Lines(vec![fact.line]) })
}

/// Returns the page without a row, and with the row twice under two names.
fn of_row(field: &Field, page: &Page, text: &str, format: Format) -> Vec<Change> {
    let name = &field.name.value;
    if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
        return Vec::new();
    }
    let Some(Edit { removed, doubled, added }) = source::row(text, format, field.name.line, &field.name.words) else {
        return Vec::new();
    };
    let subjects = page.facts.iter().filter(|fact| fact.subject == *name);
    // Placeholders of the path stay in the URL.
    let lines: Vec<usize> = subjects.map(|fact| fact.line).chain(added).collect();
    vec![
        Change {
            kind: "a row less",
            what: format!("L{} {name}", field.name.line),
            text: removed,
            expected: Expected::Field(name.clone()),
        },
        Change {
            kind: "a row more",
            what: format!("L{} {name}", field.name.line),
            text: doubled,
            expected: Expected::Lines(lines),
        },
    ]
}
