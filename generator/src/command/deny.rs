//! The option `--deny` of commands that report findings.

use clap::{Args, ValueEnum};

use crate::command::output::ExitStatus;
use crate::finding::{Finding, Severity};

/// The option `--deny`.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct Deny {
    /// Findings that count as errors for the exit code
    #[arg(long = "deny", value_name = "SEVERITY")]
    denied: Option<Denied>,
}

/// Findings that count as errors for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// Warnings; notes never affect the exit code
    Warnings,
}

impl Deny {
    /// Returns the exit status of a run with these findings.
    pub(super) fn status(self, findings: &[Finding]) -> ExitStatus {
        let is_denied = |finding: &Finding| match finding.severity {
            Severity::Error => true,
            Severity::Warning => self.denied == Some(Denied::Warnings),
            Severity::Note => false,
        };
        if findings.iter().any(is_denied) { ExitStatus::Findings } else { ExitStatus::Success }
    }
}
