//! The steps that remain after `init`, which depend on the Cargo package or workspace around the new crate.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::command::documents::{SPECS, relative};
use crate::command::output::printed;
use crate::files;

/// The maximum size of a `Cargo.toml` that is read, in bytes.
const MAX_BYTES: u64 = 1024 * 1024;

/// Prints what to do after `init`. `name` is the name of the crate, and of its folder in `folder`.
pub(super) fn print_next_steps(folder: &Path, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let shown = |path: PathBuf| printed(&relative(path));
    let surface = shown(folder.join(name).join("SURFACE.txt"));
    writeln!(out, "\nNext:")?;
    writeln!(out, "- Edit the documents in {}, and run `copperplate lint`.", shown(folder.join(SPECS)))?;
    writeln!(out, "- Run `copperplate` after each change, and review {surface} and the sources.")?;
    let crate_folder = folder.join(name);
    match Surroundings::of(&crate_folder) {
        Surroundings::Workspace { manifest, member } => {
            writeln!(out, "- Add the crate to the workspace: in {}, `members = [\"{member}\"]`.", shown(manifest))?;
            writeln!(
                out,
                "- In a package of the workspace, add it to [dependencies]: `{name} = {{ path = \"…/{name}\" }}`."
            )
        }
        Surroundings::Member => {
            writeln!(
                out,
                "- In a package of the workspace, add it to [dependencies]: `{name} = {{ path = \"…/{name}\" }}`."
            )
        }
        Surroundings::Package { manifest, path } => {
            let manifest = shown(manifest);
            writeln!(out, "- In {manifest}, add the crate to [dependencies]: `{name} = {{ path = \"{path}\" }}`.")
        }
        Surroundings::Nothing => {
            let manifest = shown(crate_folder.join("Cargo.toml"));
            writeln!(out, "- Build and test the crate: `cargo test --manifest-path {manifest}`.")
        }
    }
}

/// The Cargo package or workspace around a crate.
#[derive(Debug, PartialEq, Eq)]
enum Surroundings {
    /// A workspace that does not list the crate. Cargo builds the crate only if it is listed.
    Workspace {
        manifest: PathBuf,
        member: String,
    },
    /// A workspace that lists the crate.
    Member,
    /// A package without a workspace.
    Package {
        manifest: PathBuf,
        path: String,
    },
    Nothing,
}

impl Surroundings {
    fn of(crate_folder: &Path) -> Self {
        let Ok(real) = fs::canonicalize(crate_folder) else { return Self::Nothing };
        let mut package = None;
        for folder in real.ancestors().skip(1) {
            let manifest = folder.join("Cargo.toml");
            let Some(text) = read(&manifest) else { continue };
            let path = real.strip_prefix(folder).unwrap_or(&real).to_string_lossy().replace('\\', "/");
            match members(&text) {
                Some(members) if members.iter().any(|member| covers(member, &path)) => return Self::Member,
                Some(_) => return Self::Workspace { manifest, member: path },
                None => _ = package.get_or_insert(Self::Package { manifest, path }),
            }
        }
        package.unwrap_or(Self::Nothing)
    }
}

fn read(manifest: &Path) -> Option<String> {
    String::from_utf8(files::read_regular(manifest, MAX_BYTES).ok().flatten()?).ok()
}

/// Returns `members` of a manifest; `None` if it has no section `[workspace]`.
fn members(manifest: &str) -> Option<Vec<String>> {
    let table = DeTable::parse(manifest).ok()?.into_inner();
    let workspace = table.get("workspace")?.get_ref().as_table()?.clone();
    let members = workspace.get("members").map(|members| members.get_ref());
    let items = members.and_then(DeValue::as_array).into_iter().flat_map(|items| items.iter());
    Some(items.filter_map(|item| item.get_ref().as_str()).map(str::to_owned).collect())
}

/// Returns whether a pattern of `members` covers the folder at `path`: the path itself, or a pattern such as `crates/*`.
fn covers(member: &str, path: &str) -> bool {
    let member = member.trim_start_matches("./").trim_end_matches('/');
    let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
    member == path || member.strip_suffix('*').is_some_and(|pattern| pattern.trim_end_matches('/') == parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surroundings_of_a_crate_are_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = fs::canonicalize(folder.path()).expect("a path");
        let crate_folder = root.join("apis/client");
        fs::create_dir_all(&crate_folder).expect("a folder");
        let of = |manifest: &str| {
            fs::write(root.join("Cargo.toml"), manifest).expect("a file");
            Surroundings::of(&crate_folder)
        };
        let (manifest, path) = (root.join("Cargo.toml"), "apis/client".to_owned());
        let package = of("[package]\nname = \"a\"\n");
        assert_eq!(package, Surroundings::Package { manifest: manifest.clone(), path: path.clone() });
        let workspace = of("[workspace]\nmembers = [\"a\"]\n");
        assert_eq!(workspace, Surroundings::Workspace { manifest, member: path });
        for members in ["apis/client", "./apis/client/", "apis/*"] {
            assert_eq!(of(&format!("[workspace]\nmembers = [\"{members}\"]\n")), Surroundings::Member);
        }
    }
}
