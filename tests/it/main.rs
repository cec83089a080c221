//! What copperplate promises, as one test binary.

/// The sources keep to the layers of the design: who may use whom, how long files and functions are.
mod architecture;
/// The command line: exit codes, drift, what is never overwritten.
mod command;
/// `README.md` of generated crates: its text, its snippets compiled, text of documents in it.
mod crate_readme;
/// What a change of a document means: a pair of documents for each rule, and what says nothing.
mod diff;
/// The pages of the finding codes.
mod findings;
/// Each case of cases/*.yaml, compiled and exercised.
mod fixtures;
/// What is made to exhaust whoever reads it.
mod hostile;
/// A large document becomes many small files, compiled by the features of its tags.
mod layout;
/// Documents in Markdown, and what copperplate reports about them.
mod markdown;
/// A foreign document becomes a crate that compiles without warnings.
mod new_crate;
/// Constructs that other generators mishandle.
mod pitfalls;
/// Random schemas and values: the verdicts are those of another validator.
mod properties;
/// The README's example, run against a local server.
mod readme;
/// A document with many mistakes, under `--skip-unsupported`.
mod repairs;
/// The emitted text of each case, for review.
mod snapshots;
/// A server on the loopback that records requests byte for byte.
mod socket;
/// Promises of the documents in specs/ that no other test covers.
mod specs;
/// What callers see of a crate, as lines.
mod surface;
/// The typos of people who transcribe a page.
mod typos;
/// The wire cases, through `Call::request` and `Call::read`, and through a socket.
mod wire;
