//! The names of copperplate's own extensions.

/// The extension that suppresses findings. Every object may have this extension.
pub(crate) const ACKNOWLEDGE: &str = "x-acknowledge";

/// Each row has the name of an extension, and a noun phrase for the objects that may have the extension. Messages use the noun
/// phrase.
pub(crate) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-source", "an operation or a schema"),
    ("x-overload", "an operation"),
    ("x-odata-literal", "a path parameter"),
    ("x-repeat-header", "a header parameter that is an array"),
    ("x-fixed-headers", "an operation"),
    ("x-failure", "a response with a 2xx status"),
    ("x-error", "the root of the document"),
    ("x-examples", "an operation"),
    (ACKNOWLEDGE, "any object"),
];
