//! Operations: the client's methods, what they take and send, and what answers mean.

use std::sync::Arc;

use crate::ir;
use crate::ir::{
    Argument, ArgumentLocation, BodyEncoding, Content, FormStyle, Operation, Path, PathStyle, ResponseArm,
    ResponseHeaders, ResponseKind, StatusMatch, Style, StyleKind, Success, TemplateTable,
};
use crate::pointer::Pointer;
use crate::surface::client::features_of;
use crate::surface::rules::{of_rules, of_value, one_line};
use crate::surface::{Facet, Kind, Listing};

pub(super) fn list(listing: &mut Listing<'_>, features: bool) {
    let api = listing.api;
    let client = listing.path("Client");
    let has_features = features_of(api, features).next().is_some();
    for (index, operation) in api.operations.iter().enumerate() {
        let group = api.layout.operations.get(index).and_then(|group| api.layout.groups.get(group.0));
        let feature = group.filter(|_| has_features).map(|group| group.feature.as_str());
        let pointer = operation.pointers.first().and_then(|place| Pointer::parse(place)).unwrap_or_default();
        let method = listing.path(&format!("Client::{}", operation.method_name));
        list_method(listing, &client, operation, feature, &pointer);
        list_request(listing, &method, operation, &pointer);
        let arguments = listing.path(&format!("operations::{}", operation.type_name)).to_string();
        let item = listing.add_of(Kind::Struct, &method, arguments, &pointer);
        item.says_if(Facet::Lifetime, operation.borrows(), "<'a>").says(Facet::Shape, "struct").says_if(
            Facet::NonExhaustive,
            Operation::IS_NON_EXHAUSTIVE,
            "non_exhaustive",
        );
        for argument in &operation.arguments {
            list_argument(listing, &method, argument);
        }
        for arm in &operation.responses.arms {
            list_answer(listing, &method, operation, arm, &pointer);
        }
        list_outcomes(listing, &method, operation, &pointer);
    }
    let read =
        |id: usize| api.operations.iter().any(|operation| operation.responses.headers.is_some_and(|used| used.0 == id));
    for (_, headers) in api.response_headers.iter().enumerate().filter(|(id, _)| read(*id)) {
        list_headers(listing, headers);
    }
}

fn list_method(
    listing: &mut Listing<'_>,
    client: &Arc<str>,
    operation: &Operation,
    feature: Option<&str>,
    pointer: &Pointer,
) {
    let api = listing.api;
    let answers = &operation.responses;
    let required = operation.method_arguments().into_iter();
    let handed_over =
        |argument: &Argument| without_lifetime(api.argument_setter_parameter(argument, PathStyle::Short).0);
    let arguments = required.map(|(_, argument)| (argument.name.clone(), handed_over(argument))).collect();
    let success = match &answers.success {
        Success::One(None) => "()".to_owned(),
        Success::One(Some(content)) => api.type_text(&content.value, PathStyle::Short),
        Success::Several { name, .. } => name.clone(),
    };
    let headers = answers.headers.map(|id| api.response_headers[id.0].name.as_str());
    let failure = (!answers.failures.is_empty()).then_some(answers.failure_type.as_str());
    let item = listing.add(Kind::Operation, client, &format!("::{}", operation.method_name), pointer);
    item.arguments = arguments;
    item.says(Facet::Success, success)
        .may_say(Facet::Headers, headers)
        .may_say(Facet::Failure, failure)
        .may_say(Facet::Feature, feature)
        .says_if(Facet::Deprecated, operation.deprecated, "deprecated");
}

/// Callers never write the lifetime.
fn without_lifetime(kind: String) -> String {
    kind.replace("&'a ", "&").replace("<'a>", "")
}

fn list_request(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    let api = listing.api;
    let templates = match &operation.path {
        Path::Template { template, .. } => one_line(template),
        Path::Overloaded { templates, .. } => {
            let mut templates = all_templates(templates);
            templates.sort_unstable();
            one_line(&templates.join(" or "))
        }
    };
    let alternatives = operation.security.iter().map(|alternative| {
        let needed = alternative.iter().map(|needed| {
            let (name, rules) = (&api.security_schemes[needed.scheme.0].name, of_rules(api, &needed.rules).join(", "));
            if rules.is_empty() { one_line(name) } else { format!("{} ({rules})", one_line(name)) }
        });
        let mut needed: Vec<String> = needed.collect();
        needed.sort_unstable();
        if needed.is_empty() { "nothing".to_owned() } else { needed.join(" and ") }
    });
    let alternatives: Vec<String> = alternatives.collect();
    let credentials = (!alternatives.is_empty()).then(|| format!("needs {}", alternatives.join(" or ")));
    let fixed = operation.fixed_headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let server = operation.server.iter().map(|url| format!("to {url}"));
    let mut fixed: Vec<String> = fixed.collect();
    fixed.sort_unstable();
    let fixed: Vec<String> = server.chain(fixed).map(|text| one_line(&text)).collect();
    listing
        .add(Kind::Request, method, " sends", pointer)
        .says(Facet::Request, format!("{} {templates}", operation.method))
        .may_say(Facet::Credentials, credentials)
        .says_if_any(Facet::Fixed, fixed.join(", "));
}

fn all_templates(table: &TemplateTable) -> Vec<&str> {
    match table {
        TemplateTable::Template(template) => vec![template],
        TemplateTable::Forms(forms) => forms.iter().flat_map(all_templates).collect(),
    }
}

fn list_argument(listing: &mut Listing<'_>, method: &Arc<str>, argument: &Argument) {
    let api = listing.api;
    let setter =
        (!argument.required).then(|| without_lifetime(api.argument_setter_parameter(argument, PathStyle::Short).0));
    let kind = without_lifetime(api.argument_text(argument, PathStyle::Short));
    let rules: Vec<String> = match &argument.location {
        ArgumentLocation::Bodies { .. } | ArgumentLocation::Key(_) => Vec::new(),
        place => place.values().into_iter().map(|value| of_value(api, value)).collect(),
    };
    let item = listing.add(Kind::Argument, method, &format!(".{}", argument.name), &argument.pointer);
    item.may_say(Facet::Setter, setter)
        .says(Facet::Type, kind)
        .says(Facet::Place, goes(argument))
        .says_if_any(Facet::Rules, rules.join(""))
        .says_if(Facet::Deprecated, argument.deprecated, "deprecated");
}

/// Where an argument goes, and how it is written where that is not what every text is.
fn goes(argument: &Argument) -> String {
    let wire = one_line(&argument.wire);
    match &argument.location {
        ArgumentLocation::Path { style, .. } => format!("path {wire}{}", written(*style)),
        ArgumentLocation::Key(_) => "path".to_owned(),
        ArgumentLocation::Query { style, explode, value } => {
            let joined = if matches!(value.kind, ir::Type::List(_)) && !explode { " joined" } else { "" };
            format!("query {wire}{joined}{}", written(*style))
        }
        ArgumentLocation::Header { style, .. } => format!("header {wire}{}", written(*style)),
        ArgumentLocation::Cookie { style, .. } => format!("cookie {wire}{}", written(Some(*style))),
        ArgumentLocation::Body(content) => format!("body {}", media(content)),
        ArgumentLocation::Bodies { .. } => "body".to_owned(),
    }
}

/// The media type of a body, and how the properties of a form are written that the document says more about.
fn media(content: &Content) -> String {
    let encodings = match &content.encoding {
        BodyEncoding::Form(encodings) => encodings.as_slice(),
        _ => &[],
    };
    let said = encodings.iter().map(|encoding| {
        let style = match encoding.style {
            FormStyle::Json => "JSON",
            FormStyle::Exploded => "exploded",
            FormStyle::Joined => "joined",
            FormStyle::SpaceJoined => "joined by spaces",
            FormStyle::PipeJoined => "joined by pipes",
            FormStyle::Deep => "deepObject",
        };
        format!(" ({} {style}{})", encoding.wire, if encoding.allow_reserved { " reserved" } else { "" })
    });
    let mut said: Vec<String> = said.collect();
    said.sort_unstable();
    one_line(&format!("{}{}", content.content_type, said.concat()))
}

fn written(style: Option<Style>) -> String {
    let Some(style) = style else { return String::new() };
    let kind = match style.kind {
        StyleKind::Simple => "simple",
        StyleKind::Label => "label",
        StyleKind::Matrix => "matrix",
        StyleKind::Form => "form",
        StyleKind::SpaceDelimited => "spaceDelimited",
        StyleKind::PipeDelimited => "pipeDelimited",
        StyleKind::DeepObject => "deepObject",
        StyleKind::Json => "JSON",
    };
    let said = [(style.explode, " exploded"), (style.allow_reserved, " reserved"), (style.allow_empty, " when empty")];
    let said: String = said.iter().filter(|(is_so, _)| *is_so).map(|(_, text)| *text).collect();
    format!(" in {kind}{said}")
}

/// What an answer of some status means.
fn list_answer(
    listing: &mut Listing<'_>,
    method: &Arc<str>,
    operation: &Operation,
    arm: &ResponseArm,
    pointer: &Pointer,
) {
    let api = listing.api;
    let answers = &operation.responses;
    let status = match arm.status {
        StatusMatch::Code(code) => code.to_string(),
        StatusMatch::Range(hundred) => format!("{hundred}XX"),
        StatusMatch::Other => "default".to_owned(),
    };
    let condition = arm.condition.as_ref().map(|condition| match &condition.equals {
        None => format!(" where {} is not empty", condition.pointer),
        Some(value) => format!(" where {} is {value}", condition.pointer),
    });
    let media =
        arm.media_type.as_ref().and_then(|media| media.offered.get(media.index)).map(|types| types.join(" or "));
    let name = [Some(format!(" answers {status}")), media.map(|media| format!(" as {media}")), condition];
    let name: String = name.into_iter().flatten().map(|text| one_line(&text)).collect();
    let body = |content: &Content| (api.type_text(&content.value, PathStyle::Short), of_value(api, &content.value));
    let (meaning, rules) = match (arm.kind, &answers.success) {
        (ResponseKind::Failure(index), _) => {
            (format!("failure {}::{}", answers.failure_type, answers.failures[index].name), String::new())
        }
        (ResponseKind::Success(_), Success::One(None)) => ("()".to_owned(), String::new()),
        (ResponseKind::Success(_), Success::One(Some(content))) => body(content),
        (ResponseKind::Success(index), Success::Several { name, variants }) => {
            (format!("{name}::{}", variants[index].name), String::new())
        }
    };
    let responses = pointer.join("responses");
    // The 2XX of a document that has a default alone is read from that.
    let pointer = if arm.status == StatusMatch::Range(2) { responses } else { responses.join(status) };
    let item = listing.add(Kind::Response, method, &name, &pointer);
    item.says(Facet::Meaning, meaning).says_if_any(Facet::Rules, rules);
}

/// The enums of an operation: of its bodies, its successes and its failures.
fn list_outcomes(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    for argument in &operation.arguments {
        if let ArgumentLocation::Bodies { name, variants } = &argument.location {
            let api = listing.api;
            let variants = variants.iter().map(|variant| {
                let place = format!("as {}", media(&variant.content));
                let lent = api.borrowed_text(&variant.content.value, PathStyle::Short);
                (variant.name.as_str(), Some(format!("(&{lent})")), place, of_value(api, &variant.content.value))
            });
            let of_bodies = Outcomes { name, is_body: true, pointer: &argument.pointer };
            list_enum(listing, method, of_bodies, variants.collect());
        }
    }
    let responses = pointer.join("responses");
    let api = listing.api;
    let held = |body: &Option<Content>| {
        body.as_ref().map(|body| format!("({})", api.type_text(&body.value, PathStyle::Short)))
    };
    let rules = |body: &Option<Content>| body.as_ref().map(|body| of_value(api, &body.value)).unwrap_or_default();
    if let Success::Several { name, variants } = &operation.responses.success {
        let variants = variants
            .iter()
            .map(|variant| (variant.name.as_str(), held(&variant.body), String::new(), rules(&variant.body)));
        list_enum(listing, method, Outcomes { name, is_body: false, pointer: &responses }, variants.collect());
    }
    if !operation.responses.failures.is_empty() {
        let variants = operation.responses.failures.iter();
        let variants =
            variants.map(|failure| (failure.name.as_str(), held(&failure.body), String::new(), String::new()));
        let name = &operation.responses.failure_type;
        list_enum(listing, method, Outcomes { name, is_body: false, pointer: &responses }, variants.collect());
    }
}

/// An enum that belongs to an operation.
struct Outcomes<'a> {
    name: &'a str,
    is_body: bool,
    pointer: &'a Pointer,
}

/// A variant: its name, what it holds, where it goes, and the rules.
type Variant<'a> = (&'a str, Option<String>, String, String);

fn list_enum(listing: &mut Listing<'_>, method: &Arc<str>, of: Outcomes<'_>, variants: Vec<Variant<'_>>) {
    let path = listing.path(&format!("operations::{}", of.name));
    let preferred = variants.first().filter(|_| of.is_body).and_then(|(_, held, ..)| held.as_deref());
    let made_of = preferred.map(|held| format!("Copy + From<{}>", held.trim_matches(['(', ')'])));
    listing
        .add_of(Kind::Enum, method, path.to_string(), of.pointer)
        .says_if(Facet::Lifetime, of.is_body, "<'a>")
        .says(Facet::Shape, "enum")
        .may_say(Facet::Traits, made_of)
        .says_if(Facet::NonExhaustive, !of.is_body, "non_exhaustive");
    for (name, held, place, rules) in variants {
        listing
            .add(Kind::Variant, &path, &format!("::{name}"), of.pointer)
            .may_say(Facet::Holds, held)
            .says_if_any(Facet::Place, place)
            .says_if_any(Facet::Rules, rules);
    }
}

fn list_headers(listing: &mut Listing<'_>, headers: &ResponseHeaders) {
    let api = listing.api;
    let (module, path) = (listing.path("operations"), listing.path(&format!("operations::{}", headers.name)));
    let traits = if headers.has_eq() { "Default + Eq" } else { "Default" };
    let item = listing.add_of(Kind::Struct, &module, path.to_string(), &headers.pointer);
    item.says(Facet::Shape, "struct").says(Facet::Traits, traits).says(Facet::NonExhaustive, "non_exhaustive");
    for field in &headers.fields {
        let kind = field.value.as_ref().map_or("String".to_owned(), |value| api.type_text(value, PathStyle::Short));
        let item = listing.add(Kind::Field, &path, &format!(".{}", field.name), &field.pointer);
        item.says(Facet::Type, format!("Option<{kind}>"))
            .says(Facet::Place, format!("header {}", one_line(&field.wire)));
    }
}
