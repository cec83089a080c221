//! Creates the measured documents: a request of 2 KB, a list of 200 KB, requests with violations, and values of any size.

use serde_json::{Value, json};

/// A generator of pseudo-random numbers, which are the same in every run.
struct Numbers(u64);

impl Numbers {
    /// Returns a number below `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn text(&mut self, letters: &str, length: usize) -> String {
        let letters = letters.as_bytes();
        (0..length).map(|_| char::from(letters[self.below(letters.len() as u64) as usize])).collect()
    }

    fn pick(&mut self, listed: &[&'static str]) -> &'static str {
        listed[self.below(listed.len() as u64) as usize]
    }

    fn words(&mut self, count: usize) -> String {
        let words =
            ["steel", "bracket", "with", "wide", "flange", "Größe", "M8", "coated", "pair", "of", "screws", "blue"];
        let words: Vec<&str> = (0..count).map(|_| self.pick(&words)).collect();
        words.join(" ")
    }
}

const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DIGITS: &str = "0123456789";

/// Returns a valid order with `items` items. An order with 16 items has about 2 KB.
fn order(numbers: &mut Numbers, items: usize) -> Value {
    let items: Vec<Value> = (0..items).map(|_| item(numbers)).collect();
    let mut order = json!({
        "id": format!("ord_{}", numbers.text("abcdefghijklmnopqrstuvwxyz0123456789", 12)),
        "customer": format!("{} {}", numbers.text(UPPER, 1), numbers.text(LOWER, 11)),
        "placed": format!("20{}-0{}-1{}", numbers.below(9) + 10, numbers.below(9) + 1, numbers.below(10)),
        "status": numbers.pick(&["draft", "placed", "paid", "shipped", "cancelled"]),
        "currency": numbers.pick(&["EUR", "USD", "CHF", "JPY"]),
        "priority": numbers.below(10),
        "total": numbers.below(100_000_000) + 1,
        "address": {
            "name": format!("{} {}", numbers.text(LOWER, 6), numbers.text(LOWER, 9)),
            "street": format!("{}straße {}", numbers.text(LOWER, 8), numbers.below(200) + 1),
            "city": numbers.text(LOWER, 9),
            "zip": numbers.text(DIGITS, 5),
            "country": numbers.text(UPPER, 2),
        },
        "items": items,
    });
    if numbers.below(2) == 0 {
        order["reference"] = json!(format!("REF-{}", numbers.text(DIGITS, 9)));
        order["note"] = json!(numbers.words(18));
    }
    order
}

fn item(numbers: &mut Numbers) -> Value {
    let mut item = json!({
        "sku": format!("{}-{}", numbers.text(UPPER, 3), numbers.text(DIGITS, 6)),
        "title": numbers.words(6),
        "quantity": numbers.below(1000) + 1,
        "price": numbers.below(10_000_001),
        "kind": numbers.pick(&["goods", "service", "voucher"]),
    });
    if numbers.below(4) == 0 {
        item["discount"] = json!(numbers.below(101));
        item["gift"] = json!(true);
    }
    item
}

/// Returns the request of 2 KB, which is one order.
pub fn request() -> Value {
    let mut order = order(&mut Numbers(7), 14);
    order["reference"] = json!("REF-2026_0042");
    order["note"] = json!(Numbers(8).words(18));
    order
}

/// Returns the list of 200 KB, which is a page of 100 orders.
pub fn list() -> Value {
    let numbers = &mut Numbers(11);
    let orders: Vec<Value> = (0..100).map(|index| order(numbers, 4 + index % 21)).collect();
    json!({"count": orders.len(), "next": "cGFnZS0y", "orders": orders})
}

/// Returns the 2 KB request with seven violations.
pub fn invalid_request() -> Value {
    let mut order = request();
    for (pointer, value, _) in violations().into_iter().step_by(2).take(7) {
        replace(&mut order, pointer, value);
    }
    order
}

/// Returns changes of the 2 KB request. Each change violates one keyword: the JSON pointer, the invalid value, and the violated
/// keyword.
pub fn violations() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/id", json!("ord_A1b2c3d4e5f6"), "pattern"),
        ("/customer", json!(""), "minLength"),
        ("/customer", json!("ü".repeat(65)), "maxLength"),
        ("/placed", json!("2026-1-01"), "pattern"),
        ("/priority", json!(10), "maximum"),
        ("/total", json!(0), "minimum"),
        ("/address/zip", json!("123"), "pattern"),
        ("/note", json!("n".repeat(501)), "maxLength"),
        ("/items/3/sku", json!("ABC_123456"), "pattern"),
        ("/address/country", json!("DEU"), "pattern"),
        ("/items/5/quantity", json!(1001), "maximum"),
        ("/items/0/title", json!(""), "minLength"),
        ("/items/7/discount", json!(-1), "minimum"),
        ("/reference", json!("a b c d"), "pattern"),
        ("/items", json!([]), "minItems"),
    ]
}

/// Returns the 2 KB request with the invalid `value` at `pointer`.
pub fn with_violation(pointer: &str, value: Value) -> Value {
    let mut order = request();
    replace(&mut order, pointer, value);
    order
}

/// Sets a member of an object. Adds the member if it does not exist.
fn replace(document: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
    if let Some(parent) = document.pointer_mut(parent) {
        parent[name] = value;
    }
}

/// Returns an array of unique items.
pub fn unique(count: usize) -> Value {
    let numbers = &mut Numbers(13);
    let lines: Vec<Value> = (0..count)
        .map(|index| {
            let mut line = item(numbers);
            line["title"] = json!(format!("line {index}"));
            line
        })
        .collect();
    json!({"lines": lines})
}

/// Returns payments with `count` cards in the array `member`. According to `member`, the cards are variants of a union with a
/// discriminator, variants of a union without one, or plain objects.
pub fn payments(member: &str, count: usize, number: &str) -> Value {
    let card = json!({"method": "card", "number": number, "holder": "A. Nother"});
    let mut payments = json!({"named": [], "tried": []});
    payments[member] = Value::Array(vec![card; count]);
    payments
}
