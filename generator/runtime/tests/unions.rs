//! Tests of unions with hand-written types: the JSON that a union keeps is the JSON that `serde_json` reads. They also run without
//! the feature `arbitrary_precision` of `serde_json`, as in most consumers.

use copperplate_runtime::runtime::decode::Decode;
use copperplate_runtime::runtime::decoding::buffered_part::scalar_text;
use copperplate_runtime::runtime::decoding::json_copy::ToJson;
use copperplate_runtime::runtime::decoding::union::{check, decode};
use copperplate_runtime::runtime::union::{DecodeVariant, Discriminator, decode_variant};
use copperplate_runtime::runtime::{Discriminated, Leniency, Union, Validate, ValidateVariant, ValidationContext};
use serde_json::{Value, json};

/// An integer, or a list of unions.
#[derive(Debug, PartialEq)]
enum Tree {
    Leaf(i64),
    List(Vec<Tree>),
    Unknown(Value),
}

impl ValidateVariant for Tree {}

impl Discriminated for Tree {
    const DISCRIMINATOR: Option<Discriminator> = None;
    const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]] = &[&[], &[]];
}

impl Union for Tree {
    const KEYWORD: &'static str = "oneOf";
    const VARIANTS: &'static [DecodeVariant<Self>] = &[
        |value, leniency| decode_variant(value, leniency, Self::Leaf),
        |value, leniency| decode_variant(value, leniency, Self::List),
    ];
    const TO_JSON_IF_OVERLAPPING: Option<ToJson<Self>> = None;

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }

    fn members(&self) -> Option<&'static [&'static str]> {
        None
    }

    fn as_unknown(&self) -> Option<&Value> {
        if let Self::Unknown(value) = self { Some(value) } else { None }
    }
}

impl Validate for Tree {
    fn check(&self, at: ValidationContext<'_>) {
        check::check(self, at);
    }
}

impl<'de> Decode<'de> for Tree {
    fn decode<D: serde::Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<Self, D::Error> {
        decode::decode(deserializer, leniency)
    }
}

impl<'de> serde::Deserialize<'de> for Tree {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::decode(deserializer, &Leniency::counting())
    }
}

/// The JSON that a union keeps of a text, alone and in a nested union. `None` if the text does not decode.
fn kept(text: &str) -> [Option<Value>; 2] {
    let unknown = |tree| match tree {
        Tree::Unknown(value) => value,
        known => panic!("{text} is not unknown: {known:?}"),
    };
    let first = |tree| match tree {
        Tree::List(mut items) => items.swap_remove(0),
        other => panic!("not a list: {other:?}"),
    };
    let nested = serde_json::from_str::<Tree>(&format!("[[{text}, 1]]"));
    [serde_json::from_str::<Tree>(text).ok().map(unknown), nested.ok().map(|tree| unknown(first(first(tree))))]
}

#[test]
fn a_union_keeps_json_as_serde_json_reads_it() {
    for text in [
        "null",
        "true",
        "\"a\\u00e9\\n\"",
        "0.1",
        "1.10",
        "-0.5",
        "18446744073709551615",
        "123456789012345678901234567890",
        "-9223372036854775809",
        "1e2000",
        "12345678901234567890.12345678901234567890",
        "{}",
        r#"{"b": [1, {"a": null}, []], "a": {"c": 0.1}}"#,
        // The last of several members with one name counts, whatever their values contain.
        r#"{"a": 1, "a": 2}"#,
        r#"{"a": {"b": 1, "b": 2}, "b": [{"c": 1}], "a": {"b": 3}, "c": 1, "b": 4}"#,
        r#"{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9,"a":[10,[11]],"j":{"a":12,"a":13},"b":[],"a":14}"#,
        // A number looks like this if the feature is enabled.
        r#"{"$serde_json::private::Number": "12"}"#,
        r#"{"$serde_json::private::Number": "twelve"}"#,
        r#"{"$serde_json::private::Number": {"a": 1}}"#,
        "{\"a\": }",
    ] {
        let expected = serde_json::from_str::<Value>(text).ok().filter(|value| value.as_i64().is_none());
        if serde_json::from_str::<Value>(text).is_ok_and(|value| value.as_i64().is_some()) {
            assert!(matches!(serde_json::from_str(text), Ok(Tree::Leaf(12))), "{text}");
            continue;
        }
        for kept in kept(text) {
            assert_eq!(kept, expected, "{text}");
        }
    }
}

#[test]
fn integers_keep_their_digits() {
    for integer in [i64::MIN, -9_007_199_254_740_993, 9_007_199_254_740_993, i64::MAX] {
        let tree: Tree = serde_json::from_str(&format!("[{integer}, [[{integer}]]]")).expect("the text is JSON");
        let nested = Tree::List(vec![Tree::List(vec![Tree::Leaf(integer)])]);
        assert_eq!(tree, Tree::List(vec![Tree::Leaf(integer), nested]));
        assert!(tree.validate().is_ok());
    }
}

/// A value, a reader and a map of serde hand over the value of a union in different ways.
#[test]
fn a_union_decodes_from_any_deserializer() {
    let text = r#"[1, [2, null], []]"#;
    let expected: Tree = serde_json::from_str(text).expect("the text is JSON");
    assert_eq!(serde_json::from_reader::<_, Tree>(text.as_bytes()).ok().as_ref(), Some(&expected));
    let value: Value = serde_json::from_str(text).expect("the text is JSON");
    assert_eq!(Tree::decode(&value, &Leniency::counting()).ok().as_ref(), Some(&expected));
    assert_eq!(serde_json::from_value::<Tree>(value).ok(), Some(expected));
    let plain = serde::de::value::I64Deserializer::<serde::de::value::Error>::new(5);
    assert_eq!(Tree::decode(plain, &Leniency::counting()).ok(), Some(Tree::Leaf(5)));
    let unit = serde::de::value::UnitDeserializer::<serde::de::value::Error>::new();
    assert_eq!(Tree::decode(unit, &Leniency::counting()).ok(), Some(Tree::Unknown(Value::Null)));
    let bytes = serde::de::value::BytesDeserializer::<serde::de::value::Error>::new(b"$copperplate::union");
    assert!(Tree::decode(bytes, &Leniency::counting()).is_err());
}

#[test]
fn a_scalar_has_a_text() {
    let cases = [(json!("a"), Some("a")), (json!(1), Some("1")), (json!(1.0), Some("1")), (json!(1.5), Some("1.5"))];
    let others = [(json!(true), Some("true")), (json!(null), None), (json!([1]), None)];
    for (value, text) in cases.into_iter().chain(others) {
        assert_eq!(scalar_text(&value).as_deref(), text, "{value}");
    }
}
