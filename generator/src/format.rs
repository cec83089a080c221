//! From tokens to text: a header, and the printing of `prettyplease`, with what it leaves to its callers: blank lines between
//! items, and tables that read as tables.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{File, Item, ItemMacro};

use crate::STACK;
use crate::cut::{self, Part};
use crate::emit::{ALLOWED, Crate, Module, Piece, Section, Use};
use crate::export::Exports;
use crate::files::{self, HEADER, Output};
use crate::import;
use crate::pack::{self, Printed, PrintedPart};

/// How many lines of items a file of a divided API may have.
const LINES: usize = 380;

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
    "automaton.rs",
    "call.rs",
    "check.rs",
    "client.rs",
    "codec.rs",
    "effort.rs",
    "equality.rs",
    "error.rs",
    "expression.rs",
    "example.rs",
    "fingerprint.rs",
    "fixed.rs",
    "format.rs",
    "judged.rs",
    "number.rs",
    "form.rs",
    "media.rs",
    "multipart.rs",
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
    "tolerated.rs",
    "transport.rs",
    "union.rs",
    "uri.rs",
    "validate.rs",
    "violation.rs",
];

/// Prints a crate, and beside it the lines of what callers see of it.
pub fn format(emitted: Crate<'_>, surface: String) -> Vec<Output> {
    let engine = emitted.manifest.needs_engine.then(|| copied("src/ecma.rs", include_str!("../runtime/ecma.rs")));
    let manifest = format!("# {HEADER}. Do not edit: it is written anew on every run.\n{}", emitted.manifest.text());
    let sources = emitted.modules.first().map(|root| root.source.as_str()).unwrap_or_default();
    let surface = format!(
        "# {HEADER} from {sources}: what callers of the crate see, an item a line, whatever order the document has.\n{surface}"
    );
    let mut outputs =
        vec![Output { path: "Cargo.toml".to_owned(), text: manifest, ownership: files::Ownership::UnlessForeign }];
    outputs.push(written("SURFACE.txt", surface));
    let texts = in_parallel(&emitted.modules, text);
    let sources =
        emitted.modules.iter().zip(texts).map(|(module, text)| written(&format!("src/{}", module.path), text));
    outputs.extend(sources);
    let pieces: Vec<&Piece<'_>> = emitted.sections.iter().flat_map(|section| &section.pieces).collect();
    let mut printed = in_parallel(&pieces, |piece| printed(piece)).into_iter();
    for section in &emitted.sections {
        let pieces = printed.by_ref().take(section.pieces.len()).collect();
        outputs.extend(pack::pack(pieces, LINES).into_iter().map(|file| section_file(section, file)));
    }
    outputs.extend(engine);
    outputs.extend(RUNTIME.iter().map(|(name, text)| copied(&format!("src/runtime/{name}"), text)));
    outputs
}

/// Does `work` for each item, on as many threads as the machine has; the answers are in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    // A thread costs more than it saves where there is little to do.
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len() / 64 + 1);
    let mut done = thread::scope(|scope| {
        // A machine that gives no more threads has to do with those there are.
        let spawned: Vec<_> = (1..threads)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok())
            .collect();
        let mut done = worker();
        for thread in spawned {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn printed(piece: &Piece<'_>) -> Printed {
    let file = syn::parse2::<File>((piece.items)());
    let mut printed = Printed {
        owner: piece.owner.clone(),
        file: piece.file.clone(),
        features: piece.features.clone(),
        uses: import::of(file.as_ref().map_or(&[], |file| &file.items), &piece.uses),
        exports: file.as_ref().map(Exports::of).unwrap_or_default(),
        text: String::new(),
        parts: Vec::new(),
    };
    let Ok(file) = file else { return Printed { text: unparsed(&(piece.items)()), ..printed } };
    printed.text = print(file);
    if printed.text.lines().count() > LINES {
        printed.parts = cut_apart(piece, &mut printed);
    }
    printed
}

/// Leaves of a piece that is too long for a file what has to stand together, and answers the rest.
fn cut_apart(piece: &Piece<'_>, whole: &mut Printed) -> Vec<PrintedPart> {
    let Ok(mut file) = syn::parse2::<File>((piece.items)()) else { return Vec::new() };
    let parts = cut::cut(&mut file, LINES, |item| print(file_of(vec![item.clone()])).lines().count());
    if parts.is_empty() {
        return Vec::new();
    }
    whole.uses = import::of(&file.items, &piece.uses);
    whole.text = linked(print(file), piece, &[], &whole.uses);
    let declared: Vec<Use> = whole.exports.names().map(|name| ("super".to_owned(), name.to_owned())).collect();
    let printed = |part: Part| {
        let mut uses = import::of(&part.items, &piece.uses);
        uses.extend(part.uses);
        let text = linked(print(file_of(part.items)), piece, &declared, &uses);
        PrintedPart { module: part.module, uses, text }
    };
    parts.into_iter().map(printed).collect()
}

/// The text of a piece or a part of one, with the paths that its links need now.
fn linked(text: String, piece: &Piece<'_>, declared: &[Use], uses: &BTreeSet<Use>) -> String {
    let known = piece.uses.where_mentioned.iter().chain(declared);
    cut::linked(&text, known.filter(|name| !uses.contains(*name)))
}

/// A file of a section: what it imports and its items, or the modules it is made of.
fn section_file(section: &Section<'_>, file: pack::File) -> Output {
    let title = format!(" {}", section.title.replace(['[', ']', '<', '>', '`'], " "));
    let allowed = section.allows_unused && !file.text.is_empty();
    let allowed = if allowed { format!("{ALLOWED}\n") } else { String::new() };
    let mut parts = vec![format!("//!{title}\n{allowed}")];
    let is_root = file.path.is_empty() || file.path == "mod";
    if !file.uses.is_empty() {
        parts.push(imports(&file.uses));
    }
    let declarations: String = file.modules.iter().map(|module| declaration(module, section.exported)).collect();
    let below: String = file.parts.iter().map(|module| format!("mod {module};\n")).collect();
    let exports = section.exports.iter().filter(|_| is_root);
    let exports: String = exports.map(|(path, features)| export(path, features)).collect();
    parts.extend([below, declarations, exports, file.text].into_iter().filter(|part| !part.is_empty()));
    let path = match file.path.as_str() {
        "" => format!("src/{}.rs", section.path),
        path => format!("src/{}/{path}.rs", section.path),
    };
    written(&path, header(&section.source) + &parts.join("\n"))
}

/// The `use` of each module that names are imported from.
fn imports(uses: &BTreeSet<Use>) -> String {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, name) in uses {
        modules.entry(path).or_default().push(name);
    }
    let uses = modules.into_iter().map(|(path, names)| match names.as_slice() {
        [only] => format!("use {path}::{only};\n"),
        several => folded(format!("use {path}::{{{}}};\n", several.join(", ")), 90),
    });
    uses.collect()
}

fn declaration(module: &pack::Module, exported: bool) -> String {
    let condition = condition_text(&module.features);
    let uses = module.exports.uses(&module.name).filter(|_| exported);
    let uses: String = uses.map(|text| format!("{condition}{}", folded(text, 100))).collect();
    format!("{condition}mod {};\n{uses}", module.name)
}

/// An import that is too long for a line of this width on several.
fn folded(import: String, width: usize) -> String {
    let is_long = import.len() > width;
    let tokens = is_long.then(|| import.parse::<TokenStream>().ok()).flatten();
    tokens.map(printed_items).unwrap_or(import)
}

fn export(path: &str, features: &[String]) -> String {
    format!("{}pub use {path}::*;\n", condition_text(features))
}

/// A condition on one line, so that lists of modules stay lists.
fn condition_text(features: &[String]) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    match features.as_slice() {
        [] => String::new(),
        [only] => format!("#[cfg({only})]\n"),
        several => format!("#[cfg(any({}))]\n", several.join(", ")),
    }
}

fn written(path: &str, text: String) -> Output {
    Output { path: path.to_owned(), text, ownership: files::Ownership::Always }
}

/// A source that is copied as it is.
fn copied(path: &str, text: &str) -> Output {
    Output { path: path.to_owned(), text: text.to_owned(), ownership: files::Ownership::Always }
}

fn text(module: &Module<'_>) -> String {
    header(&module.source) + &printed_items((module.items)())
}

fn header(source: &str) -> String {
    format!("// {HEADER} from {source}. Do not edit: change the document and run copperplate.\n")
}

fn printed_items(items: TokenStream) -> String {
    syn::parse2::<File>(items.clone()).map_or_else(|_| unparsed(&items), print)
}

/// Tokens that do not parse would be a mistake of the emitter; they are printed as they are, so that the compiler shows where.
fn unparsed(items: &TokenStream) -> String {
    items.to_string()
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
    prettyplease::unparse(&File { attrs, ..file_of(items) })
}

fn file_of(items: Vec<Item>) -> File {
    File { shebang: None, frontmatter: None, attrs: Vec::new(), items }
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
    let printed = |row: &proc_macro2::TokenStream| {
        row.to_string().replace(" :: ", "::").replace(" < ", "<").replace(" >", ">").replace("> ]", ">]")
    };
    rows.iter().filter(|row| !row.is_empty()).map(printed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_stand_between_items_and_never_within_a_comment() {
        let text = "impl Seat {\n    const ROW: u8 = 1;\n    /// One of a row;\n    /// the others are beside it.\n    fn take() {\n    }\n    fn leave() {\n    }\n}\n";
        let wanted = text.replace("1;\n", "1;\n\n").replace("    }\n    fn", "    }\n\n    fn");
        assert_eq!(spaced(text), wanted);
    }
}
