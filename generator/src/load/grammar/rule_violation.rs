//! The result of a rule that concerns more than one key of an object.

use serde_json::{Map, Value};

use crate::load::version::OpenApiVersion;

/// A violation of an [`ObjectRule`].
#[derive(Debug)]
pub(crate) struct RuleViolation {
    /// The key of the member that the finding is about. It is empty if the finding is about the whole object.
    pub(crate) member: &'static str,
    /// The key that the object lacks. It is empty if no key is missing.
    pub(crate) lacks: &'static str,
    /// The message of the finding.
    pub(crate) message: String,
    /// The remedy of the finding.
    pub(crate) remedy: String,
    /// The change that repairs the object; `None` if the object has to be removed.
    pub(crate) repair: Option<Repair>,
    /// Whether the repaired object is what the author meant in any case. The violation is a warning then.
    pub(crate) is_evident: bool,
}

/// A change to an object that violates its rule. The changed object satisfies the rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repair {
    /// Changes the object so that the object satisfies its rule.
    pub(crate) apply: fn(&mut Map<String, Value>),
    /// The sentence in the finding about the effect of the change: "The first one is used."
    pub(crate) consequence: &'static str,
}

/// A function that checks the combination of keys of an object in a version of OpenAPI. Before the call, the value of each key has
/// been checked against the grammar.
pub(crate) type ObjectRule = fn(&Map<String, Value>, OpenApiVersion) -> Option<RuleViolation>;

impl RuleViolation {
    pub(super) fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { member: "", lacks: "", message: message.into(), remedy: remedy.into(), repair: None, is_evident: false }
    }

    pub(super) fn at(self, member: &'static str) -> Self {
        Self { member, ..self }
    }

    pub(super) fn evident(self, is_evident: bool) -> Self {
        Self { is_evident, ..self }
    }

    pub(super) fn lacking(self, lacks: &'static str) -> Self {
        Self { lacks, ..self }
    }

    pub(super) fn repaired(self, consequence: &'static str, apply: fn(&mut Map<String, Value>)) -> Option<Self> {
        Some(Self { repair: Some(Repair { apply, consequence }), ..self })
    }
}
