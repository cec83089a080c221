//! The documents and settings of a run: those on the command line, those of `copperplate.toml`, or the documents of `specs/`.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{env, fs};

use clap::Args;

use crate::command::document_source::{ChangeArguments, DocumentSource};
use crate::command::documents::{SPECS, file_name, find_documents, relative};
use crate::command::file_access::AllowedFolders;
use crate::command::output::ErrorStream;
use crate::command::report;
use crate::configuration::{Configuration, DocumentSettings, FILE_NAME, Setting};
use crate::files;
use crate::finding::{Code, Finding, Findings, Purpose};
use crate::options::SchemaReading;

/// The maximum size of a `copperplate.toml`, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// The arguments of all commands that read the documents of a crate.
#[derive(Debug, Default, Args)]
pub(super) struct DocumentArguments {
    /// OpenAPI documents, YAML or JSON [default: those of copperplate.toml, or all in specs/]
    #[arg(value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) changes: ChangeArguments,
    #[command(flatten)]
    allowed_folders: AllowedFolders,
}

/// The documents and settings of a run.
#[derive(Debug)]
pub(super) struct Project {
    pub(super) documents: Vec<DocumentSource>,
    /// The settings of `copperplate.toml`. Without this file, the defaults.
    pub(super) configuration: Configuration,
    pub(super) origin: ProjectOrigin,
    pub(super) allowed_folders: AllowedFolders,
}

/// Where the documents of a run are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ProjectOrigin {
    /// On the command line.
    CommandLine,
    /// In the `copperplate.toml` of this folder.
    Configuration(PathBuf),
    /// Nowhere: the documents are those in the folder `specs` of this folder.
    Specs(PathBuf),
}

impl Project {
    /// Finds the documents and settings of a run. Prints the findings about `copperplate.toml`.
    ///
    /// # Errors
    /// Returns an error if there are no documents, or `copperplate.toml` has errors.
    pub(super) fn find(
        arguments: &DocumentArguments,
        purpose: Purpose,
        err: &mut ErrorStream<'_>,
    ) -> Result<Self, String> {
        let mut project = match arguments.specs.as_slice() {
            [] => Self::of_folder(purpose, err)?,
            specs => Self::of_documents(specs, ProjectOrigin::CommandLine),
        };
        project.documents.iter_mut().for_each(|document| document.change(&arguments.changes));
        project.allowed_folders.extend(&arguments.allowed_folders);
        Ok(project)
    }

    /// Returns whether the code is placed in the root of the crate instead of a module: if a single document is named.
    pub(super) fn is_at_root(&self) -> bool {
        match (&self.origin, self.documents.as_slice()) {
            (ProjectOrigin::CommandLine, [_]) => true,
            (ProjectOrigin::Configuration(folder), [only]) => {
                let named = self.configuration.documents.first().map(|document| folder.join(&document.path.value));
                only.module.is_none() && named.is_some_and(|named| named.is_file())
            }
            _ => false,
        }
    }

    /// Finds the settings for the two documents that `diff` compares: those of the command line, and those of `copperplate.toml`
    /// if it names one of the documents.
    ///
    /// # Errors
    /// Returns an error if `copperplate.toml` has errors.
    pub(super) fn of_comparison(
        compared: [&str; 2],
        changes: &ChangeArguments,
        allowed_folders: &AllowedFolders,
        err: &mut ErrorStream<'_>,
    ) -> Result<(DocumentSource, Self), String> {
        let here = env::current_dir().map_err(|error| error.to_string())?;
        let mut folders = searched_folders(&here).into_iter();
        let configured = folders.find(|folder| is_usable(&folder.join(FILE_NAME), &here));
        let mut project = match configured {
            Some(folder) => Self::configured(folder, Purpose::Comparison, err)?,
            None => Self::of_documents(&[], ProjectOrigin::CommandLine),
        };
        // `HEAD:specs/pets.yaml` is an earlier version of the file `specs/pets.yaml`.
        let paths = compared.map(|name| {
            let path =
                if Path::new(name).exists() { name } else { name.split_once(':').map_or(name, |(_, path)| path) };
            fs::canonicalize(path).ok()
        });
        let is_compared = |document: &&DocumentSource| paths.contains(&fs::canonicalize(&document.path).ok());
        let named = project.documents.iter().find(is_compared).cloned();
        let mut document = named.unwrap_or_default();
        document.change(changes);
        project.allowed_folders.extend(allowed_folders);
        Ok((document, project))
    }

    fn of_documents(specs: &[PathBuf], origin: ProjectOrigin) -> Self {
        let source = |path: &PathBuf| DocumentSource { path: path.clone(), ..DocumentSource::default() };
        let documents = specs.iter().map(source).collect();
        Self { documents, configuration: Configuration::default(), origin, allowed_folders: AllowedFolders::default() }
    }

    /// Finds the nearest folder with a `copperplate.toml`, or with `specs/` and `Cargo.toml`: the current folder or one of its
    /// parents.
    fn of_folder(purpose: Purpose, err: &mut ErrorStream<'_>) -> Result<Self, String> {
        let here = env::current_dir().map_err(|error| error.to_string())?;
        for folder in searched_folders(&here) {
            if is_usable(&folder.join(FILE_NAME), &here) {
                return Self::configured(folder, purpose, err);
            }
            if folder.join(SPECS).is_dir() && is_usable(&folder.join("Cargo.toml"), &here) {
                let documents = find_documents(&folder.join(SPECS))?;
                return Ok(Self::of_documents(&documents, ProjectOrigin::Specs(folder.to_owned())));
            }
        }
        Err(format!(
            "neither this folder nor a parent of it has {FILE_NAME}, or {SPECS}/ and Cargo.toml: run `copperplate init`, or name \
             the documents, and the folder of the crate with --out (parents outside the git repository, and files of other users \
             in parents, are not used)"
        ))
    }

    /// Reads the `copperplate.toml` in `folder`.
    pub(super) fn configured(folder: &Path, purpose: Purpose, err: &mut ErrorStream<'_>) -> Result<Self, String> {
        let path = relative(folder.join(FILE_NAME));
        let name = file_name(&path);
        let text = files::read_regular(&path, MAX_BYTES).map_err(|error| format!("{name}: {error}"))?;
        let text = text.and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or_else(|| format!("{name} is not a text of at most {} MB", MAX_BYTES / 1024 / 1024))?;
        let mut findings = Findings::new(&name);
        let configuration = crate::configuration::parse(&text, &mut findings);
        let folder_of = ConfiguredFolder { folder, findings: &mut findings };
        let (documents, allowed) = folder_of.resolve(&configuration);
        let findings: Vec<Finding> = findings.into_vec();
        if !findings.is_empty() {
            report::print_configuration(&findings, (&name, &text), purpose, err).map_err(|error| error.to_string())?;
            return Err(format!("{name} has {}", report::counted(findings.len(), "error")));
        }
        let allowed_folders = AllowedFolders::new(allowed);
        let origin = ProjectOrigin::Configuration(folder.to_owned());
        Ok(Self { documents, configuration, origin, allowed_folders })
    }
}

/// Returns whether `path`, or the nearest folder around it that exists, is in `folder` after links were followed. A link to
/// nothing leads nowhere, so it is not in the folder.
pub(super) fn leads_inside(folder: &Path, path: &Path) -> bool {
    let existing = path.ancestors().find(|part| part.symlink_metadata().is_ok());
    let real = existing.and_then(|part| fs::canonicalize(part).ok());
    real.zip(fs::canonicalize(folder).ok()).is_some_and(|(real, folder)| real.starts_with(folder))
}

/// Returns the current folder and the folders around it that may contain the project, the innermost first. The last one is the
/// root of the git repository, if the current folder is in a repository. A folder around a repository may belong to anybody.
fn searched_folders(here: &Path) -> Vec<&Path> {
    let mut folders = Vec::new();
    for folder in here.ancestors() {
        folders.push(folder);
        if folder.join(".git").symlink_metadata().is_ok() {
            break;
        }
    }
    folders
}

/// Returns whether `file` exists and may be used for a run in the folder `here`. Above this folder, a file of another user may not
/// be used: anybody can create files in a folder such as `/tmp`.
fn is_usable(file: &Path, here: &Path) -> bool {
    #[cfg(unix)]
    let is_own = || {
        use std::os::unix::fs::MetadataExt as _;

        let owner = |metadata: fs::Metadata| metadata.uid() == rustix::process::geteuid().as_raw();
        // A link of another user must not choose a file of the current user.
        file.symlink_metadata().is_ok_and(owner) && file.metadata().is_ok_and(owner)
    };
    #[cfg(not(unix))]
    let is_own = || true;
    file.is_file() && (file.parent() == Some(here) || is_own())
}

/// The folder of a `copperplate.toml`.
struct ConfiguredFolder<'f> {
    folder: &'f Path,
    findings: &'f mut Findings,
}

impl ConfiguredFolder<'_> {
    /// Returns the documents of the configuration, and the folders to which they may refer.
    fn resolve(mut self, configuration: &Configuration) -> (Vec<DocumentSource>, Vec<PathBuf>) {
        let documents =
            configuration.documents.iter().flat_map(|document| self.documents(document)).collect::<Vec<_>>();
        let allowed = configuration.allow_references.iter().filter_map(|folder| self.existing(folder)).collect();
        if let Some(out) = &configuration.out {
            self.check_out(out, configuration);
        }
        if documents.is_empty() && self.findings.iter().next().is_none() {
            let remedy = "Add `documents = [\"…\"]`, with the paths of documents, or of folders that contain them.";
            self.findings.add_at_bytes(
                Code::InvalidSetting,
                0..0,
                "The setting `documents` names no document.",
                remedy,
            );
        }
        (documents, allowed)
    }

    /// Returns the document, or the documents of the folder.
    fn documents(&mut self, settings: &DocumentSettings) -> Vec<DocumentSource> {
        let Some(path) = self.existing(&settings.path) else { return Vec::new() };
        let overlays: Vec<PathBuf> = settings.overlays.iter().filter_map(|overlay| self.existing(overlay)).collect();
        let pages: Vec<PathBuf> = settings.pages.iter().filter_map(|page| self.existing(page)).collect();
        let found = if path.is_dir() { find_documents(&path) } else { Ok(vec![path]) };
        let paths = found.unwrap_or_else(|error| {
            self.report(
                settings.path.bytes.clone(),
                format!("The folder cannot be used: {error}."),
                "Correct the path.",
            );
            Vec::new()
        });
        if let Some(module) = settings.module.as_ref().filter(|_| paths.len() > 1) {
            let remedy = "Name each document of the folder, with its own `module`.";
            self.report(module.bytes.clone(), "Several documents cannot have the same module.", remedy);
        }
        let source = |path: PathBuf| DocumentSource {
            path,
            module: settings.module.as_ref().map(|module| module.value.clone()),
            overlays: overlays.clone(),
            pages: pages.clone(),
            selection: settings.selection.clone(),
            reading: SchemaReading {
                unvalidated_formats: settings.unvalidated_formats.unwrap_or_default(),
                untyped_as_any: settings.untyped_as_any.unwrap_or_default(),
            },
        };
        paths.into_iter().map(source).collect()
    }

    /// Returns the path of a file or folder. Reports a path that does not exist, or leads out of the folder of the configuration
    /// through a link: a configuration from a stranger must not choose which files are read.
    fn existing(&mut self, setting: &Setting<String>) -> Option<PathBuf> {
        let path = self.folder.join(&setting.value);
        let real = fs::canonicalize(&path).ok();
        let root = fs::canonicalize(self.folder).ok();
        match real.zip(root) {
            None => {
                let message = format!("There is no file or folder `{}`.", setting.value);
                self.report(
                    setting.bytes.clone(),
                    message,
                    "Correct the path, which is relative to the folder of this file.",
                );
                None
            }
            Some((real, root)) if !real.starts_with(&root) => {
                let message = format!("`{}` is a link that leads out of the folder of this file.", setting.value);
                self.report(setting.bytes.clone(), message, "Copy the file, or name it on the command line.");
                None
            }
            Some(_) => Some(relative(path)),
        }
    }

    /// Reports a folder of the crate that is outside the folder of the configuration because of a link, or contains the documents.
    fn check_out(&mut self, out: &Setting<String>, configuration: &Configuration) {
        let path = self.folder.join(&out.value);
        if !leads_inside(self.folder, &path) {
            let message = format!("`{}` leads out of the folder of this file through a link.", out.value);
            self.report(out.bytes.clone(), message, "Name another folder, or name this one with --out.");
        }
        let real = fs::canonicalize(&path).ok();
        let is_same = |document: &DocumentSettings| {
            let documents = fs::canonicalize(self.folder.join(&document.path.value)).ok();
            documents.is_some() && documents == real
        };
        if configuration.documents.iter().any(is_same) {
            let message = format!("`{}` contains the documents, so it cannot be the folder of the crate.", out.value);
            self.report(out.bytes.clone(), message, "Name a folder that contains only the crate.");
        }
    }

    fn report(&mut self, bytes: Range<usize>, message: impl Into<String>, remedy: &str) {
        self.findings.add_at_bytes(Code::InvalidSetting, bytes, message, remedy);
    }
}
