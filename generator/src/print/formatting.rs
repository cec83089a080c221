//! Prints tokens as Rust source with `prettyplease`. Inserts blank lines between items. Prints a macro call with a table, such as
//! `codec::object!`, with one row of the table per line.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{File, Item, ItemMacro};

use super::snippet;

/// Parses and prints the tokens of a file.
pub fn items(items: TokenStream) -> String {
    syn::parse2::<File>(items.clone()).map_or_else(|_| unparsed(&items), file)
}

/// Prints tokens that are not valid Rust, without formatting. Such tokens are a bug in the stage `emit`, and the compiler rejects
/// the generated crate.
pub fn unparsed(items: &TokenStream) -> String {
    items.to_string()
}

/// Prints a file that has already been parsed.
pub fn file(file: File) -> String {
    let mut attrs = file.attrs;
    snippet::expand_all(&mut attrs);
    let mut out = prettyplease::unparse(&File { attrs, ..file_of(Vec::new()) });
    let mut last = None;
    for mut item in file.items {
        snippet::expand(&mut item);
        let kind = kind(&item);
        let together = last.is_some_and(|last| last == kind) && kind != Kind::Item;
        if !together && !out.is_empty() {
            out.push('\n');
        }
        last = Some(kind);
        match &item {
            Item::Macro(table) if table.mac.path.segments.len() > 1 => out.push_str(&self::table(table)),
            _ => out.push_str(&with_blank_lines(&prettyplease::unparse(&file_of(vec![item])))),
        }
    }
    out
}

/// Creates a file of these items, without attributes.
pub fn file_of(items: Vec<Item>) -> File {
    File { shebang: None, frontmatter: None, attrs: Vec::new(), items }
}

/// Formats the source text of an item.
pub fn parsed(item: &str) -> String {
    item.parse::<TokenStream>().map_or_else(|_| item.to_owned(), items)
}

/// Breaks an item that is longer than `width` into several lines.
pub fn wrapped(item: String, width: usize) -> String {
    if item.len() > width { parsed(&item) } else { item }
}

/// Returns a line with a `#[cfg]` attribute that is true if one of the cargo features in `features` is enabled. Returns an empty
/// string if `features` is empty.
pub fn condition(features: &[String]) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    match features.as_slice() {
        [] => String::new(),
        [only] => format!("#[cfg({only})]\n"),
        several => format!("#[cfg(any({}))]\n", several.join(", ")),
    }
}

/// Prints items, each with a `#[cfg]` attribute that is true if one of the cargo features in `features` is enabled. If `features`
/// is empty, the items get no attribute.
pub fn conditional(items: Vec<Item>, features: &[String]) -> String {
    let condition = condition(features);
    if condition.is_empty() {
        return file(file_of(items));
    }
    let items = items.into_iter().map(|item| format!("{condition}{}", file(file_of(vec![item]))));
    items.collect::<Vec<_>>().join("\n")
}

/// The kind of an item, which decides where blank lines are inserted. There are none between two `mod` declarations or two `use`
/// declarations.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Module,
    Use,
    Item,
}

fn kind(item: &Item) -> Kind {
    match item {
        Item::Mod(module) if module.content.is_none() => Kind::Module,
        Item::Use(_) => Kind::Use,
        _ => Kind::Item,
    }
}

/// Adds blank lines between the items inside each `impl` block and each inline module.
fn with_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let is_of_block = line.starts_with("    ") && !line.starts_with("     ") && !line.starts_with("    //");
        let ends_item = line == "    }" || (is_of_block && line.ends_with(';'));
        let next = lines.peek().copied().unwrap_or_default();
        let item_follows = next.starts_with("    fn ")
            || next.starts_with("    pub ")
            || next.starts_with("    ///")
            || next.starts_with("    #[");
        if ends_item && item_follows {
            out.push('\n');
        }
    }
    out
}

/// Prints a macro call whose braces contain a table, such as `codec::object!`, with one row per line.
fn table(table: &ItemMacro) -> String {
    let path: Vec<String> = table.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let mut head = String::new();
    let mut rows = None;
    for tree in table.mac.tokens.clone() {
        match tree {
            TokenTree::Group(group) => rows = Some(table_rows(group.stream())),
            tree => head = format!("{head}{} ", tree.to_token_stream()),
        }
    }
    let name = path.join("::");
    match rows {
        None => format!("{name}! {{ {head}}}\n"),
        Some(rows) => {
            let rows: String = rows.iter().map(|row| format!("        {row},\n")).collect();
            format!("{name}! {{\n    {head}{{\n{rows}    }}\n}}\n")
        }
    }
}

/// Tokens as they are printed, with spaces between them, and as a person writes them. A path can begin with `::`.
const SPACED: [(&str, &str); 8] = [
    (" :: ", "::"),
    (" < ", "<"),
    (" >", ">"),
    ("> ]", ">]"),
    (" <::", "<::"),
    ("(:: ", "(::"),
    (" ,", ","),
    ("(& str)", "(&str)"),
];

fn table_rows(tokens: TokenStream) -> Vec<String> {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(comma) if comma.as_char() == ',');
    // Printed tokens have spaces between them. Remove these spaces, because they make generic types hard to read.
    let printed = |row: &[TokenTree]| {
        let row = row.iter().cloned().collect::<TokenStream>().to_string();
        let without_spaces = |code: &str| {
            let mut code = code.to_owned();
            for (spaced, dense) in SPACED {
                if code.contains(spaced) {
                    code = code.replace(spaced, dense);
                }
            }
            match code.strip_prefix(":: ") {
                Some(rest) => format!("::{rest}"),
                None => code,
            }
        };
        outside_literals(&row, without_spaces)
    };
    trees.split(is_comma).filter(|row| !row.is_empty()).map(printed).collect()
}

/// Applies `edit` to the code between string literals. The literals stay unchanged, because they contain text from the document.
fn outside_literals(code: &str, edit: impl Fn(&str) -> String) -> String {
    let (mut out, mut rest) = (String::with_capacity(code.len()), code);
    while let Some(start) = rest.find('"') {
        out.push_str(&edit(&rest[..start]));
        let mut is_escaped = false;
        let end = rest[start + 1..].find(|letter| {
            let ends = letter == '"' && !is_escaped;
            is_escaped = letter == '\\' && !is_escaped;
            ends
        });
        let end = end.map_or(rest.len(), |end| start + 1 + end + 1);
        out.push_str(&rest[start..end]);
        rest = &rest[end..];
    }
    out + &edit(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_their_literals() {
        let table =
            quote::quote! { codec::object! { both Pet { "a :: b < c" => a: Vec<a::B>, "\\ > \" >" => d: e, } } };
        let printed = items(table);
        assert!(printed.contains(r#""a :: b < c" => a : Vec<a::B>,"#), "{printed}");
        assert!(printed.contains(r#""\\ > \" >" => d"#), "{printed}");
    }

    #[test]
    fn blank_lines_are_between_items_and_never_within_a_comment() {
        let text = "impl Seat {\n    const ROW: u8 = 1;\n    /// One of a row;\n    /// the others are near it.\n    fn take() {\n    }\n    fn leave() {\n    }\n}\n";
        let wanted = text.replace("1;\n", "1;\n\n").replace("    }\n    fn", "    }\n\n    fn");
        assert_eq!(with_blank_lines(text), wanted);
    }
}
