//! `explain`: prints the documentation page of a finding code, or lists all codes.

use std::io::{self, Write};

use clap::Args;

use crate::command::output::ExitStatus;
use crate::finding::Code;
use crate::suggestion::nearest;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// Number or id of the finding, such as CP0104 or unknown-key [default: list all findings]
    code: Option<String>,
}

impl Explain {
    /// Prints the documentation page of the code, or the list of all codes.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<ExitStatus, String> {
        let printed = match &self.code {
            None => list(out),
            Some(name) => explain(Code::named(name).ok_or_else(|| unknown(name))?, out),
        };
        match printed {
            // A closed pipe is not an error: its reader needs no more output.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
            _ => Ok(ExitStatus::Success),
        }
    }
}

fn unknown(name: &str) -> String {
    let names = Code::ALL.iter().flat_map(|code| [code.number(), code.id()]);
    let remedy = match nearest(name, names, 3) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`copperplate explain` lists all findings".to_owned(),
    };
    format!("there is no finding `{name}`: {remedy}")
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = Code::ALL.iter().map(|code| code.id().len()).max().unwrap_or_default();
    for code in Code::ALL {
        let (number, id, word) = (code.number(), code.id(), code.severity().word());
        writeln!(out, "{number}  {id:width$}  {word:7}  {}", code.summary())?;
    }
    Ok(())
}

/// Prints the documentation page of a finding code without Markdown markup: headings lose their `#`, and code blocks are
/// indented.
fn explain(code: Code, out: &mut dyn Write) -> io::Result<()> {
    let mut in_block = false;
    for line in code.page().lines() {
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
