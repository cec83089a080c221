//! Compiles the snippets in the documentation of operations.

/// The snippets, each as a module, and their code.
#[allow(dead_code, reason = "a snippet calls a server, so it is not run")]
mod emitted {
    include!(concat!(env!("OUT_DIR"), "/snippets.rs"));
}

#[test]
fn every_operation_has_a_snippet_that_sends_it() {
    let sending = emitted::CODE.iter().filter(|code| code.contains(".send()"));
    assert_eq!(sending.count(), emitted::CODE.len());
    assert!(emitted::CODE.iter().any(|code| code.contains("use generated::osm::{required, types};")));
}
