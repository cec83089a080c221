//! Lowers overloaded methods. The operations with the same `x-overload` method become one operation. Some arguments of this
//! operation are keys. A key holds the values of one or more path parameters. The path of a request depends on which path
//! parameters the keys hold.

use crate::ir::{
    Argument, ArgumentLocation, Docs, ExampleArgument, KeyField, KeyForm, KeyType, KeyTypeId, Operation, Path,
    TemplateTable,
};
use crate::lower::docs;
use crate::lower::naming::identifiers;
use crate::lower::naming::operation_names::OperationNames;
use crate::lower::naming::reserved::{KEY_FIELDS, KEY_METHODS, operation_methods};
use crate::lower::naming::scope::Scope;
use crate::lower::operation::documentation::{method_and_path, summary_and_description};
use crate::lower::operation::paths::relative_to_operation;
use crate::lower::operation::servers;
use crate::lower::state::Lowering;
use crate::resolve::document::{self, OperationExample, Overload, OverloadArgument, Parameter};

impl<'d> Lowering<'d> {
    /// Lowers the operations of one overloaded method (`x-overload`) to a single operation. Returns `None` if this reports an
    /// error. The arguments of the method include keys. The form of a key is the set of path parameters that the key holds. The
    /// `check` stage has ensured that `operations` differ only in their paths, and that there is a path for each combination of
    /// forms.
    pub(super) fn lower_overload(
        &mut self,
        operations: &[&'d document::Operation],
        names: &OperationNames,
    ) -> Option<Operation> {
        let first = *operations.first()?;
        let overload = first.overload.as_ref()?;
        let mut scope = Scope::with(&operation_methods(first));
        let keys = overload.arguments.iter().enumerate();
        let keys: Option<Vec<Argument>> =
            keys.map(|(index, _)| self.key_argument(operations, index, names, &mut scope)).collect();
        let is_in_path = |argument: &Argument| matches!(argument.location, ArgumentLocation::Path { .. });
        let others = self.lower_parameters(first, &names.type_name, &mut scope);
        let body = first.body.as_ref().map(|body| self.lower_body(body, &names.type_name, &mut scope));
        let responses = self.lower_responses(first, &names.type_name);
        let security = self.lower_security(first);
        let mut arguments = keys?;
        let path = Path::Overloaded {
            arguments: (0..arguments.len()).collect(),
            templates: self.template_table(operations, &arguments),
        };
        arguments.extend(others?.into_iter().filter(|argument| !is_in_path(argument)));
        if let Some(body) = body {
            arguments.push(body?);
        }
        let mut examples = Vec::new();
        for operation in operations {
            examples.extend(self.request_examples(operation, names, |lowering, example| {
                lowering.overload_arguments(operation, &arguments, example)
            }));
        }
        Some(Operation {
            id: names.id.clone(),
            pointers: operations.iter().map(|operation| operation.pointer.to_string()).collect(),
            type_name: names.type_name.clone(),
            method_name: names.method_name.clone(),
            docs: overload_docs(first, operations),
            deprecated: first.deprecated,
            method: first.method.clone(),
            server: servers::own_server(&self.main_server, first),
            path,
            arguments: relative_to_operation(first, arguments),
            fixed_headers: first.fixed_headers.clone(),
            is_idempotent: first.is_idempotent,
            idempotency_key: first.idempotency_key.as_ref().map(|key| key.header.clone()),
            accept: self.accept(first),
            security: security?,
            pagination: None,
            responses: responses?,
            examples,
        })
    }

    /// Lowers the element at `index` of `arguments` in `x-overload`. An element with a `type` becomes a key, which can hold the
    /// values of several path parameters. An element without a `type` becomes an ordinary path argument.
    fn key_argument(
        &mut self,
        operations: &[&'d document::Operation],
        index: usize,
        names: &OperationNames,
        scope: &mut Scope,
    ) -> Option<Argument> {
        let first = *operations.first()?;
        let argument = overload_argument(first, index)?;
        let name = scope.take(identifiers::snake(&argument.name));
        let (wire, docs, location) = match &argument.type_name {
            Some(type_name) => {
                let key = self.key_type(type_name, operations, index, &names.type_name)?;
                let docs = vec![format!("The key {} in the path.", docs::code(&argument.name))];
                (argument.name.clone(), docs, ArgumentLocation::Key(key))
            }
            None => {
                let parameter = parameter_named(first, argument.parameters.values().next()?)?;
                let value = self.key_value(parameter, &names.type_name)?;
                let odata_literal = parameter.odata_literal;
                let location = ArgumentLocation::Path { value, odata_literal, style: None };
                (parameter.name.clone(), self.parameter_docs(parameter), location)
            }
        };
        let pointer = first.pointer.join("x-overload");
        Some(Argument { name, wire, pointer, docs, deprecated: false, required: true, location })
    }

    /// Returns the type of a key: a struct or an enum that holds the values of path parameters (`x-overload`). `name` is the
    /// `type` of the argument in `x-overload`. The type is created on first use.
    fn key_type(
        &mut self,
        name: &str,
        operations: &[&'d document::Operation],
        index: usize,
        context: &str,
    ) -> Option<KeyTypeId> {
        if let Some(known) = self.key_types.iter().position(|key| key.name == name) {
            return Some(KeyTypeId(known));
        }
        let mut forms: Vec<KeyForm> = Vec::new();
        let mut constructors = Scope::with(KEY_METHODS);
        for operation in operations {
            let argument = overload_argument(operation, index)?;
            let variant = argument.variant.as_deref().map(identifiers::component);
            if forms.iter().any(|form| form.variant == variant) {
                continue;
            }
            let (mut fields, mut names) = (Vec::new(), Scope::with(KEY_FIELDS));
            for (field, wire) in &argument.parameters {
                let parameter = parameter_named(operation, wire)?;
                let value = self.key_value(parameter, context)?;
                fields.push(KeyField {
                    name: names.take(identifiers::snake(field)),
                    wire: wire.clone(),
                    docs: self.parameter_docs(parameter),
                    value,
                    odata_literal: parameter.odata_literal,
                });
            }
            let docs = vec![format!("Written as {} in the path.", docs::code(&path_excerpt(&operation.path, &fields)))];
            let constructor = variant.as_deref().map_or("new".to_owned(), identifiers::snake);
            forms.push(KeyForm { variant, constructor: constructors.take(constructor), docs, fields });
        }
        let docs = vec![match forms.len() {
            1 => "A key in the path.".to_owned(),
            count => format!("A key in the path, in one of {count} forms."),
        }];
        self.key_types.push(KeyType { name: self.type_names.take(identifiers::component(name)), docs, forms });
        Some(KeyTypeId(self.key_types.len() - 1))
    }

    /// Returns the path templates of an overloaded method as a tree. A level of the tree stands for a key, and a branch stands
    /// for a form of this key: a set of path parameters that the key can hold. Keys with only one form have no level.
    fn template_table(&self, operations: &[&'d document::Operation], keys: &[Argument]) -> TemplateTable {
        let rows: Vec<(Vec<usize>, &str)> = operations
            .iter()
            .map(|operation| {
                let forms = self.forms(operation, keys).into_iter().map(|(_, form)| form).collect();
                (forms, operation.path.as_str())
            })
            .collect();
        nested_templates(&rows, 0)
    }

    /// Returns which path parameters of `operation` each key holds. The pair `(0, 1)` means that the key at index 0 of
    /// `arguments` holds the path parameters of its form 1. Omits the keys that have only one form.
    fn forms(&self, operation: &document::Operation, arguments: &[Argument]) -> Vec<(usize, usize)> {
        let form = |(index, argument): (usize, &Argument)| {
            let ArgumentLocation::Key(KeyTypeId(id)) = argument.location else { return None };
            let forms = &self.key_types[id].forms;
            let variant = overload_argument(operation, index)?.variant.as_deref().map(identifiers::component);
            let form = forms.iter().position(|form| form.variant == variant)?;
            (forms.len() > 1).then_some((index, form))
        };
        arguments.iter().enumerate().filter_map(form).collect()
    }

    /// Returns the value that an example gives to each argument of the overloaded method. `operation` is the operation whose
    /// `x-examples` contains the example.
    fn overload_arguments(
        &self,
        operation: &document::Operation,
        arguments: &[Argument],
        example: &OperationExample,
    ) -> Option<Vec<Option<ExampleArgument>>> {
        let mut values = self.plain_arguments(arguments, example)?;
        let forms = self.forms(operation, arguments);
        for (index, argument) in arguments.iter().enumerate() {
            if !matches!(argument.location, ArgumentLocation::Key(_)) {
                continue;
            }
            let form = forms.iter().find(|(key, _)| *key == index).map_or(0, |(_, form)| *form);
            let names = overload_argument(operation, index)?.parameters.values();
            let fields: Option<Vec<String>> = names
                .map(|name| example.parameters.get(name).and_then(|value| value.as_str()).map(str::to_owned))
                .collect();
            values[index] = Some(ExampleArgument::Key { form, fields: fields? });
        }
        Some(values)
    }
}

/// Builds a tree of path templates. Each row has a path template, and the branch to take at each level of the tree, from the root
/// to this template. The first `depth` branches are the same in all rows, and are ignored.
fn nested_templates(rows: &[(Vec<usize>, &str)], depth: usize) -> TemplateTable {
    let is_complete = rows.first().is_none_or(|(forms, _)| forms.len() <= depth);
    if is_complete {
        return TemplateTable::Template(rows.first().map_or(String::new(), |(_, path)| (*path).to_owned()));
    }
    let count = rows.iter().map(|(forms, _)| forms[depth] + 1).max().unwrap_or(0);
    let with_form = |form: usize| rows.iter().filter(|(forms, _)| forms[depth] == form).cloned().collect::<Vec<_>>();
    TemplateTable::Forms((0..count).map(|form| nested_templates(&with_form(form), depth + 1)).collect())
}

fn overload_argument(operation: &document::Operation, index: usize) -> Option<&OverloadArgument> {
    let Overload { arguments, .. } = operation.overload.as_ref()?;
    arguments.get(index)
}

fn parameter_named<'d>(operation: &'d document::Operation, name: &str) -> Option<&'d Parameter> {
    operation.parameters.iter().find(|parameter| parameter.name == name)
}

/// Returns the segments of `path` from the first to the last path parameter in `fields`: `{x}/{y}` of `/a/{x}/{y}/b`.
fn path_excerpt(path: &str, fields: &[KeyField]) -> String {
    let position = |field: &KeyField| path.find(&format!("{{{}}}", field.wire));
    let first = fields.first().and_then(position).unwrap_or(0);
    let last = fields.last().and_then(position).unwrap_or(path.len());
    let start = path[..first].rfind('/').map_or(0, |slash| slash + 1);
    let end = path[last..].find('/').map_or(path.len(), |slash| last + slash);
    path[start..end].to_owned()
}

/// Returns the documentation of an overloaded method: the description of its first operation, and a list with the HTTP method and
/// path of each operation.
fn overload_docs(first: &document::Operation, operations: &[&document::Operation]) -> Docs {
    let mut lines = summary_and_description(first);
    let list = operations.iter().flat_map(|operation| {
        let source = operation.source.as_deref().map(|source| format!("  {}", docs::line(source)));
        [format!("- {}", method_and_path(operation))].into_iter().chain(source)
    });
    docs::paragraph(&mut lines, list);
    lines
}
