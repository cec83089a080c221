//! Reads a document into a plain tree, without code of the generator, and lists its operations and references.

use std::collections::HashSet;

use copperplate::pointer::Pointer;
use serde::de::{Deserialize, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value in a document, reduced to the data that following JSON pointers and references needs.
#[derive(Debug, Clone)]
pub enum Node {
    /// An object with its members in document order.
    Object(Vec<(String, Node)>),
    /// An array.
    Array(Vec<Node>),
    /// A string.
    String(String),
    /// Null, a boolean or a number.
    Other,
}

/// The keys of a path item whose values are operations.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The maximum number of `$ref`s in a chain that starts at a path item. The limit ends cycles.
const MAX_REFERENCE_CHAIN: usize = 16;

impl Node {
    /// Reads a JSON or YAML document. Returns `None` if it is not well-formed.
    pub fn read(file: &str, text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match file.ends_with(".json") || text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).ok(),
            false => serde_yaml::from_str(text).ok(),
        }
    }

    /// Returns the member `key` of an object.
    pub fn member(&self, key: &str) -> Option<&Self> {
        self.members().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// Iterates over the members of an object. Values of other JSON types have no members.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = match self {
            Self::Object(members) => members.as_slice(),
            _ => &[],
        };
        members.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the value at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |node, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match node {
                Self::Object(_) => node.member(&token),
                Self::Array(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Returns the JSON pointers of all operations, in document order. If a path item is a reference, they begin with the target
    /// of the reference.
    pub fn operations(&self) -> Vec<Pointer> {
        let paths = Pointer::root().join("paths");
        let items =
            self.member("paths").into_iter().flat_map(Self::members).filter(|(path, _)| !path.starts_with("x-"));
        let mut found = Vec::new();
        for (path, item) in items {
            let Some((pointer, item)) = self.resolve_path_item(paths.join(path), item) else { continue };
            let methods =
                item.members().filter(|(name, value)| METHODS.contains(name) && matches!(value, Self::Object(_)));
            found.extend(methods.map(|(method, _)| pointer.join(method)));
        }
        found
    }

    /// Returns the JSON pointers of the examples of component schemas: `example`, and each of `examples`.
    pub fn component_examples(&self) -> Vec<Pointer> {
        let pointer = Pointer::root().join("components").join("schemas");
        let schemas = self.member("components").and_then(|components| components.member("schemas"));
        let schemas = schemas.into_iter().flat_map(Self::members);
        let examples = schemas.flat_map(|(name, schema)| {
            let place = pointer.join(name);
            let own = schema.member("example").map(|_| place.join("example"));
            let listed = match schema.member("examples") {
                Some(Self::Array(examples)) => examples.len(),
                _ => 0,
            };
            own.into_iter().chain((0..listed).map(move |index| place.join("examples").join(index)))
        });
        examples.collect()
    }

    /// Returns the JSON pointers of the security schemes in the top-level `security`, which applies to operations without their
    /// own `security`.
    pub fn default_security_schemes(&self) -> Vec<String> {
        let alternatives = match self.member("security") {
            Some(Self::Array(alternatives)) => alternatives.as_slice(),
            _ => &[],
        };
        security_scheme_pointers(alternatives).collect()
    }

    /// Follows the references of a path item. Returns `None` if a reference leads to another document, if its target does not
    /// exist, or if the references form a cycle.
    fn resolve_path_item<'n>(&'n self, pointer: Pointer, item: &'n Self) -> Option<(Pointer, &'n Self)> {
        let (mut pointer, mut item) = (pointer, item);
        for _ in 0..MAX_REFERENCE_CHAIN {
            let Some(target) = item.member("$ref").and_then(Self::as_str) else { return Some((pointer, item)) };
            pointer = Pointer::parse(&local_target(target)?)?;
            item = self.at(pointer.as_str())?;
        }
        None
    }

    /// Adds the targets of all references inside this value to `found`. If a reference leads to another document, sets
    /// `has_external`.
    pub fn collect_references(&self, found: &mut HashSet<String>, has_external: &mut bool) {
        match self {
            Self::Array(items) => items.iter().for_each(|item| item.collect_references(found, has_external)),
            Self::Object(_) => {
                for (name, value) in self.members() {
                    match (name, value) {
                        ("$ref", Self::String(target)) => match local_target(target) {
                            Some(pointer) => _ = found.insert(pointer),
                            None => *has_external = true,
                        },
                        ("mapping", Self::Object(targets)) => found.extend(targets.iter().filter_map(mapping_target)),
                        ("security", Self::Array(alternatives)) => found.extend(security_scheme_pointers(alternatives)),
                        _ => value.collect_references(found, has_external),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the JSON pointers of the security schemes that a `security` array names.
fn security_scheme_pointers(alternatives: &[Node]) -> impl Iterator<Item = String> {
    alternatives.iter().flat_map(Node::members).map(|(name, _)| component("securitySchemes", name))
}

/// Returns the JSON pointer of a component. `kind` is, for example, `schemas`.
fn component(kind: &str, name: &str) -> String {
    Pointer::root().join("components").join(kind).join(name).to_string()
}

/// Returns the JSON pointer of the schema that a member of a discriminator's `mapping` refers to, by a reference or by the name
/// of the schema.
fn mapping_target((_, target): &(String, Node)) -> Option<String> {
    let target = target.as_str()?;
    Some(local_target(target).unwrap_or_else(|| component("schemas", target)))
}

/// Returns the percent-decoded JSON pointer in a reference; `None` if the reference leads to another document.
fn local_target(reference: &str) -> Option<String> {
    let mut rest = reference.strip_prefix('#')?.as_bytes();
    let mut bytes = Vec::new();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::String(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(member) = members.next_entry()? {
            object.push(member);
        }
        Ok(Node::Object(object))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node, A::Error> {
        let (IgnoredAny, value) = tagged.variant()?;
        value.newtype_variant()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_of_a_referenced_path_item_have_pointers_below_its_target() {
        let text = "paths:\n  x-a: {get: {}}\n  /a:\n    get: {}\n    parameters: []\n    put: 1\n  /b: {$ref: '#/x-items/b%20c'}\n\
                    x-items:\n  b c: {post: {}}\n";
        let pointers: Vec<_> =
            Node::read("a.yaml", text).unwrap().operations().iter().map(ToString::to_string).collect();
        assert_eq!(pointers, ["/paths/~1a/get", "/x-items/b c/post"]);
    }

    #[test]
    fn references_mappings_and_security_requirements_are_collected() {
        let text = r##"{"$ref": "#/a~1b", "discriminator": {"mapping": {"x": "#/c", "y": "Dog"}}, "security": [{"key": []}],
                        "z": [{"$ref": "other.json#/d"}]}"##;
        let (mut found, mut has_external) = (HashSet::new(), false);
        Node::read("a.json", text).unwrap().collect_references(&mut found, &mut has_external);
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        assert_eq!(found, ["/a~1b", "/c", "/components/schemas/Dog", "/components/securitySchemes/key"]);
        assert!(has_external);
    }
}
