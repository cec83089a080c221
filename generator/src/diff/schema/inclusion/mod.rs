//! Proves that one schema includes another: that every value of the one is a value of the other.
//!
//! The comparison of keywords finds the changes and names them. It compares one keyword at a time, so it does not see that two
//! variants of a `oneOf` overlap, or that a constraint moved into an `allOf`. The proof sees all keywords at once. If the proof
//! succeeds, no caller fails because of the values. If it fails, the change is not called safe.
//!
//! A [`Context`](context::Context) is what is known about a value: the schemas that it matches, and the schemas that it does not
//! match. A [`Prover`](prover::Prover) shows that a value with this context matches a further schema, the goal. It looks at the
//! keywords of the goal one by one. If this is not enough, it distinguishes the variants of a union in the context. The number of
//! steps is limited. "Not proven" therefore means that the goal may be wrong, or is too hard to prove.
//!
//! The proof assumes of callers and servers that they do not send members that their document does not describe, unless
//! `additionalProperties` allows such members explicitly, or the object has no properties at all. Otherwise, every new property of
//! an open object would be a breaking change. It also assumes that requests omit `readOnly` properties, and responses omit
//! `writeOnly` properties.

mod collections;
pub(crate) mod context;
mod contradiction;
mod finite;
mod keywords;
mod null;
pub(crate) mod part;
pub(crate) mod prover;
mod range;
mod types;
mod unions;
