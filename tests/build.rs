//! Generates a crate from cases/*.yaml and slips/*.yaml, for fixtures.rs to include.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copperplate::{Input, Options, Types, generate_beside};

/// The documents of a folder, and whether what cannot be right is left out of them.
const FOLDERS: &[(&str, bool)] = &[("cases", false), ("slips", true)];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("fixtures");
    let mut mounts = String::new();
    for (documents, skip_unsupported) in FOLDERS {
        println!("cargo::rerun-if-changed={documents}");
        let inputs = inputs(documents)?;
        let crate_name = "fixtures".to_owned();
        let options =
            Options { crate_name, skip_unsupported: *skip_unsupported, types: Types::All, ..Options::default() };
        write(&inputs, &options, &folder)?;
        mounts.extend(inputs.iter().map(|input| mount(&folder, &input.module, &format!("{}/mod.rs", input.module))));
    }
    mounts.extend(
        [("ecma", "ecma.rs"), ("runtime", "runtime/mod.rs")].map(|(module, file)| mount(&folder, module, file)),
    );
    fs::write(folder.join("mounts.rs"), mounts)?;
    Ok(())
}

/// The documents that stand in a folder; what stands in folders of it are the files that they refer to.
fn inputs(folder: &str) -> Result<Vec<Input>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut documents = entries.collect::<Result<Vec<_>, _>>()?;
    documents.retain(|path| path.is_file());
    documents.sort();
    documents.iter().map(|document| input(document)).collect()
}

fn input(document: &Path) -> Result<Input, Box<dyn Error>> {
    let module = document.file_stem().ok_or("a document without a name")?.to_string_lossy().into_owned();
    let file = document.to_str().ok_or("a path that is no text")?.to_owned();
    Ok(Input { file, text: fs::read_to_string(document)?, module })
}

fn write(inputs: &[Input], options: &Options, folder: &Path) -> Result<(), Box<dyn Error>> {
    let read = |path: &str| fs::read_to_string(path).map_err(|error| error.to_string());
    let generation = generate_beside(inputs, options, &read);
    let said = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
    let outputs = generation.files.as_ref().ok_or_else(said)?;
    for output in outputs.iter().filter(|output| output.path.starts_with("src/")) {
        let path = folder.join(&output.path);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, &output.text)?;
    }
    Ok(())
}

fn mount(folder: &Path, module: &str, file: &str) -> String {
    format!("#[path = {:?}]\npub mod {module};\n", folder.join("src").join(file))
}
