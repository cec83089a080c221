//! The findings of one document, gathered stage by stage.

use std::ops::Range;

use crate::finding::{Code, Finding, Focus, Missing, Related, Severity, cascade};
use crate::pointer::Pointer;

/// The findings of one document, gathered stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    file: String,
    list: Vec<Finding>,
    origins: Vec<Origin>,
    at_odds: Vec<Pointer>,
}

/// A piece of the tree that comes from another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it stands in the tree.
    pub here: Pointer,
    /// The file that it comes from.
    pub file: String,
    /// Where it stands there.
    pub there: Pointer,
}

impl Findings {
    /// No findings yet about the document that the user calls `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), list: Vec::new(), origins: Vec::new(), at_odds: Vec::new() }
    }

    /// Adds a finding with the code's own severity.
    pub fn add(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: impl Into<String>) {
        self.list.push(Finding {
            code,
            severity: code.severity(),
            file: self.file.clone(),
            pointer: pointer.clone(),
            focus: code.focus(),
            message: message.into(),
            remedy: remedy.into(),
            consequence: None,
            related: Vec::new(),
            missing: None,
            also: Vec::new(),
        });
    }

    /// Adds a finding about these bytes of the text, which need not be well-formed.
    pub fn add_at(&mut self, code: Code, bytes: Range<usize>, message: impl Into<String>, remedy: impl Into<String>) {
        self.add(code, &Pointer::root(), message, remedy);
        self.focus(Focus::Bytes(bytes));
    }

    /// Adds a finding about a piece of which something right can be made; `consequence` says what.
    pub fn add_mendable(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
        consequence: &'static str,
    ) {
        let mark = self.mark();
        self.add(code, pointer, message, remedy);
        self.settle(mark, code, Some(consequence));
    }

    /// Says which part of its place the last finding is about, where that is not what its code says.
    pub fn focus(&mut self, focus: Focus) {
        if let Some(finding) = self.list.last_mut() {
            finding.focus = focus;
        }
    }

    /// Tells another place that the last finding speaks of.
    pub fn relate(&mut self, pointer: &Pointer, focus: Focus, label: impl Into<String>) {
        let file = self.file.clone();
        if let Some(finding) = self.list.last_mut() {
            finding.related.push(Related { file, pointer: pointer.clone(), focus, label: label.into() });
        }
    }

    /// Says that the last finding is about something that is not at `place`, whether it misses it or is why it is not there.
    pub fn miss(&mut self, place: &Pointer) {
        let file = self.file.clone();
        self.miss_in(file, place.clone());
    }

    /// The same for a place in another file.
    pub fn miss_in(&mut self, file: String, place: Pointer) {
        if let Some(finding) = self.list.last_mut() {
            finding.missing = Some(Missing { file, place });
        }
    }

    /// Says that these places are at fault for the same reason as that of the last finding.
    pub fn extend_to(&mut self, places: impl IntoIterator<Item = Pointer>) {
        if let Some(finding) = self.list.last_mut() {
            finding.also.extend(places);
        }
    }

    /// Says what becomes of the pieces that the findings of kind `code` since `mark` are about, where the user goes on without
    /// what is wrong.
    pub fn settle(&mut self, mark: usize, code: Code, consequence: Option<&'static str>) {
        let since = self.list.iter_mut().skip(mark);
        since.filter(|finding| finding.code == code).for_each(|finding| finding.consequence = consequence);
    }

    /// Makes warnings of the errors about pieces of which something right has been made.
    pub fn soften_mended(&mut self) {
        self.soften(|finding| finding.consequence.is_some());
    }

    /// Makes warnings of the errors that `bearable` picks; what becomes of what they are about is their consequence.
    pub fn soften(&mut self, bearable: impl Fn(&Finding) -> bool) {
        let errors = self.list.iter_mut().filter(|finding| finding.is_error());
        for finding in errors.filter(|finding| bearable(finding)) {
            finding.consequence = Some(finding.consequence());
            finding.severity = Severity::Warning;
        }
    }

    /// Whether any finding stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Finding::is_error)
    }

    /// Whether any finding added after `mark` stops the run.
    pub fn has_errors_since(&self, mark: usize) -> bool {
        self.list[mark..].iter().any(Finding::is_error)
    }

    /// All findings so far.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// How many findings there are so far; a mark for [`Findings::has_errors_since`].
    pub fn mark(&self) -> usize {
        self.list.len()
    }

    /// Keeps the findings for which `keep` answers true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.list.retain(keep);
    }

    /// Adds a sentence to the last finding of kind `code`.
    pub fn add_to_last(&mut self, code: Code, sentence: &str) {
        if let Some(last) = self.list.iter_mut().rfind(|finding| finding.code == code) {
            last.message = format!("{} {sentence}", last.message);
        }
    }

    /// Remembers that the example at `pointer` contradicts its schema by something that is told where the schema stands.
    pub fn add_at_odds(&mut self, pointer: &Pointer) {
        self.at_odds.push(pointer.clone());
    }

    /// The examples that contradict their schemas by something that is told where the schema stands.
    pub fn at_odds(&self) -> &[Pointer] {
        &self.at_odds
    }

    /// Whether the example at `pointer` contradicts its schema, by a finding of its own or by one about the schema.
    pub fn is_contradicted(&self, pointer: &Pointer) -> bool {
        let contradicts =
            |finding: &Finding| finding.code == Code::ExampleInvalid && finding.pointer.is_within(pointer);
        self.at_odds.contains(pointer) || self.iter().any(contradicts)
    }

    /// Remembers that a piece of the tree comes from another file: findings in it are about that file.
    pub fn add_origin(&mut self, origin: Origin) {
        self.origins.push(origin);
    }

    /// Where a piece comes from that stands at `pointer` in the tree; `None` where that is the document itself.
    pub fn origin(&self, pointer: &Pointer) -> Option<(&str, Pointer)> {
        let around = self.origins.iter().filter(|origin| pointer.is_within(&origin.here));
        // A piece may hold a piece of a third file: the innermost counts.
        let origin = around.max_by_key(|origin| origin.here.as_str().len())?;
        Some((&origin.file, pointer.rebased(&origin.here, &origin.there)))
    }

    /// Puts the references that lead nowhere into the order of `rank`: the first of several is the one that is told.
    pub fn sort_references<K: Ord>(&mut self, rank: impl Fn(&Pointer) -> K) {
        let is_lost = |finding: &Finding| finding.missing.is_some() && finding.code.is_lost_reference();
        let places: Vec<usize> =
            (0..self.list.len()).filter(|index| self.list.get(*index).is_some_and(is_lost)).collect();
        let mut lost: Vec<Finding> = self.list.iter().filter(|finding| is_lost(finding)).cloned().collect();
        lost.sort_by_cached_key(|finding| rank(&finding.pointer));
        for (index, finding) in places.into_iter().zip(lost) {
            if let Some(place) = self.list.get_mut(index) {
                *place = finding;
            }
        }
    }

    /// Takes over the findings about another file.
    pub fn absorb(&mut self, other: Self) {
        self.list.extend(other.into_vec());
    }

    /// The findings themselves, each in the file that it is about.
    pub fn into_vec(self) -> Vec<Finding> {
        let Self { file, mut list, origins, .. } = self;
        cascade::fold(&mut list);
        // Most documents stand alone.
        if origins.is_empty() {
            return list;
        }
        for finding in &mut list {
            if finding.file == file {
                move_home(&mut finding.file, &mut finding.pointer, &origins);
            }
            for related in finding.related.iter_mut().filter(|related| related.file == file) {
                move_home(&mut related.file, &mut related.pointer, &origins);
            }
        }
        list
    }
}

/// Calls a place by the file that it comes from.
fn move_home(file: &mut String, pointer: &mut Pointer, origins: &[Origin]) {
    // A reference that the piece is written over stands in the document itself.
    let is_about = |origin: &&Origin| pointer.is_within(&origin.here) && *pointer != origin.here.join("$ref");
    // A piece may hold a piece of a third file: the innermost counts.
    if let Some(origin) = origins.iter().filter(is_about).max_by_key(|origin| origin.here.as_str().len()) {
        *pointer = pointer.rebased(&origin.here, &origin.there);
        file.clone_from(&origin.file);
    }
}
