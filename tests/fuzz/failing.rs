//! Runs that fail on purpose, to test that each kind of failure is found.

use std::hint::black_box;
use std::process::abort;
use std::thread;
use std::time::Duration;

use crate::Target;
use crate::input::Input;
use crate::pipeline::Commands;
use crate::random::Seeded;

/// The ways to fail, and one run that passes.
const WAYS: &[&str] = &["panic", "overflow", "memory", "hang", "abort", "pass"];

/// Creates an input whose content is one of [`WAYS`], with letters around it that shrinking must remove.
pub fn input(random: &mut Seeded) -> Input {
    let content = format!("xxx{}xxx", random.of(WAYS)).into_bytes();
    Input { target: Target::Failing, name: "failing.txt".to_owned(), content, old: None, commands: Commands::ALL }
}

/// Fails in the way that the content contains.
pub fn run(content: &[u8]) {
    let contains = |way: &str| String::from_utf8_lossy(content).contains(way);
    if contains("panic") {
        panic!("on purpose");
    } else if contains("overflow") {
        black_box(recurse(1));
    } else if contains("memory") {
        black_box(Vec::<u8>::with_capacity(1 << 40));
    } else if contains("hang") {
        loop {
            thread::sleep(Duration::from_secs(1));
        }
    } else if contains("abort") {
        abort();
    }
}

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { recurse(depth + 1) + frame[1] }
}
