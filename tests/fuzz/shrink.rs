//! Shrinks an input that fails, by removing parts as long as it still fails in the same way.

use serde_json::Value;

use crate::input::Input;
use crate::mutation::tree;
use crate::{Target, seeds};

/// The number of inputs that are tried.
pub const ATTEMPTS: usize = 1_500;

/// The number of inputs that are tried if a run takes as long as it may.
pub const SLOW_ATTEMPTS: usize = 30;

/// Returns the smallest input that was found for which `fails` returns true.
pub fn shrink(input: &Input, attempts: usize, mut fails: impl FnMut(&Input) -> bool) -> Input {
    let mut attempts = Attempts { best: input.clone(), left: attempts, fails: &mut fails };
    if input.old.is_some() {
        attempts.attempt(Input { old: None, ..input.clone() });
    }
    if matches!(input.target, Target::Decoders | Target::Failing) {
        attempts.shrink_bytes();
        return attempts.best;
    }
    let parsed = |bytes: &[u8]| seeds::parsed(&String::from_utf8_lossy(bytes));
    if let Some(document) = parsed(&input.content) {
        let as_json = Input { content: written(&document), ..attempts.best.clone() };
        if attempts.attempt(as_json) {
            attempts.shrink_tree(document, |input, document| input.content = written(document));
            if let Some(old) = attempts.best.old.as_deref().and_then(parsed) {
                attempts.shrink_tree(old, |input, document| input.old = Some(written(document)));
            }
            return attempts.best;
        }
    }
    attempts.shrink_bytes();
    attempts.best
}

fn written(document: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(document).unwrap_or_default()
}

struct Attempts<'f> {
    best: Input,
    left: usize,
    fails: &'f mut dyn FnMut(&Input) -> bool,
}

impl Attempts<'_> {
    /// Keeps `candidate` if it fails. Returns whether it does.
    fn attempt(&mut self, candidate: Input) -> bool {
        if self.left == 0 {
            return false;
        }
        self.left -= 1;
        let is_better = (self.fails)(&candidate);
        if is_better {
            self.best = candidate;
        }
        is_better
    }

    /// Removes nodes of a document, the largest first, until none can be removed.
    fn shrink_tree(&mut self, mut document: Value, set: impl Fn(&mut Input, &Value)) {
        loop {
            let mut is_smaller = false;
            let mut places = tree::places(&document);
            places.sort_by_key(Vec::len);
            for place in places {
                for smaller in tree::smaller(&document, &place) {
                    let mut candidate = self.best.clone();
                    set(&mut candidate, &smaller);
                    if self.attempt(candidate) {
                        document = smaller;
                        is_smaller = true;
                        break;
                    }
                }
            }
            if !is_smaller || self.left == 0 {
                return;
            }
        }
    }

    /// Removes ranges of bytes, the longest first.
    fn shrink_bytes(&mut self) {
        let mut length = self.best.content.len().div_ceil(2);
        while length > 0 && self.left > 0 {
            let mut start = 0;
            while start < self.best.content.len() && self.left > 0 {
                let mut candidate = self.best.clone();
                let end = (start + length).min(candidate.content.len());
                candidate.content.drain(start..end);
                if !self.attempt(candidate) {
                    start += length;
                }
            }
            length /= 2;
        }
    }
}
