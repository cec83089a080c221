//! Names the commands and options of the program for shells.

use std::collections::BTreeSet;

use crate::ir::{
    Argument, ArgumentLocation, BodyEncoding, Command, CommandLine, CommandOption, Content, CredentialOption, Docs,
    EnumVariant, Field, KeyForm, KeyType, Layout, Operation, OptionKind, OptionTarget, Presence, SecurityScheme,
    Server, Struct, Type, TypeDef, TypeKind, Value, VariableOption, kebab,
};
use crate::lower::command_budget::Budget;
use crate::lower::naming::scope::Scope;
use crate::lower::passes::items::Items;
use crate::lower::passes::secrets::BodySecrets;

/// The options that every program has. See `generator/runtime/cli/parser.rs`.
const COMMON_OPTIONS: &[&str] = &[
    "allow-plain-http",
    "base-url",
    "body",
    "completions",
    "content-type",
    "dry-run",
    "header",
    "help",
    "no-retry",
    "server",
    "timeout",
    "version",
];

/// The types and keys of a lowered API.
#[derive(Clone, Copy)]
struct Lowered<'a> {
    types: &'a [TypeDef],
    key_types: &'a [KeyType],
}

/// Returns the commands of an API. The commands have what `budget` allows.
pub(super) fn command_line(
    items: &Items,
    key_types: &[KeyType],
    (schemes, servers): (&[SecurityScheme], &[Server]),
    layout: &Layout,
    budget: &mut Budget<'_>,
) -> CommandLine {
    let lowered = Lowered { types: &items.types, key_types };
    let mut common = Scope::with(COMMON_OPTIONS);
    let credentials = schemes.iter().map(|scheme| CredentialOption {
        name: common.take(format!("{}-env", kebab(&scheme.setter))),
        help: paragraphs(&scheme.docs),
    });
    let credentials = credentials.collect();
    let mut variables: Vec<VariableOption> = Vec::new();
    for variable in servers.iter().flat_map(|server| &server.variables) {
        let values = variable.kind.iter().flat_map(|kind| kind.variants.iter().map(|value| value.wire.clone()));
        match variables.iter_mut().find(|known| known.variable == variable.wire) {
            Some(known) => {
                let new: Vec<String> = values.filter(|value| !known.values.contains(value)).collect();
                // A variable that can have any value on another server has no list.
                known.values = match known.values.is_empty() || variable.kind.is_none() {
                    true => Vec::new(),
                    false => [known.values.as_slice(), &new].concat(),
                };
            }
            None => variables.push(VariableOption {
                name: common.take(kebab(&variable.name)),
                variable: variable.wire.clone(),
                values: values.collect(),
            }),
        }
    }
    let mut secrets = BodySecrets::new(&items.types);
    let names = command_names(&items.operations, layout);
    let commands = items.operations.iter().zip(names).map(|(operation, name)| {
        let place = operation.pointers.first().map_or("", String::as_str);
        let hides_body = bodies(operation).iter().any(|body| secrets.hides(body));
        let names = secret_members(&mut secrets, operation, budget, place);
        let mut options = Options {
            lowered,
            common: &common,
            names: Scope::default(),
            budget,
            place,
            found: Vec::new(),
            has_body: true,
        };
        options.add_all(operation);
        Command {
            name,
            constant: operation.method_name.to_uppercase(),
            help: paragraphs(&operation.docs),
            options: options.found,
            has_body: options.has_body,
            has_secret_body: hides_body || names.is_none(),
            secrets: names.unwrap_or_default(),
        }
    });
    CommandLine { commands: commands.collect(), variables, credentials }
}

/// Returns the names of the commands. In a large API, the commands of each group are below a command with the name of the group,
/// which their own names need not repeat: `issues list` in place of `issues issues-list`.
fn command_names(operations: &[Operation], layout: &Layout) -> Vec<String> {
    let mut names: Vec<String> = operations.iter().map(|operation| kebab(&operation.method_name)).collect();
    if !layout.split {
        return names;
    }
    for (id, group) in layout.groups.iter().enumerate() {
        let members: Vec<usize> = (0..names.len()).filter(|index| layout.operations[*index].group.0 == id).collect();
        let prefix = format!("{}-", kebab(&group.module));
        let short =
            members.iter().map(|index| names[*index].strip_prefix(&prefix).unwrap_or(&names[*index]).to_owned());
        let short: Vec<String> = short.collect();
        if short.iter().collect::<BTreeSet<_>>().len() == short.len() {
            members.into_iter().zip(short).for_each(|(index, name)| names[index] = name);
        }
    }
    names
}

/// The options of a command.
struct Options<'a, 'f> {
    lowered: Lowered<'a>,
    /// The options that all commands have.
    common: &'a Scope,
    names: Scope,
    budget: &'a mut Budget<'f>,
    /// The place of the operation in the document.
    place: &'a str,
    found: Vec<CommandOption>,
    /// Whether the command can send the body of the operation.
    has_body: bool,
}

impl Options<'_, '_> {
    fn add_all(&mut self, operation: &Operation) {
        for (index, argument) in operation.arguments.iter().enumerate() {
            let (value, place) = match &argument.location {
                ArgumentLocation::Path { value, .. } => (value, "path"),
                ArgumentLocation::Query { value, .. } | ArgumentLocation::WholeQuery { value, .. } => (value, "query"),
                ArgumentLocation::Header { value, .. } => (value, "header"),
                ArgumentLocation::Cookie { value, .. } => (value, "cookie"),
                ArgumentLocation::Key(id) => {
                    self.add_key(index, argument, &self.lowered.key_types[id.0]);
                    self.add_form(index, argument, &self.lowered.key_types[id.0]);
                    continue;
                }
                ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => {
                    self.add_body(argument);
                    continue;
                }
            };
            let option = self.option(value, &argument.docs, OptionTarget::Argument(index));
            let is_secret = option.is_secret || place == "cookie";
            self.add(place, &argument.name, CommandOption { is_required: argument.required, is_secret, ..option });
        }
    }

    /// Adds an option for each field of a key. The fields of the same name in several forms share an option.
    fn add_key(&mut self, index: usize, argument: &Argument, key: &KeyType) {
        for form in &key.forms {
            for field in &form.fields {
                let target = OptionTarget::KeyField(index, field.name.clone());
                if let Some(known) = self.found.iter_mut().find(|known| known.target == target) {
                    known.is_secret |= field.value.secret;
                    continue;
                }
                let option = self.option(&field.value, &field.docs, target);
                let is_in_all = key.forms.iter().all(|form| form.fields.iter().any(|other| other.name == field.name));
                let name = match field.name.starts_with(&argument.name) {
                    true => field.name.clone(),
                    false => format!("{}_{}", argument.name, field.name),
                };
                self.add("path", &name, CommandOption { is_required: argument.required && is_in_all, ..option });
            }
        }
    }

    /// Adds the option for the form of a key, because forms can have the same fields.
    fn add_form(&mut self, index: usize, argument: &Argument, key: &KeyType) {
        if key.forms.len() > 1 {
            let help = "Form of the key. By default, the first one that the other options fit.".to_owned();
            let values = key.forms.iter().map(KeyForm::option_value).collect();
            let target = OptionTarget::KeyForm(index);
            let option = self.option(&Value::plain(Type::String), &Vec::new(), target);
            self.add("path", &format!("{}_form", argument.name), CommandOption { help, values, ..option });
        }
    }

    /// Adds an option for each part of a multipart body, or for each scalar member of another body.
    fn add_body(&mut self, argument: &Argument) {
        let Some(Content { value, encoding, .. }) = argument.location.preferred_body() else { return };
        let is_multipart = *encoding == BodyEncoding::Multipart;
        if !is_multipart && !matches!(encoding, BodyEncoding::Json | BodyEncoding::Form(_)) {
            return;
        }
        let lowered = self.lowered;
        let (Some(structure), Some(id)) = (structure(lowered.types, value), value.named_type()) else { return };
        let has_option = |field: &Field| {
            is_multipart
                || field.presence != Presence::RequiredInResponse
                    && kind(lowered.types, &field.value).0 != OptionKind::Json
        };
        let members = || structure.fields.iter().filter(|field| has_option(field)).collect();
        if !self.budget.spend_members(id, members, self.place) {
            self.has_body = !is_multipart;
            return;
        }
        for (index, field) in structure.fields.iter().enumerate().filter(|(_, field)| has_option(field)) {
            let target = match is_multipart {
                true => OptionTarget::Part(index),
                false => OptionTarget::Member(field.wire.clone()),
            };
            self.add_field(field, target, argument.required);
        }
    }

    fn add_field(&mut self, field: &Field, target: OptionTarget, is_body_required: bool) {
        let option = self.option(&field.value, &field.docs, target);
        let is_required =
            is_body_required && matches!(field.presence, Presence::Required | Presence::RequiredInRequest);
        self.add("body", &field.name, CommandOption { is_required, ..option });
    }

    fn option(&mut self, value: &Value, docs: &Docs, target: OptionTarget) -> CommandOption {
        let (kind, is_list, values) = kind(self.lowered.types, value);
        let values = match self.budget.spend_values(values, self.place) {
            true => values.iter().map(|value| value.wire.clone()).collect(),
            false => Vec::new(),
        };
        let (name, help) = (String::new(), paragraphs(docs));
        CommandOption { name, help, is_required: false, is_list, is_secret: value.secret, kind, values, target }
    }

    /// Adds an option. If all commands have an option of its name, the name gets the place of the value in front.
    fn add(&mut self, place: &str, name: &str, option: CommandOption) {
        let plain = kebab(name);
        let name = if self.common.has(&plain) { format!("{place}-{plain}") } else { plain };
        let name = if option.is_secret { format!("{name}-env") } else { name };
        let name = self.names.take_outside(self.common, name);
        self.found.push(CommandOption { name, ..option });
    }
}

/// Returns how the text of an option becomes a value, whether the value is a list, and the strings that are allowed.
fn kind<'t>(types: &'t [TypeDef], value: &Value) -> (OptionKind, bool, &'t [EnumVariant]) {
    let scalar = |kind| (kind, false, &[][..]);
    match &value.kind {
        Type::String | Type::External(_) => scalar(OptionKind::Text),
        Type::Boolean => scalar(OptionKind::Boolean),
        Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 | Type::Double => scalar(OptionKind::Number),
        Type::Any | Type::Map { .. } => scalar(OptionKind::Json),
        Type::Bytes | Type::File => scalar(OptionKind::File),
        Type::List(items) => match kind(types, items) {
            (kind, false, values) => (kind, true, values),
            _ => (OptionKind::Json, true, &[]),
        },
        Type::Named { id, .. } => match &types[id.0].kind {
            TypeKind::StringEnum(variants) => (OptionKind::Text, false, variants),
            TypeKind::Newtype(inner) => kind(types, inner),
            TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Multipart(_) | TypeKind::Union(_) => {
                scalar(OptionKind::Json)
            }
        },
    }
}

/// Returns the struct of a body.
fn structure<'t>(types: &'t [TypeDef], value: &Value) -> Option<&'t Struct> {
    let Type::Named { id, .. } = &value.kind else { return None };
    match &types[id.0].kind {
        TypeKind::Struct(structure) => Some(structure),
        TypeKind::Multipart(parts) => Some(&parts.structure),
        TypeKind::Newtype(inner) => structure(types, inner),
        _ => None,
    }
}

/// Joins the lines of each paragraph. Paragraphs have an empty line between them, and lines of lists and tables stay.
fn paragraphs(docs: &Docs) -> String {
    let mut text = String::new();
    for line in docs.iter().map(|line| line.trim_end()) {
        text.push_str(match line {
            _ if text.is_empty() => "",
            "" => "\n\n",
            _ if text.ends_with('\n') => "",
            _ if line.starts_with(['-', '|', ' ', '#', '`']) => "\n",
            _ => " ",
        });
        text.push_str(line);
    }
    text
}

/// Returns the body of an operation in each of its media types.
fn bodies(operation: &Operation) -> Vec<&Content> {
    let bodies = operation.arguments.iter().map(|argument| match &argument.location {
        ArgumentLocation::Body(content) => vec![content],
        ArgumentLocation::Bodies { variants, .. } => variants.iter().map(|variant| &variant.content).collect(),
        _ => Vec::new(),
    });
    bodies.flatten().collect()
}

/// Returns the names of the members of the body whose values are secrets, at any depth. Returns `None` if there are too many.
fn secret_members(
    secrets: &mut BodySecrets<'_>,
    operation: &Operation,
    budget: &mut Budget<'_>,
    place: &str,
) -> Option<Vec<String>> {
    let mut names = BTreeSet::new();
    for body in bodies(operation) {
        let found = secrets.names(body, &mut |size| budget.spend(size, place))?;
        budget.spend_names(found.iter(), place).then_some(())?;
        names.extend(found);
    }
    Some(names.into_iter().collect())
}
