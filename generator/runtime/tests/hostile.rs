//! Values made to exhaust whoever judges them. What would take too long is counted, not timed; what would take too much of the stack
//! is judged on that of a thread.

use std::cell::Cell;

use copperplate_runtime::runtime::schema::{AdditionalProperties, JsonType, Keyword, Schema};
use copperplate_runtime::runtime::validation::context::Report;
use copperplate_runtime::runtime::{Direction, Validate, ValidationContext, Violations};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// How many items a long list has.
const MANY: usize = 100_000;

/// How many levels nest.
const LEVELS: usize = 1_000;

/// How many of them a text may have that is read.
const DECODED: usize = 126;

/// An item that counts how often it is read.
struct Counted<'c>(Value, &'c Cell<usize>);

impl Serialize for Counted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.1.set(self.1.get() + 1);
        self.0.serialize(serializer)
    }
}

/// What `uniqueItems` says about a list, and how often it reads an item.
fn repeated(items: impl Iterator<Item = Value>) -> (Option<String>, usize) {
    let reads = Cell::new(0);
    let items: Vec<Counted<'_>> = items.map(|item| Counted(item, &reads)).collect();
    let report = Report::new(Direction::Request);
    _ = ValidationContext::root(&report).unique_items(&items);
    (report.finish().err().map(|found| found.to_string()), reads.get())
}

/// Compared in pairs they would be read ten thousand million times.
#[test]
fn each_of_many_items_is_read_once() {
    let (said, reads) = repeated((0..MANY).map(|id| json!({"id": id, "name": format!("n{id}")})));
    assert_eq!((said, reads), (None, MANY));
    // The same names and numbers, of which only the places differ.
    let alike = (0..MANY).map(|id| json!({"a": id, "b": MANY - 1 - id, "c": [[{}], [], null, "c"]}));
    assert_eq!(repeated(alike), (None, MANY));
    let reordered = (0..MANY).map(|id| json!([id % 300, id / 300, 300 - id % 300]));
    assert_eq!(repeated(reordered), (None, MANY));
}

#[test]
fn the_last_of_many_items_is_compared_with_the_first() {
    let last = json!({"name": "n0", "id": 0.0});
    let items = (0..MANY).map(|id| json!({"id": id, "name": format!("n{id}")})).chain([last]);
    let (said, reads) = repeated(items);
    assert_eq!(said.as_deref(), Some("body: uniqueItems, but it is the same at 0 and 100000"));
    // Once each, and the two that may be the same once more.
    assert_eq!(reads, MANY + 3);
}

/// A list that breaks a rule at every item.
struct Wrong(Vec<String>);

impl Validate for Wrong {
    fn check(&self, at: ValidationContext<'_>) {
        for (index, item) in self.0.iter().enumerate() {
            _ = at.item(index).max_length(item, 3);
        }
    }
}

#[test]
fn ten_thousand_violations_are_counted_and_a_hundred_told() {
    let wrong = Wrong(vec!["é".repeat(1_000); 10_000]);
    let found: Violations = wrong.validate().unwrap_err();
    assert_eq!((found.len(), found.iter().count()), (10_000, Violations::CAP));
    let shown = found.to_string();
    assert!(shown.starts_with("body /0: maxLength 3, but it is 1000; body /1: "), "{shown}");
    assert!(shown.ends_with("and 9900 more") && shown.len() < 100 * Violations::CAP, "{}", shown.len());
    let written = serde_json::to_value(&found).unwrap();
    assert_eq!((written["violations"].as_array().map(Vec::len), &written["omitted"]), (Some(100), &json!(9_900)));
    assert!(!wrong.is_valid() && Wrong(vec![String::new(); 10_000]).is_valid());
}

static TEXT: Schema = Schema(&[Keyword::Type(JsonType::String), Keyword::MaxLength(3)]);
static TREE: Schema = Schema(&[
    Keyword::Items(&TREE),
    Keyword::Properties(&[("next", &TREE), ("label", &TEXT)], AdditionalProperties::Any),
    Keyword::AllOf(&[&NO_NUMBER]),
]);
static NO_NUMBER: Schema = Schema(&[Keyword::Not(&NUMBER)]);
static NUMBER: Schema = Schema(&[Keyword::Type(JsonType::Number)]);

/// Each level is judged by both alternatives, and each of them judges the next: twice as often at every level.
static DOUBLING: Schema = Schema(&[Keyword::OneOf(&[&LEFT, &RIGHT])]);
static LEFT: Schema =
    Schema(&[Keyword::Properties(&[("next", &DOUBLING)], AdditionalProperties::Any), Keyword::Required("left")]);
static RIGHT: Schema =
    Schema(&[Keyword::Properties(&[("next", &DOUBLING)], AdditionalProperties::Any), Keyword::Required("right")]);

fn nested(levels: usize, innermost: Value, level: impl Fn(Value) -> Value) -> Value {
    (0..levels).fold(innermost, |value, _| level(value))
}

fn judged(value: &Value, schema: &Schema) -> Result<(), Violations> {
    let report = Report::new(Direction::Request);
    _ = ValidationContext::root(&report).check_schema(value, schema);
    report.finish()
}

/// Threads have a stack of this size unless they ask for another.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}

#[test]
fn deep_values_are_judged_by_tables() {
    on_a_small_stack(|| {
        let deep = |label: &str| nested(DECODED, json!({"label": label}), |value| json!({"next": value}));
        assert_eq!(judged(&deep("abc"), &TREE), Ok(()));
        let found = judged(&deep("abcd"), &TREE).unwrap_err();
        assert_eq!(found.to_string(), format!("body {}/label: maxLength 3, but it is 4", "/next".repeat(DECODED)));
        for deeper in [
            nested(LEVELS, json!({"label": "abcd"}), |value| json!({"next": value})),
            nested(LEVELS, json!("a"), |value| json!([value])),
        ] {
            let found = judged(&deeper, &TREE).unwrap_err();
            let expected = "body: $ref, but it is nested too deep, or its schemas lead through one another too often";
            assert_eq!(found.to_string(), expected);
        }
        let list = nested(LEVELS, json!("a"), |value| json!([value]));
        let twice = json!([list.clone(), list]);
        let report = Report::new(Direction::Request);
        _ = ValidationContext::root(&report).unique_items(twice.as_array().unwrap());
        assert_eq!(report.finish().unwrap_err().to_string(), "body: uniqueItems, but it is the same at 0 and 1");
    });
}

#[test]
fn alternatives_that_double_at_each_level_come_to_an_end() {
    on_a_small_stack(|| {
        let few = (0..8).fold(json!({"left": 1}), |value, _| json!({"right": 1, "next": value}));
        assert_eq!(judged(&few, &DOUBLING), Ok(()));
        let many = nested(DECODED, json!({"left": 1}), |value| json!({"right": 1, "next": value}));
        let found = judged(&many, &DOUBLING).unwrap_err();
        assert!(found.to_string().contains("lead through one another too often"), "{found}");
        // What was too much for one value is no burden for the next.
        assert_eq!(judged(&few, &DOUBLING), Ok(()));
    });
}
