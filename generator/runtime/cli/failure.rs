// copperplate runtime: copied into each generated crate that uses it.
//! Why a command failed, and its exit code.

use std::fmt;

use crate::runtime::error::Error;

/// What the help says about exit codes.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  The service reports a success, or --dry-run printed the request
  1  The service reports a failure, or its response cannot be read
  2  The arguments are wrong, or a credential is missing
  3  No response was received
  4  The request violates the document, and was not sent";

/// Why a command failed.
#[derive(Debug)]
pub enum Failure {
    /// The arguments are wrong.
    Usage(String),
    /// The call failed.
    Call(Box<Error>),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl Failure {
    /// Returns the exit code of the program.
    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Call(error) if error.is_invalid_request() => 4,
            // part: security
            Self::Call(error) if error.is_credential() => 2,
            // end of part
            Self::Call(error) if error.status().is_some() => 1,
            Self::Call(_) => 3,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(problem) => f.write_str(problem),
            Self::Call(error) => match error.violations() {
                // The client prints them in one line. A terminal has room for a line each.
                Some(violations) if error.is_invalid_request() => {
                    f.write_str("the request was not sent:")?;
                    violations.into_iter().try_for_each(|violation| write!(f, "\n  {violation}"))
                }
                _ => error.fmt(f),
            },
        }
    }
}
