//! Checks that a document is OpenAPI 3.0.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// The version that replaces an incomplete version of OpenAPI 3.0.
const COMPLETE: &str = "3.0.3";

/// Checks that the document is OpenAPI 3.0. Otherwise reports a finding and returns `None`.
///
/// If the version is OpenAPI 3.0, but not a complete version, such as `3.0`, reports a finding, and completes the version in
/// `raw`.
pub(super) fn check(raw: &mut Value, findings: &mut Findings) -> Option<()> {
    let root = Pointer::root();
    let version = raw.get("openapi").and_then(version_text);
    if let Some(version) = version.as_deref().filter(|version| is_incomplete_3_0(version)) {
        findings.add_repairable(
            Code::Version,
            &root.join("openapi"),
            format!("`{version}` is not a complete version: OpenAPI 3.0 has the versions 3.0.0 to 3.0.4."),
            format!("Write `openapi: {COMPLETE}`."),
            "The document is read as OpenAPI 3.0.3.",
        );
        raw["openapi"] = COMPLETE.into();
        return Some(());
    }
    let swagger = raw.get("swagger").and_then(version_text);
    let (place, message, remedy) = match (version, raw.get("openapi"), swagger) {
        (Some(version), Some(Value::String(_)), _) if is_3_0(&version) => return Some(()),
        (Some(version), ..) if version.starts_with("3.") => (
            root.join("openapi"),
            format!("The document is OpenAPI {version}; copperplate reads 3.0.0 to 3.0.4."),
            "Convert the document to OpenAPI 3.0. Replace a list in `type` by `nullable`, `const` by an `enum` with one \
             value, and numeric exclusive bounds by booleans.",
        ),
        (_, Some(version), _) => {
            (root.join("openapi"), format!("`{version}` is not a version of OpenAPI 3.0."), "Write `openapi: 3.0.3`.")
        }
        (_, None, Some(version)) if version.starts_with('3') => (
            root.join("swagger"),
            "The version of an OpenAPI document is in `openapi`, not in `swagger`.".to_owned(),
            "Rename `swagger` to `openapi`.",
        ),
        (_, None, Some(_)) => (
            root.join("swagger"),
            "The document is Swagger 2.0; copperplate reads OpenAPI 3.0.".to_owned(),
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

/// Returns whether a version is OpenAPI 3.0, but not one of its versions: `3.0`, `3.0.x`, `3.0.3-rc1` and `v3.0.3`.
fn is_incomplete_3_0(version: &str) -> bool {
    let plain = version.trim().trim_start_matches(['v', 'V']);
    let rest = plain.strip_prefix("3.0");
    !is_3_0(version) && rest.is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_ascii_digit()))
}

fn is_3_0(version: &str) -> bool {
    let patch = version.strip_prefix("3.0.").unwrap_or_default();
    !patch.is_empty() && patch.bytes().all(|byte| byte.is_ascii_digit())
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
    fn only_openapi_3_0_is_accepted() {
        assert_eq!(finding_about(json!({"openapi": "3.0.0"})), None);
        assert_eq!(finding_about(json!({"openapi": "3.0.4"})), None);
        let newer = finding_about(json!({"openapi": "3.1.0"})).expect("a finding");
        assert_eq!(newer, "/openapi The document is OpenAPI 3.1.0; copperplate reads 3.0.0 to 3.0.4.");
        let older = finding_about(json!({"swagger": "2.0"})).expect("a finding");
        assert_eq!(older, "/swagger The document is Swagger 2.0; copperplate reads OpenAPI 3.0.");
        let unknown = |version: Value| finding_about(json!({"openapi": version})).expect("a finding");
        assert_eq!(unknown(json!(3)), "/openapi `3` is not a version of OpenAPI 3.0.");
        assert_eq!(unknown(json!(["3.0.3"])), "/openapi `[\"3.0.3\"]` is not a version of OpenAPI 3.0.");
        assert_eq!(unknown(json!(3.1)), "/openapi The document is OpenAPI 3.1; copperplate reads 3.0.0 to 3.0.4.");
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
            assert_eq!(check(&mut raw, &mut findings), Some(()), "{version}");
            assert_eq!(raw, json!({"openapi": "3.0.3"}), "{version}");
            let finding = findings.iter().next().expect("a finding");
            assert!(finding.is_error() && finding.consequence.is_some(), "{version}");
            assert_eq!(finding.remedy, "Write `openapi: 3.0.3`.");
        }
    }
}
