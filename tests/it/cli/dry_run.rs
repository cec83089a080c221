//! Tests that `--dry-run` prints the request that the client sends.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;

use super::{Run, offline, run, words};
use crate::socket::Request;
use crate::wire;

/// A call as arguments of the program, and its environment variables.
#[derive(Debug, Default)]
struct Call {
    arguments: Vec<String>,
    variables: BTreeMap<String, String>,
}

impl Call {
    /// Translates the inputs of a wire case. Returns `None` if the program has no option for one of them.
    fn new(api: &str, inputs: &Value, body_in_file: Option<&str>) -> Option<Self> {
        let mut call = Self::default();
        let (module, operation) = api.split_once('.')?;
        let command = match inputs.get("nav").and_then(Value::as_str) {
            Some(nav) => format!("unlink-relation-from-{}", kebab(nav)),
            None => kebab(operation),
        };
        call.arguments = vec![module.to_owned(), command, "--dry-run".to_owned()];
        for (name, value) in inputs.as_object()? {
            match name.as_str() {
                "base_url" => call.option("base-url", value)?,
                "path" | "query" | "header" => {
                    for (name, value) in value.as_object()? {
                        call.parameter(name, value)?;
                    }
                }
                "body" => match body_in_file {
                    Some(path) => {
                        fs::write(path, value.to_string()).unwrap();
                        call.arguments.push(format!("--body={path}"));
                    }
                    None => {
                        for (name, value) in value.as_object()? {
                            call.option(&kebab(name), value)?;
                        }
                    }
                },
                "nav" => {}
                "relation" | "target" => call.key(name, inputs.get("nav"), value)?,
                _ => return None,
            }
        }
        Some(call)
    }

    /// Adds an option, as often as a list has items.
    fn option(&mut self, name: &str, value: &Value) -> Option<()> {
        match value {
            Value::Array(items) if items.is_empty() => return None,
            Value::Array(items) => return items.iter().try_for_each(|item| self.option(name, item)),
            Value::String(text) => self.arguments.push(format!("--{name}={text}")),
            Value::Null | Value::Object(_) => return None,
            other => self.arguments.push(format!("--{name}={other}")),
        }
        Some(())
    }

    fn parameter(&mut self, name: &str, value: &Value) -> Option<()> {
        let (option, secret) = match (name, value.as_str()) {
            ("X-Auth-Token", Some(secret)) => ("x-auth-token-env", secret),
            ("Authorization", Some(secret)) => ("access-token-env", secret.strip_prefix("Bearer ")?),
            ("p_cookie_peer", Some(secret)) => ("p-cookie-peer-env", secret),
            _ => return self.option(&kebab(name), value),
        };
        let variable = option.replace('-', "_");
        self.arguments.push(format!("--{option}={variable}"));
        self.variables.insert(variable, secret.to_owned());
        Some(())
    }

    /// Adds the options of a key of Personium.
    fn key(&mut self, argument: &str, nav: Option<&Value>, parts: &Value) -> Option<()> {
        let own = match (argument, nav?.as_str()?) {
            ("relation", _) => "relation",
            (_, "_Box") => "box",
            (_, "_ExtCell") => "ext-cell",
            (_, "_ExtRole") => "ext-role",
            _ => "role",
        };
        let parts = parts.as_object()?;
        let has_form = !["box", "ext-cell"].contains(&own) && nav?.as_str()? != "_Box";
        if has_form && parts.contains_key("bare") {
            self.arguments.push(format!("--{own}-form=bare"));
        }
        parts.iter().try_for_each(|(part, value)| {
            let option = match (own, part.as_str()) {
                ("ext-cell", _) => "ext-cell-url".to_owned(),
                ("ext-role", "ExtRole" | "bare") => "ext-role-url".to_owned(),
                (_, "Name" | "bare") => format!("{own}-name"),
                (_, "_Relation.Name") => format!("{own}-relation-name"),
                (_, "_Relation._Box.Name") => format!("{own}-relation-box-name"),
                (_, "_Box.Name") => format!("{own}-box-name"),
                _ => return None,
            };
            self.option(&option, value)
        })
    }

    fn run(&self) -> Run {
        let arguments: Vec<&str> = self.arguments.iter().map(String::as_str).collect();
        run(&arguments, &self.variables, offline())
    }
}

/// Converts `X-Auth-Token`, `case_id` and `createRelations` to names of options and commands.
fn kebab(name: &str) -> String {
    let (mut kebab, mut last) = (String::new(), '_');
    for letter in name.chars() {
        let starts_word = letter.is_uppercase() && last.is_lowercase();
        last = letter;
        if letter == '_' || letter == '-' || starts_word {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase().filter(|letter| letter.is_alphanumeric()));
    }
    kebab.trim_matches('-').to_owned()
}

/// Reads a `curl` command back into the request that `curl` would send.
fn request(curl: &str) -> (String, Request) {
    let words = words(curl);
    let (mut method, mut url, mut headers, mut body) = (String::new(), String::new(), Vec::new(), Vec::new());
    let mut rest = words.iter().skip(1);
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--request" => method.clone_from(rest.next().unwrap()),
            "--globoff" => {}
            "--header" => {
                let line = rest.next().unwrap();
                let (name, value) = line.split_once(": ").unwrap_or((line.trim_end_matches(';'), ""));
                headers.push((name.to_owned(), value.to_owned()));
            }
            "--data-binary" => body = rest.next().unwrap().clone().into_bytes(),
            other => url = other.to_owned(),
        }
    }
    let uri: http::Uri = url.parse().unwrap();
    let target = uri.path_and_query().unwrap().as_str();
    (uri.authority().unwrap().to_string(), Request { line: format!("{method} {target} HTTP/1.1"), headers, body })
}

/// Replaces the values of secrets in a request that the client sends.
fn masked(mut request: Request, secrets: &BTreeMap<String, String>) -> Request {
    for (name, value) in &mut request.headers {
        if ["x-auth-token", "authorization"].contains(&name.as_str()) {
            *value = "***".to_owned();
        }
    }
    if let Some(secret) = secrets.get("p_cookie_peer_env") {
        request.line = request.line.replace(&format!("p_cookie_peer={secret}"), "p_cookie_peer=***");
    }
    request
}

/// Each wire case that the client sends is printed as the same request, and each that it rejects is rejected.
#[test]
fn the_curl_command_is_the_request_of_the_client() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("body.json");
    let (mut compared, mut rejected, mut without_options) = (0, 0, Vec::new());
    for (api, title, inputs, sent) in wire::own_requests() {
        for path in [None, file.to_str()] {
            let Some(call) = Call::new(&api, &inputs, path) else {
                without_options.push(title.clone());
                continue;
            };
            // The text of an option can be a value of the right type although the JSON of the case is not.
            if sent.is_err() && path.is_none() {
                continue;
            }
            let run = call.run();
            let Ok(Some(sent)) = &sent else {
                assert!([2, 4].contains(&run.code) && run.out.is_empty(), "{title}: {call:?} {run:?}");
                rejected += 1;
                continue;
            };
            assert_eq!(run.code, 0, "{title}: {call:?} {run:?}");
            let (host, printed) = request(&run.out);
            let base_url = inputs.get("base_url").and_then(Value::as_str).unwrap_or("https://service.example");
            assert!(base_url.split_once("://").unwrap().1.starts_with(&host), "{title}: {host}");
            assert_eq!(printed, masked(sent.clone(), &call.variables), "{title}: {run:?}");
            compared += 1;
        }
    }
    println!("{compared} requests and {rejected} rejections; without options: {without_options:?}");
    assert!(compared >= 190 && rejected >= 50, "{compared} {rejected} {without_options:?}");
}
