//! The input of a run: how it is created, executed, and written to files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::pipeline::{Commands, Reached};
use crate::random::Seeded;
use crate::seeds::Seeds;
use crate::{Target, bytes, decoders, failing, mutation, pipeline};

/// The input of one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// The part that gets the input.
    pub target: Target,
    /// The file name of a document, or the name of a decoder.
    pub name: String,
    /// The document, or the data for the decoder.
    pub content: Vec<u8>,
    /// The older version of the document, for `diff`. If it is `None`, `diff` compares the document with itself.
    pub old: Option<Vec<u8>>,
    /// The commands to run on a document.
    pub commands: Commands,
}

impl Input {
    /// Creates the input of a run.
    pub fn new(target: Target, seeds: &Seeds, random: &mut Seeded) -> Self {
        match target {
            Target::Documents => mutation::input(seeds, random),
            Target::Bytes => bytes::input(seeds, random),
            Target::Decoders => decoders::input(random),
            Target::Names | Target::Failing => failing::input(random),
        }
    }

    /// Does the run. Returns how far it came. Panics if it fails.
    pub fn execute(&self) -> Reached {
        match self.target {
            Target::Documents | Target::Bytes => {
                return pipeline::run(&self.name, &self.content, self.old.as_deref(), self.commands);
            }
            Target::Decoders => decoders::run(&self.name, &self.content),
            Target::Names | Target::Failing => failing::run(&self.content),
        }
        Reached::default()
    }

    /// Writes the input to files whose names begin with `stem`. Returns the path of the first file.
    ///
    /// # Errors
    /// Returns an error if a file cannot be written.
    pub fn write(&self, folder: &Path, stem: &str) -> io::Result<PathBuf> {
        fs::create_dir_all(folder)?;
        let ending = self.name.rsplit('.').next().unwrap_or_default();
        let path = folder.join(format!("{stem}.{ending}"));
        fs::write(&path, &self.content)?;
        if let Some(old) = &self.old {
            fs::write(folder.join(format!("{stem}.old.{ending}")), old)?;
        }
        Ok(path)
    }
}

impl Commands {
    /// Returns `generate` and one further command. Two of three runs skip errors, because other runs often end before emission.
    pub fn random(random: &mut Seeded) -> Self {
        let skips = !random.one_in(3);
        let further = random.below(4);
        Self {
            generate: [!skips, skips],
            surface: further == 0,
            lint: further == 1,
            diff: [further == 2, further == 3],
        }
    }
}

/// Returns the source of random numbers for a run.
pub fn random(seed: u64, run: u64) -> Seeded {
    let mixed = |number: u64| {
        let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    };
    Seeded(mixed(mixed(seed) ^ run))
}
