//! Converts the keyword tables in emitted code to tables of the runtime. With them, a test can validate values without compiling
//! the emitted crate.

use std::collections::{BTreeMap, HashMap};

use copperplate::pattern::{Compiled, compile};
use syn::visit::Visit;
use syn::{Expr, Item, Lit, UnOp};
use tests::runtime::Matcher;
use tests::runtime::ValidationContext;
use tests::runtime::schema::{AdditionalProperties, JsonType, Keyword, Limit, Schema};

/// The depth to which recursive tables are expanded. Values nested more deeply are not validated.
const DEEPEST: usize = 12;

/// The keyword tables that a crate contains.
pub struct EmittedSchemas {
    constants: BTreeMap<String, Expr>,
    patterns: HashMap<String, String>,
    /// For each component, the name of the constant that contains its table.
    components: HashMap<String, String>,
    built: HashMap<(String, usize), &'static Schema>,
}

struct Pattern(String, Compiled);

impl Matcher for Pattern {
    fn pattern(&self) -> &str {
        &self.0
    }

    fn is_match(&self, text: &str) -> bool {
        self.1.is_match(text)
    }
}

/// Finds the first string literal in an expression.
struct FirstText(Option<String>);

impl Visit<'_> for FirstText {
    fn visit_lit_str(&mut self, text: &syn::LitStr) {
        self.0.get_or_insert_with(|| text.value());
    }
}

impl EmittedSchemas {
    /// Reads the emitted modules `schemas.rs` and `patterns.rs`.
    pub fn read(schemas: &str, patterns: &str) -> Self {
        let statics = |text: &str| {
            let items = syn::parse_file(text).unwrap().items.into_iter();
            items.filter_map(|item| if let Item::Static(item) = item { Some(item) } else { None }).collect::<Vec<_>>()
        };
        let mut components = HashMap::new();
        for item in statics(schemas) {
            let docs = item.attrs.iter().filter_map(|attr| match &attr.meta {
                syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(string(&pair.value)),
                _ => None,
            });
            let docs = docs.collect::<String>();
            if let Some(name) = docs.split("/components/schemas/").nth(1).and_then(|rest| rest.strip_suffix("`.")) {
                components.insert(name.to_owned(), item.ident.to_string());
            }
        }
        let patterns = statics(patterns).into_iter().map(|item| {
            let mut first = FirstText(None);
            first.visit_expr(&item.expr);
            (item.ident.to_string(), first.0.unwrap())
        });
        let constants = statics(schemas).into_iter().map(|item| (item.ident.to_string(), *item.expr)).collect();
        Self { constants, patterns: patterns.collect(), components, built: HashMap::new() }
    }

    /// Returns the table of a component.
    pub fn component(&mut self, name: &str) -> Option<&'static Schema> {
        let constant = self.components.get(name)?.clone();
        Some(self.table(&constant, DEEPEST))
    }

    fn table(&mut self, constant: &str, depth: usize) -> &'static Schema {
        if depth == 0 {
            return Box::leak(Box::new(Schema(&[])));
        }
        let key = (constant.to_owned(), depth);
        if let Some(built) = self.built.get(&key) {
            return built;
        }
        let expr = self.constants[constant].clone();
        let Expr::Call(call) = &expr else { panic!("no table: {constant}") };
        let keywords: Vec<Keyword> =
            elements(&call.args[0]).iter().map(|keyword| self.keyword(keyword, depth)).collect();
        let table: &'static Schema = Box::leak(Box::new(Schema(keywords.leak())));
        self.built.insert(key, table);
        table
    }

    fn refer(&mut self, expr: &Expr, depth: usize) -> &'static Schema {
        let constant = name(expr);
        self.table(&constant, depth - 1)
    }

    fn tables(&mut self, expr: &Expr, depth: usize) -> &'static [&'static Schema] {
        elements(expr).iter().map(|table| self.refer(table, depth)).collect::<Vec<_>>().leak()
    }

    fn keyword(&mut self, expr: &Expr, depth: usize) -> Keyword {
        let Expr::Call(call) = expr else {
            return match name(expr).as_str() {
                "UniqueItems" => Keyword::UniqueItems,
                "Secret" => Keyword::Secret,
                other => panic!("no keyword: {other}"),
            };
        };
        let first = &call.args[0];
        match name(&call.func).as_str() {
            "Type" => Keyword::Type(json_type(first)),
            "TypeOrNull" => Keyword::TypeOrNull(json_type(first)),
            "Enum" => {
                let texts = elements(first).iter().map(|text| &*string(text).leak()).collect::<Vec<&str>>();
                Keyword::Enum(texts.leak())
            }
            "MinLength" => Keyword::MinLength(count(first)),
            "MaxLength" => Keyword::MaxLength(count(first)),
            "Format" => Keyword::Format(format(first)),
            "Pattern" => {
                let text = &self.patterns[&name(first)];
                Keyword::Pattern(Box::leak(Box::new(Pattern(text.clone(), compile(text).unwrap()))))
            }
            "Minimum" => Keyword::Minimum(limit(first)),
            "ExclusiveMinimum" => Keyword::ExclusiveMinimum(limit(first)),
            "Maximum" => Keyword::Maximum(limit(first)),
            "ExclusiveMaximum" => Keyword::ExclusiveMaximum(limit(first)),
            "MultipleOf" => Keyword::MultipleOf(string(first).leak()),
            "MinItems" => Keyword::MinItems(count(first)),
            "MaxItems" => Keyword::MaxItems(count(first)),
            "MinProperties" => Keyword::MinProperties(count(first)),
            "MaxProperties" => Keyword::MaxProperties(count(first)),
            "Items" => Keyword::Items(self.refer(first, depth)),
            "Required" => Keyword::Required(string(first).leak()),
            "Properties" => self.properties(first, &call.args[1], depth),
            "AllOf" => Keyword::AllOf(self.tables(first, depth)),
            "OneOf" => Keyword::OneOf(self.tables(first, depth)),
            "AnyOf" => Keyword::AnyOf(self.tables(first, depth)),
            "Not" => Keyword::Not(self.refer(first, depth)),
            // `Component` contains the location of the schema, which does not affect validation.
            "Component" => Keyword::AllOf(&[]),
            other => panic!("no keyword: {other}"),
        }
    }

    fn properties(&mut self, described: &Expr, additional: &Expr, depth: usize) -> Keyword {
        let mut properties: Vec<(&'static str, &'static Schema)> = Vec::new();
        for pair in elements(described) {
            let Expr::Tuple(pair) = pair else { panic!("no property") };
            properties.push((string(&pair.elems[0]).leak(), self.refer(&pair.elems[1], depth)));
        }
        let additional = match additional {
            Expr::Call(call) => AdditionalProperties::Schema(self.refer(&call.args[0], depth)),
            other if name(other) == "None" => AdditionalProperties::None,
            _ => AdditionalProperties::Any,
        };
        Keyword::Properties(properties.leak(), additional)
    }
}

/// Returns the elements of `&[…]`.
fn elements(expr: &Expr) -> Vec<Expr> {
    match expr {
        Expr::Reference(reference) => elements(&reference.expr),
        Expr::Array(array) => array.elems.iter().cloned().collect(),
        _ => panic!("no list"),
    }
}

/// Returns the runtime function that checks a format. The method call in the closure `expr` identifies the format.
fn format(expr: &Expr) -> for<'a, 'v> fn(ValidationContext<'a>, &'v str) -> ValidationContext<'a> {
    let Expr::Closure(closure) = expr else { panic!("no check") };
    let Expr::MethodCall(call) = &*closure.body else { panic!("no method") };
    match call.method.to_string().as_str() {
        "date" => |at, text| at.date(text),
        "date_time" => |at, text| at.date_time(text),
        "uuid" => |at, text| at.uuid(text),
        "ipv4" => |at, text| at.ipv4(text),
        "ipv6" => |at, text| at.ipv6(text),
        "email" => |at, text| at.email(text),
        "hostname" => |at, text| at.hostname(text),
        "uri" => |at, text| at.uri(text),
        other => panic!("no format: {other}"),
    }
}

/// Returns the last segment of a path or of a reference to a path.
fn name(expr: &Expr) -> String {
    match expr {
        Expr::Reference(reference) => name(&reference.expr),
        Expr::Path(path) => path.path.segments.last().unwrap().ident.to_string(),
        _ => panic!("no name"),
    }
}

fn string(expr: &Expr) -> String {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => text.value(),
            _ => panic!("no text"),
        },
        _ => panic!("no text"),
    }
}

/// Returns the digits of a number literal.
fn digits(expr: &Expr) -> String {
    match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => format!("-{}", digits(&unary.expr)),
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Float(number) => number.base10_digits().to_owned(),
            _ => panic!("no number"),
        },
        _ => panic!("no number"),
    }
}

fn count(expr: &Expr) -> usize {
    digits(expr).parse().unwrap()
}

fn limit(expr: &Expr) -> Limit {
    let Expr::Call(call) = expr else { panic!("no limit") };
    let number = digits(&call.args[0]);
    if name(&call.func) == "Integer" {
        Limit::Integer(number.parse().unwrap())
    } else {
        Limit::Double(number.parse().unwrap())
    }
}

fn json_type(expr: &Expr) -> JsonType {
    match name(expr).as_str() {
        "String" => JsonType::String,
        "Number" => JsonType::Number,
        "Integer" => JsonType::Integer,
        "Boolean" => JsonType::Boolean,
        "Array" => JsonType::Array,
        _ => JsonType::Object,
    }
}
