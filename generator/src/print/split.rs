//! Splits the code of a type or operation that is too long for one file. The public methods and the implementation of `Validate`
//! move to child modules.

use std::collections::BTreeSet;

use syn::{File, ImplItem, Item, ItemImpl, Visibility};

use super::imports;
use crate::emit::{Import, Importable};

/// When an `impl` block is split over several files, its methods fill about four fifths of each file. The rest of each file is a
/// reserve, because methods differ in length.
const FILLED_FIFTHS: usize = 4;

/// The items that move to one child module. The parent module declares the type to which the items belong.
pub struct Part {
    /// The name of the module.
    pub module: String,
    /// The names that the moved items import from the parent module.
    pub imports: BTreeSet<Import>,
    /// The items.
    pub items: Vec<Item>,
}

/// Removes public methods and `Validate` implementations from `file`, and returns them as child modules. The methods in one child
/// module have about `limit` lines at most. `lines` counts the lines of an item.
pub fn split(file: &mut File, limit: usize, lines: impl Fn(&Item) -> usize) -> Vec<Part> {
    let (mut methods, mut checks) = (Vec::new(), Vec::new());
    let mut kept = Vec::new();
    for item in std::mem::take(&mut file.items) {
        match item {
            Item::Impl(block) if is_public(&block) => {
                let length = lines(&Item::Impl(block.clone()));
                let files = if length > limit { length.div_ceil(limit * FILLED_FIFTHS / 5) } else { 1 };
                methods.extend(in_pieces(block, files));
            }
            Item::Impl(block) if is_validate(&block) => checks.push(Item::Impl(block)),
            item => kept.push(item),
        }
    }
    let declared: Vec<String> = kept.iter().filter_map(declared).collect();
    file.items = kept;
    let mut parts = Vec::new();
    let mut add = |module: String, items: Vec<Item>| {
        let if_named = declared.iter().map(|name| Import::new("super", name)).collect();
        let imports = imports::required(&items, &Importable { if_named, ..Importable::default() });
        parts.push(Part { module, imports, items });
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

/// Adds the module path to the documentation links in `text` that lead to a name in `not_imported`: ``[`Cat`],`` becomes
/// ``[`Cat`](super::Cat),``.
pub fn with_qualified_links<'i>(text: &str, not_imported: impl Iterator<Item = &'i Import>) -> String {
    let mut replaced = Vec::new();
    for Import { module, name } in not_imported {
        replaced.push((format!("[`{name}`],"), format!("[`{name}`]({module}::{name}),")));
        replaced.push((format!("]({name}::"), format!("]({module}::{name}::")));
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

/// Returns whether `block` is an inherent `impl` with only public methods. Private methods cannot move to a child module, because
/// the parent module could no longer call them.
fn is_public(block: &ItemImpl) -> bool {
    let is_public =
        |item: &ImplItem| matches!(item, ImplItem::Fn(method) if matches!(method.vis, Visibility::Public(_)));
    block.trait_.is_none() && block.items.iter().all(is_public)
}

fn is_validate(block: &ItemImpl) -> bool {
    block.trait_.as_ref().is_some_and(|(path, _)| path.is_ident("Validate"))
}

/// Divides an `impl` block into `pieces` blocks with about the same number of methods.
fn in_pieces(mut block: ItemImpl, pieces: usize) -> Vec<Item> {
    let each = block.items.len().div_ceil(pieces).max(1);
    let mut items = std::mem::take(&mut block.items).into_iter().peekable();
    let mut blocks = Vec::new();
    while items.peek().is_some() {
        block.items = items.by_ref().take(each).collect();
        blocks.push(Item::Impl(block.clone()));
    }
    blocks
}

/// Returns the name of the type that an item declares; `None` if it declares no struct or enum.
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
        let parts = split(&mut file, limit, |item| 2 * item.to_token_stream().to_string().matches("fn ").count());
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
    fn links_to_names_without_an_import_have_the_path() {
        let names = [Import::new("super", "SeatFailure"), Import::new("crate::client", "Client")];
        let text = "/// [`SeatFailure`], of [`seat`](Client::seat) and [`Row`].\nfn seat() {}\n";
        let wanted = "/// [`SeatFailure`](super::SeatFailure), of [`seat`](crate::client::Client::seat) and [`Row`].\nfn seat() {}\n";
        assert_eq!(with_qualified_links(text, names.iter()), wanted);
        assert_eq!(with_qualified_links(text, [].iter()), text);
    }

    #[test]
    fn a_part_imports_the_types_that_it_names() {
        let mut file = syn::parse_str("struct Seat; struct Row; impl Seat { pub fn row(self) -> Row {} }").unwrap();
        let parts = split(&mut file, 9, |_| 1);
        let names: Vec<&str> = parts[0].imports.iter().map(|import| import.name.as_str()).collect();
        assert_eq!(names, ["Row", "Seat"]);
    }
}
