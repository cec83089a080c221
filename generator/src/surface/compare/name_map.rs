//! Replaces the names of renamed items in an older surface by the names in the newer surface.

use std::collections::HashMap;

use crate::surface::item::{Facet, Item, ItemKind, Surface};

/// The new names of renamed items, by their old names.
#[derive(Default)]
pub(super) struct NameMap {
    /// The new names of renamed types, without the module, by their old names.
    pub types: HashMap<String, String>,
    /// The new paths of the client's renamed methods, by their old paths.
    pub methods: HashMap<String, String>,
    /// The new paths of variants that are named after renamed types, by their old paths.
    pub variants: HashMap<String, String>,
    /// The arguments for path parameters whose name in the path template changed. Maps the old path of the argument to the new
    /// path and location.
    pub arguments: HashMap<String, ArgumentName>,
    /// The requests with a renamed path parameter. Maps the old path of the client method to the new request, such as
    /// `GET /pets/{id}`.
    pub requests: HashMap<String, String>,
}

/// The new name of an argument.
pub(super) struct ArgumentName {
    /// The new path of the argument in the crate.
    pub path: String,
    /// The new location of the argument in the request, such as `path id`.
    pub location: String,
}

impl NameMap {
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.methods.is_empty() && self.arguments.is_empty()
    }

    /// Returns a copy of `surface` in which renamed items have their new names.
    pub fn translate(&self, surface: &Surface) -> Surface {
        Surface { items: surface.items.iter().map(|item| self.item(item)).collect() }
    }

    fn item(&self, item: &Item) -> Item {
        let argument = self.arguments.get(&item.path).filter(|_| item.kind == ItemKind::Argument);
        let request = self.requests.get(&*item.owner).filter(|_| item.kind == ItemKind::Request);
        let facet_text = |facet: Facet, text: &str| match (facet, argument, request) {
            (Facet::Location, Some(argument), _) => argument.location.clone(),
            (Facet::Request, _, Some(request)) => request.clone(),
            _ => self.facet_text(facet, text),
        };
        let argument_name = |name: &String| {
            let renamed = self.arguments.get(&format!("{}.{name}", item.path));
            renamed.and_then(|argument| argument.path.rsplit('.').next()).map_or_else(|| name.clone(), str::to_owned)
        };
        let variant = self.variants.get(&item.path).filter(|_| item.kind == ItemKind::Variant);
        let path = argument.map(|argument| &argument.path).or(variant);
        Item {
            path: path.cloned().unwrap_or_else(|| self.path(&item.path)),
            owner: self.path(&item.owner).into(),
            arguments: item
                .arguments
                .iter()
                .map(|(name, type_text)| (argument_name(name), self.text(type_text)))
                .collect(),
            facets: item.facets.iter().map(|(facet, text)| (*facet, facet_text(*facet, text))).collect(),
            ..item.clone()
        }
    }

    /// Returns the new path for the old path of an item.
    pub fn path(&self, path: &str) -> String {
        // The path of a request, a response or an argument begins with the path of its method, followed by a space or a dot.
        let end = path.find([' ', '.']).unwrap_or(path.len());
        if let Some(method) = self.methods.get(&path[..end]) {
            return format!("{method}{}", &path[end..]);
        }
        let start = ["types::", "operations::"].iter().find_map(|module| Some(path.find(module)? + module.len()));
        let Some((module, rest)) = start.map(|start| path.split_at(start)) else { return path.to_owned() };
        let end = rest.find(|letter| !is_identifier_letter(letter)).unwrap_or(rest.len());
        let (name, rest) = rest.split_at(end);
        format!("{module}{}{rest}", self.types.get(name).map_or(name, String::as_str))
    }

    /// Replaces the old names of types in `text`, which describes one facet of an item, such as its type. Returns `text`
    /// unchanged if this facet never contains names of types.
    fn facet_text(&self, facet: Facet, text: &str) -> String {
        match facet {
            Facet::Setter
            | Facet::Type
            | Facet::Payload
            | Facet::Success
            | Facet::Headers
            | Facet::Failure
            | Facet::Traits
            | Facet::Outcome => self.text(text),
            _ => text.to_owned(),
        }
    }

    /// Returns `text` with the new names of types. A name after `::` is a variant, and is not translated.
    pub fn text(&self, text: &str) -> String {
        let mut translated = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|letter| !is_identifier_letter(letter)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let renamed = self.types.get(name).filter(|_| !translated.ends_with("::"));
            translated.push_str(renamed.map_or(name, String::as_str));
            let next = after.find(is_identifier_letter).unwrap_or(after.len());
            translated.push_str(&after[..next]);
            rest = &after[next..];
        }
        translated
    }
}

fn is_identifier_letter(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}
