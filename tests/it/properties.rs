//! Tests two kinds of validation against the `jsonschema` crate, with random schemas and values: the keyword tables that are
//! emitted for `not`, and the validation of examples in the generator. `cargo run -p tests --bin properties` tests the emitted
//! types.

#[path = "../properties/draft_4.rs"]
#[allow(dead_code, reason = "the binary also uses the reasons")]
mod draft_4;
mod emitted_schemas;
#[path = "../properties/near.rs"]
mod near;
#[path = "../properties/random.rs"]
#[allow(dead_code, reason = "the binary also makes objects")]
mod random;

use std::collections::BTreeSet;

use copperplate::finding::Code;

use copperplate::{Generation, Input, Options, Pipeline, SchemaReading, Types};
use serde_json::{Map, Value, json};
use tests::runtime::validation::context::ValidationContext;
use tests::runtime::validation::report::Report;
use tests::runtime::validation::violation::Direction;

use draft_4::{Deviation, Reading};
use emitted_schemas::EmittedSchemas;
use near::edges;
use random::{Scope, Seeded, refer};

/// The number of schemas in a document, and the minimum number of values for each schema.
const SCHEMAS: usize = 30;
const VALUES: usize = 16;

/// The number of documents.
const SEEDS: u64 = 12;

/// Schemas by name, and the values to validate with each schema.
struct Batch {
    schemas: Value,
    values: Vec<(String, Vec<Value>)>,
}

fn batch(seed: u64) -> Batch {
    let mut seeded = Seeded(seed);
    let names: Vec<String> = (0..SCHEMAS).map(|index| format!("P{index}")).collect();
    let scope = Scope { components: &names, lower: 0, depth: 3, typed: false, nullable: false, lenient: false };
    let schema = |(lower, name): (usize, &String)| (name.clone(), seeded.schema(Scope { lower, ..scope }, None));
    let schemas = Value::Object(names.iter().enumerate().map(schema).collect());
    let values = names.iter().map(|name| {
        let mut values = edges(&schemas[name]);
        while values.len() < VALUES {
            let value = seeded.near(&schemas[name], &schemas, 4);
            values.push(if seeded.one_in(3) { seeded.mutated(&value) } else { value });
        }
        (name.clone(), values)
    });
    let values = values.collect();
    Batch { schemas, values }
}

impl Batch {
    /// Returns the verdicts of the crate `jsonschema`.
    fn expected(&self) -> Vec<Vec<bool>> {
        let reading = Reading { components: &self.schemas, deviations: &[Deviation::WholeNumbers], request: true };
        let verdicts = self.values.iter().map(|(name, values)| {
            let mut options = jsonschema::draft4::options().should_validate_formats(true);
            for format in ["date", "uuid"] {
                let known = jsonschema::draft202012::options().should_validate_formats(true);
                let known = known.build(&json!({"format": format})).unwrap();
                options = options.with_format(format, move |text: &str| known.is_valid(&json!(text)));
            }
            let validator = options.build(&reading.of_component(name)).unwrap();
            values.iter().map(|value| validator.is_valid(value)).collect()
        });
        verdicts.collect()
    }

    /// Generates a crate from a document. Each schema is the body of an operation, and its values are examples of that body. Each
    /// schema also occurs under a `not`, for which a keyword table is emitted.
    fn generated(&self, reading: SchemaReading) -> Generation {
        let mut schemas = self.schemas.as_object().cloned().unwrap_or_default();
        let mut paths = Map::new();
        for (name, values) in &self.values {
            let examples: Map<_, _> = values
                .iter()
                .enumerate()
                .map(|(index, value)| (format!("e{index}"), json!({"value": value})))
                .collect();
            let content = json!({"application/json": {"schema": refer(name), "examples": examples}});
            let operation = json!({"operationId": format!("op{name}"), "requestBody": {"content": content},
                "responses": {"204": {"description": "d."}}});
            paths.insert(format!("/{name}"), json!({"post": operation}));
            schemas.insert(format!("Not{name}"), json!({"not": refer(name)}));
        }
        let document = json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths,
            "components": {"schemas": schemas}});
        let input = Input { reading, ..Input::new("r.json", document.to_string(), "r") };
        let crate_name = "r".to_owned();
        let options =
            Options { crate_name, at_root: true, skip_unsupported: true, types: Types::All, ..Options::default() };
        Pipeline::new(&options).generate(&[input])
    }

    /// Returns the component and all components that it refers to, directly or indirectly.
    fn referenced(&self, name: &str) -> BTreeSet<String> {
        let (mut referenced, mut open) = (BTreeSet::new(), vec![name.to_owned()]);
        while let Some(name) = open.pop() {
            let text = self.schemas[&name].to_string();
            if referenced.insert(name) {
                let names = text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next());
                open.extend(names.map(str::to_owned));
            }
        }
        referenced
    }

    fn describe(&self, schema: usize, value: usize) -> String {
        let (name, values) = &self.values[schema];
        format!("{} of {name}: {}\n", values[value], self.schemas[name])
    }
}

/// Returns the examples that the generator reports as invalid, each as the name of the schema and the number of the value.
fn invalid_examples(generation: &Generation) -> BTreeSet<(String, usize)> {
    let invalid = generation.findings.iter().filter(|finding| finding.code == Code::ExampleInvalid);
    let place = |pointer: &str| {
        let tokens: Vec<&str> = pointer.split('/').collect();
        let name = tokens.get(2)?.strip_prefix("~1")?;
        let example = tokens.iter().position(|token| *token == "examples").and_then(|at| tokens.get(at + 1))?;
        Some((name.to_owned(), example.strip_prefix('e')?.parse().ok()?))
    };
    invalid.filter_map(|finding| place(finding.pointer.as_str())).collect()
}

/// Returns the components whose examples are not reported, because the component itself has a finding.
fn components_with_findings(generation: &Generation) -> BTreeSet<String> {
    let suppresses = |code| matches!(code, Code::UndeclaredRequired | Code::ContradictoryBounds);
    let findings = generation.findings.iter().filter(|finding| suppresses(finding.code));
    findings.filter_map(|finding| Some(finding.pointer.as_str().split('/').nth(3)?.to_owned())).collect()
}

#[test]
fn random_verdicts_agree_with_the_jsonschema_crate() {
    let (mut accepted, mut rejected, mut differing) = (0, 0, Vec::new());
    for seed in 1..=SEEDS {
        let batch = batch(seed);
        let expected = batch.expected();
        let generation = batch.generated(SchemaReading::default());
        // Otherwise, an example of a schema with properties and no type must be an object, like the Rust type.
        let literal = batch.generated(SchemaReading { untyped_as_any: true, ..SchemaReading::default() });
        let (invalid, with_findings) = (invalid_examples(&literal), components_with_findings(&literal));
        let files = generation.files.as_ref().unwrap_or_else(|| panic!("{:#?}", generation.findings));
        let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str());
        let mut emitted =
            EmittedSchemas::read(text("src/schemas.rs").unwrap(), text("src/patterns.rs").unwrap_or_default());
        for (schema, (name, values)) in batch.values.iter().enumerate() {
            let table = emitted
                .component(&format!("Not{name}"))
                .unwrap_or_else(|| panic!("no table for {name}: {}", batch.schemas[name]));
            let has_finding = !batch.referenced(name).is_disjoint(&with_findings);
            for (index, value) in values.iter().enumerate() {
                let verdict = expected[schema][index];
                let mut report_difference = |who: &str| {
                    differing.push(format!("seed {seed}, {who}, {}expected {verdict}", batch.describe(schema, index)));
                };
                let report = Report::new(Direction::Request);
                table.check(value, ValidationContext::root(&report));
                // The schema is under `not` in the table. So the table rejects exactly the values that the schema accepts.
                if report.finish().is_err() != verdict {
                    report_difference("tables");
                }
                let is_invalid = invalid.contains(&(name.clone(), index));
                if is_invalid == verdict && (is_invalid || !has_finding) {
                    report_difference("examples");
                }
                *(if verdict { &mut accepted } else { &mut rejected }) += 1;
            }
        }
    }
    let count = differing.len();
    differing.sort_by_key(String::len);
    differing.truncate(12);
    assert!(differing.is_empty(), "{count} differ:\n{}", differing.join("\n"));
    // The test is meaningful only if both verdicts occur often.
    assert!(accepted > 1_500 && rejected > 1_500, "{accepted} {rejected}");
}
