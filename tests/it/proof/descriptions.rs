//! Descriptions of values: each phrase becomes a rule, or its line is reported as not read.

use copperplate::page::{Format, read};

/// Returns the rules of a row with a type and a description, and the number of lines that were not read.
fn rules(kind: &str, description: &str) -> String {
    let page = format!(
        "<h1>Create</h1><h2>URI</h2><p>POST /v1/wheels</p>\n<table><caption>Request body parameters</caption>\n\
         <tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr>\n\
         <tr><td>size</td><td>No</td><td>{kind}</td><td>{description}</td></tr></table>"
    );
    let page = read("page", &page, Format::Html);
    let field = &page.body.as_ref().unwrap().fields[0];
    let rules: Vec<String> = field.rules.iter().map(|rule| format!("{:?}", rule.value)).collect();
    let unread = if page.unread.is_empty() { "" } else { " not read" };
    format!("{}{unread}", rules.join(" "))
}

fn check(cases: &[(&str, &str, &str)]) {
    for (kind, description, expected) in cases {
        assert_eq!(rules(kind, description), *expected, "{kind}: {description}");
    }
}

#[test]
fn bounds_of_texts_are_lengths() {
    check(&[
        ("String", "A name. It consists of 1-64 characters.", "MinLength(1) MaxLength(64)"),
        ("String", "A name with up to 1,024 bytes.", "MaxLength(1024)"),
        ("String", "It can contain max. 16 characters, and letters.", "MaxLength(16)"),
        ("String", "The text must contain at least 8 characters.", "MinLength(8)"),
        ("Array of strings", "Names. Each name can contain up to 36 characters.", "MaxLength(36)"),
        ("String", "If it is round, it has up to 36 characters.", ""),
        ("String", "Its length is greater than 0 and less than 256.", " not read"),
    ]);
}

#[test]
fn bounds_of_numbers_have_units_and_powers() {
    check(&[
        ("Integer", "It ranges from 1 Mbit/s to 2,000 Mbit/s.", "Minimum(\"1\") Maximum(\"2000\")"),
        ("Integer", "The value ranges from 1 MB to 1 GB.", " not read"),
        ("Integer", "The value ranges from 5 Mbit/s to 2000 Mbit/s by default.", ""),
        ("Long", "The value ranges from 0 to 2<sup>31</sup>-1.", "Minimum(\"0\") Maximum(\"2147483647\")"),
        ("Long", "The value ranges from -1 to 2^63 - 1.", "Minimum(\"-1\") Maximum(\"9223372036854775807\")"),
        ("Float", "The value range is [0,1].", "Minimum(\"0\") Maximum(\"1\")"),
        ("Integer", "The value must be a number no less than 0.", "Minimum(\"0\")"),
        ("Integer", "The value must be a number greater than 0.", " not read"),
        ("Integer", "The value ranges from 0.5 to 1.", "Maximum(\"1\") not read"),
        ("Array", "The value ranges from 1 to 10.", " not read"),
    ]);
}

#[test]
fn bounds_of_lists_are_numbers_of_items() {
    check(&[
        ("Array of objects", "A maximum of 20 tags are supported.", "MaxItems(20)"),
        ("Array of objects", "The list can contain up to 20 keys.", "MaxItems(20)"),
        ("Array of objects", "Array length: 1 to 50", "MinItems(1) MaxItems(50)"),
        ("Array of objects", "By default, a maximum of 20 addresses can be assigned.", ""),
        ("Array of objects", "Each tag can have up to 10 values.", " not read"),
    ]);
}

#[test]
fn defaults_are_whole_values() {
    check(&[
        ("String", "Default value: application/json; charset=utf-8", "Default(\"application/json; charset=utf-8\")"),
        ("Integer", "The default value is 1,000.", "Default(\"1000\")"),
        ("Integer", "The default value is \u{2212}1.", "Default(\"-1\")"),
        ("String", "Default: 2019-05-01 10:00:00", "Default(\"2019-05-01 10:00:00\")"),
        ("String", "Default: None", ""),
        ("String", "The value is empty by default.", ""),
        ("String", "Default: MIIDkg...", ""),
        ("String", "If it is not specified, the default value is used.", ""),
        ("Boolean", "The value can be true or false (default).", "Default(\"false\")"),
        ("String", "A type, which is ssh by default.", "Default(\"ssh\")"),
        ("String", "A format. Its part, which is ssh by default.", ""),
    ]);
}

#[test]
fn allowed_values_are_read_in_every_form() {
    let two = "Values([\"0\", \"1\"])";
    check(&[
        ("Integer", "The options are as follows: - <b>0</b>: off - <b>1</b>: on", two),
        (
            "Integer",
            "Options:<p><b>0</b>: off (default value)</p><p><b>1</b>: on</p>",
            &format!("{two} Default(\"0\")"),
        ),
        ("Integer", "<ul><li>Range:</li><li>0: off</li><li>1: on</li><li>Default Value: N/A</li></ul>", two),
        ("Integer", "The value can be 0: off; 1: on.", two),
        ("String", "A type, which can be a or b.", "Values([\"a\", \"b\"])"),
        ("String", "It has parts. The second part, which can be a or b, is short.", ""),
        ("String", "The value can be network:dhcp or compute:xxx.", ""),
    ]);
}

#[test]
fn characters_are_read_if_the_page_names_all() {
    let word = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    check(&[
        ("String", "The value can contain only letters, digits, and underscores (_).", &format!("Charset({word:?})")),
        ("String", "Only letters, digits, and underscores (_) are allowed.", &format!("Charset({word:?})")),
        ("String", "Only letters and digits are allowed in each part.", " not read"),
        ("String", "It cannot contain angle brackets (&lt; or &gt;).", "Forbidden(\"<>\")"),
        ("String", "The account ID has letters, including only digits.", " not read"),
        ("Integer", "Only digits are allowed.", ""),
    ]);
}
