//! Generates a crate from cases/*.yaml, for fixtures.rs to include.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copperplate::{Input, Options, Types, generate};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=cases");
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("fixtures");
    let mut cases: Vec<PathBuf> =
        fs::read_dir("cases")?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    cases.sort();
    let inputs = cases.iter().map(|case| input(case)).collect::<Result<Vec<_>, _>>()?;
    let generation =
        generate(&inputs, &Options { crate_name: "fixtures".to_owned(), types: Types::All, ..Options::default() });
    let said = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
    let outputs = generation.files.as_ref().ok_or_else(said)?;
    for output in outputs.iter().filter(|output| output.path.starts_with("src/")) {
        let path = folder.join(&output.path);
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, &output.text)?;
    }
    let modules = inputs.iter().map(|input| (input.module.as_str(), format!("{}/mod.rs", input.module)));
    let shared = [("ecma", "ecma.rs".to_owned()), ("runtime", "runtime/mod.rs".to_owned())];
    let mounts = modules.chain(shared).map(|(module, file)| {
        let path = folder.join("src").join(file);
        format!("#[path = {path:?}]\npub mod {module};\n")
    });
    fs::write(folder.join("mounts.rs"), mounts.collect::<String>())?;
    Ok(())
}

fn input(case: &Path) -> Result<Input, Box<dyn Error>> {
    let module = case.file_stem().ok_or("a case without a name")?.to_string_lossy().into_owned();
    Ok(Input { file: format!("cases/{module}.yaml"), text: fs::read_to_string(case)?, module })
}
