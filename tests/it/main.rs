//! The integration tests, as one test binary.

/// Tests of the source tree: layers, imports, and the size of files and functions.
mod architecture;
/// The command line: exit codes, drift, and files that are never overwritten.
mod command;
/// `README.md` of generated crates: its text, its snippets compiled, text of documents in it.
mod crate_readme;
/// `diff`: a pair of documents for each rule, and changes that it ignores.
mod diff;
/// The pages of the finding codes.
mod findings;
/// The generated code of `cases/*.yaml`, as a caller uses it.
mod fixtures;
/// Documents and values that would exhaust time, memory or the stack.
mod hostile;
/// The files of a large crate, and the features of its tags.
mod layout;
/// Documents in Markdown pages, with the findings that copperplate reports.
mod markdown;
/// New crates compile without warnings.
mod new_crate;
/// Constructs that other generators mishandle.
mod pitfalls;
/// Random schemas and values: validation agrees with the `jsonschema` crate.
mod properties;
/// The example of the README runs against a local server.
mod readme;
/// A document with many mistakes, under `--skip-unsupported`.
mod repairs;
/// The emitted text of each case, for review.
mod snapshots;
/// A server on the loopback interface that records requests, and tests of clients over it.
mod socket;
/// Properties of the documents in `specs/` that no other test covers.
mod specs;
/// The listed public interface of crates.
mod surface;
/// Typos in the transcription of a page.
mod typos;
/// The wire cases, without I/O and over a socket.
mod wire;
