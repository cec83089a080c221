//! The rules: what each sort of change is called, how much it weighs in which direction, and why.
//!
//! The ids are those of oasdiff where it has one. A rule about values holds wherever a value is: `*` in its id stands for
//! `parameter`, `body`, `property` or `header`.

use crate::diff::{Direction, Level};

/// A rule about one sort of place.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id, in kebab case; `*` stands for what holds the value.
    pub id: &'static str,
    /// How much a change of its sort weighs.
    pub level: Level,
    /// Whose messages it is about.
    pub direction: Direction,
    /// Why it weighs that much, and for whom.
    pub reason: &'static str,
}

/// A rule about values, which weighs one way in what is sent and another way in what is received.
#[derive(Debug)]
pub(super) struct ValueRule {
    pub sent: Rule,
    pub received: Rule,
}

impl ValueRule {
    pub(super) fn of(&self, direction: Direction) -> &Rule {
        if direction == Direction::Response { &self.received } else { &self.sent }
    }
}

const REFUSED: &str = "the server refuses what it accepted: callers who send that fail, however they were built";
const ACCEPTED: &str = "the server accepts all that it accepted, and more: callers go on as they are";
const FEWER: &str = "the server answers with a part of what callers are prepared for";
const UNEXPECTED: &str = "the server may answer with what it never answered with: callers that are built for the old document, and validators of theirs, may fail on it";
const OTHER_SENT: &str = "what callers send does not have the shape that the server reads now";
const OTHER_RECEIVED: &str = "what the server answers does not have the shape that callers read";
const UNCLEAR_SENT: &str = "whether the server refuses what it accepted cannot be told from the document: callers have to look at the values they send";
const UNCLEAR_RECEIVED: &str = "whether the server answers with what it never answered with cannot be told from the document: callers have to look at the values they read";
const NEWLY_BOUND: &str = "the limit may be new, or may be documented for the first time: callers who send values beyond it fail in the first case";
const OPEN_ENDED: &str = "callers that know the old values alone have to do something with others, and many do not: a generated client needs a variant for what it does not know";
const OTHER_ABSENCE: &str = "callers take its absence for the value that the document said before";
const PROSE: &str = "nothing that is sent or received changes";

macro_rules! values {
    ($($name:ident = $what:literal: $sent:ident $why_sent:expr, $received:ident $why_received:expr;)*) => {
        $(pub(super) static $name: ValueRule = ValueRule {
            sent: Rule { id: concat!("request-*-", $what), level: Level::$sent, direction: Direction::Request, reason: $why_sent },
            received: Rule {
                id: concat!("response-*-", $what),
                level: Level::$received,
                direction: Direction::Response,
                reason: $why_received,
            },
        };)*
        /// The rules about values, wherever they are.
        static VALUES: &[&ValueRule] = &[$(&$name),*];
    };
}

values! {
    MAX_LENGTH_INCREASED = "max-length-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_LENGTH_DECREASED = "max-length-decreased": Breaking REFUSED, Safe FEWER;
    MAX_LENGTH_SET = "max-length-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MAX_LENGTH_UNSET = "max-length-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_LENGTH_INCREASED = "min-length-increased": Breaking REFUSED, Safe FEWER;
    MIN_LENGTH_DECREASED = "min-length-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_LENGTH_SET = "min-length-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MIN_LENGTH_UNSET = "min-length-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_INCREASED = "max-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_DECREASED = "max-decreased": Breaking REFUSED, Safe FEWER;
    MAX_SET = "max-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MAX_UNSET = "max-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_INCREASED = "min-increased": Breaking REFUSED, Safe FEWER;
    MIN_DECREASED = "min-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_SET = "min-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MIN_UNSET = "min-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_ITEMS_INCREASED = "max-items-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_ITEMS_DECREASED = "max-items-decreased": Breaking REFUSED, Safe FEWER;
    MAX_ITEMS_SET = "max-items-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MAX_ITEMS_UNSET = "max-items-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_ITEMS_INCREASED = "min-items-increased": Breaking REFUSED, Safe FEWER;
    MIN_ITEMS_DECREASED = "min-items-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_ITEMS_SET = "min-items-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MIN_ITEMS_UNSET = "min-items-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_PROPERTIES_INCREASED = "max-properties-increased": Safe ACCEPTED, Breaking UNEXPECTED;
    MAX_PROPERTIES_DECREASED = "max-properties-decreased": Breaking REFUSED, Safe FEWER;
    MAX_PROPERTIES_SET = "max-properties-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MAX_PROPERTIES_UNSET = "max-properties-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_PROPERTIES_INCREASED = "min-properties-increased": Breaking REFUSED, Safe FEWER;
    MIN_PROPERTIES_DECREASED = "min-properties-decreased": Safe ACCEPTED, Breaking UNEXPECTED;
    MIN_PROPERTIES_SET = "min-properties-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MIN_PROPERTIES_UNSET = "min-properties-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_SET = "multiple-of-set": Dangerous NEWLY_BOUND, Safe FEWER;
    MULTIPLE_OF_UNSET = "multiple-of-unset": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_TIGHTENED = "multiple-of-tightened": Breaking REFUSED, Safe FEWER;
    MULTIPLE_OF_LOOSENED = "multiple-of-loosened": Safe ACCEPTED, Breaking UNEXPECTED;
    MULTIPLE_OF_CHANGED = "multiple-of-changed": Breaking REFUSED, Breaking UNEXPECTED;
    PATTERN_ADDED = "pattern-added": Breaking REFUSED, Safe FEWER;
    PATTERN_REMOVED = "pattern-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    PATTERN_CHANGED = "pattern-changed": Dangerous UNCLEAR_SENT, Dangerous UNCLEAR_RECEIVED;
    UNIQUE_ITEMS_ADDED = "unique-items-added": Breaking REFUSED, Safe FEWER;
    UNIQUE_ITEMS_REMOVED = "unique-items-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_ADDED = "format-added": Breaking REFUSED, Safe FEWER;
    FORMAT_ANNOTATION = "format-annotation-changed": Safe PROSE, Safe PROSE;
    FORMAT_REMOVED = "format-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_CHANGED = "format-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    FORMAT_GENERALIZED = "format-generalized": Safe ACCEPTED, Breaking UNEXPECTED;
    FORMAT_SPECIALIZED = "format-specialized": Breaking REFUSED, Safe FEWER;
    TYPE_CHANGED = "type-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    TYPE_GENERALIZED = "type-generalized": Safe ACCEPTED, Breaking UNEXPECTED;
    TYPE_SPECIALIZED = "type-specialized": Breaking REFUSED, Safe FEWER;
    BECAME_NULLABLE = "became-nullable": Safe ACCEPTED, Breaking UNEXPECTED;
    BECAME_NOT_NULLABLE = "became-not-nullable": Breaking REFUSED, Safe FEWER;
    ENUM_VALUE_ADDED = "enum-value-added": Safe ACCEPTED, Dangerous OPEN_ENDED;
    ENUM_VALUE_REMOVED = "enum-value-removed": Breaking REFUSED, Safe FEWER;
    BECAME_ENUM = "became-enum": Breaking REFUSED, Safe FEWER;
    BECAME_NOT_ENUM = "became-not-enum": Safe ACCEPTED, Dangerous OPEN_ENDED;
    ADDITIONAL_FORBIDDEN = "additional-properties-forbidden": Breaking REFUSED, Safe FEWER;
    ADDITIONAL_ALLOWED = "additional-properties-allowed": Safe ACCEPTED, Dangerous
        "callers that refuse members they do not know fail; the rest pass them over";
    ADDITIONAL_RESTRICTED = "additional-properties-restricted": Breaking REFUSED, Safe FEWER;
    ADDITIONAL_WIDENED = "additional-properties-widened": Safe ACCEPTED, Breaking UNEXPECTED;
    NOT_ADDED = "not-added": Breaking REFUSED, Safe FEWER;
    NOT_REMOVED = "not-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    NOT_CHANGED = "not-changed": Dangerous UNCLEAR_SENT, Dangerous UNCLEAR_RECEIVED;
    ONE_OF_ADDED = "one-of-added": Safe ACCEPTED, Breaking UNEXPECTED;
    ONE_OF_REMOVED = "one-of-removed": Breaking REFUSED, Safe FEWER;
    ANY_OF_ADDED = "any-of-added": Safe ACCEPTED, Breaking UNEXPECTED;
    ANY_OF_REMOVED = "any-of-removed": Breaking REFUSED, Safe FEWER;
    ONE_OF_BECAME_ANY_OF = "one-of-became-any-of": Safe ACCEPTED, Breaking UNEXPECTED;
    ANY_OF_BECAME_ONE_OF = "any-of-became-one-of": Breaking REFUSED, Safe FEWER;
    BECAME_ONE_OF = "became-one-of": Breaking REFUSED, Safe FEWER;
    BECAME_NOT_ONE_OF = "became-not-one-of": Safe ACCEPTED, Breaking UNEXPECTED;
    BECAME_ANY_OF = "became-any-of": Breaking REFUSED, Safe FEWER;
    BECAME_NOT_ANY_OF = "became-not-any-of": Safe ACCEPTED, Breaking UNEXPECTED;
    ALL_OF_ADDED = "all-of-added": Breaking REFUSED, Safe FEWER;
    ALL_OF_REMOVED = "all-of-removed": Safe ACCEPTED, Breaking UNEXPECTED;
    DISCRIMINATOR_ADDED = "discriminator-added": Safe
        "the member was described as an alternative's own already; it is only said that it tells them apart", Safe PROSE;
    DISCRIMINATOR_REMOVED = "discriminator-removed": Safe PROSE, Dangerous
        "callers that choose the alternative by that member may find it gone";
    DISCRIMINATOR_PROPERTY_CHANGED = "discriminator-property-name-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    DISCRIMINATOR_MAPPING_ADDED = "discriminator-mapping-added": Safe ACCEPTED, Dangerous OPEN_ENDED;
    DISCRIMINATOR_MAPPING_DELETED = "discriminator-mapping-deleted": Breaking REFUSED, Safe FEWER;
    DISCRIMINATOR_MAPPING_CHANGED = "discriminator-mapping-changed": Breaking OTHER_SENT, Breaking OTHER_RECEIVED;
    VALUE_DEPRECATED = "deprecated": Safe PROSE, Safe PROSE;
    VALUE_REACTIVATED = "reactivated": Safe PROSE, Safe PROSE;
}

macro_rules! rules {
    ($($name:ident = $id:literal $level:ident $direction:ident $reason:expr;)*) => {
        $(pub(super) static $name: Rule =
            Rule { id: $id, level: Level::$level, direction: Direction::$direction, reason: $reason };)*
        /// The rules about one sort of place each.
        static OTHERS: &[&Rule] = &[$(&$name),*];
    };
}

const GONE: &str = "callers of it get an answer that they are not prepared for, at best a 404";
const ANNOUNCED: &str = "callers who did not heed the deprecation get a 404";
const NEW: &str = "nothing that was there changes";

rules! {
    PATH_REMOVED = "api-path-removed-without-deprecation" Breaking Neither GONE;
    PATH_REMOVED_DEPRECATED = "api-path-removed-with-deprecation" Dangerous Neither ANNOUNCED;
    OPERATION_REMOVED = "api-removed-without-deprecation" Breaking Neither GONE;
    OPERATION_REMOVED_DEPRECATED = "api-removed-with-deprecation" Dangerous Neither ANNOUNCED;
    REMOVED_BEFORE_SUNSET = "api-removed-before-sunset" Breaking Neither
        "callers were promised that it stays until the day of its `x-sunset`";
    SUNSET_DELETED = "sunset-deleted" Breaking Neither "callers plan by the day that was promised, and do not know it any more";
    STABILITY_DECREASED = "api-stability-decreased" Breaking Neither
        "callers who need the stability that was promised cannot rely on it any more";
    ENDPOINT_ADDED = "endpoint-added" Safe Neither NEW;
    ENDPOINT_DEPRECATED = "endpoint-deprecated" Safe Neither "it works as before; callers are asked to leave it";
    ENDPOINT_REACTIVATED = "endpoint-reactivated" Safe Neither "it works as before, and stays";
    OPERATION_ID_REMOVED = "api-operation-id-removed" Safe Neither
        "the wire has no operationIds; what generated code calls the operation is told under the crate";
    OPERATION_ID_ADDED = "api-operation-id-added" Safe Neither
        "the wire has no operationIds; what generated code calls the operation is told under the crate";
    TAG_REMOVED = "api-tag-removed" Safe Neither "tags group the documentation, not what is sent";
    TAG_ADDED = "api-tag-added" Safe Neither "tags group the documentation, not what is sent";
    SCHEMA_REMOVED = "api-schema-removed" Safe Neither "no operation that is there uses it, so nothing on the wire changes";

    PARAMETER_ADDED_REQUIRED = "new-required-request-parameter" Breaking Request
        "the server refuses calls without it, which all calls of existing callers are";
    PARAMETER_ADDED = "new-optional-request-parameter" Safe Request "calls without it are as they were";
    PARAMETER_REMOVED = "request-parameter-removed" Dangerous Request
        "callers who give it are not heard any more: most servers pass it over, some refuse the call";
    PARAMETER_REQUIRED = "request-parameter-became-required" Breaking Request "the server refuses calls without it";
    PARAMETER_OPTIONAL = "request-parameter-became-optional" Safe Request ACCEPTED;
    PARAMETER_STYLE = "request-parameter-style-changed" Breaking Request OTHER_SENT;
    PARAMETER_EXPLODE = "request-parameter-explode-changed" Breaking Request OTHER_SENT;
    PARAMETER_RESERVED = "request-parameter-allow-reserved-changed" Dangerous Request
        "reserved characters in its value are escaped differently, which servers may or may not undo";
    PARAMETER_EMPTY_FORBIDDEN = "request-parameter-became-not-empty" Breaking Request REFUSED;
    PARAMETER_EMPTY_ALLOWED = "request-parameter-became-possibly-empty" Safe Request ACCEPTED;
    PARAMETER_MEDIA_TYPE = "request-parameter-media-type-changed" Breaking Request OTHER_SENT;
    PARAMETER_WRITING = "request-parameter-writing-changed" Breaking Request OTHER_SENT;
    PARAMETER_DEFAULT_ADDED = "request-parameter-default-value-added" Breaking Request
        "calls without it mean what the default says now, which they did not";
    PARAMETER_DEFAULT_REMOVED = "request-parameter-default-value-removed" Breaking Request
        "calls without it do not mean what the default said any more";
    PARAMETER_DEFAULT_CHANGED = "request-parameter-default-value-changed" Breaking Request
        "calls without it mean something else";

    BODY_ADDED_REQUIRED = "request-body-added-required" Breaking Request "the server refuses calls without a body, as existing callers make them";
    BODY_ADDED_OPTIONAL = "request-body-added-optional" Safe Request "calls without a body are as they were";
    BODY_REMOVED = "request-body-removed" Breaking Request "what callers send in it is not heard any more, or refused";
    BODY_REQUIRED = "request-body-became-required" Breaking Request "the server refuses calls without a body";
    BODY_OPTIONAL = "request-body-became-optional" Safe Request ACCEPTED;
    BODY_MEDIA_TYPE_ADDED = "request-body-media-type-added" Safe Request ACCEPTED;
    BODY_MEDIA_TYPE_REMOVED = "request-body-media-type-removed" Breaking Request
        "the server refuses bodies of that media type, which callers send";
    BODY_MEDIA_TYPE_PARAMETERS = "request-body-media-type-parameters-changed" Dangerous Request
        "callers send another Content-Type: a server that looks at its parameters reads what it did not read before, or refuses it";
    BODY_ENCODING = "request-body-encoding-changed" Breaking Request OTHER_SENT;
    BODY_DEFAULT = "request-body-default-value-changed" Dangerous Request "bodies that are left out mean something else";

    PROPERTY_ADDED_REQUIRED = "new-required-request-property" Breaking Request
        "the server refuses bodies without it, which all bodies of existing callers are";
    PROPERTY_ADDED_REQUIRED_DEFAULT = "new-required-request-property-with-default" Breaking Request
        "by the letter bodies without it are refused, whatever its default; servers that fill in the default are lenient";
    PROPERTY_ADDED_OPTIONAL = "new-optional-request-property" Safe Request "bodies without it are as they were";
    PROPERTY_REMOVED = "request-property-removed" Dangerous Request
        "callers who send it are not heard any more: most servers pass it over, some refuse the body";
    PROPERTY_REQUIRED = "request-property-became-required" Breaking Request "the server refuses bodies without it";
    PROPERTY_REQUIRED_DEFAULT = "request-property-became-required-with-default" Breaking Request
        "by the letter bodies without it are refused, whatever its default; servers that fill in the default are lenient";
    PROPERTY_OPTIONAL = "request-property-became-optional" Safe Request ACCEPTED;
    PROPERTY_READ_ONLY = "request-property-became-read-only" Dangerous Request
        "callers who send it are not heard any more, or are refused";
    REQUIRED_NOT_READ_ONLY = "request-required-property-became-not-read-only" Breaking Request
        "the server refuses bodies without it, and until now no caller was to send it";
    OPTIONAL_NOT_READ_ONLY = "request-optional-property-became-not-read-only" Safe Request ACCEPTED;
    PROPERTY_DEFAULT_ADDED = "request-property-default-value-added" Dangerous Request
        "bodies without it mean what the default says, which they may not have meant";
    PROPERTY_DEFAULT_REMOVED = "request-property-default-value-removed" Dangerous Request
        "bodies without it may not mean what the default said any more";
    PROPERTY_DEFAULT_CHANGED = "request-property-default-value-changed" Dangerous Request "bodies without it mean something else";
    FIXED_HEADER_ADDED = "request-fixed-header-added" Breaking Request
        "the server wants a header with every call that existing callers do not send";
    FIXED_HEADER_REMOVED = "request-fixed-header-removed" Safe Request "callers who send it send more than is asked for";
    FIXED_HEADER_CHANGED = "request-fixed-header-changed" Breaking Request OTHER_SENT;

    STATUS_REMOVED = "response-success-status-removed" Breaking Response
        "callers who wait for that status take another one for a failure, or for what it is not";
    STATUS_ADDED = "response-success-status-added" Safe Response
        "callers who read the documented statuses read them as before";
    FAILURE_REMOVED = "response-non-success-status-removed" Dangerous Response
        "callers who handle that failure may meet it as another one, or undocumented";
    FAILURE_ADDED = "response-non-success-status-added" Safe Response
        "a failure that is documented now was a failure before";
    MEDIA_TYPE_REMOVED = "response-media-type-removed" Breaking Response "callers who ask for it, or read it, do not get it any more";
    MEDIA_TYPE_ADDED = "response-media-type-added" Safe Response "callers who ask for the others get them as before";
    MEDIA_TYPE_PARAMETERS = "response-media-type-parameters-changed" Dangerous Response
        "callers who go by the whole Content-Type, or by a parameter such as the charset, read answers in another way";
    HEADER_REMOVED_REQUIRED = "required-response-header-removed" Breaking Response "callers who read it find it gone";
    HEADER_REMOVED = "optional-response-header-removed" Dangerous Response
        "callers who read it where it is there do not find it any more";
    HEADER_ADDED = "response-header-added" Safe Response "callers pass over headers that they do not know";
    HEADER_OPTIONAL = "response-header-became-optional" Breaking Response "callers who rely on it may not find it";
    HEADER_REQUIRED = "response-header-became-required" Safe Response FEWER;
    PROPERTY_FORBIDDEN = "request-property-removed-and-refused" Breaking Request
        "members that are not described are refused, so callers who give it fail";
    ANSWERED_UNEXPECTED = "response-property-added-to-closed-object" Dangerous Response
        "the document said that there are no other members: callers that refuse members they do not know fail";
    ANSWERED_REQUIRED_REMOVED = "response-required-property-removed" Breaking Response "callers who read it find it gone";
    ANSWERED_OPTIONAL_REMOVED = "response-optional-property-removed" Dangerous Response
        "callers who read it where it is there do not find it any more";
    ANSWERED_REQUIRED_ADDED = "response-required-property-added" Safe Response "callers pass over members that they do not know";
    ANSWERED_OPTIONAL_ADDED = "response-optional-property-added" Safe Response "callers pass over members that they do not know";
    ANSWERED_OPTIONAL = "response-property-became-optional" Breaking Response "callers who rely on it may not find it";
    ANSWERED_REQUIRED = "response-property-became-required" Safe Response FEWER;
    REQUIRED_WRITE_ONLY = "response-required-property-became-write-only" Breaking Response "callers who read it find it gone";
    OPTIONAL_WRITE_ONLY = "response-optional-property-became-write-only" Dangerous Response
        "callers who read it where it is there do not find it any more";
    NOT_WRITE_ONLY = "response-property-became-not-write-only" Safe Response "callers pass over members that they do not know";
    ANSWERED_DEFAULT_ADDED = "response-property-default-value-added" Safe Response "what callers take its absence for is said now";
    ANSWERED_DEFAULT_REMOVED = "response-property-default-value-removed" Dangerous Response OTHER_ABSENCE;
    ANSWERED_DEFAULT_CHANGED = "response-property-default-value-changed" Dangerous Response OTHER_ABSENCE;
    HEADER_DEFAULT_ADDED = "response-header-default-value-added" Safe Response "what callers take its absence for is said now";
    HEADER_DEFAULT_REMOVED = "response-header-default-value-removed" Dangerous Response OTHER_ABSENCE;
    HEADER_DEFAULT_CHANGED = "response-header-default-value-changed" Dangerous Response OTHER_ABSENCE;
    FAILURE_CONDITION_ADDED = "response-failure-condition-added" Dangerous Response
        "answers that callers take for a success are failures by the document";
    FAILURE_CONDITION_REMOVED = "response-failure-condition-removed" Dangerous Response
        "answers that callers take for a failure are successes by the document";
    FAILURE_CONDITION_CHANGED = "response-failure-condition-changed" Dangerous Response
        "callers tell success from failure by what the document said before";
    ERROR_FIELDS_CHANGED = "error-fields-changed" Dangerous Response
        "callers look for the code, the message or the request id of an error where they are not any more";

    SECURITY_ADDED = "api-security-added" Breaking Request "calls without a credential, as existing callers make them, are refused";
    SECURITY_REMOVED = "api-security-removed" Safe Request ACCEPTED;
    ALTERNATIVE_ADDED = "api-security-alternative-added" Safe Request "the credentials that callers have are accepted as before";
    ALTERNATIVE_REMOVED = "api-security-alternative-removed" Breaking Request "callers who have that credential alone are refused";
    REQUIREMENT_ADDED = "api-security-requirement-added" Breaking Request "callers do not give the further credential";
    REQUIREMENT_REMOVED = "api-security-requirement-removed" Safe Request ACCEPTED;
    SCOPE_ADDED = "api-security-scope-added" Dangerous Request "callers whose tokens do not have that scope are refused";
    SCOPE_REMOVED = "api-security-scope-removed" Safe Request ACCEPTED;
    SCHEME_CHANGED = "api-security-scheme-changed" Breaking Request "callers send the credential where, or how, the server does not look for it";
    SERVER_ADDED = "server-added" Safe Neither "the servers that callers know are still there";
    SERVER_REMOVED = "server-removed" Breaking Neither "callers who call it may find nobody there";
    SERVER_FIRST_CHANGED = "server-default-changed" Dangerous Neither
        "callers who take the first server, as most tools do, call another";
    SERVER_VARIABLE_CHANGED = "server-variable-changed" Dangerous Neither
        "callers who rely on the default, or on a value that is gone, call another server";
}

/// Every rule, with `*` in the ids of those about values.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    VALUES.iter().flat_map(|rule| [&rule.sent, &rule.received]).chain(OTHERS.iter().copied())
}
