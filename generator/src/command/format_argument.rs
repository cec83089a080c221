//! The values of `--format` of `generate`: the format of findings, and the types for the strings of a format.

use std::str::FromStr;

use clap::ValueEnum;

use crate::command::output::Format;
use crate::format_type::FormatType;

/// A value of `--format`.
#[derive(Debug, Clone)]
pub(super) enum FormatArgument {
    /// The format of findings: `text`, `json` or `github`.
    Findings(Format),
    /// The type for the strings of a format: `uuid=uuid::Uuid@1`.
    Type(FormatType),
}

impl FromStr for FormatArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match Format::from_str(text, false) {
            Ok(format) => Ok(Self::Findings(format)),
            Err(_) if text.contains('=') => text.parse().map(Self::Type),
            Err(_) => Err("possible values: text, json, github, or NAME=TYPE such as `uuid=uuid::Uuid@1`".to_owned()),
        }
    }
}

impl FormatArgument {
    /// Returns the format of findings, and the types for formats. Returns an error if one of them is given twice.
    pub(super) fn divide(arguments: &[Self]) -> Result<(Format, Vec<FormatType>), String> {
        let (mut of_findings, mut types) = (None, Vec::<FormatType>::new());
        for argument in arguments {
            match argument {
                Self::Findings(format) if of_findings.replace(*format).is_none() => {}
                Self::Findings(_) => return Err("--format has the format of findings twice".to_owned()),
                Self::Type(chosen) if types.iter().any(|known| known.format == chosen.format) => {
                    return Err(format!("--format has two types for the format `{}`", chosen.format));
                }
                Self::Type(chosen) => types.push(chosen.clone()),
            }
        }
        Ok((of_findings.unwrap_or(Format::Text), types))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(texts: &[&str]) -> Result<usize, String> {
        let arguments: Result<Vec<FormatArgument>, String> = texts.iter().map(|text| text.parse()).collect();
        FormatArgument::divide(&arguments?).map(|(_, types)| types.len())
    }

    #[test]
    fn types_and_the_format_of_findings_are_told_apart() {
        assert_eq!(divided(&["json", "uuid=uuid::Uuid", "date=jiff::civil::Date@0.2"]), Ok(2));
        for wrong in [&["xml"][..], &["uuid=Uuid"], &["text", "json"], &["uuid=a::B", "uuid=c::D"]] {
            assert!(divided(wrong).is_err(), "{wrong:?}");
        }
    }
}
