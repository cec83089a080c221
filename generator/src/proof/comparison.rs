//! The comparison of a document with one page, and its result.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::page::fact::{Fact, Page};
use crate::pointer::Pointer;
use crate::proof::budget::Budget;
use crate::proof::difference::{Difference, Known, PagePlace};
use crate::resolve::document::Document;

/// The result of proof-reading a document.
#[derive(Debug, Default)]
pub struct Proof {
    /// The differences between the pages and the document, in the order of the document.
    pub differences: Vec<Difference>,
    /// For each page, the facts that were compared: the index of each, and the JSON pointer of what it was compared with.
    pub compared: Vec<HashMap<usize, Pointer>>,
    /// For each page, the number of operations that it describes in the document.
    pub operations: Vec<usize>,
    /// Whether every operation of the document has a page.
    pub is_complete: bool,
    /// Finds the differences with which a further difference is merged.
    pub(crate) known: Known,
    /// What may still be compared.
    pub(crate) budget: Budget,
}

/// The comparison of the document with one page.
pub(crate) struct Comparison<'p> {
    pub(crate) document: &'p Document,
    pub(crate) raw: &'p Value,
    pub(crate) page: &'p Page,
    /// The index of the page.
    pub(crate) index: usize,
    /// The JSON pointer of the object that is compared.
    pub(crate) at: Pointer,
    pub(crate) proof: &'p mut Proof,
}

impl<'p> Comparison<'p> {
    /// Returns the facts of the page with their indexes. If the budget is spent, returns none, and the operation is reported.
    pub(crate) fn facts(&mut self) -> impl Iterator<Item = (usize, &'p Fact)> + use<'p> {
        let page = self.page;
        let may_compare = self.proof.budget.spend_facts(page.facts.len());
        page.facts.iter().enumerate().filter(move |_| may_compare)
    }

    /// Records that a fact was compared.
    pub(crate) fn settle(&mut self, fact: usize) {
        let pointer = self.at.clone();
        self.settle_at(fact, &pointer);
    }

    /// Records that a fact was compared with the value at a JSON pointer.
    pub(crate) fn settle_at(&mut self, fact: usize, pointer: &Pointer) {
        if let Some(compared) = self.proof.compared.get_mut(self.index) {
            compared.entry(fact).or_insert_with(|| pointer.clone());
        }
    }

    /// Reports a difference.
    pub(crate) fn report(
        &mut self,
        code: Code,
        at: (&Pointer, Focus),
        place: PagePlace,
        message: String,
        remedy: &str,
    ) {
        let (pointer, focus) = at;
        let pages = vec![(self.page.file.clone(), place)];
        let others = Vec::new();
        let remedy = remedy.to_owned();
        let difference = Difference { code, pointer: pointer.clone(), focus, others, pages, message, remedy };
        self.proof.known.add(difference, &mut self.proof.differences);
    }

    /// Returns whether the document acknowledges a finding at a value or around it.
    pub(crate) fn is_acknowledged(&self, pointer: &Pointer, code: Code) -> bool {
        let mut around = Some(pointer.clone());
        while let Some(place) = around {
            let entry = self.raw.pointer(place.as_str()).and_then(|value| value.get("x-acknowledge"));
            if entry.is_some_and(|entry| entry.get(code.id()).is_some()) {
                return true;
            }
            around = place.parent();
        }
        false
    }
}
