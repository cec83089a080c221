//! Lowers the operations of a document.

use indexmap::IndexMap;

use crate::finding::Code;
use crate::ir::Operation;
use crate::lower::docs;
use crate::lower::naming::operation_names::{OperationNames, method_id};
use crate::lower::naming::reserved::{PAGINATED_METHODS, operation_methods};
use crate::lower::naming::scope::Scope;
use crate::lower::operation::documentation::{method_and_path, summary_and_description};
use crate::lower::operation::paths::{relative_to_operation, template_path};
use crate::lower::operation::servers;
use crate::lower::state::Lowering;
use crate::resolve::document;
use crate::text::code_span::code_span;

impl<'d> Lowering<'d> {
    /// Lowers the operations in document order. Operations with the same `x-overload` method become one operation, at the
    /// position of the first of these operations. An operation is dropped if lowering it reports an error.
    pub(crate) fn lower_operations(&mut self) -> Vec<Operation> {
        let document = self.document;
        let mut methods: IndexMap<String, Vec<&'d document::Operation>> = IndexMap::new();
        for operation in &document.operations {
            methods.entry(method_id(operation)).or_default().push(operation);
        }
        let mut lowered = Vec::new();
        for (id, operations) in methods {
            let names = self.operation_names[&id].clone();
            let Some(first) = operations.first() else { continue };
            let mark = self.findings.mark();
            let operation = match first.overload {
                Some(_) => self.lower_overload(&operations, &names),
                None => self.lower_operation(first, &names),
            };
            lowered.extend(operation.filter(|_| !self.findings.has_errors_since(mark)));
        }
        lowered
    }

    fn lower_operation(&mut self, operation: &'d document::Operation, names: &OperationNames) -> Option<Operation> {
        if operation.id.is_none() {
            let message =
                format!("The operation has no `operationId`, so its Rust method is named `{}`.", names.method_name);
            let remedy = "Add an `operationId`, so that the name of the Rust method does not depend on the path.";
            self.report(Code::MissingOperationId, &operation.pointer, message, remedy);
            self.findings.set_missing(&operation.pointer.join("operationId"));
        }
        let mut scope = Scope::with(&operation_methods(operation));
        if operation.pagination.is_some() {
            scope.reserve(PAGINATED_METHODS);
        }
        let arguments = self.lower_parameters(operation, &names.type_name, &mut scope);
        let body = operation.body.as_ref().map(|body| self.lower_body(body, &names.type_name, &mut scope));
        let responses = self.lower_responses(operation, &names.type_name);
        let security = self.lower_security(operation);
        let mut arguments = arguments?;
        if let Some(body) = body {
            arguments.push(body?);
        }
        let path = template_path(&operation.path, &arguments);
        let mut docs = summary_and_description(operation);
        docs::paragraph(&mut docs, [method_and_path(operation)]);
        docs::paragraph(&mut docs, servers::own_server_docs(&self.main_server, operation));
        docs::paragraph(&mut docs, idempotency_key_docs(operation));
        docs::paragraph(&mut docs, docs::source(operation.source.as_deref()));
        let examples =
            self.request_examples(operation, names, |lowering, example| lowering.plain_arguments(&arguments, example));
        Some(Operation {
            id: names.id.clone(),
            pointers: vec![operation.pointer.to_string()],
            type_name: names.type_name.clone(),
            method_name: names.method_name.clone(),
            docs,
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            server: servers::own_server(&self.main_server, operation),
            path,
            arguments: relative_to_operation(operation, arguments),
            fixed_headers: operation.fixed_headers.clone(),
            is_idempotent: operation.is_idempotent,
            idempotency_key: operation.idempotency_key.as_ref().map(|key| key.header.clone()),
            accept: self.accept(operation),
            security: security?,
            pagination: None,
            responses: responses?,
            examples,
        })
    }
}

/// Returns the documentation of the idempotency key. Empty if the operation has none.
fn idempotency_key_docs(operation: &document::Operation) -> Option<String> {
    let key = operation.idempotency_key.as_ref()?;
    Some(format!("All attempts of a call have the same idempotency key, in the header {}.", code_span(&key.header)))
}
