// copperplate runtime: copied into each generated crate that uses it.
//! Converts scalars to JSON values while JSON of any type is decoded.

use serde::de::value::MapDeserializer;
use serde::de::{Deserialize, Error, IntoDeserializer};
use serde_json::{Number, Value};

/// Converts an integer beyond 64 bits, if `serde_json` can represent it.
pub(crate) fn long_integer<'de, E: Error>(number: impl IntoDeserializer<'de, E>) -> Result<Value, E> {
    Value::deserialize(number.into_deserializer())
}

/// Converts a floating-point number. NaN and the infinities, which JSON does not have, become null.
pub(crate) fn float(number: f64) -> Value {
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// The name of the only member of the map that represents a number, if any dependency of the crate enables the feature
/// `arbitrary_precision` of `serde_json`.
pub(crate) const NUMBER: &str = "$serde_json::private::Number";

/// Returns the number that a map represents, whose only member is [`NUMBER`] with this value. If the feature
/// `arbitrary_precision` is not enabled, the map is an object.
pub(crate) fn number_or_object(value: Value) -> Result<Value, serde_json::Error> {
    Value::deserialize(MapDeserializer::new(std::iter::once((NUMBER, value))))
}

/// Expands to the methods of a `Visitor` for scalars and `Option`. Each passes a JSON value to the method `scalar` of
/// the visitor.
macro_rules! visit_scalars {
    () => {
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("any valid JSON value")
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            self.scalar(serde_json::Value::Null)
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            self.scalar(serde_json::Value::Null)
        }

        fn visit_some<D: serde::de::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_any(self)
        }

        fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
            self.scalar(value.into())
        }

        fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Self::Value, E> {
            self.scalar(number.into())
        }

        fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Self::Value, E> {
            self.scalar(number.into())
        }

        fn visit_i128<E: serde::de::Error>(self, number: i128) -> Result<Self::Value, E> {
            self.scalar($crate::runtime::decoding::scalar::long_integer(number)?)
        }

        fn visit_u128<E: serde::de::Error>(self, number: u128) -> Result<Self::Value, E> {
            self.scalar($crate::runtime::decoding::scalar::long_integer(number)?)
        }

        fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Self::Value, E> {
            self.scalar($crate::runtime::decoding::scalar::float(number))
        }

        fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Self::Value, E> {
            self.scalar(text.into())
        }

        fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Self::Value, E> {
            self.scalar(text.into())
        }
    };
}

pub(crate) use visit_scalars;
