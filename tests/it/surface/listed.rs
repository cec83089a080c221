//! Converts the items of a surface to Rust declarations.

use std::collections::BTreeSet;

use copperplate::surface::{Facet, Item, ItemKind, Surface};

use super::emitted::{normalized, with_traits};

/// The traits that every enum of strings implements.
pub const STRING_ENUM_TRAITS: &[&str] = &[
    "AsRef<str>",
    "Deserialize",
    "Display",
    "Eq",
    "From<&str>",
    "From<String>",
    "FromStr",
    "Hash",
    "Ord",
    "PartialOrd",
    "Serialize",
    "Text",
];

/// Returns all declarations that a surface lists.
pub fn declarations(surface: &Surface) -> BTreeSet<String> {
    surface.items.iter().flat_map(|item| declarations_of(surface, item)).collect()
}

fn declarations_of(surface: &Surface, item: &Item) -> Vec<String> {
    let path = &item.path;
    match item.kind {
        ItemKind::Feature => vec![path.clone()],
        ItemKind::Module => vec![format!("mod {path}")],
        ItemKind::ApiType => match path.ends_with("Client") || path.ends_with("Builder") {
            true => vec![format!("type {path}")],
            false => vec![format!("enum {path}")],
        },
        ItemKind::Struct | ItemKind::Newtype | ItemKind::Tuple | ItemKind::Enum => type_items(surface, item),
        ItemKind::Field => member(item, path),
        ItemKind::Argument => {
            let name = path.strip_prefix(&*item.owner).unwrap();
            setter(item, &format!("{}{name}", operation_struct(surface, &item.owner))).into_iter().collect()
        }
        ItemKind::Variant => {
            vec![format!("variant {path}{}", normalized(item.facet(Facet::Payload).unwrap_or_default()))]
        }
        ItemKind::Function | ItemKind::Constructor => {
            vec![function(item, item.facet(Facet::Success).unwrap_or("Self"))]
        }
        ItemKind::Operation => {
            let structure = operation_struct(surface, path);
            let outcome =
                [Facet::Success, Facet::Headers, Facet::Failure].map(|facet| item.facet(facet).unwrap_or("()"));
            vec![
                function(item, structure.rsplit("::").next().unwrap()),
                format!("outcome {structure} {}", normalized(&outcome.join(" | "))),
            ]
        }
        ItemKind::Constant => vec![format!("constant {path}")],
        ItemKind::Request | ItemKind::Response | ItemKind::Schema => Vec::new(),
    }
}

/// Returns the path of the struct of an operation.
fn operation_struct<'s>(surface: &'s Surface, method: &str) -> &'s str {
    let is_operation_struct = |item: &&Item| item.kind == ItemKind::Struct && *item.owner == *method;
    &surface.items.iter().find(is_operation_struct).unwrap().path
}

fn function(item: &Item, return_type: &str) -> String {
    let arguments = item.arguments.iter().map(|(name, argument_type)| format!("{name}: {argument_type}"));
    let mut named: Vec<String> = arguments.collect();
    let positional = named.split_off(item.named);
    named.sort();
    let named = (!named.is_empty()).then(|| format!("{{{}}}", named.join(",")));
    let arguments: Vec<String> = named.into_iter().chain(positional).collect();
    format!("fn {}({}) -> {}", item.path, normalized(&arguments.join(", ")), normalized(return_type))
}

fn member(item: &Item, path: &str) -> Vec<String> {
    let field = format!("field {path}: {}", normalized(item.facet(Facet::Type).unwrap()));
    [field].into_iter().chain(setter(item, path)).collect()
}

fn setter(item: &Item, path: &str) -> Option<String> {
    let deprecated = if item.facet(Facet::Deprecated).is_some() { " deprecated" } else { "" };
    let argument_type = item.facet(Facet::Setter)?;
    Some(format!("setter {path}({}){deprecated}", normalized(argument_type)))
}

fn type_items(surface: &Surface, item: &Item) -> Vec<String> {
    let keyword = if item.kind == ItemKind::Enum { "enum" } else { "struct" };
    let listed = item.facet(Facet::Traits).into_iter().flat_map(|traits| traits.split(" + ")).map(normalized);
    let is_in =
        |module: &str| item.path.starts_with(&format!("{module}::")) || item.path.contains(&format!("::{module}::"));
    let is_header_struct = item.facet(Facet::Traits) == Some("Default");
    let of_every_type: &[&str] = match item.facet(Facet::Declaration) {
        Some("enum of strings") => STRING_ENUM_TRAITS,
        _ if item.kind == ItemKind::Newtype => &["Deref", "Eq"],
        _ if is_in("keys") || is_in("types") || is_header_struct => &["Eq"],
        _ => &[],
    };
    let mut traits: BTreeSet<String> = listed.chain(of_every_type.iter().copied().map(normalized)).collect();
    let payload = item.facet(Facet::Payload).map(|payload| payload.trim_matches(['(', ')']));
    let payload = payload.filter(|_| item.kind != ItemKind::Tuple);
    traits.extend(payload.map(|payload| normalized(&format!("From<{payload}>"))));
    let variants =
        surface.items.iter().filter(|variant| variant.kind == ItemKind::Variant && *variant.owner == *item.path);
    for variant in variants.filter(|variant| variant.facet(Facet::Traits) == Some("From")) {
        let payload = normalized(variant.facet(Facet::Payload).unwrap().trim_matches(['(', ')']));
        let inner = payload.strip_prefix("Box<").and_then(|payload| payload.strip_suffix('>')).unwrap_or(&payload);
        traits.insert(format!("From<{inner}>"));
        traits.extend((inner == "String").then(|| "From<&str>".to_owned()));
    }
    let open = item.facet(Facet::NonExhaustive).is_some();
    let declared = format!("{keyword} {}", item.path);
    let field = payload.map(|payload| format!("field {}.0: {}", item.path, normalized(payload)));
    let fields = item.facet(Facet::Payload).filter(|_| item.kind == ItemKind::Tuple).into_iter().flat_map(|payload| {
        let types = payload.trim_matches(['(', ')']).split(", ").enumerate();
        types.map(|(index, field)| format!("field {}.{index}: {}", item.path, normalized(field)))
    });
    [with_traits(&declared, &traits, open)].into_iter().chain(field).chain(fields).collect()
}
