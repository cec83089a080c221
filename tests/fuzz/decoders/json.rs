//! Decodes and validates JSON with the types of the cases.

use std::fmt::Debug;

use serde::Serialize;
use tests::runtime::decoding::decode::DecodeOwned;
use tests::runtime::{Direction, Validate, from_json};

use super::Entrance;

const PIECES: &[&str] = &[
    "null",
    "true",
    "false",
    "{}",
    "[]",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "\\",
    "\\u0000",
    "\\ud800",
    "\\ud83e\\udd80",
    "\\u212a",
    "\"a\":1",
    "\"type\":",
    "\"kind\":",
    "\"id\":",
    "\"name\":",
    "{\"a\":",
    "[[",
    "[{",
    "0",
    "-",
    "1e",
    "\n",
    "\u{feff}",
    "\u{7f}",
    "{\"$serde_json::private::Number\":\"1\"}",
    "{\"$serde_json::private::RawValue\":\"1\"}",
];

/// Decodes a value and prints it. A valid value must be equal to itself after encoding and decoding.
fn decode<T: DecodeOwned + Serialize + Validate + Debug>(content: &[u8]) {
    for direction in [Direction::Response, Direction::Request] {
        match from_json::<T>(content, direction) {
            Ok(value) => {
                _ = format!("{value:?}");
                let text = serde_json::to_vec(&value).expect("a decoded value can be encoded");
                let again = from_json::<T>(&text, direction).expect("an encoded value is valid");
                assert_eq!(serde_json::to_vec(&again).ok(), Some(text), "{direction:?}");
            }
            Err(error) => _ = (error.to_string(), format!("{error:?}")),
        }
    }
}

macro_rules! entrances {
    ($($name:literal $kind:ty, [$($example:literal),*];)*) => {
        pub const ENTRANCES: &[Entrance] = &[$(Entrance {
            name: $name,
            examples: &[$($example),*],
            pieces: PIECES,
            run: decode::<$kind>,
        }),*];
    };
}

entrances! {
    "json-tree" tests::objects::Tree, [
        r#"{"id":"a","children":[{"id":"b","weight":1.5}],"parent":{"id":"c"},"weight":2}"#, r#"{"id":"a"}"#];
    "json-owner" tests::unions::types::Owner, [
        r#"{"id":1,"address":{"street":"s"},"both":[1],"limit":{"kind":"a"},"viewer":null}"#, "{}"];
    "json-pet" tests::unions::types::Pet, [
        r#"{"petType":"Cat","huntingSkill":"lazy","name":"a"}"#, r#"{"petType":"Dog","bark":true}"#, r#"{"type":"cat"}"#];
    "json-vehicle" tests::unions::types::Vehicle, [r#"{"kind":"car","wheels":4}"#, r#"{"type":"Car"}"#];
    "json-moment" tests::composition::types::Moment, [r#""2024-02-29""#, r#"{"at":"2024-02-29T00:00:00Z"}"#, "1"];
    "json-lists" tests::composition::types::Lists, [r#"{"a":[1,2],"b":[[1],["x"]]}"#, "[1,[2],{}]"];
    "json-nested" tests::composition::types::Nested, [r#"{"value":{"value":1}}"#, r#"{"a":{"a":{"a":1}}}"#];
    "json-members" tests::large_numbers::types::Members, [
        r#"{"a":9223372036854775808,"b":0.1,"c":1e16}"#, r#"{"moles":1e30}"#];
    "json-listed" tests::large_numbers::types::ListedNumber, ["1", "0.1", "1e20", "12345678901234567890.5"];
    "json-wide" tests::large_numbers::types::Wide, ["170141183460469231731687303715884105727", "-1", "5.0", "1e16"];
    "json-event" tests::formats::types::Event, [
        r#"{"start":"2024-02-29T12:00:00Z","day":"2024-02-29","at":"00:00:00Z","takes":"P1DT2H","id":"2f1b3c4d-0000-4000-8000-00000000abcd"}"#,
        r#"{"hosts":["a.example"],"addresses":{"a":"127.0.0.1"},"six":"::1","page":"https://a.example/?b#c","link":"../a","mail":"a@b.example"}"#,
        r#"{"body":"QUJD","place":"/a~0b/0","raw":"x","secret":"s","whole":2147483647,"long":1,"single":1e38,"double":1e308}"#];
    "json-thing" tests::keywords::types::Thing, [
        r#"{"id":1,"name":"abc","parts":[{"id":1}],"kind":"a","match":"ab","size":2.5}"#, "{}"];
    "json-matched" tests::pattern_matching::types::Matched, [
        r#"{"classes":"ab-12","groups":"abcd.x","ahead":"ab1","nested":"aaa","repeated":"aa"}"#];
    "json-user" tests::required_and_nullable::types::User, [r#"{"id":1,"name":null,"nick":"a","age":null}"#];
    "json-dog" tests::all_of::types::Dog, [r#"{"name":"a","mood":"good","window":{"from":1,"to":2},"tags":["a"]}"#];
    "json-any" tests::violations::types::Thing, [r#"{"a":1,"b":"x","c":[1,1],"d":{}}"#];
}
