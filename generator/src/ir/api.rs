//! The root of the intermediate representation: one API.

use std::collections::HashSet;

use crate::format_type::FormatType;
use crate::ir::command_line::CommandLine;
use crate::ir::docs::Docs;
use crate::ir::examples::{BodyExample, SchemaExample};
use crate::ir::ids::{PatternId, SchemaTableId, TypeId};
use crate::ir::key_types::KeyType;
use crate::ir::layout::{Layout, RESERVED_FEATURES, kebab};
use crate::ir::operations::Operation;
use crate::ir::patterns::Pattern;
use crate::ir::quick_start::{QuickStart, SampleValue};
use crate::ir::responses::ResponseHeaders;
use crate::ir::schema_tables::SchemaTable;
use crate::ir::security::SecurityScheme;
use crate::ir::servers::{Server, ServerEnum};
use crate::ir::types::TypeDef;
use crate::ir::values::Value;
use crate::ir::webhooks::Webhook;

/// One API: the content of one OpenAPI document. It becomes one module of the generated crate, or the whole crate.
#[derive(Debug, Clone)]
pub struct Api {
    /// The file name of the document, without the path of the folder.
    pub file: String,
    /// The name of the module, such as `osm`.
    pub module: String,
    /// The name of the marker type of the API, such as `Osm`. The client of the API has the type `runtime::Client<Osm>`.
    pub marker: String,
    /// The title: `info.title`, or the name of the module if the title is empty.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// The documentation of the module.
    pub docs: Docs,
    /// The servers that the document declares at its root.
    pub servers: Vec<Server>,
    /// The security schemes that at least one operation requires.
    pub security_schemes: Vec<SecurityScheme>,
    /// The name of the trait over the operations, such as `OsmApi`; `None` if the crate has no such traits, or if the API has no
    /// operations.
    pub operations_trait: Option<String>,
    /// All named types, including those that are not emitted. [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// The types to emit, in document order.
    pub emitted_types: Vec<TypeId>,
    /// The types of keys. A key is an argument of an overloaded method (`x-overload`). Its value selects one of the URL paths of
    /// the method.
    pub key_types: Vec<KeyType>,
    /// All regular expressions. [`PatternId`] is an index into this list.
    pub patterns: Vec<Pattern>,
    /// The patterns that emitted code refers to.
    pub emitted_patterns: Vec<PatternId>,
    /// The schemas that are stored as tables of their keywords, because no Rust type can express the keywords. The runtime reads
    /// the tables to validate values. [`SchemaTableId`] is an index into this list.
    pub schema_tables: Vec<SchemaTable>,
    /// The schema tables that emitted code refers to.
    pub emitted_schema_tables: Vec<SchemaTableId>,
    /// The structs that hold documented response headers.
    pub response_headers: Vec<ResponseHeaders>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The webhooks that the service sends, in document order.
    pub webhooks: Vec<Webhook>,
    /// Where error responses contain the error code, the message and the request id.
    pub error_fields: ErrorFields,
    /// The examples of request and response bodies. Each example becomes a test of the generated crate.
    pub body_examples: Vec<BodyExample>,
    /// The examples of component schemas. Each example becomes a test of the generated crate.
    pub schema_examples: Vec<SchemaExample>,
    /// The call that the README shows as a quick start; `None` if no operation can be called with sample values.
    pub quick_start: Option<QuickStart>,
    /// The sample values in the snippets of operations, in the order of `operations` and their arguments. `None` stands for an
    /// argument that the snippet omits if it is optional, and passes as a variable if it is required.
    pub samples: Vec<Vec<Option<SampleValue>>>,
    /// The commands for a shell; `None` if the crate has none.
    pub command_line: Option<CommandLine>,
    /// The path of the API's module for users of the crate, such as `["generated", "osm"]`.
    pub public_path: Vec<String>,
    /// The division of the generated code into modules and cargo features.
    pub layout: Layout,
    /// The number of component schemas that are not emitted because no operation uses them.
    pub unused_components: usize,
}

impl Api {
    /// Returns the name of the API's cargo feature, which a crate of several APIs has.
    pub fn feature(&self) -> String {
        let name = kebab(&self.module);
        if RESERVED_FEATURES.contains(&name.as_str()) { format!("{name}-api") } else { name }
    }

    /// Returns the enums of the values that server variables can have, each once and with the first server that has it.
    pub fn server_enums(&self) -> impl Iterator<Item = (&Server, &ServerEnum)> {
        let variables = self.servers.iter().flat_map(|server| server.variables.iter().map(move |own| (server, own)));
        let mut names = HashSet::new();
        variables
            .filter_map(|(server, variable)| Some((server, variable.kind.as_ref()?)))
            .filter(move |(_, kind)| names.insert(&kind.name))
    }

    /// Returns the types of other crates that the API uses. The same type may occur repeatedly.
    pub fn external_types(&self) -> impl Iterator<Item = &FormatType> {
        let in_types = self.emitted_types.iter().flat_map(|id| self.types[id.0].kind.contained_values());
        let sent = self.operations.iter().flat_map(Operation::sent_values);
        let received = self.operations.iter().flat_map(|operation| operation.received_values(&self.response_headers));
        let in_webhooks = self.webhooks.iter().flat_map(Webhook::values);
        in_types.chain(sent).chain(received).chain(in_webhooks).filter_map(Value::external_type)
    }
}

/// The JSON members and the header from which the generated error type reads the error code, the message and the request id
/// (`x-error`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// JSON Pointers to the error code. They are tried in order.
    pub code: Vec<String>,
    /// JSON Pointers to the error message. They are tried in order.
    pub message: Vec<String>,
    /// The name of the response header that holds the request id.
    pub request_id_header: Option<String>,
    /// JSON Pointers to the request id. They are tried in order.
    pub request_id: Vec<String>,
}
