//! The types of the measured documents, with derived implementations: deserialization by serde, validation by garde and
//! validator. The hand-written validation uses these types too.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};
use validator::Validate as _;

macro_rules! patterns {
    ($($name:ident $text:literal;)*) => {
        $(static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).unwrap());)*
    };
}

patterns! {
    ID "^ord_[a-z0-9]{12}$";
    WORD "^[A-Za-z0-9_-]+$";
    DATE "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
    ZIP "^[0-9]{4,6}$";
    COUNTRY "^[A-Z]{2}$";
    SKU "^[A-Z]{3}-[0-9]{6}$";
}

#[derive(Debug, Deserialize, Serialize, garde::Validate, validator::Validate)]
pub struct Order {
    #[garde(pattern(ID))]
    #[validate(regex(path = *ID))]
    pub id: String,
    #[garde(length(chars, min = 1, max = 64))]
    #[validate(length(min = 1, max = 64))]
    pub customer: String,
    #[garde(length(chars, min = 4, max = 32), pattern(WORD))]
    #[validate(length(min = 4, max = 32), regex(path = *WORD))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[garde(pattern(DATE))]
    #[validate(regex(path = *DATE))]
    pub placed: String,
    #[garde(skip)]
    pub status: Status,
    #[garde(skip)]
    pub currency: Currency,
    #[garde(range(min = 0, max = 9))]
    #[validate(range(min = 0, max = 9))]
    pub priority: i64,
    #[garde(range(min = 1, max = 100_000_000))]
    #[validate(range(min = 1, max = 100_000_000))]
    pub total: i64,
    #[garde(length(chars, max = 500))]
    #[validate(length(max = 500))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[garde(dive)]
    #[validate(nested)]
    pub address: Address,
    #[garde(length(min = 1, max = 50), dive)]
    #[validate(length(min = 1, max = 50), nested)]
    pub items: Vec<Item>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Draft,
    Placed,
    Paid,
    Shipped,
    Cancelled,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Eur,
    Usd,
    Chf,
    Jpy,
}

#[derive(Debug, Deserialize, Serialize, garde::Validate, validator::Validate)]
pub struct Address {
    #[garde(length(chars, min = 1, max = 100))]
    #[validate(length(min = 1, max = 100))]
    pub name: String,
    #[garde(length(chars, min = 1, max = 100))]
    #[validate(length(min = 1, max = 100))]
    pub street: String,
    #[garde(length(chars, min = 1, max = 60))]
    #[validate(length(min = 1, max = 60))]
    pub city: String,
    #[garde(pattern(ZIP))]
    #[validate(regex(path = *ZIP))]
    pub zip: String,
    #[garde(pattern(COUNTRY))]
    #[validate(regex(path = *COUNTRY))]
    pub country: String,
}

#[derive(Debug, Deserialize, Serialize, garde::Validate, validator::Validate)]
pub struct Item {
    #[garde(pattern(SKU))]
    #[validate(regex(path = *SKU))]
    pub sku: String,
    #[garde(length(chars, min = 1, max = 120))]
    #[validate(length(min = 1, max = 120))]
    pub title: String,
    #[garde(range(min = 1, max = 1000))]
    #[validate(range(min = 1, max = 1000))]
    pub quantity: i64,
    #[garde(range(min = 0, max = 10_000_000))]
    #[validate(range(min = 0, max = 10_000_000))]
    pub price: i64,
    #[garde(skip)]
    pub kind: Kind,
    #[garde(range(min = 0, max = 100))]
    #[validate(range(min = 0, max = 100))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<i64>,
    #[garde(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gift: Option<bool>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Goods,
    Service,
    Voucher,
}

#[derive(Debug, Deserialize, Serialize, garde::Validate, validator::Validate)]
pub struct Page {
    #[garde(range(min = 0, max = 200))]
    #[validate(range(min = 0, max = 200))]
    pub count: i64,
    #[garde(length(chars, min = 1, max = 64), pattern(WORD))]
    #[validate(length(min = 1, max = 64), regex(path = *WORD))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[garde(length(max = 200), dive)]
    #[validate(length(max = 200), nested)]
    pub orders: Vec<Order>,
}
