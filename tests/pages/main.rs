//! Reads documentation pages and prints how much of them became facts: `cargo run -p tests --bin pages -- ../shared/pages`.
//!
//! With `--facts`, prints every fact of the pages instead. With `--unread`, also prints each line that was not read.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Parser;
use copperplate::page::fact::{FactKind, LineUse, Page};
use copperplate::page::{Format, read};
use copperplate::pipeline::PageInput;
use copperplate::transcribe::Transcription;
use copperplate::{Input, Options, Pipeline};

/// Reads documentation pages and prints a table of the results.
#[derive(Debug, Parser)]
struct Arguments {
    /// Pages, and folders of pages.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Print every fact.
    #[arg(long)]
    facts: bool,
    /// Write a draft of each page, generate from it and proof-read it, and print what is reported.
    #[arg(long)]
    drafts: bool,
    /// Print each line that was not read.
    #[arg(long)]
    unread: bool,
}

/// The figures of the pages of one product.
#[derive(Debug, Default)]
struct Figures {
    pages: usize,
    operations: usize,
    lines: usize,
    unread: usize,
    rows: usize,
    rows_read: usize,
    facts: usize,
    slowest: Duration,
    total: Duration,
}

fn main() {
    let arguments = Arguments::parse();
    let mut files = Vec::new();
    arguments.paths.iter().for_each(|path| collect(path, &mut files));
    let mut products: BTreeMap<String, Figures> = BTreeMap::new();
    for file in files {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let name = file.to_string_lossy().into_owned();
        let start = Instant::now();
        let page = read(&name, &text, Format::of(&name, &text));
        let time = start.elapsed();
        if arguments.facts {
            print_facts(&page);
        }
        if arguments.drafts && page.has_operation() {
            draft(&name, &text);
        }
        if arguments.unread {
            for (line, reason) in &page.unread {
                println!("{name}:{line}: {reason}");
            }
        }
        let product = product(&file, &arguments.paths);
        products.entry(product).or_default().add(&page, time);
    }
    println!(
        "{:40} {:>6} {:>6} {:>8} {:>8} {:>7} {:>8} {:>7} {:>8} {:>9}",
        "product", "pages", "ops", "lines", "unread", "%", "rows", "read %", "facts", "slowest"
    );
    let mut sum = Figures::default();
    for (product, figures) in &products {
        figures.print(product);
        sum.merge(figures);
    }
    sum.print("all");
    println!("{:.2?} in all", sum.total);
}

impl Figures {
    fn add(&mut self, page: &Page, time: Duration) {
        let one = Self {
            pages: 1,
            operations: usize::from(page.has_operation()),
            lines: page.lines.len(),
            unread: page.unread_lines(),
            rows: page.table_rows,
            rows_read: page.rows_read,
            facts: page.facts.len(),
            slowest: time,
            total: time,
        };
        self.merge(&one);
    }

    fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.operations += other.operations;
        self.lines += other.lines;
        self.unread += other.unread;
        self.rows += other.rows;
        self.rows_read += other.rows_read;
        self.facts += other.facts;
        self.slowest = self.slowest.max(other.slowest);
        self.total += other.total;
    }

    fn print(&self, product: &str) {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{product:40} {:>6} {:>6} {:>8} {:>8} {:>6.2}% {:>8} {:>6.2}% {:>8} {:>9.2?}",
            self.pages,
            self.operations,
            self.lines,
            self.unread,
            percent(self.unread, self.lines),
            self.rows,
            percent(self.rows_read, self.rows),
            self.facts,
            self.slowest
        );
    }
}

/// Prints the errors of a draft, and the differences between the draft and its page.
fn draft(name: &str, text: &str) {
    let options = Options::default();
    let pipeline = Pipeline::new(&options);
    let input = PageInput { file: name.to_owned(), text: text.to_owned(), is_named: true };
    let report = pipeline.transcribe(std::slice::from_ref(&input), Transcription::default());
    let document = Input::new("draft.yaml", report.document, "draft");
    for finding in pipeline.lint(std::slice::from_ref(&document), None).iter().filter(|finding| finding.is_error()) {
        println!("{name}: draft: {} #{} {}", finding.code.id(), finding.pointer, finding.message);
    }
    for (difference, _) in &pipeline.proof(&document, &[input]).differences {
        println!("{name}: proof: {} #{} {}", difference.code.id(), difference.pointer, difference.message);
    }
}

fn print_facts(page: &Page) {
    println!("== {} ({})", page.file, page.vocabulary);
    let mut facts: Vec<_> = page.facts.iter().collect();
    facts.sort_by_key(|fact| fact.line);
    for fact in facts {
        let words: String = fact.words.chars().take(100).collect();
        println!("{:>5} {:16} {:24} {words}", fact.line, fact.kind.word(), fact.subject);
    }
    for (index, used) in page.lines.iter().enumerate() {
        if *used == LineUse::NotRead {
            println!("{:>5} NOT READ", index + 1);
        }
    }
    let comparable = page.facts.iter().filter(|fact| fact.kind.is_comparable()).count();
    let described = page.facts.iter().filter(|fact| fact.kind == FactKind::Description).count();
    println!("{} facts, {comparable} for a document, {described} descriptions", page.facts.len());
}

/// Returns the product of a page: the folder below the folder that was named.
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
