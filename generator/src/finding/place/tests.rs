//! Tests of the conversion of JSON pointers to lines and columns.

use std::collections::HashSet;

use crate::finding::focus::Focus;
use crate::finding::place::position::Place;
use crate::finding::place::{Places, json, walk, yaml};
use crate::pointer::Pointer;

const TEXT: &str = "a:\n  - x: 1\n    \"y/z\": [p, {q: 2}]\n  - &anchor {x: 2}\nb: *anchor\n200: é\nlong: |\n  t\n";

fn place(pointer: &str, focus: Focus) -> Option<(usize, usize, &'static str)> {
    let pointer = Pointer::parse(pointer)?;
    let place = Places::of(TEXT, [(&pointer, &focus)]).place(&pointer, &focus)?;
    Some((place.line, place.column, TEXT.get(place.bytes)?))
}

#[test]
fn keys_and_items_have_places() {
    let cases = [
        ("/a", (1, 1, "a")),
        ("/a/0", (2, 5, "x")),
        ("/a/0/x", (2, 5, "x")),
        ("/a/0/y~1z", (3, 5, "\"y/z\"")),
        ("/a/0/y~1z/0", (3, 13, "p")),
        ("/a/0/y~1z/1", (3, 16, "{q: 2}")),
        ("/a/0/y~1z/1/q", (3, 17, "q")),
        ("/a/1/x", (4, 14, "x")),
        ("/200", (6, 1, "200")),
    ];
    for (pointer, expected) in cases {
        assert_eq!(place(pointer, Focus::Key), Some(expected), "{pointer}");
    }
}

#[test]
fn values_on_one_line_have_places() {
    let cases = [
        ("/a", (1, 1, "a")),
        ("/a/0/x", (2, 8, "1")),
        ("/a/0/y~1z", (3, 12, "[p, {q: 2}]")),
        ("/a/0/y~1z/1", (3, 16, "{q: 2}")),
        ("/b", (5, 4, "*anchor")),
        ("/200", (6, 6, "é")),
        ("/long", (7, 1, "long")),
    ];
    for (pointer, expected) in cases {
        assert_eq!(place(pointer, Focus::Value), Some(expected), "{pointer}");
    }
}

#[test]
fn members_and_parts_of_keys_have_places() {
    assert_eq!(place("/a/1", Focus::Member("x")), Some((4, 17, "2")));
    assert_eq!(place("/a/1", Focus::Member("y")), Some((4, 13, "{x: 2}")));
    assert_eq!(place("/a/0/y~1z", Focus::InKey("/z".to_owned())), Some((3, 7, "/z")));
    assert_eq!(place("/a/0/y~1z", Focus::InKey("gone".to_owned())), Some((3, 5, "\"y/z\"")));
    assert_eq!(place("/a", Focus::Bytes(12..15)), Some((3, 1, "   ")));
}

#[test]
fn a_missing_node_has_the_place_of_its_holder() {
    assert_eq!(place("/a/0/x/missing/deeper", Focus::Value), Some((2, 5, "x")));
    assert_eq!(place("/b/x", Focus::Key), Some((5, 1, "b")));
    assert_eq!(place("/c", Focus::Key), None);
    assert_eq!(place("", Focus::Key), Some((1, 1, "a")));
}

#[test]
fn a_text_has_places_up_to_its_first_syntax_error() {
    let pointers = [Pointer::root().join("a"), Pointer::root().join("b")];
    let found = Places::of("a: 1\nb: [1\nc: {", pointers.iter().map(|pointer| (pointer, &Focus::Key)));
    assert_eq!(found.place(&pointers[0], &Focus::Key).map(|place| place.line), Some(1));
}

#[test]
fn bytes_have_lines_and_columns() {
    let place = |bytes| {
        let place = Place::of("é\nbéd\n", bytes);
        (place.line, place.column)
    };
    assert_eq!(place(0..1), (1, 1));
    assert_eq!(place(3..4), (2, 1));
    assert_eq!(place(6..7), (2, 3));
    assert_eq!(place(99..100), (3, 1));
    assert_eq!(Place::of("\u{feff}a", 3..4).column, 1);
}

#[test]
fn references_are_collected_with_their_places() {
    let found = Places::of("a: {$ref: '#/b'}\nb: [{$ref: c.yaml}]\n", []);
    let references: Vec<_> = found
        .references()
        .iter()
        .map(|found| format!("{} {} {}", found.holder, found.target, found.place.column))
        .collect();
    assert_eq!(references, ["/a #/b 11", "/b/0 c.yaml 12"]);
}

#[test]
fn the_readers_of_json_and_yaml_find_the_same_places() {
    let text = "{\"a\" : [1, -2.5e3,{\"é\\u00e9\\n\":\t\"ü\\\"]\"}, [],\r\n {}, true],\n\r\n \"a\": null, \"\": {\"$ref\":\"#\\/a~1b\"},
        \"y/z\": {\"long\": [\n1 , \"\"],\"x\":{}}\n}\n";
    let names =
        ["", "/a", "/a/0", "/a/1", "/a/2", "/a/2/éé\n", "/a/3", "/a/4", "/a/5", "/", "//$ref", "/y~1z", "/y~1z/long"];
    let more = ["/y~1z/long/0", "/y~1z/long/1", "/y~1z/x", "/gone"];
    let wanted: HashSet<Pointer> = names.into_iter().chain(more).filter_map(Pointer::parse).collect();
    let scanned = json::events(text).map(|events| walk::walk_events(events, wanted.clone()));
    let (nodes, references) = walk::walk_events(yaml::events(text), wanted);
    assert_eq!((nodes.len(), references.len()), (16, 1));
    assert_eq!(references[0].target, "#/a~1b");
    assert_eq!(scanned, Some((nodes, references)));
    for broken in ["{\"a\": 1, }", "{a: 1}", "[1] 2", "\"a\"", "a: 1"] {
        assert!(json::events(broken).is_none(), "{broken}");
    }
}
