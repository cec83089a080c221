//! The parts of the runtime that a crate contains only if its code uses them. Everything else is the core.

/// A part of the runtime.
pub struct Part {
    /// The name, which comments in the source files of the runtime refer to.
    pub name: &'static str,
    /// The source files that belong to the part as a whole. A folder ends in `/`.
    pub files: &'static [&'static str],
    /// The words in the code of a crate that use the part: `.name` for a method, `::Name` for an item of the runtime, and `name`
    /// for any other word.
    pub words: &'static [&'static str],
    /// The names of the parts that the part needs.
    pub needs: &'static [&'static str],
}

impl Part {
    /// Returns whether the source file at `path` belongs to the part.
    pub fn owns(&self, path: &str) -> bool {
        self.files.iter().any(|file| *file == path || (file.ends_with('/') && path.starts_with(file)))
    }
}

const fn part(
    name: &'static str,
    files: &'static [&'static str],
    words: &'static [&'static str],
    needs: &'static [&'static str],
) -> Part {
    Part { name, files, words, needs }
}

/// All parts.
pub const PARTS: &[Part] = &[
    // The program for shells.
    part("cli", &["cli/"], &["::cli"], &[]),
    // Traits over operations.
    part("traits", &["client/fake_response.rs", "client/operations_trait.rs"], &["::Sending"], &[]),
    // Parameters.
    part("styles", &["request/style.rs"], &["::Style"], &["json_text"]),
    part("json_text", &["request/json_text.rs"], &[], &[]),
    part("joined_parameters", &[], &[".query_joined", ".header_joined", ".header_lines"], &[]),
    part("whole_query", &["request/whole_query.rs"], &[".whole_query"], &["styles"]),
    part("cookies", &["request/cookie.rs"], &[".cookie_styled", "::Cookie"], &[]),
    part("odata_literals", &[], &["odata_literal"], &[]),
    part("fixed_headers", &[], &[".fixed_header"], &[]),
    // Bodies of requests.
    part("bodies", &["request/body.rs"], &[], &[]),
    part("json_bodies", &[], &[".json"], &["bodies"]),
    part("text_bodies", &[], &[".text"], &["bodies"]),
    part("byte_bodies", &[], &[".bytes"], &["bodies"]),
    part("files", &["request/file.rs"], &["::File"], &["bodies"]),
    part("forms", &["request/form.rs"], &[".form", "::Encoding"], &["bodies"]),
    part(
        "multipart",
        &["request/multipart.rs"],
        &["::Multipart", "::MultipartBuilder"],
        &["files", "fingerprints", "json_text"],
    ),
    // Credentials.
    part(
        "security",
        &[
            "client/authorization.rs",
            "client/cached_credential.rs",
            "client/credential_provider.rs",
            "client/credentials.rs",
            "client/secret.rs",
            "client/security.rs",
        ],
        &["::SecurityRequirement", "::Scheme"],
        &["deadlines"],
    ),
    part(
        "signing",
        &["client/signature.rs", "client/signing_key.rs"],
        &["::SdkHmacSha256"],
        &["percent_decoding", "security"],
    ),
    part("idempotency_keys", &[], &["IDEMPOTENCY_KEY"], &[]),
    part("other_methods", &[], &["OTHER_METHOD"], &[]),
    part(
        "pages",
        &[
            "client/next_page.rs",
            "client/page_token.rs",
            "client/pages.rs",
            "client/visited_pages.rs",
            "request/page.rs",
        ],
        &["::Paginated"],
        &["percent_decoding"],
    ),
    part("percent_decoding", &[], &[], &[]),
    part("basic_credentials", &["client/base64.rs"], &["::Basic"], &["security"]),
    // Servers.
    part("server_values", &["client/server_value.rs"], &["::server_value"], &[]),
    part("server_variables", &["client/server_variable.rs"], &["::server_variable"], &[]),
    // Responses.
    part("typed_headers", &[], &[".header_as", ".header_list", ".secret_header_as", ".secret_header_list"], &[]),
    part("media_types", &[], &[".media_type_index"], &[]),
    part("text_responses", &[], &[".success_text", ".failure_text", ".failure_text_with"], &[]),
    part("failure_conditions", &[], &["::FailureCondition"], &["equality"]),
    part("webhooks", &["decoding/webhook.rs"], &["::WebhookResult"], &[]),
    // A time limit for work that no transport limits.
    part("deadlines", &[], &[], &[]),
    // Streams.
    part(
        "streams",
        &[
            "streaming/byte_stream.rs",
            "streaming/checked_body.rs",
            "streaming/mock_stream.rs",
            "streaming/mod.rs",
            "streaming/open.rs",
            "streaming/reqwest_stream.rs",
            "streaming/streaming_transport.rs",
        ],
        &["::ByteStream"],
        &["deadlines"],
    ),
    part("item_streams", &["streaming/event_parser.rs", "streaming/item_stream.rs"], &["::ItemStream"], &["streams"]),
    // Types.
    part(
        "unions",
        &["decoding/buffered_part.rs", "decoding/buffered_value.rs", "decoding/union/"],
        &["::union", "::Union"],
        &["json_copies", "unknown"],
    ),
    part("json_copies", &["decoding/json_copy.rs"], &[], &[]),
    part("unknown", &["decoding/unknown.rs"], &[], &[]),
    part("string_enums", &[], &["::string_enum"], &["string_macros", "unknown"]),
    part("newtypes", &[], &["::newtype"], &["string_macros"]),
    part("tuples", &["decoding/tuple.rs"], &["::tuple"], &[]),
    part("external_types", &[], &["::external"], &["string_macros"]),
    part("string_macros", &["decoding/string_macros.rs"], &[], &[]),
    // A number can be NaN, which JSON bodies are searched for.
    part("floats", &[], &["f32", "f64"], &["fingerprints", "json_bodies"]),
    part("long_integers", &[], &["i128"], &[]),
    part("maps", &[], &["BTreeMap"], &[]),
    // Validation.
    part(
        "schema",
        &["schema/budget.rs", "schema/check.rs", "schema/keyword.rs", "schema/mod.rs"],
        &["::schema", ".check_schema", ".check_schema_of_secret", ".check_schema_with_secrets"],
        &[
            "equality",
            "exact_comparison",
            "item_counts",
            "lengths",
            "listed_values",
            "member_counts",
            "multiple_of",
            "pattern",
            "unique_items",
        ],
    ),
    part("schema_2020", &["schema/keyword_2020.rs"], &["::Keyword2020"], &["schema"]),
    part(
        "unevaluated",
        &["schema/evaluated.rs"],
        &["UnevaluatedProperties", "UnevaluatedItems"],
        &["schema", "schema_2020"],
    ),
    part("formats", &["validation/format.rs", "validation/uri.rs"], FORMATS, &[]),
    part(
        "formats_2020",
        &["validation/format_2020.rs"],
        &[".idn_email", ".iri", ".iri_reference", ".uri_template"],
        &["formats"],
    ),
    part(
        "unique_items",
        &["validation/unique_items.rs"],
        &[".unique_items"],
        &["equality", "fingerprints", "json_copies"],
    ),
    part("fingerprints", &["validation/fingerprint.rs"], &[], &["number_values"]),
    part("equality", &["validation/equality.rs"], &[], &["number_values"]),
    part("number_values", &["validation/number_value.rs"], &[], &[]),
    part("multiple_of", &["validation/multiple_of.rs"], &[".multiple_of"], &[]),
    part("exact_comparison", &[], &[], &[]),
    part("lengths", &[], &[".min_length", ".max_length"], &[]),
    part("bounds", &[], &[".minimum", ".maximum", ".exclusive_minimum", ".exclusive_maximum"], &[]),
    part("item_counts", &[], &[".min_items", ".max_items"], &[]),
    part("member_counts", &[], &[".min_properties", ".max_properties", "::member_count"], &[]),
    part("enums", &[], &[".enumerated", ".unlisted_value"], &[]),
    part("json_enums", &[], &[".enumerated_json"], &["enums", "listed_values"]),
    part("listed_values", &["validation/listed_value.rs"], &[], &["equality", "fingerprints"]),
    part("directions", &[], &[".required_in"], &[]),
    part("requirements", &[], &[".requires_any_of", ".requires_one_of"], &[]),
    // Patterns.
    part("pattern", &["validation/pattern/matcher.rs", "validation/pattern/mod.rs"], &[], &[]),
    part("pattern_budget", &["validation/pattern/budget.rs"], &[], &[]),
    part(
        "pattern_sequences",
        &["validation/pattern/fixed_length.rs", "validation/pattern/piece.rs", "validation/pattern/sequence.rs"],
        &["::Pattern"],
        &["pattern"],
    ),
    part(
        "pattern_expressions",
        &["validation/pattern/automaton.rs", "validation/pattern/expression.rs"],
        &["::Expression"],
        &["pattern", "pattern_budget"],
    ),
    part("shared_classes", &["validation/pattern/ranges.rs"], &["::character_ranges"], &["pattern"]),
    part("backtracking", &["validation/pattern/program.rs"], &["::Program"], &["pattern", "pattern_budget"]),
    // Tests of examples.
    part("examples", &["example.rs"], &["::example"], &["equality"]),
];

/// The methods that check formats.
const FORMATS: &[&str] = &[
    ".byte",
    ".date",
    ".date_time",
    ".duration",
    ".email",
    ".hostname",
    ".ipv4",
    ".ipv6",
    ".json_pointer",
    ".time",
    ".uri",
    ".uri_reference",
    ".uuid",
];
