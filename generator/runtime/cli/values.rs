// copperplate runtime: copied into each generated crate that uses it.
//! The texts of the options of a run, and the environment variables that they name.

use std::fmt;
use std::str::FromStr;

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::runtime::cli::failure::Failure;

/// Returns the value of an environment variable.
pub type Variables<'v> = dyn Fn(&str) -> Option<String> + 'v;

/// The texts of the options of a run.
pub struct Values<'r> {
    pub(super) options: &'r ArgMatches,
    pub(super) variables: &'r Variables<'r>,
}

impl Values<'_> {
    /// Returns the value of a server variable.
    ///
    /// # Errors
    /// Returns an error if the text is not one of its values.
    pub fn variable<T: FromStr<Err: std::fmt::Display>>(&self, option: &str, default: &str) -> Result<T, Failure> {
        let text = self.text(option).unwrap_or(default);
        text.parse().map_err(|error| Failure::Usage(format!("--{option}: {error}")))
    }

    /// Returns the value of an environment variable that an option names.
    pub(super) fn environment(&self, option: &str, variable: &str) -> Result<String, Failure> {
        let value = (self.variables)(variable).filter(|value| !value.is_empty());
        value.ok_or_else(|| {
            Failure::Usage(format!(
                "--{option}: the environment variable `{variable}` is not set, is empty, or is not UTF-8"
            ))
        })
    }

    pub(super) fn is_set(&self, option: &str) -> bool {
        let is_known = self.options.try_contains_id(option).is_ok();
        is_known && self.options.value_source(option).is_some_and(|source| source != ValueSource::DefaultValue)
    }

    /// Returns the text of a common option. An API or a command need not have it.
    pub(super) fn text(&self, option: &str) -> Option<&str> {
        self.options.try_get_one::<String>(option).ok().flatten().map(String::as_str)
    }

    pub(super) fn texts(&self, option: &str) -> impl Iterator<Item = &str> {
        self.options.try_get_many::<String>(option).ok().flatten().into_iter().flatten().map(String::as_str)
    }

    /// Returns whether a flag is set.
    pub(super) fn has_flag(&self, flag: &str) -> bool {
        self.options.get_flag(flag)
    }
}

/// Prints no option, because an option can be a secret.
impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Values")
    }
}
