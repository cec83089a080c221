//! The integration tests, as one test binary.

/// Tests of the source tree: stages, imports, and the size of files and functions.
mod architecture;
/// Tests of the `README.md` of a generated crate: its text, whether its examples compile, and how it shows text from a document.
mod cargo_features;
/// Tests of the program for shells of a generated crate.
mod cli;
/// Tests of the command line: exit codes, `--check` for outdated files, and files that copperplate must not overwrite.
mod command;
mod crate_readme;
/// Tests of `diff`: a pair of documents for each rule, and differences that it must ignore.
mod diff;
/// Tests of mistakes that leave only one meaning.
mod evident_mistakes;
mod extensions;
/// Tests of the documentation pages of the finding codes.
mod findings;
/// Tests that use the generated code of `cases/*.yaml` as a caller does.
mod fixtures;
/// Tests of documents that once made a command panic, or give a wrong result.
mod fuzzed;
/// Tests of documents and values that could exhaust time, memory or the stack.
mod hostile;
/// Tests of the files of a large crate, and of the features for its tags.
mod layout;
/// Reads Markdown pages with OpenAPI documents, and compares the findings about each document with the findings that the page
/// shows.
mod markdown;
mod mock;
/// Tests that newly generated crates compile without warnings.
mod new_crate;
mod operations_trait;
mod overlays;
/// Tests of constructs that other generators mishandle.
mod pitfalls;
/// Tests of `proof` and of reading pages.
mod proof;
/// Tests that validation agrees with the `jsonschema` crate on random schemas and values.
mod properties;
/// Tests that the example of the README runs against a local server.
mod readme;
/// Tests of a document with many mistakes, under `--skip-unsupported`.
mod repairs;
/// Tests of the options under which schemas are read to the letter of JSON Schema.
mod schema_reading;
/// Snapshots of the emitted text of each case, for review.
mod snapshots;
/// Compiles the snippets in the documentation of operations.
mod snippets;
/// A server on the loopback interface that records requests, and tests of clients over it.
mod socket;
/// Tests of the documents in `specs/` for properties that no other test covers.
mod specs;
/// Tests of the surface, which lists the public interface of a crate.
mod surface;
/// Tests of typical typos in the transcription of a documentation page.
mod typos;
/// Tests that text from a document is harmless wherever it is printed: it never becomes code, HTML, a link or a control sequence.
mod untrusted_text;
/// Runs the wire cases, without I/O and over a socket.
mod wire;
