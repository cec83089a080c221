//! `surface`: lists the public items of the crate that would be generated.

use std::io::Write;

use clap::Args;

use crate::command::documents::SourceFiles;
use crate::command::output::{ErrorStream, ExitStatus, Format};
use crate::command::project::{DocumentArguments, Project};
use crate::command::report::print_with_summary;
use crate::finding::Purpose;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Surface {
    #[command(flatten)]
    documents: DocumentArguments,
    /// Repair or skip the parts that have errors, and warn, instead of stopping
    #[arg(long)]
    skip_unsupported: bool,
    /// Component schemas that become types [default: used]
    #[arg(long, value_enum)]
    types: Option<Types>,
    /// Format of findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Surface {
    /// Prints the public items of the crate, in the format of `SURFACE.txt` but without the header.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let project = Project::find(&self.documents, Purpose::Surface, err)?;
        let (files, mut findings) = (SourceFiles::new(&project.allowed_folders), Vec::new());
        let inputs = files.read_documents(&project.documents, &mut findings)?;
        let all_readable = findings.is_empty();
        let at_root = project.is_at_root();
        let options = Options {
            crate_name: String::new(),
            at_root,
            skip_unsupported: self.skip_unsupported || project.configuration.skip_unsupported,
            types: self.types.unwrap_or(project.configuration.types),
            features: at_root,
            ..Options::default()
        };
        let (surface, found) =
            Pipeline::new(&options).with_files(&|document, path| files.read(document, path)).surface(&inputs);
        findings.extend(found);
        print_with_summary(&findings, &inputs, &files.into_texts(), (self.format, Purpose::Surface), err)
            .map_err(|error| error.to_string())?;
        let Some(surface) = surface.filter(|_| all_readable) else { return Ok(ExitStatus::Findings) };
        write!(out, "{surface}").map_err(|error| error.to_string())?;
        Ok(ExitStatus::Success)
    }
}
