//! `explain`: what a code means, why it matters, and what to do.

use std::io::{self, Write};

use clap::Args;

use crate::command::Ending;
use crate::finding::Code;
use crate::load::suggestion::nearest;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The number or the id of a finding, such as CP0104 or unknown-key; all are listed unless given.
    code: Option<String>,
}

impl Explain {
    /// Prints the explanation, or the list.
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Ending, String> {
        let printed = match &self.code {
            None => list(out),
            Some(name) => explain(Code::named(name).ok_or_else(|| unknown(name))?, out),
        };
        match printed {
            // Who reads no further has seen enough.
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
            _ => Ok(Ending::Done),
        }
    }
}

fn unknown(name: &str) -> String {
    let names = Code::ALL.iter().flat_map(|code| [code.number(), code.id()]);
    let remedy = match nearest(name, names, 3) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`copperplate explain` lists all".to_owned(),
    };
    format!("there is no finding `{name}`: {remedy}")
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let width = Code::ALL.iter().map(|code| code.id().len()).max().unwrap_or_default();
    for code in Code::ALL {
        let (number, id, word) = (code.number(), code.id(), code.severity().word());
        writeln!(out, "{number}  {id:width$}  {word:7}  {}", code.meaning())?;
    }
    Ok(())
}

fn explain(code: Code, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} {}\n\n{}\n", code.number(), code.id(), code.meaning())?;
    if let Some(explanation) = code.explanation() {
        writeln!(out, "{}\n\nFor example\n\n{}\n", explanation.why, indented(explanation.broken))?;
        match explanation.mended {
            "" => writeln!(out, "where these lines should not be.\n")?,
            mended => writeln!(out, "should be\n\n{}\n", indented(mended))?,
        }
        writeln!(out, "{}\n", explanation.remedy)?;
    }
    writeln!(out, "{}", code.outcome())?;
    if code.acknowledgeable() {
        writeln!(out, "A document may acknowledge it: `x-acknowledge: {{{}: the reason}}`.", code.id())?;
    }
    Ok(())
}

fn indented(lines: &str) -> String {
    let least = lines.lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let lines: Vec<_> = lines.lines().map(|line| format!("    {}", line.get(least..).unwrap_or_default())).collect();
    lines.join("\n")
}
