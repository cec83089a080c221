//! Findings with their lines and columns. They are printed as text, as JSON, or as annotations of GitHub Actions.

use std::collections::HashMap;

use annotate_snippets::{Group, Level, Renderer};
use serde_json::{Value, json};

use crate::finding::abbreviation::without_middle;
use crate::finding::code::{Code, Severity};
use crate::finding::focus::Focus;
use crate::finding::model::{Finding, Purpose};
use crate::finding::place::{Place, Places};
use crate::finding::render::excerpt::{Mark, excerpts};
use crate::finding::render::reference_chain::{Link, ReferenceChains};
use crate::pointer::Pointer;
use crate::text::printable::{printable, printable_json};

/// A finding, with its line and column in the text of its file.
#[derive(Debug)]
pub struct Placed<'a> {
    finding: &'a Finding,
    text: &'a str,
    place: Option<Place>,
    /// For each element of [`Finding::related`]: the content of the file that the element names, and the line and column of the
    /// element.
    related: Vec<(&'a str, Option<Place>)>,
    /// The chain of references from an operation to the finding, in reverse order: the reference nearest to the finding is first.
    chain: Vec<Link>,
    purpose: Purpose,
}

/// Returns the `findings` of a `generate` run with their lines and columns, sorted by file and position. `texts` maps file names
/// to contents.
pub fn placed<'a>(findings: &'a [Finding], texts: &HashMap<&str, &'a str>) -> Vec<Placed<'a>> {
    placed_for(Purpose::Crate, findings, texts)
}

/// Does the same as [`placed`] for any command. `purpose` is the command. It determines how the effect of a finding is worded.
pub fn placed_for<'a>(purpose: Purpose, findings: &'a [Finding], texts: &HashMap<&str, &'a str>) -> Vec<Placed<'a>> {
    let mut wanted: HashMap<&str, Vec<(&Pointer, &Focus)>> = HashMap::new();
    for finding in findings {
        wanted.entry(&finding.file).or_default().push((&finding.pointer, &finding.focus));
        for related in &finding.related {
            wanted.entry(&related.file).or_default().push((&related.pointer, &related.focus));
        }
    }
    let needs_chain = |finding: &Finding| finding.pointer.starts_with("/") && !finding.pointer.starts_with("/paths/");
    if findings.iter().any(needs_chain) {
        // The references that lead to a finding outside `/paths` may be in any file.
        texts.keys().for_each(|file| _ = wanted.entry(file).or_default());
    }
    let text_of = |file: &str| texts.get(file).copied().unwrap_or_default();
    // A documentation page is no YAML: its places are ranges of bytes.
    let is_page = |wanted: &[(&Pointer, &Focus)]| {
        !wanted.is_empty() && wanted.iter().all(|(_, focus)| matches!(focus, Focus::Bytes(_)))
    };
    let places = |(file, wanted): (_, Vec<(&Pointer, &Focus)>)| match is_page(&wanted) {
        true => (file, Places::of_bytes(text_of(file))),
        false => (file, Places::of(text_of(file), wanted)),
    };
    let atlas: HashMap<&str, Places<'_>> = wanted.into_iter().map(places).collect();
    let place = |file: &str, pointer, focus| atlas.get(file)?.place(pointer, focus);
    let chains = ReferenceChains::of(&atlas);
    let one = |finding: &'a Finding| Placed {
        finding,
        text: text_of(&finding.file),
        place: place(&finding.file, &finding.pointer, &finding.focus),
        related: finding
            .related
            .iter()
            .map(|other| (text_of(&other.file), place(&other.file, &other.pointer, &other.focus)))
            .collect(),
        chain: if needs_chain(finding) { chains.leading_to(&finding.file, &finding.pointer) } else { Vec::new() },
        purpose,
    };
    let mut placed: Vec<Placed<'a>> = findings.iter().map(one).collect();
    let mut files: HashMap<&str, usize> = HashMap::new();
    for finding in findings {
        let next = files.len();
        files.entry(&finding.file).or_insert(next);
    }
    placed.sort_by_key(|placed| {
        let start = placed.place.as_ref().map(|place| place.bytes.start);
        (files.get(placed.finding.file.as_str()).copied(), start, placed.finding.code)
    });
    placed
}

impl Placed<'_> {
    /// Returns the code of the finding.
    pub fn code(&self) -> Code {
        self.finding.code
    }

    /// Returns the name of the file of the finding.
    pub fn file(&self) -> &str {
        &self.finding.file
    }

    /// Renders the finding as text: message, excerpt, JSON pointer, effect and remedy.
    pub fn text(&self, styled: bool) -> String {
        let finding = self.finding;
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let id = format!("{} {}", finding.code.number(), finding.code.id());
        let (message, remedy) = (printable(&finding.message), printable(&finding.remedy));
        let group = Group::with_title(level.primary_title(message).id(&id));
        let others = finding.related.iter().zip(&self.related).filter_map(|(related, (text, place))| {
            Some(Mark { file: &related.file, text, place: place.as_ref()?, label: Some(&related.label) })
        });
        let notes = self.notes();
        let mark = |place| Mark { file: &finding.file, text: self.text, place, label: None };
        let elements = excerpts(&finding.file, self.place.as_ref().map(mark), others.collect());
        let group = elements.into_iter().fold(group, Group::element);
        let group = notes.iter().fold(group, |group, note| group.element(Level::NOTE.message(printable(note))));
        let group = group.element(Level::HELP.message(remedy));
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group]).to_string()
    }

    /// Returns the notes below the excerpt: the JSON pointer, the chain of references that leads to it, and the effect on the
    /// run.
    fn notes(&self) -> Vec<String> {
        let pointer = &self.finding.pointer;
        let at = (*pointer != Pointer::root()).then(|| format!("at #{pointer}"));
        let link = |link: &Link| format!("{}:{}:{}", link.file, link.place.line, link.place.column);
        let links: Vec<String> = self.chain.iter().map(link).collect();
        let chain =
            (!links.is_empty()).then(|| format!("referenced from {}", links.join(", which is referenced from ")));
        // A JSON pointer or a file name can be long.
        at.into_iter().chain(chain).chain(self.finding.effect(self.purpose)).map(without_middle).collect()
    }

    /// Renders the finding as a JSON object on one line.
    pub fn json(&self) -> String {
        let finding = self.finding;
        let related = finding.related.iter().zip(&self.related).map(|(related, (text, place))| {
            let mut object = located(&related.file, &related.pointer, text, place.as_ref());
            object["message"] = related.label.as_str().into();
            object
        });
        let chain = self.chain.iter().map(|link| {
            json!({
                "file": link.file, "line": link.place.line, "column": link.place.column, "pointer": link.pointer.as_str(),
            })
        });
        let mut object = json!({
            "code": finding.code.number(),
            "id": finding.code.id(),
            "severity": finding.severity.word(),
        });
        if let (Value::Object(object), Value::Object(place)) =
            (&mut object, located(&finding.file, &finding.pointer, self.text, self.place.as_ref()))
        {
            object.extend(place);
            object.insert("message".to_owned(), finding.message.as_str().into());
            object.insert("consequence".to_owned(), finding.effect(self.purpose).into());
            object.insert("remedy".to_owned(), finding.remedy.as_str().into());
            object.insert("related".to_owned(), related.collect());
            object.insert("chain".to_owned(), chain.collect());
            object.insert(
                "also".to_owned(),
                finding.other_places.iter().map(|place| Value::from(place.as_str())).collect(),
            );
        }
        printable_json(&object.to_string()).into_owned()
    }

    /// Renders the finding as an annotation of GitHub Actions.
    pub fn github(&self) -> String {
        // `printable` escapes line breaks, so a text from a document cannot start another annotation.
        let escape = |text: &str| printable(text).replace('%', "%25");
        let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
        let finding = self.finding;
        let place = self.place.as_ref().map(|place| {
            let end = end_column(self.text, place).map(|end| format!(",endColumn={end}")).unwrap_or_default();
            format!(",line={},col={}{end}", place.line, place.column)
        });
        let title = property(&format!("{} {}", finding.code.number(), finding.code.id()));
        let text = escape(&format!("{} (#{}) {}", finding.message, finding.pointer, finding.remedy));
        let word = match finding.severity {
            Severity::Note => "notice",
            severity => severity.word(),
        };
        let file = property(&finding.file);
        format!("::{word} file={file}{},title={title}::{text}", place.unwrap_or_default())
    }
}

/// Returns a JSON object with the members `file`, `line`, `column`, `end_column` and `pointer`.
fn located(file: &str, pointer: &Pointer, text: &str, place: Option<&Place>) -> Value {
    json!({
        "file": file,
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "end_column": place.and_then(|place| end_column(text, place)),
        "pointer": pointer.as_str(),
    })
}

/// Returns the column after the underlined characters; `None` if there are none, or if they span more than one line.
fn end_column(text: &str, place: &Place) -> Option<usize> {
    let written = text.get(place.bytes.clone()).filter(|written| !written.is_empty() && !written.contains('\n'))?;
    Some(place.column + written.chars().count())
}
