//! The findings of one document, collected stage by stage.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::finding::abbreviation::without_middle;
use crate::finding::cascade;
use crate::finding::code::{Code, Severity};
use crate::finding::focus::Focus;
use crate::finding::misspelt_keys::MisspeltKeys;
use crate::finding::model::{Finding, Missing, Related};
use crate::finding::place_set::PlaceSet;
use crate::finding::skipped_places::SkippedPlaces;
use crate::pointer::Pointer;

/// The largest number of related JSON pointers of one finding. More of them would not help a reader.
const MOST_RELATED: usize = 20;

/// The findings of one document, collected stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    file: String,
    list: Vec<Finding>,
    /// The origins of copied subtrees, by the JSON pointer of the copy.
    origins: HashMap<Pointer, Origin>,
    invalid_examples: Vec<Pointer>,
    /// The places of `list` that [`Findings::has_skipped`] asks for.
    skipped: SkippedPlaces,
    /// The places of `list` that [`Findings::has_misspelling_of`] asks for.
    misspelt: MisspeltKeys,
    /// The places of `list` that [`Findings::is_misspelt_media_type`] asks for.
    misspelt_media_types: HashSet<Pointer>,
    /// The places of `list` that [`Findings::explains_invalid_values_of`] asks for.
    schema_mistakes: PlaceSet,
}

/// Returns whether findings with this code report a mistake in a schema because of which valid values violate the schema.
fn is_schema_mistake(code: Code) -> bool {
    matches!(code, Code::UndeclaredRequired | Code::ContradictoryBounds | Code::DoubtfulPattern)
}

/// The origin of a subtree that was copied into the document from another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The JSON pointer of the copied subtree in the document.
    pub here: Pointer,
    /// The file from which the subtree was copied.
    pub file: String,
    /// The JSON pointer of the original subtree in `file`.
    pub there: Pointer,
}

impl Findings {
    /// Creates an empty collection. `file` is the name of the document, as the user gave it.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// Adds a finding with the default severity and the default focus of its code. The middle of a text with more than 2,000
    /// characters is left out.
    pub fn add(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: impl Into<String>) {
        self.skipped.add(code, pointer);
        if code == Code::MisspeltMediaType {
            self.misspelt_media_types.insert(pointer.clone());
        }
        if is_schema_mistake(code) {
            self.schema_mistakes.insert(pointer);
        }
        self.list.push(Finding {
            code,
            severity: code.severity(),
            file: self.file.clone(),
            pointer: pointer.clone(),
            focus: code.focus(),
            message: without_middle(message.into()),
            remedy: without_middle(remedy.into()),
            consequence: None,
            related: Vec::new(),
            missing: None,
            other_places: Vec::new(),
        });
    }

    /// Adds a finding at a range of bytes instead of a JSON pointer. Values have no JSON pointers if the text is not
    /// well-formed YAML.
    pub fn add_at_bytes(
        &mut self,
        code: Code,
        bytes: Range<usize>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add(code, &Pointer::root(), message, remedy);
        self.set_focus(Focus::Bytes(bytes));
    }

    /// Adds a finding about a problem that `--skip-unsupported` repairs. `consequence` is a sentence about the repair, such as
    /// `The parameter is removed.`
    pub fn add_repairable(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
        consequence: &'static str,
    ) {
        let mark = self.mark();
        self.add(code, pointer, message, remedy);
        self.set_consequence(mark, code, Some(consequence));
    }

    /// Replaces the default focus (what the excerpt underlines) of the finding that was added last.
    pub fn set_focus(&mut self, focus: Focus) {
        if let Some(finding) = self.list.last_mut() {
            finding.focus = focus;
        }
    }

    /// Adds a related JSON pointer to the finding that was added last. The excerpt shows it with `label`. A
    /// finding has at most 20 related JSON pointers; any more are ignored.
    pub fn add_related(&mut self, pointer: &Pointer, focus: Focus, label: impl Into<String>) {
        let file = self.file.clone();
        if let Some(finding) = self.list.last_mut().filter(|finding| finding.related.len() < MOST_RELATED) {
            finding.related.push(Related { file, pointer: pointer.clone(), focus, label: label.into() });
            if is_schema_mistake(finding.code) {
                self.schema_mistakes.insert(pointer);
            }
        }
    }

    /// Adds a range of bytes of another file to the finding that was added last. The excerpt shows it with `label`.
    pub fn add_related_bytes(&mut self, file: &str, bytes: Range<usize>, label: impl Into<String>) {
        if let Some(finding) = self.list.last_mut().filter(|finding| finding.related.len() < MOST_RELATED) {
            let (file, pointer, focus) = (file.to_owned(), Pointer::root(), Focus::Bytes(bytes));
            finding.related.push(Related { file, pointer, focus, label: label.into() });
        }
    }

    /// Sets [`Finding::missing`] of the finding that was added last: the document has no value at the JSON pointer `place`.
    /// Either the rejected construct needs this value, or the reported problem is the reason why the value is missing.
    pub fn set_missing(&mut self, place: &Pointer) {
        let file = self.file.clone();
        self.set_missing_in(file, place.clone());
    }

    /// Does the same as [`Findings::set_missing`] for a JSON pointer in another file.
    pub fn set_missing_in(&mut self, file: String, place: Pointer) {
        let position = self.list.len().saturating_sub(1);
        if let Some(finding) = self.list.last_mut() {
            if finding.code == Code::UnknownKey {
                self.misspelt.add(position, &finding.pointer, &place);
            }
            finding.missing = Some(Missing { file, place });
        }
    }

    /// Adds to the last finding the JSON pointers of further values with the same problem.
    pub fn add_places(&mut self, places: impl IntoIterator<Item = Pointer>) {
        if let Some(finding) = self.list.last_mut() {
            finding.other_places.extend(places);
        }
    }

    /// Sets the field `consequence` of each finding that has this code and was added after [`Findings::mark`] returned `mark`.
    pub fn set_consequence(&mut self, mark: usize, code: Code, consequence: Option<&'static str>) {
        let since = self.list.iter_mut().skip(mark);
        since.filter(|finding| finding.code == code).for_each(|finding| finding.consequence = consequence);
    }

    /// Turns each error that has been repaired into a warning. An error has been repaired if its field `consequence` is set.
    pub fn downgrade_repaired(&mut self) {
        self.downgrade(|finding| finding.consequence.is_some());
    }

    /// Turns each error for which `is_allowed` returns `true` into a warning. Stores the result of [`Finding::consequence`] in
    /// the field `consequence` of the finding.
    pub fn downgrade(&mut self, is_allowed: impl Fn(&Finding) -> bool) {
        let errors = self.list.iter_mut().filter(|finding| finding.is_error());
        for finding in errors.filter(|finding| is_allowed(finding)) {
            finding.consequence = Some(finding.consequence());
            finding.severity = Severity::Warning;
        }
    }

    /// Turns the errors that were added since [`Findings::mark`] returned `mark` into warnings, because they leave only one meaning.
    /// `consequence` is a sentence about it.
    pub fn tolerate_since(&mut self, mark: usize, consequence: &'static str) {
        for finding in self.list[mark..].iter_mut().filter(|finding| finding.is_error()) {
            finding.consequence = Some(consequence);
            finding.severity = Severity::Warning;
        }
    }

    /// Returns whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Finding::is_error)
    }

    /// Returns whether an error was added since [`Findings::mark`] returned `mark`.
    pub fn has_errors_since(&self, mark: usize) -> bool {
        self.list[mark..].iter().any(Finding::is_error)
    }

    /// Iterates over all findings, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Returns the current number of findings. Pass it to [`Findings::has_errors_since`] and [`Findings::set_consequence`] later.
    pub fn mark(&self) -> usize {
        self.list.len()
    }

    /// Keeps the findings for which `keep` returns `true`.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        let before = self.list.len();
        self.list.retain(keep);
        if self.list.len() != before {
            self.index();
        }
    }

    /// Returns an empty collection for the same document.
    pub fn emptied(&self) -> Self {
        Self { file: self.file.clone(), origins: self.origins.clone(), ..Self::default() }
    }

    fn index(&mut self) {
        self.skipped = SkippedPlaces::default();
        self.misspelt = MisspeltKeys::default();
        self.misspelt_media_types = HashSet::new();
        self.schema_mistakes = PlaceSet::default();
        self.index_since(0);
    }

    /// Adds the findings since the position `mark` of the list to the index.
    fn index_since(&mut self, mark: usize) {
        for (position, finding) in self.list.iter().enumerate().skip(mark) {
            self.skipped.add(finding.code, &finding.pointer);
            match (finding.code, &finding.missing) {
                (Code::UnknownKey, Some(missing)) => self.misspelt.add(position, &finding.pointer, &missing.place),
                (Code::MisspeltMediaType, _) => _ = self.misspelt_media_types.insert(finding.pointer.clone()),
                _ => {}
            }
            if is_schema_mistake(finding.code) {
                let related = finding.related.iter().map(|related| &related.pointer);
                related.chain([&finding.pointer]).for_each(|place| self.schema_mistakes.insert(place));
            }
        }
    }

    pub(super) fn skipped(&self) -> &SkippedPlaces {
        &self.skipped
    }

    pub(super) fn misspelt(&self) -> &MisspeltKeys {
        &self.misspelt
    }

    pub(super) fn schema_mistakes(&self) -> &PlaceSet {
        &self.schema_mistakes
    }

    pub(super) fn misspelt_media_types(&self) -> &HashSet<Pointer> {
        &self.misspelt_media_types
    }

    /// Replaces the remedy of each finding for which `rewritten` returns a new one.
    pub(crate) fn rewrite_remedies(&mut self, rewritten: impl Fn(&Finding) -> Option<String>) {
        for finding in &mut self.list {
            if let Some(remedy) = rewritten(finding) {
                finding.remedy = remedy;
            }
        }
    }

    /// Records an invalid example that has no finding of its own, because the finding about its schema is sufficient.
    pub fn record_invalid_example(&mut self, pointer: &Pointer) {
        // The violations of one example are recorded one after the other.
        if self.invalid_examples.last() != Some(pointer) {
            self.invalid_examples.push(pointer.clone());
        }
    }

    /// Returns the JSON pointers of the invalid examples that have no findings of their own.
    pub fn recorded_invalid_examples(&self) -> &[Pointer] {
        &self.invalid_examples
    }

    /// Returns the JSON pointers of the examples that are known to violate their schemas: they have a finding, or were recorded by
    /// [`Findings::record_invalid_example`]. The result also has the JSON pointers of all values around these examples.
    pub fn invalid_examples(&self) -> HashSet<Pointer> {
        let found = self.iter().filter(|finding| finding.code == Code::ExampleInvalid);
        let mut pointers = HashSet::new();
        for finding in found {
            let mut around = Some(finding.pointer.clone());
            while let Some(pointer) = around {
                around = pointer.parent();
                if !pointers.insert(pointer) {
                    break;
                }
            }
        }
        pointers.extend(self.invalid_examples.iter().cloned());
        pointers
    }

    /// Records that a subtree of the document was copied from another file. Findings about the subtree name that file.
    pub fn add_origin(&mut self, origin: Origin) {
        self.origins.insert(origin.here.clone(), origin);
    }

    /// If the value at `pointer` was copied from another file, returns this file and the JSON pointer of the original value.
    pub fn origin(&self, pointer: &Pointer) -> Option<(&str, Pointer)> {
        // Most documents have no external references.
        if self.origins.is_empty() {
            return None;
        }
        let origin = innermost(&self.origins, pointer, |_| true)?;
        Some((&origin.file, pointer.rebased(&origin.here, &origin.there)))
    }

    /// Sorts the findings about references whose target is missing. `rank` returns the sort key for the JSON pointer of a
    /// finding. All other findings keep their positions.
    ///
    /// The order matters if several references have the same missing target: the user gets only the first of the findings about
    /// them.
    pub fn sort_lost_references<K: Ord>(&mut self, rank: impl Fn(&Pointer) -> K) {
        let is_lost = |finding: &Finding| finding.missing.is_some() && finding.code.is_lost_reference();
        let slots: Vec<usize> =
            (0..self.list.len()).filter(|index| self.list.get(*index).is_some_and(is_lost)).collect();
        let mut lost: Vec<Finding> = self.list.iter().filter(|finding| is_lost(finding)).cloned().collect();
        lost.sort_by_cached_key(|finding| rank(&finding.pointer));
        for (index, finding) in slots.into_iter().zip(lost) {
            if let Some(slot) = self.list.get_mut(index) {
                *slot = finding;
            }
        }
    }

    /// Adds a finding that another list contains.
    pub(crate) fn add_copy(&mut self, finding: &Finding) {
        let mark = self.mark();
        self.list.push(finding.clone());
        self.index_since(mark);
    }

    /// Appends the findings of another document.
    pub fn append(&mut self, other: Self) {
        let mark = self.mark();
        self.list.extend(other.into_vec());
        self.index_since(mark);
    }

    /// Returns the findings, except each finding that is only a consequence of another finding. A finding about a subtree that
    /// was copied from another file names that file.
    pub fn into_vec(self) -> Vec<Finding> {
        let Self { file, mut list, origins, .. } = self;
        cascade::fold(&mut list);
        // Most documents have no external references.
        if origins.is_empty() {
            return list;
        }
        for finding in &mut list {
            if finding.file == file {
                move_to_origin(&mut finding.file, &mut finding.pointer, &origins);
            }
            for related in finding.related.iter_mut().filter(|related| related.file == file) {
                move_to_origin(&mut related.file, &mut related.pointer, &origins);
            }
        }
        list
    }
}

/// Returns the innermost subtree around `pointer` that was copied from another file and for which `is_about` returns `true`. A
/// subtree from another file may contain a subtree from a third file.
fn innermost<'o>(
    origins: &'o HashMap<Pointer, Origin>,
    pointer: &Pointer,
    is_about: impl Fn(&Origin) -> bool,
) -> Option<&'o Origin> {
    let around = std::iter::successors(Some(pointer.clone()), Pointer::parent);
    around.filter_map(|outer| origins.get(&outer)).find(|origin| is_about(origin))
}

/// If the value at `pointer` was copied from another file, changes `file` to this file, and `pointer` to the JSON pointer of
/// the original value.
fn move_to_origin(file: &mut String, pointer: &mut Pointer, origins: &HashMap<Pointer, Origin>) {
    // A finding about the `$ref` itself still names the document, because only the target is in another file.
    if let Some(origin) = innermost(origins, pointer, |origin| *pointer != origin.here.join("$ref")) {
        *pointer = pointer.rebased(&origin.here, &origin.there);
        file.clone_from(&origin.file);
    }
}
