//! Finds the items of a page in the Rust type of its body.

use std::collections::HashMap;

use crate::finding::{Code, Findings};
use crate::ir::{
    ArgumentLocation, NextPage, Operation, Pagination, Presence, Step, Success, Type, TypeDef, TypeKind, Value,
};
use crate::lower::passes::items::Items;
use crate::pointer::Pointer;
use crate::resolve::document::{self, Document};

/// Sets [`Operation::pagination`](crate::ir::Operation::pagination). Reports an extension that contradicts the operation, and
/// ignores it.
pub(crate) fn set_pagination(document: &Document, items: &mut Items, findings: &mut Findings) {
    let written: HashMap<String, (&document::Operation, &document::Pagination)> = document
        .operations
        .iter()
        .filter_map(|operation| Some((operation.pointer.to_string(), (operation, operation.pagination.as_ref()?))))
        .collect();
    if written.is_empty() {
        return;
    }
    for operation in &mut items.operations {
        let Some((source, written)) = operation.pointers.first().and_then(|place| written.get(place)) else { continue };
        match list_of_items(&items.types, operation, source, written) {
            Ok((steps, item)) => operation.pagination = Some(pagination(written, steps, item)),
            Err(reason) => {
                let message = format!("`x-pagination` does not fit `{} {}`: {reason}.", source.method, source.path);
                let remedy = "Correct the extension, or the schema of the success response.";
                findings.add_repairable(
                    Code::ExtensionShape,
                    &written.pointer,
                    message,
                    remedy,
                    "The extension is ignored.",
                );
            }
        }
    }
}

/// Returns the steps from a body to the list of its items, and the type of an item. Returns the reason if the extension does not
/// fit the operation.
fn list_of_items(
    types: &[TypeDef],
    operation: &Operation,
    source: &document::Operation,
    written: &document::Pagination,
) -> Result<(Vec<Step>, Value), String> {
    let Success::One(Some(content)) = &operation.responses.success else {
        return Err("the success responses have no body, or bodies of different types".to_owned());
    };
    let found = steps(types, &content.value, &written.items)?;
    check_cursor(types, operation, &content.value, written)?;
    check_parameter(source, written)?;
    Ok(found)
}

/// Returns an error if the operation has no query parameter with the name in the extension.
fn check_parameter(operation: &document::Operation, written: &document::Pagination) -> Result<(), String> {
    let Some(name) = written.next.parameter() else { return Ok(()) };
    let mut queries = operation.parameters.iter().filter(|parameter| parameter.location == document::Location::Query);
    match queries.any(|parameter| parameter.name == name) {
        true => Ok(()),
        false => Err(format!("the operation has no query parameter `{name}`")),
    }
}

/// Returns an error if the query parameter of a cursor is a number, and its value in the body is not.
fn check_cursor(
    types: &[TypeDef],
    operation: &Operation,
    body: &Value,
    written: &document::Pagination,
) -> Result<(), String> {
    let document::NextPage::Cursor { parameter, from } = &written.next else { return Ok(()) };
    let value = operation.arguments.iter().find_map(|argument| match &argument.location {
        ArgumentLocation::Query { value, .. } if argument.wire == *parameter => Some(value),
        _ => None,
    });
    let is_number =
        |value: &Value| matches!(value.kind, Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 | Type::Double);
    let is_other_scalar = |value: &Value| matches!(value.kind, Type::String | Type::External(_) | Type::Boolean);
    let (Some(sent), Some(found)) = (value, value_at(types, body, from)) else { return Ok(()) };
    match is_number(content(types, sent)) && is_other_scalar(found) {
        true => Err(format!("the query parameter `{parameter}` is a number, and the value at `{from}` is not")),
        false => Ok(()),
    }
}

/// Returns the value at a place in a body; `None` if the types do not describe it.
fn value_at<'t>(types: &'t [TypeDef], body: &'t Value, place: &Pointer) -> Option<&'t Value> {
    let mut value = content(types, body);
    for token in place.tokens() {
        let inner = match &value.kind {
            Type::List(item) if token == "-" => item,
            Type::Named { id, .. } => match &types[id.0].kind {
                TypeKind::Struct(structure) => &structure.fields.iter().find(|field| field.wire == token)?.value,
                _ => return None,
            },
            _ => return None,
        };
        value = content(types, inner);
    }
    Some(value)
}

/// Returns the content of a newtype, or of newtypes in one another. Returns any other value as it is.
fn content<'t>(types: &'t [TypeDef], value: &'t Value) -> &'t Value {
    match &value.kind {
        Type::Named { id, .. } => match &types[id.0].kind {
            TypeKind::Newtype(inner) => content(types, inner),
            _ => value,
        },
        _ => value,
    }
}

/// Returns the steps from a body to the list at `place`, and the type of the list's items.
fn steps(types: &[TypeDef], body: &Value, place: &Pointer) -> Result<(Vec<Step>, Value), String> {
    let (mut steps, mut value) = (Vec::new(), body);
    let mut tokens = place.tokens();
    let no_list = || match place.tokens().next() {
        None => "the body is not a list".to_owned(),
        Some(_) => format!("the body has no list at `{place}`"),
    };
    loop {
        if value.nullable {
            steps.push(Step::Some);
        }
        match &value.kind {
            Type::List(item) => {
                return match tokens.next() {
                    None => Ok((steps, (**item).clone())),
                    Some(token) => Err(format!("`{token}` of `{place}` would be in a list")),
                };
            }
            Type::Named { id, boxed } => {
                if *boxed {
                    steps.push(Step::Unbox);
                }
                match &types[id.0].kind {
                    TypeKind::Newtype(inner) => {
                        steps.push(Step::Newtype);
                        value = inner;
                    }
                    TypeKind::Struct(structure) => {
                        let token = tokens.next().ok_or_else(no_list)?;
                        let field = structure.fields.iter().find(|field| field.wire == token);
                        let field = field.ok_or_else(|| format!("the body has no member `{token}` of `{place}`"))?;
                        steps.push(Step::Field(field.name.clone()));
                        if field.presence != Presence::Required {
                            steps.push(Step::Some);
                        }
                        value = &field.value;
                    }
                    _ => return Err(no_list()),
                }
            }
            _ => return Err(no_list()),
        }
    }
}

fn pagination(written: &document::Pagination, steps: Vec<Step>, item: Value) -> Pagination {
    let tokens = |place: &Pointer| place.tokens().collect::<Vec<String>>();
    let next = match &written.next {
        document::NextPage::Cursor { parameter, from } => {
            NextPage::Cursor { parameter: parameter.clone(), from: tokens(from) }
        }
        document::NextPage::Offset { parameter } => NextPage::Offset { parameter: parameter.clone() },
        document::NextPage::Number { parameter, first } => {
            NextPage::Number { parameter: parameter.clone(), first: *first }
        }
        document::NextPage::Link => NextPage::Link,
        document::NextPage::Url(place) => NextPage::Url(tokens(place)),
    };
    Pagination {
        next,
        items: tokens(&written.items),
        more: written.more.as_ref().map(tokens).unwrap_or_default(),
        steps,
        item,
    }
}

#[cfg(test)]
mod tests {
    use super::steps;
    use crate::ir::{Type, Value};
    use crate::pointer::Pointer;

    #[test]
    fn a_body_without_the_list_is_named_without_an_empty_pointer() {
        let body = Value::plain(Type::Any);
        let reason = |place: &Pointer| steps(&[], &body, place).err().unwrap_or_default();
        assert_eq!(reason(&Pointer::root()), "the body is not a list");
        assert_eq!(reason(&Pointer::root().join("data")), "the body has no list at `/data`");
    }
}
