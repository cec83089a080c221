//! Compiles the snippets in the documentation of operations, and of the traits over them.

/// The snippets, each as a module, and their code.
#[allow(dead_code, reason = "a snippet calls a server, so it is not run")]
mod emitted {
    include!(concat!(env!("OUT_DIR"), "/snippets.rs"));
}

#[test]
fn every_operation_has_a_snippet_that_sends_it() {
    let (of_traits, of_operations): (Vec<&str>, Vec<&str>) =
        emitted::CODE.iter().partition(|code| code.contains("FakeResponse"));
    let (of_pages, others): (Vec<&str>, Vec<&str>) =
        of_operations.iter().partition(|code| code.contains("let mut items"));
    assert!(others.iter().all(|code| code.contains(".send()")));
    assert!(!of_pages.is_empty() && of_pages.iter().all(|code| code.contains(".items()")));
    assert!(of_traits.iter().any(|code| code.contains("use generated::osm::traits::OsmApi;")));
    assert!(emitted::CODE.iter().any(|code| code.contains("use generated::osm::{required, types};")));
}
