//! Answers: what each status means.

use crate::ir::{Content, Docs, HeadersId, Value};
use crate::pointer::Pointer;

/// How the answers of an operation are read.
#[derive(Debug, Clone)]
pub struct Answers {
    /// The type of a success.
    pub success: Success,
    /// The documented headers of successes.
    pub headers: Option<HeadersId>,
    /// The failures; empty where the document gives none.
    pub failures: Vec<FailureVariant>,
    /// The enum of failures.
    pub failure_type: String,
    /// What each status means, in the order in which statuses are matched.
    pub arms: Vec<AnswerArm>,
}

/// The type of a success.
#[derive(Debug, Clone)]
pub enum Success {
    /// All successes have this body, or none has a body.
    One(Option<Content>),
    /// Successes differ: an enum.
    Several {
        /// The enum.
        name: String,
        /// Its variants.
        variants: Vec<SuccessVariant>,
    },
}

/// A variant of a success enum.
#[derive(Debug, Clone)]
pub struct SuccessVariant {
    /// The name.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The body.
    pub body: Option<Content>,
}

/// A variant of a failure enum.
#[derive(Debug, Clone)]
pub struct FailureVariant {
    /// The name.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The body.
    pub body: Option<Content>,
}

/// A struct of documented headers.
#[derive(Debug, Clone, PartialEq)]
pub struct Headers {
    /// The name.
    pub name: String,
    /// The module of the struct alone.
    pub module: String,
    /// Where the document describes the answer that has them.
    pub pointer: Pointer,
    /// The headers.
    pub fields: Vec<HeaderField>,
}

/// A documented header.
#[derive(Debug, Clone, PartialEq)]
pub struct HeaderField {
    /// The Rust name.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Lines of documentation.
    pub docs: Docs,
    /// What it holds; `None` where it is read as text.
    pub value: Option<Value>,
}

/// What one status, or one range of statuses, means.
#[derive(Debug, Clone)]
pub struct AnswerArm {
    /// The statuses.
    pub status: StatusMatch,
    /// The condition under which the success is a failure.
    pub condition: Option<Condition>,
    /// The media types of the answer, where they choose among the meanings of the status.
    pub media: Option<MediaMatch>,
    /// What it means.
    pub meaning: Meaning,
}

/// Which media types an arm takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaMatch {
    /// What is offered: the media types of each alternative, the preferred one first.
    pub offered: Vec<Vec<String>>,
    /// The alternative that the arm takes.
    pub index: usize,
}

/// Which statuses an arm takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusMatch {
    /// One.
    Code(u16),
    /// A hundred: 4 for 400 to 499.
    Range(u8),
    /// All that are left.
    Rest,
}

/// `x-failure`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// Where to look in the body.
    pub pointer: String,
    /// The JSON text it must equal; `None`: it must not be empty.
    pub equals: Option<String>,
}

/// What a status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// A success; the index of its variant where successes differ.
    Success(usize),
    /// A failure; the index of its variant.
    Failure(usize),
}
