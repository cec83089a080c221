//! Overloads: the spellings of one operation become one method, whose key arguments choose among the spellings.

use crate::ir::{
    Argument, ArgumentLocation, ExampleArgument, KeyField, KeyForm, KeyType, KeyTypeId, Operation, Path, TemplateTable,
};
use crate::lower::naming::identifiers;
use crate::lower::operation::{Names, fixed_headers, operation_docs, place_in};
use crate::lower::operation::{parameters, servers};
use crate::lower::{Lowering, docs};
use crate::resolve::document::{self, OperationExample, Overload, OverloadArgument, Parameter};

impl<'d> Lowering<'d> {
    /// Lowers the spellings of one method. `check` has made sure that they are complete and agree in everything but the path.
    pub(crate) fn lower_overload(&mut self, spellings: &[&'d document::Operation], names: &Names) -> Option<Operation> {
        let first = *spellings.first()?;
        let overload = first.overload.as_ref()?;
        let mut scope = identifiers::Scope::with(parameters::CALL_METHODS);
        let keys = overload.arguments.iter().enumerate();
        let keys: Option<Vec<Argument>> =
            keys.map(|(index, _)| self.key_argument(spellings, index, names, &mut scope)).collect();
        let in_path = |argument: &Argument| matches!(argument.location, ArgumentLocation::Path { .. });
        let others = self.arguments(first, &names.type_name, &mut scope);
        let others =
            others.map(|arguments| arguments.into_iter().filter(|argument| !in_path(argument)).collect::<Vec<_>>());
        let body = first.body.as_ref().map(|body| self.body_argument(body, &names.type_name, &mut scope));
        let responses = self.responses(first, &names.type_name);
        let security = self.security(first);
        let keys = keys?;
        let path =
            Path::Overloaded { arguments: (0..keys.len()).collect(), templates: self.form_table(spellings, &keys) };
        let mut arguments = keys;
        arguments.extend(others?);
        if let Some(body) = body {
            arguments.push(body?);
        }
        let mut examples = Vec::new();
        for spelling in spellings {
            examples.extend(self.request_examples(spelling, names, |lowering, example| {
                lowering.overload_arguments(spelling, &arguments, example)
            }));
        }
        Some(Operation {
            id: names.id.clone(),
            pointers: spellings.iter().map(|spelling| spelling.pointer.to_string()).collect(),
            type_name: names.type_name.clone(),
            method_name: names.method_name.clone(),
            docs: overload_docs(first, spellings),
            deprecated: first.deprecated,
            method: first.method.clone(),
            server: servers::own_server(self.document, first),
            path,
            arguments: place_in(first, arguments),
            fixed_headers: fixed_headers(first),
            security,
            responses: responses?,
            examples,
        })
    }

    /// One argument of the method: a key type, or a plain text where it has one form with one parameter.
    fn key_argument(
        &mut self,
        spellings: &[&'d document::Operation],
        index: usize,
        names: &Names,
        scope: &mut identifiers::Scope,
    ) -> Option<Argument> {
        let first = *spellings.first()?;
        let argument = argument_of(first, index)?;
        let name = scope.take(identifiers::snake(&argument.name));
        let (wire, docs, location) = match &argument.type_name {
            Some(type_name) => {
                let key = self.key_type(type_name, spellings, index, &names.type_name)?;
                let docs = vec![format!("The key {} in the path.", docs::code(&argument.name))];
                (argument.name.clone(), docs, ArgumentLocation::Key(key))
            }
            None => {
                let parameter = parameter_of(first, argument.parameters.values().next()?)?;
                let value = self.key_value(parameter, &names.type_name)?;
                let location = ArgumentLocation::Path { value, odata_literal: parameter.odata_literal, style: None };
                (parameter.name.clone(), self.parameter_docs(parameter), location)
            }
        };
        let pointer = first.pointer.join("x-overload");
        Some(Argument { name, wire, pointer, docs, deprecated: false, required: true, location })
    }

    /// The key type of this name, made at its first use.
    fn key_type(
        &mut self,
        name: &str,
        spellings: &[&'d document::Operation],
        index: usize,
        context: &str,
    ) -> Option<KeyTypeId> {
        if let Some(known) = self.keys.iter().position(|key| key.name == name) {
            return Some(KeyTypeId(known));
        }
        let mut forms: Vec<KeyForm> = Vec::new();
        let mut variants = identifiers::Scope::default();
        for spelling in spellings {
            let argument = argument_of(spelling, index)?;
            let variant = argument.variant.as_deref().map(identifiers::pascal);
            if forms.iter().any(|form| form.variant == variant) {
                continue;
            }
            let mut fields = Vec::new();
            for (field, wire) in &argument.parameters {
                let parameter = parameter_of(spelling, wire)?;
                let value = self.key_value(parameter, context)?;
                let docs = self.parameter_docs(parameter);
                fields.push(KeyField {
                    name: identifiers::snake(field),
                    wire: wire.clone(),
                    docs,
                    value,
                    odata_literal: parameter.odata_literal,
                });
            }
            let docs = vec![format!("Written as {} in the path.", docs::code(&spelling_of(&spelling.path, &fields)))];
            let constructor = variant.as_deref().map_or("new".to_owned(), identifiers::snake);
            forms.push(KeyForm { variant: variant.map(|variant| variants.take(variant)), constructor, docs, fields });
        }
        let docs = vec![match forms.len() {
            1 => "A key in the path.".to_owned(),
            count => format!("A key in the path, in one of {count} forms."),
        }];
        self.keys.push(KeyType { name: self.type_names.take(identifiers::component(name)), docs, forms });
        Some(KeyTypeId(self.keys.len() - 1))
    }

    /// The templates, nested by the forms of the arguments that have several.
    fn form_table(&self, spellings: &[&'d document::Operation], keys: &[Argument]) -> TemplateTable {
        let rows: Vec<(Vec<usize>, &str)> = spellings
            .iter()
            .map(|spelling| {
                (self.forms_of(spelling, keys).into_iter().map(|(_, form)| form).collect(), spelling.path.as_str())
            })
            .collect();
        nest(&rows, 0)
    }

    /// For each argument with several forms: its index, and the form it has in this spelling.
    fn forms_of(&self, spelling: &document::Operation, keys: &[Argument]) -> Vec<(usize, usize)> {
        let form = |(index, key): (usize, &Argument)| {
            let ArgumentLocation::Key(KeyTypeId(id)) = key.location else { return None };
            let forms = &self.keys[id].forms;
            let variant = argument_of(spelling, index)?.variant.as_deref().map(identifiers::pascal);
            let form = forms.iter().position(|form| form.variant == variant)?;
            (forms.len() > 1).then_some((index, form))
        };
        keys.iter().enumerate().filter_map(form).collect()
    }

    /// The arguments of an example of one spelling.
    fn overload_arguments(
        &self,
        spelling: &document::Operation,
        arguments: &[Argument],
        example: &OperationExample,
    ) -> Option<Vec<Option<ExampleArgument>>> {
        let mut values = self.plain_arguments(arguments, example)?;
        let forms = self.forms_of(spelling, arguments);
        for (index, argument) in arguments.iter().enumerate() {
            if !matches!(argument.location, ArgumentLocation::Key(_)) {
                continue;
            }
            let form = forms.iter().find(|(of, _)| *of == index).map_or(0, |(_, form)| *form);
            let wires = argument_of(spelling, index)?.parameters.values();
            let texts: Option<Vec<String>> = wires
                .map(|wire| example.parameters.get(wire).and_then(|value| value.as_str()).map(str::to_owned))
                .collect();
            values[index] = Some(ExampleArgument::Key { form, fields: texts? });
        }
        Some(values)
    }
}

fn nest(rows: &[(Vec<usize>, &str)], depth: usize) -> TemplateTable {
    let settled = rows.first().is_none_or(|(forms, _)| forms.len() <= depth);
    if settled {
        return TemplateTable::Template(rows.first().map_or(String::new(), |(_, path)| (*path).to_owned()));
    }
    let count = rows.iter().map(|(forms, _)| forms[depth] + 1).max().unwrap_or(0);
    let with = |form: usize| rows.iter().filter(|(forms, _)| forms[depth] == form).cloned().collect::<Vec<_>>();
    TemplateTable::Forms((0..count).map(|form| nest(&with(form), depth + 1)).collect())
}

fn argument_of(spelling: &document::Operation, index: usize) -> Option<&OverloadArgument> {
    let Overload { arguments, .. } = spelling.overload.as_ref()?;
    arguments.get(index)
}

fn parameter_of<'d>(spelling: &'d document::Operation, wire: &str) -> Option<&'d Parameter> {
    spelling.parameters.iter().find(|parameter| parameter.name == wire)
}

/// The part of the path that spells the key: from the first to the last of its parameters, with what encloses them.
fn spelling_of(path: &str, fields: &[KeyField]) -> String {
    let place = |field: &KeyField| path.find(&format!("{{{}}}", field.wire));
    let first = fields.first().and_then(place).unwrap_or(0);
    let last = fields.last().and_then(place).unwrap_or(path.len());
    let start = path[..first].rfind('/').map_or(0, |slash| slash + 1);
    let end = path[last..].find('/').map_or(path.len(), |slash| last + slash);
    path[start..end].to_owned()
}

/// The words of the first spelling, and a list of all of them.
fn overload_docs(first: &document::Operation, spellings: &[&document::Operation]) -> Vec<String> {
    let mut lines = operation_docs(first);
    let list = spellings.iter().flat_map(|spelling| {
        let source = spelling.source.as_deref().map(|source| format!("  {source}"));
        [docs::code(&format!("{} {}", spelling.method, spelling.path))]
            .into_iter()
            .map(|line| format!("- {line}"))
            .chain(source)
    });
    docs::paragraph(&mut lines, list);
    lines
}
