//! Tests of the overlays in `tests/overlays/`, which add pages to published documents.

use std::fs;

use copperplate::{Input, Options, Overlay, Pipeline};

use crate::markdown::path;

/// Returns the public items of the crate for a published document with its overlay. Returns `None` if the published documents are
/// not there.
fn surface(document: &str, overlay: &str) -> Option<String> {
    let file = path("../shared/corpus").join(document);
    let Ok(text) = fs::read_to_string(&file) else {
        eprintln!("skipped: {} is missing", file.display());
        return None;
    };
    let overlay_file = path("tests/overlays").join(overlay);
    let overlay = Overlay { file: overlay.to_owned(), text: fs::read_to_string(overlay_file).unwrap() };
    let inputs = [Input { overlays: vec![overlay], ..Input::new(document, text, "api") }];
    let options = Options { at_root: true, skip_unsupported: true, ..Options::default() };
    let (surface, findings) = Pipeline::new(&options).surface(&inputs);
    let unmatched = findings.iter().find(|finding| finding.code.id() == "unmatched-action");
    assert!(unmatched.is_none(), "{unmatched:#?}");
    surface.map(|surface| surface.to_string())
}

#[test]
fn lists_of_github_and_stripe_are_requested_page_by_page() {
    for (document, overlay, operation, least) in
        [("github.json", "github.yaml", "IssuesListForRepo", 150), ("stripe.yaml", "stripe.yaml", "GetCustomers", 90)]
    {
        let Some(surface) = surface(document, overlay) else { continue };
        let line = format!("operations::{operation}::items() -> runtime::Items<Self>\n");
        assert!(surface.contains(&line), "{document}");
        let count = surface.matches("::items() -> runtime::Items<Self>").count();
        assert!(count >= least, "{document}: {count}");
    }
}
