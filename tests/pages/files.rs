//! The files of pages, by product.

use std::fs;
use std::path::{Path, PathBuf};

use copperplate::pipeline::PageInput;

/// A page and its product.
#[derive(Debug)]
pub struct PageFile {
    /// The folders of the page below the folder that was named, at most two.
    pub product: String,
    /// The page.
    pub input: PageInput,
}

/// Reads pages. A folder stands for all pages in it and below it.
pub fn read(paths: &[PathBuf]) -> Vec<PageFile> {
    let mut files = Vec::new();
    paths.iter().for_each(|path| collect(path, &mut files));
    let page = |file: PathBuf| {
        let text = fs::read_to_string(&file).ok()?;
        let input = PageInput { file: file.to_string_lossy().into_owned(), text, is_named: true };
        Some(PageFile { product: product(&file, paths), input })
    };
    files.into_iter().filter_map(page).collect()
}

/// Returns the product of a page: the folders below the folder that was named.
fn product(file: &Path, roots: &[PathBuf]) -> String {
    let inner = roots.iter().find_map(|root| file.strip_prefix(root).ok()).unwrap_or(file);
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    let depth = parts.len().saturating_sub(1).min(2);
    parts.get(..depth).map(|parts| parts.join("/")).unwrap_or_default()
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        let is_page =
            path.extension().is_some_and(|ending| ["rst", "html", "md", "txt"].iter().any(|known| ending == *known));
        if is_page && !path.ends_with("README.md") {
            files.push(path.to_owned());
        }
        return;
    }
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().for_each(|path| collect(path, files));
}
