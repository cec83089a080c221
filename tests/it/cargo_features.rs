//! Tests of the cargo features of a crate with several APIs.

use copperplate::{Input, Options, Pipeline};

/// Returns `Cargo.toml` and `src/lib.rs` of a crate for the documents `pets.yaml` and `http.yaml`.
fn manifest_and_root(options: &Options) -> (String, String) {
    let inputs = ["pets", "http"].map(|name| {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: {name}, version: '1'}}\npaths:\n  /{name}:\n    get:\n      operationId: get\n      \
             responses: {{'204': {{description: None}}}}\n"
        );
        Input::new(format!("{name}.yaml"), text, name)
    });
    let generation = Pipeline::new(options).generate(&inputs);
    let outputs = generation.files.unwrap_or_else(|| panic!("{:?}", generation.findings));
    let text = |path: &str| outputs.iter().find(|output| output.path == path).unwrap().text.clone();
    (text("Cargo.toml"), text("src/lib.rs"))
}

/// The features of a crate and the names of its dependencies share a namespace, so `http` cannot be the name of a feature.
#[test]
fn each_api_has_a_feature() {
    let options = Options { features: true, ..Options::default() };
    let (manifest, root) = manifest_and_root(&options);
    assert!(manifest.contains("    \"pets\",\n    \"http-api\",\n]\n"), "{manifest}");
    assert!(manifest.contains("\npets = []\nhttp-api = []\n"), "{manifest}");
    assert!(root.contains("#[cfg(feature = \"pets\")]\n#[rustfmt::skip]\npub mod pets;\n"), "{root}");
    assert!(root.contains("#[cfg(feature = \"http-api\")]\n#[rustfmt::skip]\npub mod http;\n"), "{root}");
}

#[test]
fn an_api_whose_feature_a_hand_written_manifest_lacks_is_always_compiled() {
    let options = Options { declared_features: ["pets".to_owned()].into(), ..Options::default() };
    let (_, root) = manifest_and_root(&options);
    assert!(root.contains("#[cfg(feature = \"pets\")]\n#[rustfmt::skip]\npub mod pets;\n"), "{root}");
    assert!(root.contains("pub mod http;\n") && !root.contains("http-api"), "{root}");
}
