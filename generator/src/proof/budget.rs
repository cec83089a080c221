//! The limits on comparisons whose number is a product: facts times operations, names times names, examples times examples.

/// The maximum number of facts that all comparisons look at. The operations beyond it are reported as not compared. An operation is
/// compared with each fact of its page about ten times, so a page of a hundred operations and two thousand facts needs a sixtieth.
const MOST_FACTS: usize = 1 << 27;

/// The number of facts that count as much as a name: a name that has no counterpart is a difference.
const FACTS_FOR_NAME: usize = 256;

/// The number of facts that count as much as a value of an `enum` or of a list of values on a page: finding its counterpart in a
/// set takes as long. Lists have up to some hundred values, and the budget suffices for eight million.
const FACTS_FOR_VALUE: usize = 16;

/// The maximum size of all pairs of names and addresses that are compared letter by letter, in pairs of bytes. Beyond it, names
/// that differ are not paired. Fifty names of a page against fifty others need a million.
const MOST_LETTERS: usize = 1 << 28;

/// The maximum size of all pairs of examples that are compared to find the most similar ones, in pairs of bytes. Examples beyond
/// it are reported without their counterparts. A page and its document seldom differ in more than a few examples of some kilobytes
/// each, whose pairs are a thousand times smaller.
const MOST_EXAMPLES: usize = 1 << 26;

/// What a proof may still compare.
#[derive(Debug)]
pub(crate) struct Budget {
    facts: usize,
    letters: usize,
    examples: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { facts: MOST_FACTS, letters: MOST_LETTERS, examples: MOST_EXAMPLES }
    }
}

impl Budget {
    /// Returns whether nothing more may be compared.
    pub(crate) fn is_spent(&self) -> bool {
        self.facts == 0
    }

    /// Returns whether this number of facts may be looked at, and takes their cost.
    pub(crate) fn spend_facts(&mut self, count: usize) -> bool {
        self.facts = self.facts.saturating_sub(count);
        !self.is_spent()
    }

    /// Returns whether this number of values may be compared, and takes their cost.
    pub(crate) fn spend_values(&mut self, count: usize) -> bool {
        self.spend_facts(count.saturating_mul(FACTS_FOR_VALUE))
    }

    /// Takes the cost of names that are compared with other names.
    pub(crate) fn spend_names(&mut self, count: usize) {
        self.spend_facts(count.saturating_mul(FACTS_FOR_NAME));
    }

    /// Returns whether pairs of names with this size may be compared, and takes their cost.
    pub(crate) fn spend_letters(&mut self, size: usize) -> bool {
        spend(&mut self.letters, size)
    }

    /// Returns whether pairs of examples with this size may be compared, and takes their cost.
    pub(crate) fn spend_examples(&mut self, size: usize) -> bool {
        spend(&mut self.examples, size)
    }
}

/// Returns the size of names that are compared letter by letter. Each one also costs as much as some letters.
pub(crate) fn letters<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    names.map(|name| name.len().saturating_add(30)).fold(0, usize::saturating_add)
}

/// Takes a cost if what is left suffices.
fn spend(left: &mut usize, cost: usize) -> bool {
    let rest = left.checked_sub(cost);
    *left = rest.unwrap_or(*left);
    rest.is_some()
}
