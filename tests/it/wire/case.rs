//! The files, and what a case says. A case that is not understood is an error, never skipped.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::call::Fault;

/// A case as its file has it.
#[derive(Debug)]
pub(super) struct Case(Map<String, Value>);

/// What a caller hands over. What has been asked for is noted, so that nothing is overlooked.
#[derive(Debug)]
pub(super) struct Inputs {
    values: Map<String, Value>,
    read: RefCell<BTreeSet<String>>,
}

/// The cases of this repository.
pub(super) fn own() -> Vec<Case> {
    folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/wire")))
}

/// These, and those of the folder that `WIRE_CASES` names.
pub(super) fn all() -> Vec<Case> {
    let mut cases = own();
    match env::var_os("WIRE_CASES") {
        Some(path) => cases.extend(folder(Path::new(&path))),
        None => eprintln!("WIRE_CASES is not set: only the cases of tests/wire are run"),
    }
    cases
}

fn folder(path: &Path) -> Vec<Case> {
    let entries = fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    // The vectors of a request signature may lie beside the cases; no client here signs.
    files.retain(|file| {
        file.extension().is_some_and(|extension| extension == "json") && !file.ends_with("signing.json")
    });
    files.sort();
    assert!(!files.is_empty(), "{} has no *.json", path.display());
    let read = |file: &PathBuf| -> Vec<Map<String, Value>> {
        serde_json::from_slice(&fs::read(file).unwrap()).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    files.iter().flat_map(read).map(Case).collect()
}

impl Case {
    /// The operation and the name of the case.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.text("api"), self.text("case"))
    }

    /// A text that every case has.
    pub(super) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("no {key}: {:?}", self.0))
    }

    /// A key that the case may have.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Keys beside these.
    pub(super) fn keys_beside(&self, known: &[&str]) -> Vec<String> {
        let about = ["api", "case", "source_ref", "level", "note"];
        let unknown = self.0.keys().filter(|key| !known.contains(&key.as_str()) && !about.contains(&key.as_str()));
        unknown.map(|key| format!("the case has an unknown key {key}")).collect()
    }

    /// A case with a status says what becomes of an answer; the others say what is sent.
    pub(super) fn is_response(&self) -> bool {
        self.0.contains_key("status")
    }

    /// An example or a URL form of a documentation page, which is sent.
    pub(super) fn is_page_request(&self) -> bool {
        self.0.contains_key("expect") && self.text("level") == "page"
    }

    pub(super) fn inputs(&self) -> Inputs {
        Inputs::new(self.0.get("inputs").and_then(Value::as_object).cloned().expect("inputs"))
    }

    pub(super) fn answer(&self) -> http::Response<Bytes> {
        let status = self.0["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status");
        let mut answer = http::Response::builder().status(status);
        for (name, value) in self.0["headers"].as_object().expect("headers") {
            for value in texts(value).expect("a header is a text, or several") {
                answer = answer.header(name, value);
            }
        }
        answer.body(self.text("body").to_owned().into()).unwrap()
    }
}

impl Inputs {
    pub(super) fn new(values: Map<String, Value>) -> Self {
        Self { values, read: RefCell::default() }
    }

    /// A value that stands at the top.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.read.borrow_mut().insert(key.to_owned());
        self.values.get(key)
    }

    /// The value of a parameter.
    fn parameter(&self, part: &str, name: &str) -> Option<&Value> {
        self.read.borrow_mut().insert(format!("{part}.{name}"));
        self.values.get(part)?.get(name)
    }

    /// A path parameter: the method takes it as an argument.
    pub(super) fn path(&self, name: &str) -> Result<String, Fault> {
        let value =
            self.parameter("path", name).ok_or_else(|| Fault::unwritable(name, "a required argument is absent"))?;
        text(name, value)
    }

    /// A query parameter that the call may set.
    pub(super) fn query(&self, name: &str) -> Result<Option<String>, Fault> {
        self.parameter("query", name).map(|value| text(name, value)).transpose()
    }

    /// A header that the call may set.
    pub(super) fn header(&self, name: &str) -> Result<Option<String>, Fault> {
        self.parameter("header", name).map(|value| text(name, value)).transpose()
    }

    /// A header of several values that the call may set.
    pub(super) fn header_list(&self, name: &str) -> Result<Option<Vec<String>>, Fault> {
        let Some(value) = self.parameter("header", name) else { return Ok(None) };
        let items = value.as_array().ok_or_else(|| Fault::unwritable(name, &format!("{value} is no array")))?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| text(&format!("{name}/{index}"), item))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// The body, where it decodes into the typed one and nothing of it is lost.
    pub(super) fn body<T: DeserializeOwned + serde::Serialize>(&self) -> Result<T, Fault> {
        let given = self.get("body").ok_or_else(|| Fault::unwritable("body", "a required argument is absent"))?;
        let decode = |body: &Value| T::deserialize(body);
        let body = decode(given).map_err(|error| {
            let field = at_fault(given, &|body| decode(body).map(drop).map_err(|error| error.to_string()));
            Fault::unwritable(&field, &error.to_string())
        })?;
        let kept = serde_json::to_value(&body).unwrap();
        match kept == without_nulls(given) {
            true => Ok(body),
            false => Err(Fault::NotUnderstood(format!("the typed body keeps {kept} of {given}"))),
        }
    }

    /// Values that no argument of the operation has asked for.
    pub(super) fn unread(&self) -> Vec<String> {
        let parts = ["path", "query", "header"];
        let names = |(key, value): (&String, &Value)| match value {
            Value::Object(part) if parts.contains(&key.as_str()) => {
                part.keys().map(|name| format!("{key}.{name}")).collect()
            }
            _ => vec![key.clone()],
        };
        let mut names: Vec<_> = self.values.iter().flat_map(names).collect();
        names.retain(|name| !self.read.borrow().contains(name));
        names
    }
}

fn text(name: &str, value: &Value) -> Result<String, Fault> {
    value.as_str().map(str::to_owned).ok_or_else(|| Fault::unwritable(name, &format!("{value} is no string")))
}

/// One text, or an array of them.
pub(super) fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        other => other.as_str().map(|text| vec![text]),
    }
}

/// Why `body` does not decode: the member that is missing, or the one without which nothing else is wrong.
fn at_fault(body: &Value, decode: &dyn Fn(&Value) -> Result<(), String>) -> String {
    let missing = |name: &str| format!("missing field `{name}`");
    let error = decode(body).expect_err("a body that does not decode");
    if let Some(name) = error.strip_prefix("missing field `") {
        return name.trim_end_matches('`').to_owned();
    }
    for (name, value) in body.as_object().into_iter().flatten() {
        let mut rest = body.clone();
        rest.as_object_mut().and_then(|members| members.remove(name)).expect("a member");
        if decode(&rest).is_ok() || decode(&rest).is_err_and(|error| error == missing(name)) {
            let items = 0..value.as_array().map_or(0, Vec::len);
            let mut at_fault = items.filter(|&index| {
                let mut rest = body.clone();
                rest[name].as_array_mut().expect("an array").remove(index);
                decode(&rest).is_ok()
            });
            return at_fault.next().map_or_else(|| name.clone(), |index| format!("{name}/{index}"));
        }
    }
    String::new()
}

/// The same value without members that are null.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            kept.map(|(name, member)| (name.clone(), without_nulls(member))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}
