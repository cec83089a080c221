//! Finds the declarations in emitted code that callers of the crate can name.

use std::collections::{BTreeMap, BTreeSet};

use copperplate::print::Output;
use quote::ToTokens;
use syn::{Attribute, Fields, FnArg, ImplItem, Item, ItemEnum, ItemImpl, ReturnType, Type, Visibility};

use super::listed::STRING_ENUM_TRAITS;

/// Text that occurs in emitted code but not in the surface: the prefixes of paths, and lifetimes, which callers do not write.
const OMITTED: &[&str] = &["types::", "crate::", "std::collections::", "std::convert::", "'a", "'_", "<>"];

/// Returns the text without spaces, and without everything that the surface omits.
pub fn normalized(text: &str) -> String {
    let mut text: String = text.split_whitespace().collect::<Vec<_>>().join("");
    // The printer adds commas before closing brackets.
    text = text.replace(",>", ">").replace(",)", ")").replace("Infallible", "()");
    text = text.replace("'a,", "").replace("'_,", "");
    OMITTED.iter().fold(text, |text, omitted| text.replace(omitted, ""))
}

fn printed(tokens: impl ToTokens) -> String {
    normalized(&tokens.to_token_stream().to_string())
}

/// Returns the declaration of a type, followed by its traits. Traits that every type has are left out.
pub fn with_traits(declared: &str, traits: &BTreeSet<String>, open: bool) -> String {
    let traits: Vec<&str> = traits.iter().map(String::as_str).collect();
    format!("{declared}: {}{}", traits.join(" + "), if open { ", non_exhaustive" } else { "" })
}

/// Returns all declarations of a crate. `modules` has the modules of its APIs. If the crate has a single API in its root,
/// `modules` is empty.
pub fn declarations(outputs: &[Output], modules: &[&str]) -> BTreeSet<String> {
    let mut crate_ = Crate::default();
    let exports = exports(outputs);
    let sources = outputs.iter().filter(|output| output.path.ends_with(".rs"));
    for output in sources.filter(|output| !output.path.starts_with("src/runtime/") && output.path != "src/ecma.rs") {
        let segments: Vec<&str> = output.path.trim_start_matches("src/").trim_end_matches(".rs").split('/').collect();
        let api = segments.first().filter(|first| modules.contains(first));
        let prefix = api.map(|api| format!("{api}::")).unwrap_or_default();
        let sections = ["types", "operations", "required", "keys", "codec", "client", "examples", "webhooks"];
        let section = segments.get(usize::from(api.is_some())).filter(|segment| sections.contains(segment));
        let place = Place { prefix, section: section.map_or("", |section| *section), exports: &exports };
        for item in syn::parse_file(&output.text).unwrap().items {
            crate_.add(&place, &item);
        }
    }
    // The structs in the modules `required` are listed as the arguments of the functions that take them.
    let is_listed = |found: &String| {
        !["mod runtime", "mod ecma", "mod required"].contains(&found.as_str()) && !found.ends_with("::required")
    };
    crate_.found.retain(is_listed);
    let manifest = outputs.iter().find(|output| output.path == "Cargo.toml").unwrap();
    let (_, features) = manifest.text.split_once("symmetric = []\n").unwrap();
    let features = features.lines().take_while(|line| line.ends_with(" = []"));
    crate_.found.extend(features.map(|line| format!("feature {}", line.trim_end_matches(" = []").trim_matches('"'))));
    crate_.finish()
}

/// Returns the names that the files of a group of operations declare. The values are the modules of the API that re-export the
/// names.
fn exports(outputs: &[Output]) -> BTreeMap<String, &'static str> {
    let mut exports = BTreeMap::new();
    for output in outputs.iter().filter(|output| output.text.contains("_exports {")) {
        for item in syn::parse_file(&output.text).unwrap().items {
            let Item::Mod(module) = item else { continue };
            let Some(section) = export_section(&module.ident) else { continue };
            for item in module.content.into_iter().flat_map(|(_, items)| items) {
                let Item::Use(item) = item else { panic!("{}: {} has other items", output.path, module.ident) };
                exports.extend(used_names(&item.tree).into_iter().map(|name| (name, section)));
            }
        }
    }
    exports
}

fn export_section(module: &syn::Ident) -> Option<&'static str> {
    match module.to_string().as_str() {
        "operation_exports" => Some("operations"),
        "type_exports" => Some("types"),
        _ => None,
    }
}

fn used_names(tree: &syn::UseTree) -> Vec<String> {
    match tree {
        syn::UseTree::Path(path) => used_names(&path.tree),
        syn::UseTree::Name(name) => vec![name.ident.to_string()],
        syn::UseTree::Group(group) => group.items.iter().flat_map(used_names).collect(),
        _ => Vec::new(),
    }
}

/// The module that contains an item.
struct Place<'a> {
    prefix: String,
    section: &'a str,
    /// The names that an API re-exports from files without a section. The values are the modules that re-export them.
    exports: &'a BTreeMap<String, &'static str>,
}

impl Place<'_> {
    fn path(&self, name: &str) -> String {
        let section = match self.section {
            "" => self.exports.get(name).copied().unwrap_or_default(),
            section => section,
        };
        match section {
            "" | "client" => format!("{}{name}", self.prefix),
            "codec" => format!("{}types::{name}", self.prefix),
            section => format!("{}{section}::{name}", self.prefix),
        }
    }
}

/// The declarations found so far.
#[derive(Default)]
struct Crate {
    found: BTreeSet<String>,
    /// The keyword of each type, and whether the type is `non_exhaustive`.
    types: BTreeMap<String, (String, bool)>,
    traits: BTreeMap<String, BTreeSet<String>>,
    /// The structs whose fields name the arguments of a function, by their paths.
    named: BTreeMap<String, Named>,
}

/// A struct whose fields name the arguments of a function.
struct Named {
    /// The type parameters. A function that takes the struct gives each a type.
    parameters: Vec<String>,
    /// The names and types of the fields.
    fields: Vec<(String, String)>,
}

impl Named {
    fn new(item: &syn::ItemStruct) -> Self {
        let parameters = item.generics.type_params().map(|parameter| parameter.ident.to_string()).collect();
        let field = |field: &syn::Field| (field.ident.as_ref().unwrap().to_string(), printed(&field.ty));
        Self { parameters, fields: item.fields.iter().map(field).collect() }
    }

    /// Returns the fields and their types. `given` has the types for the type parameters.
    fn listed(&self, given: &[String]) -> String {
        let field = |(name, kind): &(String, String)| match self.parameters.iter().position(|known| known == kind) {
            Some(index) => format!("{name}:{}", given[index]),
            None => format!("{name}:{kind}"),
        };
        let mut fields: Vec<String> = self.fields.iter().map(field).collect();
        fields.sort();
        format!("{{{}}}", fields.join(","))
    }
}

impl Crate {
    fn finish(mut self) -> BTreeSet<String> {
        for (path, (keyword, open)) in &self.types {
            let traits = self.traits.get(path).cloned().unwrap_or_default();
            self.found.insert(with_traits(&format!("{keyword} {path}"), &traits, *open));
        }
        self.found.iter().map(|found| self.with_named_arguments(found)).collect()
    }

    /// Replaces the parameter `required` of a function by the fields of its struct.
    fn with_named_arguments(&self, found: &str) -> String {
        let Some((before, rest)) = found.split_once("(required:required::") else { return found.to_owned() };
        let path = before.trim_start_matches("fn ");
        let prefix = &path[..path.find("Client::").or_else(|| path.find("types::")).unwrap()];
        let name = rest.split(['<', ',', ')']).next().unwrap();
        let named = &self.named[&format!("{prefix}required::{name}")];
        let (given, rest) = match rest[name.len()..].strip_prefix('<') {
            Some(rest) => type_arguments(rest),
            None => (Vec::new(), &rest[name.len()..]),
        };
        format!("{before}({}{rest}", named.listed(&given))
    }

    fn add(&mut self, place: &Place<'_>, item: &Item) {
        match item {
            Item::Mod(module) if export_section(&module.ident).is_some() => {}
            Item::Mod(module) if is_public(&module.vis) => {
                // The modules of groups are private, so their items get the path under which the API re-exports them.
                let is_api = place.prefix == format!("{}::", module.ident);
                let path = if is_api { module.ident.to_string() } else { format!("{}{}", place.prefix, module.ident) };
                let items: Vec<&Item> = module.content.iter().flat_map(|(_, items)| items).collect();
                for item in &items {
                    self.add_function_of(&path, item, &items);
                    if let Item::Enum(item) = item {
                        self.add_enum(format!("{path}::{}", item.ident), item);
                    }
                }
                if place.section.is_empty() || module.content.is_some() {
                    self.found.insert(format!("mod {path}"));
                }
            }
            Item::Type(alias) if is_public(&alias.vis) => {
                self.found.insert(format!("type {}", place.path(&alias.ident.to_string())));
            }
            Item::Struct(item) if place.section == "required" => {
                self.named.insert(place.path(&item.ident.to_string()), Named::new(item));
            }
            Item::Struct(item)
                if item.fields.iter().any(|field| field.ident.as_ref().is_some_and(|name| name == "call")) =>
            {
                self.add_type(place.path(&item.ident.to_string()), "struct", &item.attrs);
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let path = place.path(&item.ident.to_string());
                for (index, field) in item.fields.iter().enumerate() {
                    let name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
                    assert!(is_public(&field.vis), "{path}.{name} is private");
                    self.found.insert(format!("field {path}.{name}: {}", printed(&field.ty)));
                }
                self.add_type(path, "struct", &item.attrs);
            }
            Item::Enum(item) if is_public(&item.vis) && item.variants.is_empty() => {
                self.found.insert(format!("enum {}", place.path(&item.ident.to_string())));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                self.add_enum(place.path(&item.ident.to_string()), item);
            }
            Item::Fn(_) if place.section == "webhooks" => {
                self.add_function_of(&format!("{}webhooks", place.prefix), item, &[]);
            }
            // The credentials of a call have the same methods as `Builder`, which are listed once.
            Item::Impl(item) if printed(&item.self_ty).starts_with("runtime::Credentials<") => {}
            Item::Impl(item) => self.add_impl(place, item),
            Item::Macro(item) => self.add_table(
                place,
                &item.mac.path.segments.last().unwrap().ident.to_string(),
                &item.mac.tokens.to_string(),
            ),
            _ => {}
        }
    }

    fn add_enum(&mut self, path: String, item: &ItemEnum) {
        for variant in &item.variants {
            self.found.insert(format!("variant {path}::{}{}", variant.ident, payload(&variant.fields)));
        }
        self.add_type(path, "enum", &item.attrs);
    }

    fn add_type(&mut self, path: String, keyword: &str, attributes: &[Attribute]) {
        let open = attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
            let derived = printed(&attribute.meta);
            let derived = derived.trim_start_matches("derive(").trim_end_matches(')').split(',');
            let varying = derived.filter(|derived| !["Debug", "Clone", "PartialEq"].contains(derived));
            self.traits.entry(path.clone()).or_default().extend(varying.map(str::to_owned));
        }
        self.types.insert(path, (keyword.to_owned(), open));
    }

    fn add_impl(&mut self, place: &Place<'_>, item: &ItemImpl) {
        let of = printed(&item.self_ty).replace("<T>", "");
        if let Some((path, _)) = &item.trait_ {
            let name = path.segments.last().unwrap();
            match name.ident.to_string().as_str() {
                "Operation" => self.add_outcome(&place.path(&of), item),
                "From" | "Deref" | "Eq" | "Hash" | "Text" | "Multipart" => {
                    self.traits.entry(place.path(&of)).or_default().insert(printed(name));
                }
                _ => {}
            }
            return;
        }
        self.found.extend(item.items.iter().filter_map(|item| match item {
            ImplItem::Const(item) if is_public(&item.vis) => {
                Some(format!("constant {}::{}", place.path(&of), item.ident))
            }
            _ => None,
        }));
        let functions = item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) if is_public(&function.vis) => Some(function),
            _ => None,
        });
        for function in functions {
            let name = &function.sig.ident;
            let deprecated = function.attrs.iter().any(|attribute| attribute.path().is_ident("deprecated"));
            let (arguments, return_type) = signature(&function.sig);
            let takes_self =
                matches!(function.sig.inputs.first(), Some(FnArg::Receiver(it)) if it.mutability.is_some());
            let setter_of = takes_self.then(|| place.path(&of));
            self.found.insert(match setter_of {
                Some(path) if arguments.is_empty() => format!("fn {path}::{name}() -> {return_type}"),
                Some(path) => {
                    let kind = arguments.split_once(':').unwrap().1;
                    format!("setter {path}.{name}({kind}){}", if deprecated { " deprecated" } else { "" })
                }
                None => {
                    let path = if of == "Client" { format!("{}Client", place.prefix) } else { place.path(&of) };
                    let return_type = return_type.strip_suffix("<T>").unwrap_or(&return_type);
                    format!("fn {path}::{name}({arguments}) -> {return_type}")
                }
            });
        }
    }

    fn add_outcome(&mut self, path: &str, item: &ItemImpl) {
        let types = ["Success", "Headers", "Failure"].map(|name| {
            let found = item.items.iter().find_map(|item| match item {
                ImplItem::Type(associated) if associated.ident == name => Some(printed(&associated.ty)),
                _ => None,
            });
            found.unwrap()
        });
        self.found.insert(format!("outcome {path} {}", normalized(&types.join("|"))));
    }

    /// Adds a function of an inline module. Its parameter `variables` is replaced by the fields of its struct, which is one of
    /// the `items` of the module.
    fn add_function_of(&mut self, path: &str, item: &Item, items: &[&Item]) {
        if let Item::Fn(function) = item {
            let (arguments, return_type) = signature(&function.sig);
            let named = items.iter().find_map(|item| match item {
                Item::Struct(item) if arguments == format!("variables:{}", item.ident) => Some(Named::new(item)),
                _ => None,
            });
            let arguments = named.map_or(arguments, |named| named.listed(&[]));
            self.found.insert(format!("fn {path}::{}({arguments}) -> {return_type}", function.sig.ident));
        }
    }

    /// Adds the traits and functions that a macro call of the runtime implements for a type.
    fn add_table(&mut self, place: &Place<'_>, kind: &str, table: &str) {
        let (head, rows) = table.split_once('{').unwrap_or((table, ""));
        let words: Vec<&str> = head.split_whitespace().collect();
        let path = place.path(words.last().unwrap());
        let traits = self.traits.entry(path.clone()).or_default();
        match (kind, words[0]) {
            ("string_enum", _) => {
                traits.extend(STRING_ENUM_TRAITS.iter().map(|name| (*name).to_owned()));
                self.found.insert(format!("fn {path}::as_str() -> &str"));
                return;
            }
            (_, "sent") => _ = traits.insert("Serialize".to_owned()),
            (_, "received") => _ = traits.insert("Deserialize".to_owned()),
            _ => traits.extend(["Serialize", "Deserialize"].map(str::to_owned)),
        }
        traits.insert("Eq".to_owned());
        if kind == "newtype" {
            let inner = normalized(rows.trim_end_matches(['}', ' ', ',']));
            traits.extend(["Deref".to_owned(), format!("From<{inner}>")]);
            let (is_text, is_secret) =
                (words[1].ends_with("string") || words[1].ends_with("text"), words[1].starts_with("secret"));
            let text = ["AsRef<str>", "From<&str>", "FromStr"].into_iter().filter(|_| is_text);
            let display = (is_text && !is_secret).then_some("Display");
            let scalar = (words[1] != "other").then_some("Text");
            let string = words[1].ends_with("text").then_some("From<String>");
            traits.extend(text.chain(display).chain(scalar).chain(string).map(str::to_owned));
        }
        if kind == "union" {
            let sources = [" from (", " from_text (", " from_boxed ("];
            let sources = sources.iter().flat_map(|source| rows.split(source).skip(1));
            traits.extend(sources.map(|rest| format!("From<{}>", normalized(rest.split(')').next().unwrap()))));
        }
    }
}

/// Splits the text after a `<` into the type arguments and the text after their `>`.
fn type_arguments(text: &str) -> (Vec<String>, &str) {
    let (mut arguments, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in text.char_indices() {
        match letter {
            '<' | '(' => depth += 1,
            '>' | ')' if depth > 0 => depth -= 1,
            ',' | '>' if depth == 0 => {
                arguments.push(text[start..at].to_owned());
                start = at + 1;
                if letter == '>' {
                    return (arguments, &text[start..]);
                }
            }
            _ => {}
        }
    }
    panic!("no end of the type arguments: {text}");
}
fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn payload(fields: &Fields) -> String {
    match fields {
        Fields::Unit => String::new(),
        Fields::Unnamed(fields) => {
            format!("({})", fields.unnamed.iter().map(|field| printed(&field.ty)).collect::<Vec<_>>().join(","))
        }
        Fields::Named(fields) => {
            let fields =
                fields.named.iter().map(|field| format!("{}:{}", field.ident.as_ref().unwrap(), printed(&field.ty)));
            format!("{{{}}}", fields.collect::<Vec<_>>().join(","))
        }
    }
}

fn signature(signature: &syn::Signature) -> (String, String) {
    let arguments = signature.inputs.iter().filter_map(|argument| match argument {
        FnArg::Typed(argument) => Some(format!("{}:{}", printed(&argument.pat), printed(&argument.ty))),
        FnArg::Receiver(_) => None,
    });
    let return_type = match &signature.output {
        ReturnType::Default => "()".to_owned(),
        ReturnType::Type(_, return_type) => printed(return_type as &Type),
    };
    (arguments.collect::<Vec<_>>().join(","), return_type)
}
