//! The `Cargo.toml` of a crate outside this repository.

/// What the manifest depends on.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The name of the crate.
    pub name: String,
    /// Whether some pattern needs a regex engine.
    pub needs_engine: bool,
}

/// The runtime's own manifest: the crates need what the runtime needs, in the same versions.
const RUNTIME: &str = include_str!("../../runtime/Cargo.toml");

/// The dependency of crates with a pattern that needs an engine.
pub const ENGINE: &str = "regress = \"0.12\"";

/// The engine is an option of the runtime; a crate has it or has not.
const OPTIONAL_ENGINE: &str = "regress = { version = \"0.12\", optional = true }\n";

impl Manifest {
    /// The text of the manifest, without its header.
    pub fn text(&self) -> String {
        let requirements = RUNTIME.split_once("[features]").map_or("", |(_, rest)| rest);
        let requirements = requirements.split_once("[lints]").map_or(requirements, |(before, _)| before).trim_end();
        let requirements = requirements.replace("ecma = [\"dep:regress\"]\n", "");
        let requirements = match self.needs_engine {
            true => requirements.replace(OPTIONAL_ENGINE, &format!("{ENGINE}\n")),
            false => requirements.replace(OPTIONAL_ENGINE, ""),
        };
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\npublish = false\n\n\
             # The path is spelt out so that the manifest still loads when src/ has been deleted.\n[lib]\npath = \"src/lib.rs\"\n\n\
             [features]{requirements}\n",
            self.name
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_crates_with_such_a_pattern_have_an_engine() {
        let text = |needs_engine| Manifest { name: "pets".to_owned(), needs_engine }.text();
        assert!(text(true).contains(&format!("\n{ENGINE}\n")) && !text(true).contains("dep:regress"), "{}", text(true));
        assert!(!text(false).contains("regress"), "{}", text(false));
    }
}
