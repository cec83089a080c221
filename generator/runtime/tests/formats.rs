//! Tests each string format with valid and invalid values.

use copperplate_runtime::runtime::validation::report::Report;
use copperplate_runtime::runtime::{Direction, ValidationContext};

/// Returns the violation that `check` reports for `value`. Returns `None` if `value` is valid.
fn violation(check: fn(ValidationContext<'_>, &str), value: &str) -> Option<String> {
    let report = Report::new(Direction::Request);
    check(ValidationContext::root(&report), value);
    report.finish().err().map(|violations| violations.to_string())
}

/// Returns a closure that checks `format`.
macro_rules! check {
    ($format:ident) => {
        |at, value| {
            _ = at.$format(value);
        }
    };
}

#[track_caller]
fn assert_verdicts(check: fn(ValidationContext<'_>, &str), valid: &[&str], invalid: &[&str]) {
    let rejected: Vec<_> = valid.iter().filter(|value| violation(check, value).is_some()).collect();
    let accepted: Vec<_> = invalid.iter().filter(|value| violation(check, value).is_none()).collect();
    assert!(rejected.is_empty() && accepted.is_empty(), "rejected {rejected:?}, accepted {accepted:?}");
}

#[test]
fn dates_must_be_in_the_calendar() {
    let invalid =
        ["2021-02-29", "1900-02-29", "2021-13-01", "2021-1-01", "2021-04-31", "2021-04-00", "", "2021-04-01 "];
    assert_verdicts(check!(date), &["2024-02-29", "2000-02-29", "2021-12-31", "0001-01-01"], &invalid);
    let valid = ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00.5-05:30"];
    let invalid = ["2024-02-29 12:00:00Z", "2024-02-29T", "2024-02-29", "2024-02-30T12:00:00Z", "é024-02-2T12:00:00Z"];
    assert_verdicts(check!(date_time), &valid, &invalid);
}

#[test]
fn times_need_an_offset_and_leap_seconds_the_end_of_a_day() {
    let valid = ["00:00:00Z", "23:59:59.9+23:59", "23:59:60z", "00:59:60+01:00", "22:59:60-01:00"];
    let invalid = [
        "24:00:00Z",
        "12:60:00Z",
        "12:00:00",
        "12:00:00.Z",
        "12:00:61Z",
        "12:00:60Z",
        "12:00:00+24:00",
        "12:00:00+10:60",
        "12:00Z",
    ];
    assert_verdicts(check!(time), &valid, &invalid);
}

#[test]
fn durations_must_not_skip_a_unit() {
    let valid = ["P1Y2M3DT4H5M6S", "PT0S", "P2W", "P1M2D", "PT1M", "P1DT1H"];
    let invalid = ["", "P", "PT", "P1", "P1DT", "P1Y1D", "PT1H1S", "P1WT1H", "P1W1D", "P1D1M", "PT1.5S", "1D", "P1é"];
    assert_verdicts(check!(duration), &valid, &invalid);
}

#[test]
fn uuids_and_ip_addresses_are_strict() {
    let uuid = "2eb8aa08-AA98-11ea-b4aa-73b441d16380";
    assert_verdicts(check!(uuid), &[uuid], &["", &uuid[1..], &uuid.replace('-', "a"), &format!("{{{uuid}}}")]);
    assert_verdicts(
        check!(ipv4),
        &["0.0.0.0", "255.255.255.255"],
        &["1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "::1"],
    );
    assert_verdicts(check!(ipv6), &["::", "::1", "1::2:127.0.0.1"], &["1.2.3.4", ":::", "12345::", "::1%eth0", "::1 "]);
}

#[test]
fn host_names_and_email_addresses_are_strict() {
    let long = "a".repeat(63);
    let too_long = [long.as_str(); 4].join(".");
    let valid = ["a", "1a.b-c.d", &long, &format!("{long}.b")];
    let invalid = ["", ".", "a.", "-a", "a-", "a_b", "ä", "a\n", &format!("{long}a"), &too_long];
    assert_verdicts(check!(hostname), &valid, &invalid);
    let valid = ["a@b", "a.b+c@d-e.fr", "\"a b\"@c.d", "\"a\\\"b\"@c.d", "a@[127.0.0.1]", "a@[IPv6:::1]"];
    let invalid = ["", "a", "@b", "a@", "a.@b", ".a@b", "a..b@c", "a b@c", "a@b@c", "\"a\"b\"@c", "a@[1.2.3]", "ä@b.c"];
    assert_verdicts(check!(email), &valid, &invalid);
}

#[test]
fn base64_needs_padding_and_pointers_valid_escapes() {
    let invalid = ["Z", "Zm8", "Zg=", "Z===", "Zm9v====", "_-_-", "Zm=v", "Zm9v\n"];
    assert_verdicts(check!(byte), &["", "Zm9v", "Zm8=", "Zg==", "+/+/"], &invalid);
    assert_verdicts(check!(json_pointer), &["", "/", "/a~0b/~1", "/é"], &["a", "#/a", "/~", "/~2"]);
}

#[test]
fn a_uri_needs_a_scheme() {
    let uris =
        ["http://a.b/c?d=e#f", "urn:x:y", "mailto:a@b", "http://u:p@[::1]:80/", "http://[v1.a:b]", "a:", "http://a:"];
    let relative = ["/a", "a/b:c", "//a.b/c", "?x", "#f", "", "./a:b", "//"];
    assert_verdicts(check!(uri), &uris, &relative);
    assert_verdicts(check!(uri_reference), &[uris.as_slice(), relative.as_slice()].concat(), &[]);
}

#[test]
fn invalid_uri_references_are_rejected() {
    let invalid = [
        "1a:b",
        ":a",
        "a,b:c",
        "http://a b",
        "http://a/%4",
        "http://a/%zz",
        "http://a:x/",
        "http://[::1",
        "http://[1.2.3.4]",
        "http://[::1]x",
        "http://a/[b]",
        "http://a/ä",
        "http://a@b@c",
        "http://a#b#c",
        "http://a/\\b",
        "http://[v.a]",
        "http://a/\"",
    ];
    assert_verdicts(check!(uri), &[], &invalid);
    assert_verdicts(check!(uri_reference), &[], &invalid);
}

#[test]
fn a_violation_names_the_format_and_omits_a_secret() {
    assert_eq!(violation(check!(date), "2021-04-30"), None);
    assert_eq!(
        violation(check!(date), "2021-04-31").as_deref(),
        Some("body: format date, but the value is \"2021-04-31\"")
    );
    let secret = |at: ValidationContext<'_>, value: &str| {
        _ = at.secret().date(value);
    };
    assert_eq!(violation(secret, "hush").as_deref(), Some("body: format date"));
}

#[test]
fn international_formats_allow_characters_beyond_ascii() {
    assert_verdicts(
        check!(idn_email),
        &["实例@例え.jp", "δοκιμή@example.com", "\"δ δ\"@example.com", "a@b.example"],
        &["2962", "user＠example.com", "a@-é.example", "a b@example.com", "é@", "@é.example"],
    );
    assert_verdicts(
        check!(iri),
        &["http://ƒøø.ßår/?∂=π#î", "urn:é:1", "http://[2001:db8::1]", "http://a/?q=\u{F0000}", "https://a/b"],
        &[
            "/abc",
            "é",
            "\\\\W\\ß",
            "http://a/\n",
            "http://a/\u{F0000}",
            "http://a/\u{FDD0}",
            "http://[v1.é]",
            "http://a/%é1",
        ],
    );
    assert_verdicts(check!(iri_reference), &["/âππ", "#ƒ", "", "http://é"], &["\\\\W\\ß", "#a\\b", "é:b", "a b"]);
    assert_verdicts(check!(uri), &["https://a/b"], &["https://a/é", "http://é/"]);
    assert_verdicts(check!(email), &["a@b"], &["é@b", "a@é", "\"é\"@b"]);
    assert_verdicts(check!(hostname), &["a.b"], &["é.b"]);
}

#[test]
fn uri_templates_have_expressions_in_braces() {
    assert_verdicts(
        check!(uri_template),
        &["", "/pets/{id}{?limit,sort*}", "{+a}{#b}{.c}{/d}{;e}{&f}", "{a.b}", "{%41}", "{v:1000}", "a%41b'é\u{E000}"],
        &[
            "{}",
            "{",
            "}",
            "a}b",
            "{a",
            "{a{b}}",
            "{a,,b}",
            "{a,}",
            "{v:0}",
            "{v:01}",
            "{v:10000}",
            "{v:}",
            "{a..b}",
            "{a b}",
            "a b",
            "a\u{7F}b",
            "{a=b}",
            "{,+a}",
            "{a%4}",
            "%4",
            "a%zz",
            "\"",
            "{a:1*}",
            "{é}",
        ],
    );
}
