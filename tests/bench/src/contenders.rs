//! One document in every library's hands.

use std::hint::black_box;

use jsonschema::{PatternOptions, Validator};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::hand::Fault;
use crate::measure::Contender;
use crate::runtime::Validate;

/// What every library needs of a document: `E` is the emitted type, `P` the peers'.
pub struct Document<E, P> {
    pub text: String,
    pub value: Value,
    pub emitted: E,
    pub typed: Option<P>,
    pub json_schema: Validator,
    pub by_macro: ByMacro,
    pub by_hand: fn(&P) -> Result<(), Vec<Fault>>,
}

/// What jsonschema's macro makes of a schema.
#[derive(Clone, Copy)]
pub struct ByMacro {
    pub is_valid: fn(&Value) -> bool,
    pub errors: fn(&Value) -> usize,
}

/// The JSON Schema as jsonschema compiles it when the program runs, with the faster of its regex engines.
pub fn compiled(schema: &str) -> Validator {
    let schema = serde_json::from_str(schema).unwrap();
    let options = jsonschema::draft7::options().with_pattern_options(PatternOptions::regex());
    options.build(&schema).unwrap()
}

/// Each error as the others report it: where, and a sentence.
pub fn told<'a>(errors: impl Iterator<Item = jsonschema::ValidationError<'a>>) -> usize {
    let told: Vec<_> = errors.map(|error| (error.instance_path().to_string(), error.to_string())).collect();
    black_box(told).len()
}

impl<E, P> Document<E, P>
where
    E: Validate + DeserializeOwned,
    P: DeserializeOwned + garde::Validate<Context = ()> + validator::Validate,
{
    pub fn new(value: Value, schema: &str, by_macro: ByMacro, by_hand: fn(&P) -> Result<(), Vec<Fault>>) -> Self {
        let text = value.to_string();
        Self {
            emitted: serde_json::from_str(&text).unwrap(),
            // What is wrong may be wrong by its type here.
            typed: serde_json::from_str(&text).ok(),
            json_schema: compiled(schema),
            by_macro,
            by_hand,
            value,
            text,
        }
    }

    fn peer(&self) -> &P {
        self.typed.as_ref().unwrap()
    }

    fn parsed<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(black_box(self.text.as_bytes())).unwrap()
    }

    /// How many violations each finds, by the names of the contenders that look for all.
    pub fn found(&self) -> [(&'static str, usize); 5] {
        let garde = garde::Validate::validate(self.peer()).err().map_or(0, |report| report.iter().count());
        [
            ("copperplate", self.emitted.validate().err().map_or(0, |violations| violations.len())),
            ("hand-written", (self.by_hand)(self.peer()).err().map_or(0, |faults| faults.len())),
            ("garde", garde),
            ("jsonschema, runtime", self.json_schema.iter_errors(&self.value).count()),
            ("jsonschema, macro", (self.by_macro.errors)(&self.value)),
        ]
    }

    /// The verdict of each that gives no more: what it is called, and whether the document is valid.
    pub fn verdicts(&self) -> [(&'static str, bool); 4] {
        [
            ("copperplate, is_valid", self.emitted.is_valid()),
            ("validator", validator::Validate::validate(self.peer()).is_ok()),
            ("jsonschema, runtime", self.json_schema.is_valid(&self.value)),
            ("jsonschema, macro", (self.by_macro.is_valid)(&self.value)),
        ]
    }

    /// From the text to a checked value; the first two do not check.
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

    /// Validation of a valid value alone.
    pub fn validation(&self) -> Vec<Contender<'_>> {
        vec![
            Contender::new("copperplate", || _ = black_box(black_box(&self.emitted).validate())),
            Contender::new("copperplate, is_valid", || _ = black_box(black_box(&self.emitted).is_valid())),
            Contender::new("hand-written", || _ = black_box((self.by_hand)(black_box(self.peer())))),
            Contender::new("garde", || _ = black_box(garde::Validate::validate(black_box(self.peer())))),
            Contender::new("validator", || _ = black_box(validator::Validate::validate(black_box(self.peer())))),
            Contender::new("jsonschema, runtime", || {
                _ = black_box(self.json_schema.is_valid(black_box(&self.value)));
            }),
            Contender::new("jsonschema, macro", || _ = black_box((self.by_macro.is_valid)(black_box(&self.value)))),
        ]
    }

    /// All violations of a value that has several, in words; and the verdict alone.
    pub fn violations(&self) -> Vec<Contender<'_>> {
        vec![
            Contender::new("copperplate", || _ = black_box(black_box(&self.emitted).validate())),
            Contender::new("hand-written", || _ = black_box((self.by_hand)(black_box(self.peer())))),
            Contender::new("garde", || _ = black_box(garde::Validate::validate(black_box(self.peer())))),
            Contender::new("validator", || _ = black_box(validator::Validate::validate(black_box(self.peer())))),
            Contender::new("jsonschema, runtime", || {
                _ = black_box(told(self.json_schema.iter_errors(black_box(&self.value))));
            }),
            Contender::new("jsonschema, macro", || _ = black_box((self.by_macro.errors)(black_box(&self.value)))),
            Contender::new("verdict: copperplate", || _ = black_box(black_box(&self.emitted).is_valid())),
            Contender::new("verdict: jsonschema, macro", || {
                _ = black_box((self.by_macro.is_valid)(black_box(&self.value)));
            }),
        ]
    }
}
