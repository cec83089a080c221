//! The comparisons of two schemas that have started, so that each change belongs to one of them.

use std::collections::HashSet;

use crate::diff::change::Direction;
use crate::diff::compared_value::ComparedValue;
use crate::diff::schema::inclusion::prover::Pair;
use crate::resolve::document::Schema;

/// The number of a comparison of two schemas.
pub(super) type FrameIndex = usize;

/// A comparison of two schemas.
#[derive(Debug)]
pub(super) struct Frame {
    pub index: FrameIndex,
    /// The number of changes that were found before this comparison.
    pub first_change: usize,
    /// This comparison, and those of its inline variants and members of `allOf`.
    pub parts: HashSet<FrameIndex>,
    /// The pairs of inline variants and members of `allOf` that this comparison compares.
    pub pairs: Vec<Pair>,
}

/// The comparisons of two schemas that have started and not ended, and the pairs of all comparisons.
#[derive(Debug, Default)]
pub(super) struct Frames {
    stack: Vec<Frame>,
    count: usize,
    /// The pairs of schemas of values, properties, items and components that are compared. Each of these comparisons reports its own
    /// changes.
    pub compared: HashSet<(Pair, Direction)>,
}

impl Frames {
    /// Returns the innermost comparison.
    pub fn current(&self) -> Option<FrameIndex> {
        self.stack.last().map(|frame| frame.index)
    }

    /// Starts a comparison. `first_change` is the number of changes that were found before.
    pub fn open(&mut self, first_change: usize) {
        let index = self.count;
        self.count += 1;
        self.stack.push(Frame { index, first_change, parts: HashSet::from([index]), pairs: Vec::new() });
    }

    /// Ends the innermost comparison, and returns it. `site` is the value whose schemas were compared.
    pub fn close(&mut self, site: &ComparedValue) -> Option<Frame> {
        let frame = self.stack.pop()?;
        if let Some(outer) = self.stack.last_mut().filter(|_| site.is_partial) {
            outer.parts.extend(&frame.parts);
        }
        Some(frame)
    }

    /// Adds a pair of schemas whose comparison starts. `site` is the value whose schemas are compared.
    pub fn add_pair(&mut self, (old, new): (&Schema, &Schema), site: &ComparedValue) {
        match self.stack.last_mut().filter(|_| site.is_partial) {
            Some(outer) => outer.pairs.push((old, new)),
            None => _ = self.compared.insert(((old, new), site.direction)),
        }
    }

    /// Adds a pair of component schemas whose comparison starts now or later.
    pub fn add_component_pair(&mut self, (old, new): (&Schema, &Schema), direction: Direction) {
        self.compared.insert(((old, new), direction));
    }
}
