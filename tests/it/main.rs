//! The integration tests, as one test binary.

/// Tests of the source tree: layers, imports, and the size of files and functions.
mod architecture;
/// Tests of the command line: exit codes, the check for outdated files, and files that are never overwritten.
mod command;
/// Tests of the `README.md` of a generated crate: its text, whether its examples compile, and how it shows text from a document.
mod crate_readme;
/// Tests of `diff`: a pair of documents for each rule, and changes that it ignores.
mod diff;
/// Tests of the documentation pages of the finding codes.
mod findings;
/// Tests that use the generated code of `cases/*.yaml` as a caller does.
mod fixtures;
/// Tests of documents and values that could exhaust time, memory or the stack.
mod hostile;
/// Tests of the files of a large crate, and of the features for its tags.
mod layout;
/// Reads the OpenAPI documents in Markdown pages and compares their findings with those that the pages show.
mod markdown;
/// Tests that newly generated crates compile without warnings.
mod new_crate;
/// Tests of constructs that other generators mishandle.
mod pitfalls;
/// Tests with random schemas and values that validation agrees with the `jsonschema` crate.
mod properties;
/// Tests that the example of the README runs against a local server.
mod readme;
/// Tests of a document with many mistakes, under `--skip-unsupported`.
mod repairs;
/// Snapshots of the emitted text of each case, for review.
mod snapshots;
/// A server on the loopback interface that records requests, and tests of clients over it.
mod socket;
/// Tests of the documents in `specs/` for properties that no other test covers.
mod specs;
/// Tests of the surface, which lists the public interface of a crate.
mod surface;
/// Tests of typos that people make when they transcribe a documentation page.
mod typos;
/// Tests that no text of a document becomes code, HTML, a link or a control sequence, wherever it is printed.
mod untrusted_text;
/// Runs the wire cases, without I/O and over a socket.
mod wire;
