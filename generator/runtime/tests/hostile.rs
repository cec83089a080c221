//! Tests that validation of a hostile value takes limited time and does not overflow the stack. The tests count
//! serialized items and violations, and never measure time. Deeply nested values are validated on a thread with the
//! default stack size.

use std::cell::Cell;

use copperplate_runtime::runtime::schema::{AdditionalProperties, JsonType, Keyword, Schema};
use copperplate_runtime::runtime::validation::report::Report;
use copperplate_runtime::runtime::{Direction, Validate, ValidationContext, Violations};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// The number of items in a long array.
const ITEMS: usize = 100_000;

/// The number of levels in a deeply nested value.
const LEVELS: usize = 1_000;

/// The maximal nesting depth of a JSON text that `serde_json` parses. The innermost object is not counted.
const DECODED_LEVELS: usize = 126;

/// An item that counts how often it is serialized.
struct Counted<'c>(Value, &'c Cell<usize>);

impl Serialize for Counted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.set(self.1.get() + 1);
        self.0.serialize(serializer)
    }
}

/// Checks `uniqueItems`. Returns the violation, and the total number of serializations of items.
fn unique_items(items: impl Iterator<Item = Value>) -> (Option<String>, usize) {
    let reads = Cell::new(0);
    let items: Vec<Counted<'_>> = items.map(|item| Counted(item, &reads)).collect();
    let report = Report::new(Direction::Request);
    _ = ValidationContext::root(&report).unique_items(&items);
    (report.finish().err().map(|violations| violations.to_string()), reads.get())
}

/// Without fingerprints, each item would be serialized again for each other item: ten thousand million times in total.
#[test]
fn each_of_many_items_is_serialized_once() {
    let (violation, reads) = unique_items((0..ITEMS).map(|id| json!({"id": id, "name": format!("n{id}")})));
    assert_eq!((violation, reads), (None, ITEMS));
    // All these items have the same member names. For each item, another item has the same two numbers with the names
    // swapped.
    let alike = (0..ITEMS).map(|id| json!({"a": id, "b": ITEMS - 1 - id, "c": [[{}], [], null, "c"]}));
    assert_eq!(unique_items(alike), (None, ITEMS));
    let reordered = (0..ITEMS).map(|id| json!([id % 300, id / 300, 300 - id % 300]));
    assert_eq!(unique_items(reordered), (None, ITEMS));
}

#[test]
fn the_last_of_many_items_can_duplicate_the_first() {
    let last = json!({"name": "n0", "id": 0.0});
    let items = (0..ITEMS).map(|id| json!({"id": id, "name": format!("n{id}")})).chain([last]);
    let (violation, reads) = unique_items(items);
    assert_eq!(violation.as_deref(), Some("body: uniqueItems, but there are equal items at 0 and 100000"));
    // Each of the `ITEMS + 1` items is serialized once. The two items with equal fingerprints are serialized a second
    // time.
    assert_eq!(reads, ITEMS + 3);
}

/// An array in which every item is invalid.
struct Invalid(Vec<String>);

impl Validate for Invalid {
    fn check(&self, at: ValidationContext<'_>) {
        for (index, item) in self.0.iter().enumerate() {
            _ = at.item(index).max_length(item, 3);
        }
    }
}

#[test]
fn of_ten_thousand_violations_a_hundred_are_kept() {
    let invalid = Invalid(vec!["é".repeat(1_000); 10_000]);
    let found: Violations = invalid.validate().unwrap_err();
    assert_eq!((found.len(), found.iter().count()), (10_000, Violations::CAP));
    let shown = found.to_string();
    assert!(shown.starts_with("body /0: maxLength 3, but the length is 1000; body /1: "), "{shown}");
    assert!(shown.ends_with("and 9900 more") && shown.len() < 100 * Violations::CAP, "{}", shown.len());
    let written = serde_json::to_value(&found).unwrap();
    assert_eq!((written["violations"].as_array().map(Vec::len), &written["omitted"]), (Some(100), &json!(9_900)));
    assert!(!invalid.is_valid() && Invalid(vec![String::new(); 10_000]).is_valid());
}

static TEXT: Schema = Schema(&[Keyword::Type(JsonType::String), Keyword::MaxLength(3)]);
static TREE: Schema = Schema(&[
    Keyword::Items(&TREE),
    Keyword::Properties(&[("label", &TEXT), ("next", &TREE)], AdditionalProperties::Any),
    Keyword::AllOf(&[&NO_NUMBER]),
]);
static NO_NUMBER: Schema = Schema(&[Keyword::Not(&NUMBER)]);
static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);

/// At each level, both variants of the `oneOf` validate the next level. If no verdict were remembered, the work would
/// double at every level.
static ONE_OF_TWO: Schema = Schema(&[Keyword::OneOf(&[&LEFT, &RIGHT])]);
static LEFT: Schema =
    Schema(&[Keyword::Properties(&[("next", &ONE_OF_TWO)], AdditionalProperties::Any), Keyword::Required("left")]);
static RIGHT: Schema =
    Schema(&[Keyword::Properties(&[("next", &ONE_OF_TWO)], AdditionalProperties::Any), Keyword::Required("right")]);

/// At each level, two schemas describe the violations of the next level.
static TWICE: Schema = Schema(&[Keyword::AllOf(&[&ONCE, &ONCE])]);
static ONCE: Schema = Schema(&[Keyword::Properties(&[("label", &TEXT), ("next", &TWICE)], AdditionalProperties::Any)]);

fn nested(levels: usize, innermost: Value, level: impl Fn(Value) -> Value) -> Value {
    (0..levels).fold(innermost, |value, _| level(value))
}

fn validate(value: &Value, schema: &'static Schema) -> Result<(), Violations> {
    let report = Report::new(Direction::Request);
    _ = ValidationContext::root(&report).check_schema(value, schema);
    report.finish()
}

/// Runs a function on a thread with the default stack size.
fn on_the_stack_of_a_thread(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn deep_values_do_not_overflow_the_stack() {
    on_the_stack_of_a_thread(|| {
        let deep = |label: &str| nested(DECODED_LEVELS, json!({"label": label}), |value| json!({"next": value}));
        assert_eq!(validate(&deep("abc"), &TREE), Ok(()));
        let found = validate(&deep("abcd"), &TREE).unwrap_err();
        assert_eq!(
            found.to_string(),
            format!("body {}/label: maxLength 3, but the length is 4", "/next".repeat(DECODED_LEVELS))
        );
        for deeper in [
            nested(LEVELS, json!({"label": "abcd"}), |value| json!({"next": value})),
            nested(LEVELS, json!("a"), |value| json!([value])),
        ] {
            let found = validate(&deeper, &TREE).unwrap_err();
            let expected =
                "body: $ref, but the value is nested too deeply, or its schemas refer to one another too often";
            assert_eq!(found.to_string(), expected);
        }
        let list = nested(LEVELS, json!("a"), |value| json!([value]));
        let twice = json!([list.clone(), list]);
        let report = Report::new(Direction::Request);
        _ = ValidationContext::root(&report).unique_items(twice.as_array().unwrap());
        assert_eq!(report.finish().unwrap_err().to_string(), "body: uniqueItems, but there are equal items at 0 and 1");
    });
}

#[test]
fn work_that_would_double_at_each_level_is_done_once() {
    on_the_stack_of_a_thread(|| {
        let chain = |last: Value| nested(DECODED_LEVELS, last, |value| json!({"right": 1, "next": value}));
        assert_eq!(validate(&chain(json!({"left": 1})), &ONE_OF_TWO), Ok(()));
        let both = validate(&chain(json!({"left": 1, "right": 1})), &ONE_OF_TWO).unwrap_err();
        assert_eq!(both.to_string(), "body: oneOf, but there are 0 matching variants");
    });
}

#[test]
fn violations_that_are_described_again_at_each_level_are_limited() {
    on_the_stack_of_a_thread(|| {
        let chain = |levels, label| nested(levels, json!({"label": label}), |value| json!({"next": value}));
        assert_eq!(validate(&chain(DECODED_LEVELS, "abc"), &TWICE), Ok(()));
        let few = validate(&chain(3, "abcd"), &TWICE).unwrap_err();
        assert_eq!(few.to_string(), "body /next/next/next/label: maxLength 3, but the length is 4");
        let many = validate(&chain(DECODED_LEVELS, "abcd"), &TWICE).unwrap_err();
        assert!(many.to_string().contains("refer to one another too often"), "{many}");
        // The exhausted budget does not affect the next value.
        assert_eq!(validate(&chain(3, "abc"), &TWICE), Ok(()));
    });
}

/// A value of a generated type, whose parts have tables of their own.
struct Parts(Vec<Value>);

impl Validate for Parts {
    fn check(&self, at: ValidationContext<'_>) {
        for (index, part) in self.0.iter().enumerate() {
            _ = at.item(index).check_schema(part, &TWICE);
        }
    }
}

#[test]
fn the_parts_of_a_value_share_a_budget() {
    let part = |label| nested(8, json!({"label": label}), |value| json!({"next": value}));
    let exhausted = |parts: Vec<Value>| {
        let found = Parts(parts).validate().err();
        found.is_some_and(|found| found.to_string().contains("refer to one another too often"))
    };
    assert_eq!(Parts(vec![part("abc"); 1_000]).validate(), Ok(()));
    assert!(!exhausted(vec![part("abcd"); 2]));
    assert!(exhausted(vec![part("abcd"); 100]));
}

/// Each violation in a member has a copy of the name of the member.
#[test]
fn violations_contain_only_the_start_of_a_long_name() {
    let name = "k".repeat(1_000_000);
    let report = Report::new(Direction::Response);
    let root = ValidationContext::root(&report);
    let member = root.additional_member(&name);
    (0..10).for_each(|index| member.item(index).report_violation("type", None, None));
    let found = report.finish().unwrap_err();
    let lengths = found.iter().map(|violation| violation.pointer.len()).max();
    assert_eq!((found.len(), lengths), (10, Some(206)));
}

/// A schema can have long names and lists of values, and each violation of it refers to them.
#[test]
fn violations_contain_only_the_start_of_a_limit_and_of_a_schema() {
    static ENUM: Schema = Schema(&[Keyword::Enum(&["\"a\""; 1_000])]);
    let name = "p".repeat(10_000);
    let report = Report::new(Direction::Response);
    let root = ValidationContext::root(&report).with_schema("#/components/schemas/A");
    let members = [name.as_str(); 15];
    fn descend(at: ValidationContext<'_>, names: &[&str]) {
        match names {
            [] => ENUM.check(&json!(1), at),
            [first, rest @ ..] => descend(at.member(first), rest),
        }
    }
    descend(root, &members[..1]);
    descend(root, &members);
    root.report_violation("pattern", Some("é".repeat(2_000)), None);
    let found = report.finish().unwrap_err();
    let lengths: Vec<_> = found
        .iter()
        .map(|found| (found.schema.as_ref().unwrap().chars().count(), found.limit.as_ref().unwrap().chars().count()))
        .collect();
    assert_eq!(lengths, [(22 + 12 + 201, 1_001), (2_001, 1_001), (22, 1_001)]);
}

/// A member can be a secret although the object is not marked as one.
#[test]
fn violations_do_not_contain_members_and_items() {
    static OBJECT: Schema = Schema(&[Keyword::Type(JsonType::Object)]);
    static ARRAY: Schema = Schema(&[Keyword::Type(JsonType::Array)]);
    static NOTHING: Schema = Schema(&[Keyword::Not(&ANYTHING)]);
    static ANYTHING: Schema = Schema(&[]);
    static LISTED: Schema = Schema(&[Keyword::Enum(&["1", "[2]"])]);
    let shown = |schema: &'static Schema, value: Value| {
        let report = Report::new(Direction::Response);
        schema.check(&value, ValidationContext::root(&report));
        report.finish().unwrap_err().to_string()
    };
    let token = json!({"access_token": "hunter2", "a": 1});
    assert_eq!(shown(&ARRAY, token.clone()), "body: type array, but the value is an object with 2 members");
    assert_eq!(shown(&NOTHING, json!([token])), "body: not, but the value is an array with 1 item");
    assert_eq!(shown(&LISTED, json!([])), "body: enum 1, [2], but the value is an array with 0 items");
    assert_eq!(shown(&OBJECT, json!("a\n")), "body: type object, but the value is \"a\\n\"");
    let long = shown(&OBJECT, json!("é".repeat(1_000)));
    assert_eq!(long, format!("body: type object, but the value is \"{}…", "é".repeat(63)));
    assert_eq!(
        shown(&OBJECT, json!("é".repeat(62))),
        format!("body: type object, but the value is \"{}\"", "é".repeat(62))
    );
}

#[test]
fn violations_do_not_contain_names_of_members_of_a_secret() {
    let report = Report::new(Direction::Request);
    let root = ValidationContext::root(&report);
    let map = root.query("so").secret();
    for name in ["hunter2", "hunter3"] {
        map.additional_member(name).report_violation("maxLength", Some("3".to_owned()), Some("9".to_owned()));
    }
    map.additional_member("hunter2").report_in_parent_schema("additionalProperties", None, None);
    map.member("id").item(0).report_violation("type", None, None);
    root.member("keys").secret().additional_member("hunter4").report_violation("minLength", None, None);
    root.member("names").additional_member("shown").report_violation("minLength", None, None);
    let found = report.finish().unwrap_err();
    let expected = [
        "query so/***: maxLength 3, but the length is 9",
        "query so/***: maxLength 3, but the length is 9",
        "query so/***: additionalProperties",
        "query so/id/0: type",
        "body /keys/***: minLength",
        "body /names/shown: minLength",
    ];
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    assert!(!format!("{found:?}").contains("hunter"));
}

/// A schema such as `then` applies to a member without repeating that the member is a secret.
#[test]
fn a_table_that_does_not_mark_secrets_does_not_show_them() {
    static SHORT: Schema = Schema(&[Keyword::Enum(&["1"])]);
    static BOTH: Schema =
        Schema(&[Keyword::Properties(&[("name", &SHORT), ("token", &SHORT)], AdditionalProperties::None)]);
    static NESTED: Schema = Schema(&[Keyword::AllOf(&[&BOTH])]);
    let value = json!({"name": "shown", "token": "hunter2"});
    let shown = |check: fn(ValidationContext<'_>, &Value)| {
        let report = Report::new(Direction::Response);
        check(ValidationContext::root(&report), &value);
        report.finish().unwrap_err().to_string()
    };
    assert_eq!(
        shown(|at, value| _ = at.check_schema_with_secrets(value, &NESTED, &["token"])),
        "body /name: enum 1, but the value is \"shown\"; body /token: enum 1"
    );
    assert_eq!(
        shown(|at, value| _ = at.check_schema_of_secret(value, &NESTED)),
        "body /name: enum 1; body /token: enum 1"
    );
}
