//! Tests of the documents in `specs/` for properties that no other test covers.

use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

/// Returns the documents in `specs/`.
fn documents() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let yaml = paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let documents = yaml.map(|path| (path.clone(), serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()));
    documents.collect()
}

/// RFC 6761 reserves the default host names. If a caller forgets to set a host, the token is not sent to any server.
#[test]
fn the_first_server_has_a_reserved_name_as_its_default_host() {
    let mut hosts = Vec::new();
    for (path, document) in documents() {
        for (index, server) in document["servers"].as_sequence().unwrap().iter().enumerate() {
            let mut url = server["url"].as_str().unwrap().to_owned();
            for (name, variable) in server["variables"].as_mapping().into_iter().flatten() {
                let placeholder = format!("{{{}}}", name.as_str().unwrap());
                url = url.replace(&placeholder, variable["default"].as_str().unwrap());
            }
            let is_reserved = [".invalid", ".example"].iter().any(|name| url.ends_with(name));
            assert!(url.starts_with("https://") && is_reserved == (index == 0), "{}: {url}", path.display());
            hosts.push(url);
        }
    }
    assert_eq!(hosts.len(), 10);
}
