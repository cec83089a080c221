//! Reads the files of wire cases. Unknown content in a case is an error, so that nothing is skipped.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::call::CallError;

/// The JSON object of a case.
#[derive(Debug)]
pub(super) struct Case(Map<String, Value>);

/// The arguments of a call. Records which arguments are read, so that a test can detect unused arguments.
#[derive(Debug)]
pub(super) struct Inputs {
    values: Map<String, Value>,
    read: RefCell<BTreeSet<String>>,
}

/// Returns the cases of this repository.
pub(super) fn own() -> Vec<Case> {
    folder(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/wire")))
}

/// Returns the cases of this repository and of the folder that `WIRE_CASES` names.
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
    // The module `signing` reads the test vectors of signatures.
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

/// Returns the test vectors of signatures, of this repository and of the folder that `WIRE_CASES` names.
pub(super) fn signatures() -> Vec<Value> {
    let folders = [Some(concat!(env!("CARGO_MANIFEST_DIR"), "/wire").into()), env::var_os("WIRE_CASES")];
    let files = folders.into_iter().flatten().map(|folder| Path::new(&folder).join("signing.json"));
    let read = |file: PathBuf| -> Vec<Value> { serde_json::from_slice(&fs::read(file).unwrap()).unwrap() };
    files.filter(|file| file.exists()).flat_map(read).collect()
}

impl Case {
    /// Returns the operation and the name of the case.
    pub(super) fn title(&self) -> String {
        format!("{} {}", self.text("api"), self.text("case"))
    }

    /// Returns a string that every case has.
    pub(super) fn text(&self, key: &str) -> &str {
        self.0.get(key).and_then(Value::as_str).unwrap_or_else(|| panic!("no {key}: {:?}", self.0))
    }

    /// Returns the inputs of the case with a key pair in place of the token. Returns `None` if the case has no token, or
    /// expects no request.
    pub(super) fn signed_inputs(&self) -> Option<Inputs> {
        let mut inputs = self.0.get("expect").and(self.0.get("inputs"))?.as_object()?.clone();
        inputs.get_mut("header")?.as_object_mut()?.remove("X-Auth-Token")?;
        inputs.insert("signed".to_owned(), Value::Bool(true));
        Some(Inputs::new(inputs))
    }

    /// Returns the value of an optional key.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Returns a message for each key that is neither in `known` nor a general key of all cases.
    pub(super) fn unknown_keys(&self, known: &[&str]) -> Vec<String> {
        let descriptive = ["api", "case", "source_ref", "level", "note"];
        let unknown =
            self.0.keys().filter(|key| !known.contains(&key.as_str()) && !descriptive.contains(&key.as_str()));
        unknown.map(|key| format!("the case has an unknown key {key}")).collect()
    }

    /// Returns whether the case describes a response. The other cases describe a request.
    pub(super) fn is_response(&self) -> bool {
        self.0.contains_key("status")
    }

    /// Returns whether the case expects a request, and is an example or a URL form on a documentation page.
    pub(super) fn is_page_request(&self) -> bool {
        self.0.contains_key("expect") && self.text("level") == "page"
    }

    pub(super) fn inputs(&self) -> Inputs {
        Inputs::new(self.0.get("inputs").and_then(Value::as_object).cloned().expect("inputs"))
    }

    pub(super) fn response(&self) -> http::Response<Bytes> {
        let status = self.0["status"].as_u64().and_then(|status| u16::try_from(status).ok()).expect("a status");
        let mut response = http::Response::builder().status(status);
        for (name, value) in self.0["headers"].as_object().expect("headers") {
            for value in texts(value).expect("a header is a string or an array of strings") {
                response = response.header(name, value);
            }
        }
        response.body(self.text("body").to_owned().into()).unwrap()
    }
}

impl Inputs {
    pub(super) fn new(values: Map<String, Value>) -> Self {
        Self { values, read: RefCell::default() }
    }

    /// Returns the value of a top-level key of the inputs.
    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.read.borrow_mut().insert(key.to_owned());
        self.values.get(key)
    }

    /// Returns the value of the parameter `name`. `part` is `path`, `query` or `header`.
    fn parameter(&self, part: &str, name: &str) -> Option<&Value> {
        self.read.borrow_mut().insert(format!("{part}.{name}"));
        self.values.get(part)?.get(name)
    }

    /// Returns a path parameter. It is required, because the Rust method takes it as an argument.
    pub(super) fn path(&self, name: &str) -> Result<String, CallError> {
        let value = self
            .parameter("path", name)
            .ok_or_else(|| CallError::inexpressible(name, "a required argument is absent"))?;
        text(name, value)
    }

    /// Returns an optional query parameter.
    pub(super) fn query(&self, name: &str) -> Result<Option<String>, CallError> {
        self.parameter("query", name).map(|value| text(name, value)).transpose()
    }

    /// Returns an optional header.
    pub(super) fn header(&self, name: &str) -> Result<Option<String>, CallError> {
        self.parameter("header", name).map(|value| text(name, value)).transpose()
    }

    /// Returns the values of an optional header that is an array.
    pub(super) fn header_list(&self, name: &str) -> Result<Option<Vec<String>>, CallError> {
        let Some(value) = self.parameter("header", name) else { return Ok(None) };
        let items = value.as_array().ok_or_else(|| CallError::inexpressible(name, &format!("{value} is no array")))?;
        items
            .iter()
            .enumerate()
            .map(|(index, item)| text(&format!("{name}/{index}"), item))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// Decodes the body. Returns an error if the typed body loses a member.
    pub(super) fn body<T: DeserializeOwned + serde::Serialize>(&self) -> Result<T, CallError> {
        let given =
            self.get("body").ok_or_else(|| CallError::inexpressible("body", "a required argument is absent"))?;
        let decode = |body: &Value| T::deserialize(body);
        let body = decode(given).map_err(|error| {
            let field = invalid_field(given, &|body| decode(body).map(drop).map_err(|error| error.to_string()));
            CallError::inexpressible(&field, &error.to_string())
        })?;
        let kept = serde_json::to_value(&body).unwrap();
        match kept == without_nulls(given) {
            true => Ok(body),
            false => Err(CallError::UnknownInput(format!("the typed body keeps {kept} of {given}"))),
        }
    }

    /// Returns the inputs that no argument of the operation has used.
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

fn text(name: &str, value: &Value) -> Result<String, CallError> {
    value.as_str().map(str::to_owned).ok_or_else(|| CallError::inexpressible(name, &format!("{value} is no string")))
}

/// Returns one string, or the strings of an array.
pub(super) fn texts(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        other => other.as_str().map(|text| vec![text]),
    }
}

/// Returns the field that prevents decoding: a missing member, or a member or item whose removal makes the rest decodable.
fn invalid_field(body: &Value, decode: &dyn Fn(&Value) -> Result<(), String>) -> String {
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
            let mut invalid_field = items.filter(|&index| {
                let mut rest = body.clone();
                rest[name].as_array_mut().expect("an array").remove(index);
                decode(&rest).is_ok()
            });
            return invalid_field.next().map_or_else(|| name.clone(), |index| format!("{name}/{index}"));
        }
    }
    String::new()
}

/// Returns the value without its null members.
pub(super) fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            kept.map(|(name, member)| (name.clone(), without_nulls(member))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}
