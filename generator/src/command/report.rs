//! Prints the findings of a run.

use std::collections::HashMap;
use std::io;

use crate::command::output::{ErrorStream, Format};
use crate::finding::render;
use crate::finding::{Finding, Purpose, Severity};
use crate::options::Input;

/// The hint about `copperplate explain`, which is printed after the findings.
pub(super) const EXPLAIN_HINT: &str = "For an explanation of a finding, run `copperplate explain CODE`.";

/// Prints findings with excerpts of the files that they refer to. `inputs` and `texts` have the contents of these files; the keys
/// of `texts` are file names.
pub(super) fn print(
    findings: &[Finding],
    inputs: &[Input],
    texts: &HashMap<String, String>,
    (format, purpose): (Format, Purpose),
    err: &mut ErrorStream<'_>,
) -> io::Result<()> {
    let input_texts = inputs.iter().map(|input| (input.file.as_str(), input.text.as_str()));
    let texts = input_texts.chain(texts.iter().map(|(file, text)| (file.as_str(), text.as_str()))).collect();
    for finding in render::placed_for(purpose, findings, &texts) {
        match format {
            Format::Text => writeln!(err.writer, "{}\n", finding.text(err.is_colored))?,
            Format::Json => writeln!(err.writer, "{}", finding.json())?,
            Format::Github => writeln!(err.writer, "{}", finding.github())?,
        }
    }
    Ok(())
}

/// Prints the findings about a `copperplate.toml`, given as its name and text.
pub(super) fn print_configuration(
    findings: &[Finding],
    (name, text): (&str, &str),
    purpose: Purpose,
    err: &mut ErrorStream<'_>,
) -> io::Result<()> {
    print(findings, &[], &[(name.to_owned(), text.to_owned())].into(), (Format::Text, purpose), err)
}

/// Prints findings. If the format is text and there are errors or warnings, also prints a summary.
pub(super) fn print_with_summary(
    findings: &[Finding],
    inputs: &[Input],
    texts: &HashMap<String, String>,
    (format, purpose): (Format, Purpose),
    err: &mut ErrorStream<'_>,
) -> io::Result<()> {
    print(findings, inputs, texts, (format, purpose), err)?;
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if format == Format::Text && errors + warnings > 0 {
        let consequence = match purpose {
            _ if errors == 0 => "",
            Purpose::Crate | Purpose::Lint => "; nothing was written",
            Purpose::Surface => "; nothing was listed",
            Purpose::Comparison | Purpose::Proof => "; nothing was compared",
        };
        writeln!(err.writer, "{}, {}{consequence}", counted(errors, "error"), counted(warnings, "warning"))?;
        writeln!(err.writer, "{EXPLAIN_HINT}")?;
    }
    Ok(())
}

/// Returns a count and its noun, such as `2 errors`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
