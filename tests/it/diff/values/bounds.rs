//! Bounds beside listed values, and bounds that are excluded.

use super::{HOLDERS, document};
use crate::diff::{changes, lines};

#[test]
fn a_bound_that_listed_values_do_not_keep_is_told() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    assert_eq!(
        lines(&changes(&body("type: string, maxLength: 4"), &body("type: string, enum: [a, abcde]"))),
        ["request-body-became-enum breaking request", "request-body-max-length-unset safe request"]
    );
    // The values that are left keep the new bound.
    assert_eq!(
        lines(&changes(&body("type: string, enum: [a, abcde]"), &body("type: string, enum: [a], maxLength: 4"))),
        ["request-body-enum-value-removed breaking request"]
    );
}

#[test]
fn an_excluded_bound_is_told_as_the_document_has_it() {
    let body = |value: &str| document(HOLDERS[1].1, value);
    let told = |old: &str, new: &str| {
        let found = changes(&body(old), &body(new));
        let wire = found.into_iter().find(|change| change.level().is_some()).unwrap();
        (wire.message, wire.new.unwrap().pointer.last().unwrap())
    };
    for kind in ["number", "integer"] {
        let (included, excluded) =
            (format!("type: {kind}, minimum: 4"), format!("type: {kind}, minimum: 4, exclusiveMinimum: true"));
        let now = ("the minimum 4 is excluded now".to_owned(), "exclusiveMinimum".to_owned());
        assert_eq!(told(&included, &excluded), now);
        let now = ("the minimum 4 is not excluded any more".to_owned(), "minimum".to_owned());
        assert_eq!(told(&excluded, &included), now);
        let more = format!("type: {kind}, minimum: 7, exclusiveMinimum: true");
        let now = ("minimum is 7 (excluded) instead of 4 (excluded)".to_owned(), "minimum".to_owned());
        assert_eq!(told(&excluded, &more), now);
    }
}
