//! Computes the schema locations that violations report. A location is in the document, or in another file that the document
//! references. It is relative to the schema that contains it, if possible.

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
    fn location_at(&self, pointer: &Pointer) -> String {
        match self.findings.origin(pointer) {
            Some((file, pointer)) => format!("{}#{pointer}", relative_path(&self.document.file, file)),
            None => format!("#{pointer}"),
        }
    }

    /// Makes the locations in `value` relative to `holder`, the schema that contains the schema of the value. `implied` is the
    /// location, relative to `holder`, that the runtime assumes. If the value's schema is at that location, the value stores no
    /// location of its own.
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

    /// Returns the rules in their order, and inserts a [`Rule::SchemaLocation`] before each rule if its keyword has another origin
    /// than the keyword of the previous rule. The keywords of a merged schema can have different origins.
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

/// Makes the locations in `rules` relative to `holder` if they are inside it.
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

/// The keyword of a rule; `None` for rules that contain a location of their own.
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

/// The path of `file`, relative to the folder of `document`. The result does not depend on the working directory.
fn relative_path(document: &str, file: &str) -> String {
    let folders = |path: &str| -> Vec<String> { path.split(['/', '\\']).map(str::to_owned).collect() };
    let (from, to) = (folders(document), folders(file));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other).count().min(from.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - 1 - common);
    up.chain(to[common..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}
