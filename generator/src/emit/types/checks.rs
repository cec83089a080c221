//! Validation: each rule of a value becomes one short call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{api_path, ident};
use crate::ir::{Api, Bound, Format, Limit, Rule, SecurityRequirement, Type, Value};

/// The statements that check `value`, which `place` denotes; `at` is the expression for its place.
/// `lent` says that `place` is a reference already; `binding` names the place where it has to be named. Empty where nothing can be wrong with the value.
pub fn check(
    api: &Api,
    value: &Value,
    place: &TokenStream,
    lent: bool,
    at: &TokenStream,
    binding: &Ident,
) -> TokenStream {
    if !needs_check(value) {
        return TokenStream::new();
    }
    if !has_rules(value) {
        let at = placed(value, at, value.schema_location.as_ref());
        return quote! { #place.check(#at); };
    }
    if value.nullable {
        let inner = Value { nullable: false, ..value.clone() };
        let borrowed = borrowed(place, lent);
        let statements = check(api, &inner, &quote! { value }, true, at, binding);
        return quote! { if let Some(value) = #borrowed { #statements } };
    }
    let Calls { own, elsewhere } = calls(api, value, place, lent);
    let elsewhere = elsewhere.iter().map(|(schema, calls)| {
        let at = placed(value, at, Some(schema));
        quote! { #at #(.#calls)*; }
    });
    let elsewhere = quote! { #(#elsewhere)* };
    let at = placed(value, at, value.schema_location.as_ref());
    if parts_check_themselves(value) {
        return quote! { #elsewhere #place.check(#at #(.#own)*); };
    }
    let parts = check_parts(api, value, place, lent, binding);
    match (own.is_empty(), parts.is_empty()) {
        (true, true) => elsewhere,
        (false, true) => quote! { #at #(.#own)*; #elsewhere },
        (_, false) => quote! { #elsewhere let #binding = #at #(.#own)*; #parts },
    }
}

/// The checks of a value, as method calls on its place.
struct Calls {
    /// Of the rules that stand where the value's schema does.
    own: Vec<TokenStream>,
    /// Of the others, by their places.
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

/// The place of a value, with what is to be known there: where the schema of the rules stands, and that it is a secret.
fn placed(value: &Value, at: &TokenStream, schema: Option<&String>) -> TokenStream {
    let schema = schema.map(|schema| quote! { .with_schema(#schema) });
    let secret = value.secret.then(|| quote! { .secret() });
    quote! { #at #schema #secret }
}

/// The statements for an optional value, an `Option` that `place` denotes.
pub fn check_optional(api: &Api, value: &Value, place: &TokenStream, at: &TokenStream, binding: &Ident) -> TokenStream {
    match (needs_check(value), has_rules(value)) {
        (false, _) => TokenStream::new(),
        (true, false) => {
            let at = placed(value, at, value.schema_location.as_ref());
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

/// Whether something can be wrong with a value of this type.
pub fn needs_check(value: &Value) -> bool {
    has_rules(value)
        || match &value.kind {
            Type::List(inner) | Type::Map(inner) => needs_check(inner),
            Type::Named { .. } => true,
            _ => false,
        }
}

/// Whether rules are written here, and not at the types that the value is made of.
pub fn has_rules(value: &Value) -> bool {
    !value.rules.is_empty()
        || match &value.kind {
            Type::List(inner) | Type::Map(inner) => has_rules(inner),
            _ => false,
        }
}

fn borrowed(place: &TokenStream, lent: bool) -> TokenStream {
    if lent {
        place.clone()
    } else {
        quote! { &#place }
    }
}

/// What rules are about, as their calls take it.
struct Checked {
    /// A reference to the value.
    value: TokenStream,
    /// The value, where it is a number or a truth value.
    number: TokenStream,
    /// How many items or members it has.
    count: TokenStream,
}

/// The checks of the value itself, as method calls on its place.
fn calls(api: &Api, value: &Value, place: &TokenStream, lent: bool) -> Calls {
    let number = if lent {
        quote! { *#place }
    } else {
        place.clone()
    };
    let checked = Checked { value: borrowed(place, lent), number, count: quote! { #place.len() } };
    Calls::of(&value.rules, |rule| call(api, rule, &checked))
}

fn call(api: &Api, rule: &Rule, Checked { value, number, count }: &Checked) -> TokenStream {
    match rule {
        Rule::MinLength(limit) => literal_call("min_length", value, length(limit)),
        Rule::MaxLength(limit) => literal_call("max_length", value, length(limit)),
        Rule::Pattern(id) => {
            let (root, constant) = (api_path(api), ident(&api.patterns[id.0].constant));
            quote! { pattern(#value, &#root::patterns::#constant) }
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
            quote! { #method(#value) }
        }
        Rule::SchemaTable(id) => {
            let (root, constant) = (api_path(api), ident(&api.schema_tables[id.0].constant));
            quote! { check_schema(#value, &#root::schemas::#constant) }
        }
        Rule::UniqueItems => quote! { unique_items(#value) },
        Rule::MinItems(limit) => literal_call("min_items", count, length(limit)),
        Rule::MaxItems(limit) => literal_call("max_items", count, length(limit)),
        Rule::MinProperties(limit) => literal_call("min_properties", count, length(limit)),
        Rule::MaxProperties(limit) => literal_call("max_properties", count, length(limit)),
        // `Calls` has taken it.
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

/// The method of a format, which has the format's name.
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
    }
}

pub fn double(number: f64) -> TokenStream {
    let magnitude = number.abs();
    // Nobody counts the zeros of a number that is this large or this small.
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
        // It has no positive counterpart.
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

/// The statements that check how many members an object has, which the local `members` holds.
pub fn member_counts(api: &Api, rules: &[Rule]) -> TokenStream {
    let object = quote! { self };
    let checked = Checked { value: object.clone(), number: object, count: quote! { members } };
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

/// Whether all rules of the items or members are written at their type, so that the whole can be handed over.
fn parts_check_themselves(value: &Value) -> bool {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => needs_check(inner) && !has_rules(inner) && !inner.secret,
        _ => false,
    }
}

/// The checks of the items or members.
fn check_parts(api: &Api, value: &Value, place: &TokenStream, lent: bool, binding: &Ident) -> TokenStream {
    let inner = ident(&format!("{binding}_part"));
    match &value.kind {
        Type::List(items) if needs_check(items) => {
            let statements = check(api, items, &quote! { item }, true, &quote! { #binding.item(index) }, &inner);
            quote! { for (index, item) in #place.iter().enumerate() { #statements } }
        }
        Type::Map(members) if needs_check(members) => {
            let at = quote! { #binding.additional_member(name) };
            let statements = check(api, members, &quote! { member }, true, &at, &inner);
            let borrowed = borrowed(place, lent);
            quote! { for (name, member) in #borrowed { #statements } }
        }
        _ => TokenStream::new(),
    }
}

/// A rule of a credential, as a function item or a closure without captures.
pub fn credential_check(api: &Api, needed: &SecurityRequirement) -> TokenStream {
    if needed.rules.is_empty() {
        return quote! { SecurityRequirement::any_value };
    }
    let (rules, schema) = (needed.rules.clone(), needed.schema_location.clone());
    let value = Value { kind: Type::String, nullable: false, secret: false, rules, schema_location: schema };
    let Calls { own, elsewhere } = calls(api, &value, &quote! { credential }, true);
    let at = placed(&value, &quote! { at }, value.schema_location.as_ref());
    let own = quote! { #at #(.#own)* };
    match elsewhere.is_empty() {
        true => quote! { |credential, at| _ = #own },
        false => {
            let elsewhere = elsewhere.iter().map(|(schema, calls)| quote! { at.with_schema(#schema) #(.#calls)*; });
            quote! { |credential, at| { #(#elsewhere)* _ = #own; } }
        }
    }
}

/// The name of the place of a parameter in an operation's check.
pub fn parameter_at(location: &str, wire: &str) -> TokenStream {
    let location: Ident = ident(location);
    quote! { at.#location(#wire) }
}
