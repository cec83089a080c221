//! The rules of the comparison. A rule is about one kind of difference. It states the required version bump and the reason.

use crate::surface::compare::bump::VersionBump;
use crate::surface::item::ItemKind;

/// A rule about one kind of difference: the required version bump and the reason.
#[derive(Debug)]
pub(super) struct Rule {
    /// The id in kebab case.
    pub id: &'static str,
    pub bump: VersionBump,
    pub reason: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal $bump:ident $reason:expr;)*) => {
        $(pub(super) static $name: Rule = Rule { id: $id, bump: VersionBump::$bump, reason: $reason };)*
    };
}

const NAMED: &str = "code that names it does not compile";
const CALLED: &str = "code that calls it does not compile";
const ADDITION: &str = "existing code is not affected";

rules! {
    RENAMED = "renamed" Major "code that names it must use the new name";
    KIND_CHANGED = "kind-changed" Major "code that constructs or matches it does not compile";
    MODULE_REMOVED = "module-removed" Major "paths through it do not resolve";
    MODULE_ADDED = "module-added" Minor ADDITION;
    FEATURE_REMOVED = "feature-removed" Major "a manifest that enables it does not resolve";
    FEATURE_ADDED = "feature-added" Minor "all features that manifests enable still exist";
    FEATURE_CHANGED = "feature-changed" Major "a crate that selects features may no longer enable it";
    FEATURE_NOT_REQUIRED = "feature-no-longer-required" Minor "it is available whatever features are enabled";
    TYPE_REMOVED = "type-removed" Major NAMED;
    TYPE_ADDED = "type-added" Minor ADDITION;
    FUNCTION_REMOVED = "function-removed" Major CALLED;
    FUNCTION_ADDED = "function-added" Minor ADDITION;
    CONSTRUCTOR_REMOVED = "constructor-removed" Major
        "the type is now only received: callers can no longer construct it";
    CONSTRUCTOR_ADDED = "constructor-added" Minor "the type is now sent, so callers can construct it";
    OPERATION_REMOVED = "operation-removed" Major CALLED;
    OPERATION_ADDED = "operation-added" Minor ADDITION;
    FIELD_REMOVED = "field-removed" Major "code that reads or sets it does not compile";
    FIELD_ADDED = "field-added" Minor "the struct is `non_exhaustive`, so no code builds it as a literal or matches all its fields";
    REQUIRED_FIELD_ADDED = "required-field-added" Major "code that constructs the struct must set it";
    FIELD_CHANGED = "field-type-changed" Major "code that reads or sets it must handle another type";
    FIELD_OPTIONAL = "field-became-optional" Major "code that reads it must handle its absence";
    FIELD_REQUIRED = "field-became-required" Major "its type is no longer an `Option`";
    FIELD_NULLABLE = "field-became-nullable" Major "code that reads it must handle null";
    FIELD_NOT_NULLABLE = "field-became-not-nullable" Major "it can no longer be null, so its type has one `Option` less";
    SETTER_REMOVED = "setter-removed" Major CALLED;
    SETTER_ADDED = "setter-added" Minor ADDITION;
    SETTER_CHANGED = "setter-changed" Major "code that calls it must pass another type";
    VARIANT_REMOVED = "variant-removed" Major NAMED;
    VARIANT_ADDED = "variant-added" Minor "the enum is `non_exhaustive`, so every match already handles other variants";
    VARIANT_CHANGED = "variant-type-changed" Major "code that constructs or matches it must handle another type";
    NEWTYPE_CHANGED = "newtype-changed" Major "code that constructs or dereferences it must handle another type";
    CONSTANT_REMOVED = "constant-removed" Major NAMED;
    CONSTANT_ADDED = "constant-added" Minor ADDITION;
    ARGUMENT_REMOVED = "argument-removed" Major "code that passes it does not compile";
    REQUIRED_ARGUMENT_ADDED = "required-argument-added" Major "every call must pass it";
    OPTIONAL_ARGUMENT_ADDED = "optional-argument-added" Minor "a method of its own sets it, so existing calls are not affected";
    ARGUMENT_RENAMED = "argument-renamed" Patch "calls and URLs are not affected, because calls do not name it";
    NAMED_ARGUMENT_RENAMED = "argument-renamed" Major "URLs are not affected, but every call must use the new name";
    ARGUMENT_CHANGED = "argument-type-changed" Major "code that passes it must pass another type";
    ARGUMENT_ACCEPTS_MORE = "argument-accepts-more" Minor "what existing code passes is converted";
    ARGUMENT_REQUIRED = "argument-became-required" Major "the call takes it as an argument, and no method sets it any more";
    ARGUMENT_OPTIONAL = "argument-became-optional" Major "a method of its own sets it, and the call no longer takes it as an argument";
    ARGUMENTS_CHANGED = "arguments-changed" Major CALLED;
    ARGUMENTS_REORDERED = "arguments-reordered" Major "code that passes the arguments by position does not compile";
    SUCCESS_CHANGED = "success-type-changed" Major "code that reads the response must handle another type";
    HEADERS_CHANGED = "headers-type-changed" Major "the `headers` of the reply have another type";
    FAILURE_CHANGED = "failure-type-changed" Major "`Operation::Failure` is another type";
    TRAIT_REMOVED = "trait-removed" Major "code that relies on the trait does not compile";
    TRAIT_ADDED = "trait-added" Minor ADDITION;
    DEPRECATED = "deprecated" Minor "code that uses it compiles with a warning";
    NOT_DEPRECATED = "deprecation-removed" Patch "code that uses it compiles without a warning";
    REQUEST_CHANGED = "request-changed" Patch "code still compiles, but sends its request to another path or with another method";
    CREDENTIALS_CHANGED = "credentials-changed" Patch
        "code still compiles; a call fails before it is sent if the client lacks a required credential";
    FIXED_HEADERS_CHANGED = "fixed-headers-changed" Patch "code still compiles, but sends other headers, to another server, or again after other failures";
    RESPONSE_ADDED = "response-added" Patch "code still compiles; a response with this status was undocumented before, and its call failed";
    RESPONSE_REMOVED = "response-removed" Patch "code still compiles; a response with this status is now undocumented, and its call fails";
    RESPONSE_CHANGED = "response-changed" Patch "code still compiles, but a response with this status now has another outcome";
    LOCATION_CHANGED = "location-changed" Patch "code still compiles, but the value is in another part of the message";
    WIRE_NAME_CHANGED = "wire-name-changed" Patch "code still compiles, but the value has another name in the message";
    ERROR_FIELDS_CHANGED = "error-fields-changed" Patch
        "code still compiles, but the code, message or request id of an error is read from other members";
    NAME_REUSED = "name-reused" Major
        "code that uses the name still compiles, but sends or reads a different value, field, parameter or request";
    CONSTRAINTS_CHANGED = "constraints-changed" Patch "code still compiles, but validation accepts and rejects other values";
}

/// Returns the rule for a removed item. Returns `None` for a request or a schema table: if one is removed, the items that refer
/// to it are reported instead.
pub(super) fn removed(kind: ItemKind) -> Option<&'static Rule> {
    Some(match kind {
        ItemKind::Feature => &FEATURE_REMOVED,
        ItemKind::Module => &MODULE_REMOVED,
        ItemKind::ApiType | ItemKind::Struct | ItemKind::Newtype | ItemKind::Tuple | ItemKind::Enum => &TYPE_REMOVED,
        ItemKind::Field => &FIELD_REMOVED,
        ItemKind::Variant => &VARIANT_REMOVED,
        ItemKind::Constant => &CONSTANT_REMOVED,
        ItemKind::Function => &FUNCTION_REMOVED,
        ItemKind::Constructor => &CONSTRUCTOR_REMOVED,
        ItemKind::Operation => &OPERATION_REMOVED,
        ItemKind::Argument => &ARGUMENT_REMOVED,
        ItemKind::Response => &RESPONSE_REMOVED,
        ItemKind::Request | ItemKind::Schema => return None,
    })
}

/// Returns the rule for a new item. Returns `None` for a request or a schema table: if one is added, the items that refer to it
/// are reported instead. `required` is true for an argument that a method takes, and for a field that code must set to construct
/// the struct.
pub(super) fn added(kind: ItemKind, required: bool) -> Option<&'static Rule> {
    Some(match kind {
        ItemKind::Feature => &FEATURE_ADDED,
        ItemKind::Module => &MODULE_ADDED,
        ItemKind::ApiType | ItemKind::Struct | ItemKind::Newtype | ItemKind::Tuple | ItemKind::Enum => &TYPE_ADDED,
        ItemKind::Field if required => &REQUIRED_FIELD_ADDED,
        ItemKind::Field => &FIELD_ADDED,
        ItemKind::Variant => &VARIANT_ADDED,
        ItemKind::Constant => &CONSTANT_ADDED,
        ItemKind::Function => &FUNCTION_ADDED,
        ItemKind::Constructor => &CONSTRUCTOR_ADDED,
        ItemKind::Operation => &OPERATION_ADDED,
        ItemKind::Argument if required => &REQUIRED_ARGUMENT_ADDED,
        ItemKind::Argument => &OPTIONAL_ARGUMENT_ADDED,
        ItemKind::Response => &RESPONSE_ADDED,
        ItemKind::Request | ItemKind::Schema => return None,
    })
}
