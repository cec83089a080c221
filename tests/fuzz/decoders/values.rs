//! Validates and encodes values: keywords, formats, styles and schema tables.

use serde_json::Value;
use tests::runtime::schema::{AdditionalProperties, JsonType, Keyword, Schema};
use tests::runtime::validation::report::Report;
use tests::runtime::{Direction, Style, ValidationContext};

use super::{Entrance, texts};

const PIECES: &[&str] = &[
    "-",
    "/",
    ":",
    ".",
    "T",
    "Z",
    "+",
    "00",
    "60",
    "24",
    "P",
    "W",
    "@",
    "[",
    "]",
    "\"",
    "::",
    "xn--",
    "%",
    "~",
    "~2",
    "=",
    "==",
    "é",
    "🦀",
    "\u{301}",
    "\u{1e}",
    "{",
    "}",
    "[1,1.0]",
    "null",
    "{\"a\":1}",
    "1e2",
    ",",
    "0.1",
    "e",
    "E",
    "9",
    "999",
    "\0",
    " ",
];

pub const ENTRANCES: &[Entrance] = &[
    Entrance {
        name: "formats",
        examples: &[
            "2024-02-29T23:59:60Z",
            "2024-02-29",
            "P1Y2M3DT4H5M6S",
            "a.b@c.example",
            "\"a b\"@[127.0.0.1]",
            "::ffff:1.2.3.4",
            "QUJD",
            "https://u@h.example:80/a%20b?c#d",
            "/a~0b~1/0",
            "2f1b3c4d-0000-4000-8000-00000000abcd",
            "a-b.example",
            "../a?b",
        ],
        pieces: PIECES,
        run: formats,
    },
    Entrance {
        name: "keywords",
        examples: &[
            "[1,1.0,{\"a\":[0.1,1e2]}]",
            "{\"a\":{\"b\":1},\"c\":\"d\"}",
            "123456789012345678901234567890.5",
            "\"abc\"",
        ],
        pieces: PIECES,
        run: keywords,
    },
    Entrance {
        name: "style",
        examples: &[
            "color\u{1e}[\"blue\",\"black\"]",
            "color\u{1e}{\"R\":100,\"G\":[1,{\"a\":null}]}",
            "a b\u{1e}\"x\"",
        ],
        pieces: PIECES,
        run: style,
    },
];

static SCHEMA: Schema = Schema(&[
    Keyword::Properties(&[("a", &SCHEMA), ("b", &TEXT)], AdditionalProperties::Any),
    Keyword::Items(&SCHEMA),
    Keyword::OneOf(&[&TEXT, &NUMBER, &REST]),
    Keyword::AnyOf(&[&REST, &NUMBER, &TEXT]),
]);
static TEXT: Schema = Schema(&[Keyword::Type(JsonType::String), Keyword::MaxLength(3)]);
static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);
static REST: Schema = Schema(&[Keyword::Not(&NUMBER), Keyword::AllOf(&[&LIST])]);
static LIST: Schema = Schema(&[Keyword::Items(&SCHEMA), Keyword::Required("a")]);

/// Validates, and prints the violations.
fn validate(check: impl FnOnce(ValidationContext<'_>)) {
    let report = Report::new(Direction::Request);
    check(ValidationContext::root(&report));
    if let Err(violations) = report.finish() {
        _ = (violations.to_string(), serde_json::to_string(&violations));
    }
}

fn formats(content: &[u8]) {
    let [text] = texts::<1>(content);
    validate(|at| {
        _ = at.date(&text).date_time(&text).time(&text).duration(&text).uuid(&text).hostname(&text).email(&text);
        _ = at.ipv4(&text).ipv6(&text).uri(&text).uri_reference(&text).byte(&text).json_pointer(&text);
        _ = at.min_length(&text, 3).max_length(&text, 5).unlisted_value(&text, &["a", "b"]);
    });
}

fn keywords(content: &[u8]) {
    let Ok(value) = serde_json::from_slice::<Value>(content) else { return };
    validate(|at| _ = at.check_schema(&value, &SCHEMA));
    validate(|at| _ = at.enumerated_json(&value, &["1", "0.1", "{\"a\":[]}", "1e400"]));
    if let Some(items) = value.as_array() {
        validate(|at| _ = at.unique_items(items));
    }
    if let Some(number) = value.as_f64() {
        for step in ["0.1", "3", "1e-8", "0.0000000000000000000000000000000000001"] {
            validate(|at| _ = at.multiple_of(number, step).minimum(number, 1.0).exclusive_maximum(number, 1e300));
        }
    }
    if let Some(number) = value.as_i64() {
        validate(|at| _ = at.multiple_of(number, "0.3").multiple_of(number, "7").enumerated(number, &[1, 2]));
    }
}

fn style(content: &[u8]) {
    let [name, json] = texts::<2>(content);
    let value = serde_json::from_str::<Value>(&json).unwrap_or(Value::String(json));
    let styles = [
        Style::SIMPLE,
        Style::LABEL,
        Style::MATRIX,
        Style::FORM,
        Style::SPACE_DELIMITED,
        Style::PIPE_DELIMITED,
        Style::DEEP_OBJECT,
        Style::SIMPLE.explode(),
        Style::LABEL.explode(),
        Style::MATRIX.explode(),
        Style::FORM.explode(),
    ];
    for style in styles {
        validate(|at| {
            let path = style.in_path(&name, &value, at);
            assert!(path.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?#".contains(&byte)), "{path}");
        });
        validate(|at| _ = style.in_pairs(&name, &value, at));
        validate(|at| _ = style.in_header(&value, at));
    }
}
