// copperplate runtime: copied into each generated crate that uses it.
//! Checks the keyword `uniqueItems`.

use std::collections::HashMap;
use std::hash::RandomState;

use serde::Serialize;

use crate::runtime::decoding::json_copy::{CopyError, copy};
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::deadline;
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::fingerprint::FingerprintSerializer;

/// Up to this number of items, the hash of each item is compared with the hashes of all earlier items. For a longer
/// array, a hash table is faster.
const FEW: usize = 16;

/// Returns the indexes of the first two equal items. A fingerprint, which is a hash, is computed for each item. Two
/// items are compared as JSON only if their fingerprints are equal. After the deadline of a response, the other items are not
/// compared.
fn first_duplicate<T: Serialize>(items: &[T]) -> Option<(usize, usize)> {
    let fingerprints = FingerprintSerializer(&RandomState::new());
    let mut few = [0; FEW];
    let mut many = HashMap::new();
    if items.len() > FEW {
        if deadline::has_passed(items.len()) {
            return None;
        }
        many.reserve(items.len());
    }
    for (index, item) in items.iter().enumerate() {
        let fingerprint = match item.serialize(fingerprints) {
            Ok(fingerprint) => fingerprint,
            Err(_) if deadline::has_passed(0) => return None,
            // An item with NaN or an infinity has no fingerprint. Building the request reports such an item.
            Err(_) => continue,
        };
        let earlier = if items.len() > FEW {
            match many.get(&fingerprint) {
                None => {
                    many.insert(fingerprint, index);
                    None
                }
                earlier => earlier.copied(),
            }
        } else {
            let earlier = few[..index].iter().position(|earlier| *earlier == fingerprint);
            few[index] = fingerprint;
            earlier
        };
        if let Some(earlier) = earlier.filter(|earlier| equal_as_json(&items[*earlier], item)) {
            return Some((earlier, index));
        }
    }
    None
}

/// Returns whether two items with the same fingerprint are equal as JSON values. Items with an integer beyond 64 bits
/// are compared as JSON text. Items with too large copies are not compared.
fn equal_as_json<T: Serialize>(left: &T, right: &T) -> bool {
    match (copy(left), copy(right)) {
        (Ok(left), Ok(right)) => equal(&left, &right),
        // Items with equal fingerprints are equal with near certainty: the key of the hash is random.
        (Err(CopyError::Excess), _) | (_, Err(CopyError::Excess)) => true,
        _ => serde_json::to_vec(left).ok() == serde_json::to_vec(right).ok(),
    }
}

impl ValidationContext<'_> {
    /// Checks `uniqueItems`: no two items may be equal as JSON values.
    pub fn unique_items<T: Serialize>(self, items: &[T]) -> Self {
        if items.len() > 1
            && self.has_json()
            && let Some((earlier, later)) = first_duplicate(items)
        {
            self.report_violation("uniqueItems", None, Some(format!("equal items at {earlier} and {later}")));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Duration;

    use serde::Serializer;

    use super::*;

    thread_local! {
        static READS: Cell<usize> = const { Cell::new(0) };
    }

    /// An item that counts how often it is serialized.
    struct Counted(usize);

    impl Serialize for Counted {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            READS.set(READS.get() + 1);
            self.0.serialize(serializer)
        }
    }

    #[test]
    fn few_items_are_compared_after_the_deadline() {
        let items: Vec<Counted> = (0..100_000).map(Counted).collect();
        let reads_of = |items: &[Counted]| {
            READS.set(0);
            assert_eq!(first_duplicate(items), None);
            READS.get()
        };
        assert_eq!(reads_of(&items), 100_000);
        deadline::within(Duration::ZERO, || {
            // The first array ends while it is compared, and the second one before.
            assert!(reads_of(&items[..9_000]) < 9_000);
            assert_eq!(reads_of(&items), 0);
        });
    }
}
