//! The `Cargo.toml` of a generated crate.

use std::collections::BTreeMap;

use crate::format_type::FormatType;

/// The values that differ between the manifests of generated crates.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The name of the crate.
    pub name: String,
    /// The names of the cargo features, one for each group of operations. All of these features are enabled by default.
    pub features: Vec<String>,
    /// The types of other crates. A generated crate depends on these crates.
    pub external_types: Vec<FormatType>,
    /// Whether the crate signs requests.
    pub has_signing: bool,
    /// Whether results of an operation are divided into pages.
    pub has_pages: bool,
    /// Whether the crate sends or receives streams.
    pub has_streams: bool,
    /// Whether the crate has a program for shells.
    pub has_cli: bool,
    /// Whether each API has a trait over its operations.
    pub has_traits: bool,
}

/// The `Cargo.toml` of the runtime. A generated crate has the same dependencies, in the same versions.
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");

/// The runtime's cargo feature for patterns that need backtracking. A generated crate does not need this feature, because
/// copperplate leaves out the module for backtracking if no pattern uses the module.
const BACKTRACKING: &str = "ecma = []\n";

/// The dependencies that only signing needs.
const SIGNING: &[&str] = &["hmac = ", "sha2 = ", "zeroize = "];

/// The dependencies that only streams and operations with pages need.
const SERIES: &[&str] = &["futures-core = "];

/// The dependencies that only streams need.
const STREAMS: &[&str] = &["http-body = "];

/// The feature and the dependencies that only the program for shells needs.
const CLI: &[&str] = &["cli = ", "clap = ", "clap_complete = "];

/// The feature of the traits over operations.
const TRAITS: &[&str] = &["traits = "];

/// The line of `Cargo.toml` that declares the default features. If groups of operations have cargo features, the line is
/// replaced.
const DEFAULT: &str = "default = [\"reqwest\", \"rustls\"]\n";

/// The line of `Cargo.toml` that declares the last of the features that all generated crates have. The features for groups of
/// operations are inserted after this line.
const LAST_FEATURE: &str = "symmetric = []\n";

impl Manifest {
    /// Returns the text of the manifest, without the comment that marks the file as generated.
    pub fn text(&self) -> String {
        let requirements = RUNTIME.split_once("[features]").map_or("", |(_, rest)| rest);
        let requirements = requirements.split_once("[lints]").map_or(requirements, |(before, _)| before).trim_end();
        let parts = [
            (self.has_signing, SIGNING),
            (self.has_pages || self.has_streams, SERIES),
            (self.has_streams, STREAMS),
            (self.has_cli, CLI),
            (self.has_traits, TRAITS),
        ];
        let is_needed = |line: &&str| {
            parts.iter().all(|(is_used, names)| *is_used || !names.iter().any(|name| line.starts_with(name)))
        };
        let requirements: Vec<&str> = requirements.split('\n').filter(is_needed).collect();
        let requirements = self.with_features(&requirements.join("\n").replace(BACKTRACKING, ""));
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
             # The path is spelt out so that the manifest still loads when src/ has been deleted. The documentation contains texts\n\
             # of the API's author, so none of it is run as a test.\n\
             [lib]\npath = \"src/lib.rs\"\ndoctest = false\n\n\
             {}[features]{requirements}\n{}",
            self.name,
            self.program(),
            self.external_dependencies()
        )
    }

    /// Returns the section of the program for shells. It is compiled only with its feature.
    fn program(&self) -> String {
        if !self.has_cli {
            return String::new();
        }
        format!(
            "[[bin]]\nname = \"{}\"\npath = \"src/main.rs\"\ndoc = false\nrequired-features = [\"cli\"]\n\n",
            self.name
        )
    }

    /// Returns the lines of the dependencies for types of other crates. If the user named no version, any version is accepted. The
    /// feature `serde` implements the traits of serde.
    fn external_dependencies(&self) -> String {
        let mut versions: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for external in &self.external_types {
            if let Some(name) = external.crate_name().filter(|name| !RUNTIME.contains(&format!("\n{name} = "))) {
                let version = versions.entry(name).or_default();
                *version = version.or(external.version.as_deref());
            }
        }
        let lines = versions.into_iter().map(|(name, version)| {
            format!("{name} = {{ version = \"{}\", features = [\"serde\"] }}\n", version.unwrap_or("*"))
        });
        lines.collect()
    }
}

impl Manifest {
    fn with_features(&self, requirements: &str) -> String {
        if self.features.is_empty() {
            return requirements.to_owned();
        }
        let default: String = self.features.iter().map(|feature| format!("    \"{feature}\",\n")).collect();
        let declared: String = self.features.iter().map(|feature| format!("{} = []\n", key(feature))).collect();
        requirements
            .replace(DEFAULT, &format!("default = [\n    \"reqwest\",\n    \"rustls\",\n{default}]\n"))
            .replace(LAST_FEATURE, &format!("{LAST_FEATURE}{declared}"))
    }
}

/// Writes a TOML key. The key is quoted if it has characters other than ASCII letters, ASCII digits, `-` and `_`.
fn key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_bare { name.to_owned() } else { format!("\"{name}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(features: Vec<String>, has_signing: bool) -> Manifest {
        let (has_pages, has_streams) = (false, has_signing);
        let (name, external_types) = ("pets".to_owned(), Vec::new());
        let (has_cli, has_traits) = (has_signing, has_signing);
        Manifest { name, features, external_types, has_signing, has_pages, has_streams, has_cli, has_traits }
    }

    #[test]
    fn groups_are_features_and_on_by_default() {
        let features = ["repos", "issues", "网络"].map(str::to_owned).to_vec();
        let text = manifest(features, false).text();
        assert!(
            text.contains(
                "default = [\n    \"reqwest\",\n    \"rustls\",\n    \"repos\",\n    \"issues\",\n    \"网络\",\n]\n"
            ),
            "{text}"
        );
        assert!(text.contains("symmetric = []\nrepos = []\nissues = []\n\"网络\" = []\n"), "{text}");
    }

    #[test]
    fn a_crate_has_no_feature_for_backtracking() {
        let text = manifest(Vec::new(), false).text();
        assert!(text.contains("symmetric = []\n") && !text.contains("ecma"), "{text}");
    }

    #[test]
    fn a_crate_depends_only_on_the_crates_that_it_uses() {
        for has_signing in [false, true] {
            let text = manifest(Vec::new(), has_signing).text();
            let mut names = SIGNING.iter().chain(STREAMS).chain(CLI).chain(TRAITS);
            assert!(names.all(|name| text.contains(&format!("\n{name}")) == has_signing), "{text}");
            assert!(text.contains("\nhttp = ") && text.contains("\nserde_json = "), "{text}");
        }
    }
}
