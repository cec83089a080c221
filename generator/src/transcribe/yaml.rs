//! Writes YAML with comments.

use serde_json::Value;

use crate::page::fact::Page;
use crate::text::printable::{printable, printable_json};

/// A value, with a comment beside its key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Node {
    kind: Kind,
    comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// A scalar or a value in flow style, as it is written.
    Text(String),
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
}

impl Node {
    /// Creates a value that is written as it is.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { kind: Kind::Text(text.into()), comment: None }
    }

    /// Creates an object.
    pub(super) fn map(members: impl IntoIterator<Item = (String, Self)>) -> Self {
        Self { kind: Kind::Map(members.into_iter().collect()), comment: None }
    }

    /// Creates a list.
    pub(super) fn list(items: Vec<Self>) -> Self {
        Self { kind: Kind::List(items), comment: None }
    }

    /// Creates a JSON value in flow style, which is YAML too.
    pub(super) fn json(value: &Value) -> Self {
        match value {
            Value::String(text) => quoted(text),
            other => Self::text(printable_json(&other.to_string()).into_owned()),
        }
    }

    /// Sets the comment.
    pub(super) fn with_comment(mut self, comment: &str) -> Self {
        self.comment = (!comment.is_empty()).then(|| one_line(comment));
        self
    }

    /// Adds a member to an object.
    pub(super) fn add(&mut self, name: &str, node: Self) {
        if let Kind::Map(members) = &mut self.kind {
            members.push((name.to_owned(), node));
        }
    }

    /// Adds a reason to `x-acknowledge`, under the id of a finding.
    pub(super) fn acknowledge(&mut self, id: &str, reason: &str) {
        match self.get_mut("x-acknowledge") {
            Some(reasons) if reasons.has(id) => {}
            Some(reasons) => reasons.add(id, quoted(reason)),
            None => self.add("x-acknowledge", Self::map([(id.to_owned(), quoted(reason))])),
        }
    }

    /// Adds the members of another object.
    pub(super) fn extend(&mut self, other: Self) {
        if let (Kind::Map(members), Kind::Map(others)) = (&mut self.kind, other.kind) {
            members.extend(others);
        }
    }

    /// Returns whether an object or a list is empty.
    pub(super) fn is_empty(&self) -> bool {
        match &self.kind {
            Kind::Map(members) => members.is_empty(),
            Kind::List(items) => items.is_empty(),
            Kind::Text(text) => text.is_empty(),
        }
    }

    /// Returns whether an object has a member.
    pub(super) fn has(&self, name: &str) -> bool {
        matches!(&self.kind, Kind::Map(members) if members.iter().any(|(key, _)| key == name))
    }

    /// Returns a member of an object.
    pub(super) fn get_mut(&mut self, name: &str) -> Option<&mut Self> {
        match &mut self.kind {
            Kind::Map(members) => members.iter_mut().find(|(key, _)| key == name).map(|(_, node)| node),
            _ => None,
        }
    }

    /// Returns the value at a JSON Pointer, given by its tokens.
    pub(super) fn at(&mut self, tokens: &[String]) -> Option<&mut Self> {
        let Some((first, rest)) = tokens.split_first() else { return Some(self) };
        let child = match &mut self.kind {
            Kind::Map(members) => members.iter_mut().find(|(key, _)| key == first).map(|(_, node)| node),
            Kind::List(items) => first.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
            Kind::Text(_) => None,
        };
        child.and_then(|child| child.at(rest))
    }

    /// Returns the members of an object, or the items of a list.
    pub(super) fn children_mut(&mut self) -> Vec<&mut Self> {
        match &mut self.kind {
            Kind::Map(members) => members.iter_mut().map(|(_, node)| node).collect(),
            Kind::List(items) => items.iter_mut().collect(),
            Kind::Text(_) => Vec::new(),
        }
    }

    /// Returns the value without comments, for comparison.
    pub(super) fn bare(&self) -> Self {
        let kind = match &self.kind {
            Kind::Text(text) => Kind::Text(text.clone()),
            Kind::Map(members) => Kind::Map(members.iter().map(|(name, node)| (name.clone(), node.bare())).collect()),
            Kind::List(items) => Kind::List(items.iter().map(Self::bare).collect()),
        };
        Self { kind, comment: None }
    }

    /// Returns the YAML of an object.
    pub(super) fn to_yaml(&self) -> String {
        let mut out = String::new();
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        match &self.kind {
            Kind::Text(text) => out.push_str(text),
            Kind::Map(members) => {
                for (name, node) in members {
                    out.push_str(&indent);
                    out.push_str(&key(name));
                    out.push(':');
                    node.write_value(depth + 1, out);
                }
            }
            Kind::List(items) => {
                for item in items {
                    out.push_str(&indent);
                    out.push('-');
                    match &item.kind {
                        Kind::Map(members) if !members.is_empty() => {
                            let mut inner = String::new();
                            item.write(depth + 1, &mut inner);
                            out.push(' ');
                            // The first member is on the line of the dash, with the comment of the item.
                            let body = inner.trim_start();
                            match &item.comment {
                                Some(comment) => {
                                    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
                                    out.push_str(&format!("{first}  # {comment}\n{rest}"));
                                }
                                None => out.push_str(body),
                            }
                        }
                        _ => item.write_value(depth + 1, out),
                    }
                }
            }
        }
    }

    /// Writes the value after `key:` or `-`.
    fn write_value(&self, depth: usize, out: &mut String) {
        let comment = self.comment.as_ref().map(|comment| format!("  # {comment}")).unwrap_or_default();
        match &self.kind {
            Kind::Text(text) => out.push_str(&format!(" {text}{comment}\n")),
            Kind::Map(members) if members.is_empty() => out.push_str(&format!(" {{}}{comment}\n")),
            Kind::List(items) if items.is_empty() => out.push_str(&format!(" []{comment}\n")),
            _ => {
                out.push_str(&format!("{comment}\n"));
                self.write(depth, out);
            }
        }
    }
}

/// Returns a text as a scalar: plain if that is safe, or else in double quotes.
pub(super) fn quoted(text: &str) -> Node {
    Node::text(scalar(text))
}

fn scalar(text: &str) -> String {
    let first = text.chars().next().unwrap_or(' ');
    let is_start = first.is_ascii_alphabetic() || first == '/' || first == '_';
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "_-./ $()'=,{}+;".contains(letter);
    let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let is_word = words.contains(&text.to_ascii_lowercase().as_str());
    let is_safe = is_start && text.chars().all(is_plain) && !is_word && !text.ends_with(' ');
    if is_safe { text.to_owned() } else { in_quotes(text) }
}

fn key(name: &str) -> String {
    if scalar(name) == name || name == "$ref" { name.to_owned() } else { in_quotes(name) }
}

/// Returns a text in double quotes. YAML reads the escapes of JSON.
fn in_quotes(text: &str) -> String {
    printable_json(&Value::from(text).to_string()).into_owned()
}

/// Returns a comment on one line.
pub(super) fn one_line(comment: &str) -> String {
    let words: Vec<&str> = comment.split_whitespace().collect();
    let text: String = words.join(" ").chars().filter(|letter| !letter.is_control()).collect();
    printable(&text).into_owned()
}

/// Returns the short name of a page, for `x-source` and comments.
pub(super) fn name(file: &str) -> String {
    let file = file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let number = stem.split(['_', '-']).next().unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let name = if is_number { number } else { stem };
    name.replace(char::is_whitespace, "-")
}

/// Returns a citation of lines: `001:L11-14`.
pub(super) fn citation(page: &Page, first: usize, last: usize) -> String {
    let name = name(&page.file);
    if last > first { format!("{name}:L{first}-{last}") } else { format!("{name}:L{first}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unprintable_characters_are_escaped() {
        let text = "a\u{9b}\u{202e}\u{85} ##[error]b ##vso[c] ##teamcity[d]";
        let list = serde_json::json!([text, {text: text}]);
        let node = Node::map([(text.to_owned(), quoted(text).with_comment(text)), ("b".to_owned(), Node::json(&list))]);
        let yaml = node.to_yaml();
        assert!(!yaml.chars().any(|letter| letter != '\n' && crate::text::printable::is_unprintable(letter)), "{yaml}");
        assert!(!crate::text::printable::has_log_command(&yaml), "{yaml}");
        for line in yaml.lines().filter_map(|line| line.split_once("b: ")).map(|(_, value)| value) {
            assert_eq!(serde_json::from_str::<Value>(line).ok(), Some(list.clone()));
        }
    }

    #[test]
    fn comments_stand_beside_keys() {
        let item = Node::map([("name".to_owned(), quoted("a")), ("in".to_owned(), quoted("no"))]).with_comment("L1");
        let node = Node::map([("list".to_owned(), Node::list(vec![item])), ("200".to_owned(), Node::map([]))]);
        assert_eq!(node.to_yaml(), "list:\n  - name: a  # L1\n    in: \"no\"\n\"200\": {}\n");
    }
}
