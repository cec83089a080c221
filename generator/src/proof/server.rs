//! Compares the servers of a document with the addresses in the examples of its pages.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::page::fact::{Page, Stated};
use crate::pointer::Pointer;
use crate::proof::budget;
use crate::proof::comparison::{Comparison, Proof};
use crate::proof::difference::PagePlace;
use crate::proof::wording::{EXTRA, MISSING};
use crate::resolve::document::{Document, Server};

/// Compares the servers.
pub(crate) fn compare(document: &Document, raw: &Value, pages: &[Page], proof: &mut Proof) {
    let used: Vec<usize> =
        (0..pages.len()).filter(|index| proof.operations.get(*index).is_some_and(|count| *count > 0)).collect();
    let mut stated: Vec<(usize, &Stated<String>)> = Vec::new();
    for index in used {
        let servers = pages.get(index).into_iter().flat_map(|page| &page.servers);
        stated.extend(servers.map(|server| (index, server)));
    }
    if stated.is_empty() {
        return;
    }
    let addresses = Addresses::of(document);
    let (mut on_page, mut missing) = (HashSet::new(), Vec::new());
    for (index, server) in &stated {
        let Some(page) = pages.get(*index) else { continue };
        let mut comparison =
            Comparison { document, raw, page, index: *index, at: Pointer::root().join("servers"), proof: &mut *proof };
        comparison.settle(server.fact);
        match addresses.find(&server.value) {
            Some(declared) => drop(on_page.insert(&declared.pointer)),
            None => missing.push((*index, *server)),
        }
    }
    let mut open: Vec<&Server> =
        document.servers.iter().filter(|declared| !on_page.contains(&declared.pointer)).collect();
    let letters = budget::letters(missing.iter().map(|(_, server)| server.value.as_str()));
    let pairs = letters.saturating_mul(budget::letters(open.iter().map(|declared| declared.url.as_str())));
    let may_pair = proof.budget.spend_letters(pairs);
    let mut paired: Vec<&Server> = Vec::new();
    for (index, server) in missing {
        let Some(page) = pages.get(index) else { continue };
        let mut comparison =
            Comparison { document, raw, page, index, at: Pointer::root().join("servers"), proof: &mut *proof };
        // The address in an example is that of the template with its default values.
        if paired.iter().any(|declared| declared.default_url().starts_with(&server.value)) {
            continue;
        }
        let candidates = open.iter().filter(|_| may_pair);
        let candidates = candidates.filter(|declared| !comparison.is_acknowledged(&declared.pointer, Code::NotOnPage));
        let nearest = candidates.max_by(|left, right| {
            let score = |declared: &Server| strsim::normalized_levenshtein(&declared.url, &server.value);
            score(left).total_cmp(&score(right))
        });
        match nearest.copied() {
            Some(declared) => {
                open.retain(|other| other.pointer != declared.pointer);
                paired.push(declared);
                let message =
                    format!("The server is `{}` in the document, and `{}` on the page.", declared.url, server.value);
                let at = (&declared.pointer.join("url"), Focus::Value);
                let remedy = "Write the address of the page.";
                comparison.report(Code::ValueDiffers, at, PagePlace::of(server), message, remedy);
            }
            None => {
                let message = format!("The document has no server `{}`.", server.value);
                let at = (&Pointer::root().join("servers"), Focus::Key);
                comparison.report(Code::MissingInDocument, at, PagePlace::of(server), message, MISSING);
            }
        }
    }
    let Some((index, first)) = stated.first() else { return };
    let Some(page) = pages.get(*index) else { return };
    let mut comparison = Comparison { document, raw, page, index: *index, at: Pointer::root().join("servers"), proof };
    for declared in open {
        let message = format!("The page has no server `{}`.", declared.url);
        let place = PagePlace::beside(first, "the address on the page");
        comparison.report(Code::NotOnPage, (&declared.pointer, Focus::Member("url")), place, message, EXTRA);
    }
}

/// The servers of a document by their addresses.
struct Addresses<'d>(HashMap<String, &'d Server>);

impl<'d> Addresses<'d> {
    fn of(document: &'d Document) -> Self {
        let mut by_address = HashMap::new();
        for server in &document.servers {
            for address in [&server.url, &server.default_url()] {
                by_address.entry(address.trim_end_matches('/').to_owned()).or_insert(server);
            }
        }
        Self(by_address)
    }

    /// Returns the first server with an address: its template, or the template with the default values.
    fn find(&self, address: &str) -> Option<&'d Server> {
        self.0.get(address.trim_end_matches('/')).copied()
    }
}
