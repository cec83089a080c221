// copperplate runtime: copied into each generated crate that uses it.
//! The outermost union that is decoded or validated, and the outcomes for the unions in its value.
//!
//! The generated code between an outermost union and a nested one knows nothing of them, so the current session belongs
//! to the thread.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use crate::runtime::decoding::buffered_part::BufferedPart;
use crate::runtime::decoding::buffered_value::{BufferedValue, Part};
use crate::runtime::decoding::union::budget::UnionBudget;
use crate::runtime::decoding::union::outcome::{Outcome, Outcomes};
use crate::runtime::validation::context::{ContextId, PathStep, ValidationContext};

thread_local! {
    static CURRENT: RefCell<Option<Rc<UnionSession>>> = const { RefCell::new(None) };
    /// The steps of all sessions that have ended.
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// The number of steps that the unions on this thread have taken so far. A step decodes one part of a value, as one
/// variant. Tests measure the cost of decoding and validation with it.
pub fn steps() -> usize {
    STEPS.get()
}

/// The union whose variant is being validated: its part, and its validation context.
type Enclosing = (usize, ContextId);

/// The value of an outermost union, and the outcomes for the unions in it.
#[derive(Debug)]
pub(crate) struct UnionSession {
    value: BufferedValue,
    /// The outcomes for the unions that several attempts could decode, if their value is an array or an object. The
    /// variants of a scalar are tried in less time.
    outcomes: RefCell<Outcomes>,
    enclosing: Cell<Option<Enclosing>>,
    /// For arrays, the indexes of the items. For objects, the indexes of the names, sorted by name. Only arrays and
    /// objects in which a part was searched are here.
    children: RefCell<BTreeMap<usize, Rc<[usize]>>>,
}

impl UnionSession {
    /// Begins a session, and makes it the current one until the result is dropped.
    pub fn begin(value: BufferedValue) -> ActiveSession {
        let session = Rc::new(Self {
            value,
            outcomes: RefCell::default(),
            enclosing: Cell::new(None),
            children: RefCell::default(),
        });
        let previous = CURRENT.replace(Some(Rc::clone(&session)));
        ActiveSession { session, previous }
    }

    pub fn current() -> Option<Rc<Self>> {
        CURRENT.with_borrow(Clone::clone)
    }

    pub fn part(&self, index: usize) -> BufferedPart<'_> {
        BufferedPart::new(&self.value, index)
    }

    pub fn budget(&self) -> &UnionBudget {
        self.value.budget()
    }

    pub fn outcome<U: 'static>(&self, index: usize) -> Option<Outcome> {
        self.outcomes.borrow().get(index, TypeId::of::<U>())
    }

    pub fn keep_outcome<U: 'static>(&self, index: usize, outcome: Outcome) {
        self.outcomes.borrow_mut().add(index, TypeId::of::<U>(), outcome);
    }

    /// Validates the variant of the union at `index`. Meanwhile, [`UnionSession::locate`] finds the unions in it.
    pub fn within(&self, index: usize, at: ValidationContext<'_>, validate: impl FnOnce()) {
        let previous = self.enclosing.replace(Some((index, at.id())));
        validate();
        self.enclosing.set(previous);
    }

    /// The index of the part that has the context `at`. `None` if the JSON has no such part.
    pub fn locate(&self, at: ValidationContext<'_>) -> Option<usize> {
        let (index, enclosing) = self.enclosing.get()?;
        at.follow(enclosing, index, &|index, step| self.child(index, step))
    }

    fn child(&self, index: usize, step: PathStep<'_>) -> Option<usize> {
        let children = Rc::clone(self.children.borrow_mut().entry(index).or_insert_with(|| self.children_of(index)));
        match step {
            PathStep::Item(item) => children.get(item).copied(),
            PathStep::Member(name) => {
                let found = children.binary_search_by(|child| self.name(*child).cmp(&Some(name))).ok()?;
                Some(children[found] + 1)
            }
        }
    }

    fn children_of(&self, index: usize) -> Rc<[usize]> {
        let part = self.part(index);
        if !part.is_object() {
            return part.items().map(BufferedPart::index).collect();
        }
        let mut names: Vec<usize> = part.members().map(|(_, member)| member.index() - 1).collect();
        names.sort_unstable_by_key(|index| self.name(*index));
        names.into()
    }

    /// The name of the member whose name is at `index`.
    fn name(&self, index: usize) -> Option<&str> {
        match self.value.part(index) {
            Part::Name(name) => Some(name),
            _ => None,
        }
    }
}

/// The current session. If it is dropped, the session before becomes the current one again.
pub(crate) struct ActiveSession {
    session: Rc<UnionSession>,
    previous: Option<Rc<UnionSession>>,
}

impl Deref for ActiveSession {
    type Target = UnionSession;

    fn deref(&self) -> &UnionSession {
        &self.session
    }
}

impl Drop for ActiveSession {
    fn drop(&mut self) {
        STEPS.set(STEPS.get() + self.budget().steps());
        CURRENT.set(self.previous.take());
    }
}
