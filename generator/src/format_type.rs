//! The types of other crates that the user chooses for the strings of a format, with `--format NAME=TYPE`.

use std::str::FromStr;

use proc_macro2::{TokenStream, TokenTree};
use semver::VersionReq;
use syn::punctuated::Punctuated;

/// A type for the strings of a format, such as `uuid::Uuid` for `format: uuid`.
///
/// The type must implement `Clone`, `Debug`, `PartialEq`, `Serialize` and `Deserialize`, and be a string in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormatType {
    /// The value of the keyword `format`.
    pub format: String,
    /// The type as the user wrote it, without spaces: `uuid::Uuid`.
    pub name: String,
    /// The type as Rust source that is valid in every module: `::uuid::Uuid`.
    pub source: String,
    /// The version of the crate, as in `Cargo.toml`. `None` if the user named no version.
    pub version: Option<String>,
}

/// The formats that have a type of their own.
const FIXED_FORMATS: &[&str] = &["binary", "password"];

/// The roots of paths that lead to no other crate.
const LOCAL_ROOTS: &[&str] = &["crate", "self", "super", "Self"];

/// The crates that need no dependency.
const STANDARD_CRATES: &[&str] = &["alloc", "core", "std"];

impl FormatType {
    /// Returns the name of the crate that declares the type; `None` for the standard library.
    pub fn crate_name(&self) -> Option<&str> {
        let name = self.name.trim_start_matches("::").split("::").next()?;
        (!STANDARD_CRATES.contains(&name)).then_some(name)
    }
}

impl FromStr for FormatType {
    type Err = String;

    /// Parses `NAME=TYPE` or `NAME=TYPE@VERSION`.
    fn from_str(text: &str) -> Result<Self, String> {
        let (format, rest) = text.split_once('=').ok_or("write NAME=TYPE, such as `uuid=uuid::Uuid`")?;
        if format.is_empty() || FIXED_FORMATS.contains(&format) {
            return Err(format!("the type of the format `{format}` cannot be chosen"));
        }
        let (path, version) = match rest.rsplit_once('@') {
            Some((path, version)) => (path, Some(version)),
            None => (rest, None),
        };
        if let Some(version) = version.filter(|version| VersionReq::parse(version).is_err()) {
            return Err(format!("`{version}` is not a version, such as `1` or `0.4.38`"));
        }
        let is_path = || format!("`{path}` is not the path of a type in a crate, such as `uuid::Uuid`");
        let mut parsed: syn::TypePath = syn::parse_str(path).map_err(|_| is_path())?;
        let root = parsed.path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if parsed.qself.is_some() || parsed.path.segments.len() < 2 || LOCAL_ROOTS.contains(&root.as_str()) {
            return Err(is_path());
        }
        make_absolute(&mut parsed).ok_or_else(is_path)?;
        let tokens = quote::ToTokens::to_token_stream(&parsed);
        Ok(Self {
            format: format.to_owned(),
            name: path.split_whitespace().collect::<Vec<_>>().concat().trim_start_matches("::").to_owned(),
            source: source(tokens),
            version: version.map(|version| version.trim().to_owned()),
        })
    }
}

/// Begins each path of several segments with `::`, so that no module of the generated crate hides a crate. Returns `None` if the
/// type has arguments other than types.
fn make_absolute(path: &mut syn::TypePath) -> Option<()> {
    if path.path.segments.len() > 1 {
        path.path.leading_colon = Some(syn::token::PathSep::default());
    }
    for segment in &mut path.path.segments {
        let arguments: &mut Punctuated<_, _> = match &mut segment.arguments {
            syn::PathArguments::None => continue,
            syn::PathArguments::AngleBracketed(arguments) => &mut arguments.args,
            syn::PathArguments::Parenthesized(_) => return None,
        };
        for argument in arguments {
            let syn::GenericArgument::Type(syn::Type::Path(inner)) = argument else { return None };
            make_absolute(inner)?;
        }
    }
    Some(())
}

/// Writes tokens without spaces. Only paths and their arguments occur, which need none.
fn source(tokens: TokenStream) -> String {
    let trees = tokens.into_iter().map(|tree| match tree {
        TokenTree::Group(group) => source(group.stream()),
        tree => tree.to_string(),
    });
    trees.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_of_a_crate_is_parsed() {
        let parsed: FormatType = "date-time=chrono::DateTime<chrono::Utc>@0.4".parse().unwrap();
        assert_eq!(parsed.source, "::chrono::DateTime<::chrono::Utc>");
        assert_eq!((parsed.name.as_str(), parsed.crate_name()), ("chrono::DateTime<chrono::Utc>", Some("chrono")));
        assert_eq!((parsed.format.as_str(), parsed.version.as_deref()), ("date-time", Some("0.4")));
        let standard: FormatType = "ipv4=std::net::Ipv4Addr".parse().unwrap();
        assert_eq!((standard.crate_name(), standard.version.as_deref()), (None, None));
    }

    #[test]
    fn a_version_is_a_requirement() {
        for right in
            ["1", "0.4.38", "^1.2", "~0.3", "=1.0.0-beta.1", ">=1, <3", "*", "1.*", "1.x", "1.2.3+build", "> 1.0"]
        {
            assert!(format!("uuid=uuid::Uuid@{right}").parse::<FormatType>().is_ok(), "{right}");
        }
    }

    #[test]
    fn anything_else_is_an_error() {
        for wrong in [
            "uuid",
            "=uuid::Uuid",
            "uuid=",
            "uuid=Uuid",
            "uuid=uuid::",
            "uuid=crate::Uuid",
            "uuid=&uuid::Uuid",
            "uuid=uuid::Uuid@",
            "uuid=uuid::Uuid@\"1\"",
            "uuid=reqwest::X@git",
            "uuid=uuid::Uuid@1,",
            "uuid=uuid::Uuid@=*",
            "uuid=uuid::Uuid@1.2.3.4",
            "uuid=uuid::Uuid@1-alpha",
            "uuid=uuid::Uuid@1 2",
            "uuid=uuid::Uuid<'static>",
            "uuid=<u8 as a::B>::C",
            "uuid=fn(a::B)",
            "uuid=a::b!()",
            "uuid=a::B; struct C",
            "binary=bytes::Bytes",
        ] {
            assert!(wrong.parse::<FormatType>().is_err(), "{wrong}");
        }
    }
}
