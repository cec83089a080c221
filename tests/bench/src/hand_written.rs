//! Hand-written validation of the types in `derived.rs`. It checks the same constraints as the emitted code.

use std::fmt::Display;

use crate::derived::{Address, Item, Order, Page};

/// The JSON pointer of a value, and the keyword that the value violates.
pub type Violation = (String, &'static str);

/// Collects violations.
#[derive(Default)]
struct Violations(Vec<Violation>);

impl Violations {
    fn check(&mut self, is_valid: bool, place: impl Display, keyword: &'static str) {
        if !is_valid {
            self.0.push((place.to_string(), keyword));
        }
    }

    fn length(&mut self, text: &str, place: impl Display + Copy, min: usize, max: usize) {
        let count = if text.is_ascii() { text.len() } else { text.chars().count() };
        self.check(count >= min, place, "minLength");
        self.check(count <= max, place, "maxLength");
    }

    fn range(&mut self, number: i64, place: impl Display + Copy, min: i64, max: i64) {
        self.check(number >= min, place, "minimum");
        self.check(number <= max, place, "maximum");
    }

    fn end(self) -> Result<(), Vec<Violation>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

pub fn order(order: &Order) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    check_order(order, "", &mut violations);
    violations.end()
}

pub fn page(page: &Page) -> Result<(), Vec<Violation>> {
    let mut violations = Violations::default();
    violations.range(page.count, "/count", 0, 200);
    if let Some(next) = &page.next {
        violations.length(next, "/next", 1, 64);
        violations.check(is_word(next), "/next", "pattern");
    }
    violations.check(page.orders.len() <= 200, "/orders", "maxItems");
    for (index, order) in page.orders.iter().enumerate() {
        check_order(order, format_args!("/orders/{index}"), &mut violations);
    }
    violations.end()
}

fn check_order(order: &Order, at: impl Display + Copy, violations: &mut Violations) {
    violations.check(is_id(&order.id), format_args!("{at}/id"), "pattern");
    violations.length(&order.customer, format_args!("{at}/customer"), 1, 64);
    if let Some(reference) = &order.reference {
        violations.length(reference, format_args!("{at}/reference"), 4, 32);
        violations.check(is_word(reference), format_args!("{at}/reference"), "pattern");
    }
    violations.check(is_date(&order.placed), format_args!("{at}/placed"), "pattern");
    violations.range(order.priority, format_args!("{at}/priority"), 0, 9);
    violations.range(order.total, format_args!("{at}/total"), 1, 100_000_000);
    if let Some(note) = &order.note {
        violations.length(note, format_args!("{at}/note"), 0, 500);
    }
    check_address(&order.address, format_args!("{at}/address"), violations);
    violations.check(!order.items.is_empty(), format_args!("{at}/items"), "minItems");
    violations.check(order.items.len() <= 50, format_args!("{at}/items"), "maxItems");
    for (index, item) in order.items.iter().enumerate() {
        check_item(item, format_args!("{at}/items/{index}"), violations);
    }
}

fn check_address(address: &Address, at: impl Display + Copy, violations: &mut Violations) {
    violations.length(&address.name, format_args!("{at}/name"), 1, 100);
    violations.length(&address.street, format_args!("{at}/street"), 1, 100);
    violations.length(&address.city, format_args!("{at}/city"), 1, 60);
    let zip = address.zip.as_bytes();
    violations.check(
        (4..=6).contains(&zip.len()) && zip.iter().all(u8::is_ascii_digit),
        format_args!("{at}/zip"),
        "pattern",
    );
    let country = address.country.as_bytes();
    violations.check(
        country.len() == 2 && country.iter().all(u8::is_ascii_uppercase),
        format_args!("{at}/country"),
        "pattern",
    );
}

fn check_item(item: &Item, at: impl Display + Copy, violations: &mut Violations) {
    violations.check(is_sku(&item.sku), format_args!("{at}/sku"), "pattern");
    violations.length(&item.title, format_args!("{at}/title"), 1, 120);
    violations.range(item.quantity, format_args!("{at}/quantity"), 1, 1000);
    violations.range(item.price, format_args!("{at}/price"), 0, 10_000_000);
    if let Some(discount) = item.discount {
        violations.range(discount, format_args!("{at}/discount"), 0, 100);
    }
}

fn is_id(text: &str) -> bool {
    let is_allowed = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    text.strip_prefix("ord_").is_some_and(|rest| rest.len() == 12 && rest.as_bytes().iter().all(is_allowed))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn is_date(text: &str) -> bool {
    let is_allowed = |(index, byte): (usize, &u8)| match index {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.len() == 10 && text.as_bytes().iter().enumerate().all(is_allowed)
}

fn is_sku(text: &str) -> bool {
    match text.as_bytes() {
        [letters @ .., b'-', _, _, _, _, _, _] => {
            letters.len() == 3
                && letters.iter().all(u8::is_ascii_uppercase)
                && text.as_bytes()[4..].iter().all(u8::is_ascii_digit)
        }
        _ => false,
    }
}
