//! Tests of the imports between files: no import cycles, no import from a later stage, and no import from `lib.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::visit::Visit;

use super::{parsed, root, sources};

/// The files and folders of the generator, in the order of their dependencies. Each one imports only from itself and from those
/// before it.
const ORDER: &[&str] = &[
    "text",
    "pointer",
    "file_name",
    "file_reference",
    "suggestion",
    "json",
    "json_path",
    "pattern",
    "finding",
    "format_type",
    "selection",
    "options",
    "configuration",
    "large_stack",
    "load",
    "resolve",
    "check",
    "lint",
    "ir",
    "lower",
    "surface",
    "diff",
    "emit",
    "print",
    "files",
    "page",
    "proof",
    "transcribe",
    "pipeline",
    "command",
];

type ModulePath = Vec<String>;

/// The files of a crate, keyed by module path, with their imports.
struct Graph {
    folder: PathBuf,
    files: BTreeMap<ModulePath, File>,
}

/// The imports and re-exports of one file.
#[derive(Default)]
struct File {
    path: PathBuf,
    /// The re-exports of the file. The keys are names, and the values are the paths of the items.
    reexports: BTreeMap<String, ModulePath>,
    /// The paths of items in the crate that the file uses.
    uses: BTreeSet<ModulePath>,
}

impl Graph {
    /// Reads the files below `folder`. `prefix` is the path of the module that contains all of them.
    fn read(folder: PathBuf, prefix: &[&str], skipped: &[&str]) -> Self {
        let mut files = BTreeMap::new();
        for path in sources(&folder) {
            let below = path.strip_prefix(&folder).unwrap();
            if skipped.iter().any(|skipped| below.starts_with(skipped)) || path.ends_with("tests.rs") {
                continue;
            }
            let module = module_of(below, prefix);
            let mut names = Names { module: module.clone(), ..Names::default() };
            names.visit_file(&parsed(&path));
            let Names { reexports, uses, .. } = names;
            files.insert(module, File { path: below.to_owned(), reexports, uses });
        }
        Self { folder, files }
    }

    /// Follows re-exports and returns the module that defines the item at `path`.
    fn definition(&self, path: &[String], depth: usize) -> Option<&ModulePath> {
        let (module, file) = (0..=path.len()).rev().find_map(|length| self.files.get_key_value(&path[..length]))?;
        match path.get(module.len()).and_then(|name| file.reexports.get(name)) {
            Some(behind) if depth < 8 => {
                let behind = [behind.as_slice(), &path[module.len() + 1..]].concat();
                self.definition(&behind, depth + 1)
            }
            _ => Some(module),
        }
    }

    /// Returns, for each file, the other files that it imports from.
    fn imports(&self) -> BTreeMap<&ModulePath, BTreeSet<&ModulePath>> {
        let imported = |module: &ModulePath, file: &File| {
            let definitions = file.uses.iter().filter_map(|path| self.definition(path, 0));
            definitions.filter(|definition| *definition != module).collect()
        };
        self.files.iter().map(|(module, file)| (module, imported(module, file))).collect()
    }

    /// Returns the imports that belong to an import cycle.
    fn circles(&self) -> Vec<String> {
        let imports = self.imports();
        let all: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
            imports.keys().map(|module| (*module, reachable(&imports, module))).collect();
        let edges = imports.iter().flat_map(|(from, to)| to.iter().map(move |to| (*from, *to)));
        let circular = edges.filter(|(from, to)| all[*to].contains(*from));
        circular.map(|(from, to)| format!("{} -> {}", self.name(from), self.name(to))).collect()
    }

    fn name(&self, module: &ModulePath) -> String {
        self.files[module].path.display().to_string()
    }
}

/// Returns the modules that `from` imports, directly or indirectly.
fn reachable<'g>(
    imports: &BTreeMap<&'g ModulePath, BTreeSet<&'g ModulePath>>,
    from: &'g ModulePath,
) -> BTreeSet<&'g ModulePath> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(module) = open.pop() {
        open.extend(imports[module].iter().copied().filter(|next| seen.insert(*next)));
    }
    seen
}

/// Returns the module path of the file at `path`, which is relative to the folder of the crate.
fn module_of(path: &Path, prefix: &[&str]) -> ModulePath {
    let mut module: ModulePath = path.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
    prefix.iter().map(|part| (*part).to_owned()).chain(module).collect()
}

/// Collects the paths of items in the crate that one file uses, outside its tests.
#[derive(Default)]
struct Names {
    /// The module of the item that is visited.
    module: ModulePath,
    /// The modules that the file declares.
    children: BTreeSet<String>,
    reexports: BTreeMap<String, ModulePath>,
    uses: BTreeSet<ModulePath>,
}

impl Names {
    /// Returns `path` as an absolute path in the crate, or `None` if it belongs to a library or a local item.
    fn absolute(&self, path: &[String]) -> Option<ModulePath> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([self.module.as_slice(), rest].concat()),
            "super" => {
                let mut module = self.module.clone();
                let ups = path.iter().take_while(|part| *part == "super").count();
                module.truncate(module.len().saturating_sub(ups));
                Some([module.as_slice(), &path[ups..]].concat())
            }
            child if self.children.contains(child) => Some([self.module.as_slice(), path].concat()),
            _ => None,
        }
    }

    fn add_tree(&mut self, tree: &syn::UseTree, before: &[String], is_reexport: bool) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.add_tree(&path.tree, &with(&path.ident), is_reexport),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.add_tree(tree, before, is_reexport));
            }
            syn::UseTree::Glob(_) => self.add(before, None),
            syn::UseTree::Name(name) if name.ident == "self" => self.add(before, None),
            syn::UseTree::Name(name) => self.add(&with(&name.ident), is_reexport.then(|| name.ident.to_string())),
            syn::UseTree::Rename(rename) => {
                self.add(&with(&rename.ident), is_reexport.then(|| rename.rename.to_string()));
            }
        }
    }

    fn add(&mut self, path: &[String], reexported_as: Option<String>) {
        let Some(path) = self.absolute(path) else { return };
        match reexported_as {
            Some(name) => _ = self.reexports.insert(name, path),
            None => _ = self.uses.insert(path),
        }
    }
}

fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        matches!(&attribute.meta, syn::Meta::List(list) if list.path.is_ident("cfg") && list.tokens.to_string() == "test")
    })
}

impl<'ast> Visit<'ast> for Names {
    fn visit_file(&mut self, file: &'ast syn::File) {
        let declared = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(item) if item.content.is_none() => Some(item.ident.to_string()),
            _ => None,
        });
        self.children = declared.collect();
        syn::visit::visit_file(self, file);
    }

    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Mod(item) if is_for_tests(&item.attrs) => {}
            syn::Item::Fn(item) if is_for_tests(&item.attrs) => {}
            _ => syn::visit::visit_item(self, item),
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let is_reexport = !matches!(item.vis, syn::Visibility::Inherited);
        self.add_tree(&item.tree, &[], is_reexport);
    }

    // Macros are ignored, because the tokens in `quote!` are paths of the emitted crate.
    fn visit_macro(&mut self, _: &'ast syn::Macro) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.add(&segments, None);
        }
        syn::visit::visit_path(self, path);
    }
}

fn generator() -> Graph {
    Graph::read(root().join("generator/src"), &[], &["main.rs"])
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let runtime = Graph::read(root().join("generator/runtime"), &["runtime"], &["lib.rs", "ecma.rs", "tests"]);
    for graph in [generator(), runtime] {
        let circles = graph.circles();
        assert!(circles.is_empty(), "in {}:\n{}", graph.folder.display(), circles.join("\n"));
    }
}

#[test]
fn no_stage_imports_a_later_one() {
    let graph = generator();
    let rank = |module: &ModulePath| match module.first() {
        // `lib.rs` comes after all parts.
        None => ORDER.len(),
        Some(part) => ORDER.iter().position(|known| known == part).unwrap_or_else(|| panic!("{part} is not in ORDER")),
    };
    let imports = graph.imports();
    let edges = imports.iter().flat_map(|(from, to)| to.iter().map(move |to| (*from, *to)));
    let backward = edges.filter(|(from, to)| rank(from) < rank(to));
    let wrong: Vec<String> = backward.map(|(from, to)| format!("{} -> {}", graph.name(from), graph.name(to))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
