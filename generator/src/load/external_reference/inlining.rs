//! The state of the traversal that replaces references to other files.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use crate::finding::Findings;
use crate::load::external_reference::copy_budget::CopyBudget;
use crate::load::file_reader::{ReadError, ReadFile};
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;

/// The target of a reference: a file, and a JSON Pointer into that file.
pub(super) type Target = (Rc<str>, Pointer);

/// The places of the anchors of a file, by name. `None` if several schemas have the same anchor.
pub(super) type Anchors = HashMap<String, Option<Pointer>>;

/// The state of the traversal that replaces references to other files.
pub(super) struct Inlining<'r, 'f> {
    pub(super) read: &'r ReadFile<'r>,
    /// The version of the document, which also holds for the other files.
    pub(super) version: OpenApiVersion,
    /// The path of the document.
    pub(super) main: Rc<str>,
    /// The tree of each file as parsed, before any reference is replaced. `None` if the file cannot be read.
    pub(super) trees: HashMap<Rc<str>, Option<Rc<Value>>>,
    /// The anchors of each file to one of which a reference leads.
    pub(super) anchors: HashMap<Rc<str>, Anchors>,
    /// For each file that is not read, the reason.
    pub(super) read_errors: HashMap<Rc<str>, ReadError>,
    /// Maps a section of `components` and a target in another file to the name of the component for that target.
    pub(super) names: HashMap<(&'static str, Target), String>,
    /// The names of the components that were added for targets in other files, each with its section of `components`.
    pub(super) taken_names: HashSet<(&'static str, String)>,
    /// The components to add: section, name and value.
    pub(super) components: Vec<(&'static str, String, Value)>,
    /// The `$ref` targets that are being inlined at this point, from the outermost to the innermost.
    pub(super) open_targets: Vec<Target>,
    pub(super) copies: CopyBudget,
    /// The length of all texts that have been read, in bytes.
    pub(super) text_length: usize,
    /// For each section of `components` and each name that got numbers, the last number: 3 for `Pet3`.
    pub(super) last_numbers: HashMap<(&'static str, String), usize>,
    pub(super) findings: &'f mut Findings,
}
