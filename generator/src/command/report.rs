//! Prints the findings of a run.

use std::collections::{BTreeMap, HashMap};
use std::io;

use crate::command::output::{ErrorStream, Format};
use crate::finding::render;
use crate::finding::{Code, Finding, Purpose, Severity};
use crate::options::Input;

/// The hint about `copperplate explain`, which is printed after the findings.
pub(super) const EXPLAIN_HINT: &str = "For an explanation of a finding, run `copperplate explain CODE`.";

/// Returns the largest number of findings of a code in a file that are printed as text. More of them would only hide the others.
fn most_printed(code: Code) -> usize {
    // What is only probably a mistake is often one throughout the document.
    if code.is_for_lint() { 5 } else { 100 }
}

/// Prints findings with excerpts of the files that they refer to. `inputs` and `texts` have the contents of these files; the keys
/// of `texts` are file names.
///
/// Of each code, at most [`most_printed`] findings in a file are printed as text, and how many there are besides. `all` names the way to
/// print all of them; if it is empty, all are printed. The other formats are for programs, which need all findings.
pub(super) fn print(
    findings: &[Finding],
    inputs: &[Input],
    texts: &HashMap<String, String>,
    (format, purpose, all): (Format, Purpose, &str),
    err: &mut ErrorStream<'_>,
) -> io::Result<()> {
    let mut counts: HashMap<(String, Code), usize> = HashMap::new();
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    let input_texts = inputs.iter().map(|input| (input.file.as_str(), input.text.as_str()));
    let texts = input_texts.chain(texts.iter().map(|(file, text)| (file.as_str(), text.as_str()))).collect();
    for finding in render::placed_for(purpose, findings, &texts) {
        let count = counts.entry((finding.file().to_owned(), finding.code())).or_default();
        *count += 1;
        match format {
            Format::Text if *count > most_printed(finding.code()) && !all.is_empty() => {
                *hidden.entry(finding.code()).or_default() += 1;
            }
            Format::Text => writeln!(err.writer, "{}\n", finding.text(err.is_colored))?,
            Format::Json => writeln!(err.writer, "{}", finding.json())?,
            Format::Github => writeln!(err.writer, "{}", finding.github())?,
        }
    }
    for (code, count) in hidden {
        let more = counted(count, "more finding");
        writeln!(err.writer, "Not shown: {more} of {} {}. {all} shows all.\n", code.number(), code.id())?;
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
    print(findings, &[], &[(name.to_owned(), text.to_owned())].into(), (Format::Text, purpose, ""), err)
}

/// Prints findings. If the format is text and there are errors or warnings, also prints a summary.
pub(super) fn print_with_summary(
    findings: &[Finding],
    inputs: &[Input],
    texts: &HashMap<String, String>,
    (format, purpose): (Format, Purpose),
    err: &mut ErrorStream<'_>,
) -> io::Result<()> {
    let all = match purpose {
        Purpose::Comparison => "`copperplate lint --all`",
        _ => "`--format json`",
    };
    print(findings, inputs, texts, (format, purpose, all), err)?;
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
        let mut stopping = findings.iter().filter(|finding| finding.is_error());
        if matches!(purpose, Purpose::Crate) && errors > 0 && stopping.all(Finding::is_repairable) {
            writeln!(
                err.writer,
                "With `--skip-unsupported`, copperplate repairs or skips these parts, and writes the rest."
            )?;
        }
        writeln!(err.writer, "{EXPLAIN_HINT}")?;
    }
    Ok(())
}

/// Returns a count and its noun, such as `2 errors`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
