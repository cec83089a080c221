// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Validate`, and its implementations for `Vec`, `Option`, `BTreeMap` and other types that no API defines.

use std::collections::BTreeMap; // part: maps

use crate::runtime::schema::budget as schema_budget; // part: schema
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::pattern::budget;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::{Direction, Violations};

/// Runs `work`, which validates a value. All strings of the value share the steps that their
/// patterns may take, and all parts share the budget of schema tables.
pub(crate) fn share<T>(work: impl FnOnce() -> T) -> T {
    // part: pattern_budget
    let work = || budget::share(work);
    // end of part
    // part: schema
    let work = || schema_budget::share(work);
    // end of part
    work()
}

/// A value that can be validated against its schema. All types and operations of an API implement this trait.
pub trait Validate {
    /// Reports every violation of this value to `at`. Generated code implements this Rust method. To validate a value,
    /// call [`Validate::validate`].
    #[doc(hidden)]
    fn check(&self, at: ValidationContext<'_>) {
        _ = at;
    }

    /// Validates the value as a part of a request.
    ///
    /// # Errors
    /// Returns all violations, in the order of the properties in the OpenAPI document.
    fn validate(&self) -> Result<(), Violations> {
        self.validate_as(Direction::Request)
    }

    /// Validates the value in `direction`: as a part of a request, or as a part of a response.
    ///
    /// # Errors
    /// Returns all violations, in the order of the properties in the OpenAPI document.
    fn validate_as(&self, direction: Direction) -> Result<(), Violations> {
        let report = Report::new(direction);
        share(|| self.check(ValidationContext::root(&report)));
        report.finish()
    }

    /// Returns whether the value is valid as a part of a request. If the value is invalid, this is faster than
    /// [`Validate::validate`], because no violation is described.
    fn is_valid(&self) -> bool {
        self.is_valid_as(Direction::Request)
    }

    /// Returns whether the value is valid in `direction`: as a part of a request, or as a part of a response.
    fn is_valid_as(&self, direction: Direction) -> bool {
        let report = Report::verdict_only(direction);
        share(|| self.check(ValidationContext::root(&report)));
        report.finish().is_ok()
    }
}

impl<T: Validate> Validate for [T] {
    // With this attribute, rustc compiles this loop once for each item type. Without the attribute, rustc would compile
    // a copy for each caller.
    #[inline(never)]
    fn check(&self, at: ValidationContext<'_>) {
        for (index, item) in self.iter().enumerate() {
            if at.is_decided() {
                return;
            }
            item.check(at.item(index));
        }
    }
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, at: ValidationContext<'_>) {
        self.as_slice().check(at);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, at: ValidationContext<'_>) {
        if let Some(value) = self {
            value.check(at);
        }
    }
}

// part: maps
impl<K: AsRef<str> + Validate, T: Validate> Validate for BTreeMap<K, T> {
    fn check(&self, at: ValidationContext<'_>) {
        for (name, value) in self {
            if at.is_decided() {
                return;
            }
            check_name(name, &at);
            value.check(at.additional_member(name.as_ref()));
        }
    }
}

impl ValidationContext<'_> {
    /// Checks the names of the members of a map, without the members.
    pub fn check_names<K: AsRef<str> + Validate, T>(&self, members: &BTreeMap<K, T>) {
        members.keys().for_each(|name| check_name(name, self));
    }
}

fn check_name<K: AsRef<str> + Validate>(name: &K, at: &ValidationContext<'_>) {
    name.check(at.additional_member(name.as_ref()).with_schema("/propertyNames"));
}
// end of part

impl<T: Validate> Validate for Box<T> {
    fn check(&self, at: ValidationContext<'_>) {
        (**self).check(at);
    }
}

/// Implements [`Validate`] without any checks, for types such as `String`. The struct that has a `String` field checks
/// the constraints of the field, such as `maxLength`.
macro_rules! always_valid {
    ($($type:ty),*) => {
        $(impl Validate for $type {
            fn check(&self, _at: ValidationContext<'_>) {}
        })*
    };
}

always_valid!((), bytes::Bytes, bool, i32, i64, i128, u64, f32, f64, String, serde_json::Value);
