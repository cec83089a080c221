//! Tests of the settings and their findings.

use super::*;
use crate::configuration::settings::{DOCUMENT_KEYS, KEYS};
use crate::options::Types;
use crate::selection::Selection;

/// Returns the configuration, and its findings as `code: message remedy`.
fn parsed(text: &str) -> (Configuration, Vec<String>) {
    let mut findings = Findings::new(FILE_NAME);
    let configuration = super::parse(text, &mut findings);
    let line =
        |finding: &crate::finding::Finding| format!("{}: {} {}", finding.code.id(), finding.message, finding.remedy);
    (configuration, findings.iter().map(line).collect())
}

#[test]
fn every_setting_is_read() {
    let (configuration, findings) = parsed(
        "documents = ['specs', { path = 'pets.yaml', module = 'pets', overlays = ['b.yaml'], pages = ['b.txt'], only = ['tag=pets'], except = ['id=a'], untyped-as-any = false }]\n\
         out = 'client'\nname = 'pets'\noverlays = ['a.yaml']\npages = ['docs']\nonly = ['/v1/**']\nexcept = ['tag=internal']\ntypes = 'all'\n\
         skip-unsupported = true\nallow-references = ['shared']\nunvalidated-formats = true\nuntyped-as-any = true\n[formats]\nuuid = 'uuid::Uuid@1'\n",
    );
    assert_eq!(findings, [""; 0]);
    let texts = |settings: &[Setting<String>]| settings.iter().map(|setting| setting.value.clone()).collect::<Vec<_>>();
    let patterns = |selection: &Selection| {
        let texts = |patterns: &[crate::OperationPattern]| patterns.iter().map(ToString::to_string).collect::<Vec<_>>();
        (texts(&selection.only), texts(&selection.except))
    };
    let [folder, pets] = configuration.documents.as_slice() else { panic!("two documents") };
    assert_eq!((folder.path.value.as_str(), texts(&folder.overlays)), ("specs", vec!["a.yaml".to_owned()]));
    assert_eq!(patterns(&folder.selection), (vec!["/v1/**".to_owned()], vec!["tag=internal".to_owned()]));
    assert_eq!((folder.unvalidated_formats, folder.untyped_as_any), (Some(true), Some(true)));
    assert_eq!((pets.unvalidated_formats, pets.untyped_as_any), (Some(true), Some(false)));
    assert_eq!(texts(&pets.overlays), ["a.yaml", "b.yaml"]);
    assert_eq!(
        (texts(&folder.pages), texts(&pets.pages).join(" ")),
        (vec!["docs".to_owned()], "docs b.txt".to_owned())
    );
    assert_eq!(
        patterns(&pets.selection),
        (vec!["tag=pets".to_owned()], vec!["id=a".to_owned(), "tag=internal".to_owned()])
    );
    assert_eq!(pets.module.as_ref().map(|module| module.value.as_str()), Some("pets"));
    assert_eq!(configuration.out.map(|out| out.value).as_deref(), Some("client"));
    assert_eq!((configuration.types, configuration.skip_unsupported), (Types::All, true));
    assert_eq!(configuration.formats.len(), 1);
    assert_eq!(texts(&configuration.allow_references), ["shared"]);
}

#[test]
fn an_unknown_setting_is_a_finding_with_a_suggestion() {
    for (text, expected) in [
        ("document = []", "unknown-setting: There is no setting `document`. Did you mean `documents`?"),
        (
            "skip_unsupported = true",
            "unknown-setting: There is no setting `skip_unsupported`. Did you mean `skip-unsupported`?",
        ),
        (
            "documents = [{ path = 'a', onyl = [] }]",
            "unknown-setting: There is no setting `onyl`. Did you mean `only`?",
        ),
    ] {
        assert_eq!(parsed(text).1, [expected]);
    }
    let (_, findings) = parsed("[crate]\n");
    assert!(
        findings[0].ends_with(
            "The settings here are: `documents`, `out`, `name`, `overlays`, `pages`, `only`, `except`, `types`, \
        `skip-unsupported`, `cli`, `traits`, `allow-references`, `formats`, `unvalidated-formats`, `untyped-as-any`."
        ),
        "{findings:?}"
    );
}

#[test]
fn a_value_that_is_not_valid_is_a_finding() {
    for text in [
        "out = 1",
        "out = ''",
        "out = '/tmp'",
        "out = 'a/../../b'",
        "out = 'C:\\a'",
        "documents = 'specs'",
        "documents = [1]",
        "documents = [{}]",
        "types = 'some'",
        "skip-unsupported = 'yes'",
        "only = ['pets']",
        "formats = []",
        "formats = {uuid = 'Uuid'}",
    ] {
        let (_, findings) = parsed(text);
        assert!(matches!(findings.as_slice(), [one] if one.starts_with("invalid-setting: ")), "{text}: {findings:?}");
    }
    assert_eq!(parsed("out = 'a/../b'").1, [""; 0]);
    assert!(parsed("out = ").1[0].starts_with("configuration-syntax: The file is not valid TOML: "));
}

#[test]
fn the_schema_has_the_same_keys() {
    let schema: serde_json::Value = serde_json::from_str(SCHEMA).expect("JSON");
    let keys = |pointer: &str| {
        let properties = schema.pointer(pointer).and_then(serde_json::Value::as_object).expect("properties");
        properties.keys().cloned().collect::<Vec<String>>()
    };
    assert_eq!(keys("/properties"), KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
    assert_eq!(keys("/$defs/document/properties"), DOCUMENT_KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
}

#[test]
fn the_folder_of_the_crate_is_neither_hidden_nor_reserved() {
    for wrong in [".git", ".github", "a/.cargo", ".", "./", "a/..", "con", "COM1.txt", "a/nul.x/b", "a."] {
        let (configuration, findings) = parsed(&format!("out = '{wrong}'"));
        assert!(configuration.out.is_none() && findings.len() == 1, "{wrong}: {findings:?}");
        assert!(findings[0].starts_with("invalid-setting: "), "{findings:?}");
    }
    for right in ["client", "a/client", "./client", "a/../client", "console"] {
        assert_eq!(parsed(&format!("out = '{right}'")).1, [""; 0]);
    }
}

/// A short file would otherwise need the memory of ten billion settings.
#[test]
fn settings_for_all_documents_are_copied_to_a_limited_number_of_documents() {
    let list = |count: usize| "'a',".repeat(count);
    let text = |documents: usize| format!("documents = [{}]\noverlays = [{}]\n", list(documents), list(1_000));
    assert_eq!(parsed(&text(100)).1, [""; 0]);
    let (configuration, findings) = parsed(&text(101));
    assert!(configuration.documents.is_empty() && findings.len() == 1, "{findings:?}");
    assert!(findings[0].starts_with("invalid-setting: The overlays, pages and patterns"), "{findings:?}");
}
