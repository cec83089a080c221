//! The settings: their keys, and how each value is stored.

use toml::de::DeTable;

use crate::configuration::model::{Configuration, DocumentSettings, Setting};
use crate::configuration::reader::{Key, Reader, Value};
use crate::finding::{Code, Findings};
use crate::options::{SchemaReading, Types};
use crate::selection::Selection;

/// The largest number of combinations of a document and a setting for all documents. A short file could otherwise fill the memory.
const MOST_COMBINATIONS: usize = 100_000;

/// Reads the text of a configuration.
pub(super) fn read(text: &str, findings: &mut Findings) -> Configuration {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let message = format!("The file is not valid TOML: {}.", error.message().trim_end_matches('.'));
        let bytes = error.span().unwrap_or(0..0);
        findings.add_at_bytes(Code::ConfigurationSyntax, bytes, message, "Correct the line.");
    }
    if !errors.is_empty() {
        return Configuration::default();
    }
    let mut shared = Shared::default();
    Reader { findings }.table(table.get_ref(), KEYS, &mut shared);
    if shared.combinations() > MOST_COMBINATIONS {
        let message = format!(
            "The overlays, pages and patterns for all documents are too many for this number of documents: there may be {MOST_COMBINATIONS} \
             combinations."
        );
        let remedy = "Name them at the documents that need them, or name fewer documents.";
        findings.add_at_bytes(Code::InvalidSetting, 0..0, message, remedy);
        return Configuration::default();
    }
    shared.into_configuration()
}

/// The settings for all documents.
#[derive(Default)]
pub(super) struct Shared {
    pub configuration: Configuration,
    pub selection: Selection,
    pub overlays: Vec<Setting<String>>,
    pub pages: Vec<Setting<String>>,
    pub reading: SchemaReading,
}

/// The keys at the root of the file.
pub(super) const KEYS: &[Key<Shared>] = &[
    Key {
        name: "documents",
        store: |reader, value, shared| shared.configuration.documents = reader.items(value, document),
    },
    Key { name: "out", store: |reader, value, shared| shared.configuration.out = reader.crate_folder(value) },
    Key { name: "name", store: |reader, value, shared| shared.configuration.name = reader.text(value) },
    Key { name: "overlays", store: |reader, value, shared| shared.overlays = reader.items(value, Reader::path) },
    Key { name: "pages", store: |reader, value, shared| shared.pages = reader.items(value, Reader::path) },
    Key { name: "only", store: |reader, value, shared| shared.selection.only = reader.items(value, Reader::pattern) },
    Key {
        name: "except",
        store: |reader, value, shared| shared.selection.except = reader.items(value, Reader::pattern),
    },
    Key {
        name: "types",
        store: |reader, value, shared| {
            let types = [("used", Types::Used), ("all", Types::All)];
            shared.configuration.types = reader.choice(value, &types).unwrap_or_default();
        },
    },
    Key {
        name: "skip-unsupported",
        store: |reader, value, shared| {
            shared.configuration.skip_unsupported = reader.boolean(value).unwrap_or_default()
        },
    },
    Key {
        name: "cli",
        store: |reader, value, shared| shared.configuration.cli = reader.boolean(value).unwrap_or_default(),
    },
    Key {
        name: "traits",
        store: |reader, value, shared| shared.configuration.traits = reader.boolean(value).unwrap_or_default(),
    },
    Key {
        name: "allow-references",
        store: |reader, value, shared| shared.configuration.allow_references = reader.items(value, Reader::path),
    },
    Key { name: "formats", store: |reader, value, shared| shared.configuration.formats = reader.formats(value) },
    Key {
        name: "unvalidated-formats",
        store: |reader, value, shared| shared.reading.unvalidated_formats = reader.boolean(value).unwrap_or_default(),
    },
    Key {
        name: "untyped-as-any",
        store: |reader, value, shared| shared.reading.untyped_as_any = reader.boolean(value).unwrap_or_default(),
    },
];

/// The keys of a document.
pub(super) const DOCUMENT_KEYS: &[Key<DocumentDraft>] = &[
    Key { name: "path", store: |reader, value, draft| draft.path = reader.path(value) },
    Key { name: "module", store: |reader, value, draft| draft.module = reader.text(value) },
    Key { name: "overlays", store: |reader, value, draft| draft.overlays = reader.items(value, Reader::path) },
    Key { name: "pages", store: |reader, value, draft| draft.pages = reader.items(value, Reader::path) },
    Key { name: "only", store: |reader, value, draft| draft.selection.only = reader.items(value, Reader::pattern) },
    Key { name: "except", store: |reader, value, draft| draft.selection.except = reader.items(value, Reader::pattern) },
    Key {
        name: "unvalidated-formats",
        store: |reader, value, draft| draft.unvalidated_formats = reader.boolean(value),
    },
    Key { name: "untyped-as-any", store: |reader, value, draft| draft.untyped_as_any = reader.boolean(value) },
];

/// Reads a document: a path, or a table with `path`.
fn document(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<DocumentSettings> {
    let Some(table) = value.get_ref().as_table() else {
        let path = reader.path(value)?;
        return Some(DocumentDraft::default().into_settings(path));
    };
    let mut draft = DocumentDraft::default();
    reader.table(table, DOCUMENT_KEYS, &mut draft);
    if !table.contains_key("path") {
        reader.report(value, "The document has no `path`", "Add `path`, the path of the document.");
    }
    let path = draft.path.take()?;
    Some(draft.into_settings(path))
}

/// The settings of a document whose path may still be missing.
#[derive(Default)]
pub(super) struct DocumentDraft {
    pub path: Option<Setting<String>>,
    pub module: Option<Setting<String>>,
    pub overlays: Vec<Setting<String>>,
    pub pages: Vec<Setting<String>>,
    pub selection: Selection,
    pub unvalidated_formats: Option<bool>,
    pub untyped_as_any: Option<bool>,
}

impl DocumentDraft {
    fn into_settings(self, path: Setting<String>) -> DocumentSettings {
        let Self { path: _, module, overlays, pages, selection, unvalidated_formats, untyped_as_any } = self;
        DocumentSettings { path, module, overlays, pages, selection, unvalidated_formats, untyped_as_any }
    }
}

impl Shared {
    /// Returns how many settings for all documents [`Shared::into_configuration`] copies to the documents.
    fn combinations(&self) -> usize {
        let Self { configuration, selection, overlays, pages, .. } = self;
        let copied = overlays.len() + pages.len() + selection.only.len() + selection.except.len();
        configuration.documents.len().saturating_mul(copied)
    }

    /// Returns the configuration, in which each document also has the settings for all documents.
    pub(super) fn into_configuration(self) -> Configuration {
        let Self { mut configuration, selection, overlays, pages, reading } = self;
        for document in &mut configuration.documents {
            let DocumentSettings { overlays: own, pages: own_pages, selection: chosen, .. } = document;
            own.splice(0..0, overlays.iter().cloned());
            own_pages.splice(0..0, pages.iter().cloned());
            if chosen.only.is_empty() {
                chosen.only.clone_from(&selection.only);
            }
            chosen.except.extend(selection.except.iter().cloned());
            document.unvalidated_formats.get_or_insert(reading.unvalidated_formats);
            document.untyped_as_any.get_or_insert(reading.untyped_as_any);
        }
        configuration
    }
}
