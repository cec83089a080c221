//! Compiles the snippets in the documentation of operations.

/// The snippets, each as a module, and their number.
#[allow(dead_code, reason = "a snippet calls a server, so it is not run")]
mod emitted {
    include!(concat!(env!("OUT_DIR"), "/snippets.rs"));

    pub const FOUND: usize = COUNT;
}

#[test]
fn every_operation_has_a_snippet() {
    assert!(emitted::FOUND > 70, "{}", emitted::FOUND);
}
