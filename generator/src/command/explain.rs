//! `explain`: prints the documentation page of a finding or of an extension, or lists all of them.

use std::io::{self, Write};

use clap::Args;

use crate::command::output::ExitStatus;
use crate::finding::Code;
use crate::load::grammar::{EXTENSIONS, Extension, extension_named};
use crate::suggestion::nearest;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Finding or extension, such as CP0104, unknown-key or x-pagination [default: list all of them]
    name: Option<String>,
}

impl Explain {
    /// Prints the documentation page of the finding or extension, or the list of all.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<ExitStatus, String> {
        let printed = match &self.name {
            None => list(out),
            Some(name) => print(page(name).ok_or_else(|| unknown(name))?, out),
        };
        match printed {
            // A closed pipe is not an error: its reader needs no more output.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
            _ => Ok(ExitStatus::Success),
        }
    }
}

/// Returns the documentation page of a finding or of an extension. The name of an extension needs no `x-`.
fn page(name: &str) -> Option<&'static str> {
    let extension = || extension_named(name).or_else(|| extension_named(&format!("x-{name}")));
    Code::named(name).map(Code::page).or_else(|| extension().map(|extension| extension.page))
}

fn unknown(name: &str) -> String {
    let codes = Code::ALL.iter().flat_map(|code| [code.number(), code.id()]);
    let remedy = match nearest(name, codes.chain(EXTENSIONS.iter().map(|extension| extension.name)), 3) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`copperplate explain` lists all of them".to_owned(),
    };
    format!("there is no finding or extension `{name}`: {remedy}")
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = Code::ALL.iter().map(|code| code.id().len()).max().unwrap_or_default();
    for code in Code::ALL {
        let (number, id, word) = (code.number(), code.id(), code.severity().word());
        writeln!(out, "{number}  {id:width$}  {word:7}  {}", code.summary())?;
    }
    writeln!(out, "\nExtensions, which belong to:")?;
    let width = EXTENSIONS.iter().map(|extension| extension.name.len()).max().unwrap_or_default();
    EXTENSIONS.iter().try_for_each(|Extension { name, owner, .. }| writeln!(out, "{name:width$}  {owner}"))
}

/// Prints a documentation page without Markdown markup: headings lose their `#`, and code blocks are indented.
fn print(page: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut in_block = false;
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block && !line.is_empty() {
            writeln!(out, "    {line}")?;
        } else if in_block {
            writeln!(out)?;
        } else {
            writeln!(out, "{}", line.trim_start_matches('#').trim_start())?;
        }
    }
    Ok(())
}
