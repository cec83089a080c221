// copperplate runtime: copied into each generated crate that uses it.
//! The content of the variant `Unknown`, which enums have for values that the OpenAPI document does not describe.
//!
//! A later version of the document can describe such a value, and the value then becomes another variant. The types in
//! this module hide their content, so that callers do not match on it by accident.

use std::fmt;

use serde_json::Value; // part: unions

// part: string_enums
/// A string that an enum does not list.
///
/// To read the string, call `as_str` of the enum. It returns the same string if a later version of the OpenAPI document
/// lists the string. To send a string that the document does not list, convert the string to the enum with `From` or
/// `parse`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownText(Box<str>);
// end of part

// part: string_enums
#[allow(dead_code, reason = "a crate without such enums does not use it")]
impl UnknownText {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
// end of part

// part: string_enums
impl fmt::Debug for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
// end of part

// part: string_enums
impl fmt::Display for UnknownText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
// end of part

// part: unions
/// A JSON value that matches no variant of a union, or that no single variant can hold.
///
/// To send such a value, create it with the function `unknown` of the union.
#[derive(Clone, PartialEq, Eq)]
pub struct UnknownJson(Value);
// end of part

// part: unions
#[allow(dead_code, reason = "a crate without such enums does not use it")]
impl UnknownJson {
    pub(crate) fn new(value: Value) -> Self {
        Self(value)
    }

    /// Returns the JSON value.
    ///
    /// If a later version of the OpenAPI document describes the value, the value is decoded as another variant than
    /// `Unknown`.
    pub fn as_json(&self) -> &Value {
        &self.0
    }
}
// end of part

// part: unions
impl fmt::Debug for UnknownJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
// end of part

// part: unions
impl serde::Serialize for UnknownJson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
// end of part
