// copperplate runtime: copied into each generated crate that uses it.
//! Reads the members of a JSON object one after the other.
#![allow(dead_code, reason = "a crate uses the methods that its schemas need")]

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, IgnoredAny, MapAccess};

use crate::runtime::decoding::decode::{self, Decode};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::member_name::MemberName;
use crate::runtime::validation::deadline;

/// How many members are decoded between two looks at the deadline of the call.
const MEMBERS_BETWEEN_LOOKS: usize = 16;

/// The work of decoding a member, for the deadline. Its name may be compared with the names of all fields.
const WORK_OF_A_MEMBER: usize = 20;

/// Reads the members of a JSON object. The first error ends the object, and [`Members::finish`] returns this error.
///
/// The methods store errors and do not return them, because rustc compiles the code of generated types faster then. This
/// code has a local variable for each member, and in such code each early return takes long to compile.
pub struct Members<'l, 'de, A: MapAccess<'de>> {
    map: A,
    leniency: &'l Leniency,
    error: Option<A::Error>,
    /// The members that are secrets.
    secrets: &'static [&'static str],
    /// The number of members so far.
    count: usize,
    text: PhantomData<&'de str>,
}

impl<'de, A: MapAccess<'de>> fmt::Debug for Members<'_, 'de, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Members").finish_non_exhaustive()
    }
}

impl<'l, 'de, A: MapAccess<'de>> Members<'l, 'de, A> {
    /// Creates a reader at the first member of an object. Notes deviations from the OpenAPI document in `leniency`.
    pub fn new(map: A, leniency: &'l Leniency) -> Self {
        Self { map, leniency, error: None, secrets: &[], count: 0, text: PhantomData }
    }

    /// Marks the members called `names` as secrets, so that no error and no violation shows the names of their parts.
    pub fn hide(&mut self, names: &'static [&'static str]) {
        self.secrets = names;
    }

    /// Returns the name of the next member. Returns `None` after the last member and after an error. The caller must then
    /// decode the value of the member with another method.
    pub fn next_name(&mut self) -> Option<MemberName<'de>> {
        self.count += 1;
        if self.count.is_multiple_of(MEMBERS_BETWEEN_LOOKS)
            && deadline::has_passed(MEMBERS_BETWEEN_LOOKS * WORK_OF_A_MEMBER)
        {
            self.error.get_or_insert_with(|| A::Error::custom("decoding took too long"));
        }
        if self.error.is_some() {
            return None;
        }
        let name = self.map.next_key();
        self.stored(name).flatten()
    }

    /// Decodes the value of a required member into `place`. A second member with the same name is an error, because it is
    /// unknown which of the two values is right.
    pub fn required<T: Decode<'de>>(&mut self, place: &mut Option<T>, name: &'static str) {
        if place.is_some() {
            self.error = Some(A::Error::duplicate_field(name));
            return;
        }
        let value = decode::member(&mut self.map, name, self.leniency);
        match value {
            Ok(value) => *place = Some(value),
            Err(error) => self.fail_in(name, error),
        }
    }

    /// Decodes the value of an optional member whose null differs from absence: see [`required`](Self::required).
    pub fn nullable<T: Decode<'de>>(&mut self, place: &mut Option<T>, name: &'static str) {
        self.required(place, name);
    }

    /// Decodes the value of an optional member that may be null. A null is treated as an absent member.
    pub fn null_or_absent<T: Decode<'de>>(&mut self, place: &mut Option<Option<T>>, name: &'static str) {
        self.required(place, name);
    }

    /// Decodes the value of an optional member that is not nullable. A null is treated as an absent member, and is noted
    /// as a deviation from the OpenAPI document.
    pub fn optional<T: Decode<'de>>(&mut self, place: &mut Option<Option<T>>, name: &'static str) {
        self.required(place, name);
        if let Some(None) = place {
            self.leniency.note_null(name);
        }
    }

    /// Skips the value of a member that the schema does not list under `properties`.
    pub fn skip(&mut self, _name: &str) {
        let value = self.map.next_value::<IgnoredAny>();
        _ = self.stored(value);
    }

    /// Rejects a member that the schema does not allow.
    pub fn reject(&mut self, name: &str) {
        self.error = Some(A::Error::custom(format_args!("unknown member {name:?}")));
    }

    /// Ends the object.
    ///
    /// # Errors
    /// Returns the first error.
    pub fn finish(self) -> Result<(), A::Error> {
        if !self.secrets.is_empty() {
            self.leniency.hide_parts(self.secrets);
        }
        self.error.map_or(Ok(()), Err)
    }

    /// Stores the error of the member `name`.
    #[cold]
    fn fail_in(&mut self, name: &str, error: A::Error) {
        if self.secrets.contains(&name) {
            self.leniency.note_failed_secret(name);
        }
        self.error = Some(error);
    }

    /// Returns the value, or stores the error.
    fn stored<T>(&mut self, result: Result<T, A::Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }
}
