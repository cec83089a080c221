//! How much of the pages is read, and how long it takes.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use copperplate::page::fact::Page;
use copperplate::page::{Format, read};

use crate::Pages;
use crate::files::{self, PageFile};
use crate::listing;

/// The least percentage of table rows that are read, for each product.
const LEAST_ROWS: f64 = 99.0;

/// The greatest percentage of lines that are not read, for each product.
const MOST_UNREAD: f64 = 1.0;

/// The greatest time for a page, and for a hundred pages.
const MOST_TIME: (Duration, Duration) = (Duration::from_millis(20), Duration::from_secs(2));

/// The subcommand `read`.
#[derive(Debug, clap::Args)]
pub struct Read {
    #[command(flatten)]
    pages: Pages,
    /// Print every fact.
    #[arg(long)]
    facts: bool,
    /// Print the parameters and properties as a tree.
    #[arg(long)]
    fields: bool,
    /// Print each line that was not read.
    #[arg(long)]
    unread: bool,
}

/// The subcommand `cost`.
#[derive(Debug, clap::Args)]
pub struct Cost {
    #[command(flatten)]
    pages: Pages,
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
}

impl Read {
    /// Prints the figures. Returns whether all are within their limits.
    pub fn run(&self) -> bool {
        let mut products: BTreeMap<String, Figures> = BTreeMap::new();
        for PageFile { product, input } in files::read(&self.pages.paths) {
            let page = read(&input.file, &input.text, Format::of(&input.file, &input.text));
            if self.facts {
                listing::facts(&page);
            }
            if self.fields {
                listing::fields(&page);
            }
            if self.unread {
                page.unread.iter().for_each(|(line, reason)| println!("{}:{line}: {reason}", input.file));
            }
            products.entry(product).or_default().add(&page);
        }
        println!(
            "{:40} {:>6} {:>6} {:>8} {:>8} {:>7} {:>8} {:>7} {:>8}",
            "product", "pages", "ops", "lines", "unread", "%", "rows", "read %", "facts"
        );
        let (mut sum, mut is_within) = (Figures::default(), true);
        for (product, figures) in &products {
            figures.print(product);
            sum.merge(figures);
            is_within &= figures.rows_percent() >= LEAST_ROWS && figures.unread_percent() <= MOST_UNREAD;
        }
        sum.print("all");
        if !is_within {
            println!("limits: {LEAST_ROWS}% of rows read, {MOST_UNREAD}% of lines not read");
        }
        is_within
    }
}

impl Cost {
    /// Prints the time of the slowest page and of the slowest hundred pages in a row. Returns whether both are within their limits.
    pub fn run(&self) -> bool {
        let pages = files::read(&self.pages.paths);
        let mut times: Vec<(Duration, &str)> = Vec::new();
        for PageFile { input, .. } in &pages {
            let start = Instant::now();
            let page = read(&input.file, &input.text, Format::of(&input.file, &input.text));
            times.push((start.elapsed(), &input.file));
            drop(page);
        }
        let sum = |times: &[(Duration, &str)]| times.iter().map(|(time, _)| *time).sum::<Duration>();
        let hundred = times.chunks(100).map(sum).max().unwrap_or_default();
        let all = sum(&times);
        times.sort();
        let (slowest, file) = times.last().copied().unwrap_or_default();
        println!("{} pages: {all:.2?}, {:.2?} for each", times.len(), all / times.len().max(1) as u32);
        println!("the slowest page: {slowest:.2?}, {file}");
        println!("the slowest hundred pages: {hundred:.2?}");
        slowest <= MOST_TIME.0 && hundred <= MOST_TIME.1
    }
}

impl Figures {
    fn add(&mut self, page: &Page) {
        self.merge(&Self {
            pages: 1,
            operations: usize::from(page.has_operation()),
            lines: page.lines.len(),
            unread: page.unread_lines(),
            rows: page.table_rows,
            rows_read: page.rows_read,
            facts: page.facts.len(),
        });
    }

    fn merge(&mut self, other: &Self) {
        self.pages += other.pages;
        self.operations += other.operations;
        self.lines += other.lines;
        self.unread += other.unread;
        self.rows += other.rows;
        self.rows_read += other.rows_read;
        self.facts += other.facts;
    }

    fn rows_percent(&self) -> f64 {
        percent(self.rows_read, self.rows)
    }

    fn unread_percent(&self) -> f64 {
        100.0 * self.unread as f64 / self.lines.max(1) as f64
    }

    fn print(&self, product: &str) {
        println!(
            "{product:40} {:>6} {:>6} {:>8} {:>8} {:>6.2}% {:>8} {:>6.2}% {:>8}",
            self.pages,
            self.operations,
            self.lines,
            self.unread,
            self.unread_percent(),
            self.rows,
            self.rows_percent(),
            self.facts,
        );
    }
}

/// Returns a percentage; 100 of nothing.
pub fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { 100.0 * part as f64 / whole as f64 }
}
