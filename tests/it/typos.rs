//! Tests that each typo in a document is reported once, at the line and column to correct. The typos are typical for the
//! transcription of a documentation page.
//!
//! The pages in `tests/documents/typos/` describe the typos as edits of the documents in `specs/`.

use std::fs;

use copperplate::finding::{Finding, render};

use crate::markdown::{Command, Section, changed, only, pages, parts, path, sections};

/// A document with one typo, and the expected findings.
struct Typo {
    /// The name of the page, and the heading.
    title: String,
    /// The file name of the document.
    file: String,
    /// The correct document.
    correct: String,
    /// The document with the typo.
    text: String,
    /// The lines that the typo adds or changes.
    added: Vec<String>,
    command: Command,
    expected: Vec<Expected>,
}

/// A finding that must be reported.
struct Expected {
    code: String,
    /// The text that the excerpt of the finding underlines.
    mark: String,
    /// A longer text that contains `mark`, and occurs only once in the document.
    around: Option<String>,
    /// Words that the remedy must contain.
    remedy: Option<String>,
}

fn typos() -> Vec<Typo> {
    let of_page = |(name, file): (String, _)| {
        let sections = sections(&parts(&fs::read_to_string(file).unwrap()));
        sections.iter().map(|section| typo(&name, section)).collect::<Vec<_>>()
    };
    pages("tests/documents/typos").into_iter().flat_map(of_page).collect()
}

/// Replaces the symbols that stand for invisible characters on the pages.
fn with_invisible(text: &str) -> String {
    text.replace('→', "\t").replace('␀', "\0").replace('⍽', "\u{a0}")
}

fn typo(page: &str, section: &Section) -> Typo {
    let title = format!("{page}: {}", section.title);
    let [(info, diff)] = section.blocks.as_slice() else { panic!("{title}: one `diff` block") };
    let words: Vec<&str> = info.split(' ').collect();
    let ["diff", spec, flags @ ..] = words.as_slice() else { panic!("{title}: `diff` and the path of a document") };
    let correct = fs::read_to_string(path(spec)).unwrap();
    let diff = with_invisible(diff);
    let added: Vec<String> = diff.lines().filter_map(|line| line.strip_prefix('+')).map(str::to_owned).collect();
    let mut text = changed(&correct, &diff).unwrap_or_else(|fault| panic!("{title}: {fault}"));
    if flags == ["ends-here"] {
        let last = added.last().unwrap();
        text.truncate(text.find(&format!("\n{last}\n")).unwrap() + 1 + last.len());
    }
    let command = match section.prose.lines().find(|line| line.ends_with(" reports:")) {
        Some("`generate` reports:") => Command::Generate,
        Some("`lint` reports:") => Command::Lint,
        other => panic!("{title}: {other:?} instead of the command that reports"),
    };
    let items = section.prose.lines().filter_map(|line| line.strip_prefix("- "));
    let expected = items.map(|item| expected(item).unwrap_or_else(|| panic!("{title}: {item}"))).collect();
    Typo { title, file: spec.replace("specs/", ""), correct, text, added, command, expected }
}

/// Parses ``CODE at `mark` in `around`: words of the remedy``. Everything after `mark` is optional.
fn expected(item: &str) -> Option<Expected> {
    let (code, rest) = item.split_once(" at `")?;
    let (mark, rest) = rest.split_once('`')?;
    let (around, rest) = match rest.strip_prefix(" in `").and_then(|rest| rest.split_once('`')) {
        Some((around, rest)) => (Some(with_invisible(around).replace("\\n", "\n")), rest),
        None => (None, rest),
    };
    let remedy = rest.strip_prefix(": ").map(str::to_owned);
    (rest.is_empty() || remedy.is_some()).then(|| Expected {
        code: code.to_owned(),
        mark: with_invisible(mark),
        around,
        remedy,
    })
}

impl Typo {
    /// Returns the findings about the document with the typo. For the `lint` command, leaves out the findings that the correct
    /// document also has.
    fn findings(&self) -> Vec<Finding> {
        let of = |text: &str| self.command.findings(&self.file, text.as_bytes().to_vec()).0;
        let known = if self.command == Command::Lint { of(&self.correct) } else { Vec::new() };
        let is_known = |finding: &Finding| {
            known.iter().any(|other| (other.code, &other.pointer) == (finding.code, &finding.pointer))
        };
        of(&self.text).into_iter().filter(|finding| !is_known(finding)).collect()
    }

    /// Returns the reported findings, one per line, as `CODE line:column text`. If the remedy lacks the expected words, adds the
    /// remedy to the line.
    fn reported(&self) -> Vec<String> {
        let findings = self.findings();
        let placed = render::placed(&findings, &[(self.file.as_str(), self.text.as_str())].into());
        let remedies = self.expected.iter().map(|expected| expected.remedy.as_deref());
        let mut remedies = remedies.chain(std::iter::repeat(None));
        placed.iter().map(|finding| line(&finding.json(), &self.text, remedies.next().flatten())).collect()
    }

    /// Returns the expected findings, one per line, as `CODE line:column text`.
    fn expected(&self) -> Result<Vec<String>, String> {
        let line = |expected: &Expected| {
            let start = self.place(expected)?;
            let line_start = self.text[..start].rfind('\n').map_or(0, |end| end + 1);
            let line = self.text[..start].matches('\n').count() + 1;
            let column = self.text[line_start..start].chars().count() + 1;
            Ok(format!("{} {line}:{column} {}", expected.code, expected.mark))
        };
        self.expected.iter().map(line).collect()
    }

    /// Returns the byte offset of the mark: inside `around` if `around` is given, otherwise in an added line, or else at its only
    /// occurrence in the document.
    fn place(&self, Expected { mark, around, .. }: &Expected) -> Result<usize, String> {
        if let Some(around) = around {
            let offset = around.find(mark.as_str()).ok_or_else(|| format!("{mark:?} is not in {around:?}"))?;
            return Ok(only(&self.text, around)? + offset);
        }
        let (mut start, mut places) = (0, Vec::new());
        for line in self.text.split_inclusive('\n') {
            if self.added.iter().any(|added| line.trim_end_matches('\n') == added) {
                places.extend(line.match_indices(mark.as_str()).map(|(offset, _)| start + offset));
            }
            start += line.len();
        }
        match places.as_slice() {
            [place] => Ok(*place),
            [] => only(&self.text, mark),
            several => Err(format!("{mark:?} is in the added lines {} times: add ` in `", several.len())),
        }
    }
}

/// Formats a finding in JSON as `CODE line:column text`. If the remedy lacks the expected words, adds the remedy to the line.
fn line(json: &str, text: &str, remedy: Option<&str>) -> String {
    let finding: serde_json::Value = serde_json::from_str(json).unwrap();
    let number = |key: &str| finding[key].as_u64().unwrap_or_default() as usize;
    let (line, column, end) = (number("line"), number("column"), number("end_column"));
    let letters = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().chars();
    let marked: String = letters.skip(column.saturating_sub(1)).take(end.saturating_sub(column)).collect();
    let actual = finding["remedy"].as_str().unwrap();
    let lacking = remedy.filter(|words| !actual.contains(words)).map(|words| format!(": {actual} (without {words:?})"));
    format!("{} {line}:{column} {marked}{}", finding["code"].as_str().unwrap(), lacking.unwrap_or_default())
}

#[test]
fn each_typo_is_reported_once_and_in_its_place() {
    let typos = typos();
    assert!(typos.len() >= 142, "{} typos", typos.len());
    let wrong = typos.iter().filter_map(|typo| {
        let reported = typo.reported();
        match typo.expected() {
            Ok(expected) if reported == expected => None,
            Ok(expected) => Some(format!("{}\n  reported {reported:?}\n  expected {expected:?}", typo.title)),
            Err(fault) => Some(format!("{}\n  {fault}", typo.title)),
        }
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), typos.len(), wrong.join("\n"));
}

/// The correct documents have no findings. So every finding in the other tests is about a typo.
#[test]
fn the_correct_documents_raise_nothing() {
    for spec in ["cfw", "osm", "personium", "secmaster"] {
        let text = fs::read(path(&format!("specs/{spec}.yaml"))).unwrap();
        assert_eq!(Command::Generate.findings(&format!("{spec}.yaml"), text).0, [], "{spec}");
    }
}
