//! Tests of unions with many variants that match the same value. The tests count values, and never measure time or memory.

use std::cell::Cell;

use copperplate_runtime::runtime::decode::Decode;
use copperplate_runtime::runtime::decoding::json_copy::ToJson;
use copperplate_runtime::runtime::decoding::members::Members;
use copperplate_runtime::runtime::decoding::union::decode::decode;
use copperplate_runtime::runtime::union::{DecodeVariant, Discriminator, decode_variant};
use copperplate_runtime::runtime::{
    Direction, Discriminated, Leniency, Union, Validate, ValidateVariant, ValidationContext, from_json,
};
use serde::Deserializer;
use serde::de::MapAccess;
use serde_json::Value;

/// The number of variants of a large union.
const VARIANTS: usize = 300;

thread_local! {
    /// The number of texts that exist, and the largest number that existed at the same time.
    static TEXTS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// A text that is counted.
#[derive(Debug)]
struct Text(String);

impl<'de> Decode<'de> for Text {
    fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        let text = String::decode(deserializer, leniency)?;
        let (count, most) = TEXTS.get();
        TEXTS.set((count + 1, most.max(count + 1)));
        Ok(Self(text))
    }
}

impl Drop for Text {
    fn drop(&mut self) {
        let (count, most) = TEXTS.get();
        TEXTS.set((count - 1, most));
    }
}

/// An object that has fields for the first `COUNT` of [`NAMES`].
#[derive(Debug)]
struct Fields<const COUNT: usize>;

const NAMES: &[&str] = &["a", "b", "c", "d", "e", "f"];

impl<'de, const COUNT: usize> Decode<'de> for Fields<COUNT> {
    const MEMBERS: Option<&'static [&'static str]> = Some(NAMES.split_at(COUNT).0);

    fn decode_members<A: MapAccess<'de>>(map: A, leniency: &Leniency) -> Result<Self, A::Error> {
        let mut members = Members::new(map, leniency);
        while let Some(name) = members.next_name() {
            members.skip(&name.0);
        }
        members.finish().map(|()| Self)
    }
}

/// Declares a union with the listed variants.
macro_rules! union {
    ($type:ident { $($variant:ident($kind:ty),)* } $variants:expr) => {
        #[derive(Debug)]
        enum $type {
            $($variant($kind),)*
            Unknown(Value),
        }

        impl ValidateVariant for $type {}

        impl Discriminated for $type {
            const DISCRIMINATOR: Option<Discriminator> = None;
            const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]] = &[];
        }

        impl Union for $type {
            const KEYWORD: &'static str = "anyOf";
            const VARIANTS: &'static [DecodeVariant<Self>] = $variants;
            const TO_JSON_IF_OVERLAPPING: Option<ToJson<Self>> = None;

            fn unknown(value: Value) -> Self {
                Self::Unknown(value)
            }

            fn members(&self) -> Option<&'static [&'static str]> {
                match self {
                    $(Self::$variant(value) => value.members(),)*
                    Self::Unknown(_) => None,
                }
            }

            fn as_unknown(&self) -> Option<&Value> {
                if let Self::Unknown(value) = self { Some(value) } else { None }
            }
        }

        impl Validate for $type {
            fn check(&self, _: ValidationContext<'_>) {}
        }

        impl<'de> Decode<'de> for $type {
            fn decode<D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
                decode(deserializer, leniency)
            }

            fn members(&self) -> Option<&'static [&'static str]> {
                Union::members(self)
            }
        }
    };
}

/// A variant of [`Texts`].
const TEXT: DecodeVariant<Texts> = |part, leniency| decode_variant(part, leniency, Texts::Text);

union!(Texts { Text(Text), } &[TEXT; VARIANTS]);

/// A variant of [`NestedTexts`].
const TEXTS_IN_LIST: DecodeVariant<NestedTexts> = |part, leniency| decode_variant(part, leniency, NestedTexts::Texts);

union!(NestedTexts { Texts(Vec<Texts>), } &[TEXTS_IN_LIST; 8]);

union!(Objects { A(Fields<1>), B(Fields<2>), C(Fields<3>), D(Fields<4>), E(Fields<5>), F(Fields<6>), } &[
    |part, leniency| decode_variant(part, leniency, Self::A),
    |part, leniency| decode_variant(part, leniency, Self::B),
    |part, leniency| decode_variant(part, leniency, Self::C),
    |part, leniency| decode_variant(part, leniency, Self::D),
    |part, leniency| decode_variant(part, leniency, Self::E),
    |part, leniency| decode_variant(part, leniency, Self::F),
]);

union!(Numbers { Double(f64), Integer(i64), } &[
    |part, leniency| decode_variant(part, leniency, Self::Double),
    |part, leniency| decode_variant(part, leniency, Self::Double),
    |part, leniency| decode_variant(part, leniency, Self::Double),
    |part, leniency| decode_variant(part, leniency, Self::Double),
    |part, leniency| decode_variant(part, leniency, Self::Double),
    |part, leniency| decode_variant(part, leniency, Self::Integer),
]);

union!(Nested { Objects(Vec<Objects>), Numbers(Vec<Numbers>), Union(Box<Objects>), } &[
    |part, leniency| decode_variant(part, leniency, Self::Objects),
    |part, leniency| decode_variant(part, leniency, Self::Numbers),
    |part, leniency| decode_variant(part, leniency, Self::Union),
]);

fn decoded<T: Validate + for<'de> Decode<'de>>(text: &str) -> T {
    from_json(text, Direction::Response).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn few_copies_of_a_text_exist_at_the_same_time() {
    let text = "x".repeat(1_000_000);
    let one: Texts = decoded(&format!("\"{text}\""));
    assert!(matches!(&one, Texts::Text(kept) if kept.0 == text), "{one:?}");
    let (count, most) = TEXTS.get();
    assert!(count == 1 && most <= 5, "{most}");
    drop(one);

    let list: NestedTexts = decoded(&format!("[\"{text}\", \"b\"]"));
    assert!(matches!(&list, NestedTexts::Texts(items) if items.len() == 2), "{list:?}");
    let (count, most) = TEXTS.get();
    assert!(count == 2 && most <= 15, "{most}");
}

#[test]
fn the_last_of_many_matching_variants_can_be_chosen() {
    let object = r#"{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}"#;
    assert!(matches!(decoded(object), Objects::F(_)));
    assert!(matches!(decoded(r#"{"g": 1, "c": 1}"#), Objects::C(_)));
    let integer = "9007199254740993";
    assert!(matches!(decoded(integer), Numbers::Integer(9_007_199_254_740_993)));
    assert!(matches!(decoded("1.5"), Numbers::Double(_)));

    let list: Nested = decoded(&format!("[{object}, {object}]"));
    assert!(matches!(&list, Nested::Objects(items) if matches!(items[..], [Objects::F(_), Objects::F(_)])), "{list:?}");
    let list: Nested = decoded(&format!("[{integer}, 0.5]"));
    let is_kept = |items: &[Numbers]| matches!(items, [Numbers::Integer(9_007_199_254_740_993), Numbers::Double(_)]);
    assert!(matches!(&list, Nested::Numbers(items) if is_kept(items)), "{list:?}");
    let union: Nested = decoded(object);
    assert!(matches!(&union, Nested::Union(inner) if matches!(**inner, Objects::F(_))), "{union:?}");
}

/// The memory of values that were dropped is free again: 300 copies of the text would take more than the value may.
#[test]
fn values_that_were_dropped_take_no_memory() {
    let text = "x".repeat(2 << 20);
    let one: Texts = decoded(&format!("\"{text}\""));
    assert!(matches!(one, Texts::Text(_)));
}
