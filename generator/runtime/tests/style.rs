//! Tests the examples of OpenAPI 3.0 and RFC 6570 for every style, with and without `explode`.

use copperplate_runtime::runtime::validation::report::Report;
use copperplate_runtime::runtime::{Direction, Style, ValidationContext};
use serde_json::{Value, json};

/// Returns the result of `write`. Returns an error with the violations if `write` reports any.
fn written<T>(write: impl FnOnce(ValidationContext<'_>) -> T) -> Result<T, String> {
    let report = Report::new(Direction::Request);
    let result = write(ValidationContext::root(&report));
    report.finish().map(|()| result).map_err(|violations| violations.to_string())
}

fn in_path(style: Style, value: &Value) -> Result<String, String> {
    written(|at| style.in_path("color", value, at))
}

/// Returns the query for the parameter `color`, such as `color=a&color=b`.
fn in_query(style: Style, value: &Value) -> Result<String, String> {
    let pairs = written(|at| style.in_pairs("color", value, at))?;
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    Ok(pairs.join("&"))
}

fn in_header(style: Style, value: &Value) -> Result<Option<String>, String> {
    written(|at| style.in_header(value, at))
}

/// Returns the values in the table of style examples of OpenAPI: an empty string, a string, an array and an object.
fn table() -> [Value; 4] {
    [json!(""), json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "B": 150})]
}

// The expected strings have the members in the order of their names: B, G, R. The table of OpenAPI has them in the
// order R, G, B.

#[test]
fn the_openapi_examples_in_a_path() {
    let rows = [
        (Style::MATRIX, [";color", ";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
        (
            Style::MATRIX.explode(),
            [";color", ";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"],
        ),
        // OpenAPI up to 3.0.3 has dots in this row of the table. OpenAPI 3.0.4 has the commas of RFC 6570.
        (Style::LABEL, [".", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
        (Style::LABEL.explode(), [".", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
        (Style::SIMPLE, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Style::SIMPLE.explode(), ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
    ];
    for (style, expected) in rows {
        for (value, expected) in table().iter().zip(expected) {
            assert_eq!(in_path(style, value).as_deref(), Ok(expected), "{style:?} {value}");
        }
    }
}

#[test]
fn the_openapi_examples_in_a_query() {
    let exploded = ["color=", "color=blue", "color=blue&color=black&color=brown", "B=150&G=200&R=100"];
    let deep = [
        "color=",
        "color=blue",
        "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
    ];
    let space = ["color=", "color=blue", "color=blue%20black%20brown", "color=B%20150%20G%20200%20R%20100"];
    let pipe = ["color=", "color=blue", "color=blue%7Cblack%7Cbrown", "color=B%7C150%7CG%7C200%7CR%7C100"];
    let rows = [
        (Style::FORM, ["color=", "color=blue", "color=blue,black,brown", "color=B,150,G,200,R,100"]),
        (Style::FORM.explode(), exploded),
        (Style::SPACE_DELIMITED, space),
        (Style::SPACE_DELIMITED.explode(), exploded),
        (Style::PIPE_DELIMITED, pipe),
        (Style::PIPE_DELIMITED.explode(), exploded),
        (Style::DEEP_OBJECT, deep),
        (Style::DEEP_OBJECT.explode(), deep),
    ];
    for (style, expected) in rows {
        for (value, expected) in table().iter().zip(expected) {
            assert_eq!(in_query(style, value).as_deref(), Ok(expected), "{style:?} {value}");
        }
    }
}

#[test]
fn the_openapi_examples_in_a_header() {
    let rows = [
        (Style::SIMPLE, ["", "blue", "blue,black,brown", "B,150,G,200,R,100"]),
        (Style::SIMPLE.explode(), ["", "blue", "blue,black,brown", "B=150,G=200,R=100"]),
    ];
    for (style, expected) in rows {
        for (value, expected) in table().iter().zip(expected) {
            assert_eq!(in_header(style, value), Ok(Some(expected.to_owned())), "{style:?} {value}");
        }
    }
}

#[test]
fn the_rfc_6570_examples() {
    let keys = json!({"semi": ";", "dot": ".", "comma": ","});
    let list = json!(["red", "green", "blue"]);
    let path = [
        (Style::SIMPLE, json!("Hello World!"), "Hello%20World%21"),
        (Style::SIMPLE, json!("50%"), "50%25"),
        (Style::SIMPLE, list.clone(), "red,green,blue"),
        (Style::SIMPLE, keys.clone(), "comma,%2C,dot,.,semi,%3B"),
        (Style::SIMPLE.explode(), keys.clone(), "comma=%2C,dot=.,semi=%3B"),
        (Style::LABEL, json!("fred"), ".fred"),
        (Style::LABEL, list.clone(), ".red,green,blue"),
        (Style::LABEL.explode(), list.clone(), ".red.green.blue"),
        (Style::LABEL, keys.clone(), ".comma,%2C,dot,.,semi,%3B"),
        (Style::LABEL.explode(), keys.clone(), ".comma=%2C.dot=..semi=%3B"),
        (Style::LABEL, json!([]), ""),
        (Style::LABEL, json!({}), ""),
        (Style::LABEL, Value::Null, ""),
        (Style::MATRIX, json!("/foo/bar"), ";color=%2Ffoo%2Fbar"),
        (Style::MATRIX, list.clone(), ";color=red,green,blue"),
        (Style::MATRIX.explode(), list.clone(), ";color=red;color=green;color=blue"),
        (Style::MATRIX, keys.clone(), ";color=comma,%2C,dot,.,semi,%3B"),
        (Style::MATRIX.explode(), keys.clone(), ";comma=%2C;dot=.;semi=%3B"),
        (Style::MATRIX.explode(), json!(["", "a"]), ";color;color=a"),
        (Style::MATRIX, Value::Null, ""),
    ];
    for (style, value, expected) in path {
        assert_eq!(in_path(style, &value).as_deref(), Ok(expected), "{style:?} {value}");
    }
    let query = [
        (Style::FORM, list.clone(), "color=red,green,blue"),
        (Style::FORM.explode(), list, "color=red&color=green&color=blue"),
        (Style::FORM, keys.clone(), "color=comma,%2C,dot,.,semi,%3B"),
        (Style::FORM.explode(), keys, "comma=%2C&dot=.&semi=%3B"),
        (Style::FORM.explode(), json!({"a": null, "b": 1}), "b=1"),
        (Style::FORM, json!([]), ""),
        (Style::FORM, json!({}), ""),
        (Style::FORM, json!({"a": null}), ""),
        (Style::FORM, Value::Null, ""),
    ];
    for (style, value, expected) in query {
        assert_eq!(in_query(style, &value).as_deref(), Ok(expected), "{style:?} {value}");
    }
}

#[test]
fn deep_objects_have_any_number_of_levels() {
    let value = json!({"a": {"b": ["x", {"c d": "ü&"}]}, "n": null, "e": {}, "l": []});
    let expected = "color%5Ba%5D%5Bb%5D%5B0%5D=x&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%20d%5D=%C3%BC%26";
    assert_eq!(in_query(Style::DEEP_OBJECT, &value).as_deref(), Ok(expected));
    assert_eq!(in_query(Style::DEEP_OBJECT, &json!({})).as_deref(), Ok(""));
    assert_eq!(in_query(Style::DEEP_OBJECT.allow_empty_value(), &json!({})).as_deref(), Ok("color="));
    assert_eq!(
        in_query(Style::DEEP_OBJECT, &json!({"a": [1, null]})),
        Err("body /a/1: null, but the value is null, which cannot be sent".to_owned())
    );
}

#[test]
fn nested_values_are_json_text_in_other_styles() {
    let value = json!([[1, "a,b"], {"c": null}]);
    assert_eq!(in_query(Style::FORM, &value).as_deref(), Ok("color=%5B1%2C%22a%2Cb%22%5D,%7B%22c%22%3Anull%7D"));
    assert_eq!(in_query(Style::JSON, &json!("a b")).as_deref(), Ok("color=%22a%20b%22"));
    assert_eq!(in_query(Style::JSON, &Value::Null).as_deref(), Ok("color=null"));
    assert_eq!(in_path(Style::JSON, &json!([1])).as_deref(), Ok("%5B1%5D"));
    assert_eq!(
        in_header(Style::JSON, &json!({"a": "ü,😀\n"})),
        Ok(Some(r#"{"a":"\u00fc,\ud83d\ude00\n"}"#.to_owned()))
    );
}

#[test]
fn reserved_characters_that_do_not_change_the_query_can_stay() {
    let all = ":/?#[]@!$&'()*+,;=%ü \"";
    // URL parsers percent-encode `'` in a query. The client does so first, so that they do not change a signed request.
    let kept = "color=:/?%23%5B%5D@!$%26%27()*%2B,;=%25%C3%BC%20%22";
    assert_eq!(in_query(Style::FORM.allow_reserved(), &json!(all)).as_deref(), Ok(kept));
    assert_eq!(in_query(Style::FORM.explode().allow_reserved(), &json!([all])).as_deref(), Ok(kept));
    let joined = in_query(Style::FORM.allow_reserved(), &json!(["a,b", "c/d"]));
    assert_eq!(joined.as_deref(), Ok("color=a%2Cb,c/d"), "a comma of an item's own stays apart from the delimiter");
    let object = in_query(Style::FORM.explode().allow_reserved(), &json!({"a=/": "b=/"}));
    assert_eq!(object.as_deref(), Ok("a%3D%2F=b=/"));
}

#[test]
fn ambiguous_values_are_violations() {
    let pipe = in_query(Style::PIPE_DELIMITED, &json!(["a", "b|c"]));
    assert_eq!(pipe, Err("body /1: delimiter, but \"b|c\" contains a character that separates values".to_owned()));
    assert_eq!(in_query(Style::PIPE_DELIMITED.explode(), &json!(["b|c"])).as_deref(), Ok("color=b%7Cc"));
    let space = in_query(Style::SPACE_DELIMITED, &json!({"a b": 1}));
    assert_eq!(space, Err("body /a b: delimiter, but \"a b\" contains a character that separates values".to_owned()));
    for style in [Style::FORM, Style::FORM.explode(), Style::PIPE_DELIMITED] {
        assert_eq!(
            in_query(style, &json!([1, null])),
            Err("body /1: null, but the value is null, which cannot be sent".to_owned()),
            "{style:?}"
        );
    }
    let comma = in_header(Style::SIMPLE, &json!(["a,b"]));
    assert_eq!(comma, Err("body /0: header-value, but \"a,b\" cannot be sent in a header".to_owned()));
    assert_eq!(in_header(Style::SIMPLE, &json!({"a=b": "c=d"})), Ok(Some("a=b,c=d".to_owned())));
    let equals = in_header(Style::SIMPLE.explode(), &json!({"a=b": "c=d"}));
    assert_eq!(equals, Err("body /a=b: header-value, but \"a=b\" cannot be sent in a header".to_owned()));
    assert_eq!(in_header(Style::SIMPLE, &json!([])), Ok(None));
}

#[test]
fn numbers_have_no_exponent() {
    let value = json!([1.0, 1e21, 1.5e-7, -0.5, u64::MAX, true]);
    let expected = "color=1,1000000000000000000000,0.00000015,-0.5,18446744073709551615,true";
    assert_eq!(in_query(Style::FORM, &value).as_deref(), Ok(expected));
}
