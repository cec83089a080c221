//! Lowers the documented headers of successful responses to structs.

use std::collections::HashSet;

use crate::finding::Code;
use crate::ir::{HeaderField, ResponseHeaders, ResponseHeadersId, Value};
use crate::lower::analysis::canonical::{CanonicalForm, canonical_form};
use crate::lower::analysis::predicates::is_sensitive_header;
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role, component_name};
use crate::lower::naming::identifiers;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::statuses::{by_status, is_success};
use crate::lower::operation::wire_names::is_header_name;
use crate::lower::state::Lowering;
use crate::resolve::document::{Header, Operation, Schema, SchemaType};

/// The name, the description and the schema of each header, by which equal structs are recognized.
type HeaderContents = Vec<(String, Option<String>, Option<CanonicalForm>)>;

impl<'d> Lowering<'d> {
    /// Lowers the headers of all successful responses of an operation to a struct. Returns `None` if there are no headers.
    /// Operations with equal headers share a struct. The struct gets its final name later, from
    /// [`name_header_structs`](crate::lower::naming::header_structs::name_header_structs). Until then, it has the name of the
    /// component response, or an empty name if the response is not a component.
    pub(super) fn lower_success_headers(
        &mut self,
        operation: &'d Operation,
        type_name: &str,
    ) -> Option<ResponseHeadersId> {
        let successes = || by_status(operation).into_iter().filter(|response| is_success(response.status, operation));
        let headers: Vec<&'d Header> = successes().flat_map(|response| &response.headers).collect();
        let (fields, mut content) = self.header_fields(&headers, type_name);
        if fields.is_empty() {
            return None;
        }
        let with_headers = successes().find(|response| !response.headers.is_empty());
        let pointer = with_headers.map(|response| response.pointer.clone()).unwrap_or_default();
        let component = successes().next().and_then(|response| component_name(&response.pointer, "responses"));
        let headers = ResponseHeaders { name: component.unwrap_or_default(), module: String::new(), pointer, fields };
        content.sort_unstable();
        let next = ResponseHeadersId(self.response_headers.len());
        let id = *self.headers_by_content.entry((headers.name.clone(), content)).or_insert(next);
        self.response_headers.extend((id == next).then_some(headers));
        Some(id)
    }

    /// Lowers headers to fields of a struct. Also returns the content of the headers, by which equal structs are recognized.
    pub(super) fn header_fields(
        &mut self,
        headers: &[&'d Header],
        type_name: &str,
    ) -> (Vec<HeaderField>, HeaderContents) {
        let mut fields: Vec<HeaderField> = Vec::new();
        let mut known = HashSet::new();
        let mut content = Vec::new();
        for header in headers {
            // OpenAPI ignores a response header `Content-Type`, because `content` lists the media types.
            let name = header.name.to_ascii_lowercase();
            if name == "content-type" || known.contains(&name) {
                continue;
            }
            if !is_header_name(&header.name) {
                let message =
                    format!("The header `{}` cannot be received: its name is not a valid header name.", header.name);
                self.report(Code::NoEffect, &header.pointer, message, "Correct the name.");
                continue;
            }
            known.insert(name);
            let schema = header.schema.as_ref().map(|schema| canonical_form(self.resolved(schema)));
            content.push((header.name.clone(), header.description.clone(), schema));
            let value = self.header_value(header, type_name);
            fields.push(HeaderField {
                name: String::new(),
                wire: header.name.clone(),
                pointer: header.pointer.clone(),
                docs: self.header_docs(header),
                secret: is_sensitive_header(&header.name)
                    || header.schema.as_ref().is_some_and(|schema| self.secrets.contains(self.resolved(schema))),
                value,
            });
        }
        let names: Vec<&str> = fields.iter().map(|field| field.wire.as_str()).collect();
        let names = Scope::default().take_all(&names, identifiers::snake, identifiers::snake);
        fields.iter_mut().zip(names).for_each(|(field, name)| field.name = name);
        (fields, content)
    }

    fn header_docs(&self, header: &'d Header) -> Vec<String> {
        let mut lines = header.description.as_deref().map(docs::prose).unwrap_or_default();
        let constraints = header.schema.as_ref().map(|schema| docs::constraints(self.resolved(schema)));
        docs::paragraph(&mut lines, constraints.unwrap_or_default());
        if lines.is_empty() {
            lines.push(format!("The header {}.", docs::code(&header.name)));
        }
        lines
    }

    /// Returns the type of a response header that is a number, a boolean or a list. Returns `None` if the header is read as text.
    fn header_value(&mut self, header: &'d Header, type_name: &str) -> Option<Value> {
        let schema = header.schema.as_ref()?;
        let resolved = self.resolved(schema);
        let is_number_or_boolean = |schema: &Schema| {
            matches!(schema.kind, Some(SchemaType::Boolean | SchemaType::Integer | SchemaType::Number))
        };
        let is_typed = match resolved.kind {
            Some(SchemaType::String) | None => return None,
            Some(SchemaType::Array) => {
                let items = resolved.items.as_ref().map(|items| self.resolved(items));
                items.is_some_and(|items| is_number_or_boolean(items) || items.kind == Some(SchemaType::String))
            }
            _ => is_number_or_boolean(resolved),
        };
        if is_typed {
            let value = self.lower_schema(schema, &header_context(header, type_name))?;
            return Some(Value { nullable: false, ..value });
        }
        let message = format!("The header `{}` is read as a string: its schema has no effect.", header.name);
        self.report(Code::NoEffect, &header.pointer, message, "Parse the string where you use the header.");
        None
    }
}

/// Returns the naming context of the schema of a header. The type is named after the header if it is a component, otherwise
/// after the response if that is a component, otherwise after the operation.
fn header_context(header: &Header, operation: &str) -> NamingContext {
    let response = header.pointer.parent().and_then(|headers| headers.parent());
    match response.and_then(|response| component_name(&response, "responses")) {
        Some(response) => NamingContext::new(response, Role::Header).part(&header.name),
        None => NamingContext::at(&header.pointer, Role::Header, operation, &header.name),
    }
}
