//! The words in which the [grammar](crate::load::grammar) is written.

use crate::load::grammar::requirements::Rule;

/// What stands at a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// Any JSON: an example, a default, the content of an extension.
    Any,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, zero or more.
    Count,
    /// A number.
    Number,
    /// One of these strings.
    Choice(&'static [&'static str]),
    /// An object of the grammar.
    One(&'static Object),
    /// An object of the grammar, or a reference to one.
    Referable(&'static Object),
    /// A list of such.
    List(&'static Kind),
    /// An object whose keys are names that the author chose.
    Map(&'static Kind),
    /// `true`, `false`, or such.
    FlagOr(&'static Kind),
}

/// One kind of object.
#[derive(Debug)]
pub(crate) struct Object {
    /// Its name in the specification, without "Object".
    pub(crate) name: &'static str,
    /// Its fixed keys.
    pub(crate) keys: &'static [Key],
    /// The keys that follow a pattern.
    pub(crate) others: Option<Others>,
    /// What cannot be said key by key.
    pub(crate) rule: Option<Rule>,
}

/// A fixed key of an object.
#[derive(Debug)]
pub(crate) struct Key {
    /// The key.
    pub(crate) name: &'static str,
    /// What stands there.
    pub(crate) kind: Kind,
    /// Whether it must be there.
    pub(crate) needed: bool,
    /// Whether a request would be another one without it.
    pub(crate) carries: bool,
    /// Whether its text is for people only, so that an empty one can stand for a missing one.
    pub(crate) prose: bool,
    /// Whether copperplate makes anything of it; documentation that a client does not show counts as used.
    pub(crate) used: bool,
}

/// The keys of an object that follow a pattern.
#[derive(Debug)]
pub(crate) struct Others {
    /// Whether a key is one of them.
    pub(crate) admit: fn(&str) -> bool,
    /// What such a key is, for people.
    pub(crate) called: &'static str,
    /// What stands there.
    pub(crate) kind: Kind,
}

/// A key that must be there.
pub(crate) const fn must(name: &'static str, kind: Kind) -> Key {
    Key { needed: true, ..may(name, kind) }
}

/// A key that must be there and is for people only.
pub(crate) const fn prose(name: &'static str) -> Key {
    Key { needed: true, prose: true, ..may(name, Kind::Text) }
}

/// A key that may be there, and without which a request would be another one.
pub(crate) const fn carries(name: &'static str, kind: Kind) -> Key {
    Key { carries: true, ..may(name, kind) }
}

/// A key that may be there.
pub(crate) const fn may(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, needed: false, carries: false, prose: false, used: true }
}

/// An extension of copperplate; `resolve` reads its content and judges the shape.
pub(crate) const fn ours(name: &'static str) -> Key {
    may(name, Kind::Any)
}

/// A key that is legal and has no effect on a client.
pub(crate) const fn unused(name: &'static str, kind: Kind) -> Key {
    Key { used: false, ..may(name, kind) }
}

/// An object with these keys and no others.
pub(crate) const fn object(name: &'static str, keys: &'static [Key]) -> Object {
    Object { name, keys, others: None, rule: None }
}
