//! The state of a comparison on the wire: the changes that have been found, and the components that are still to be compared.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::diff::change::{Change, Direction, Effect};
use crate::diff::compared_document::ComparedDocument;
use crate::diff::compared_value::ComparedValue;
use crate::diff::rules::{self, Rule, ValueRule};
use crate::diff::schema::wrapper::unwrapped_ref;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};
use crate::surface::Place;

/// The part of the API that a change belongs to: the document, an operation, or a part that several operations may use.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Scope<'a> {
    Document,
    /// An operation, identified by its method and path.
    Operation(String),
    /// A component schema in one direction, identified by its names in both documents.
    Component {
        old: &'a str,
        new: &'a str,
        direction: Direction,
    },
    /// A parameter, body, response or header that several operations may use, identified by its places in both documents.
    Shared(Pointer, Pointer),
}

/// The index of a scope in `Walk::scopes`.
type ScopeIndex = usize;

/// The index of the scope for the document. It is always the first scope.
const DOCUMENT: ScopeIndex = 0;

/// A pair of component schemas that are still to be compared.
struct PendingComponent<'a> {
    scope: ScopeIndex,
    old: &'a Schema,
    new: &'a Schema,
    site: ComparedValue,
}

/// A comparison of two documents on the wire, with the changes that have been found so far.
pub(super) struct Walk<'a> {
    pub old: ComparedDocument<'a>,
    pub new: ComparedDocument<'a>,
    changes: Vec<(ScopeIndex, Change)>,
    scopes: Vec<Scope<'a>>,
    indices: HashMap<Scope<'a>, ScopeIndex>,
    /// For each scope, the scopes that use it.
    users: Vec<HashSet<ScopeIndex>>,
    /// The scope of the part that is being compared.
    current: ScopeIndex,
    pending: VecDeque<PendingComponent<'a>>,
    /// The pairs of schemas that are being compared. A recursive schema is not compared again within itself.
    pub in_progress: HashSet<(*const Schema, *const Schema)>,
    /// The names of the older components that have been compared with a schema of the newer document.
    compared: HashSet<&'a str>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(old: ComparedDocument<'a>, new: ComparedDocument<'a>) -> Self {
        let mut walk = Self {
            old,
            new,
            changes: Vec::new(),
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

    /// Returns the index of a scope, and whether the scope was added.
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

    /// Makes an operation the current scope. Changes that are reported afterwards belong to it.
    pub(super) fn enter_operation(&mut self, label: &str) {
        self.current = self.add_scope(Scope::Operation(label.to_owned())).0;
    }

    /// Makes the document the current scope. Changes that are reported afterwards belong to it.
    pub(super) fn enter_document(&mut self) {
        self.current = DOCUMENT;
    }

    /// Calls `compare` for a part that several operations may use, at the places `old` and `new`. `compare` is called only for
    /// the first operation that uses the part. The other operations are only recorded as users.
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

    /// Compares two schemas or references. If both are references to components, the components are compared later, once for each
    /// direction.
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
        let (scope, is_new) =
            self.add_scope(Scope::Component { old: old_name, new: new_name, direction: site.direction });
        self.users[scope].insert(self.current);
        if is_new {
            let site = ComparedValue::new(site.direction, site.holder, new_name.clone());
            self.pending.push_back(PendingComponent { scope, old: old_schema, new: new_schema, site });
        }
    }

    /// Compares the components that operations use, and the components that these components use.
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

    /// Adds a change under a rule.
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
        self.changes.push((self.current, change));
    }

    /// Adds a change of a value. In the id of the rule, `*` is replaced by the construct that contains the value.
    pub(super) fn report_value(
        &mut self,
        rule: &'static ValueRule,
        site: &ComparedValue,
        message: impl Into<String>,
        old: &Pointer,
        new: &Pointer,
    ) {
        self.report(rule.in_direction(site.direction), &site.path, message, Some(old), Some(new));
        if let Some((_, change)) = self.changes.last_mut() {
            change.rule = change.rule.replace('*', site.holder.word());
        }
    }

    /// Returns all changes, with the operations that each change affects. Equal changes at the same place in several scopes are
    /// merged into one.
    pub(super) fn into_changes(self) -> Vec<Change> {
        let mut merged: Vec<(&Change, Vec<ScopeIndex>)> = Vec::new();
        let mut indices = HashMap::new();
        for (scope, change) in &self.changes {
            let (old, new) = (change.old.as_ref(), change.new.as_ref());
            let pointers = [old, new].map(|place| place.map(|place| &place.pointer));
            let key = (&change.rule, &change.subject, &change.message, pointers, self.component_direction(*scope));
            let index = *indices.entry(key).or_insert(merged.len());
            match merged.get_mut(index) {
                Some((_, scopes)) => scopes.push(*scope),
                None => merged.push((change, vec![*scope])),
            }
        }
        let changes = merged.into_iter().map(|(change, scopes)| {
            let subject = self.subject(&scopes, &change.subject);
            Change { subject, ..change.clone() }
        });
        changes.collect()
    }

    /// Returns the direction of a scope for a component; `None` for any other scope.
    fn component_direction(&self, scope: ScopeIndex) -> Option<Direction> {
        match &self.scopes[scope] {
            Scope::Component { direction, .. } => Some(*direction),
            _ => None,
        }
    }

    /// Returns the subject of a change with the path `path` in each of `scopes`.
    fn subject(&self, scopes: &[ScopeIndex], path: &str) -> String {
        let first = scopes.first().map(|scope| &self.scopes[*scope]);
        match (first, scopes) {
            (None | Some(Scope::Document), _) => path.to_owned(),
            (Some(Scope::Component { old, new, direction }), _) => {
                let former_name = if old == new { String::new() } else { format!(" (formerly `{old}`)") };
                format!("`{path}`{former_name} in {direction}s of {}", self.users_text(scopes))
            }
            (Some(Scope::Operation(label)), [_]) if path.is_empty() => label.clone(),
            (Some(Scope::Operation(label)), [_]) => format!("{label}, {path}"),
            _ if path.is_empty() => self.users_text(scopes),
            _ => format!("{path} of {}", self.users_text(scopes)),
        }
    }

    /// Describes the operations that use these scopes, directly or indirectly: the only operation, or the number of operations
    /// and the first one.
    fn users_text(&self, scopes: &[ScopeIndex]) -> String {
        let mut seen: HashSet<ScopeIndex> = scopes.iter().copied().collect();
        let mut pending = scopes.to_vec();
        let mut operations = Vec::new();
        while let Some(scope) = pending.pop() {
            if let Scope::Operation(label) = &self.scopes[scope] {
                operations.push((scope, label));
            }
            pending.extend(self.users[scope].iter().copied().filter(|user| seen.insert(*user)));
        }
        operations.sort_unstable();
        match operations.as_slice() {
            [] => "no operation".to_owned(),
            [(_, only)] => (*only).clone(),
            [(_, first), ..] => format!("{} operations, such as {first}", operations.len()),
        }
    }
}

/// Whether a pointer refers to a parameter that a path item declares for all of its operations.
fn is_in_path_item(pointer: &Pointer) -> bool {
    pointer.as_str().split('/').nth(3) == Some("parameters")
}
