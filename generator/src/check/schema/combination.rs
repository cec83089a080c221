//! Limits how many schemas a document combines with `allOf`, `oneOf` and `anyOf`.
//!
//! A schema with `allOf` becomes one type that has the keywords of all members. The keywords next to a union are copied into each
//! of its variants. Therefore, thirty schemas that each refer twice to the next one can combine about a billion schemas.
//!
//! The number of combined schemas is computed before any schemas are combined. If it is too large, the document is rejected. As a
//! result, the later stages take approximately linear time.

use std::collections::{HashMap, HashSet};

use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::json::size::size as value_size;
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef};

/// The largest number of schemas and properties that a single schema may combine through `allOf`, `oneOf` and `anyOf`.
const MAX_COMBINED: usize = 20_000;

/// A document may combine `MAX_ANYWAY` schemas and properties in total, plus `MAX_PER_SCHEMA` for each of its schemas.
const MAX_PER_SCHEMA: usize = 50;
const MAX_ANYWAY: usize = 50_000;

/// The largest size of all `enum` lists next to or below `allOf`, in bytes. Each list counts once for each schema with which it is
/// combined, because the values that the other schema excludes are removed.
const MAX_COMBINED_VALUES: usize = 20_000_000;

/// The largest number of schemas that all merges of a document may copy: the keywords next to a union into each of its variants,
/// and the members of `allOf` into the schema. A copy includes the inline subschemas. [`copy_size`] also counts long texts.
const MAX_COPIED: usize = 200_000;

/// The number of bytes of a text that count as one schema, and the number of names in `required`. Copies of a schema take a kilobyte
/// or two.
const BYTES_PER_SCHEMA: usize = 300;
const NAMES_PER_SCHEMA: usize = 8;

/// A component with a discriminator becomes a union of its subtypes. A subtype counts as this many schemas, because code is
/// generated for each variant.
const SIZE_OF_SUBTYPE: usize = 10;

/// Returns whether the document combines too many schemas. If so, reports the schema at which the limit is exceeded.
pub(crate) fn exceeds_limit(document: &Document, findings: &mut Findings) -> bool {
    let mut count = 0;
    each_schema(document, &mut |_| count += 1);
    let rest = MAX_ANYWAY + MAX_PER_SCHEMA * count;
    let values = MAX_COMBINED_VALUES;
    let mut sizes = Sizes {
        document,
        complete: HashMap::new(),
        inherited: HashMap::new(),
        copied: HashMap::new(),
        rest,
        values,
        copies: MAX_COPIED,
    };
    let mut beyond: Option<&Schema> = None;
    each_schema(document, &mut |schema| {
        let mut is_within = || {
            sizes
                .combined(schema, Alternatives::IfCopied)
                .and_then(|size| sizes.count_repetitions(schema, size))
                .and_then(|()| sizes.count_copies(schema))
                .is_some()
        };
        if beyond.is_none() && !is_within() {
            beyond = Some(schema);
        }
    });
    if let Some(schema) = beyond {
        let message = "Together with the schemas before it, this schema combines too many schemas with `allOf`, `oneOf` and \
                       `anyOf`.";
        let remedy = "Use fewer levels of `allOf`, `oneOf` and `anyOf`, or refer to fewer schemas from each level.";
        findings.add(Code::DocumentLimit, &schema.pointer, message, remedy);
    }
    beyond.is_some()
}

/// Selects which variants of a union are counted as combined schemas.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alternatives {
    /// All variants, because the union is copied into another schema.
    All,
    /// All variants if the schema has `type`, `properties` or `allOf` next to its union, because these keywords are copied into
    /// each variant. Otherwise none, because each variant then becomes a separate type.
    IfCopied,
}

/// Computes how many schemas and properties a schema combines through `allOf`, `oneOf` and `anyOf`.
struct Sizes<'d> {
    document: &'d Document,
    /// For each component, the number of schemas and properties that it combines, including all variants of its unions. The value
    /// is `None` while the number is being computed.
    complete: HashMap<&'d str, Option<usize>>,
    /// For each component, the number of schemas and properties that it combines through `allOf`.
    inherited: HashMap<&'d str, usize>,
    /// The size of a copy of each component, see [`copy_size`].
    copied: HashMap<&'d str, usize>,
    /// The number of schemas and properties that may still be combined in the whole document.
    rest: usize,
    /// The size of the `enum` lists that may still be combined in the whole document, in bytes.
    values: usize,
    /// The number of schemas that may still be copied in the whole document.
    copies: usize,
}

impl<'d> Sizes<'d> {
    /// Returns how many schemas and properties `schema` combines; `None` if a limit is exceeded. The schemas of its properties
    /// are not counted.
    fn combined(&mut self, schema: &'d Schema, alternatives: Alternatives) -> Option<usize> {
        let (mut open, mut seen, mut size) = (vec![schema], HashSet::new(), 0_usize);
        let (mut properties, mut additional, mut values) = (0_usize, 0_usize, 0_usize);
        while let Some(part) = open.pop() {
            // A component that occurs twice in nested `allOf` lists is merged once.
            if !seen.insert(std::ptr::from_ref(part)) {
                continue;
            }
            properties += part.properties.len();
            values += part.enum_values.iter().flatten().map(value_size).sum::<usize>();
            let is_parent = part.discriminator.is_some() && part.one_of.is_empty() && part.any_of.is_empty();
            if is_parent && !std::ptr::eq(part, schema) {
                self.rest = self.rest.checked_sub(SIZE_OF_SUBTYPE)?;
            }
            // The schema of `additionalProperties` is combined with the properties of the other parts.
            additional += usize::from(matches!(part.additional_properties, AdditionalProperties::Schema(_)));
            size = size.checked_add(1)?.checked_add(part.properties.len())?;
            let has_siblings = part.kind.is_some() || !part.all_of.is_empty() || !part.properties.is_empty();
            if alternatives == Alternatives::All || has_siblings || !std::ptr::eq(part, schema) {
                for alternative in part.one_of.iter().chain(&part.any_of) {
                    size = size.checked_add(self.complete(alternative)?)?;
                }
            }
            if size.checked_add(properties.checked_mul(additional)?)? > MAX_COMBINED {
                return None;
            }
            let document = self.document;
            open.extend(part.all_of.iter().filter_map(|part| document.resolved(part)));
        }
        self.values = self.values.checked_sub(values.checked_mul(seen.len() - 1)?)?;
        self.rest = self.rest.checked_sub(size)?;
        Some(size)
    }

    /// Subtracts the repetitions in `schema` from the limit for the whole document. A schema or property is repeated if two or
    /// more members of `allOf` contain it, because each member is merged as a whole.
    ///
    /// `size` is the number of schemas and properties without repetitions. Returns `None` if the limit is exceeded.
    fn count_repetitions(&mut self, schema: &'d Schema, size: usize) -> Option<()> {
        let (mut open, mut all) = (vec![schema], 0_usize);
        while let Some(part) = open.pop() {
            all += 1 + part.properties.len();
            for member in &part.all_of {
                match member {
                    SchemaRef::Inline(member) => open.push(member),
                    SchemaRef::Component { name, .. } => all += self.inherited(name),
                }
            }
        }
        self.rest = self.rest.checked_sub(all.saturating_sub(size))?;
        Some(())
    }

    /// Subtracts the copies that the merge of `schema` makes from the limit for the whole document. Returns `None` if the limit is
    /// exceeded.
    fn count_copies(&mut self, schema: &'d Schema) -> Option<()> {
        let inherited: usize = schema.all_of.iter().map(|member| self.size_of_copy(member)).sum();
        let variants = || schema.one_of.iter().chain(&schema.any_of);
        let of_variants: usize = variants().map(|variant| self.size_of_copy(variant)).sum();
        let own = copy_size(schema) + inherited - variants().map(inline_size).sum::<usize>();
        // A union without further keywords is not merged into its variants.
        let has_siblings = own > 1 || schema.kind.is_some();
        let of_union = if has_siblings { of_variants + variants().count().checked_mul(own)? } else { 0 };
        self.copies = self.copies.checked_sub(inherited.checked_add(of_union)?)?;
        Some(())
    }

    fn size_of_copy(&mut self, schema: &'d SchemaRef) -> usize {
        let SchemaRef::Component { name, .. } = schema else { return inline_size(schema) };
        let Some((name, component)) = self.document.schemas.get_key_value(name) else { return 1 };
        *self.copied.entry(name).or_insert_with(|| copy_size(component))
    }

    /// Returns how many schemas and properties the component `name` combines through `allOf`. A component that occurs twice is
    /// counted once.
    fn inherited(&mut self, name: &str) -> usize {
        let Some((name, component)) = self.document.schemas.get_key_value(name) else { return 0 };
        if let Some(known) = self.inherited.get(name.as_str()) {
            return *known;
        }
        let (mut open, mut seen, mut size) = (vec![component], HashSet::new(), 0_usize);
        while let Some(part) = open.pop() {
            if seen.insert(std::ptr::from_ref(part)) {
                size += 1 + part.properties.len();
                open.extend(part.all_of.iter().filter_map(|part| self.document.resolved(part)));
            }
        }
        self.inherited.insert(name, size);
        size
    }

    /// Returns how many schemas and properties `schema` combines with all its variants; `None` if a limit is exceeded.
    fn complete(&mut self, schema: &'d SchemaRef) -> Option<usize> {
        let name = match schema {
            SchemaRef::Inline(schema) => return self.combined(schema, Alternatives::All),
            SchemaRef::Component { name, .. } => name.as_str(),
        };
        let Some(component) = self.document.schemas.get(name) else { return Some(1) };
        if let Some(known) = self.complete.get(name) {
            // A reference that closes a cycle counts as one schema.
            return Some(known.unwrap_or(1));
        }
        self.complete.insert(name, None);
        let size = self.combined(component, Alternatives::All)?;
        self.complete.insert(name, Some(size));
        Some(size)
    }
}

/// Returns the size of a copy of `schema`: the number of schemas in it, without the components to which it refers. Long texts and
/// lists count as further schemas.
fn copy_size(schema: &Schema) -> usize {
    let text = schema.description.as_ref().map_or(0, String::len) + schema.default.as_ref().map_or(0, value_size);
    let own = 1 + text / BYTES_PER_SCHEMA + schema.required.len() / NAMES_PER_SCHEMA;
    own + schema.subschemas().map(inline_size).sum::<usize>()
}

fn inline_size(schema: &SchemaRef) -> usize {
    match schema {
        SchemaRef::Inline(schema) => copy_size(schema),
        SchemaRef::Component { .. } => 1,
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::options::{Input, Options};

    /// Generates a crate from a document with `count` schemas, and returns the errors as `code pointer`. `schema` receives a
    /// `$ref` to the next schema, and returns a schema in YAML that uses the reference.
    fn errors(count: usize, schema: impl Fn(&str) -> String) -> Vec<String> {
        let mut text =
            "openapi: 3.0.3\ninfo: {title: T, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for index in 0..count {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
            writeln!(text, "    S{index}: {}", schema(&next)).expect("a text");
        }
        writeln!(text, "    S{count}: {{type: object, properties: {{a: {{type: string}}}}}}").expect("a text");
        let input = Input::new("t.yaml", text, "t");
        let (_, findings) = crate::pipeline::Pipeline::new(&Options::default()).surface(&[input]);
        let errors = findings.iter().filter(|finding| finding.is_error());
        errors.map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect()
    }

    #[test]
    fn schemas_that_double_at_each_level_are_rejected_before_they_are_combined() {
        let doubling = |next: &str| format!("{{allOf: [{next}, {{anyOf: [{next}, {{type: object}}]}}]}}");
        assert_eq!(errors(60, doubling), ["document-limit /components/schemas/S0"]);
        let tower = |next: &str| format!("{{oneOf: [{next}, {{allOf: [{next}, {{minProperties: 1}}]}}]}}");
        assert_eq!(errors(60, tower), ["document-limit /components/schemas/S0/oneOf/1"]);
        let diamond = |next: &str| format!("{{allOf: [{next}, {{allOf: [{next}, {{type: object}}]}}]}}");
        assert_eq!(errors(60, diamond), [""; 0]);
        assert_eq!(errors(4, doubling), [""; 0]);
        assert_eq!(errors(4, tower), [""; 0]);
    }

    /// The number of copied schemas is a product.
    #[test]
    fn many_variants_beside_many_properties_are_rejected() {
        let union = |properties: usize, variants: usize| {
            let list =
                |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<Vec<_>>().join(", ");
            let properties = list(properties, &|index| format!("p{index}: {{type: string}}"));
            let variants = list(variants, &|index| format!("{{required: [p{index}], minProperties: 1}}"));
            errors(1, |_| format!("{{type: object, properties: {{{properties}}}, oneOf: [{variants}]}}"))
        };
        assert_eq!(union(1_000, 700), ["document-limit /components/schemas/S0"]);
        assert_eq!(union(100, 70), [""; 0]);
    }

    #[test]
    fn a_large_component_that_many_schemas_extend_is_rejected() {
        let properties: String = (0..1_000).map(|index| format!("p{index}: {{type: string}}, ")).collect();
        let base = format!("{{type: object, properties: {{tree: {{type: object, properties: {{{properties}}}}}}}}}");
        let extended = |count: usize| {
            let member =
                |index| format!("    E{index}: {{allOf: [{{$ref: '#/components/schemas/S0'}}, {{type: object}}]}}\n");
            let members: String = (0..count).map(member).collect();
            errors(1, |_| format!("{base}\n{}", members.trim_end()))
        };
        assert_eq!(extended(500).len(), 1);
        assert_eq!(extended(50), [""; 0]);
    }

    #[test]
    fn long_chains_are_combined_if_their_sum_is_small() {
        let chain = |next: &str| format!("{{allOf: [{next}, {{type: object}}]}}");
        assert_eq!(errors(200, chain), [""; 0]);
        assert_eq!(errors(3_000, chain).len(), 1);
        // A reference in a property does not combine schemas.
        assert_eq!(errors(3_000, |next| format!("{{type: object, properties: {{a: {next}}}}}")), [""; 0]);
    }
}
