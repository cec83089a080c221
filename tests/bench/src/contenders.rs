//! Prepares a document for every library, and lists the contenders: the functions that parse and validate the document.

use std::hint::black_box;

use jsonschema::{PatternOptions, Validator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::hand_written::Violation;
use crate::measurement::Contender;
use crate::runtime::Validate;

/// A document, converted to the types that the libraries need. `E` is the type that copperplate emits, and `P` is the type in
/// `derived.rs`.
pub struct Document<E, P> {
    pub text: String,
    pub value: Value,
    pub emitted: E,
    pub typed: Option<P>,
    pub json_schema: Validator,
    pub by_macro: MacroValidator,
    pub by_hand: fn(&P) -> Result<(), Vec<Violation>>,
}

/// The functions of a validator that the macro of jsonschema generates.
#[derive(Clone, Copy)]
pub struct MacroValidator {
    pub is_valid: fn(&Value) -> bool,
    pub errors: fn(&Value) -> usize,
}

/// Compiles a JSON Schema at run time, with the faster one of the two regex engines that jsonschema supports.
pub fn compiled(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).unwrap();
    let options = jsonschema::draft7::options().with_pattern_options(PatternOptions::regex());
    options.build(&schema).unwrap()
}

/// Counts the errors. Formats the location and the message of each error, because the other libraries do the same work.
pub fn count_errors<'a>(errors: impl Iterator<Item = jsonschema::ValidationError<'a>>) -> usize {
    let formatted: Vec<_> = errors.map(|error| (error.instance_path().to_string(), error.to_string())).collect();
    black_box(formatted).len()
}

impl<E, P> Document<E, P>
where
    E: Validate + DeserializeOwned,
    P: DeserializeOwned + garde::Validate<Context = ()> + validator::Validate,
{
    pub fn new(
        value: Value,
        schema: &str,
        by_macro: MacroValidator,
        by_hand: fn(&P) -> Result<(), Vec<Violation>>,
    ) -> Self {
        let text = value.to_string();
        Self {
            emitted: serde_json::from_str(&text).unwrap(),
            // If a violation is a type error in `P`, there is no value of this type.
            typed: serde_json::from_str(&text).ok(),
            json_schema: compiled(schema),
            by_macro,
            by_hand,
            value,
            text,
        }
    }

    fn derived(&self) -> &P {
        self.typed.as_ref().unwrap()
    }

    fn parsed<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(black_box(self.text.as_bytes())).unwrap()
    }

    /// Returns the number of violations that each library finds. Libraries that report only the first violation are left out.
    pub fn found(&self) -> [(&'static str, usize); 5] {
        let garde = garde::Validate::validate(self.derived()).err().map_or(0, |report| report.iter().count());
        [
            ("copperplate", self.emitted.validate().err().map_or(0, |violations| violations.len())),
            ("hand-written", (self.by_hand)(self.derived()).err().map_or(0, |violations| violations.len())),
            ("garde", garde),
            ("jsonschema, runtime", self.json_schema.iter_errors(&self.value).count()),
            ("jsonschema, macro", (self.by_macro.errors)(&self.value)),
        ]
    }

    /// Returns the verdict of each library or function that reports only whether a value is valid.
    pub fn verdicts(&self) -> [(&'static str, bool); 4] {
        [
            ("copperplate, is_valid", self.emitted.is_valid()),
            ("validator", validator::Validate::validate(self.derived()).is_ok()),
            ("jsonschema, runtime", self.json_schema.is_valid(&self.value)),
            ("jsonschema, macro", (self.by_macro.is_valid)(&self.value)),
        ]
    }

    /// Returns the contenders that parse the text and validate the value. The first two contenders only parse.
    pub fn parsing(&self) -> Vec<Contender<'_>> {
        vec![
            Contender::new("serde's derive, parsing alone", || _ = black_box(self.parsed::<P>())),
            Contender::new("copperplate, parsing alone", || _ = black_box(self.parsed::<E>())),
            Contender::new("copperplate", || {
                let value = self.parsed::<E>();
                black_box(value.validate()).unwrap();
                black_box(value);
            }),
            Contender::new("derive + hand-written", || {
                let value = self.parsed::<P>();
                black_box((self.by_hand)(&value)).unwrap();
                black_box(value);
            }),
            Contender::new("derive + garde", || {
                let value = self.parsed::<P>();
                black_box(garde::Validate::validate(&value)).unwrap();
                black_box(value);
            }),
            Contender::new("derive + validator", || {
                let value = self.parsed::<P>();
                black_box(validator::Validate::validate(&value)).unwrap();
                black_box(value);
            }),
            Contender::new("Value + jsonschema runtime, then derive", || {
                let value = self.parsed::<Value>();
                assert!(self.json_schema.is_valid(&value));
                black_box(serde_json::from_value::<P>(value).unwrap());
            }),
            Contender::new("Value + jsonschema macro, then derive", || {
                let value = self.parsed::<Value>();
                assert!((self.by_macro.is_valid)(&value));
                black_box(serde_json::from_value::<P>(value).unwrap());
            }),
        ]
    }

    /// Returns the contenders that validate a valid value, without parsing.
    pub fn validation(&self) -> Vec<Contender<'_>> {
        vec![
            Contender::new("copperplate", || _ = black_box(black_box(&self.emitted).validate())),
            Contender::new("copperplate, is_valid", || _ = black_box(black_box(&self.emitted).is_valid())),
            Contender::new("hand-written", || _ = black_box((self.by_hand)(black_box(self.derived())))),
            Contender::new("garde", || _ = black_box(garde::Validate::validate(black_box(self.derived())))),
            Contender::new("validator", || _ = black_box(validator::Validate::validate(black_box(self.derived())))),
            Contender::new("jsonschema, runtime", || {
                _ = black_box(self.json_schema.is_valid(black_box(&self.value)));
            }),
            Contender::new("jsonschema, macro", || _ = black_box((self.by_macro.is_valid)(black_box(&self.value)))),
        ]
    }

    /// Returns the contenders that validate an invalid value. The last two contenders report only that the value is invalid. The
    /// other contenders report all violations with messages.
    pub fn violations(&self) -> Vec<Contender<'_>> {
        vec![
            Contender::new("copperplate", || _ = black_box(black_box(&self.emitted).validate())),
            Contender::new("hand-written", || _ = black_box((self.by_hand)(black_box(self.derived())))),
            Contender::new("garde", || _ = black_box(garde::Validate::validate(black_box(self.derived())))),
            Contender::new("validator", || _ = black_box(validator::Validate::validate(black_box(self.derived())))),
            Contender::new("jsonschema, runtime", || {
                _ = black_box(count_errors(self.json_schema.iter_errors(black_box(&self.value))));
            }),
            Contender::new("jsonschema, macro", || _ = black_box((self.by_macro.errors)(black_box(&self.value)))),
            Contender::new("verdict: copperplate", || _ = black_box(black_box(&self.emitted).is_valid())),
            Contender::new("verdict: jsonschema, macro", || {
                _ = black_box((self.by_macro.is_valid)(black_box(&self.value)));
            }),
        ]
    }
}
