//! The rules for changes on the wire. A rule has an id, the impact of the change on existing callers, and the reason for the
//! impact.
//!
//! If the tool oasdiff has a rule for the same change, both rules have the same id. A `*` in an id stands for `parameter`,
//! `body`, `property` or `header`.

use crate::diff::change::{Direction, Impact};

/// A rule for a change on the wire, such as `server-added`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The id in kebab case, such as `server-added`. A `*` in the id stands for `parameter`, `body`, `property` or `header`.
    pub id: &'static str,
    /// The effect of the change on existing callers.
    pub impact: Impact,
    /// The direction of the messages that the change affects.
    pub direction: Direction,
    /// The reason for the impact.
    pub reason: &'static str,
}

/// The two rules for one change of a schema, such as a larger `maxLength`: one rule for requests, and one for responses.
#[derive(Debug)]
pub(super) struct ValueRule {
    pub sent: Rule,
    pub received: Rule,
}

impl ValueRule {
    pub(super) fn in_direction(&self, direction: Direction) -> &Rule {
        if direction == Direction::Response { &self.received } else { &self.sent }
    }
}

const REJECTED: &str = "the server now rejects values that it accepted: callers that send them fail";
const ACCEPTED: &str = "the server still accepts everything that it accepted";
const FEWER: &str = "the server returns some of the values that callers already handle, and no others";
const UNEXPECTED: &str = "the server may return values that it never returned: code and validators built for the older document may reject them";
const OTHER_SENT: &str = "what callers send does not have the form that the server now expects";
const OTHER_RECEIVED: &str = "what the server returns does not have the form that callers expect";
const UNCLEAR_SENT: &str = "the documents do not show whether the server rejects values that it accepted: callers must check the values that they send";
const UNCLEAR_RECEIVED: &str = "the documents do not show whether the server returns values that it never returned: callers must check the values that they read";
const NEW_LIMIT: &str =
    "the limit may be new, or documented for the first time: if it is new, callers that exceed it fail";
const UNKNOWN_VALUES: &str = "callers must handle values that they do not know, and many do not: a generated client needs a variant for unknown values";
const OTHER_DEFAULT: &str = "callers take the former default if the value is absent";
const SELECTED: &str = "the property alone selects the variant now: a value whose property selects another variant, or none, may be rejected";
const NO_EFFECT: &str = "nothing that is sent or received changes";

macro_rules! value_rules {
    ($($name:ident = $change:literal: $sent:ident $sent_reason:expr, $received:ident $received_reason:expr;)*) => {
        $(pub(super) static $name: ValueRule = ValueRule {
            sent: Rule {
                id: concat!("request-*-", $change),
                impact: Impact::$sent,
                direction: Direction::Request,
                reason: $sent_reason,
            },
            received: Rule {
                id: concat!("response-*-", $change),
                impact: Impact::$received,
                direction: Direction::Response,
                reason: $received_reason,
            },
        };)*
        static VALUE_RULES: &[&ValueRule] = &[$(&$name),*];
    };
}

value_rules! {
    MAX_LENGTH_INCREASED = "max-length-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_LENGTH_DECREASED = "max-length-decreased": Breaking REJECTED, Safe FEWER;
    MAX_LENGTH_SET = "max-length-set": Dangerous NEW_LIMIT, Safe FEWER;
    MAX_LENGTH_UNSET = "max-length-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_LENGTH_INCREASED = "min-length-increased": Breaking REJECTED, Safe FEWER;
    MIN_LENGTH_DECREASED = "min-length-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_LENGTH_SET = "min-length-set": Dangerous NEW_LIMIT, Safe FEWER;
    MIN_LENGTH_UNSET = "min-length-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_INCREASED = "max-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_DECREASED = "max-decreased": Breaking REJECTED, Safe FEWER;
    MAX_SET = "max-set": Dangerous NEW_LIMIT, Safe FEWER;
    MAX_UNSET = "max-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_INCREASED = "min-increased": Breaking REJECTED, Safe FEWER;
    MIN_DECREASED = "min-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_SET = "min-set": Dangerous NEW_LIMIT, Safe FEWER;
    MIN_UNSET = "min-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_ITEMS_INCREASED = "max-items-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_ITEMS_DECREASED = "max-items-decreased": Breaking REJECTED, Safe FEWER;
    MAX_ITEMS_SET = "max-items-set": Dangerous NEW_LIMIT, Safe FEWER;
    MAX_ITEMS_UNSET = "max-items-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_ITEMS_INCREASED = "min-items-increased": Breaking REJECTED, Safe FEWER;
    MIN_ITEMS_DECREASED = "min-items-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_ITEMS_SET = "min-items-set": Dangerous NEW_LIMIT, Safe FEWER;
    MIN_ITEMS_UNSET = "min-items-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_PROPERTIES_INCREASED = "max-properties-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_PROPERTIES_DECREASED = "max-properties-decreased": Breaking REJECTED, Safe FEWER;
    MAX_PROPERTIES_SET = "max-properties-set": Dangerous NEW_LIMIT, Safe FEWER;
    MAX_PROPERTIES_UNSET = "max-properties-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_PROPERTIES_INCREASED = "min-properties-increased": Breaking REJECTED, Safe FEWER;
    MIN_PROPERTIES_DECREASED = "min-properties-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_PROPERTIES_SET = "min-properties-set": Dangerous NEW_LIMIT, Safe FEWER;
    MIN_PROPERTIES_UNSET = "min-properties-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_SET = "multiple-of-set": Dangerous NEW_LIMIT, Safe FEWER;
    MULTIPLE_OF_UNSET = "multiple-of-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_TIGHTENED = "multiple-of-tightened": Breaking REJECTED, Safe FEWER;
    MULTIPLE_OF_LOOSENED = "multiple-of-loosened": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_CHANGED = "multiple-of-changed": Breaking REJECTED, Breaking UNEXPECTED;
    PATTERN_ADDED = "pattern-added": Breaking REJECTED, Safe FEWER;
    PATTERN_REMOVED = "pattern-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    PATTERN_CHANGED = "pattern-changed": Dangerous UNCLEAR_SENT, Dangerous UNCLEAR_RECEIVED;
    UNIQUE_ITEMS_ADDED = "unique-items-added": Breaking REJECTED, Safe FEWER;
    UNIQUE_ITEMS_REMOVED = "unique-items-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_ADDED = "format-added": Breaking REJECTED, Safe FEWER;
    FORMAT_ANNOTATION = "format-annotation-changed": Safe NO_EFFECT, Safe NO_EFFECT;
    FORMAT_REMOVED = "format-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_CHANGED = "format-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    FORMAT_GENERALIZED = "format-generalized": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_SPECIALIZED = "format-specialized": Breaking REJECTED, Safe FEWER;
    TYPE_CHANGED = "type-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    TYPE_GENERALIZED = "type-generalized": Safe ACCEPTED, Breaking UNEXPECTED;
    TYPE_SPECIALIZED = "type-specialized": Breaking REJECTED, Safe FEWER;
    BECAME_NULLABLE = "became-nullable": Safe ACCEPTED, Breaking UNEXPECTED;
    BECAME_NOT_NULLABLE = "became-not-nullable": Breaking REJECTED, Safe FEWER;
    ENUM_VALUE_ADDED = "enum-value-added": Safe ACCEPTED, Dangerous UNKNOWN_VALUES;
    ENUM_VALUE_REMOVED = "enum-value-removed": Breaking REJECTED, Safe FEWER;
    BECAME_ENUM = "became-enum": Breaking REJECTED, Safe FEWER;
    BECAME_NOT_ENUM = "became-not-enum": Safe ACCEPTED, Dangerous UNKNOWN_VALUES;
    ADDITIONAL_FORBIDDEN = "additional-properties-forbidden": Breaking REJECTED, Safe FEWER;
    ADDITIONAL_ALLOWED = "additional-properties-allowed": Safe ACCEPTED, Dangerous
        "callers that reject unknown members fail; others ignore them";
    ADDITIONAL_RESTRICTED = "additional-properties-restricted": Breaking REJECTED, Safe FEWER;
    ADDITIONAL_WIDENED = "additional-properties-widened": Safe ACCEPTED, Breaking UNEXPECTED;
    NOT_ADDED = "not-added": Breaking REJECTED, Safe FEWER;
    NOT_REMOVED = "not-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    NOT_CHANGED = "not-changed": Dangerous UNCLEAR_SENT, Dangerous UNCLEAR_RECEIVED;
    ONE_OF_ADDED = "one-of-added": Safe ACCEPTED, Breaking UNEXPECTED;
    ONE_OF_REMOVED = "one-of-removed": Breaking REJECTED, Safe FEWER;
    ANY_OF_ADDED = "any-of-added": Safe ACCEPTED, Breaking UNEXPECTED;
    ANY_OF_REMOVED = "any-of-removed": Breaking REJECTED, Safe FEWER;
    ONE_OF_BECAME_ANY_OF = "one-of-became-any-of": Safe ACCEPTED, Breaking UNEXPECTED;
    ANY_OF_BECAME_ONE_OF = "any-of-became-one-of": Breaking REJECTED, Safe FEWER;
    BECAME_ONE_OF = "became-one-of": Breaking REJECTED, Safe FEWER;
    BECAME_NOT_ONE_OF = "became-not-one-of": Safe ACCEPTED, Breaking UNEXPECTED;
    BECAME_ANY_OF = "became-any-of": Breaking REJECTED, Safe FEWER;
    BECAME_NOT_ANY_OF = "became-not-any-of": Safe ACCEPTED, Breaking UNEXPECTED;
    ONE_OF_OVERLAP = "one-of-overlap": Breaking
        "`oneOf` rejects values that match more than one variant, and the server accepted such values", Breaking
        "callers that validate by the older `oneOf` reject values that match more than one variant";
    VALUES_UNCLEAR = "values-unclear": Dangerous UNCLEAR_SENT, Dangerous UNCLEAR_RECEIVED;
    ALL_OF_ADDED = "all-of-added": Breaking REJECTED, Safe FEWER;
    ALL_OF_REMOVED = "all-of-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    DISCRIMINATOR_ADDED = "discriminator-added": Dangerous SELECTED, Dangerous SELECTED;
    DISCRIMINATOR_REMOVED = "discriminator-removed": Dangerous
        "all variants are compared with the value now, and not only the variant that the property selects", Dangerous
        "callers that choose the variant by this property may no longer find it";
    DISCRIMINATOR_PROPERTY_CHANGED = "discriminator-property-name-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    DISCRIMINATOR_MAPPING_ADDED = "discriminator-mapping-added": Safe ACCEPTED, Dangerous UNKNOWN_VALUES;
    DISCRIMINATOR_MAPPING_DELETED = "discriminator-mapping-deleted": Breaking REJECTED, Safe FEWER;
    DISCRIMINATOR_MAPPING_CHANGED = "discriminator-mapping-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    VALUE_DEPRECATED = "deprecated": Safe NO_EFFECT, Safe NO_EFFECT;
    VALUE_REACTIVATED = "reactivated": Safe NO_EFFECT, Safe NO_EFFECT;
}

macro_rules! rules {
    ($($name:ident = $id:literal $impact:ident $direction:ident $reason:expr;)*) => {
        $(pub(super) static $name: Rule =
            Rule { id: $id, impact: Impact::$impact, direction: Direction::$direction, reason: $reason };)*
        static OTHER_RULES: &[&Rule] = &[$(&$name),*];
    };
}

const REMOVED: &str = "callers of it get an error, usually 404";
const ANNOUNCED: &str = "callers that ignored the deprecation get an error, usually 404";
const NEW: &str = "nothing that existed changes";
const UNKNOWN_IGNORED: &str = "callers ignore what they do not know";
const READ: &str = "callers that read it no longer find it";
const READ_IF_PRESENT: &str = "callers that read it when it is present no longer find it";
const DEFAULT_IS_NO_PERMISSION: &str =
    "strictly, bodies without it are rejected even if it has a default; servers that fill in the default accept them";

rules! {
    PATH_REMOVED = "api-path-removed-without-deprecation" Breaking Neither REMOVED;
    PATH_REMOVED_DEPRECATED = "api-path-removed-with-deprecation" Dangerous Neither ANNOUNCED;
    OPERATION_REMOVED = "api-removed-without-deprecation" Breaking Neither REMOVED;
    OPERATION_REMOVED_DEPRECATED = "api-removed-with-deprecation" Dangerous Neither ANNOUNCED;
    REMOVED_BEFORE_SUNSET = "api-removed-before-sunset" Breaking Neither
        "its `x-sunset` promised callers that it stays until that date";
    SUNSET_DELETED = "sunset-deleted" Breaking Neither "callers that plan by the promised date no longer know it";
    STABILITY_DECREASED = "api-stability-decreased" Breaking Neither
        "callers that need the promised stability can no longer rely on it";
    ENDPOINT_ADDED = "endpoint-added" Safe Neither NEW;
    ENDPOINT_DEPRECATED = "endpoint-deprecated" Safe Neither "it still works; callers are asked to stop using it";
    ENDPOINT_REACTIVATED = "endpoint-reactivated" Safe Neither "it still works, and callers may keep using it";
    OPERATION_ID_REMOVED = "api-operation-id-removed" Safe Neither
        "messages do not contain the operationId; a change of the method's name is reported for the crate";
    OPERATION_ID_ADDED = "api-operation-id-added" Safe Neither
        "messages do not contain the operationId; a change of the method's name is reported for the crate";
    TAG_REMOVED = "api-tag-removed" Safe Neither "tags group operations in the documentation; messages do not contain them";
    TAG_ADDED = "api-tag-added" Safe Neither "tags group operations in the documentation; messages do not contain them";
    SCHEMA_REMOVED = "api-schema-removed" Safe Neither "no operation uses it, so no message changes";

    PARAMETER_ADDED_REQUIRED = "new-required-request-parameter" Breaking Request
        "the server rejects requests without it, and existing callers do not send it";
    PARAMETER_ADDED = "new-optional-request-parameter" Safe Request "requests without it mean what they meant";
    PARAMETER_REMOVED = "request-parameter-removed" Dangerous Request
        "most servers ignore unknown parameters, but some reject the request";
    PARAMETER_REQUIRED = "request-parameter-became-required" Breaking Request "the server rejects requests without it";
    PARAMETER_OPTIONAL = "request-parameter-became-optional" Safe Request ACCEPTED;
    PARAMETER_STYLE = "request-parameter-style-changed" Breaking Request OTHER_SENT;
    PARAMETER_EXPLODE = "request-parameter-explode-changed" Breaking Request OTHER_SENT;
    PARAMETER_RESERVED = "request-parameter-allow-reserved-changed" Dangerous Request
        "reserved characters in its value are encoded differently, which some servers do not decode";
    PARAMETER_EMPTY_FORBIDDEN = "request-parameter-became-not-empty" Breaking Request REJECTED;
    PARAMETER_EMPTY_ALLOWED = "request-parameter-became-possibly-empty" Safe Request ACCEPTED;
    PARAMETER_MEDIA_TYPE = "request-parameter-media-type-changed" Breaking Request OTHER_SENT;
    PARAMETER_SERIALIZATION = "request-parameter-serialization-changed" Breaking Request OTHER_SENT;
    PARAMETER_DEFAULT_ADDED = "request-parameter-default-value-added" Breaking Request
        "requests without it now mean the default, which they did not";
    PARAMETER_DEFAULT_REMOVED = "request-parameter-default-value-removed" Breaking Request
        "requests without it no longer mean the default";
    PARAMETER_DEFAULT_CHANGED = "request-parameter-default-value-changed" Breaking Request
        "requests without it mean another value";

    BODY_ADDED_REQUIRED = "request-body-added-required" Breaking Request
        "the server rejects requests without a body, and existing callers send none";
    BODY_ADDED_OPTIONAL = "request-body-added-optional" Safe Request "requests without a body mean what they meant";
    BODY_REMOVED = "request-body-removed" Breaking Request "the server ignores what callers send in it, or rejects the request";
    BODY_REQUIRED = "request-body-became-required" Breaking Request "the server rejects requests without a body";
    BODY_OPTIONAL = "request-body-became-optional" Safe Request ACCEPTED;
    BODY_MEDIA_TYPE_ADDED = "request-body-media-type-added" Safe Request ACCEPTED;
    BODY_MEDIA_TYPE_REMOVED = "request-body-media-type-removed" Breaking Request
        "the server rejects bodies of this media type, which callers send";
    BODY_MEDIA_TYPE_PARAMETERS = "request-body-media-type-parameters-changed" Dangerous Request
        "callers send another Content-Type: a server that evaluates its parameters may read the body differently or reject it";
    BODY_ENCODING = "request-body-encoding-changed" Breaking Request OTHER_SENT;
    BODY_DEFAULT = "request-body-default-value-changed" Dangerous Request "requests without a body mean another value";

    PROPERTY_ADDED_REQUIRED = "new-required-request-property" Breaking Request
        "the server rejects bodies without it, and existing callers do not send it";
    PROPERTY_ADDED_REQUIRED_DEFAULT = "new-required-request-property-with-default" Breaking Request DEFAULT_IS_NO_PERMISSION;
    PROPERTY_ADDED_OPTIONAL = "new-optional-request-property" Safe Request "bodies without it mean what they meant";
    PROPERTY_REMOVED = "request-property-removed" Dangerous Request
        "most servers ignore unknown members, but some reject the body";
    PROPERTY_REQUIRED = "request-property-became-required" Breaking Request "the server rejects bodies without it";
    PROPERTY_REQUIRED_DEFAULT = "request-property-became-required-with-default" Breaking Request DEFAULT_IS_NO_PERMISSION;
    PROPERTY_OPTIONAL = "request-property-became-optional" Safe Request ACCEPTED;
    PROPERTY_READ_ONLY = "request-property-became-read-only" Dangerous Request
        "the server ignores the value that callers send, or rejects the body";
    REQUIRED_NOT_READ_ONLY = "request-required-property-became-not-read-only" Breaking Request
        "the server rejects bodies without it, and callers were not supposed to send it";
    OPTIONAL_NOT_READ_ONLY = "request-optional-property-became-not-read-only" Safe Request ACCEPTED;
    PROPERTY_DEFAULT_ADDED = "request-property-default-value-added" Dangerous Request
        "bodies without it now mean the default, which they may not have meant";
    PROPERTY_DEFAULT_REMOVED = "request-property-default-value-removed" Dangerous Request
        "bodies without it may no longer mean the default";
    PROPERTY_DEFAULT_CHANGED = "request-property-default-value-changed" Dangerous Request "bodies without it mean another value";
    PROPERTY_REMOVED_CLOSED = "request-property-removed-from-closed-object" Breaking Request
        "the object does not allow unknown members, so the server rejects bodies with it";
    FIXED_HEADER_ADDED = "request-fixed-header-added" Breaking Request
        "the server requires the header in every request, and existing callers do not send it";
    FIXED_HEADER_REMOVED = "request-fixed-header-removed" Safe Request "the server does not need the header that callers send";
    FIXED_HEADER_CHANGED = "request-fixed-header-changed" Breaking Request OTHER_SENT;

    STATUS_REMOVED = "response-success-status-removed" Breaking Response
        "callers that expect this status treat another status as a failure, or misread it";
    STATUS_ADDED = "response-success-status-added" Safe Response "callers still read the statuses that they know";
    FAILURE_REMOVED = "response-non-success-status-removed" Dangerous Response
        "the failure that callers handle may now have another status, or an undocumented one";
    FAILURE_ADDED = "response-non-success-status-added" Safe Response
        "the status was a failure before it was documented";
    MEDIA_TYPE_REMOVED = "response-media-type-removed" Breaking Response "callers that request or read it no longer get it";
    MEDIA_TYPE_ADDED = "response-media-type-added" Safe Response "callers that request the other media types still get them";
    MEDIA_TYPE_PARAMETERS = "response-media-type-parameters-changed" Dangerous Response
        "callers that evaluate the whole Content-Type, or a parameter such as the charset, read responses differently";
    HEADER_REMOVED_REQUIRED = "required-response-header-removed" Breaking Response READ;
    HEADER_REMOVED = "optional-response-header-removed" Dangerous Response READ_IF_PRESENT;
    HEADER_ADDED = "response-header-added" Safe Response UNKNOWN_IGNORED;
    HEADER_OPTIONAL = "response-header-became-optional" Breaking Response "callers that rely on it may not find it";
    HEADER_REQUIRED = "response-header-became-required" Safe Response FEWER;
    RESPONSE_PROPERTY_ADDED_CLOSED = "response-property-added-to-closed-object" Dangerous Response
        "the older document allows no unknown members: callers that reject them fail";
    RESPONSE_REQUIRED_PROPERTY_REMOVED = "response-required-property-removed" Breaking Response READ;
    RESPONSE_OPTIONAL_PROPERTY_REMOVED = "response-optional-property-removed" Dangerous Response READ_IF_PRESENT;
    RESPONSE_REQUIRED_PROPERTY_ADDED = "response-required-property-added" Safe Response UNKNOWN_IGNORED;
    RESPONSE_OPTIONAL_PROPERTY_ADDED = "response-optional-property-added" Safe Response UNKNOWN_IGNORED;
    RESPONSE_PROPERTY_OPTIONAL = "response-property-became-optional" Breaking Response "callers that rely on it may not find it";
    RESPONSE_PROPERTY_REQUIRED = "response-property-became-required" Safe Response FEWER;
    REQUIRED_WRITE_ONLY = "response-required-property-became-write-only" Breaking Response READ;
    OPTIONAL_WRITE_ONLY = "response-optional-property-became-write-only" Dangerous Response READ_IF_PRESENT;
    NOT_WRITE_ONLY = "response-property-became-not-write-only" Safe Response UNKNOWN_IGNORED;
    RESPONSE_DEFAULT_ADDED = "response-property-default-value-added" Safe Response "it documents the meaning of an absent value";
    RESPONSE_DEFAULT_REMOVED = "response-property-default-value-removed" Dangerous Response OTHER_DEFAULT;
    RESPONSE_DEFAULT_CHANGED = "response-property-default-value-changed" Dangerous Response OTHER_DEFAULT;
    HEADER_DEFAULT_ADDED = "response-header-default-value-added" Safe Response "it documents the meaning of an absent value";
    HEADER_DEFAULT_REMOVED = "response-header-default-value-removed" Dangerous Response OTHER_DEFAULT;
    HEADER_DEFAULT_CHANGED = "response-header-default-value-changed" Dangerous Response OTHER_DEFAULT;
    FAILURE_CONDITION_ADDED = "response-failure-condition-added" Dangerous Response
        "responses that callers treat as successes are failures by the newer document";
    FAILURE_CONDITION_REMOVED = "response-failure-condition-removed" Dangerous Response
        "responses that callers treat as failures are successes by the newer document";
    FAILURE_CONDITION_CHANGED = "response-failure-condition-changed" Dangerous Response
        "callers distinguish success and failure by the older condition";
    ERROR_FIELDS_CHANGED = "error-fields-changed" Dangerous Response
        "callers look for the code, the message or the request id of an error in the former place";

    SECURITY_ADDED = "api-security-added" Breaking Request
        "the server rejects requests without a credential, and existing callers send none";
    SECURITY_REMOVED = "api-security-removed" Safe Request ACCEPTED;
    ALTERNATIVE_ADDED = "api-security-alternative-added" Safe Request "the server still accepts the credentials that callers have";
    ALTERNATIVE_REMOVED = "api-security-alternative-removed" Breaking Request
        "the server rejects callers that have no other credential";
    REQUIREMENT_ADDED = "api-security-requirement-added" Breaking Request "existing callers do not send the additional credential";
    REQUIREMENT_REMOVED = "api-security-requirement-removed" Safe Request ACCEPTED;
    SCOPE_ADDED = "api-security-scope-added" Dangerous Request "the server rejects callers whose tokens lack the scope";
    SCOPE_REMOVED = "api-security-scope-removed" Safe Request ACCEPTED;
    SCHEME_CHANGED = "api-security-scheme-changed" Breaking Request
        "callers send the credential in a place or form that the server no longer reads";
    SERVER_ADDED = "server-added" Safe Neither "the servers that callers use still exist";
    SERVER_REMOVED = "server-removed" Breaking Neither "callers that use it may get no response";
    SERVER_FIRST_CHANGED = "server-default-changed" Dangerous Neither
        "callers that use the first server, as most tools do, call another one";
    SERVER_VARIABLE_CHANGED = "server-variable-changed" Dangerous Neither
        "callers that rely on the default, or on a removed value, call another server";
}

/// Returns all rules for changes on the wire. A `*` in an id stands for `parameter`, `body`, `property` or `header`.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    VALUE_RULES.iter().flat_map(|rule| [&rule.sent, &rule.received]).chain(OTHER_RULES.iter().copied())
}

/// Returns whether a rule concerns only the set of values. If the set of values does not change, a change with such a rule has no
/// effect.
pub(super) fn concerns_values(rule: &Rule) -> bool {
    let with_more = [
        &DISCRIMINATOR_REMOVED.received,
        &DISCRIMINATOR_PROPERTY_CHANGED.sent,
        &DISCRIMINATOR_PROPERTY_CHANGED.received,
        &DISCRIMINATOR_MAPPING_ADDED.received,
        &DISCRIMINATOR_MAPPING_CHANGED.sent,
        &DISCRIMINATOR_MAPPING_CHANGED.received,
        &VALUE_DEPRECATED.sent,
        &VALUE_DEPRECATED.received,
        &VALUE_REACTIVATED.sent,
        &VALUE_REACTIVATED.received,
    ];
    let presence = [
        &PROPERTY_REQUIRED,
        &PROPERTY_REQUIRED_DEFAULT,
        &PROPERTY_OPTIONAL,
        &PROPERTY_ADDED_REQUIRED,
        &PROPERTY_ADDED_REQUIRED_DEFAULT,
        &RESPONSE_PROPERTY_OPTIONAL,
        &RESPONSE_PROPERTY_REQUIRED,
    ];
    let is_value_rule = VALUE_RULES.iter().any(|known| [&known.sent, &known.received].contains(&rule));
    is_value_rule && !with_more.contains(&rule) || presence.contains(&rule)
}
