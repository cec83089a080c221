//! Compares the servers of a document with the addresses in the examples of its pages.

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::page::fact::{Page, Stated};
use crate::pointer::Pointer;
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
    let mut open: Vec<&Server> = document.servers.iter().collect();
    let mut missing = Vec::new();
    for (index, server) in &stated {
        let Some(page) = pages.get(*index) else { continue };
        let mut comparison =
            Comparison { document, raw, page, index: *index, at: Pointer::root().join("servers"), proof: &mut *proof };
        comparison.settle(server.fact);
        match document.servers.iter().find(|declared| is_same(declared, &server.value)) {
            Some(declared) => open.retain(|other| other.pointer != declared.pointer),
            None => missing.push((*index, *server)),
        }
    }
    let mut paired = Vec::new();
    for (index, server) in missing {
        let Some(page) = pages.get(index) else { continue };
        let mut comparison =
            Comparison { document, raw, page, index, at: Pointer::root().join("servers"), proof: &mut *proof };
        let is_paired = |declared: &&&Server| paired.contains(&&declared.pointer);
        let all = document.servers.iter();
        let known = all
            .filter(|declared| declared.default_url().starts_with(&server.value))
            .find(|declared| is_paired(&declared));
        if known.is_some() {
            // The address in an example is that of the template with its default values.
            continue;
        }
        let candidates = open.iter().filter(|declared| !comparison.is_acknowledged(&declared.pointer, Code::NotOnPage));
        let nearest = candidates.max_by(|left, right| {
            let score = |declared: &Server| strsim::normalized_levenshtein(&declared.url, &server.value);
            score(left).total_cmp(&score(right))
        });
        match nearest.copied() {
            Some(declared) => {
                open.retain(|other| other.pointer != declared.pointer);
                paired.push(&declared.pointer);
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

/// Returns whether an address on a page is that of a server: its template, or the template with the default values.
fn is_same(declared: &Server, stated: &str) -> bool {
    let plain = |url: &str| url.trim_end_matches('/').to_owned();
    plain(&declared.url) == plain(stated) || plain(&declared.default_url()) == plain(stated)
}
