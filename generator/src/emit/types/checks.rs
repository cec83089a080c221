//! Emits validation. Each validation rule of a value becomes one method call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{api_path, ident};
use crate::emit::types::table_reference;
use crate::ir::{Api, Bound, Format, Limit, Rule, SecurityRequirement, Type, Value};

/// Emits the statements that validate `value`. Emits nothing if no validation is needed.
///
/// `place` is an expression for the value, or for a reference to the value if `is_reference` is true. `at` is an expression for
/// the validation context of the value. If the emitted statements need a variable for this context, its name is `binding`.
pub fn check(
    api: &Api,
    value: &Value,
    place: &TokenStream,
    is_reference: bool,
    at: &TokenStream,
    binding: &Ident,
) -> TokenStream {
    if !needs_check(value) {
        return TokenStream::new();
    }
    if !has_rules(value) {
        let at = value_context(value, at, value.schema_location.as_ref());
        return quote! { #place.check(#at); };
    }
    if value.nullable {
        let inner = Value { nullable: false, ..value.clone() };
        let reference = reference(place, is_reference);
        let statements = check(api, &inner, &quote! { value }, true, at, binding);
        return quote! { if let Some(value) = #reference { #statements } };
    }
    let Calls { own, elsewhere } = calls(api, value, place, is_reference);
    let elsewhere = elsewhere.iter().map(|(schema, calls)| {
        let at = value_context(value, at, Some(schema));
        quote! { #at #(.#calls)*; }
    });
    let elsewhere = quote! { #(#elsewhere)* };
    let at = value_context(value, at, value.schema_location.as_ref());
    if parts_validate_themselves(value) {
        return quote! { #elsewhere #place.check(#at #(.#own)*); };
    }
    let parts = check_parts(api, value, place, is_reference, binding);
    match (own.is_empty(), parts.is_empty()) {
        (true, true) => elsewhere,
        (false, true) => quote! { #at #(.#own)*; #elsewhere },
        (_, false) => quote! { #elsewhere let #binding = #at #(.#own)*; #parts },
    }
}

/// The checks of a value, as method calls on its validation context.
struct Calls {
    /// The checks of rules in the value's own schema.
    own: Vec<TokenStream>,
    /// The checks of rules from other schemas, such as the components of an `allOf`. The `String` is the JSON pointer of the
    /// other schema.
    elsewhere: Vec<(String, Vec<TokenStream>)>,
}

impl Calls {
    fn of(rules: &[Rule], call: impl Fn(&Rule) -> TokenStream) -> Self {
        let mut calls = Self { own: Vec::new(), elsewhere: Vec::new() };
        let mut place = None;
        for rule in rules {
            match (rule, place) {
                (Rule::SchemaLocation(stands), _) => place = stands.as_ref(),
                (rule, None) => calls.own.push(call(rule)),
                (rule, Some(stands)) => match calls.elsewhere.iter_mut().find(|(place, _)| place == stands) {
                    Some((_, known)) => known.push(call(rule)),
                    None => calls.elsewhere.push((stands.clone(), vec![call(rule)])),
                },
            }
        }
        calls
    }
}

/// Emits the expression for the validation context of a value: `at`, with `schema` as its schema location, and marked as secret
/// if the value is secret.
fn value_context(value: &Value, at: &TokenStream, schema: Option<&String>) -> TokenStream {
    let schema = schema.map(|schema| quote! { .with_schema(#schema) });
    let secret = value.secret.then(|| quote! { .secret() });
    quote! { #at #schema #secret }
}

/// Emits the statements that validate an optional value. `place` is an expression for the `Option`.
pub fn check_optional(api: &Api, value: &Value, place: &TokenStream, at: &TokenStream, binding: &Ident) -> TokenStream {
    match (needs_check(value), has_rules(value)) {
        (false, _) => TokenStream::new(),
        (true, false) => {
            let at = value_context(value, at, value.schema_location.as_ref());
            quote! { #place.check(#at); }
        }
        (true, true) => {
            let inner = Value { nullable: false, ..value.clone() };
            let pattern = if value.nullable {
                quote! { Some(Some(value)) }
            } else {
                quote! { Some(value) }
            };
            let statements = check(api, &inner, &quote! { value }, true, at, binding);
            quote! { if let #pattern = &#place { #statements } }
        }
    }
}

/// Returns whether a value must be validated. This is so if the value has validation rules, or if its Rust type is or contains a
/// named type, because the named type may have rules.
pub fn needs_check(value: &Value) -> bool {
    has_rules(value)
        || match &value.kind {
            Type::List(inner) => needs_check(inner),
            Type::Map { key, members } => key.is_some() || needs_check(members),
            Type::Named { .. } => true,
            _ => false,
        }
}

/// Returns whether the schema of a value has validation rules. The inline schemas of items and members count as well. The rules
/// of named types do not count.
pub fn has_rules(value: &Value) -> bool {
    !value.rules.is_empty()
        || match &value.kind {
            Type::List(inner) | Type::Map { members: inner, .. } => has_rules(inner),
            _ => false,
        }
}

fn reference(place: &TokenStream, is_reference: bool) -> TokenStream {
    if is_reference {
        place.clone()
    } else {
        quote! { &#place }
    }
}

/// The expressions that the emitted checks of a value take as arguments.
struct Checked<'a> {
    /// The value. `None` for an object of a struct, whose rules are only for the number of members.
    described: Option<&'a Value>,
    /// A reference to the value.
    value: TokenStream,
    /// A reference to the string that the value is in JSON, if the value is a string in JSON.
    text: TokenStream,
    /// An expression for the value, if the value is a number or a boolean.
    number: TokenStream,
    /// An expression for the number of items in an array, or of members in an object.
    count: TokenStream,
}

/// Emits the checks of the value itself, without the checks of its items and members.
fn calls(api: &Api, value: &Value, place: &TokenStream, is_reference: bool) -> Calls {
    let number = if is_reference {
        quote! { *#place }
    } else {
        place.clone()
    };
    let value_reference = reference(place, is_reference);
    let text = match value.kind {
        Type::External(_) => quote! { &crate::runtime::Text::text(#value_reference) },
        _ => value_reference.clone(),
    };
    let checked =
        Checked { described: Some(value), value: value_reference, text, number, count: quote! { #place.len() } };
    Calls::of(&value.rules, |rule| call(api, rule, &checked))
}

fn call(api: &Api, rule: &Rule, Checked { described, value, text, number, count }: &Checked<'_>) -> TokenStream {
    match rule {
        Rule::MinLength(limit) => literal_call("min_length", text, length(limit)),
        Rule::MaxLength(limit) => literal_call("max_length", text, length(limit)),
        Rule::Pattern(id) => {
            let (root, constant) = (api_path(api), ident(&api.patterns[id.0].constant));
            quote! { pattern(#text, &#root::patterns::#constant) }
        }
        Rule::Minimum(bound) => bound_call("minimum", number, *bound),
        Rule::Maximum(bound) => bound_call("maximum", number, *bound),
        Rule::MultipleOf(step) => quote! { multiple_of(#number, #step) },
        Rule::IntegerEnum(values) => listed_call(number, values.iter().map(|value| integer(*value))),
        Rule::DoubleEnum(values) => listed_call(number, values.iter().map(|value| double(*value))),
        Rule::BooleanEnum(values) => listed_call(number, values.iter().map(|value| quote! { #value })),
        Rule::JsonEnum(values) => quote! { enumerated_json(#value, &[#(#values),*]) },
        Rule::Format(format) => {
            let method = ident(format_method(*format));
            quote! { #method(#text) }
        }
        Rule::SchemaTable(id) => table_reference::check_value(api, *id, *described, value),
        Rule::UniqueItems => quote! { unique_items(#value) },
        Rule::MinItems(limit) => literal_call("min_items", count, length(limit)),
        Rule::MaxItems(limit) => literal_call("max_items", count, length(limit)),
        Rule::MinProperties(limit) => literal_call("min_properties", count, length(limit)),
        Rule::MaxProperties(limit) => literal_call("max_properties", count, length(limit)),
        // `Calls::of` has already used this rule to set the schema location.
        Rule::SchemaLocation(_) => TokenStream::new(),
    }
}

fn literal_call(method: &str, value: &TokenStream, limit: usize) -> TokenStream {
    let (method, limit) = (ident(method), proc_macro2::Literal::usize_unsuffixed(limit));
    quote! { #method(#value, #limit) }
}

fn bound_call(keyword: &str, number: &TokenStream, bound: Bound) -> TokenStream {
    let method = if bound.exclusive { ident(&format!("exclusive_{keyword}")) } else { ident(keyword) };
    let limit = match bound.limit {
        Limit::Integer(limit) => integer(limit),
        Limit::Double(limit) => double(limit),
    };
    quote! { #method(#number, #limit) }
}

fn listed_call(number: &TokenStream, values: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! { enumerated(#number, &[#(#values),*]) }
}

/// Returns the name of the runtime's method that checks a format.
pub fn format_method(format: Format) -> &'static str {
    match format {
        Format::DateTime => "date_time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Uri => "uri",
        Format::UriReference => "uri_reference",
        Format::Email => "email",
        Format::Hostname => "hostname",
        Format::Byte => "byte",
        Format::JsonPointer => "json_pointer",
        Format::IdnEmail => "idn_email",
        Format::Iri => "iri",
        Format::IriReference => "iri_reference",
        Format::UriTemplate => "uri_template",
    }
}

pub fn double(number: f64) -> TokenStream {
    let magnitude = number.abs();
    // Write a very large or very small number in scientific notation.
    let short = if magnitude == 0.0 || (1e-5..1e17).contains(&magnitude) {
        None
    } else {
        format!("{magnitude:e}").parse().ok()
    };
    let magnitude = short.unwrap_or_else(|| proc_macro2::Literal::f64_unsuffixed(magnitude));
    if number < 0.0 {
        quote! { -#magnitude }
    } else {
        quote! { #magnitude }
    }
}

pub fn integer(number: i128) -> TokenStream {
    match number {
        // The absolute value of `i128::MIN` does not fit in `i128`, so the number cannot be a negated literal.
        i128::MIN => quote! { i128::MIN },
        number => {
            let magnitude = proc_macro2::Literal::i128_unsuffixed(number.abs());
            if number < 0 {
                quote! { -#magnitude }
            } else {
                quote! { #magnitude }
            }
        }
    }
}

/// Emits the statements that check the number of members of an object. The statements read this number from the variable
/// `members`.
pub fn member_counts(api: &Api, rules: &[Rule]) -> TokenStream {
    let object = quote! { self };
    let checked = Checked {
        described: None,
        value: object.clone(),
        text: object.clone(),
        number: object,
        count: quote! { members },
    };
    let Calls { own, elsewhere } = Calls::of(rules, |rule| call(api, rule, &checked));
    let own = (!own.is_empty()).then(|| quote! { at #(.#own)*; });
    let elsewhere = elsewhere.iter().map(|(schema, calls)| {
        let at = if schema.starts_with('/') {
            quote! { at.same_value() }
        } else {
            quote! { at }
        };
        quote! { #at.with_schema(#schema) #(.#calls)*; }
    });
    quote! { #own #(#elsewhere)* }
}

fn length(limit: &u64) -> usize {
    usize::try_from(*limit).unwrap_or(usize::MAX)
}

/// Returns whether the items of a list, or the members of a map, have only the rules of their named type. If so, a single call of
/// `check` on the list or map validates all of them.
fn parts_validate_themselves(value: &Value) -> bool {
    match &value.kind {
        Type::List(inner) => needs_check(inner) && !has_rules(inner) && !inner.secret,
        Type::Map { key, members } => (key.is_some() || needs_check(members)) && !has_rules(members) && !members.secret,
        _ => false,
    }
}

/// Emits the statements that validate the items of a list or the members of a map.
fn check_parts(api: &Api, value: &Value, place: &TokenStream, is_reference: bool, binding: &Ident) -> TokenStream {
    let inner = ident(&format!("{binding}_part"));
    match &value.kind {
        Type::List(items) if needs_check(items) => {
            let statements = check(api, items, &quote! { item }, true, &quote! { #binding.item(index) }, &inner);
            quote! { for (index, item) in #place.iter().enumerate() { #statements } }
        }
        Type::Map { key, members } if key.is_some() || needs_check(members) => {
            let at = quote! { #binding.additional_member(name) };
            let statements = check(api, members, &quote! { member }, true, &at, &inner);
            let reference = reference(place, is_reference);
            let keys = key.map(|_| quote! { #binding.check_names(#reference); });
            let name = key.map(|_| quote! { let name = name.as_ref(); });
            let each = (!statements.is_empty()).then(|| {
                quote! { for (name, member) in #reference { #name #statements } }
            });
            quote! { #keys #each }
        }
        _ => TokenStream::new(),
    }
}

/// Emits an expression for the function that validates a credential: the path of a function, or a closure without captures.
pub fn credential_check(api: &Api, needed: &SecurityRequirement) -> TokenStream {
    if needed.rules.is_empty() {
        return quote! { SecurityRequirement::any_value };
    }
    let (rules, schema) = (needed.rules.clone(), needed.schema_location.clone());
    let value = Value { kind: Type::String, nullable: false, secret: false, rules, schema_location: schema };
    let Calls { own, elsewhere } = calls(api, &value, &quote! { credential }, true);
    let at = value_context(&value, &quote! { at }, value.schema_location.as_ref());
    let own = quote! { #at #(.#own)* };
    match elsewhere.is_empty() {
        true => quote! { |credential, at| _ = #own },
        false => {
            let elsewhere = elsewhere.iter().map(|(schema, calls)| quote! { at.with_schema(#schema) #(.#calls)*; });
            quote! { |credential, at| { #(#elsewhere)* _ = #own; } }
        }
    }
}

/// Emits the expression for the validation context of a parameter.
pub fn parameter_at(location: &str, wire: &str) -> TokenStream {
    let location: Ident = ident(location);
    quote! { at.#location(#wire) }
}
