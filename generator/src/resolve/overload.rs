//! `x-overload`: the spellings of one operation.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::pointer::Pointer;
use crate::resolve::document::{Overload, OverloadArgument};
use crate::resolve::extension::{misshapen, read};
use crate::resolve::{Context, Extensions};

const NAME: &str = "x-overload";

const SAMPLE: &str = "x-overload: {method: unlinkRole, arguments: [{name: role, type: RoleKey, variant: Name, \
                      parameters: {name: RoleName}}]}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spelling {
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

/// `x-overload` of the operation at `place`, whose path is `path`.
pub(super) fn overload(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer, path: &str) -> Option<Overload> {
    let spelling: Spelling = read(cx, extensions, NAME, place, SAMPLE)?;
    let pointer = place.join(NAME);
    if let Some(fault) = fault(&spelling) {
        misshapen(cx, &pointer, NAME, &fault, SAMPLE);
        return None;
    }
    let arguments = spelling.arguments.into_iter().map(|argument| OverloadArgument {
        name: argument.name,
        type_name: argument.type_name,
        variant: argument.variant,
        parameters: in_order_of(path, argument.parameters),
    });
    Some(Overload { pointer, method: spelling.method, arguments: arguments.collect() })
}

/// The parameters of an argument in the order in which the path has them: a mapping has none of its own. What the path does
/// not have, which `check` tells, comes last.
fn in_order_of(path: &str, mut parameters: IndexMap<String, String>) -> IndexMap<String, String> {
    let place = |name: &String| path.find(&format!("{{{name}}}")).unwrap_or(usize::MAX);
    parameters.sort_by(|left, one, right, other| (place(one), left).cmp(&(place(other), right)));
    parameters
}

/// What is wrong with one spelling by itself; `check` compares the spellings of a method with each other.
fn fault(spelling: &Spelling) -> Option<String> {
    if !is_word(&spelling.method, char::is_lowercase) || spelling.method.contains('_') {
        return Some(format!("the method `{}` is not in camelCase", spelling.method));
    }
    if spelling.arguments.is_empty() {
        return Some("there are no arguments".to_owned());
    }
    spelling.arguments.iter().enumerate().find_map(|(index, argument)| {
        let name = &argument.name;
        if spelling.arguments.iter().take(index).any(|other| other.name == *name) {
            return Some(format!("two arguments are called `{name}`"));
        }
        fault_of_argument(argument)
    })
}

fn fault_of_argument(argument: &Argument) -> Option<String> {
    let name = &argument.name;
    let fields = argument.parameters.keys();
    if let Some(bad) = [name].into_iter().chain(fields).find(|name| !is_snake_case(name)) {
        return Some(format!("`{bad}` is not in snake_case"));
    }
    let types = argument.type_name.iter().chain(&argument.variant);
    if let Some(bad) = types.into_iter().find(|name| !is_word(name, char::is_uppercase) || name.contains('_')) {
        return Some(format!("`{bad}` is not in PascalCase"));
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

fn is_word(name: &str, begins: fn(char) -> bool) -> bool {
    name.is_ascii() && name.starts_with(begins) && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

#[cfg(test)]
mod tests {
    use crate::resolve::tests::resolved;

    fn says(overload: &str) -> Vec<String> {
        let text = format!("paths:\n  /a:\n    get:\n      x-overload: {overload}\n      responses: {{}}\n");
        let (document, findings) = resolved(&text);
        assert_eq!(
            document.operations.iter().filter(|operation| operation.overload.is_some()).count(),
            1 - findings.len()
        );
        findings
    }

    #[test]
    fn only_the_documented_shape_is_read() {
        assert_eq!(
            says("{method: unlink, arguments: [{name: a, type: T, variant: V, parameters: {x: X, y: Y}}]}"),
            [""; 0]
        );
        assert_eq!(says("{method: unlink, arguments: [{name: a, parameters: {x: X}}]}"), [""; 0]);
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
            "{method: unlink, arguments: [{name: a, parameters: {x: X}}, {name: a, parameters: {x: X}}]}",
            "{method: unlink, arguments: [{name: a, parameter: {x: X}}]}",
        ] {
            let said = says(wrong);
            let is_of_shape = |line: &String| line.starts_with("extension-shape /paths/~1a/get/x-overload");
            assert!(said.len() == 1 && said.iter().all(is_of_shape), "{wrong}: {said:?}");
        }
    }
}
