//! The proof sheet: one self-contained HTML page with the documentation page on the left and the document on the right.
//!
//! Every fact of the page is marked, and leads to its place in the document; every place in the document leads back. The sheet needs
//! no network, and works without a mouse, in print and in dark mode.

mod marks;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::finding::Focus;
use crate::finding::place::Places;
use crate::page::fact::{LineUse, Page};
use crate::proof::comparison::Proof;
use crate::proof::difference::Difference;
use crate::proof::sheet::marks::{escaped, marked, visible};
use crate::proof::summary::PageSummary;

/// The content of a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'s> {
    /// The name and the text of the document.
    pub document: (&'s str, &'s str),
    /// The pages: what they state, their texts and their summaries. Only pages of the document's operations are shown.
    pub pages: &'s [(&'s Page, &'s str, &'s PageSummary)],
    /// The differences, each with whether it is acknowledged.
    pub differences: &'s [(Difference, bool)],
    /// The result of the comparison.
    pub proof: &'s Proof,
}

/// Links between lines: of a page, by its index, and of the document.
#[derive(Debug, Default)]
struct Links {
    /// For each fact of a page, the line of the document.
    of_facts: BTreeMap<(usize, usize), usize>,
    /// For each line of the document, the lines of pages.
    of_lines: BTreeMap<usize, BTreeSet<(usize, usize)>>,
}

impl Sheet<'_> {
    /// Returns the HTML.
    pub fn html(&self) -> String {
        let links = self.links();
        let (file, _) = self.document;
        let mut html = String::new();
        let title = escaped(&format!("Proof of {file}"));
        let style = include_str!("sheet.css");
        let script = include_str!("sheet.js");
        _ = write!(
            html,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n\
             <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
        );
        self.head(&mut html);
        html.push_str("</header>\n<main>\n<section aria-label=\"Documentation pages\">\n");
        for (index, (page, text, summary)) in self.pages.iter().enumerate() {
            if summary.has_operation {
                self.page(index, (page, text, summary), &links, &mut html);
            }
        }
        html.push_str("</section>\n<section aria-label=\"Document\">\n");
        self.document(&links, &mut html);
        _ = write!(html, "</section>\n</main>\n<script>\n{script}</script>\n</body>\n</html>\n");
        html
    }

    /// Writes the summaries and the list of differences.
    fn head(&self, html: &mut String) {
        for (_, _, summary) in self.pages.iter().filter(|(_, _, summary)| summary.has_operation) {
            _ = writeln!(html, "<p>{}</p>", escaped(&summary.to_string()));
        }
        html.push_str(
            "<p class=\"key\"><span class=\"mark agrees\">agrees</span><span class=\"mark differs\">differs</span>\
             <span class=\"mark acknowledged\">acknowledged</span><span class=\"mark not-compared\">not compared</span>\
             <span class=\"not-read\">not read</span></p>\n\
             <nav><button id=\"previous\" type=\"button\">Previous (p)</button><button id=\"next\" type=\"button\">Next (n)</button></nav>\n\
             <ol id=\"differences\">\n",
        );
        let mut differences: Vec<_> = self.differences.iter().zip(self.document_lines()).collect();
        // What is acknowledged comes last.
        differences.sort_by_key(|((_, is_acknowledged), _)| *is_acknowledged);
        for ((difference, is_acknowledged), line) in differences {
            let state = if *is_acknowledged { "acknowledged" } else { "differs" };
            let places = difference.pages.iter().filter_map(|(file, place)| {
                let index = self.pages.iter().position(|(page, ..)| page.file == *file)?;
                (place.line > 0).then(|| format!("p{index}-{}", place.line))
            });
            let targets: Vec<String> = places.chain(line.map(|line| format!("d-{line}"))).collect();
            _ = writeln!(
                html,
                "<li><button type=\"button\" class=\"mark {state}\" data-to=\"{}\">{} {}: {}</button></li>",
                targets.join(" "),
                difference.code.number(),
                difference.code.id(),
                escaped(&difference.message)
            );
        }
        html.push_str("</ol>\n");
    }

    /// Returns the line of each difference in the document.
    fn document_lines(&self) -> Vec<Option<usize>> {
        let (_, text) = self.document;
        let wanted = self.differences.iter().map(|(difference, _)| (&difference.pointer, &difference.focus));
        let places = Places::of(text, wanted);
        let line = |(difference, _): &(Difference, bool)| {
            places.place(&difference.pointer, &difference.focus).map(|place| place.line)
        };
        self.differences.iter().map(line).collect()
    }

    fn links(&self) -> Links {
        let (_, text) = self.document;
        let pointers = self.proof.compared.iter().flat_map(|compared| compared.values());
        let places = Places::of(text, pointers.map(|pointer| (pointer, &Focus::Key)));
        let mut links = Links::default();
        for (index, compared) in self.proof.compared.iter().enumerate() {
            let Some((page, ..)) = self.pages.get(index) else { continue };
            for (fact, pointer) in compared {
                let line = places.place(pointer, &Focus::Key).map(|place| place.line);
                if let (Some(line), Some(stated)) = (line, page.facts.get(*fact)) {
                    links.of_facts.insert((index, *fact), line);
                    links.of_lines.entry(line).or_default().insert((index, stated.line));
                }
            }
        }
        for ((difference, _), line) in self.differences.iter().zip(self.document_lines()) {
            let Some(line) = line else { continue };
            for (file, place) in difference.pages.iter().filter(|(_, place)| place.line > 0) {
                if let Some(index) = self.pages.iter().position(|(page, ..)| page.file == *file) {
                    links.of_lines.entry(line).or_default().insert((index, place.line));
                    if let Some(fact) = place.fact {
                        links.of_facts.insert((index, fact), line);
                    }
                }
            }
        }
        links
    }

    /// Writes the lines of a page.
    fn page(&self, index: usize, shown: (&Page, &str, &PageSummary), links: &Links, html: &mut String) {
        let (page, text, summary) = shown;
        _ = write!(html, "<h2>{}</h2>\n<table>\n", escaped(&page.file));
        let states = summary.states.iter().rev().copied().collect();
        let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (fact, stated) in page.facts.iter().enumerate() {
            by_line.entry(stated.line).or_default().push(fact);
        }
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            let is_unread = page.lines.get(number - 1) == Some(&LineUse::NotRead);
            let class = if is_unread { " class=\"not-read\"" } else { "" };
            let facts = by_line.get(&number).map(Vec::as_slice).unwrap_or_default();
            let line_of = |fact: usize| links.of_facts.get(&(index, fact)).copied();
            let content = marked(&visible(line, &page.file), facts, page, &states, line_of);
            _ = writeln!(
                html,
                "<tr id=\"p{index}-{number}\"{class} tabindex=\"-1\"><td>{number}</td><td>{content}</td></tr>"
            );
        }
        html.push_str("</table>\n");
    }

    /// Writes the lines of the document.
    fn document(&self, links: &Links, html: &mut String) {
        let (file, text) = self.document;
        _ = write!(html, "<h2>{}</h2>\n<table>\n", escaped(file));
        let open =
            self.differences.iter().zip(self.document_lines()).filter(|((_, is_acknowledged), _)| !is_acknowledged);
        let open: BTreeSet<usize> = open.filter_map(|(_, line)| line).collect();
        for (number, line) in text.lines().enumerate() {
            let number = number + 1;
            let class = if open.contains(&number) { " class=\"has-difference\"" } else { "" };
            let content = match links.of_lines.get(&number) {
                Some(lines) => {
                    let targets: Vec<String> = lines.iter().map(|(page, line)| format!("p{page}-{line}")).collect();
                    format!("<button type=\"button\" data-to=\"{}\">{}</button>", targets.join(" "), escaped(line))
                }
                None => escaped(line),
            };
            _ = writeln!(html, "<tr id=\"d-{number}\"{class} tabindex=\"-1\"><td>{number}</td><td>{content}</td></tr>");
        }
        html.push_str("</table>\n");
    }
}
