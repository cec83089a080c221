//! Reads `x-sunset`, `x-stability-level` and `security` of each operation from the unresolved document. The resolved document has
//! neither these extensions nor the scopes in `security`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::Document;

/// The `Lifecycle` of each operation, by the JSON Pointer of the operation. An operation whose `Lifecycle` equals the default is
/// omitted.
pub type Lifecycles = HashMap<Pointer, Lifecycle>;

/// The `x-sunset`, `x-stability-level` and `security` of an operation, as read from the unresolved document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lifecycle {
    /// The date in `x-sunset`, such as `2027-01-31`. The operation will not be removed before this date.
    pub(super) sunset: Option<String>,
    /// The level in `x-stability-level`, such as `beta`.
    pub(super) stability: Option<String>,
    /// Whether the operation has its own `security`. If not, the `security` of the document applies.
    pub(super) own_security: bool,
    /// The scopes that the `security` of the operation requires, by the name of the security scheme.
    pub(super) scopes: BTreeMap<String, BTreeSet<String>>,
}

/// Returns the `Lifecycle` of each operation of `document`. `raw` is the same document as an unresolved JSON tree.
pub fn lifecycles(raw: &Value, document: &Document) -> Lifecycles {
    let lifecycles = document.operations.iter().filter_map(|operation| {
        let members = raw.pointer(operation.pointer.as_str())?;
        let text = |key: &str| members.get(key).and_then(Value::as_str).map(str::to_owned);
        let lifecycle = Lifecycle {
            sunset: text("x-sunset"),
            stability: text("x-stability-level"),
            own_security: members.get("security").is_some(),
            scopes: scopes(members.get("security").or(raw.get("security"))),
        };
        Some((operation.pointer.clone(), lifecycle))
    });
    lifecycles.filter(|(_, lifecycle)| *lifecycle != Lifecycle::default()).collect()
}

/// Returns the scopes in a `security` list, by the name of the security scheme.
fn scopes(security: Option<&Value>) -> BTreeMap<String, BTreeSet<String>> {
    let mut scopes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let alternatives = security.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object);
    for (scheme, required) in alternatives.flatten() {
        let required = required.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
        scopes.entry(scheme.clone()).or_default().extend(required);
    }
    scopes.retain(|_, required| !required.is_empty());
    scopes
}

impl Lifecycle {
    /// Returns the date in `x-sunset` if it is in the future.
    pub(super) fn future_sunset(&self) -> Option<&str> {
        let sunset = self.sunset.as_deref()?;
        (sunset.get(..10)? > today().as_str()).then_some(sunset)
    }
}

/// Returns the current date, such as `2027-01-31`. If the clock is set before 1970, returns a date far in the future, after every
/// `x-sunset`.
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(u64::MAX >> 20, |since| since.as_secs() / 86_400);
    // Years are counted from March, so that a leap day is the last day of its year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    format!("{:04}-{month:02}-{day_of_month:02}", era * 400 + year)
}
