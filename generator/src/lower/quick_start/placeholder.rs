//! Makes up values for arguments that have no example in the document.

use std::cell::Cell;

use crate::ir::{
    AdditionalMembers, Argument, ArgumentLocation, Bound, EnumVariant, Field, Format, KeyType, Limit, Presence, Rule,
    SampleValue, Struct, Type, TypeDef, TypeId, TypeKind, Union, Value,
};

/// The maximum nesting depth of a placeholder.
const DEPTH: usize = 8;

/// Makes up values of the API's types.
pub struct Placeholders<'a> {
    pub types: &'a [TypeDef],
    pub key_types: &'a [KeyType],
    /// Whether made-up values must meet their validation rules. If not, rules such as `pattern` are ignored.
    pub meets_rules: bool,
    /// The largest number of values in a placeholder for an argument, including the values that are tried for variants of
    /// unions.
    pub most_values: usize,
    /// How many more values the current placeholder may have.
    pub remaining: Cell<usize>,
}

impl Placeholders<'_> {
    /// Returns a value for an argument; `None` if no value can be made up.
    pub fn argument(&self, argument: &Argument) -> Option<SampleValue> {
        self.remaining.set(self.most_values);
        match &argument.location {
            ArgumentLocation::Key(id) => {
                let form = self.key_types[id.0].forms.first()?;
                let fields = form.fields.iter().map(|field| self.text(&field.value.rules, &field.wire));
                Some(SampleValue::Key { form: 0, fields: fields.collect::<Option<_>>()? })
            }
            ArgumentLocation::Path { value, .. }
            | ArgumentLocation::Query { value, .. }
            | ArgumentLocation::WholeQuery { value, .. }
            | ArgumentLocation::Header { value, .. }
            | ArgumentLocation::Cookie { value, .. } => self.value(value, &argument.wire, 0),
            ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => {
                self.value(&argument.location.preferred_body()?.value, "content", 0)
            }
        }
    }

    /// Makes up a value of a type. A string is equal to `name` if the validation rules allow that.
    fn value(&self, value: &Value, name: &str, depth: usize) -> Option<SampleValue> {
        let remaining = self.remaining.get().checked_sub(1)?;
        self.remaining.set(remaining);
        if depth > DEPTH {
            return None;
        }
        let rules = &value.rules;
        if let Some(Rule::IntegerEnum(values)) = rules.iter().find(|rule| matches!(rule, Rule::IntegerEnum(_))) {
            return values.first().copied().map(SampleValue::Integer);
        }
        let is_unknown = |rule: &Rule| {
            matches!(rule, Rule::SchemaTable(_) | Rule::DoubleEnum(_) | Rule::BooleanEnum(_) | Rule::JsonEnum(_))
        };
        if self.meets_rules && rules.iter().any(is_unknown) {
            return None;
        }
        match &value.kind {
            Type::String | Type::External(_) => self.text(rules, name).map(SampleValue::Text),
            Type::Bytes | Type::File => Some(SampleValue::Text("content".to_owned())),
            Type::Boolean => Some(SampleValue::Boolean(true)),
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => self.integer(rules).map(SampleValue::Integer),
            Type::Double => self.integer(rules).map(|number| SampleValue::Double(number as f64)),
            Type::Any => Some(SampleValue::Json("{}".to_owned())),
            Type::List(items) => {
                let count = rules.iter().find_map(|rule| match rule {
                    Rule::MinItems(count) => usize::try_from(*count).ok(),
                    _ => None,
                });
                let is_unique = rules.contains(&Rule::UniqueItems);
                let count = count.unwrap_or(1).clamp(1, 3);
                let item = self.value(items, name, depth + 1)?;
                // Copies count like values that are made up one by one.
                let copies = (count - 1) * item.count();
                self.remaining.set(self.remaining.get().checked_sub(copies)?);
                (count == 1 || !is_unique).then(|| SampleValue::List(vec![item; count]))
            }
            Type::Map { .. } => {
                let needs_members = rules.iter().any(|rule| matches!(rule, Rule::MinProperties(1..)));
                (!needs_members || !self.meets_rules).then(|| SampleValue::Map(Vec::new()))
            }
            Type::Named { id, .. } => self.named(*id, name, depth + 1),
        }
    }

    fn named(&self, id: TypeId, name: &str, depth: usize) -> Option<SampleValue> {
        match &self.types[id.0].kind {
            TypeKind::Struct(structure) => self.structure(structure, depth),
            TypeKind::Multipart(multipart) => self.structure(&multipart.structure, depth),
            TypeKind::StringEnum(variants) => (!variants.is_empty()).then_some(SampleValue::EnumVariant(0)),
            TypeKind::Newtype(value) => self.value(value, name, depth),
            TypeKind::Tuple(items) => {
                items.iter().map(|item| self.value(item, name, depth)).collect::<Option<_>>().map(SampleValue::List)
            }
            TypeKind::Union(union) => self.union(union, name, depth),
        }
    }

    /// Makes up a struct. Only the fields that a request must contain get a value.
    fn structure(&self, structure: &Struct, depth: usize) -> Option<SampleValue> {
        let keeps_members = matches!(structure.additional, AdditionalMembers::Keep { .. });
        let has_rules = !structure.rules.is_empty() || !structure.count_rules.is_empty();
        if self.meets_rules && (has_rules && !keeps_members || !structure.rules.is_empty()) {
            return None;
        }
        let fields = structure.fields.iter().enumerate().filter(|(_, field)| is_needed(field));
        let fields = fields.map(|(index, field)| Some((index, self.value(&field.value, &field.wire, depth)?)));
        fields.collect::<Option<_>>().map(SampleValue::Struct)
    }

    /// Makes up a value of a union. Tries the variants in order, until a value of a variant can be made up.
    fn union(&self, union: &Union, name: &str, depth: usize) -> Option<SampleValue> {
        let variant = |(index, variant): (usize, &crate::ir::UnionVariant)| {
            let mut content = self.value(&variant.value, name, depth)?;
            if let (Some(discriminator), Some(value)) = (&union.discriminator, variant.discriminator_values.first()) {
                self.set_discriminator(&variant.value, &mut content, &discriminator.property, value);
            }
            Some(SampleValue::UnionVariant(index, Box::new(content)))
        };
        union.variants.iter().enumerate().find_map(variant)
    }

    /// Sets the discriminator property `property` in `content`, which is a made-up value of one variant of a union.
    /// `discriminator` is the value that selects this variant.
    fn set_discriminator(&self, value: &Value, content: &mut SampleValue, property: &str, discriminator: &str) {
        let (Type::Named { id, .. }, SampleValue::Struct(fields)) = (&value.kind, content) else { return };
        let TypeKind::Struct(structure) = &self.types[id.0].kind else { return };
        let field = fields.iter_mut().find(|(index, _)| structure.fields[*index].wire == property);
        let Some((index, sample)) = field else { return };
        let variant_of = |variants: &[EnumVariant]| variants.iter().position(|variant| variant.wire == discriminator);
        let named = match &structure.fields[*index].value.kind {
            Type::String => Some(SampleValue::Text(discriminator.to_owned())),
            Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 => {
                discriminator.parse().ok().map(SampleValue::Integer)
            }
            Type::Double => discriminator.parse().ok().map(SampleValue::Double),
            Type::Boolean => discriminator.parse().ok().map(SampleValue::Boolean),
            Type::Named { id, .. } => match &self.types[id.0].kind {
                TypeKind::StringEnum(variants) => variant_of(variants).map(SampleValue::EnumVariant),
                _ => None,
            },
            _ => None,
        };
        if let Some(named) = named {
            *sample = named;
        }
    }

    fn text(&self, rules: &[Rule], name: &str) -> Option<String> {
        let mut text = if name.is_empty() { "text".to_owned() } else { name.to_owned() };
        for rule in rules {
            match rule {
                Rule::Pattern(_) if self.meets_rules => return None,
                Rule::Format(format) => text = sample_of(*format).to_owned(),
                _ => {}
            }
        }
        let has_format = rules.iter().any(|rule| matches!(rule, Rule::Format(_)));
        for rule in rules.iter().filter(|_| !has_format) {
            match rule {
                Rule::MinLength(length @ ..=64) => {
                    let length = usize::try_from(*length).unwrap_or_default();
                    text.extend(std::iter::repeat_n('x', length.saturating_sub(text.chars().count())));
                }
                Rule::MaxLength(length) => {
                    text = text.chars().take(usize::try_from(*length).unwrap_or(usize::MAX)).collect();
                }
                _ => {}
            }
        }
        Some(text)
    }

    /// Returns 1, or an integer near 1 if the rules do not allow 1.
    fn integer(&self, rules: &[Rule]) -> Option<i128> {
        let (mut least, mut most, mut step) = (i128::MIN, i128::MAX, 1);
        for rule in rules {
            match rule {
                Rule::Minimum(bound) => {
                    least = least.max(limit(bound, f64::ceil)? + i128::from(excludes_integer(bound)))
                }
                Rule::Maximum(bound) => {
                    most = most.min(limit(bound, f64::floor)? - i128::from(excludes_integer(bound)))
                }
                Rule::MultipleOf(digits) => step = digits.parse::<i128>().ok().filter(|step| *step > 0).unwrap_or(1),
                _ => {}
            }
        }
        let start = 1.clamp(least.min(most), most);
        let number = start.checked_add(step - 1)?.div_euclid(step) * step;
        ((least..=most).contains(&number) || !self.meets_rules).then_some(number)
    }
}

/// Returns whether requests must contain the field.
fn is_needed(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredInRequest)
}

/// Returns whether the limit itself is an integer that the bound excludes.
fn excludes_integer(bound: &Bound) -> bool {
    bound.exclusive && !matches!(bound.limit, Limit::Double(limit) if limit.fract() != 0.0)
}

fn limit(bound: &Bound, round: fn(f64) -> f64) -> Option<i128> {
    match bound.limit {
        Limit::Integer(limit) => Some(limit),
        Limit::Double(limit) => (limit.abs() < 1e15).then(|| round(limit) as i128),
    }
}

/// Returns a string that is valid in the format.
fn sample_of(format: Format) -> &'static str {
    match format {
        Format::DateTime => "2024-01-31T12:00:00Z",
        Format::Date => "2024-01-31",
        Format::Time => "12:00:00Z",
        Format::Duration => "PT1H",
        Format::Uuid => "123e4567-e89b-12d3-a456-426614174000",
        Format::Ipv4 => "192.0.2.1",
        Format::Ipv6 => "2001:db8::1",
        Format::Uri => "https://example.com/",
        Format::UriReference => "/example",
        Format::Email => "user@example.com",
        Format::Hostname => "example.com",
        Format::Byte => "AA==",
        Format::JsonPointer => "/example",
        Format::IdnEmail => "user@example.com",
        Format::Iri => "https://example.com/",
        Format::IriReference => "/example",
        Format::UriTemplate => "/example/{id}",
    }
}
