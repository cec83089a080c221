//! Runs independent work on all processors.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::large_stack::STACK;

/// The number of items that justify one more thread. For fewer items, starting a thread takes longer than the time that the
/// thread saves.
const ITEMS_PER_THREAD: usize = 64;

/// Applies `work` to all items, on at most as many threads as the machine has processors. The results are in the order of the
/// items.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let wanted = items.len() / ITEMS_PER_THREAD + 1;
    // To ask for the number of processors takes longer than the work on a small crate.
    if wanted == 1 {
        return items.iter().map(work).collect();
    }
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(wanted);
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    let mut done = thread::scope(|scope| {
        // If the system cannot start a thread, the other threads do the work.
        let spawned: Vec<_> = (1..threads)
            .filter_map(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).ok())
            .collect();
        let mut done = worker();
        for thread in spawned {
            done.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 63, 64, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(super::map(&items, |item| item + 1), (1..=count).collect::<Vec<_>>());
        }
    }
}
