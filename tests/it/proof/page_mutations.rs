//! Changes of pages: for every fact of a page, the page with that fact changed, and for every row, the page without the row and with
//! another row. `proof` reports each at its line.

use std::fmt::Write as _;

use copperplate::finding::Code;
use copperplate::page::fact::{Fact, FactKind, Field, Page};
use copperplate::page::{Format, read};
use copperplate::pipeline::PageInput;

use super::{DOCUMENTS, document, proof, read_pages, shown};

/// A changed page.
struct Change {
    what: String,
    /// The lines of the page that the finding names: one of them.
    lines: Vec<usize>,
    text: String,
}

#[test]
fn every_changed_fact_of_a_page_is_found_at_its_line() {
    let (mut count, mut wrong) = (0, String::new());
    for (name, numbers) in DOCUMENTS {
        let Some(pages) = read_pages(numbers) else { return };
        let text = document(name);
        for (index, page) in pages.iter().enumerate() {
            for change in changes(page) {
                count += 1;
                let mut changed = pages.clone();
                changed[index].text.clone_from(&change.text);
                let report = proof(name, &text, &changed);
                let places = report.differences.iter().filter(|(_, is_acknowledged)| !is_acknowledged);
                let places = places.flat_map(|(difference, _)| &difference.pages);
                let unread = report.pages[index].unread.iter().map(|(line, _)| *line);
                let mut lines =
                    places.filter(|(file, _)| *file == page.file).map(|(_, place)| place.line).chain(unread);
                let is_stale = |code: Code| code == Code::StaleAcknowledgement;
                let is_found = lines.any(|line| change.lines.contains(&line))
                    || report.findings.iter().any(|finding| is_stale(finding.code));
                if !is_found {
                    let found = shown(&report.findings);
                    writeln!(wrong, "{} {}: {found:#?}", page.file, change.what).unwrap();
                }
            }
        }
    }
    println!("{count} changes of pages");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(count > 300, "{count} changes");
}

/// Returns every change of a page.
fn changes(input: &PageInput) -> Vec<Change> {
    let page = read(&input.file, &input.text, Format::of(&input.file, &input.text));
    let lines: Vec<&str> = input.text.lines().collect();
    let mut changes: Vec<Change> = page.facts.iter().filter_map(|fact| of_fact(fact, &page, &lines)).collect();
    let bodies = page.responses.iter().flat_map(|response| response.body.iter());
    let mut fields: Vec<&Field> = page.parameters.iter().collect();
    for body in page.body.iter().chain(bodies) {
        gather(&body.fields, &mut fields);
    }
    for field in fields {
        changes.extend(of_row(field, &page, &lines));
    }
    changes
}

fn gather<'f>(fields: &'f [Field], all: &mut Vec<&'f Field>) {
    for field in fields {
        all.push(field);
        gather(&field.fields, all);
    }
}

/// Returns the page with one fact changed.
fn of_fact(fact: &Fact, page: &Page, lines: &[&str]) -> Option<Change> {
    let line = *lines.get(fact.line.checked_sub(1)?)?;
    let words = fact.words.as_str();
    let changed = match fact.kind {
        FactKind::Mandatory => replaced(line, words, if words == "Yes" { "No" } else { "Yes" }),
        FactKind::Type => replaced(line, words, if words == "String" { "Integer" } else { "String" }),
        FactKind::Bound => replaced(line, words, &other_number(words)),
        FactKind::Default => replaced(line, words, &other_value(words)),
        FactKind::Values => replaced(line, words, &words.replace('*', "x").replace("json", "yaml")),
        FactKind::Example => replaced(line, words, &format!("{words}x")),
        FactKind::Parameter | FactKind::Property | FactKind::ResponseHeader if !words.starts_with('{') => {
            replaced(line, words, &format!("{words}-x"))
        }
        FactKind::Path => line.rfind('/').map(|at| format!("{}/x{}", &line[..at], &line[at + 1..])),
        FactKind::Method => replaced(line, words, if words == "PUT" { "GET" } else { "PUT" }),
        // A document names the titles of the sections, if the page describes several requests.
        FactKind::Title if page.forms.len() == 1 => replaced(line, words, &format!("{words} Again")),
        FactKind::Status => {
            let status: u16 = fact.subject.parse().ok()?;
            replaced(line, &fact.subject, &(status + 7).to_string())
        }
        // A client sets this header itself, whatever an example says.
        FactKind::RequestExample if words.starts_with("Accept") => None,
        FactKind::RequestExample if fact.subject == "header" => replaced(line, words, &format!("{words}9")),
        FactKind::RequestExample | FactKind::ResponseExample => other_member(line, words),
        _ => None,
    }?;
    if changed == line {
        return None;
    }
    let mut lines: Vec<&str> = lines.to_vec();
    lines[fact.line - 1] = &changed;
    // A placeholder of the path and its row have one name: either line shows the difference.
    let mut places = vec![fact.line];
    let named = page.facts.iter().filter(|other| other.subject == fact.subject && !fact.subject.is_empty());
    places.extend(named.map(|other| other.line));
    if matches!(fact.kind, FactKind::Path | FactKind::Method) {
        places.extend(page.facts.iter().filter(|other| other.kind == FactKind::RequestExample).map(|other| other.line));
    }
    Some(Change {
        what: format!("L{} {}: {line} -> {changed}", fact.line, fact.kind.word()),
        lines: places,
        text: lines.join("\n"),
    })
}

/// Returns the page without a row, and with the row twice under two names.
fn of_row(field: &Field, page: &Page, lines: &[&str]) -> Vec<Change> {
    let first = field.name.line;
    let own = page.facts.iter().filter(|fact| fact.subject == field.name.value && fact.line >= first);
    let is_row = |fact: &&Fact| {
        fact.line < first + 60 && !matches!(fact.kind, FactKind::RequestExample | FactKind::ResponseExample)
    };
    let next = page.facts.iter().filter(|fact| {
        let is_name = matches!(fact.kind, FactKind::Parameter | FactKind::Property | FactKind::ResponseHeader);
        is_name && fact.line > first
    });
    let limit = next.map(|fact| fact.line).min().unwrap_or(usize::MAX);
    let last = own.filter(is_row).map(|fact| fact.line).filter(|line| *line < limit).max().unwrap_or(first);
    let row: Vec<&str> = lines[first - 1..last].to_vec();
    let (before, after) = (&lines[..first - 1], &lines[last..]);
    let without = [before, after].concat().join("\n");
    let renamed: Vec<String> = row
        .iter()
        .map(|line| replaced(line, &field.name.value, "another_name").unwrap_or_else(|| (*line).to_owned()))
        .collect();
    let mut added = before.to_vec();
    added.extend(&row);
    if row.iter().all(|line| !line.contains('|')) {
        added.push("");
    }
    let from = added.len() + 1;
    added.extend(renamed.iter().map(String::as_str));
    let to = added.len();
    added.extend(after);
    let anywhere: Vec<usize> = (1..=lines.len()).collect();
    let name = &field.name.value;
    vec![
        Change { what: format!("L{first}-{last} without the row `{name}`"), lines: anywhere, text: without },
        Change {
            what: format!("L{first}-{last} with a row after `{name}`"),
            lines: (from..=to).collect(),
            text: added.join("\n"),
        },
    ]
}

/// Replaces words that are not part of a longer word.
fn replaced(line: &str, words: &str, other: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let mut places = line.match_indices(words);
    let (at, _) =
        places.find(|(at, _)| !line[..*at].ends_with(is_part) && !line[at + words.len()..].starts_with(is_part))?;
    Some(format!("{}{other}{}", &line[..at], &line[at + words.len()..]))
}

/// Returns words with another number.
fn other_number(words: &str) -> String {
    if let Some(at) = words.rfind(|letter: char| letter.is_ascii_digit()) {
        let start = words[..=at].rfind(|letter: char| !letter.is_ascii_digit()).map_or(0, |before| before + 1);
        let number: u64 = words[start..=at].parse().unwrap();
        return format!("{}{}{}", &words[..start], number + 1, &words[at + 1..]);
    }
    words.replace("three", "four")
}

/// Returns words with another default.
fn other_value(words: &str) -> String {
    words.replace("zh-cn", "zh-tw").replace("GMT+8", "GMT+9").replace("[*]", "[x]").replace("4 digits", "5 digits")
}

/// Returns a line of an example with another value of a member.
fn other_member(line: &str, words: &str) -> Option<String> {
    let after = line.find(words)? + words.len();
    let rest = &line[after..];
    let colon = after + rest.find(':')?;
    let start = colon + 1 + line[colon + 1..].find(|letter: char| letter.is_alphanumeric())?;
    let value = match line[start..].strip_prefix("false") {
        Some(rest) => format!("true{rest}"),
        None => format!("9{}", &line[start..]),
    };
    Some(format!("{}{value}", &line[..start]))
}
