//! Reserved names, which the emitted code itself uses. An item of a document that would get a reserved name gets another name.
//! For example, `new` becomes `new2`.

use crate::file_name::DEVICE_NAMES;
use crate::lower::naming::identifiers;
use crate::resolve::document::{MediaType, Operation};

/// The names that the emitted modules of types import, or use from the prelude of Rust. No emitted type can have such a name.
pub(crate) const TYPE_NAMES: &[&str] = &[
    "ValidationContext",
    "Box",
    "ValidateVariant",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Some",
    "String",
    "Validate",
    "Vec",
];

/// The types that the modules of operations and of the client import. No type of an inline schema or an operation can have such a
/// name. The type of a component can have such a name, because these modules refer to the component's type as `types::NAME`. The
/// root of an API exports the items of the runtime that users import, such as `Error`, and not a type with the same name.
pub(crate) const OPERATION_TYPE_NAMES: &[&str] = &[
    "RawResponse",
    "Api",
    "Builder",
    "Call",
    "CredentialLocation",
    "Client",
    "DefaultTransport",
    "RequestBuilder",
    "Encoding",
    "Error",
    "ErrorFields",
    "Method",
    "SecurityRequirement",
    "Operation",
    "Outcome",
    "PathValue",
    "Pattern",
    "Piece",
    "ReadResult",
    "Reply",
    "SecurityScheme",
    "Secret",
    "Security",
    "Style",
    "T",
    "FailureCondition",
];

/// Names that the module of an API cannot have: the modules of every emitted crate, the tool `rustfmt` of the attribute
/// `#[rustfmt::skip]`, the files and folders that cargo treats specially, and the modules inside the module of an API. The last
/// group is reserved because Clippy warns about a module inside a module of the same name.
const MODULE_NAMES: &[&str] = &[
    "arguments",
    "bin",
    "cli",
    "client",
    "codec",
    "commands",
    "ecma",
    "examples",
    "keys",
    "lib",
    "main",
    "operations",
    "patterns",
    "required",
    "runtime",
    "rustfmt",
    "schemas",
    "security",
    "servers",
    "traits",
    "types",
    "webhooks",
];

/// The methods that every emitted struct has.
pub(crate) const STRUCT_METHODS: &[&str] = &["new", "check", "validate", "validate_as", "clone", "default", "into"];

/// The methods that every struct of a multipart body has.
pub(crate) const MULTIPART_METHODS: &[&str] =
    &["new", "check", "validate", "validate_as", "clone", "default", "into", "parts"];

/// Names that a variant of an emitted enum cannot have: `Unknown`, the variant for unknown values, the constants of an enum of
/// strings, and the keyword `Self`.
pub(crate) const VARIANT_NAMES: &[&str] = &["ALL", "Self", "Unknown", "VALUES"];

/// Names that a variant of an enum of request bodies cannot have.
pub(crate) const BODY_VARIANT_NAMES: &[&str] = &["Self"];

/// Names that the constants of security schemes cannot have.
pub(crate) const SECURITY_CONSTANTS: &[&str] = &["SECURITY"];

/// Names that the constants of patterns cannot have.
pub(crate) const PATTERN_CONSTANTS: &[&str] = &["SECURITY"];

/// The methods that every client has.
pub(crate) const CLIENT_METHODS: &[&str] = &["builder", "clone"];

/// The methods that every builder of a client and every set of credentials have, including the private ones.
pub(crate) const BUILDER_METHODS: &[&str] = &[
    "allow_credentials_for",
    "allow_plain_http",
    "attempt_timeout",
    "build",
    "build_blocking",
    "build_detached",
    "build_over",
    "build_with",
    "clock",
    "clone",
    "connect_timeout",
    "credential",
    "default_header",
    "hooks",
    "idle_timeout",
    "max_response_bytes",
    "new",
    "randomness",
    "reject",
    "retry",
    "single_server",
    "sleep",
    "timeout",
    "user_agent",
    "validate_requests",
    "validate_responses",
];

/// The methods of an operation whose results are divided into pages.
pub(crate) const PAGINATED_METHODS: &[&str] = &["items", "pages"];

/// Names that an argument of an operation cannot have: the methods and fields that every operation has, and the variables in the
/// emitted methods of operations.
pub(crate) const OPERATION_METHODS: &[&str] = &[
    "at",
    "call",
    "check",
    "clone",
    "options",
    "read",
    "request",
    "required",
    "self",
    "send",
    "send_blocking",
    "set_options",
    "validate",
    "validate_as",
];

/// Returns the names that an argument of an operation cannot have: [`OPERATION_METHODS`], and the methods for streams that the
/// operation may have.
pub(crate) fn operation_methods(operation: &Operation) -> Vec<&'static str> {
    let is_bytes = |media: &MediaType| !media.is_json();
    let mut received = operation.responses.iter().flat_map(|response| &response.content);
    let has_items = received.clone().any(|media| media.item_format().is_some());
    let names = [
        ("stream", has_items),
        ("download", received.any(is_bytes)),
        ("upload", operation.body.iter().flat_map(|body| &body.content).any(is_bytes)),
    ];
    let names = names.into_iter().filter(|(_, is_reserved)| *is_reserved).map(|(name, _)| name);
    OPERATION_METHODS.iter().copied().chain(names).collect()
}

/// The methods that every key type has. Its constructors cannot have these names.
pub(crate) const KEY_METHODS: &[&str] = &["form", "values"];

/// Names that a field of a key type cannot have: the variable in the emitted method `check`.
pub(crate) const KEY_FIELDS: &[&str] = &["at"];

/// Returns the name of the module of an API. `stem` is the file name of the API's document, without the extension.
pub(crate) fn module_name(stem: &str) -> String {
    match identifiers::module(stem) {
        reserved if MODULE_NAMES.iter().chain(DEVICE_NAMES).any(|name| *name == reserved) => format!("{reserved}_api"),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the names of the methods in a source file of the runtime. Functions outside of `impl` blocks are not indented.
    fn methods(source: &str) -> impl Iterator<Item = &str> {
        let code = source.split("#[cfg(test)]").next().unwrap_or_default().lines();
        let heads = code.filter_map(|line| line.strip_prefix("    ")?.split_once("fn "));
        let heads = heads.filter(|(before, _)| ["", "pub ", "pub(crate) ", "pub async "].contains(before));
        heads.filter_map(|(_, head)| head.split(['(', '<']).next())
    }

    /// An emitted method with the name of a method of the runtime does not compile, even if the latter is private.
    #[test]
    fn every_method_of_the_runtime_is_reserved() {
        let builder = include_str!("../../../runtime/client/builder.rs");
        let of_operations = include_str!("../../../runtime/client/operation.rs");
        let of_operations: String =
            of_operations.lines().filter_map(|line| Some(line.strip_prefix("        ")?.to_owned() + "\n")).collect();
        let of_builders = [BUILDER_METHODS, CLIENT_METHODS].concat();
        for (source, reserved) in [(of_operations.as_str(), OPERATION_METHODS), (builder, of_builders.as_slice())] {
            let found: Vec<&str> = methods(source).filter(|name| *name != "fmt").collect();
            let missing: Vec<&&str> = found.iter().filter(|name| !reserved.contains(name)).collect();
            assert!(found.len() >= 5 && missing.is_empty(), "{missing:?}");
        }
    }
}
