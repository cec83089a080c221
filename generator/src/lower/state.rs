//! The state of the lowering stage. Most methods of [`Lowering`] are in other modules. For example, the methods for parameters
//! are in the module `parameters`.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Findings};
use crate::format_type::FormatType;
use crate::ir::{
    Direction, KeyType, Pattern, PatternId, ResponseHeaders, ResponseHeadersId, SchemaTable, SchemaTableId,
    SecurityScheme, SecuritySchemeId, TypeDef, TypeId, TypeKind,
};
use crate::lower::analysis::canonical::{Fingerprint, Fingerprints};
use crate::lower::analysis::disjoint::Comparison;
use crate::lower::analysis::secrets::Secrets;
use crate::lower::naming::context::InlineType;
use crate::lower::naming::header_structs::HeaderContent;
use crate::lower::naming::operation_names::OperationNames;
use crate::lower::naming::reserved::TYPE_NAMES;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::composition::Compositions;
use crate::lower::schema::table_key::{TableExtent, TableKey};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, Server};

/// The document that is lowered, and everything that has been lowered so far.
pub(crate) struct Lowering<'d> {
    /// The document that is lowered.
    pub document: &'d Document,
    /// The URL of the first server of the document, with the default values of its variables. A document without `servers` has
    /// the server `/`.
    pub main_server: String,
    /// The types that the user chose for formats.
    pub formats: &'d [FormatType],
    /// Decides whether the alternatives of a union are disjoint.
    pub disjointness: Comparison<'d>,
    /// Decides whether the values of a schema can contain a secret.
    pub secrets: Secrets<'d>,
    /// Decides whether the values of a type are arrays or objects.
    pub compositions: Compositions,
    /// The findings of the document.
    pub findings: &'d mut Findings,
    /// The examples that violate their schemas, and the values around them.
    pub invalid_examples: HashSet<Pointer>,
    /// The type names in use in the module of the API.
    pub type_names: Scope,
    /// The types, indexed by id. An element is `None` until its type is defined, and stays `None` if the definition was dropped
    /// because of an error. Types are declared before they are defined, so that recursive schemas need no special treatment.
    pub types: Vec<Option<TypeDef>>,
    /// The names of the types, indexed by id. The name of an inline type is empty until all uses of the type are known.
    pub declared_names: Vec<String>,
    /// The types in document order.
    pub type_order: Vec<TypeId>,
    /// The types of component schemas by name.
    pub components: HashMap<&'d str, TypeId>,
    /// The types of inline schemas. Each element lists where one type is used, because the name of the type is built from its
    /// uses.
    pub inline_types: Vec<InlineType<'d>>,
    /// The index of each inline type in `inline_types`.
    pub inline_type_indices: HashMap<TypeId, usize>,
    /// The types of inline schemas by JSON pointer. If several operations use the same component parameter, its inline schema is
    /// thus lowered only once.
    pub types_by_pointer: HashMap<Pointer, TypeId>,
    /// The types of inline schemas by fingerprint, so that equal schemas share a type.
    pub types_by_fingerprint: HashMap<SharingKey, SharedType>,
    /// The fingerprints of inline subschemas.
    pub fingerprints: Fingerprints,
    /// The Rust types of the key arguments of overloaded methods (`x-overload`).
    pub key_types: Vec<KeyType>,
    /// The regular expressions of the `pattern` keywords, without duplicates.
    pub patterns: Vec<Pattern>,
    /// The index of each pattern in `patterns`, by its text.
    pub pattern_ids: HashMap<String, PatternId>,
    /// The schema tables. The table of a schema contains the keywords that no Rust type expresses.
    pub schema_tables: Vec<SchemaTable>,
    /// The schema of each schema table, and which keywords of the schema the table contains.
    pub table_sources: Vec<(TableExtent, &'d Schema)>,
    /// The schema tables by key, so that equal schemas share a table.
    pub tables_by_key: HashMap<TableKey, SchemaTableId>,
    /// The schema tables of components by name.
    pub component_tables: HashMap<&'d str, SchemaTableId>,
    /// The security schemes.
    pub security_schemes: Vec<SecurityScheme>,
    /// The id of each security scheme in `security_schemes`, by its name.
    pub security_scheme_ids: HashMap<&'d str, SecuritySchemeId>,
    /// The structs of documented response headers.
    pub response_headers: Vec<ResponseHeaders>,
    /// The structs of documented response headers by content, so that equal headers share a struct.
    pub headers_by_content: HashMap<HeaderContent, ResponseHeadersId>,
    /// The Rust names of each client method, by the id of the method. Operations with the same `x-overload` method share a client
    /// method.
    pub operation_names: HashMap<String, OperationNames>,
}

/// Identifies the type of an inline schema: the component whose whole schema it is, if any, and the fingerprint of the schema.
pub(crate) type SharingKey = (Option<Pointer>, Fingerprint);

/// The Rust type of several equal inline schemas.
#[derive(Debug)]
pub(crate) struct SharedType {
    /// The type.
    pub id: TypeId,
    /// The description of the schemas, or their title if they have no description. It is `None` if the schemas have different
    /// descriptions.
    pub description: Option<String>,
}

impl<'d> Lowering<'d> {
    pub fn new(document: &'d Document, formats: &'d [FormatType], findings: &'d mut Findings) -> Self {
        Self {
            document,
            main_server: document.servers.first().map_or("/".to_owned(), Server::default_url),
            formats,
            disjointness: Comparison::new(&document.schemas),
            secrets: Secrets::new(&document.schemas),
            compositions: Compositions::default(),
            invalid_examples: findings.invalid_examples(),
            findings,
            type_names: Scope::with(TYPE_NAMES),
            types: Vec::new(),
            declared_names: Vec::new(),
            type_order: Vec::new(),
            components: HashMap::new(),
            inline_types: Vec::new(),
            inline_type_indices: HashMap::new(),
            types_by_pointer: HashMap::new(),
            types_by_fingerprint: HashMap::new(),
            fingerprints: Fingerprints::default(),
            key_types: Vec::new(),
            patterns: Vec::new(),
            pattern_ids: HashMap::new(),
            schema_tables: Vec::new(),
            table_sources: Vec::new(),
            tables_by_key: HashMap::new(),
            component_tables: HashMap::new(),
            security_schemes: Vec::new(),
            security_scheme_ids: HashMap::new(),
            response_headers: Vec::new(),
            headers_by_content: HashMap::new(),
            operation_names: HashMap::new(),
        }
    }

    /// Reports a finding.
    pub fn report(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: &str) {
        self.findings.add(code, pointer, message, remedy);
    }

    /// Declares a type with this name. The definition is added later.
    pub fn declare_type(&mut self, name: String) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(None);
        self.declared_names.push(name);
        id
    }

    /// Moves the types out of this state. Returns the types by id, and the ids of the defined types in document order. A type
    /// that was dropped because of an error becomes a placeholder, so that the ids of the types after it stay valid. A
    /// placeholder is never emitted.
    pub fn take_types(&mut self) -> (Vec<TypeDef>, Vec<TypeId>) {
        let types = std::mem::take(&mut self.types);
        let order = self.type_order.iter().copied().filter(|id| types[id.0].is_some()).collect();
        let dropped = |name: &String| TypeDef {
            name: name.clone(),
            pointer: Pointer::root(),
            docs: Vec::new(),
            direction: Direction::default(),
            kind: TypeKind::StringEnum(Vec::new()),
            constants: Vec::new(),
            schema_location: None,
            contains_secret: false,
        };
        let named = types.into_iter().zip(&self.declared_names);
        (named.map(|(definition, name)| definition.unwrap_or_else(|| dropped(name))).collect(), order)
    }
}
