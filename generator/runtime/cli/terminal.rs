// copperplate runtime: copied into each generated crate that uses it.
//! Text for a terminal.

use std::fmt;

use crate::runtime::printing::Escaped;

/// Prints a text of several lines like [`Escaped`], except for its line breaks and tabs.
pub(super) struct EscapedLines<'a>(pub &'a str);

impl fmt::Display for EscapedLines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.0.split_inclusive('\n') {
            let (content, end) = match line.strip_suffix('\n') {
                Some(content) => (content.strip_suffix('\r').unwrap_or(content), "\n"),
                None => (line, ""),
            };
            for (index, cell) in content.split('\t').enumerate() {
                let separator = if index == 0 { "" } else { "\t" };
                write!(f, "{separator}{}", Escaped(cell))?;
            }
            f.write_str(end)?;
        }
        Ok(())
    }
}
