//! From the resolved document to the intermediate representation, in passes of one idea each.
//!
//! Every identifier is decided here, once. What cannot be honoured is a finding; what comes out cannot be wrong any more.

pub mod docs;
pub mod naming;
mod operation;
pub(crate) mod passes;
mod quick_start;
mod schema;

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Findings};
use crate::ir::{
    Api, BodyExample, Direction, ErrorFields, KeyType, Operation, Pattern, ResponseHeaders, ResponseHeadersId,
    SchemaExample, SchemaTable, SchemaTableId, SecurityScheme, TypeDef, TypeId, TypeKind,
};
use crate::lower::naming::header_structs;
use crate::lower::naming::identifiers;
use crate::lower::naming::identifiers::Scope;
use crate::lower::naming::inline_schemas;
use crate::lower::passes::boxing;
use crate::lower::passes::direction;
use crate::lower::passes::sharing;
use crate::lower::passes::tag_groups;
use crate::lower::passes::unsupported;
use crate::lower::passes::unused;
use crate::lower::schema::all_of;
use crate::lower::schema::dynamic;
use crate::lower::schema::integer_width;
use crate::lower::schema::unique_items;
use crate::options::{Options, Types};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema};

/// The type names that code beside the types uses itself: what no component can be called.
const TYPE_WORDS: &[&str] = &[
    "ValidationContext",
    "Box",
    "ValidateVariant",
    "Clone",
    "Debug",
    "Default",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "IntoIterator",
    "None",
    "Ok",
    "Option",
    "PartialEq",
    "Result",
    "Some",
    "String",
    "Validate",
    "Vec",
];

/// The type names that code beside the operations and the client uses itself. Components are named by their module there.
const OPERATION_WORDS: &[&str] = &[
    "RawResponse",
    "Api",
    "Builder",
    "Call",
    "CredentialLocation",
    "Client",
    "DefaultTransport",
    "RequestBuilder",
    "Encoding",
    "ErrorFields",
    "Method",
    "SecurityRequirement",
    "Operation",
    "Outcome",
    "PathValue",
    "Pattern",
    "Piece",
    "ReadResult",
    "SecurityScheme",
    "Secret",
    "Security",
    "Style",
    "T",
    "FailureCondition",
];

/// Names that the module of a document cannot have: modules of every crate, files and folders that cargo takes for something else,
/// and the modules that it has inside, since none is to be called like the one that it stands in.
const TAKEN_MODULES: &[&str] = &[
    "bin",
    "client",
    "codec",
    "ecma",
    "examples",
    "keys",
    "lib",
    "main",
    "operations",
    "patterns",
    "runtime",
    "security",
    "servers",
    "types",
];

/// The module that a document of this file name becomes.
pub fn module_name(stem: &str) -> String {
    match identifiers::module(stem) {
        taken if TAKEN_MODULES.contains(&taken.as_str()) => format!("{taken}_api"),
        name => name,
    }
}

/// Lowers `document` into the module `module`.
pub fn lower(mut document: Document, stem: &str, options: &Options, findings: &mut Findings) -> Api {
    integer_width::note(&mut document);
    let document = &all_of::merge(document);
    let mut lowering = Lowering::new(document, findings);
    // At the root of a crate there is no module for anything to stand in the way of.
    let module = if options.at_root { identifiers::module(stem) } else { module_name(stem) };
    lowering.name_components();
    lowering.type_names.reserve(OPERATION_WORDS);
    let marker = lowering.type_names.take(identifiers::pascal(&identifiers::module(stem)));
    lowering.name_operations();
    let servers = lowering.lower_servers();
    lowering.lower_schemes();
    lowering.lower_components();
    let mut operations = lowering.lower_operations();
    let mut examples = lowering.lower_body_examples();
    lowering.name_types_in_place();
    lowering.name_all_patterns();
    lowering.name_all_tables();
    header_structs::name(&mut lowering.headers, &operations, &mut lowering.type_names);
    let mut schema_examples = lowering.lower_schema_examples();
    let (mut types, mut order) = lowering.finished_types();
    if options.skip_unsupported {
        lowering.leave_out_unsupported(&types, &mut order, &mut operations, &mut examples, &mut schema_examples);
    }
    lowering.findings.deduplicate();
    name_tests(&mut operations, &mut examples, &mut schema_examples);
    boxing::box_alternatives(&mut types);
    boxing::break_cycles(&mut types);
    let components: HashSet<TypeId> = lowering.components.values().copied().collect();
    let mut unused_components = 0;
    if options.types == Types::Used && !operations.is_empty() {
        let left_out = unused::leave_out_types(&types, &mut order, &operations, &lowering.headers, &examples);
        schema_examples.retain(|example| unused::named(&example.value).is_none_or(|id| !left_out.contains(&id)));
        unused_components = left_out.iter().filter(|id| components.contains(id)).count();
    }
    direction::mark(&mut types, &order, &operations, &lowering.headers);
    unique_items::keep_all_members(&mut types, &operations);
    let printed = tag_groups::Printed {
        types: &types,
        order: &order,
        operations: &operations,
        headers: &lowering.headers,
        components: &components,
    };
    let path = if options.at_root { &["crate"][..] } else { &["crate", &module] };
    let layout = tag_groups::layout(document, &printed, path);
    let lowered = quick_start::Lowered { types: &types, key_types: &lowering.keys, operations: &operations };
    let quick_start = quick_start::choose(document, lowered, &|place| lowering.findings.is_invalid_example(place));
    let used = unused::used_constants(&printed, &lowering.keys, &lowering.schemas);
    Api {
        file: document.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        title: title(document, &module),
        version: document.version.clone(),
        module,
        marker,
        docs: document.description.as_deref().map(docs::prose).unwrap_or_default(),
        servers,
        security_schemes: lowering.schemes,
        types,
        emitted_types: order,
        key_types: lowering.keys,
        patterns: lowering.patterns,
        schema_tables: lowering.schemas,
        emitted_patterns: used.patterns.into_iter().collect(),
        emitted_schema_tables: used.schemas.into_iter().collect(),
        operations,
        response_headers: lowering.headers,
        error_fields: error_fields(document),
        body_examples: examples,
        schema_examples,
        quick_start,
        layout,
        unused_components,
    }
}

/// The document's title, or the module's name, which says more than a title of no text.
fn title(document: &Document, module: &str) -> String {
    let title = docs::prose(&document.title).join(" ");
    if title.trim().is_empty() { module.to_owned() } else { title }
}

/// Keeps the names of tests apart that stand in one module.
fn name_tests(operations: &mut [Operation], bodies: &mut [BodyExample], schemas: &mut [SchemaExample]) {
    let of_operations = operations.iter_mut().flat_map(|operation| &mut operation.examples);
    let of_bodies = bodies.iter_mut().map(|example| &mut example.test_name);
    let of_schemas = schemas.iter_mut().map(|example| &mut example.test_name);
    let mut scope = Scope::default();
    for test in of_operations.map(|example| &mut example.test_name).chain(of_bodies).chain(of_schemas) {
        *test = scope.take(std::mem::take(test));
    }
}

fn error_fields(document: &Document) -> ErrorFields {
    let error = document.error_fields.clone().unwrap_or_default();
    ErrorFields {
        code: error.code,
        message: error.message,
        request_id_header: error.request_id_header,
        request_id: error.request_id,
    }
}

/// What the passes share.
struct Lowering<'d> {
    document: &'d Document,
    findings: &'d mut Findings,
    /// The names of the module's types, components first.
    type_names: Scope,
    /// Places of the types, given out before the types are lowered, so that recursion needs no special case.
    types: Vec<Option<TypeDef>>,
    place_names: Vec<String>,
    /// The types in place, and where each is in that list.
    unnamed: Vec<inline_schemas::Unnamed<'d>>,
    unnamed_places: HashMap<TypeId, usize>,
    /// The types in the order in which the document describes them.
    order: Vec<TypeId>,
    components: HashMap<&'d str, TypeId>,
    /// Schemas in place that have a type already, by their place: a shared parameter is lowered once.
    in_place: HashMap<Pointer, TypeId>,
    /// The types of schemas in place, by what those say.
    shared: HashMap<sharing::Digest, sharing::Shared>,
    keys: Vec<KeyType>,
    patterns: Vec<Pattern>,
    /// Tables of what no type can say, and those of components by name.
    schemas: Vec<SchemaTable>,
    tables: HashMap<dynamic::Key, SchemaTableId>,
    /// How much each table says of which schema.
    table_schemas: Vec<(dynamic::Extent, &'d Schema)>,
    component_tables: HashMap<&'d str, SchemaTableId>,
    schemes: Vec<SecurityScheme>,
    headers: Vec<ResponseHeaders>,
    /// Where those are that a component, or an operation, says so.
    known_headers: HashMap<header_structs::Said, ResponseHeadersId>,
    /// The names of the operations, or of the methods that group them, by what names them in the document.
    operation_names: HashMap<String, operation::Names>,
}

impl<'d> Lowering<'d> {
    fn new(document: &'d Document, findings: &'d mut Findings) -> Self {
        Self {
            document,
            findings,
            type_names: Scope::with(TYPE_WORDS),
            types: Vec::new(),
            place_names: Vec::new(),
            unnamed: Vec::new(),
            unnamed_places: HashMap::new(),
            order: Vec::new(),
            components: HashMap::new(),
            in_place: HashMap::new(),
            shared: HashMap::new(),
            keys: Vec::new(),
            patterns: Vec::new(),
            schemas: Vec::new(),
            tables: HashMap::new(),
            table_schemas: Vec::new(),
            component_tables: HashMap::new(),
            schemes: Vec::new(),
            headers: Vec::new(),
            known_headers: HashMap::new(),
            operation_names: HashMap::new(),
        }
    }

    /// Lowers errors to warnings, and leaves out what could not be lowered with everything that needs it.
    fn leave_out_unsupported(
        &mut self,
        types: &[TypeDef],
        order: &mut Vec<TypeId>,
        operations: &mut Vec<Operation>,
        examples: &mut Vec<BodyExample>,
        schema_examples: &mut Vec<SchemaExample>,
    ) {
        self.findings.downgrade_repaired();
        self.findings.downgrade(|_| true);
        unsupported::leave_out(types, order, operations, &self.headers, examples, schema_examples);
    }

    fn refuse(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: &str) {
        self.findings.add(code, pointer, message, remedy);
    }

    /// All types by id, and those that are whole in document order. A type that could not be lowered has left a finding; it
    /// keeps its place, so that ids stay what they are, and is never printed.
    fn finished_types(&mut self) -> (Vec<TypeDef>, Vec<TypeId>) {
        let types = std::mem::take(&mut self.types);
        let order = self.order.iter().copied().filter(|id| types[id.0].is_some()).collect();
        let refused = |name: &String| TypeDef {
            name: name.clone(),
            pointer: Pointer::root(),
            docs: Vec::new(),
            direction: Direction::default(),
            kind: TypeKind::StringEnum(Vec::new()),
            schema_location: None,
        };
        let places = types.into_iter().zip(&self.place_names);
        (places.map(|(definition, name)| definition.unwrap_or_else(|| refused(name))).collect(), order)
    }
}
