//! What a run tells about its documents.

use std::collections::HashMap;
use std::io;

use crate::command::{Format, Said};
use crate::finding::render;
use crate::finding::{Finding, Purpose, Severity};
use crate::options::Input;

/// Prints the findings in the format that was asked for, each in its place.
pub(super) fn print(
    findings: &[Finding],
    inputs: &[Input],
    neighbours: &HashMap<String, String>,
    (format, purpose): (Format, Purpose),
    err: &mut Said<'_>,
) -> io::Result<()> {
    let texts = inputs.iter().map(|input| (input.file.as_str(), input.text.as_str()));
    let texts = texts.chain(neighbours.iter().map(|(file, text)| (file.as_str(), text.as_str()))).collect();
    for finding in render::placed_for(purpose, findings, &texts) {
        match format {
            Format::Text => writeln!(err.to, "{}\n", finding.text(err.styled))?,
            Format::Json => writeln!(err.to, "{}", finding.json())?,
            Format::Github => writeln!(err.to, "{}", finding.github())?,
        }
    }
    Ok(())
}

/// Prints the findings of a run, and what they come to.
pub(super) fn report(
    findings: &[Finding],
    inputs: &[Input],
    neighbours: &HashMap<String, String>,
    (format, purpose): (Format, Purpose),
    err: &mut Said<'_>,
) -> io::Result<()> {
    print(findings, inputs, neighbours, (format, purpose), err)?;
    let stopped = match purpose {
        Purpose::Crate | Purpose::Advice => "nothing was written",
        Purpose::Surface => "there is no surface",
        Purpose::Comparison => "nothing was compared",
    };
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if format == Format::Text && errors + warnings > 0 {
        let outcome = if errors > 0 { format!("; {stopped}") } else { String::new() };
        writeln!(err.to, "{}, {}{outcome}", counted(errors, "error"), counted(warnings, "warning"))?;
        writeln!(err.to, "`copperplate explain CODE` says more about each")?;
    }
    Ok(())
}

pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
