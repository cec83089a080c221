//! Writes the documentation of an operation: what it does, its arguments, what it returns, and how it fails.

use crate::emit::operations::arguments::wire_description;
use crate::ir::{
    Api, Argument, ArgumentLocation, Docs, Operation, PathStyle, ResponseHeadersId, ResponseKind, SecurityRequirement,
    StatusMatch, Success, Value,
};
use crate::text::code_span::code_span;

/// Returns the documentation of the operation's struct.
pub fn lines(api: &Api, operation: &Operation) -> Docs {
    let mut lines = operation.docs.clone();
    section(&mut lines, "Required arguments", required(api, operation));
    section(&mut lines, "Optional arguments", optional(operation));
    section(&mut lines, "Credentials", credentials(api, operation));
    section(&mut lines, "Returns", success(api, operation));
    section(&mut lines, "Pages", pages(operation));
    section(&mut lines, "Failures", failures(operation));
    // The snippet of the operation follows.
    lines.extend([String::new(), "# Example".to_owned()]);
    lines
}

/// Returns the documentation of the client's method.
pub fn method_lines(operation: &Operation) -> Docs {
    let mut lines = first_paragraph(&operation.docs).to_vec();
    lines.extend([String::new(), format!("See [`{}`] for arguments, result and failures.", operation.type_name)]);
    lines
}

/// Returns the documentation of the method that sets an optional argument.
pub fn setter_lines(argument: &Argument) -> Docs {
    let mut lines = argument.docs.clone();
    if !argument.is_body() {
        lines.extend([String::new(), format!("Sent as {}.", wire_description(argument))]);
    }
    lines
}

fn section(lines: &mut Docs, title: &str, content: Docs) {
    if !content.is_empty() {
        lines.extend([String::new(), format!("# {title}")]);
        lines.extend(content);
    }
}

fn required(api: &Api, operation: &Operation) -> Docs {
    let arguments = operation.call_arguments();
    let mut lines = Docs::new();
    for (_, argument) in &arguments.named {
        let field = api.layout.path(&format!("required::{}::{}", operation.type_name, argument.name));
        item(&mut lines, &format!("[`{}`]({field})", argument.name), &argument.docs);
    }
    for (_, argument) in &arguments.positional {
        let kind = match &argument.location {
            ArgumentLocation::Body(content) => format!(" ({})", type_link(api, &content.value)),
            ArgumentLocation::Bodies { name, .. } => format!(" ([`{name}`])"),
            ArgumentLocation::Key(id) => format!(" ([`{}`])", api.key_types[id.0].name),
            _ => String::new(),
        };
        item(&mut lines, &format!("`{}`{kind}", argument.name), &argument.docs);
    }
    lines
}

/// Adds a list item: a name, and the paragraphs that describe it.
fn item(lines: &mut Docs, name: &str, docs: &[String]) {
    lines.push(format!("- {name}:"));
    lines.extend(docs.iter().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }));
}

fn optional(operation: &Operation) -> Docs {
    let optional = operation.arguments.iter().filter(|argument| !argument.required);
    optional.map(|argument| format!("- [`{0}`](Self::{0}), {1}", argument.name, wire_description(argument))).collect()
}

/// Names the methods of the builder that set the credentials.
fn credentials(api: &Api, operation: &Operation) -> Docs {
    let setter = |needed: &SecurityRequirement| {
        let setter = &api.security_schemes[needed.scheme.0].setter;
        format!("[`Builder::{setter}`](crate::runtime::Builder::{setter})")
    };
    let required = operation.security.iter().filter(|alternative| !alternative.is_empty());
    let required = required.map(|alternative| alternative.iter().map(setter).collect::<Vec<_>>().join(" and "));
    let all = required.collect::<Vec<_>>().join(", or by ");
    match (all.is_empty(), operation.security.iter().any(Vec::is_empty)) {
        (true, _) if api.security_schemes.is_empty() => Docs::new(),
        (true, _) => vec!["None.".to_owned()],
        (false, true) => vec![format!("Set by {all}, or none.")],
        (false, false) => vec![format!("Set by {all}.")],
    }
}

fn success(api: &Api, operation: &Operation) -> Docs {
    let responses = &operation.responses;
    let statuses = responses.arms.iter().filter(|arm| matches!(arm.kind, ResponseKind::Success(_)));
    let mut statuses: Vec<String> = statuses.map(|arm| status_text(arm.status)).collect();
    statuses.dedup();
    let mut lines = match &responses.success {
        Success::One(None) => vec![format!("No value, for {}.", statuses.join(" or "))],
        Success::One(Some(content)) => {
            vec![format!("{}, for {}.", type_link(api, &content.value), statuses.join(" or "))]
        }
        Success::Several { name, variants } => {
            let variants = variants.iter().map(|variant| outcome(name, &variant.name, &variant.docs));
            [format!("[`{name}`]:")].into_iter().chain(variants).collect()
        }
    };
    if let Some(stream) = &responses.stream {
        let item = type_link(api, &stream.item);
        lines.extend([
            String::new(),
            format!("[`stream`](Self::stream) returns the items as they are received: {item}."),
        ]);
    }
    if let Some(ResponseHeadersId(id)) = responses.headers {
        lines.extend([String::new(), format!("Headers: [`{}`].", api.response_headers[id].name)]);
    }
    if statuses.is_empty() { Docs::new() } else { lines }
}

fn pages(operation: &Operation) -> Docs {
    let text = "The results are divided into pages. [`items`](Self::items) returns the items of all pages, and [`pages`](Self::pages) the \
                pages.";
    operation.pagination.iter().map(|_| text.to_owned()).collect()
}

fn failures(operation: &Operation) -> Docs {
    let responses = &operation.responses;
    let kind = &responses.failure_type;
    let mut lines: Docs =
        responses.failures.iter().map(|failure| outcome(kind, &failure.name, &failure.docs)).collect();
    if !lines.is_empty() {
        let returns = format!("[`Error::failure`](crate::runtime::Error::failure) returns it as a [`{kind}`].");
        lines.extend([String::new(), returns]);
    }
    lines
}

/// Returns a list item for a variant of an enum of responses. The documentation of the variant begins with its status.
fn outcome(kind: &str, variant: &str, docs: &[String]) -> String {
    let first = first_paragraph(docs).join(" ");
    match first.strip_prefix("Status ") {
        Some(rest) => format!("- [`{variant}`]({kind}::{variant}), status {rest}"),
        None => format!("- [`{variant}`]({kind}::{variant}): {first}"),
    }
}

fn status_text(status: StatusMatch) -> String {
    match status {
        StatusMatch::Code(code) => format!("status {code}"),
        StatusMatch::Range(first_digit) => format!("status {first_digit}XX"),
        StatusMatch::Other => "any other status".to_owned(),
    }
}

/// Writes a type as code, with a link if the type or its items have a name.
fn type_link(api: &Api, value: &Value) -> String {
    let text = code_span(&api.type_text(value, PathStyle::Short));
    match value.named_type().map(|id| &api.types[id.0].name) {
        Some(name) => format!("[{text}]({})", api.layout.path(&format!("types::{name}"))),
        None => text,
    }
}

fn first_paragraph(docs: &[String]) -> &[String] {
    docs.split(String::is_empty).next().unwrap_or_default()
}
