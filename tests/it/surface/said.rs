//! Lines as declarations: what each of them says that Rust has.

use std::collections::BTreeSet;

use copperplate::surface::{Facet, Item, Kind, Surface};

use super::emitted::{normal, with_traits};

/// All declarations of a surface.
pub fn declarations(surface: &Surface) -> BTreeSet<String> {
    surface.items.iter().flat_map(|item| declared(surface, item)).collect()
}

fn declared(surface: &Surface, item: &Item) -> Vec<String> {
    let path = &item.path;
    match item.kind {
        Kind::Feature => vec![path.clone()],
        Kind::Module => vec![format!("mod {path}")],
        Kind::Fixed => match path.ends_with("Client") || path.ends_with("Builder") {
            true => vec![format!("type {path}")],
            false => vec![format!("enum {path}")],
        },
        Kind::Struct | Kind::Newtype | Kind::Enum => type_items(surface, item),
        Kind::Field => member(item, path),
        Kind::Argument => {
            let name = path.strip_prefix(&*item.owner).unwrap();
            member(item, &format!("{}{name}", arguments_of(surface, &item.owner)))
        }
        Kind::Variant => vec![format!("variant {path}{}", normal(item.facet(Facet::Holds).unwrap_or_default()))],
        Kind::Function | Kind::Constructor => vec![function(item, item.facet(Facet::Success).unwrap_or("Self"))],
        Kind::Operation => {
            let of = arguments_of(surface, path);
            let outcome =
                [Facet::Success, Facet::Headers, Facet::Failure].map(|facet| item.facet(facet).unwrap_or("()"));
            vec![
                function(item, &format!("Call<{}>", of.rsplit("::").next().unwrap())),
                format!("outcome {of} {}", normal(&outcome.join(" | "))),
            ]
        }
        Kind::Request | Kind::Response | Kind::Table => Vec::new(),
    }
}

/// The struct of arguments of an operation.
fn arguments_of<'s>(surface: &'s Surface, method: &str) -> &'s str {
    let is_it = |item: &&Item| item.kind == Kind::Struct && *item.owner == *method;
    &surface.items.iter().find(is_it).unwrap().path
}

fn function(item: &Item, answer: &str) -> String {
    let arguments: Vec<String> = item.arguments.iter().map(|(name, kind)| format!("{name}: {kind}")).collect();
    format!("fn {}({}) -> {}", item.path, normal(&arguments.join(", ")), normal(answer))
}

fn member(item: &Item, path: &str) -> Vec<String> {
    let field = format!("field {path}: {}", normal(item.facet(Facet::Type).unwrap()));
    let deprecated = if item.facet(Facet::Deprecated).is_some() { " deprecated" } else { "" };
    let setter = item.facet(Facet::Setter).map(|kind| format!("setter {path}({}){deprecated}", normal(kind)));
    [field].into_iter().chain(setter).collect()
}

fn type_items(surface: &Surface, item: &Item) -> Vec<String> {
    let keyword = if item.kind == Kind::Enum { "enum" } else { "struct" };
    let said = item.facet(Facet::Traits).into_iter().flat_map(|traits| traits.split(" + ")).map(normal);
    let in_keys = item.path.starts_with("keys::") || item.path.contains("::keys::");
    let of_kind: &[&str] = match item.facet(Facet::Shape) {
        Some("enum of strings") => &["Eq", "Hash", "Serialize", "Deserialize", "Text", "From<&str>"],
        _ if item.kind == Kind::Newtype => &["Deref"],
        _ if in_keys => &["Eq"],
        _ => &[],
    };
    let mut traits: BTreeSet<String> = said.chain(of_kind.iter().copied().map(normal)).collect();
    let held = item.facet(Facet::Holds).map(|held| held.trim_matches(['(', ')']));
    traits.extend(held.map(|held| normal(&format!("From<{held}>"))));
    let variants = surface.items.iter().filter(|variant| variant.kind == Kind::Variant && *variant.owner == *item.path);
    for variant in variants.filter(|variant| variant.facet(Facet::Traits) == Some("From")) {
        let held = normal(variant.facet(Facet::Holds).unwrap().trim_matches(['(', ')']));
        let inner = held.strip_prefix("Box<").and_then(|held| held.strip_suffix('>')).unwrap_or(&held);
        traits.insert(format!("From<{inner}>"));
    }
    let open = item.facet(Facet::NonExhaustive).is_some();
    let declared = format!("{keyword} {}", item.path);
    let field = held.map(|held| format!("field {}.0: {}", item.path, normal(held)));
    [with_traits(&declared, &traits, open)].into_iter().chain(field).collect()
}
