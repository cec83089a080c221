//! Computes the characters of Unicode properties such as `\p{L}`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use regress::Regex;

use crate::pattern::syntax::SharedClass;

/// All characters, in ascending order.
static ALL: LazyLock<String> = LazyLock::new(|| ('\0'..=char::MAX).collect());

/// The classes that have already been computed, by escape, such as `\p{L}`. The computation of one class takes some milliseconds.
static KNOWN: LazyLock<Mutex<HashMap<String, SharedClass>>> = LazyLock::new(Mutex::default);

/// Returns the class of an escape such as `\p{L}`; `None` if there is no such property.
pub(super) fn class(escape: &str) -> Option<SharedClass> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(class) = known.get(escape) {
        return Some(class.clone());
    }
    let runs = Regex::with_flags(&format!("{escape}+"), "u").ok()?;
    let run = |found: regress::Match| {
        let mut letters = ALL.get(found.range())?.chars();
        let first = letters.next()?;
        Some((first, letters.next_back().unwrap_or(first)))
    };
    let class: SharedClass = runs.find_iter(&ALL).filter_map(run).collect();
    known.insert(escape.to_owned(), class.clone());
    Some(class)
}
