//! Reduces a pair of schemas with a counterexample: removes keywords, variants and members as long as `diff` calls the pair safe and
//! the value shows the opposite.

use serde_json::{Value, json};

use super::comparison::verdicts;
use super::exchange::Exchange;
use super::pair::{Pair, Version};

/// The maximum number of attempts.
const ATTEMPTS: usize = 600;

/// A pair with a value. As one JSON value, so that a part of all of it can be removed.
fn state(pair: &Pair, value: &Value) -> Value {
    let version = |version: &Version| json!({"schema": version.schema, "components": version.components});
    json!({"old": version(&pair.old), "new": version(&pair.new), "value": value})
}

fn pair(state: &Value) -> Pair {
    let version =
        |name: &str| Version { components: state[name]["components"].clone(), schema: state[name]["schema"].clone() };
    Pair { old: version("old"), new: version("new") }
}

fn is_wrong(state: &Value, is_request: bool) -> bool {
    let pair = pair(state);
    let is_counterexample = |exchange: Exchange<'_>| exchange.counterexample([&state["value"]]).is_some();
    if !Exchange::new(&pair, is_request).is_some_and(is_counterexample) {
        return false;
    }
    verdicts(std::slice::from_ref(&pair)).get(&0).is_some_and(|verdicts| verdicts[usize::from(!is_request)].is_safe())
}

/// Returns a description of the reduced pair and value.
pub fn shrunk(original: &Pair, is_request: bool, value: &Value) -> String {
    let renamed = |state: Value| -> Value {
        // The verdicts on a single pair are found by the number 0.
        let text = state.to_string();
        let name =
            text.split("\"C").nth(1).map(|rest| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
        let Some(digits) = name else { return state };
        let text = text.replace(&format!("\"C{digits}"), "\"C0").replace(&format!("/C{digits}"), "/C0");
        serde_json::from_str(&text).unwrap_or(state)
    };
    let mut best = renamed(state(original, value));
    let mut attempts = 0;
    let mut is_reduced = true;
    while is_reduced && attempts < ATTEMPTS {
        is_reduced = false;
        for place in places(&best) {
            for smaller in smaller(&best, &place) {
                attempts += 1;
                if attempts < ATTEMPTS && is_wrong(&smaller, is_request) {
                    best = smaller;
                    is_reduced = true;
                    break;
                }
            }
        }
    }
    let direction = if is_request { "request" } else { "response" };
    format!("{direction}\n  old   {}\n  new   {}\n  value {}", best["old"], best["new"], best["value"])
}

/// Returns the JSON Pointers of all values in `value`, those near the root first.
fn places(value: &Value) -> Vec<String> {
    let mut places = vec![String::new()];
    let mut index = 0;
    while let Some(place) = places.get(index).cloned() {
        match value.pointer(&place) {
            Some(Value::Object(members)) => {
                let escaped = members.keys().map(|name| name.replace('~', "~0").replace('/', "~1"));
                places.extend(escaped.map(|name| format!("{place}/{name}")));
            }
            Some(Value::Array(items)) => places.extend((0..items.len()).map(|index| format!("{place}/{index}"))),
            _ => {}
        }
        index += 1;
    }
    places.retain(|place| place.matches('/').count() > 1 || place == "/value");
    places
}

/// Returns copies of `state` without the value at `place`: in both versions, and in one of them.
fn smaller(state: &Value, place: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let rest = place.strip_prefix("/old");
    if let Some(rest) = rest {
        let mut both = state.clone();
        if remove(&mut both, place) && remove(&mut both, &format!("/new{rest}")) {
            found.push(both);
        }
    }
    let mut one = state.clone();
    if remove(&mut one, place) {
        found.push(one);
    }
    found
}

fn remove(state: &mut Value, place: &str) -> bool {
    let Some((parent, last)) = place.rsplit_once('/') else { return false };
    let last = last.replace("~1", "/").replace("~0", "~");
    match state.pointer_mut(parent) {
        Some(Value::Object(members)) if !parent.is_empty() => {
            // A variant without its reference would be inline, which a discriminator does not allow.
            let is_base = ["schema", "components", "$ref"].contains(&last.as_str());
            !is_base && members.remove(&last).is_some()
        }
        Some(Value::Array(items)) => {
            let index = last.parse::<usize>().ok().filter(|index| *index < items.len());
            index.map(|index| items.remove(index)).is_some()
        }
        _ => false,
    }
}
