// copperplate runtime: copied into each generated crate that uses it.
//! The enums of the values that variables of servers can have.

use std::fmt;

use crate::runtime::printing::Cut;

/// The error of a text that is not a value of a server variable, such as a region that the OpenAPI document does not list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariableError {
    text: String,
    variable: &'static str,
}

impl ServerVariableError {
    #[doc(hidden)]
    pub fn new(text: &str, variable: &'static str) -> Self {
        Self { text: Cut::new(text).to_string(), variable }
    }
}

impl fmt::Display for ServerVariableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a value of `{}`", self.text, self.variable)
    }
}

impl std::error::Error for ServerVariableError {}

/// Implements the methods of an enum of values: `ALL`, `as_str`, `Display` and `FromStr`. The table has the name of the enum,
/// and its variants with their values.
#[allow(unused_macros, reason = "only an API with lists of values uses the macro")]
macro_rules! server_variable {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $name {
            /// All values, in the order of the document.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the value as the URL contains it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// Converts a value, such as a region from a configuration file.
        impl std::str::FromStr for $name {
            type Err = $crate::runtime::ServerVariableError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let value = Self::ALL.iter().find(|value| value.as_str() == text).copied();
                value.ok_or_else(|| $crate::runtime::ServerVariableError::new(text, stringify!($name)))
            }
        }
    };
}

#[allow(unused_imports, reason = "only an API with lists of values uses the macro")]
pub(crate) use server_variable;
