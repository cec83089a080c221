//! `surface`: lists the public items of the crate that would be generated.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::command::documents::{SourceFiles, find_documents, find_workspace};
use crate::command::file_access::AllowedFolders;
use crate::command::output::{ErrorStream, ExitStatus, Format};
use crate::command::report::print_with_summary;
use crate::finding::Purpose;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Surface {
    /// OpenAPI documents, YAML or JSON [default: all in specs/]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Repair or skip the parts that have errors, and warn, instead of stopping
    #[arg(long)]
    skip_unsupported: bool,
    /// Component schemas that become types
    #[arg(long, value_enum, default_value_t = Types::Used)]
    types: Types,
    /// Format of findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    allowed_folders: AllowedFolders,
}

impl Surface {
    /// Prints the public items of the crate, in the format of `SURFACE.txt` but without the header.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let specs = match self.specs.as_slice() {
            [] => find_documents(&find_workspace()?.join("specs"))?,
            specs => specs.to_vec(),
        };
        let (files, mut findings) = (SourceFiles::new(&self.allowed_folders), Vec::new());
        let inputs = files.read_documents(&specs, &mut findings)?;
        let all_readable = findings.is_empty();
        // A single document on the command line becomes the root of the crate, as with `generate --out`.
        let at_root = self.specs.len() == 1;
        let options = Options {
            crate_name: String::new(),
            at_root,
            skip_unsupported: self.skip_unsupported,
            types: self.types,
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
