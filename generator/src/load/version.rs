//! Checks that a document is OpenAPI 3.0.

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// Checks that the document is OpenAPI 3.0. Otherwise reports a finding and returns `None`.
pub(super) fn check(raw: &Value, findings: &mut Findings) -> Option<()> {
    let root = Pointer::root();
    let (place, message, remedy) = match (raw.get("openapi"), raw.get("swagger")) {
        (Some(Value::String(version)), _) if is_3_0(version) => return Some(()),
        (Some(Value::String(version)), _) if version.starts_with("3.") => (
            root.join("openapi"),
            format!("The document is OpenAPI {version}; copperplate reads 3.0.0 to 3.0.4."),
            "Convert the document to OpenAPI 3.0. Replace a list in `type` by `nullable`, `const` by an `enum` with one \
             value, and numeric exclusive bounds by booleans.",
        ),
        (Some(version), _) => {
            (root.join("openapi"), format!("`{version}` is not a version of OpenAPI 3.0."), "Write `openapi: 3.0.3`.")
        }
        (None, Some(_)) => (
            root.join("swagger"),
            "The document is Swagger 2.0; copperplate reads OpenAPI 3.0.".to_owned(),
            "Convert the document to OpenAPI 3.0, for example with https://converter.swagger.io.",
        ),
        (None, None) if !raw.is_object() => {
            let message = "The document is not an object with `openapi`, `info` and `paths`.";
            findings.add(Code::Shape, &root, message, "Begin with `openapi: 3.0.3`.");
            return None;
        }
        (None, None) => (
            root,
            "The document has no `openapi`, which gives its version.".to_owned(),
            "Write `openapi: 3.0.3` as the first line of an OpenAPI 3.0 document.",
        ),
    };
    findings.add(Code::Version, &place, message, remedy);
    None
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
    fn finding_about(raw: Value) -> Option<String> {
        let mut findings = Findings::new("test.yaml");
        check(&raw, &mut findings);
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
        assert_eq!(
            finding_about(json!({"openapi": 3.0})).as_deref(),
            Some("/openapi `3.0` is not a version of OpenAPI 3.0.")
        );
        assert!(finding_about(json!({"openapi": "3.0.3-rc1"})).is_some());
        assert!(finding_about(json!({})).is_some_and(|message| message.starts_with(" The document has no `openapi`")));
        assert!(finding_about(json!([])).is_some_and(|message| message.starts_with(" The document is not an object")));
    }
}
