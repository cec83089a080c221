//! The slips of people who transcribe a page: each edit of a sound document is told as a person would tell it, and told once.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use copperplate::finding::Finding;
use copperplate::finding::render;
use copperplate::{Input, Options, Pipeline};

/// One edit of a document, and what is to be told about the result.
struct Slip {
    name: String,
    spec: String,
    /// The lines that are there, and those that take their place.
    from: String,
    to: String,
    /// "CODE `text`": the code, and the text that is marked, in the line that holds it; "help: words" that are in its remedy.
    told: Vec<String>,
    /// Whether it is for `lint` to tell.
    is_for_lint: bool,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads `tests/broken/*.txt`: see `tests/broken/README.md`.
fn slips() -> Vec<Slip> {
    let mut files: Vec<_> = fs::read_dir(root().join("broken")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let read = |file: &Path| {
        let spec = file.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).unwrap();
        let slips: Vec<_> = text.split("\n== ").skip(1).map(|slip| slip_of(slip, &spec)).collect();
        slips
    };
    files.iter().flat_map(|file| read(file)).collect()
}

fn slip_of(text: &str, spec: &str) -> Slip {
    let (name, rest) = text.split_once('\n').unwrap();
    let (from, rest) = rest.split_once("\n-- becomes\n").unwrap();
    let is_for_lint = rest.contains("-- is told by lint\n");
    let (to, told) = rest.split_once(if is_for_lint { "-- is told by lint\n" } else { "-- is told\n" }).unwrap();
    let to = to.strip_suffix('\n').unwrap_or_default();
    let told = told.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    let tabs = |text: &str| text.replace('→', "\t").replace('␀', "\0");
    Slip { name: name.to_owned(), spec: spec.to_owned(), from: tabs(from), to: tabs(to), told, is_for_lint }
}

impl Slip {
    /// The document with the slip; the message says what does not fit it any more.
    fn text(&self) -> Result<String, String> {
        let sound = fs::read_to_string(root().join(format!("../specs/{}.yaml", self.spec))).unwrap();
        let (from, to) = (self.from.as_str(), self.to.as_str());
        if from == "(end)" {
            return Ok(format!("{sound}{to}\n"));
        }
        let start = only(&sound, from)?;
        Ok(match to {
            "(ends here)" => sound[..start + from.len()].to_owned(),
            _ => format!("{}{to}{}", &sound[..start], &sound[start + from.len()..]),
        })
    }

    /// What is told, one finding a line: `CODE line:column text`, and its remedy where one is expected.
    fn findings(&self, text: &str) -> Vec<String> {
        let file = format!("{}.yaml", self.spec);
        let findings = if self.is_for_lint { self.linted(text) } else { self.generated(text) };
        let placed = render::placed(&findings, &HashMap::from([(file.as_str(), text)]));
        let mut helps = self.helps().into_iter();
        placed.iter().map(|finding| marked(&finding.json(), text, helps.next().flatten())).collect()
    }

    fn input(&self, text: &str) -> Input {
        Input { file: format!("{}.yaml", self.spec), text: text.to_owned(), module: self.spec.clone() }
    }

    fn generated(&self, text: &str) -> Vec<Finding> {
        Pipeline::new(&Options::default()).generate(&[self.input(text)]).findings
    }

    /// What `lint` tells of the document that it does not tell of the sound one.
    fn linted(&self, text: &str) -> Vec<Finding> {
        let lint = |text: &str| Pipeline::new(&Options::default()).lint(&[self.input(text)], None);
        let sound = lint(&fs::read_to_string(root().join(format!("../specs/{}.yaml", self.spec))).unwrap());
        let is_old = |finding: &Finding| {
            sound.iter().any(|other| (other.code, &other.pointer) == (finding.code, &finding.pointer))
        };
        lint(text).into_iter().filter(|finding| !is_old(finding)).collect()
    }

    /// The words that the remedy of each finding is to have, where any are given.
    fn helps(&self) -> Vec<Option<&str>> {
        let help = |index: usize| self.told.get(index + 1)?.strip_prefix("help: ");
        let findings = (0..self.told.len()).filter(|index| !self.told[*index].starts_with("help: "));
        findings.map(help).collect()
    }

    /// What is to be told, with the places looked up: `CODE \`text\`` or `CODE \`text\` in \`line\`` or `CODE line:column`.
    fn expected(&self, text: &str) -> Result<Vec<String>, String> {
        let expect = |told: &String| {
            let mut parts = told.split('`');
            let code = parts.next().unwrap().trim();
            let mark = parts.next().unwrap_or_default().replace('→', "\t").replace('␀', "\0");
            let is_within = parts.next().unwrap_or_default().trim() == "in";
            let around = if is_within { parts.next().unwrap().replace("\\n", "\n") } else { mark.clone() };
            let start = only(text, &around)? + around.find(&mark).unwrap();
            let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
            let (line, column) = (text[..start].matches('\n').count() + 1, text[line_start..start].chars().count() + 1);
            Ok(format!("{code} {line}:{column} {mark}"))
        };
        let findings = self.told.iter().filter(|told| !told.starts_with("help: "));
        findings.map(expect).collect()
    }
}

/// Where `part` stands in `text`.
fn only(text: &str, part: &str) -> Result<usize, String> {
    match text.match_indices(part).collect::<Vec<_>>().as_slice() {
        [(start, _)] => Ok(*start),
        several => Err(format!("{part:?} is there {} times, and has to be there once", several.len())),
    }
}

/// A finding in JSON as `CODE line:column text`, and its remedy where that lacks the words of `help`.
fn marked(json: &str, text: &str, help: Option<&str>) -> String {
    let finding: serde_json::Value = serde_json::from_str(json).unwrap();
    let number = |key: &str| finding[key].as_u64().unwrap_or_default() as usize;
    let (line, column, end) = (number("line"), number("column"), number("end_column"));
    let letters = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().chars();
    let marked: String = letters.skip(column.saturating_sub(1)).take(end.saturating_sub(column)).collect();
    let remedy = finding["remedy"].as_str().unwrap();
    let lacking = help.filter(|help| !remedy.contains(help)).map(|_| format!(" help: {remedy}")).unwrap_or_default();
    format!("{} {line}:{column} {marked}{lacking}", finding["code"].as_str().unwrap())
}

#[test]
fn each_slip_is_told_once_and_in_its_place() {
    let mut wrong = Vec::new();
    let slips = slips();
    assert!(slips.len() >= 30, "{} slips", slips.len());
    for slip in &slips {
        let judged = slip.text().and_then(|text| Ok((slip.findings(&text), slip.expected(&text)?)));
        match judged {
            Ok((told, expected)) if told == expected => {}
            Ok((told, expected)) => {
                wrong.push(format!("{}: {}\n  told     {told:?}\n  expected {expected:?}", slip.spec, slip.name));
            }
            Err(fault) => wrong.push(format!("{}: {}\n  {fault}", slip.spec, slip.name)),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), slips.len(), wrong.join("\n"));
}

/// The documents themselves give no cause: what is told of a slip is told because of it.
#[test]
fn the_sound_documents_raise_nothing() {
    for spec in ["cfw", "osm", "personium", "secmaster"] {
        let text = fs::read_to_string(root().join(format!("../specs/{spec}.yaml"))).unwrap();
        let input = Input { file: format!("{spec}.yaml"), text, module: spec.to_owned() };
        assert_eq!(Pipeline::new(&Options::default()).generate(&[input]).findings, [], "{spec}");
    }
}
