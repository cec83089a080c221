//! The formats of strings, by what they accept and refuse.

use copperplate_runtime::runtime::validation::context::Report;
use copperplate_runtime::runtime::{Direction, ValidationContext};

/// What the check of a format says about a value; nothing where it is right.
fn said(check: fn(ValidationContext<'_>, &str), value: &str) -> Option<String> {
    let report = Report::new(Direction::Request);
    check(ValidationContext::root(&report), value);
    report.finish().err().map(|found| found.to_string())
}

/// A check as a function that can be handed over.
macro_rules! check {
    ($format:ident) => {
        |at, value| {
            _ = at.$format(value);
        }
    };
}

#[track_caller]
fn verdicts(check: fn(ValidationContext<'_>, &str), right: &[&str], wrong: &[&str]) {
    let refused: Vec<_> = right.iter().filter(|value| said(check, value).is_some()).collect();
    let accepted: Vec<_> = wrong.iter().filter(|value| said(check, value).is_none()).collect();
    assert!(refused.is_empty() && accepted.is_empty(), "refused {refused:?}, accepted {accepted:?}");
}

#[test]
fn dates_are_those_of_the_calendar() {
    let wrong = ["2021-02-29", "1900-02-29", "2021-13-01", "2021-1-01", "2021-04-31", "2021-04-00", "", "2021-04-01 "];
    verdicts(check!(date), &["2024-02-29", "2000-02-29", "2021-12-31", "0001-01-01"], &wrong);
    let right = ["2024-02-29T12:00:00Z", "2024-02-29t12:00:00.5-05:30"];
    let wrong = ["2024-02-29 12:00:00Z", "2024-02-29T", "2024-02-29", "2024-02-30T12:00:00Z", "é024-02-2T12:00:00Z"];
    verdicts(check!(date_time), &right, &wrong);
}

#[test]
fn times_have_an_offset_and_leap_seconds_a_place() {
    let right = ["00:00:00Z", "23:59:59.9+23:59", "23:59:60z", "00:59:60+01:00", "22:59:60-01:00"];
    let wrong = [
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
    verdicts(check!(time), &right, &wrong);
}

#[test]
fn durations_leave_no_unit_out() {
    let right = ["P1Y2M3DT4H5M6S", "PT0S", "P2W", "P1M2D", "PT1M", "P1DT1H"];
    let wrong = ["", "P", "PT", "P1", "P1DT", "P1Y1D", "PT1H1S", "P1WT1H", "P1W1D", "P1D1M", "PT1.5S", "1D", "P1é"];
    verdicts(check!(duration), &right, &wrong);
}

#[test]
fn addresses_are_exact() {
    let uuid = "2eb8aa08-AA98-11ea-b4aa-73b441d16380";
    verdicts(check!(uuid), &[uuid], &["", &uuid[1..], &uuid.replace('-', "a"), &format!("{{{uuid}}}")]);
    verdicts(check!(ipv4), &["0.0.0.0", "255.255.255.255"], &["1.2.3", "1.2.3.256", "01.2.3.4", "1.2.3.4 ", "::1"]);
    verdicts(check!(ipv6), &["::", "::1", "1::2:127.0.0.1"], &["1.2.3.4", ":::", "12345::", "::1%eth0", "::1 "]);
}

#[test]
fn host_names_and_addresses_of_mail_are_exact() {
    let long = "a".repeat(63);
    let too_long = [long.as_str(); 4].join(".");
    let right = ["a", "1a.b-c.d", &long, &format!("{long}.b")];
    let wrong = ["", ".", "a.", "-a", "a-", "a_b", "ä", "a\n", &format!("{long}a"), &too_long];
    verdicts(check!(hostname), &right, &wrong);
    let right = ["a@b", "a.b+c@d-e.fr", "\"a b\"@c.d", "\"a\\\"b\"@c.d", "a@[127.0.0.1]", "a@[IPv6:::1]"];
    let wrong = ["", "a", "@b", "a@", "a.@b", ".a@b", "a..b@c", "a b@c", "a@b@c", "\"a\"b\"@c", "a@[1.2.3]", "ä@b.c"];
    verdicts(check!(email), &right, &wrong);
}

#[test]
fn base64_and_pointers_are_whole() {
    let wrong = ["Z", "Zm8", "Zg=", "Z===", "Zm9v====", "_-_-", "Zm=v", "Zm9v\n"];
    verdicts(check!(byte), &["", "Zm9v", "Zm8=", "Zg==", "+/+/"], &wrong);
    verdicts(check!(json_pointer), &["", "/", "/a~0b/~1", "/é"], &["a", "#/a", "/~", "/~2"]);
}

#[test]
fn a_uri_has_a_scheme() {
    let uris =
        ["http://a.b/c?d=e#f", "urn:x:y", "mailto:a@b", "http://u:p@[::1]:80/", "http://[v1.a:b]", "a:", "http://a:"];
    let relative = ["/a", "a/b:c", "//a.b/c", "?x", "#f", "", "./a:b", "//"];
    verdicts(check!(uri), &uris, &relative);
    verdicts(check!(uri_reference), &[uris.as_slice(), relative.as_slice()].concat(), &[]);
}

#[test]
fn what_rfc_3986_does_not_spell_is_no_reference() {
    let wrong = [
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
    verdicts(check!(uri), &[], &wrong);
    verdicts(check!(uri_reference), &[], &wrong);
}

#[test]
fn a_violation_names_the_format_and_hides_a_secret() {
    assert_eq!(said(check!(date), "2021-04-30"), None);
    assert_eq!(said(check!(date), "2021-04-31").as_deref(), Some("body: format date, but it is \"2021-04-31\""));
    let secret = |at: ValidationContext<'_>, value: &str| {
        _ = at.secret().date(value);
    };
    assert_eq!(said(secret, "hush").as_deref(), Some("body: format date"));
}
