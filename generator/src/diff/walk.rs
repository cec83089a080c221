//! The walk over two documents: what has been found, and who uses the components it was found in.

use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::diff::rules;
use crate::diff::rules::{Rule, ValueRule};
use crate::diff::schema::all_of::Whole;
use crate::diff::schema::equality::lone_ref;
use crate::diff::{Change, Direction, Side, Verdict};
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};
use crate::surface::Place;

/// What holds a value; the rules' ids name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    Parameter,
    Body,
    Property,
    Header,
}

impl Holder {
    fn word(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Property => "property",
            Self::Header => "header",
        }
    }
}

/// Where a comparison is: whose messages, what holds the value, and its path as people say it.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub direction: Direction,
    pub holder: Holder,
    pub path: String,
    /// Whether it has been told whether the value may be null.
    pub null_is_told: bool,
    /// What is in force for the value beside the schema that is compared, where that is part of an `allOf`.
    pub whole: Option<Rc<Whole>>,
}

impl Site {
    pub(super) fn new(direction: Direction, holder: Holder, path: impl Into<String>) -> Self {
        Self { direction, holder, path: path.into(), null_is_told: false, whole: None }
    }

    /// A part of the value here.
    pub(super) fn part(&self, step: &str) -> Self {
        Self::new(self.direction, Holder::Property, format!("{}{step}", self.path))
    }

    /// The same value, seen as one of its alternatives.
    pub(super) fn alternative(&self, step: &str) -> Self {
        let path = format!("{}{step}", self.path);
        Self { whole: self.whole.clone(), ..Self::new(self.direction, self.holder, path) }
    }
}

/// Who speaks: an operation, a component in one direction, or the document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Speaker<'a> {
    Document,
    Operation(String),
    Schema {
        old: &'a str,
        new: &'a str,
        direction: Direction,
    },
    /// A parameter, a body, a response or a header that is used by reference, and where it is declared.
    Shared(Pointer, Pointer),
}

/// Two components that are yet to be compared.
struct Open<'a> {
    speaker: usize,
    old: &'a Schema,
    new: &'a Schema,
    site: Site,
}

pub(super) struct Walk<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    changes: Vec<(usize, Change)>,
    speakers: Vec<Speaker<'a>>,
    indices: HashMap<Speaker<'a>, usize>,
    /// Who uses a speaker.
    users: Vec<HashSet<usize>>,
    speaker: usize,
    open: VecDeque<Open<'a>>,
    /// The pairs that are being compared: what is met again within itself adds nothing.
    pub under_way: HashSet<(*const Schema, *const Schema)>,
    /// The names of the older components that were compared with something.
    pub met: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: Side<'a>, new: Side<'a>) -> Self {
        let mut walk = Self {
            old,
            new,
            changes: Vec::new(),
            speakers: Vec::new(),
            indices: HashMap::new(),
            users: Vec::new(),
            speaker: 0,
            open: VecDeque::new(),
            under_way: HashSet::new(),
            met: HashSet::new(),
        };
        walk.speaker(Speaker::Document);
        walk
    }

    /// The index of a speaker, and whether it is new.
    fn speaker(&mut self, speaker: Speaker<'a>) -> (usize, bool) {
        if let Some(index) = self.indices.get(&speaker) {
            return (*index, false);
        }
        let index = self.speakers.len();
        self.speakers.push(speaker.clone());
        self.indices.insert(speaker, index);
        self.users.push(HashSet::new());
        (index, true)
    }

    /// What follows is said of an operation.
    pub(super) fn speak_of_operation(&mut self, label: &str) {
        self.speaker = self.speaker(Speaker::Operation(label.to_owned())).0;
    }

    /// What follows is said of the document.
    pub(super) fn speak_of_document(&mut self) {
        self.speaker = 0;
    }

    /// Compares a piece that several operations may share: the first tells what is different, and the others are counted.
    pub(super) fn shared(&mut self, old: &Pointer, new: &Pointer, compare: impl FnOnce(&mut Self)) {
        let is_own = |pointer: &Pointer| pointer.starts_with("/paths/") && !is_of_path_item(pointer);
        if is_own(old) && is_own(new) {
            return compare(self);
        }
        let user = self.speaker;
        let (speaker, is_new) = self.speaker(Speaker::Shared(old.clone(), new.clone()));
        self.users[speaker].insert(user);
        if is_new {
            self.speaker = speaker;
            compare(self);
            self.speaker = user;
        }
    }

    /// Compares what stands at two places where schemas are used.
    pub(super) fn schemas(&mut self, old: &'a SchemaRef, new: &'a SchemaRef, site: Site) {
        let (old, new) = (lone_ref(old), lone_ref(new));
        let (Some(old_schema), Some(new_schema)) = (self.older(old), self.newer(new)) else { return };
        if let SchemaRef::Component { name, .. } = old {
            self.met.insert(name);
        }
        let (SchemaRef::Component { name: old_name, .. }, SchemaRef::Component { name: new_name, .. }) = (old, new)
        else {
            return self.compare_schemas(old_schema, new_schema, &site);
        };
        let key = Speaker::Schema { old: old_name, new: new_name, direction: site.direction };
        let (speaker, is_new) = self.speaker(key);
        self.users[speaker].insert(self.speaker);
        if is_new {
            let path = new_name.clone();
            self.open.push_back(Open {
                speaker,
                old: old_schema,
                new: new_schema,
                site: Site::new(site.direction, site.holder, path),
            });
        }
    }

    /// Compares the components that were met.
    pub(super) fn run(&mut self) {
        while let Some(Open { speaker, old, new, site }) = self.open.pop_front() {
            self.speaker = speaker;
            self.compare_schemas(old, new, &site);
        }
        let (old, new) = (self.old.document, self.new.document);
        self.speak_of_document();
        for (name, schema) in &old.schemas {
            if !new.schemas.contains_key(name) && !self.met.contains(name.as_str()) {
                let message = format!("the schema `{name}` is gone");
                self.push(&rules::SCHEMA_REMOVED, name, message, Some(&schema.pointer), None);
            }
        }
    }

    pub(super) fn older(&self, schema: &'a SchemaRef) -> Option<&'a Schema> {
        resolved(self.old, schema)
    }

    pub(super) fn newer(&self, schema: &'a SchemaRef) -> Option<&'a Schema> {
        resolved(self.new, schema)
    }

    /// Tells a change under a rule.
    pub(super) fn push(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        message: impl Into<String>,
        old: Option<&Pointer>,
        new: Option<&Pointer>,
    ) {
        let place =
            |side: Side<'_>, pointer: &Pointer| Place { file: side.document.file.clone(), pointer: pointer.clone() };
        let change = Change {
            rule: rule.id.to_owned(),
            verdict: Verdict::Wire { level: rule.level, direction: rule.direction },
            subject: subject.to_owned(),
            message: message.into(),
            reason: rule.reason,
            old: old.map(|pointer| place(self.old, pointer)),
            new: new.map(|pointer| place(self.new, pointer)),
        };
        self.changes.push((self.speaker, change));
    }

    /// Tells a change of a value.
    pub(super) fn push_value(
        &mut self,
        rule: &'static ValueRule,
        site: &Site,
        message: impl Into<String>,
        old: &Pointer,
        new: &Pointer,
    ) {
        self.push(rule.of(site.direction), &site.path, message, Some(old), Some(new));
        if let Some((_, change)) = self.changes.last_mut() {
            change.rule = change.rule.replace('*', site.holder.word());
        }
    }

    /// The changes, each with who uses what it is about. What several say of one place is told once.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let mut order: Vec<(&Change, Vec<usize>)> = Vec::new();
        let mut indices = HashMap::new();
        for (speaker, change) in &self.changes {
            let (old, new) = (change.old.as_ref().map(|at| &at.pointer), change.new.as_ref().map(|at| &at.pointer));
            let key = (&change.rule, &change.subject, &change.message, old, new, self.is_schema(*speaker));
            let index = *indices.entry(key).or_insert(order.len());
            match order.get_mut(index) {
                Some((_, speakers)) => speakers.push(*speaker),
                None => order.push((change, vec![*speaker])),
            }
        }
        let told = order.into_iter().map(|(change, speakers)| {
            let subject = self.subject(&speakers, &change.subject);
            Change { subject, ..change.clone() }
        });
        told.collect()
    }

    fn is_schema(&self, speaker: usize) -> Option<Direction> {
        match &self.speakers[speaker] {
            Speaker::Schema { direction, .. } => Some(*direction),
            _ => None,
        }
    }

    fn subject(&self, speakers: &[usize], path: &str) -> String {
        let first = speakers.first().map(|speaker| &self.speakers[*speaker]);
        match (first, speakers) {
            (None | Some(Speaker::Document), _) => path.to_owned(),
            (Some(Speaker::Schema { old, new, direction }), _) => {
                let was = if old == new { String::new() } else { format!(" (it was `{old}`)") };
                format!("{path}{was} in {direction}s of {}", self.used_by(speakers))
            }
            (Some(Speaker::Operation(label)), [_]) if path.is_empty() => label.clone(),
            (Some(Speaker::Operation(label)), [_]) => format!("{label}, {path}"),
            _ if path.is_empty() => self.used_by(speakers),
            _ => format!("{path} of {}", self.used_by(speakers)),
        }
    }

    /// The operations that use what speaks: the only one, or how many there are and the first.
    fn used_by(&self, speakers: &[usize]) -> String {
        let mut seen: HashSet<usize> = speakers.iter().copied().collect();
        let mut open = speakers.to_vec();
        let mut operations = Vec::new();
        while let Some(next) = open.pop() {
            if let Speaker::Operation(label) = &self.speakers[next] {
                operations.push((next, label));
            }
            open.extend(self.users[next].iter().copied().filter(|user| seen.insert(*user)));
        }
        operations.sort_unstable();
        match operations.as_slice() {
            [] => "no operation".to_owned(),
            [(_, only)] => (*only).clone(),
            [(_, first), ..] => format!("{} operations, the first is {first}", operations.len()),
        }
    }
}

/// What a schema says that stands in place, or the component that it refers to.
pub(super) fn resolved<'a>(side: Side<'a>, schema: &'a SchemaRef) -> Option<&'a Schema> {
    match schema {
        SchemaRef::Inline(schema) => Some(schema),
        SchemaRef::Component { name, .. } => side.document.schemas.get(name),
    }
}

/// Whether it is a parameter that a path item says for all its operations.
fn is_of_path_item(pointer: &Pointer) -> bool {
    pointer.as_str().split('/').nth(3) == Some("parameters")
}
