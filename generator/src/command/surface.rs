//! `surface`: what callers of the crate of some documents see of it.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::command::documents::{Disk, documents, workspace};
use crate::command::report::report;
use crate::command::{Ending, Format, Said};
use crate::finding::Purpose;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Surface {
    /// The documents; all of specs/*.yaml, specs/*.yml and specs/*.json unless given.
    specs: Vec<PathBuf>,
    /// Leave out operations that use what is not supported yet, and warn, instead of stopping.
    #[arg(long)]
    skip_unsupported: bool,
    /// Which component schemas become types: those that an operation uses, or all.
    #[arg(long, value_enum, default_value_t = Types::Used)]
    types: Types,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Surface {
    /// Prints the lines that `generate` writes as `SURFACE.txt`, without its header.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut Said<'_>) -> Result<Ending, String> {
        let specs = match self.specs.as_slice() {
            [] => documents(&workspace()?.join("specs"))?,
            specs => specs.to_vec(),
        };
        let (disk, mut findings) = (Disk::default(), Vec::new());
        let inputs = disk.documents(&specs, &mut findings)?;
        let is_readable = findings.is_empty();
        // A document that is named makes a crate of its own.
        let at_root = self.specs.len() == 1;
        let options = Options {
            crate_name: String::new(),
            at_root,
            skip_unsupported: self.skip_unsupported,
            types: self.types,
            features: at_root,
        };
        let (surface, found) = Pipeline::new(&options).with_files(&|path| disk.read(path)).surface(&inputs);
        findings.extend(found);
        report(&findings, &inputs, &disk.texts(), (self.format, Purpose::Surface), err)
            .map_err(|error| error.to_string())?;
        let Some(surface) = surface.filter(|_| is_readable) else { return Ok(Ending::Found) };
        write!(out, "{surface}").map_err(|error| error.to_string())?;
        Ok(Ending::Done)
    }
}
