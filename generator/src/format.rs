//! From tokens to text: a header, and the printing of `prettyplease`, with what it leaves to its callers: blank lines between
//! items, and tables that read as tables.

use quote::ToTokens;
use syn::{File, Item, ItemMacro};

use crate::emit::{Crate, Module};
use crate::files::{self, HEADER, Output};

/// The runtime, as it is copied into every crate.
macro_rules! runtime {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../runtime/", $name)))),*]
    };
}

/// Every source of the runtime.
pub const RUNTIME: &[(&str, &str)] = runtime![
    "mod.rs",
    "alternatives.rs",
    "answer.rs",
    "call.rs",
    "check.rs",
    "client.rs",
    "codec.rs",
    "equality.rs",
    "error.rs",
    "example.rs",
    "format.rs",
    "number.rs",
    "over_blocking.rs",
    "over_reqwest.rs",
    "pattern.rs",
    "position.rs",
    "reading.rs",
    "request.rs",
    "schema.rs",
    "security.rs",
    "style.rs",
    "text.rs",
    "transport.rs",
    "union.rs",
    "uri.rs",
    "validate.rs",
    "violation.rs",
];

/// Prints a crate.
pub fn format(emitted: Crate) -> Vec<Output> {
    let engine = emitted.manifest.needs_engine.then(|| copied("src/ecma.rs", include_str!("../runtime/ecma.rs")));
    let manifest = format!("# {HEADER}. Do not edit: it is written anew on every run.\n{}", emitted.manifest.text());
    let mut outputs =
        vec![Output { path: "Cargo.toml".to_owned(), text: manifest, ownership: files::Ownership::UnlessForeign }];
    let sources = emitted.modules.into_iter().map(|module| Output {
        path: format!("src/{}", module.path),
        text: text(module),
        ownership: files::Ownership::Always,
    });
    outputs.extend(sources);
    outputs.extend(engine);
    outputs.extend(RUNTIME.iter().map(|(name, text)| copied(&format!("src/runtime/{name}"), text)));
    outputs
}

/// A source that is copied as it is.
fn copied(path: &str, text: &str) -> Output {
    Output { path: path.to_owned(), text: text.to_owned(), ownership: files::Ownership::Always }
}

/// Prints one module. Tokens that do not parse would be a mistake of the emitter; they are printed as they are, so that the
/// compiler shows where.
fn text(module: Module) -> String {
    let header = format!("// {HEADER} from {}. Do not edit: change the document and run copperplate.\n", module.source);
    match syn::parse2::<File>(module.items.clone()) {
        Ok(file) => header + &print(file),
        Err(_) => header + &module.items.to_string(),
    }
}

fn print(file: File) -> String {
    let mut out = unparse(file.attrs, Vec::new());
    let mut last = None;
    for item in file.items {
        let kind = group(&item);
        let together = last.is_some_and(|last| last == kind) && kind != Group::Item;
        if !together && !out.is_empty() {
            out.push('\n');
        }
        last = Some(kind);
        match &item {
            Item::Macro(table) if table.mac.path.segments.len() > 1 => out.push_str(&print_table(table)),
            _ => out.push_str(&spaced(&unparse(Vec::new(), vec![item]))),
        }
    }
    out
}

fn unparse(attrs: Vec<syn::Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&File { shebang: None, frontmatter: None, attrs, items })
}

/// Items that stand together without blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Module,
    Use,
    Item,
}

fn group(item: &Item) -> Group {
    match item {
        Item::Mod(module) if module.content.is_none() => Group::Module,
        Item::Use(_) => Group::Use,
        _ => Group::Item,
    }
}

/// A blank line between the items of a block: behind each brace that closes one, where another follows.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let ends_item =
            line == "    }" || (line.starts_with("    ") && !line.starts_with("     ") && line.ends_with(';'));
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

/// A table macro with a row a line; token printing alone would run the rows together.
fn print_table(table: &ItemMacro) -> String {
    let path: Vec<String> = table.mac.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    let mut head = String::new();
    let mut rows = None;
    for tree in table.mac.tokens.clone() {
        match tree {
            proc_macro2::TokenTree::Group(group) => rows = Some(table_rows(group.stream())),
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

fn table_rows(tokens: proc_macro2::TokenStream) -> Vec<String> {
    let mut rows = vec![proc_macro2::TokenStream::new()];
    for tree in tokens {
        match &tree {
            proc_macro2::TokenTree::Punct(comma) if comma.as_char() == ',' => {
                rows.push(proc_macro2::TokenStream::new())
            }
            _ => rows.last_mut().into_iter().for_each(|row| row.extend([tree.clone()])),
        }
    }
    // Tokens stand apart when they are printed; a generic type reads better without.
    let printed =
        |row: &proc_macro2::TokenStream| row.to_string().replace(" < ", "<").replace(" >", ">").replace("> ]", ">]");
    rows.iter().filter(|row| !row.is_empty()).map(printed).collect()
}
