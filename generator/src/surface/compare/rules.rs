//! The rules: what each sort of difference asks of the version, and why.

use crate::surface::Kind;
use crate::surface::compare::Level;

/// A rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub id: &'static str,
    pub level: Level,
    pub reason: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal $level:ident $reason:literal;)*) => {
        $(pub(super) static $name: Rule = Rule { id: $id, level: Level::$level, reason: $reason };)*
    };
}

rules! {
    RENAMED = "renamed" Major "code that names it has to use the new name";
    KIND_CHANGED = "kind-changed" Major "it is made and matched in another way";
    MODULE_REMOVED = "module-removed" Major "paths through it lead nowhere";
    MODULE_ADDED = "module-added" Minor "nothing that was there changes";
    FEATURE_REMOVED = "feature-removed" Major "a manifest that asks for it does not resolve";
    FEATURE_ADDED = "feature-added" Minor "the features that a manifest asks for are still there";
    FEATURE_CHANGED = "feature-changed" Major "a crate that picks its features may not have it any more";
    FEATURE_LIFTED = "feature-lifted" Minor "it is there with any features";
    TYPE_REMOVED = "type-removed" Major "code that names it does not compile";
    TYPE_ADDED = "type-added" Minor "nothing that was there changes";
    FUNCTION_REMOVED = "function-removed" Major "code that calls it does not compile";
    FUNCTION_ADDED = "function-added" Minor "nothing that was there changes";
    CONSTRUCTOR_REMOVED = "constructor-removed" Major
        "the type is only received now: callers cannot make it any more, neither by `new` and the setters nor as a literal";
    CONSTRUCTOR_ADDED = "constructor-added" Minor "the type is sent now, so callers can make it";
    OPERATION_REMOVED = "operation-removed" Major "code that calls it does not compile";
    OPERATION_ADDED = "operation-added" Minor "nothing that was there changes";
    FIELD_REMOVED = "field-removed" Major "code that reads or sets it does not compile";
    FIELD_ADDED = "field-added" Major
        "callers may make the struct as a literal, or match all its members; code that uses `new` and the setters compiles where the member is optional";
    OPEN_FIELD_ADDED = "field-added" Minor "the struct is non_exhaustive, so no code makes it as a literal or matches all its members";
    FIELD_CHANGED = "field-type-changed" Major "code that reads or sets it has to deal with another type";
    FIELD_OPTIONAL = "field-became-optional" Major "code that reads it has to say what happens where it is absent";
    FIELD_REQUIRED = "field-became-required" Major "it is no `Option` any more";
    FIELD_NULLABLE = "field-became-nullable" Major "code that reads it has to say what happens where it is null";
    FIELD_NOT_NULLABLE = "field-became-not-nullable" Major "it is never null any more, and an `Option` less";
    SETTER_REMOVED = "setter-removed" Major "code that calls it does not compile";
    SETTER_ADDED = "setter-added" Minor "nothing that was there changes";
    SETTER_CHANGED = "setter-changed" Major "code that calls it has to hand over another type";
    VARIANT_REMOVED = "variant-removed" Major "code that names it does not compile";
    VARIANT_ADDED = "variant-added" Major "a match over all variants has to say what happens with it";
    OPEN_VARIANT_ADDED = "variant-added" Minor "the enum is non_exhaustive, so every match says what happens with other variants";
    VARIANT_CHANGED = "variant-type-changed" Major "code that makes or matches it has to deal with another type";
    NEWTYPE_CHANGED = "newtype-changed" Major "what it is made of, and what it derefs to, has another type";
    ARGUMENT_REMOVED = "argument-removed" Major "code that gives it does not compile";
    ARGUMENT_ADDED = "required-argument-added" Major "every call has to give it";
    OPTIONAL_ADDED = "optional-argument-added" Major "callers may make the struct of arguments as a literal, or match all its members";
    OPEN_OPTIONAL_ADDED = "optional-argument-added" Minor "it is set by a method of its own; calls that do not are as they were";
    ARGUMENT_RENAMED = "argument-renamed" Major
        "calls are as they were, and so is the URL; code that names it in the struct of arguments has to use the new name";
    ARGUMENT_CHANGED = "argument-type-changed" Major "code that gives it has to give another type";
    ARGUMENT_REQUIRED = "argument-became-required" Major "it is given with the call, and no method sets it any more";
    ARGUMENT_OPTIONAL = "argument-became-optional" Major "it is set by a method of its own, and not given with the call any more";
    ARGUMENTS_CHANGED = "arguments-changed" Major "code that calls it does not compile";
    ARGUMENTS_REORDERED = "arguments-reordered" Major
        "code that calls it does not compile, or, where the types are alike, gives the one for the other";
    SUCCESS_CHANGED = "success-changed" Major "code that reads the answer has to deal with another type";
    HEADERS_CHANGED = "headers-changed" Major "the reply's `headers` have another type";
    FAILURE_CHANGED = "failure-changed" Major "`Operation::Failure` is another type";
    TRAIT_REMOVED = "trait-removed" Major "code that relies on the trait does not compile";
    TRAIT_ADDED = "trait-added" Minor "nothing that was there changes";
    BECAME_NON_EXHAUSTIVE = "became-non-exhaustive" Major "it cannot be made as a literal, nor matched without a rest, any more";
    BECAME_EXHAUSTIVE = "became-exhaustive" Minor "code that had to provide for more may still do so";
    LIFETIME_ADDED = "lifetime-added" Major "code that keeps the struct of arguments has to name the lifetime of the body that it borrows";
    LIFETIME_REMOVED = "lifetime-removed" Major "code that names the lifetime of the struct of arguments does not compile";
    DEPRECATED = "deprecated" Minor "code that uses it compiles, with a warning";
    NOT_DEPRECATED = "deprecation-lifted" Patch "a warning less";
    REQUEST_CHANGED = "request-changed" Patch "code compiles, and sends its request to another place";
    CREDENTIALS_CHANGED = "credentials-changed" Patch
        "code compiles; a call fails before it is sent where the client has no credential that is asked for";
    FIXED_CHANGED = "fixed-headers-changed" Patch "code compiles, and sends other headers or to another server";
    RESPONSE_ADDED = "answer-added" Patch "code compiles; the status was undocumented before, and its call failed";
    RESPONSE_REMOVED = "answer-removed" Patch "code compiles; the status is undocumented now, and its call fails";
    ANSWER_CHANGED = "answer-changed" Patch "code compiles; the status means something else";
    PLACE_CHANGED = "place-changed" Patch "code compiles; the value stands in another place of the message";
    WIRE_CHANGED = "wire-name-changed" Patch "code compiles; the value has another name in the message";
    ERRORS_CHANGED = "error-fields-changed" Patch "code compiles; the code, message or request id of an error is read from elsewhere";
    TAKEN_OVER = "name-taken-over" Major "code that names it compiles, and without a word sends or reads what another name stood for, or none did";
    CONSTRAINTS_CHANGED = "constraints-changed" Patch "code compiles; validation accepts and refuses other values";
}

/// The rule for an item that is gone; `None` where that says nothing by itself.
pub(super) fn removed(kind: Kind) -> Option<&'static Rule> {
    Some(match kind {
        Kind::Feature => &FEATURE_REMOVED,
        Kind::Module => &MODULE_REMOVED,
        Kind::Fixed | Kind::Struct | Kind::Newtype | Kind::Enum => &TYPE_REMOVED,
        Kind::Field => &FIELD_REMOVED,
        Kind::Variant => &VARIANT_REMOVED,
        Kind::Function => &FUNCTION_REMOVED,
        Kind::Constructor => &CONSTRUCTOR_REMOVED,
        Kind::Operation => &OPERATION_REMOVED,
        Kind::Argument => &ARGUMENT_REMOVED,
        Kind::Response => &RESPONSE_REMOVED,
        // What refers to a table says so.
        Kind::Request | Kind::Table => return None,
    })
}

/// The rule for a new item; `open` says that what it is a member of may get more members.
pub(super) fn added(kind: Kind, open: bool, required: bool) -> Option<&'static Rule> {
    Some(match kind {
        Kind::Feature => &FEATURE_ADDED,
        Kind::Module => &MODULE_ADDED,
        Kind::Fixed | Kind::Struct | Kind::Newtype | Kind::Enum => &TYPE_ADDED,
        Kind::Field if open => &OPEN_FIELD_ADDED,
        Kind::Field => &FIELD_ADDED,
        Kind::Variant if open => &OPEN_VARIANT_ADDED,
        Kind::Variant => &VARIANT_ADDED,
        Kind::Function => &FUNCTION_ADDED,
        Kind::Constructor => &CONSTRUCTOR_ADDED,
        Kind::Operation => &OPERATION_ADDED,
        Kind::Argument if required => &ARGUMENT_ADDED,
        Kind::Argument if open => &OPEN_OPTIONAL_ADDED,
        Kind::Argument => &OPTIONAL_ADDED,
        Kind::Response => &RESPONSE_ADDED,
        Kind::Request | Kind::Table => return None,
    })
}
