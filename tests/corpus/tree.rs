//! A document as it was written, read without the generator: its operations, and what each of them leads to.

use std::collections::HashSet;

use copperplate::pointer::Pointer;
use serde::de::{Deserialize, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, VariantAccess, Visitor};

/// A value of the document, as far as places and references need it.
#[derive(Debug, Clone)]
pub enum Node {
    /// An object, its members in order.
    Object(Vec<(String, Node)>),
    /// A list.
    List(Vec<Node>),
    /// A text.
    Text(String),
    /// Anything else.
    Other,
}

/// The methods of a path item.
const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// How many references may lead to one path item.
const LONGEST_CHAIN: usize = 16;

impl Node {
    /// Reads a document; `None` where it is not well-formed.
    pub fn read(file: &str, text: &str) -> Option<Self> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match file.ends_with(".json") || text.trim_start().starts_with('{') {
            true => serde_json::from_str(text).ok(),
            false => serde_yaml::from_str(text).ok(),
        }
    }

    /// The member `key` of an object.
    pub fn member(&self, key: &str) -> Option<&Self> {
        self.members().find_map(|(name, value)| (name == key).then_some(value))
    }

    /// The members of an object, or none.
    pub fn members(&self) -> impl Iterator<Item = (&str, &Self)> {
        let members = match self {
            Self::Object(members) => members.as_slice(),
            _ => &[],
        };
        members.iter().map(|(name, value)| (name.as_str(), value))
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What stands at `place`.
    pub fn at(&self, place: &str) -> Option<&Self> {
        place.split('/').skip(1).try_fold(self, |node, token| {
            let token = token.replace("~1", "/").replace("~0", "~");
            match node {
                Self::Object(_) => node.member(&token),
                Self::List(items) => items.get(token.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// The places of all operations, in order; those of a path item that is a reference stand where it leads.
    pub fn operations(&self) -> Vec<Pointer> {
        let paths = Pointer::root().join("paths");
        let items =
            self.member("paths").into_iter().flat_map(Self::members).filter(|(path, _)| !path.starts_with("x-"));
        let mut found = Vec::new();
        for (path, item) in items {
            let Some((place, item)) = self.followed(paths.join(path), item) else { continue };
            let methods =
                item.members().filter(|(name, value)| METHODS.contains(name) && matches!(value, Self::Object(_)));
            found.extend(methods.map(|(method, _)| place.join(method)));
        }
        found
    }

    /// The places of the component schemas that have an `example`.
    pub fn component_examples(&self) -> Vec<Pointer> {
        let place = Pointer::root().join("components").join("schemas");
        let schemas = self.member("components").and_then(|components| components.member("schemas"));
        let schemas = schemas.into_iter().flat_map(Self::members);
        schemas.filter(|(_, schema)| schema.member("example").is_some()).map(|(name, _)| place.join(name)).collect()
    }

    /// The places of the security schemes that the document asks for where an operation says nothing else.
    pub fn schemes(&self) -> Vec<String> {
        let alternatives = match self.member("security") {
            Some(Self::List(alternatives)) => alternatives.as_slice(),
            _ => &[],
        };
        scheme_places(alternatives).collect()
    }

    fn followed<'n>(&'n self, place: Pointer, item: &'n Self) -> Option<(Pointer, &'n Self)> {
        let (mut place, mut item) = (place, item);
        for _ in 0..LONGEST_CHAIN {
            let Some(target) = item.member("$ref").and_then(Self::text) else { return Some((place, item)) };
            place = Pointer::parse(&fragment(target)?)?;
            item = self.at(place.as_str())?;
        }
        None
    }

    /// The places in this document that this value refers to, and whether it refers to another document.
    pub fn references(&self, found: &mut HashSet<String>, leaves: &mut bool) {
        match self {
            Self::List(items) => items.iter().for_each(|item| item.references(found, leaves)),
            Self::Object(_) => {
                for (name, value) in self.members() {
                    match (name, value) {
                        ("$ref", Self::Text(target)) => match fragment(target) {
                            Some(place) => _ = found.insert(place),
                            None => *leaves = true,
                        },
                        ("mapping", Self::Object(targets)) => found.extend(targets.iter().filter_map(mapped)),
                        ("security", Self::List(alternatives)) => found.extend(scheme_places(alternatives)),
                        _ => value.references(found, leaves),
                    }
                }
            }
            _ => {}
        }
    }
}

/// The places of the schemes that `security` names.
fn scheme_places(alternatives: &[Node]) -> impl Iterator<Item = String> {
    alternatives.iter().flat_map(Node::members).map(|(name, _)| component("securitySchemes", name))
}

/// The place of a component.
fn component(kind: &str, name: &str) -> String {
    Pointer::root().join("components").join(kind).join(name).to_string()
}

/// What a value of a discriminator's mapping leads to: a reference, or the name of a schema.
fn mapped((_, target): &(String, Node)) -> Option<String> {
    let target = target.text()?;
    Some(fragment(target).unwrap_or_else(|| component("schemas", target)))
}

/// The place that a reference into its own document names, percent-decoded; `None` where it leaves the document.
fn fragment(reference: &str) -> Option<String> {
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
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
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
    fn operations_stand_where_their_path_items_lead() {
        let text = "paths:\n  x-a: {get: {}}\n  /a:\n    get: {}\n    parameters: []\n    put: 1\n  /b: {$ref: '#/x-items/b%20c'}\n\
                    x-items:\n  b c: {post: {}}\n";
        let places: Vec<_> = Node::read("a.yaml", text).unwrap().operations().iter().map(ToString::to_string).collect();
        assert_eq!(places, ["/paths/~1a/get", "/x-items/b c/post"]);
    }

    #[test]
    fn references_of_all_kinds_are_found() {
        let text = r##"{"$ref": "#/a~1b", "discriminator": {"mapping": {"x": "#/c", "y": "Dog"}}, "security": [{"key": []}],
                        "z": [{"$ref": "other.json#/d"}]}"##;
        let (mut found, mut leaves) = (HashSet::new(), false);
        Node::read("a.json", text).unwrap().references(&mut found, &mut leaves);
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort();
        assert_eq!(found, ["/a~1b", "/c", "/components/schemas/Dog", "/components/securitySchemes/key"]);
        assert!(leaves);
    }
}
