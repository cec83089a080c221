//! Finds values that show whether a change of a schema affects callers: the sender's version allows and describes them, and the
//! receiver's version rejects them.

use jsonschema::Validator;
use serde_json::Value;

use super::described::Sender;
use super::draft_4::{Deviation, Reading};
use super::pair::{Pair, Version};

/// The deviations that have an effect on the comparison, without and with the deviation for discriminators. A change is safe only
/// if it is safe for validators that use the discriminator, and for validators that ignore it.
const READINGS: [&[Deviation]; 2] = [&[Deviation::WholeNumbers, Deviation::Nulls], Deviation::ALL];

/// One version of a schema in one direction, with a validator for each reading.
struct Side<'p> {
    version: &'p Version,
    is_request: bool,
    validators: Vec<Validator>,
}

impl<'p> Side<'p> {
    fn new(version: &'p Version, is_request: bool) -> Option<Self> {
        let mut components = version.components.clone();
        components["Root"] = version.schema.clone();
        let has_discriminator = components.to_string().contains("discriminator");
        let readings = if has_discriminator { &READINGS[..] } else { &READINGS[..1] };
        let validator = |deviations: &&'static [Deviation]| {
            let reading = Reading { components: &components, deviations, request: is_request };
            super::validator(reading, "Root").ok()
        };
        Some(Self { version, is_request, validators: readings.iter().map(validator).collect::<Option<_>>()? })
    }

    fn accepts(&self, reading: usize, value: &Value) -> bool {
        self.validators.get(reading).or(self.validators.first()).is_some_and(|validator| validator.is_valid(value))
    }

    /// Returns whether this side would send a value that its schema accepts.
    fn describes(&self, value: &Value) -> bool {
        let Version { components, schema } = self.version;
        Sender { components, is_request: self.is_request }.describes(&[schema], value)
    }
}

/// The sender and the receiver of the values of a pair.
pub struct Exchange<'p> {
    pub is_request: bool,
    sender: Side<'p>,
    receiver: Side<'p>,
}

impl<'p> Exchange<'p> {
    /// Returns `None` if the `jsonschema` crate does not support one of the schemas.
    pub fn new(pair: &'p Pair, is_request: bool) -> Option<Self> {
        let (sender, receiver) = if is_request { (&pair.old, &pair.new) } else { (&pair.new, &pair.old) };
        Some(Self { is_request, sender: Side::new(sender, is_request)?, receiver: Side::new(receiver, is_request)? })
    }

    /// Returns a value that the sender sends by its own version, and that the other version rejects.
    pub fn counterexample<'v>(&self, values: impl IntoIterator<Item = &'v Value>) -> Option<&'v Value> {
        let differs = |value: &Value| (0..READINGS.len()).any(|reading| self.differs(reading, value));
        values.into_iter().find(|value| differs(value) && self.sender.describes(value))
    }

    /// Returns whether the version of the sender accepts a value, and the version of the receiver rejects it.
    fn differs(&self, reading: usize, value: &Value) -> bool {
        self.sender.accepts(reading, value) && !self.receiver.accepts(reading, value)
    }

    /// Returns the reason why no counterexample was found among these values.
    pub fn reason(&self, values: &[Value]) -> Reason {
        let readings = || 0..READINGS.len();
        if !values.iter().any(|value| readings().any(|reading| self.sender.accepts(reading, value))) {
            Reason::NoValue
        } else if values.iter().any(|value| readings().any(|reading| self.differs(reading, value))) {
            Reason::Undescribed
        } else {
            Reason::NoDifference
        }
    }
}

/// The reason why no counterexample was found for a verdict that is not safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No value was found that the sender sends. Often, there is none.
    NoValue,
    /// The values that the receiver rejects have members that the sender's document does not describe.
    Undescribed,
    /// The receiver accepts all values that were found. Other keywords make the change harmless, or the values that it affects
    /// are rare.
    NoDifference,
}
