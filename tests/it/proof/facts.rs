//! The facts of three pages, as a person listed them in `../shared/facts/facts.csv`: reading a page finds them at their lines.

use std::fs;
use std::ops::RangeInclusive;

use copperplate::page::fact::{Fact, FactKind, Page};
use copperplate::page::{Format, read};

use super::{read_pages, shared};

/// A fact of the list.
struct Listed {
    id: String,
    page: String,
    lines: RangeInclusive<usize>,
    kind: String,
    text: String,
}

/// Returns the kinds of facts that a reader may find for a kind of the list. Empty for prose and sample code.
fn kinds(kind: &str) -> &'static [FactKind] {
    match kind {
        "title" => &[FactKind::Title],
        "method" => &[FactKind::Method],
        "url" => &[FactKind::Path, FactKind::Server],
        "server" => &[FactKind::Server],
        "parameter" => &[FactKind::Parameter],
        "body member" | "response member" => &[FactKind::Property],
        "response header" => &[FactKind::ResponseHeader],
        "mandatory" => &[FactKind::Mandatory],
        "type" => &[FactKind::Type],
        "bound" => &[FactKind::Bound],
        "count" => &[FactKind::Bound, FactKind::Form],
        "default" => &[FactKind::Default],
        "example" => &[FactKind::Example],
        "body" => &[FactKind::Body],
        "status" => &[FactKind::Status],
        "request example" => &[FactKind::RequestExample],
        "response example" => &[FactKind::ResponseExample],
        "format" | "charset" => &[FactKind::Form, FactKind::Description],
        "allowed value" => &[FactKind::Values, FactKind::Form, FactKind::Description],
        _ => &[],
    }
}

#[test]
fn listed_facts_are_found_at_their_lines() {
    let (Some(folder), Some(pages)) = (shared("facts"), read_pages(&["000", "001", "003"])) else { return };
    let list = fs::read_to_string(folder.join("facts.csv")).unwrap();
    let pages: Vec<Page> = pages.iter().map(|page| read(&page.file, &page.text, Format::Text)).collect();
    let (mut count, mut missing) = (0, Vec::new());
    for listed in list.lines().skip(1).map(listed) {
        let kinds = kinds(&listed.kind);
        if kinds.is_empty() {
            continue;
        }
        count += 1;
        let page = pages.iter().find(|page| page.file.starts_with(&listed.page)).unwrap();
        let fits =
            |fact: &&Fact| listed.lines.contains(&fact.line) && kinds.contains(&fact.kind) && has_number(fact, &listed);
        if !page.facts.iter().any(|fact| fits(&fact)) {
            missing.push(format!("{} L{:?} {}: {}", listed.id, listed.lines, listed.kind, listed.text));
        }
    }
    println!("{} of {count} facts", count - missing.len());
    assert!(missing.len() * 50 <= count, "{} of {count} are missing:\n{}", missing.len(), missing.join("\n"));
}

/// Returns whether a bound has the number of the listed bound.
fn has_number(fact: &Fact, listed: &Listed) -> bool {
    let number = listed.text.rsplit(' ').next().unwrap_or_default();
    let is_number = listed.kind == "bound" && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    !is_number || fact.words.ends_with(number)
}

/// Reads a row. Texts in double quotes may have commas.
fn listed(row: &str) -> Listed {
    let (mut cells, mut cell, mut is_quoted) = (Vec::new(), String::new(), false);
    for letter in row.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            _ => cell.push(letter),
        }
    }
    cells.push(cell);
    let (first, last) = cells[2].split_once('-').unwrap_or((&cells[2], &cells[2]));
    let lines = first.parse().unwrap()..=last.parse().unwrap();
    Listed { id: cells[0].clone(), page: cells[1].clone(), lines, kind: cells[3].clone(), text: cells[4].clone() }
}
