//! Writes a tree as YAML in block style.

use serde_json::Value;

/// Returns the YAML text of a value.
pub fn text(value: &Value) -> String {
    let mut out = String::new();
    write(value, 0, &mut out);
    out.trim_start_matches('\n').to_owned()
}

fn write(value: &Value, indent: usize, out: &mut String) {
    let start = |out: &mut String| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
    };
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                start(out);
                out.push_str(&key(name));
                out.push(':');
                write(value, indent + 1, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                start(out);
                out.push('-');
                write(item, indent + 1, out);
            }
        }
        _ => {
            out.push(' ');
            out.push_str(&value.to_string());
        }
    }
}

/// Returns a key, with quotes if it needs them. YAML limits the length of keys, but not of keys after `?`.
fn key(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '/')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_/".contains(&byte))
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&name.to_ascii_lowercase().as_str());
    if is_plain { name.to_owned() } else { Value::from(name).to_string() }
}
