//! Reads the values of settings, and reports those that are not valid.

use std::fmt::Display;
use std::ops::Range;
use std::str::FromStr as _;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::configuration::model::Setting;
use crate::file_name::DEVICE_NAMES;
use crate::finding::{Code, Findings};
use crate::format_type::FormatType;
use crate::selection::OperationPattern;
use crate::suggestion::nearest;

/// A value of the file, with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Reads settings, and collects the findings about them.
pub(super) struct Reader<'f> {
    pub(super) findings: &'f mut Findings,
}

/// A setting: its key, and a function that stores its value.
pub(super) struct Key<T> {
    pub(super) name: &'static str,
    pub(super) store: fn(&mut Reader<'_>, &Value<'_>, &mut T),
}

impl Reader<'_> {
    /// Stores each value of a table, and reports the keys that are no settings.
    pub(super) fn table<T>(&mut self, table: &DeTable<'_>, keys: &[Key<T>], to: &mut T) {
        for (name, value) in table {
            match keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
                Some(key) => (key.store)(self, value, to),
                None => self.report_unknown(name.get_ref(), name.span(), keys.iter().map(|key| key.name)),
            }
        }
    }

    fn report_unknown<'k>(&mut self, name: &str, bytes: Range<usize>, known: impl Iterator<Item = &'k str> + Clone) {
        let unified = name.replace('_', "-");
        let near = known.clone().find(|key| *key == unified).or_else(|| nearest(name, known.clone(), 3));
        let remedy = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!(
                "The settings here are: {}.",
                known.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        self.findings.add_at_bytes(Code::UnknownSetting, bytes, format!("There is no setting `{name}`."), remedy);
    }

    pub(super) fn report(&mut self, value: &Value<'_>, message: impl Display, remedy: impl Into<String>) {
        self.findings.add_at_bytes(Code::InvalidSetting, value.span(), format!("{message}."), remedy);
    }

    fn report_type(&mut self, value: &Value<'_>, expected: &str) {
        let message = format!("The value must be {expected}, and is of the type {}", value.get_ref().type_str());
        self.report(value, message, format!("Write {expected}."));
    }

    /// Reads a text.
    pub(super) fn text(&mut self, value: &Value<'_>) -> Option<Setting<String>> {
        match value.get_ref().as_str() {
            Some(text) => Some(Setting { value: text.to_owned(), bytes: value.span() }),
            None => {
                self.report_type(value, "a text");
                None
            }
        }
    }

    /// Reads `true` or `false`.
    pub(super) fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        let read = value.get_ref().as_bool();
        if read.is_none() {
            self.report_type(value, "`true` or `false`");
        }
        read
    }

    /// Reads one of several words.
    pub(super) fn choice<T: Copy>(&mut self, value: &Value<'_>, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(value)?.value;
        let chosen = choices.iter().find(|(word, _)| *word == text).map(|(_, chosen)| *chosen);
        if chosen.is_none() {
            let words: Vec<String> = choices.iter().map(|(word, _)| format!("`\"{word}\"`")).collect();
            self.report(
                value,
                format!("`{text}` is not a value of this setting"),
                format!("Write {}.", words.join(" or ")),
            );
        }
        chosen
    }

    /// Reads a list. Items that are not valid are left out.
    pub(super) fn items<T>(&mut self, value: &Value<'_>, read: impl Fn(&mut Self, &Value<'_>) -> Option<T>) -> Vec<T> {
        match value.get_ref().as_array() {
            Some(items) => items.iter().filter_map(|item| read(self, item)).collect(),
            None => {
                self.report_type(value, "a list");
                Vec::new()
            }
        }
    }

    /// Reads a path that leads to the folder of the file, or below it. A file from a stranger must not choose other files to read
    /// or write.
    pub(super) fn path(&mut self, value: &Value<'_>) -> Option<Setting<String>> {
        let setting = self.text(value)?;
        // The number of folders below that of the file; `None` above it.
        let depth = setting.value.split('/').try_fold(0_usize, |depth, part| match part {
            ".." => depth.checked_sub(1),
            "" | "." => Some(depth),
            _ => Some(depth + 1),
        });
        let is_relative = !setting.value.starts_with('/') && !setting.value.contains(['\\', ':', '\0']);
        let is_inside = is_relative && !setting.value.is_empty() && depth.is_some();
        if !is_inside {
            let message =
                format!("`{}` does not lead to a file or folder below the folder of this file", setting.value);
            self.report(value, message, "Write a relative path with `/`, or move this file to a folder around both.");
        }
        is_inside.then_some(setting)
    }

    /// Reads the folder of the crate. It may not be the folder of the file itself, whose staging folder would be outside, and not
    /// a hidden folder, such as `.git`, whose files other programs execute.
    pub(super) fn crate_folder(&mut self, value: &Value<'_>) -> Option<Setting<String>> {
        let setting = self.path(value)?;
        let names: Vec<&str> = setting.value.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let problem = if names.last().is_none_or(|name| *name == "..") {
            "names no folder below the folder of this file"
        } else if names.iter().any(|name| name.starts_with('.') && *name != "..") {
            "is in a hidden folder"
        } else if names.iter().any(|name| is_reserved(name)) {
            "contains a name that Windows does not accept"
        } else {
            return Some(setting);
        };
        self.report(
            value,
            format!("`{}` {problem}", setting.value),
            "Name a folder for the crate, such as `api-client`.",
        );
        None
    }

    /// Reads a pattern for operations.
    pub(super) fn pattern(&mut self, value: &Value<'_>) -> Option<OperationPattern> {
        let text = self.text(value)?.value;
        let pattern = OperationPattern::from_str(&text);
        pattern
            .map_err(|error| {
                self.report(value, format!("`{text}` is not a pattern for operations"), capitalized(&error))
            })
            .ok()
    }

    /// Reads the types for formats: a table of `NAME = "TYPE@VERSION"`.
    pub(super) fn formats(&mut self, value: &Value<'_>) -> Vec<FormatType> {
        let Some(table) = value.get_ref().as_table() else {
            self.report_type(value, "a table");
            return Vec::new();
        };
        let mut formats = Vec::new();
        for (name, value) in table {
            let Some(text) = self.text(value) else { continue };
            match FormatType::from_str(&format!("{}={}", name.get_ref(), text.value)) {
                Ok(format) => formats.push(format),
                Err(error) => {
                    let remedy = "Write a type and the version of its crate, such as `uuid = \"uuid::Uuid@1\"`.";
                    self.report(value, capitalized(error.trim_end_matches('.')).trim_end_matches('.'), remedy);
                }
            }
        }
        formats
    }
}

/// Returns whether Windows reserves the name for a device, or changes it: it drops periods and spaces at the end.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_changed = name != ".." && name.ends_with(['.', ' ']);
    is_changed || DEVICE_NAMES.contains(&stem.as_str()) || name.contains(['<', '>', '"', '|', '?', '*'])
}

/// Returns a sentence that begins with a capital letter and ends with a full stop.
fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}
