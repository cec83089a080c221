//! `init`: starts a project with a document, a `copperplate.toml` and a generated crate.

mod next_steps;

use std::env;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::documents::{SPECS, find_documents, relative};
use crate::command::generate::Generate;
use crate::command::init::next_steps::print_next_steps;
use crate::command::output::{ErrorStream, ExitStatus, printed};
use crate::command::project::leads_inside;
use crate::configuration::FILE_NAME;

/// The text of the first document.
const EXAMPLE: &str = include_str!("example.yaml");

/// The text of `copperplate.toml`. `OUT` stands for the folder of the crate.
const TEMPLATE: &str = include_str!("template.toml");

/// The name of the first document.
const EXAMPLE_NAME: &str = "pets.yaml";

/// What to do if a document that was there already has errors.
const CORRECT: &str = "
Next: correct the documents, or write `skip-unsupported = true` in copperplate.toml to repair or skip the parts of other people's
documents that have errors. Then run `copperplate`.";

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Folder of the project [default: the current folder]
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// Folder and name of the generated crate
    #[arg(long, value_name = "CRATE", default_value = "api-client")]
    name: String,
}

impl Init {
    /// Writes the first files of a project, and generates its crate. If `specs/` has documents, they are used.
    ///
    /// # Errors
    /// Returns an error if the project exists already, the name is not a valid crate name, or a file cannot be written.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let generate = Generate::named(&self.name);
        generate.check_name()?;
        let folder = env::current_dir().map_err(|error| error.to_string())?.join(&self.folder);
        let (configuration, specs) = (folder.join(FILE_NAME), folder.join(SPECS));
        if configuration.symlink_metadata().is_ok() {
            let path = printed(&relative(configuration));
            return Err(format!("{path} exists already: run `copperplate` to generate the crate that it names"));
        }
        for path in [&specs, &folder.join(&self.name)] {
            if !leads_inside(&folder, path) && folder.exists() {
                let path = printed(&relative(path.clone()));
                return Err(format!("{path} is a link that leads out of the folder of the project: remove it"));
            }
        }
        create_folder(&specs)?;
        let mut created = Vec::new();
        if find_documents(&specs).is_err() {
            created.push((specs.join(EXAMPLE_NAME), EXAMPLE.to_owned()));
        }
        created.push((configuration, TEMPLATE.replace("OUT", &self.name)));
        for (path, text) in &created {
            create(path, text)?;
            writeln!(out, "created {}", printed(&relative(path.clone()))).map_err(|error| error.to_string())?;
        }
        let status = generate.run_in(&folder, out, err)?;
        let printed = match status {
            ExitStatus::Success => print_next_steps(&folder, &self.name, out),
            _ => writeln!(out, "{CORRECT}"),
        };
        printed.map_err(|error| error.to_string())?;
        Ok(status)
    }
}

fn create_folder(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))
}

/// Writes a new file. A file that exists is not overwritten.
fn create(path: &Path, text: &str) -> Result<(), String> {
    let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => format!("{} exists already and is not overwritten", path.display()),
        _ => format!("{}: {error}", path.display()),
    })
}
