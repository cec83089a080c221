//! A type or operation that is too long for a file: its methods and its checks stand in files below that of its declaration.

use std::collections::BTreeSet;

use syn::{File, ImplItem, Item, ItemImpl, Visibility};

use crate::emit::{Use, Uses};
use crate::import;

/// Items that stand in a module of their own below that of the declaration.
pub struct Part {
    /// The module.
    pub module: String,
    /// What of the declaration they import.
    pub uses: BTreeSet<Use>,
    /// The items.
    pub items: Vec<Item>,
}

/// Takes from `file` what can stand apart; `lines` says how long an item is, and `limit` how long a file may be.
pub fn cut(file: &mut File, limit: usize, lines: impl Fn(&Item) -> usize) -> Vec<Part> {
    let (mut methods, mut checks) = (Vec::new(), Vec::new());
    let mut kept = Vec::new();
    for item in std::mem::take(&mut file.items) {
        match item {
            Item::Impl(block) if is_public(&block) => {
                // Methods are not all as long as each other.
                let length = lines(&Item::Impl(block.clone()));
                let files = if length > limit { length.div_ceil(limit * 4 / 5) } else { 1 };
                methods.extend(divided(block, files));
            }
            Item::Impl(block) if is_check(&block) => checks.push(Item::Impl(block)),
            item => kept.push(item),
        }
    }
    let declared: Vec<String> = kept.iter().filter_map(declared).collect();
    file.items = kept;
    let mut parts = Vec::new();
    let mut add = |module: String, items: Vec<Item>| {
        let names = declared.iter().map(|name| ("super".to_owned(), name.clone())).collect();
        let uses = import::of(&items, &Uses { where_mentioned: names, ..Uses::default() });
        parts.push(Part { module, uses, items });
    };
    let (mut open, mut number, mut length) = (Vec::new(), 1, 0);
    for block in methods {
        let more = lines(&block);
        if length > 0 && length + more > limit {
            add(numbered(number), std::mem::take(&mut open));
            (number, length) = (number + 1, 0);
        }
        open.push(block);
        length += more;
    }
    if !open.is_empty() {
        add(numbered(number), open);
    }
    if !checks.is_empty() {
        add("checks".to_owned(), checks);
    }
    parts
}

/// The text of a file, in which links to names that it does not import say where these stand.
pub fn linked<'u>(text: &str, not_imported: impl Iterator<Item = &'u Use>) -> String {
    let mut replaced = Vec::new();
    for (path, name) in not_imported {
        replaced.push((format!("[`{name}`],"), format!("[`{name}`]({path}::{name}),")));
        replaced.push((format!("]({name}::"), format!("]({path}::{name}::")));
    }
    let line = |line: &str| {
        let mut line = line.to_owned();
        if line.trim_start().starts_with("///") && line.contains('[') {
            replaced.iter().for_each(|(bare, whole)| line = line.replace(bare, whole));
        }
        line + "\n"
    };
    text.lines().map(line).collect()
}

fn numbered(number: usize) -> String {
    if number == 1 { "methods".to_owned() } else { format!("methods{number}") }
}

/// Whether nothing in this block is only for the module it stands in.
fn is_public(block: &ItemImpl) -> bool {
    let is_public =
        |item: &ImplItem| matches!(item, ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)));
    block.trait_.is_none() && block.items.iter().all(is_public)
}

fn is_check(block: &ItemImpl) -> bool {
    block.trait_.as_ref().is_some_and(|(path, _)| path.is_ident("Validate"))
}

/// The block in so many pieces, of about as many methods each.
fn divided(mut block: ItemImpl, pieces: usize) -> Vec<Item> {
    let each = block.items.len().div_ceil(pieces).max(1);
    let mut items = std::mem::take(&mut block.items).into_iter().peekable();
    let mut divided = Vec::new();
    while items.peek().is_some() {
        block.items = items.by_ref().take(each).collect();
        divided.push(Item::Impl(block.clone()));
    }
    divided
}

/// The name that an item gives to the module it stands in.
fn declared(item: &Item) -> Option<String> {
    let name = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

#[cfg(test)]
mod tests {
    use quote::{ToTokens as _, quote};

    use super::*;

    fn parts(text: &str, limit: usize) -> (String, Vec<(String, String)>) {
        let mut file = syn::parse_str(text).unwrap();
        // Every function has two lines.
        let parts = cut(&mut file, limit, |item| 2 * item.to_token_stream().to_string().matches("fn ").count());
        let text = |Part { items, .. }: &Part| quote! { #(#items)* }.to_string();
        let parts = parts.iter().map(|part| (part.module.clone(), text(part))).collect();
        (file.to_token_stream().to_string(), parts)
    }

    #[test]
    fn methods_and_checks_leave_the_declaration() {
        let (kept, parts) = parts(
            "struct Seat { row: i64 } impl Seat { pub fn new() {} pub fn row() {} pub fn place() {} } \
             impl Validate for Seat { fn check(&self) {} } impl Seat { fn read() {} }",
            5,
        );
        assert_eq!(kept, "struct Seat { row : i64 } impl Seat { fn read () { } }");
        let wanted = [
            ("methods", "impl Seat { pub fn new () { } pub fn row () { } }"),
            ("methods2", "impl Seat { pub fn place () { } }"),
            ("checks", "impl Validate for Seat { fn check (& self) { } }"),
        ];
        assert_eq!(parts, wanted.map(|(module, text)| (module.to_owned(), text.to_owned())));
    }

    #[test]
    fn links_reach_what_is_not_imported() {
        let names = [("super".to_owned(), "SeatFailure".to_owned()), ("crate::client".to_owned(), "Client".to_owned())];
        let text = "/// [`SeatFailure`], of [`seat`](Client::seat) and [`Row`].\nfn seat() {}\n";
        let wanted = "/// [`SeatFailure`](super::SeatFailure), of [`seat`](crate::client::Client::seat) and [`Row`].\nfn seat() {}\n";
        assert_eq!(linked(text, names.iter()), wanted);
        assert_eq!(linked(text, [].iter()), text);
    }

    #[test]
    fn a_part_imports_what_it_mentions_of_the_declaration() {
        let mut file = syn::parse_str("struct Seat; struct Row; impl Seat { pub fn row(self) -> Row {} }").unwrap();
        let parts = cut(&mut file, 9, |_| 1);
        let names: Vec<&str> = parts[0].uses.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Row", "Seat"]);
    }
}
