//! Lowers the resolved document to the intermediate representation. Each pass has one concern.
//!
//! This stage decides every identifier, and reports the constructs of the document that the generated crate cannot express. The
//! resulting representation is complete and valid.

pub(crate) mod analysis;
mod command_budget;
mod command_line;
pub mod docs;
pub mod naming;
pub(crate) mod normalize;
pub(crate) mod operation;
pub(crate) mod passes;
pub(crate) mod quick_start;
pub(crate) mod schema;
pub(crate) mod state;

use crate::finding::Findings;
use crate::ir::{Api, ErrorFields, Operation};
use crate::lower::command_budget::Budget;
use crate::lower::command_line::command_line;
use crate::lower::naming::reserved::{OPERATION_TYPE_NAMES, module_name};
use crate::lower::naming::{header_structs, identifiers, operation_names};
use crate::lower::passes::emitted_constants::emitted_constants;
use crate::lower::passes::items::Items;
use crate::lower::passes::{
    boxing, direction, optional_null, pagination, secrets, skip_unsupported, tag_groups, test_names, unique_items,
    unused,
};
use crate::lower::state::Lowering;
use crate::options::{Options, Types};
use crate::pointer::Pointer;
use crate::resolve::document::Document;

/// Lowers `document` to the intermediate representation of an API. The module of the API is named after `stem`: the file name of
/// the document without its extension, such as `pets`.
pub fn lower(document: Document, stem: &str, options: &Options, findings: &mut Findings) -> Api {
    let document = &normalize::normalize(document);
    // An API at the root of the crate has no module of its own, so its name may be a reserved module name.
    let module = if options.at_root { identifiers::module(stem) } else { module_name(stem) };
    let mut lowering = Lowering::new(document, &options.formats, findings);

    // The names of components and operations are taken first, so that no name of an inline type can change them.
    lowering.declare_components();
    lowering.type_names.reserve(OPERATION_TYPE_NAMES);
    let marker = lowering.type_names.take(identifiers::pascal(&identifiers::module(stem)));
    lowering.operation_names = operation_names::operation_names(document, &mut lowering.type_names);

    let servers = lowering.lower_servers();
    lowering.lower_security_schemes();
    lowering.lower_components();
    let operations = lowering.lower_operations();
    let webhooks = lowering.lower_webhooks();
    let body_examples = lowering.lower_body_examples();

    // The names of inline types, patterns, tables and header structs depend on all their uses. They are chosen after everything
    // is lowered.
    name_shared_items(&mut lowering, &operations);

    let schema_examples = lowering.lower_schema_examples();
    let (types, order) = lowering.take_types();
    let headers = std::mem::take(&mut lowering.response_headers);
    let components = lowering.components.values().copied().collect();
    let mut items = Items { types, order, operations, webhooks, headers, body_examples, schema_examples, components };
    if options.skip_unsupported {
        lowering.findings.downgrade_repaired();
        lowering.findings.downgrade(|_| true);
        skip_unsupported::remove_incomplete(&mut items);
    }
    lowering.findings.deduplicate();
    let unused_components = complete(&mut items, document, options, lowering.findings);
    let path = if options.at_root { &["crate"][..] } else { &["crate", &module] };
    let layout = tag_groups::layout(document, &items, path);
    let lowered =
        quick_start::Lowered { types: &items.types, key_types: &lowering.key_types, operations: &items.operations };
    let contradicts = |place: &Pointer| lowering.invalid_examples.contains(place);
    let quick_start = quick_start::choose(document, lowered, &contradicts);
    let samples = quick_start::samples(document, lowered, &contradicts);
    let credentials = (lowering.security_schemes.as_slice(), servers.as_slice());
    let mut budget = Budget::new(document.max_repeated, lowering.findings);
    let command_line =
        options.cli.then(|| command_line(&items, &lowering.key_types, credentials, &layout, &mut budget));
    let has_trait = options.traits && !items.operations.is_empty();
    let operations_trait = has_trait.then(|| format!("{marker}Api"));
    let constants = emitted_constants(&items, &lowering.key_types, &lowering.schema_tables);
    Api {
        file: document.file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        title: title(document, &module),
        public_path: public_path(options, &module),
        version: document.version.clone(),
        module,
        marker,
        docs: document.description.as_deref().map(docs::prose).unwrap_or_default(),
        servers,
        operations_trait,
        security_schemes: lowering.security_schemes,
        types: items.types,
        emitted_types: items.order,
        key_types: lowering.key_types,
        patterns: lowering.patterns,
        emitted_patterns: constants.patterns.into_iter().collect(),
        schema_tables: lowering.schema_tables,
        emitted_schema_tables: constants.schema_tables.into_iter().collect(),
        response_headers: items.headers,
        operations: items.operations,
        webhooks: items.webhooks,
        error_fields: error_fields(document),
        body_examples: items.body_examples,
        schema_examples: items.schema_examples,
        quick_start,
        samples,
        command_line,
        layout,
        unused_components,
    }
}

/// Runs the passes over all items. Returns the number of component schemas that no operation uses, and are therefore removed.
fn complete(items: &mut Items, document: &Document, options: &Options, findings: &mut Findings) -> usize {
    test_names::make_unique(items);
    secrets::mark_types(&mut items.types);
    boxing::box_large_values(&mut items.types);
    let removes_unused = options.types == Types::Used && !(items.operations.is_empty() && items.webhooks.is_empty());
    let unused_components = if removes_unused { unused::remove_unused_types(items) } else { 0 };
    direction::set_directions(items);
    unique_items::keep_additional_members(items);
    optional_null::set_optional_null(items);
    pagination::set_pagination(document, items, findings);
    if options.skip_unsupported {
        findings.downgrade_repaired();
    }
    unused_components
}

/// Names the inline types, patterns, tables and header structs.
fn name_shared_items(lowering: &mut Lowering<'_>, operations: &[Operation]) {
    lowering.name_inline_types();
    lowering.name_patterns();
    lowering.name_tables();
    header_structs::name_header_structs(&mut lowering.response_headers, operations, &mut lowering.type_names);
}

/// Returns the path of the API's module for users of the crate, such as `["generated", "osm"]`.
fn public_path(options: &Options, module: &str) -> Vec<String> {
    let in_crate = (!options.at_root).then(|| module.to_owned());
    [options.crate_name().replace('-', "_")].into_iter().chain(in_crate).collect()
}

/// Returns the title of the document, or the name of the module if the title is empty.
fn title(document: &Document, module: &str) -> String {
    let title = docs::line(&document.title);
    if title.trim().is_empty() { module.to_owned() } else { title }
}

fn error_fields(document: &Document) -> ErrorFields {
    let fields = document.error_fields.clone().unwrap_or_default();
    ErrorFields {
        code: fields.code,
        message: fields.message,
        request_id_header: fields.request_id_header,
        request_id: fields.request_id,
    }
}
