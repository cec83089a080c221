//! Measures how the cost of a document grows with its size.
//!
//! Each shape is a family of documents that stresses one part of the pipeline. Each document has three sizes. Each size is twice
//! the one before, and the largest document has just under 1 MB. The program runs `generate`, `lint` and `diff` on each document;
//! `diff` compares it with a changed copy. The table shows the cost at each size, and the factors between the costs of consecutive
//! sizes.

mod copies;
mod findings;
mod lists;
mod repetition;
mod shapes;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use clap::Args;

use crate::resource_usage::{Usage, limit_this_process, run_measured};
use crate::table;
use shapes::Shape;

/// Arguments of `corpus scaling`.
#[derive(Debug, Args)]
pub struct Scaling {
    /// Measure only the shapes with these names.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// Instead of measuring, print the document of this shape at its smallest size.
    #[arg(long, value_name = "NAME")]
    print: Option<String>,
    /// Measure only this command: `generate`, `lint` or `diff`.
    #[arg(long)]
    command: Option<String>,
    /// Run each command this often and keep the smallest cost, because other processes can only add to it.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// The maximum factor by which the cost may grow when the size of the document doubles.
const MAX_FACTOR: f64 = 2.5;

/// The maximum cost of a document, in CPU seconds and MiB. The documents have less than 1 MB.
const MAX_SECONDS: f64 = 10.0;
const MAX_MIB: f64 = 1024.0;

/// The CPU time, in seconds, below which a factor is not meaningful, because starting the process costs as much.
const NEGLIGIBLE_SECONDS: f64 = 0.15;

/// The limits of each measured process, in CPU seconds and MiB. The system stops a process that reaches a limit.
const STOP_SECONDS: u64 = 20;
const STOP_MIB: u64 = 6 * 1024;

const COMMANDS: [&str; 3] = ["generate", "lint", "diff"];

/// Measures all selected shapes and prints the table. Returns whether every cost is within the limits.
///
/// # Errors
/// Returns an error if a document cannot be written or a process cannot be started.
pub fn run(scaling: &Scaling) -> Result<bool, Box<dyn Error>> {
    if let Some(name) = &scaling.print {
        let shape = all_shapes().find(|shape| shape.name == name).ok_or("no shape has this name")?;
        print!("{}", (shape.document)(shape.size));
        return Ok(true);
    }
    if cfg!(debug_assertions) {
        println!("This is a debug build, so the cost is not meaningful. Use `cargo run --release`.\n");
    }
    let selected =
        all_shapes().filter(|shape| scaling.only.is_empty() || scaling.only.iter().any(|name| name == shape.name));
    let commands =
        COMMANDS.into_iter().filter(|command| scaling.command.as_deref().is_none_or(|only| only == *command));
    let commands: Vec<&str> = commands.collect();
    let (mut rows, mut passes) = (Vec::new(), true);
    for shape in selected {
        for command in &commands {
            let largest = size_of_a_megabyte(shape);
            let sizes = [largest.div_ceil(4), largest.div_ceil(2), largest];
            let costs = sizes.iter().map(|size| smallest_cost(scaling.runs, shape, *size, command));
            let costs = costs.collect::<Result<Vec<_>, _>>()?;
            passes &= costs.iter().all(Cost::is_allowed)
                && costs.windows(2).all(|pair| factor(&pair[0], &pair[1]) <= MAX_FACTOR);
            let row = row(shape, command, &costs);
            eprintln!("{}", row.join("  "));
            rows.push(row);
        }
    }
    let head =
        ["shape", "command", "KB", "CPU s", "2 n", "4 n", "MiB", "2 n", "4 n", "factors", "exit code and findings"];
    table::print(&head, &rows);
    Ok(passes)
}

fn all_shapes() -> impl Iterator<Item = &'static Shape> {
    shapes::SHAPES.iter().chain(repetition::SHAPES).chain(lists::SHAPES).chain(copies::SHAPES).chain(findings::SHAPES)
}

/// The cost of one command on one document.
struct Cost {
    kilobytes: usize,
    usage: Usage,
    /// The exit code; 255 if a signal stopped the process.
    code: i32,
    /// The codes of the findings, sorted.
    findings: BTreeSet<String>,
}

impl Cost {
    /// Returns whether the command ended within the limits and without a panic. The command may report errors, for example that
    /// the document exceeds a limit.
    fn is_allowed(&self) -> bool {
        // `diff` ends with 2 if it cannot compare the documents.
        let has_ended = matches!(self.code, 0 | 1) || (self.code == 2 && !self.findings.is_empty());
        self.usage.cpu_seconds <= MAX_SECONDS && self.usage.peak_mib <= MAX_MIB && has_ended
    }
}

/// Measures a command several times. Each run writes into a fresh folder.
fn smallest_cost(runs: u32, shape: &Shape, size: usize, command: &str) -> Result<Cost, Box<dyn Error>> {
    let mut smallest: Option<Cost> = None;
    for _ in 0..runs {
        let cost = measure(shape, size, command, tempfile::tempdir()?.path())?;
        if smallest.as_ref().is_none_or(|other| cost.usage.cpu_seconds < other.usage.cpu_seconds) {
            smallest = Some(cost);
        }
    }
    smallest.ok_or_else(|| "no run was measured".into())
}

fn measure(shape: &Shape, size: usize, command: &str, folder: &Path) -> Result<Cost, Box<dyn Error>> {
    let text = (shape.document)(size);
    let extension = if text.starts_with('{') { "json" } else { "yaml" };
    let [document, changed] = ["new", "old"].map(|version| folder.join(format!("{version}.{extension}")));
    fs::write(&document, &text)?;
    // The copies differ in the description of the API, at the beginning of the document, and in the names that say so.
    fs::write(&changed, text.replacen("Scaling", "Changed", 1).replace("NEW", "new"))?;
    let mut process = Command::new(std::env::current_exe()?);
    process.arg("limited").arg(command);
    match command {
        "generate" => process.arg("--out").arg(folder.join(shape.name)).arg(&document),
        "diff" => process.arg(&changed).arg(&document),
        _ => process.arg(&document),
    };
    let measured = run_measured(&process)?;
    let codes = measured.stderr.match_indices("[CP").filter_map(|(at, _)| measured.stderr.get(at + 1..at + 7));
    let findings = codes.map(str::to_owned).collect();
    Ok(Cost {
        kilobytes: text.len() / 1000,
        usage: measured.usage,
        code: measured.status.code().unwrap_or(255),
        findings,
    })
}

fn factor(smaller: &Cost, larger: &Cost) -> f64 {
    let (small, large) = (smaller.usage.cpu_seconds, larger.usage.cpu_seconds);
    if large < NEGLIGIBLE_SECONDS { 1.0 } else { large / small.max(NEGLIGIBLE_SECONDS / MAX_FACTOR) }
}

/// Returns the size at which the document of a shape has just under 1 MB.
fn size_of_a_megabyte(shape: &Shape) -> usize {
    let mut size = shape.size;
    for _ in 0..8 {
        // The document may grow faster than the size, so the size is approached step by step.
        let length = (shape.document)(size).len();
        size = (size as f64 * (990_000.0 / length as f64).clamp(0.5, 4.0)).max(1.0) as usize;
    }
    while size > 1 && (shape.document)(size).len() >= 1_000_000 {
        size -= size.div_ceil(50);
    }
    size
}

fn row(shape: &Shape, command: &str, costs: &[Cost]) -> Vec<String> {
    let numbers = |number: fn(&Cost) -> String| costs.iter().map(number);
    let factors = costs.windows(2).map(|pair| format!("{:.1}", factor(&pair[0], &pair[1])));
    let last = costs.last();
    let mut row = vec![shape.name.to_owned(), command.to_owned()];
    row.push(last.map(|cost| cost.kilobytes.to_string()).unwrap_or_default());
    row.extend(numbers(|cost| format!("{:.2}", cost.usage.cpu_seconds)));
    row.extend(numbers(|cost| format!("{:.0}", cost.usage.peak_mib)));
    row.push(factors.collect::<Vec<_>>().join(" "));
    let codes = last.map(|cost| [cost.code.to_string()].into_iter().chain(cost.findings.iter().cloned()).collect());
    row.push(codes.map(|codes: Vec<String>| codes.join(" ")).unwrap_or_default());
    row
}

/// Runs a command of `copperplate` within the limits of time and memory. [`measure`] starts a process that calls this function.
///
/// # Errors
/// Returns an error if the arguments are invalid or the limits cannot be set.
pub fn limited(arguments: &[String]) -> Result<u8, Box<dyn Error>> {
    limit_this_process(STOP_SECONDS, STOP_MIB)?;
    crate::bench::copperplate(arguments)
}
