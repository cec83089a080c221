//! Generates the code that the tests compile.
//!
//! `fixtures.rs` includes a crate that is generated from `cases/*.yaml` and `cases/repaired/*.yaml`. `it/crate_readme.rs` includes
//! the code in `generated/README.md`, and in the sections about pages and streams of the README for the cases, each block as a
//! module. `it/snippets.rs` includes the snippets in the documentation of all
//! operations, each as a module.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copperplate::load::ReadError;
use copperplate::{Input, Options, Pipeline, Types};

/// The folders of documents, each with a flag: whether its documents are generated with `--skip-unsupported`.
const FOLDERS: &[(&str, bool)] = &[("cases", false), ("cases/repaired", true)];

/// The source files of the crate that this workspace generates.
const GENERATED: &str = "../generated/src";

/// The README of the crate that this workspace generates.
const README: &str = "../generated/README.md";

fn main() -> Result<(), Box<dyn Error>> {
    write_quick_starts(&PathBuf::from(env::var("OUT_DIR")?).join("quick_starts.rs"))?;
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("fixtures");
    // Remove the files of earlier builds, because this build may not overwrite all of them.
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    let mut modules = BTreeSet::new();
    for (documents, skip_unsupported) in FOLDERS {
        println!("cargo::rerun-if-changed={documents}");
        let inputs = inputs(documents)?;
        // The crate `tests` contains the emitted code.
        let crate_name = "tests".to_owned();
        let options = Options {
            crate_name,
            skip_unsupported: *skip_unsupported,
            types: Types::All,
            cli: true,
            traits: true,
            ..Options::default()
        };
        let (written, readme) = write(&inputs, &options, &folder)?;
        modules.extend(written);
        if !*skip_unsupported {
            write_guide(&readme)?;
        }
    }
    let mounts = modules.iter().map(|file| mount(&folder.join("src"), file));
    fs::write(folder.join("mounts.rs"), mounts.collect::<String>())?;
    println!("cargo::rerun-if-changed={GENERATED}");
    let snippets = [snippets(&folder.join("src"), "tests")?, snippets(Path::new(GENERATED), "generated")?].concat();
    let modules = snippets.iter().enumerate().map(|(index, code)| format!("mod snippet_{index} {{\n{code}}}\n"));
    let code = format!("pub const CODE: &[&str] = &{snippets:?};\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("snippets.rs"), modules.collect::<String>() + &code)?;
    Ok(())
}

/// Returns the code of the snippets in the documentation of operations. `folder` has the source files of the crate `krate`. A
/// snippet gets a client over any transport, because the crate of the cases has no transport of its own.
fn snippets(folder: &Path, krate: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let mut found = Vec::new();
    let mut entries =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(if path.ends_with("runtime") { Vec::new() } else { snippets(&path, krate)? });
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(path)?;
            let lines: Vec<&str> = text.lines().filter_map(|line| line.trim_start().strip_prefix("///")).collect();
            let blocks = lines.split(|line| line.trim() == "```no_run").skip(1);
            let code = blocks.map(|block| block.iter().take_while(|line| line.trim() != "```"));
            let shown = |line: &&&str| line.strip_prefix(" # ").unwrap_or(line).to_owned() + "\n";
            let any_client = format!("::Client<impl {krate}::runtime::Transport + Clone + Send + Sync + 'static>");
            found.extend(code.map(|lines| {
                let code: String = lines.map(|line| shown(&line)).collect();
                code.replacen("::Client,", &format!("{any_client},"), 1).replacen(
                    "::Client)",
                    &format!("{any_client})"),
                    1,
                )
            }));
        }
    }
    Ok(found)
}

/// Writes each Rust code block of the README as a module.
fn write_quick_starts(path: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={README}");
    let readme = fs::read_to_string(README)?;
    fs::write(path, blocks(&readme, "quick_start"))?;
    Ok(())
}

/// Writes each Rust code block of the sections about pages and streams as a module. The crate of the cases has no transport of its
/// own, so the functions get a client over a mock.
fn write_guide(readme: &str) -> Result<(), Box<dyn Error>> {
    let sections =
        readme.split("\n## ").filter(|section| section.starts_with("Pages") || section.starts_with("Streams"));
    let sections = sections.collect::<Vec<_>>().join("\n");
    let code = blocks(&sections, "section").replace("client: &Client", "client: &Client<tests::runtime::Mock>");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("guide.rs"), code)?;
    Ok(())
}

/// Returns the Rust code blocks of a text in Markdown, each as a module.
fn blocks(text: &str, name: &str) -> String {
    let blocks = text.split("\n```rust\n").skip(1).filter_map(|rest| rest.split("\n```\n").next());
    let modules = blocks.enumerate().map(|(index, block)| format!("mod {name}_{index} {{\n{block}\n}}\n"));
    modules.collect()
}

/// Returns the documents in a folder. Subfolders are not searched.
fn inputs(folder: &str) -> Result<Vec<Input>, Box<dyn Error>> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut documents = entries.collect::<Result<Vec<_>, _>>()?;
    documents.retain(|path| path.is_file());
    documents.sort();
    documents.iter().map(|document| input(document)).collect()
}

fn input(document: &Path) -> Result<Input, Box<dyn Error>> {
    let module = document.file_stem().ok_or("a document without a name")?.to_string_lossy().into_owned();
    let file = document.to_str().ok_or("a path that is not UTF-8")?.to_owned();
    Ok(Input::new(file, fs::read_to_string(document)?, module))
}

/// Generates the crate of `inputs` and writes its source files. Returns the files of its top-level modules, and its README.
fn write(inputs: &[Input], options: &Options, folder: &Path) -> Result<(Vec<PathBuf>, String), Box<dyn Error>> {
    let read = |_: &str, path: &str| fs::read_to_string(path).map_err(ReadError::from);
    let generation = Pipeline::new(options).with_files(&read).generate(inputs);
    let findings = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
    let outputs = generation.files.as_ref().ok_or_else(findings)?;
    for output in outputs.iter().filter(|output| output.path.starts_with("src/")) {
        let path = folder.join(&output.path);
        // The documents in the first folder use all parts of the runtime, so the second crate must not replace its files.
        if output.path.starts_with("src/runtime/") && path.exists() {
            continue;
        }
        fs::create_dir_all(path.parent().ok_or("no folder")?)?;
        fs::write(path, &output.text)?;
    }
    let sources = outputs.iter().filter_map(|output| output.path.strip_prefix("src/"));
    let at_root =
        |file: &&str| *file == "ecma.rs" || file.strip_suffix("/mod.rs").is_some_and(|name| !name.contains('/'));
    let readme = outputs.iter().find(|output| output.path == "README.md").ok_or("no README.md")?;
    Ok((sources.filter(at_root).map(PathBuf::from).collect(), readme.text.clone()))
}

fn mount(sources: &Path, file: &Path) -> String {
    let module = file.with_extension("");
    let module = if module.ends_with("mod") { module.parent().unwrap_or(&module) } else { &module };
    format!("#[path = {:?}]\npub mod {};\n", sources.join(file), module.display())
}
