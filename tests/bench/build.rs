//! Generates the crate of `orders.yaml`, which `main.rs` includes, and the JSON Schemas for the `jsonschema` crate.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copperplate::{Input, Options, Pipeline, Types};

const SPEC: &str = "orders.yaml";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={SPEC}");
    let folder = PathBuf::from(env::var("OUT_DIR")?);
    let text = fs::read_to_string(SPEC)?;
    emit(&text, &folder)?;
    fs::write(folder.join("json_schema.rs"), json_schemas(&text)?)?;
    Ok(())
}

/// Writes the generated crate, and the `mod` items that include it.
fn emit(text: &str, folder: &Path) -> Result<(), Box<dyn Error>> {
    let input = Input::new(SPEC, text, "orders");
    let options = Options { crate_name: "orders".to_owned(), types: Types::All, ..Options::default() };
    let generation = Pipeline::new(&options).generate(&[input]);
    let findings = || generation.findings.iter().map(|finding| format!("{finding}\n")).collect::<String>();
    for output in generation.files.as_ref().ok_or_else(findings)? {
        let path = folder.join(&output.path);
        fs::create_dir_all(path.parent().ok_or("a file without a folder")?)?;
        fs::write(path, &output.text)?;
    }
    let mounts = [("runtime", "src/runtime/mod.rs"), ("orders", "src/orders/mod.rs")];
    let mount = |(module, file): (&str, &str)| format!("#[path = {:?}]\npub mod {module};\n", folder.join(file));
    fs::write(folder.join("mounts.rs"), mounts.map(mount).concat())?;
    Ok(())
}

/// Returns Rust code with the JSON Schemas. Each schema occurs twice: as text for the validator that is compiled at run time, and
/// as the input of the `jsonschema` macro. For this document, OpenAPI and JSON Schema differ only in where the definitions are.
fn json_schemas(text: &str) -> Result<String, Box<dyn Error>> {
    let document: serde_json::Value = serde_yaml::from_str(text)?;
    let definitions = serde_json::to_string(&document["components"]["schemas"])?;
    let definitions = definitions.replace("#/components/schemas/", "#/definitions/");
    let validator = |name: &str, schema: &str, constant: &str| {
        let schema = format!(r##"{{"definitions":{definitions},"$ref":"#/definitions/{schema}"}}"##);
        format!(
            "pub const {constant}: &str = r##\"{schema}\"##;\n\
             #[jsonschema::validator(schema = r##\"{schema}\"##, draft = Draft7, pattern_options = {{ engine = regex }})]\npub struct {name};\n"
        )
    };
    Ok(validator("Order", "Order", "ORDER") + &validator("Page", "Page", "PAGE"))
}
