//! Computes the schema locations that violations report, such as `#/components/schemas/Pet` or `other.yaml#/Pet`. If possible, a
//! subschema has a location relative to the schema that contains it, such as `/properties/name`.

use crate::ir::{Rule, Value};
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::Schema;

impl Lowering<'_> {
    /// Returns the absolute location of a schema.
    pub(crate) fn schema_location(&self, schema: &Schema) -> String {
        self.location_at(schema.derived_from.as_ref().unwrap_or(&schema.pointer))
    }

    /// Returns the absolute location of the schema at `pointer`.
    pub(crate) fn location_at(&self, pointer: &Pointer) -> String {
        match self.findings.origin(pointer) {
            Some((file, pointer)) => format!("{}#{pointer}", relative_path(&self.document.file, file)),
            None => format!("#{pointer}"),
        }
    }

    /// Makes the schema locations in `value` relative to `holder`, the schema that contains the schema of `value`:
    /// `#/components/schemas/Pets/items` becomes `/items`. The location `implied` is not stored, because the runtime assumes
    /// `implied` for a value without a location.
    pub(crate) fn relative_to_holder(&self, mut value: Value, holder: &Schema, implied: &str) -> Value {
        let holder = self.schema_location(holder);
        make_relative(&mut value.rules, &holder);
        if let Some(inside) = value.schema_location.as_deref().and_then(|location| location.strip_prefix(&holder))
            && (inside.is_empty() || inside.starts_with('/'))
        {
            value.schema_location = (inside != implied).then(|| inside.to_owned());
        }
        value
    }

    /// Inserts a [`Rule::SchemaLocation`] between two rules if their keywords come from different schemas. A merge of `allOf` can
    /// give `schema` keywords from different schemas.
    pub(crate) fn with_locations(&self, schema: &Schema, rules: Vec<Rule>) -> Vec<Rule> {
        let own = schema.derived_from.as_ref().unwrap_or(&schema.pointer);
        let mut current = own;
        let mut located = Vec::new();
        for rule in rules {
            let origin = keyword(&rule).and_then(|keyword| schema.keyword_origins.get(keyword)).unwrap_or(own);
            if origin != current {
                located.push(Rule::SchemaLocation((origin != own).then(|| self.location_at(origin))));
                current = origin;
            }
            located.push(rule);
        }
        located
    }
}

/// Makes the schema locations in `rules` relative to the location `holder`. A location that is not inside `holder` stays
/// absolute.
pub(crate) fn make_relative(rules: &mut [Rule], holder: &str) {
    for rule in rules {
        if let Rule::SchemaLocation(Some(location)) = rule
            && let Some(inside) = location.strip_prefix(holder)
            && inside.starts_with('/')
        {
            *location = inside.to_owned();
        }
    }
}

/// Returns the keyword that a rule checks, such as `minLength`; `None` for [`Rule::SchemaTable`] and [`Rule::SchemaLocation`].
fn keyword(rule: &Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::MinLength(_) => "minLength",
        Rule::MaxLength(_) => "maxLength",
        Rule::Pattern(_) => "pattern",
        Rule::Format(_) => "format",
        Rule::Minimum(_) => "minimum",
        Rule::Maximum(_) => "maximum",
        Rule::MultipleOf(_) => "multipleOf",
        Rule::MinItems(_) => "minItems",
        Rule::MaxItems(_) => "maxItems",
        Rule::UniqueItems => "uniqueItems",
        Rule::MinProperties(_) => "minProperties",
        Rule::MaxProperties(_) => "maxProperties",
        Rule::IntegerEnum(_) | Rule::DoubleEnum(_) | Rule::BooleanEnum(_) | Rule::JsonEnum(_) => "enum",
        Rule::SchemaTable(_) | Rule::SchemaLocation(_) => return None,
    })
}

/// Returns the path of `file`, relative to the folder of `document`. The result does not depend on the working directory.
fn relative_path(document: &str, file: &str) -> String {
    let folders = |path: &str| -> Vec<String> { path.split(['/', '\\']).map(str::to_owned).collect() };
    let (from, to) = (folders(document), folders(file));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count().min(from.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - 1 - common);
    up.chain(to[common..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}
