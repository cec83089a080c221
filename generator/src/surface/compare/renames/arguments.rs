//! Finds arguments for path parameters whose name changed while their position in the path template stayed the same.

use std::collections::HashMap;

use crate::surface::arguments::STYLE;
use crate::surface::compare::difference::Difference;
use crate::surface::compare::name_map::{ArgumentName, NameMap};
use crate::surface::compare::renames::members::Members;
use crate::surface::compare::rules;
use crate::surface::item::{Facet, Item, ItemKind};

/// An argument whose name changed while its position in the path template stayed the same.
pub(super) struct RenamedArgument<'s> {
    before: &'s Item,
    after: &'s Item,
    /// Whether calls pass the argument by name.
    is_named: bool,
}

impl RenamedArgument<'_> {
    /// Returns the difference that reports the rename. Returns `None` if only the parameter in the path template was renamed, and
    /// the generated argument has the same name as before.
    pub fn difference(&self) -> Option<Difference> {
        if argument_name(self.before) == argument_name(self.after) {
            return None;
        }
        let message = format!("`{}` was renamed to `{}`", self.before.path, self.after.path);
        let rule = if self.is_named { &rules::NAMED_ARGUMENT_RENAMED } else { &rules::ARGUMENT_RENAMED };
        Difference::new(rule, Some(self.before), Some(self.after), message)
    }
}

fn argument_name(item: &Item) -> &str {
    item.path.rsplit('.').next().unwrap_or_default()
}

/// Returns a request without the names of its path parameters: `GET /pets/{id}` becomes `GET /pets/{}`.
pub(super) fn shape(request: &str) -> String {
    let pieces = request.split('{').enumerate().map(|(index, piece)| match piece.split_once('}') {
        Some((_, text)) if index > 0 => format!("{{}}{text}"),
        _ => piece.to_owned(),
    });
    pieces.collect()
}

/// Returns the names of a request's path parameters, in order.
fn path_parameters(request: &str) -> Vec<&str> {
    request.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)).collect()
}

/// The arguments of an operation for its path parameters, by the names of the parameters. Each argument has the style in its
/// location: ` style label` for `path id style label`, and an empty string for `path id`.
type PathArguments<'s> = HashMap<&'s str, (&'s Item, &'s str)>;

fn path_arguments<'s>(members: &Members<'s>, operation: &Item) -> PathArguments<'s> {
    let mut arguments = PathArguments::new();
    for item in members.of(operation).filter(|item| item.kind == ItemKind::Argument) {
        let Some(location) = item.facet(Facet::Location).and_then(|location| location.strip_prefix("path ")) else {
            continue;
        };
        // A name may contain the text that begins a style, so both readings are possible.
        for end in [Some(location.len()), location.rfind(STYLE)].into_iter().flatten() {
            let (name, style) = location.split_at(end);
            arguments.entry(name).or_insert((item, style));
        }
    }
    arguments
}

/// Adds the arguments whose name changed while their position in the path template stayed the same to `names`, and returns them.
pub(super) fn rename_path_arguments<'s>(
    old: &Members<'s>,
    new: &Members<'s>,
    names: &mut NameMap,
) -> Vec<RenamedArgument<'s>> {
    let mut found = Vec::new();
    let mut methods: Vec<&'s Item> = old.all().filter(|item| item.kind == ItemKind::Operation).collect();
    methods.sort_by(|left, right| left.path.cmp(&right.path));
    for before in methods {
        let path = names.methods.get(&before.path).unwrap_or(&before.path);
        let Some(after) = new.get(&before.owner, path) else { continue };
        let (Some(old_request), Some(new_request)) = (old.request(before), new.request(after)) else { continue };
        if old_request == new_request || shape(&old_request) != shape(&new_request) {
            continue;
        }
        let (old_arguments, new_arguments) = (path_arguments(old, before), path_arguments(new, after));
        let is_named = before.named > 0;
        let parameters = path_parameters(&old_request).into_iter().zip(path_parameters(&new_request));
        for (old_name, new_name) in parameters.filter(|(old_name, new_name)| old_name != new_name) {
            let pair = old_arguments.get(old_name).zip(new_arguments.get(new_name));
            let Some((&(before, style), &(after, _))) = pair else { continue };
            let location = format!("path {new_name}{style}");
            names.arguments.insert(before.path.clone(), ArgumentName { path: after.path.clone(), location });
            found.push(RenamedArgument { before, after, is_named });
        }
        names.requests.insert(before.path.clone(), new_request);
    }
    found
}
