//! Measures times, as the minimum of many interleaved rounds, and counts allocations.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// The system allocator, extended to count allocations.
pub struct CountingAllocator;

static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

/// Counts one allocation. Only one thread allocates, so a load and a store suffice. An atomic increment would slow down the
/// contenders.
fn count() {
    ALLOCATIONS.store(ALLOCATIONS.load(Relaxed) + 1, Relaxed);
}

unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        unsafe { System.realloc(place, layout, size) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

/// A function to measure, with a name.
pub struct Contender<'a> {
    pub name: &'static str,
    run: Box<dyn Fn() + 'a>,
}

/// The result of a measurement.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    pub name: &'static str,
    pub nanoseconds: f64,
    pub allocations: usize,
}

impl<'a> Contender<'a> {
    /// Creates a contender. `run` must pass its result to [`std::hint::black_box`].
    pub fn new(name: &'static str, run: impl Fn() + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }

    /// Measures `repetitions` runs. Before them, an unmeasured run loads the data into the caches, so that the order of the
    /// contenders does not matter.
    fn time(&self, repetitions: u32) -> Duration {
        (self.run)();
        let start = Instant::now();
        for _ in 0..repetitions {
            (self.run)();
        }
        start.elapsed()
    }

    /// Returns the number of times that the contender runs in `slice`.
    fn repetitions(&self, slice: Duration) -> u32 {
        let mut repetitions = 1;
        while self.time(repetitions) < slice / 2 {
            repetitions *= 2;
        }
        repetitions
    }

    fn allocations(&self) -> usize {
        let before = ALLOCATIONS.load(Relaxed);
        (self.run)();
        ALLOCATIONS.load(Relaxed) - before
    }
}

/// Measures all contenders. In each of `rounds` rounds, every contender runs for about `slice`, and its best time counts. A slice
/// is so short that other processes rarely interrupt it. Each round begins with a different contender.
pub fn measure(contenders: &[Contender<'_>], rounds: usize, slice: Duration) -> Vec<Measured> {
    let repetitions: Vec<u32> = contenders.iter().map(|contender| contender.repetitions(slice)).collect();
    let mut best = vec![f64::INFINITY; contenders.len()];
    for round in 0..rounds {
        for place in 0..contenders.len() {
            let turn = (place + round) % contenders.len();
            let elapsed = contenders[turn].time(repetitions[turn]).as_nanos() as f64 / f64::from(repetitions[turn]);
            best[turn] = best[turn].min(elapsed);
        }
    }
    let measured = contenders.iter().zip(best);
    measured
        .map(|(contender, nanoseconds)| Measured {
            name: contender.name,
            nanoseconds,
            allocations: contender.allocations(),
        })
        .collect()
}
