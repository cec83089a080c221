//! Finds the types whose values can contain a secret, and the parts of them that are printed without it.

use std::collections::{BTreeSet, HashMap};

use crate::ir::{
    AdditionalMembers, BodyEncoding, Content, FormStyle, Multipart, Struct, Type, TypeDef, TypeId, TypeKind, Value,
};

/// Sets [`TypeDef::contains_secret`] of each type. `Debug` of such a union hides the variants that are secret, and the values that
/// match no variant. Checks of schema tables do not show the secrets.
pub(crate) fn mark_types(types: &mut [TypeDef]) {
    let is_marked = marked(types, TypeKind::contained_values);
    for (definition, is_marked) in types.iter_mut().zip(is_marked) {
        definition.contains_secret = is_marked;
    }
}

/// Returns, for each type, whether one of the values that `contained` returns is a secret, or is itself of such a type.
fn marked(types: &[TypeDef], contained: impl Fn(&TypeKind) -> Vec<&Value>) -> Vec<bool> {
    let mut containers: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    let mut pending = Vec::new();
    for (index, definition) in types.iter().enumerate() {
        let contained = contained(&definition.kind);
        pending.extend(contained.iter().any(|value| is_secret(value)).then_some(TypeId(index)));
        for TypeId(inner) in contained.into_iter().filter_map(Value::named_type) {
            containers[inner].push(TypeId(index));
        }
    }
    let mut is_marked = vec![false; types.len()];
    while let Some(TypeId(index)) = pending.pop() {
        if !std::mem::replace(&mut is_marked[index], true) {
            pending.extend(&containers[index]);
        }
    }
    is_marked
}

/// Returns the values in a type that are not below a member with a name of its own.
fn unnamed(kind: &TypeKind) -> Vec<&Value> {
    match structure(kind).map(|structure| &structure.additional) {
        Some(AdditionalMembers::Keep { value, .. }) => vec![value],
        Some(AdditionalMembers::Ignore | AdditionalMembers::Reject) => Vec::new(),
        None => kind.contained_values(),
    }
}

/// Returns whether a value is a secret, or a list or map of secrets.
fn is_secret(value: &Value) -> bool {
    let is_inner_secret = match &value.kind {
        Type::List(inner) | Type::Map { members: inner, .. } => is_secret(inner),
        _ => false,
    };
    value.secret || is_inner_secret
}

/// The secrets in the bodies of an API, as `--dry-run` masks them.
pub(crate) struct BodySecrets<'a> {
    types: &'a [TypeDef],
    /// Whether values of each type can contain a secret.
    with_secret: Vec<bool>,
    /// Whether values of each type can contain a secret that is not below a member with a name of its own.
    without_name: Vec<bool>,
    /// The names of the members in the types that were examined. Operations that share a type examine it once.
    known: HashMap<TypeId, BTreeSet<&'a str>>,
}

impl<'a> BodySecrets<'a> {
    pub fn new(types: &'a [TypeDef]) -> Self {
        let (with_secret, without_name) = (marked(types, TypeKind::contained_values), marked(types, unnamed));
        Self { types, with_secret, without_name, known: HashMap::new() }
    }

    /// Returns whether the names of members cannot tell all secrets in a body.
    pub fn hides(&self, body: &Content) -> bool {
        let fields = self.structure(&body.value).map(|structure| structure.fields.as_slice()).unwrap_or_default();
        let is_spread = |wire: &str| match &body.encoding {
            // The pairs of an object have the names of its members, not that of the property.
            BodyEncoding::Form(encodings) => {
                encodings.iter().any(|encoding| encoding.wire == wire && encoding.style == FormStyle::Exploded)
            }
            _ => false,
        };
        let is_list = |value: &Value| matches!(value.kind, Type::List(_));
        self.is_unnamed(&body.value)
            || fields
                .iter()
                .any(|field| is_spread(&field.wire) && !is_list(&field.value) && self.is_unnamed(&field.value))
    }

    /// Returns the names of the members of a body whose values are secrets, at any depth. Calls `spend` with the number of fields
    /// that it examines. Returns `None` if `spend` returns `false`.
    pub fn names(&mut self, body: &Content, spend: &mut dyn FnMut(usize) -> bool) -> Option<BTreeSet<String>> {
        let mut names = BTreeSet::new();
        if let (BodyEncoding::Form(_), Some(structure)) = (&body.encoding, self.structure(&body.value)) {
            // The value of a pair is the text of the whole property.
            let with_secret = structure.fields.iter().filter(|field| {
                is_secret(&field.value) || field.value.named_type().is_some_and(|TypeId(id)| self.with_secret[id])
            });
            names.extend(with_secret.map(|field| field.wire.clone()));
        }
        let Some(id) = body.value.named_type().filter(|TypeId(id)| self.with_secret[*id]) else { return Some(names) };
        if !self.known.contains_key(&id) {
            let found = self.names_within(id, spend)?;
            self.known.insert(id, found);
        }
        names.extend(self.known.get(&id).into_iter().flatten().map(|name| (*name).to_owned()));
        Some(names)
    }

    /// Returns the names of the members of a type and of the types in it whose values are secrets.
    fn names_within(&self, id: TypeId, spend: &mut dyn FnMut(usize) -> bool) -> Option<BTreeSet<&'a str>> {
        let (mut pending, mut seen, mut names) = (vec![id], BTreeSet::new(), BTreeSet::new());
        while let Some(id) = pending.pop() {
            if !self.with_secret[id.0] || !seen.insert(id) {
                continue;
            }
            let kind = &self.types[id.0].kind;
            let fields = structure(kind).map(|structure| structure.fields.as_slice()).unwrap_or_default();
            let contained = kind.contained_values();
            spend(contained.len()).then_some(())?;
            names.extend(fields.iter().filter(|field| self.is_unnamed(&field.value)).map(|field| field.wire.as_str()));
            pending.extend(contained.into_iter().filter_map(Value::named_type));
        }
        Some(names)
    }

    /// Returns whether a value is a secret, or can contain one that is not below a member with a name of its own.
    fn is_unnamed(&self, value: &Value) -> bool {
        is_secret(value) || value.named_type().is_some_and(|TypeId(id)| self.without_name[id])
    }

    /// Returns the struct of a body.
    fn structure(&self, body: &Value) -> Option<&'a Struct> {
        let Type::Named { id, .. } = &body.kind else { return None };
        match &self.types[id.0].kind {
            TypeKind::Newtype(inner) => self.structure(inner),
            kind => structure(kind),
        }
    }
}

fn structure(kind: &TypeKind) -> Option<&Struct> {
    match kind {
        TypeKind::Struct(structure) | TypeKind::Multipart(Multipart { structure, .. }) => Some(structure),
        TypeKind::Newtype(_) | TypeKind::Tuple(_) | TypeKind::Union(_) | TypeKind::StringEnum(_) => None,
    }
}
