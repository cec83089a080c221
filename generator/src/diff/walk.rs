//! The state of a comparison of the requests and responses of two documents: the changes found so far, and the pairs of
//! components that remain to be compared.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::rc::Rc;

use crate::check::schema_walk::each_schema;
use crate::diff::change::{Change, Direction, Effect};
use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::ComparedValue;
use crate::diff::frame::{FrameIndex, Frames};
use crate::diff::rules::{self, Rule, ValueRule};
use crate::diff::schema::equality::Equalities;
use crate::diff::schema::wrapper::{compared_pair, unwrapped_ref};
use crate::diff::scheme_names::renamed_schemes;
use crate::diff::users::{UsingOperations, using_operations};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaRef};
use crate::surface::Place;

/// Where a change was found: in the document as a whole, in one operation, or in a component that two or more operations may use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Scope<'a> {
    Document,
    /// An operation, identified by its HTTP method and path, such as `GET /pets`.
    Operation(String),
    /// A component schema in requests, or in responses, depending on `direction`. `old` and `new` are its names in the two
    /// documents.
    Component {
        old: &'a str,
        new: &'a str,
        direction: Direction,
    },
    /// A parameter, request body, response or header that two or more operations may use, identified by its JSON Pointers in both
    /// documents.
    Shared(Pointer, Pointer),
}

/// The index of a [`Scope`] in `Walk::scopes`.
type ScopeIndex = usize;

/// The index of [`Scope::Document`], which is always the first scope.
const DOCUMENT: ScopeIndex = 0;

/// The maximum number of steps of all proofs of inclusion in one comparison.
const MOST_STEPS: usize = 3_000_000;

/// A change, and where it was found.
pub(super) struct FoundChange {
    scope: ScopeIndex,
    /// The comparison of two schemas that found the change; `None` if the change is not in a schema.
    pub frame: Option<FrameIndex>,
    pub rule: &'static Rule,
    change: Change,
}

/// A pair of component schemas that remains to be compared.
struct PendingComponent<'a> {
    scope: ScopeIndex,
    old: &'a Schema,
    new: &'a Schema,
    site: ComparedValue,
}

/// A comparison of the requests and responses of two documents, with the changes found so far.
pub(super) struct Walk<'a> {
    pub old: ComparedDocument<'a>,
    pub new: ComparedDocument<'a>,
    pub changes: Vec<FoundChange>,
    /// The pairs of schemas whose comparison has started.
    pub frames: Frames,
    /// The verdicts about schemas that may be equal in both documents.
    pub equalities: Rc<Equalities<'a>>,
    /// The older name of each renamed security scheme, by its newer name.
    pub renamed_schemes: HashMap<&'a str, &'a str>,
    /// Whether a schema of either document has a discriminator.
    pub has_discriminators: bool,
    /// The number of steps that remain for proofs of inclusion in the whole comparison.
    pub remaining_steps: usize,
    scopes: Vec<Scope<'a>>,
    indices: HashMap<Scope<'a>, ScopeIndex>,
    /// For each scope in `scopes`, the indices of the scopes that use it. For example, an operation uses a component.
    users: Vec<HashSet<ScopeIndex>>,
    /// The index of the scope that is being compared: the whole document, an operation or a component. Each change is stored
    /// with the scope in which it was found.
    current: ScopeIndex,
    pending: VecDeque<PendingComponent<'a>>,
    /// The pairs of schemas whose comparison has started and not ended. If a pair occurs again in a recursive schema, it is not
    /// compared again.
    pub in_progress: HashSet<(*const Schema, *const Schema)>,
    /// The names of the components of the older document that were compared with any schema of the newer document.
    compared: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: ComparedDocument<'a>, new: ComparedDocument<'a>) -> Self {
        let mut walk = Self {
            old,
            new,
            changes: Vec::new(),
            frames: Frames::default(),
            equalities: Rc::new(Equalities::new(old, new)),
            renamed_schemes: renamed_schemes(old.document, new.document),
            has_discriminators: [old, new].iter().any(|side| has_discriminators(side.document)),
            remaining_steps: MOST_STEPS,
            scopes: Vec::new(),
            indices: HashMap::new(),
            users: Vec::new(),
            current: DOCUMENT,
            pending: VecDeque::new(),
            in_progress: HashSet::new(),
            compared: HashSet::new(),
        };
        walk.add_scope(Scope::Document);
        walk
    }

    /// Adds `scope` to the known scopes, unless it is already known. Returns the index of the scope, and true if the scope is
    /// new.
    fn add_scope(&mut self, scope: Scope<'a>) -> (ScopeIndex, bool) {
        if let Some(index) = self.indices.get(&scope) {
            return (*index, false);
        }
        let index = self.scopes.len();
        self.scopes.push(scope.clone());
        self.indices.insert(scope, index);
        self.users.push(HashSet::new());
        (index, true)
    }

    /// Makes an operation the current scope: the changes that are reported next belong to the operation.
    pub(super) fn enter_operation(&mut self, label: &str) {
        self.current = self.add_scope(Scope::Operation(label.to_owned())).0;
    }

    /// Makes the document the current scope: the changes that are reported next belong to the document as a whole.
    pub(super) fn enter_document(&mut self) {
        self.current = DOCUMENT;
    }

    /// Calls `compare` for a component with the JSON Pointers `old` and `new`, such as a parameter that two or more operations
    /// use.
    ///
    /// `compare` is called only for the first operation that uses the component. Each further operation is only recorded as a
    /// user of the component.
    pub(super) fn compare_shared(&mut self, old: &Pointer, new: &Pointer, compare: impl FnOnce(&mut Self)) {
        let is_of_one_operation = |pointer: &Pointer| pointer.starts_with("/paths/") && !is_in_path_item(pointer);
        if is_of_one_operation(old) && is_of_one_operation(new) {
            return compare(self);
        }
        let user = self.current;
        let (scope, is_new) = self.add_scope(Scope::Shared(old.clone(), new.clone()));
        self.users[scope].insert(user);
        if is_new {
            self.current = scope;
            compare(self);
            self.current = user;
        }
    }

    /// Compares two schemas. If both are references to components, does not compare the components now, but adds this pair of
    /// components to a queue. Each pair is compared at most once for requests and once for responses.
    pub(super) fn compare_refs(&mut self, old: &'a SchemaRef, new: &'a SchemaRef, site: ComparedValue) {
        let (old, new) = (unwrapped_ref(old), unwrapped_ref(new));
        let (Some(old_schema), Some(new_schema)) = (self.old.resolve(old), self.new.resolve(new)) else { return };
        if let SchemaRef::Component { name, .. } = old {
            self.compared.insert(name);
        }
        let (SchemaRef::Component { name: old_name, .. }, SchemaRef::Component { name: new_name, .. }) = (old, new)
        else {
            return self.compare_schemas(old_schema, new_schema, &site);
        };
        self.frames.add_component_pair(compared_pair((self.old, old_schema), (self.new, new_schema)), site.direction);
        let (scope, is_new) =
            self.add_scope(Scope::Component { old: old_name, new: new_name, direction: site.direction });
        self.users[scope].insert(self.current);
        if is_new {
            let site = ComparedValue::new(site.direction, site.holder, new_name.clone());
            self.pending.push_back(PendingComponent { scope, old: old_schema, new: new_schema, site });
        }
    }

    /// Compares the queued pairs of components until the queue is empty. Then reports the removed component schemas of the
    /// older document. A removed schema was not compared, and the newer document has no component schema with its name.
    pub(super) fn compare_pending_components(&mut self) {
        while let Some(PendingComponent { scope, old, new, site }) = self.pending.pop_front() {
            self.current = scope;
            self.compare_schemas(old, new, &site);
        }
        let (old, new) = (self.old.document, self.new.document);
        self.enter_document();
        for (name, schema) in &old.schemas {
            if !new.schemas.contains_key(name) && !self.compared.contains(name.as_str()) {
                let message = format!("the schema `{name}` was removed");
                self.report(&rules::SCHEMA_REMOVED, name, message, Some(&schema.pointer), None);
            }
        }
    }

    /// Adds a change that `rule` describes. `old` and `new` are the JSON Pointers of the changed element in the two documents.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        subject: &str,
        message: impl Into<String>,
        old: Option<&Pointer>,
        new: Option<&Pointer>,
    ) {
        let place = |side: ComparedDocument<'_>, pointer: &Pointer| Place {
            file: side.document.file.clone(),
            pointer: pointer.clone(),
        };
        let change = Change {
            rule: rule.id.to_owned(),
            effect: Effect::Wire { impact: rule.impact, direction: rule.direction },
            subject: subject.to_owned(),
            message: message.into(),
            reason: rule.reason,
            old: old.map(|pointer| place(self.old, pointer)),
            new: new.map(|pointer| place(self.new, pointer)),
        };
        self.changes.push(FoundChange { scope: self.current, frame: self.frames.current(), rule, change });
    }

    /// Adds a change of the schema of a value. The id of the change is the id of `rule`, in which `*` is replaced by the
    /// construct that contains the value, such as `property`.
    pub(super) fn report_value(
        &mut self,
        rule: &'static ValueRule,
        site: &ComparedValue,
        message: impl Into<String>,
        old: &Pointer,
        new: &Pointer,
    ) {
        self.report(rule.in_direction(site.direction), &site.path, message, Some(old), Some(new));
        if let Some(FoundChange { change, .. }) = self.changes.last_mut() {
            change.rule = change.rule.replace('*', site.holder.word());
        }
    }

    /// Returns all changes. The subject of each change names the operations that the change affects. Equal changes in two or
    /// more operations or components are merged into one change. A change of a component in requests is not merged with the
    /// same change in responses.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let mut merged: Vec<(&Change, Vec<ScopeIndex>)> = Vec::new();
        let mut indices = HashMap::new();
        for FoundChange { scope, change, .. } in &self.changes {
            let (old, new) = (change.old.as_ref(), change.new.as_ref());
            let pointers = [old, new].map(|place| place.map(|place| &place.pointer));
            let key = (&change.rule, &change.subject, &change.message, pointers, self.component_direction(*scope));
            let index = *indices.entry(key).or_insert(merged.len());
            match merged.get_mut(index) {
                Some((_, scopes)) => scopes.push(*scope),
                None => merged.push((change, vec![*scope])),
            }
        }
        let is_operation = |index: &ScopeIndex| matches!(self.scopes[*index], Scope::Operation(_));
        let operations: Vec<ScopeIndex> = (0..self.scopes.len()).filter(is_operation).collect();
        let sets: Vec<BTreeSet<ScopeIndex>> =
            merged.iter().map(|(_, scopes)| scopes.iter().copied().collect()).collect();
        let users = using_operations(&self.users, &operations, &sets);
        let changes = merged.into_iter().zip(users).map(|((change, scopes), users)| {
            let subject = self.subject(&scopes, &self.users_text(users), &change.subject);
            Change { subject, ..change.clone() }
        });
        changes.collect()
    }

    /// Returns the direction (request or response) in which a component schema is compared; `None` if `scope` is not a
    /// component schema.
    fn component_direction(&self, scope: ScopeIndex) -> Option<Direction> {
        match &self.scopes[scope] {
            Scope::Component { direction, .. } => Some(*direction),
            _ => None,
        }
    }

    /// Returns the subject of a change that was found in `scopes`: `path`, and `users`, the operations that use any of these
    /// scopes.
    ///
    /// Example: `` `Pet.name` in requests of POST /pets ``.
    fn subject(&self, scopes: &[ScopeIndex], users: &str, path: &str) -> String {
        let first = scopes.first().map(|scope| &self.scopes[*scope]);
        match (first, scopes) {
            (None | Some(Scope::Document), _) => path.to_owned(),
            (Some(Scope::Component { old, new, direction }), _) => {
                let former_name = if old == new { String::new() } else { format!(" (formerly `{old}`)") };
                format!("`{path}`{former_name} in {direction}s of {users}")
            }
            (Some(Scope::Operation(label)), [_]) if path.is_empty() => label.clone(),
            (Some(Scope::Operation(label)), [_]) => format!("{label}, {path}"),
            _ if path.is_empty() => users.to_owned(),
            _ => format!("{path} of {users}"),
        }
    }

    /// Describes the operations that use a component.
    ///
    /// Examples: `GET /pets`, and `3 operations, such as GET /pets`.
    fn users_text(&self, users: UsingOperations) -> String {
        match users.first.map(|first| &self.scopes[first]) {
            Some(Scope::Operation(label)) if users.count == 1 => label.clone(),
            Some(Scope::Operation(label)) => format!("{} operations, such as {label}", users.count),
            _ => "no operation".to_owned(),
        }
    }
}

fn has_discriminators(document: &Document) -> bool {
    let mut found = false;
    each_schema(document, &mut |schema| found |= schema.discriminator.is_some());
    found
}

/// Returns whether `pointer` is to a parameter that all operations of a path item share, such as `/paths/~1pets/parameters/0`.
fn is_in_path_item(pointer: &Pointer) -> bool {
    pointer.as_str().split('/').nth(3) == Some("parameters")
}
