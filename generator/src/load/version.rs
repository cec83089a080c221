//! The version of OpenAPI that a document states.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// A minor version of OpenAPI 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum OpenApiVersion {
    /// OpenAPI 3.0, whose schemas are a dialect of their own.
    #[default]
    V3_0,
    /// OpenAPI 3.1, whose schemas are those of JSON Schema 2020-12.
    V3_1,
    /// OpenAPI 3.2, whose schemas are those of OpenAPI 3.1.
    V3_2,
}

impl OpenApiVersion {
    /// Returns the version of a document that [`check`] has accepted.
    pub(crate) fn of(raw: &Value) -> Self {
        let text = raw.get("openapi").and_then(Value::as_str).unwrap_or_default();
        Self::ALL.into_iter().find(|version| version.includes(text)).unwrap_or_default()
    }

    const ALL: [Self; 3] = [Self::V3_0, Self::V3_1, Self::V3_2];

    /// Returns the version as it is written without its patch number, such as `3.1`.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
            Self::V3_2 => "3.2",
        }
    }

    /// Returns whether the schemas are those of JSON Schema 2020-12.
    pub(crate) fn has_json_schema(self) -> bool {
        self >= Self::V3_1
    }

    /// The complete version that replaces an incomplete one.
    fn complete(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0.3",
            Self::V3_1 => "3.1.2",
            Self::V3_2 => "3.2.0",
        }
    }

    /// The sentence that states how a document with an incomplete version is read.
    fn consequence(self) -> &'static str {
        match self {
            Self::V3_0 => "The document is read as OpenAPI 3.0.3.",
            Self::V3_1 => "The document is read as OpenAPI 3.1.2.",
            Self::V3_2 => "The document is read as OpenAPI 3.2.0.",
        }
    }

    /// The complete versions in a sentence.
    fn patches(self) -> &'static str {
        match self {
            Self::V3_0 => "the versions 3.0.0 to 3.0.4",
            Self::V3_1 => "the versions 3.1.0 to 3.1.2",
            Self::V3_2 => "the version 3.2.0",
        }
    }

    /// Returns whether `version` is a complete version with this minor version: `3.1.0` for OpenAPI 3.1.
    fn includes(self, version: &str) -> bool {
        let patch = version.strip_prefix(self.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or_default();
        !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Returns whether `version` means this minor version, but is not complete: `3.0`, `3.0.x`, `3.0.3-rc1` and `v3.0.3`.
    fn is_meant_by(self, version: &str) -> bool {
        let plain = version.trim().trim_start_matches(['v', 'V']);
        let rest = plain.strip_prefix(self.as_str());
        !self.includes(version) && rest.is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()))
    }
}

/// Checks that the document is OpenAPI 3.0, 3.1 or 3.2. Otherwise reports a finding and returns `None`.
///
/// If the version is not complete, such as `3.0`, reports a finding, and completes the version in `raw`.
pub(super) fn check(raw: &mut Value, findings: &mut Findings) -> Option<OpenApiVersion> {
    let root = Pointer::root();
    let version = raw.get("openapi").and_then(version_text);
    let incomplete = version.as_deref().and_then(|version| {
        let meant = OpenApiVersion::ALL.into_iter().find(|known| known.is_meant_by(version))?;
        Some((version, meant))
    });
    if let Some((version, meant)) = incomplete {
        let (minor, complete) = (meant.as_str(), meant.complete());
        findings.add_repairable(
            Code::Version,
            &root.join("openapi"),
            format!("`{version}` is not a complete version: OpenAPI {minor} has {}.", meant.patches()),
            format!("Write `openapi: {complete}`."),
            meant.consequence(),
        );
        raw["openapi"] = complete.into();
        return Some(meant);
    }
    let swagger = raw.get("swagger").and_then(version_text);
    let (place, message, remedy) = match (version, raw.get("openapi"), swagger) {
        (Some(version), Some(Value::String(_)), _)
            if OpenApiVersion::ALL.into_iter().any(|known| known.includes(&version)) =>
        {
            return Some(OpenApiVersion::of(raw));
        }
        (Some(version), ..) if version.starts_with("3.") => (
            root.join("openapi"),
            format!("The document is OpenAPI {version}; copperplate reads OpenAPI 3.0, 3.1 and 3.2."),
            "Write the version of OpenAPI that the document is written in.",
        ),
        (_, Some(version), _) => {
            (root.join("openapi"), format!("`{version}` is not a version of OpenAPI 3."), "Write `openapi: 3.0.3`.")
        }
        (_, None, Some(version)) if version.starts_with('3') => (
            root.join("swagger"),
            "The version of an OpenAPI document is in `openapi`, not in `swagger`.".to_owned(),
            "Rename `swagger` to `openapi`.",
        ),
        (_, None, Some(_)) => (
            root.join("swagger"),
            "The document is Swagger 2.0; copperplate reads OpenAPI 3.0, 3.1 and 3.2.".to_owned(),
            "Convert the document to OpenAPI 3.0, for example with https://converter.swagger.io.",
        ),
        (_, None, None) if !raw.is_object() => {
            let message = "The document is not an object with `openapi`, `info` and `paths`.";
            findings.add(Code::Shape, &root, message, "Begin with `openapi: 3.0.3`.");
            return None;
        }
        (_, None, None) => (
            root,
            "The document has no `openapi`, which gives its version.".to_owned(),
            "Write `openapi: 3.0.3` as the first line of an OpenAPI 3.0 document.",
        ),
    };
    findings.add(Code::Version, &place, message, remedy);
    None
}

/// Returns the version as text. YAML reads `3.0` without quotes as a number.
fn version_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Returns the finding about the version of `raw` as `pointer message`.
    fn finding_about(mut raw: Value) -> Option<String> {
        let mut findings = Findings::new("test.yaml");
        check(&mut raw, &mut findings);
        findings.iter().next().map(|finding| format!("{} {}", finding.pointer, finding.message))
    }

    #[test]
    fn openapi_3_0_to_3_2_is_accepted() {
        for version in ["3.0.0", "3.0.4", "3.1.0", "3.1.2", "3.2.0"] {
            assert_eq!(finding_about(json!({"openapi": version})), None, "{version}");
        }
        let newer = finding_about(json!({"openapi": "3.3.0"})).expect("a finding");
        assert_eq!(newer, "/openapi The document is OpenAPI 3.3.0; copperplate reads OpenAPI 3.0, 3.1 and 3.2.");
        let older = finding_about(json!({"swagger": "2.0"})).expect("a finding");
        assert_eq!(older, "/swagger The document is Swagger 2.0; copperplate reads OpenAPI 3.0, 3.1 and 3.2.");
        let unknown = |version: Value| finding_about(json!({"openapi": version})).expect("a finding");
        assert_eq!(unknown(json!(3)), "/openapi `3` is not a version of OpenAPI 3.");
        assert_eq!(unknown(json!(["3.0.3"])), "/openapi `[\"3.0.3\"]` is not a version of OpenAPI 3.");
        let incomplete = unknown(json!(3.1));
        assert_eq!(
            incomplete,
            "/openapi `3.1` is not a complete version: OpenAPI 3.1 has the versions 3.1.0 to 3.1.2."
        );
        let renamed = finding_about(json!({"swagger": "3.0.3"})).expect("a finding");
        assert_eq!(renamed, "/swagger The version of an OpenAPI document is in `openapi`, not in `swagger`.");
        assert!(finding_about(json!({})).is_some_and(|message| message.starts_with(" The document has no `openapi`")));
        assert!(finding_about(json!([])).is_some_and(|message| message.starts_with(" The document is not an object")));
    }

    #[test]
    fn an_incomplete_version_is_completed() {
        for version in [json!("3.0"), json!(3.0), json!("3.0."), json!("3.0.x"), json!("3.0.3-rc1"), json!("v3.0.3")] {
            let mut raw = json!({"openapi": version});
            let mut findings = Findings::new("test.yaml");
            assert_eq!(check(&mut raw, &mut findings), Some(OpenApiVersion::V3_0), "{version}");
            assert_eq!(raw, json!({"openapi": "3.0.3"}), "{version}");
            let finding = findings.iter().next().expect("a finding");
            assert!(finding.is_error() && finding.consequence.is_some(), "{version}");
            assert_eq!(finding.remedy, "Write `openapi: 3.0.3`.");
        }
    }
}
