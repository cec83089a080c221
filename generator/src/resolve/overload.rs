//! Reads `x-overload`, which combines several operations into one Rust method.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::pointer::Pointer;
use crate::resolve::context::{Context, Extensions};
use crate::resolve::document::{Overload, OverloadArgument};
use crate::resolve::extension::{read, report_malformed};

/// The name of the extension.
const NAME: &str = "x-overload";

/// A correct `x-overload`, which findings show as an example.
const SAMPLE: &str = "x-overload: {method: unlinkRole, arguments: [{name: role, type: RoleKey, variant: Name, \
                      parameters: {name: RoleName}}]}";

/// The JSON structure of `x-overload`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverload {
    method: String,
    arguments: Vec<Argument>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument {
    name: String,
    #[serde(rename = "type")]
    type_name: Option<String>,
    variant: Option<String>,
    parameters: IndexMap<String, String>,
}

/// Reads `x-overload` of the operation at `place`, whose path template is `path`.
pub(super) fn overload(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer, path: &str) -> Option<Overload> {
    let raw: RawOverload = read(cx, extensions, NAME, place, SAMPLE)?;
    let pointer = place.join(NAME);
    if let Some(reason) = malformation(&raw) {
        report_malformed(cx, &pointer, NAME, &reason, SAMPLE);
        return None;
    }
    let arguments = raw.arguments.into_iter().map(|argument| OverloadArgument {
        name: argument.name,
        type_name: argument.type_name,
        variant: argument.variant,
        parameters: in_path_order(path, argument.parameters),
    });
    Some(Overload { pointer, method: raw.method, arguments: arguments.collect() })
}

/// Sorts `parameters` by the position of each path parameter in `path`, because a YAML mapping has no order. Parameters that do
/// not occur in the path come last; the check stage reports them.
fn in_path_order(path: &str, mut parameters: IndexMap<String, String>) -> IndexMap<String, String> {
    let position = |name: &String| path.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
    parameters.sort_by(|left, one, right, other| (position(one), left).cmp(&(position(other), right)));
    parameters
}

/// Returns the first mistake in `overload`, such as a name that is not in camelCase. The check stage reports the contradictions
/// between operations that share a Rust method.
fn malformation(overload: &RawOverload) -> Option<String> {
    if !is_word(&overload.method, char::is_lowercase) || overload.method.contains('_') {
        return Some(format!("the method `{}` is not in camelCase", overload.method));
    }
    if overload.arguments.is_empty() {
        return Some("it has no arguments".to_owned());
    }
    overload.arguments.iter().enumerate().find_map(|(index, argument)| {
        let name = &argument.name;
        if overload.arguments.iter().take(index).any(|other| other.name == *name) {
            return Some(format!("two arguments have the name `{name}`"));
        }
        argument_malformation(argument)
    })
}

fn argument_malformation(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    let fields = argument.parameters.keys();
    if let Some(bad) = [name].into_iter().chain(fields).find(|name| !is_snake_case(name)) {
        return Some(format!("`{bad}` is not in snake_case"));
    }
    let types = argument.type_name.iter().chain(&argument.variant);
    if let Some(bad) = types.into_iter().find(|name| !is_word(name, char::is_uppercase) || name.contains('_')) {
        return Some(format!("`{bad}` is not in PascalCase"));
    }
    if argument.type_name.iter().chain(&argument.variant).any(|name| name == "Self") {
        return Some("`Self` is a keyword of Rust".to_owned());
    }
    match (&argument.type_name, &argument.variant, argument.parameters.len()) {
        (_, _, 0) => Some(format!("the argument `{name}` has no parameters")),
        (None, Some(_), _) => Some(format!("the argument `{name}` has a `variant` but no `type`")),
        (None, None, 2..) => Some(format!("the argument `{name}` has several parameters but no `type`")),
        _ => None,
    }
}

fn is_snake_case(name: &str) -> bool {
    is_word(name, char::is_lowercase) && !name.contains(char::is_uppercase)
}

/// Returns whether `name` is an ASCII identifier whose first character satisfies `begins`.
fn is_word(name: &str, begins: fn(char) -> bool) -> bool {
    name.is_ascii() && name.starts_with(begins) && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use crate::resolve::tests::resolved;

    /// Returns the findings about an operation with this `x-overload`.
    fn findings_about(overload: &str) -> Vec<String> {
        let text = format!("paths:\n  /a:\n    get:\n      x-overload: {overload}\n      responses: {{}}\n");
        let (document, findings) = resolved(&text);
        assert_eq!(
            document.operations.iter().filter(|operation| operation.overload.is_some()).count(),
            1 - findings.len()
        );
        findings
    }

    #[test]
    fn only_well_formed_overloads_are_read() {
        assert_eq!(
            findings_about("{method: unlink, arguments: [{name: a, type: T, variant: V, parameters: {x: X, y: Y}}]}"),
            [""; 0]
        );
        assert_eq!(findings_about("{method: unlink, arguments: [{name: a, parameters: {x: X}}]}"), [""; 0]);
        for wrong in [
            "{method: unlink}",
            "{method: Unlink, arguments: [{name: a, parameters: {x: X}}]}",
            "{method: un_link, arguments: [{name: a, parameters: {x: X}}]}",
            "{method: unlink, arguments: []}",
            "{method: unlink, arguments: [{name: a, parameters: {}}]}",
            "{method: unlink, arguments: [{name: a, parameters: {x: X, y: Y}}]}",
            "{method: unlink, arguments: [{name: a, variant: V, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, type: t, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, parameters: {xY: X}}]}",
            "{method: unlink, arguments: [{name: a, type: Self, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, type: T, variant: Self, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, parameters: {x: X}}, {name: a, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, parameter: {x: X}}]}",
        ] {
            let findings = findings_about(wrong);
            let is_malformed = |line: &String| line.starts_with("extension-shape /paths/~1a/get/x-overload");
            assert!(findings.len() == 1 && findings.iter().all(is_malformed), "{wrong}: {findings:?}");
        }
    }
}
