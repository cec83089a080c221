//! Boxes fields and variants of types, so that every type has a finite and moderate size.

use std::cmp::Reverse;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use crate::ir::{Type, TypeDef, TypeId, TypeKind, Value};
use crate::lower::passes::type_size::{Size, size_of, size_of_value};

/// The size in bytes above which members of a struct are boxed. The decoder of a struct has all members on the stack, about twice.
/// Threads have at least 2 MB of stack. In 72 of 76 examined documents, all structs are smaller.
const MAX_SIZE: usize = 8192;

/// The size in bytes of members that are never boxed, because they are hardly larger than a `Box`. All members together are
/// then at most 64 times as large as the number of properties in the schema.
const MAX_UNBOXED_SIZE: usize = 64;

/// Boxes the fields, items and variants of types whose values would be infinite or large without a `Box`.
pub(crate) fn box_large_values(types: &mut [TypeDef]) {
    box_variants(types);
    let cycles = cycles(types);
    box_cycles(types, &cycles);
    box_large_members(types, &cycles);
}

/// Boxes the structs, newtypes and tuples in unions, so that a union is not as large as its largest variant.
fn box_variants(types: &mut [TypeDef]) {
    let large: Vec<bool> = types.iter().map(|definition| is_large(&definition.kind)).collect();
    for definition in types {
        let TypeKind::Union(union) = &mut definition.kind else { continue };
        for variant in &mut union.variants {
            if let Type::Named { id, boxed } = &mut variant.value.kind {
                *boxed = large[id.0];
            }
        }
    }
}

fn is_large(kind: &TypeKind) -> bool {
    matches!(kind, TypeKind::Struct(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_))
}

/// Boxes the fields and variants through which a type directly or indirectly contains itself. A cycle through a list or a map
/// needs no box, because lists and maps hold their content on the heap.
fn box_cycles(types: &mut [TypeDef], cycles: &[usize]) {
    for (index, definition) in types.iter_mut().enumerate() {
        for (id, boxed) in direct_references(definition) {
            *boxed |= cycles[id.0] == cycles[index];
        }
    }
}

/// Returns a number for each type. Two types have the same number if and only if each contains the other one. Otherwise a type
/// has a higher number than the types that it contains.
fn cycles(types: &mut [TypeDef]) -> Vec<usize> {
    let mut graph = DiGraph::<(), ()>::new();
    let nodes: Vec<_> = types.iter().map(|_| graph.add_node(())).collect();
    for (index, definition) in types.iter_mut().enumerate() {
        for (id, _) in direct_references(definition) {
            graph.add_edge(nodes[index], nodes[id.0], ());
        }
    }
    let mut cycles = vec![0; types.len()];
    for (number, members) in kosaraju_scc(&graph).into_iter().enumerate() {
        members.into_iter().for_each(|member| cycles[member.index()] = number);
    }
    cycles
}

/// Boxes members of structs and items of tuples that are larger than [`MAX_SIZE`]. Without a `Box`, the size of a struct would be
/// the product of the numbers of members on each level below it.
fn box_large_members(types: &mut [TypeDef], cycles: &[usize]) {
    let mut order: Vec<usize> = (0..types.len()).collect();
    order.sort_by_key(|index| cycles[*index]);
    let mut sizes = vec![Size::EMPTY; types.len()];
    for index in order {
        let definition = &mut types[index];
        sizes[index] = size_of(definition, &sizes);
        if sizes[index].bytes > MAX_SIZE
            && matches!(definition.kind, TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Multipart(_))
        {
            box_largest_members(definition, sizes[index].bytes, &sizes);
            sizes[index] = size_of(definition, &sizes);
        }
    }
}

/// Boxes the largest members of a type with this size, until the rest is not larger than [`MAX_SIZE`]. Members of the same size
/// are treated alike.
fn box_largest_members(definition: &mut TypeDef, size: usize, sizes: &[Size]) {
    let mut members: Vec<(usize, &mut bool)> = Vec::new();
    for value in direct_values(definition) {
        let size = size_of_value(value, sizes).bytes;
        if let Type::Named { boxed, .. } = &mut value.kind
            && size > MAX_UNBOXED_SIZE
        {
            members.push((size, boxed));
        }
    }
    members.sort_by_key(|(size, _)| Reverse(*size));
    let (mut rest, mut smallest) = (size, 0);
    for (size, boxed) in members {
        if rest <= MAX_SIZE && size != smallest {
            break;
        }
        *boxed = true;
        rest = rest.saturating_sub(size);
        smallest = size;
    }
}

/// Returns the named types that a value of this type contains outside of lists and maps, each with its `boxed` flag.
fn direct_references(definition: &mut TypeDef) -> impl Iterator<Item = (&TypeId, &mut bool)> {
    direct_values(definition).into_iter().filter_map(|value| match &mut value.kind {
        Type::Named { id, boxed } => Some((&*id, boxed)),
        _ => None,
    })
}

/// Returns the values that a value of this type contains outside of lists and maps.
fn direct_values(definition: &mut TypeDef) -> Vec<&mut Value> {
    match &mut definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Multipart(multipart) => multipart.structure.fields.iter_mut().map(|field| &mut field.value).collect(),
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Tuple(items) => items.iter_mut().collect(),
        TypeKind::Union(union) => union.variants.iter_mut().map(|variant| &mut variant.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{Api, Type, TypeKind};

    /// Lowers a document with these component schemas.
    fn api(schemas: &[(&str, String)]) -> Api {
        let schemas: Vec<String> = schemas.iter().map(|(name, schema)| format!("    {name}: {schema}\n")).collect();
        crate::pipeline::lowered_schemas("3.1.0", &schemas.concat())
    }

    /// Returns the schema of an object with `count` members of the type `member`.
    fn object(count: usize, member: &str) -> String {
        let members: Vec<String> = (0..count).map(|index| format!("{member}_{index}: {}", reference(member))).collect();
        format!("{{type: object, properties: {{{}}}}}", members.join(", "))
    }

    fn reference(member: &str) -> String {
        if member == "s" { "{type: string}".to_owned() } else { format!("{{$ref: '#/components/schemas/{member}'}}") }
    }

    /// Returns the names of the boxed fields of the type `name`. The items of a tuple are called by their index.
    fn boxed(api: &Api, name: &str) -> Vec<String> {
        let definition = api.types.iter().find(|definition| definition.name == name).unwrap();
        let named = |(name, kind): (String, &Type)| matches!(kind, Type::Named { boxed: true, .. }).then_some(name);
        match &definition.kind {
            TypeKind::Struct(structure) => {
                let fields = structure.fields.iter().map(|field| (field.name.clone(), &field.value.kind));
                fields.filter_map(named).collect()
            }
            TypeKind::Tuple(items) => {
                items.iter().enumerate().filter_map(|(index, item)| named((index.to_string(), &item.kind))).collect()
            }
            _ => panic!("{name} is neither a struct nor a tuple"),
        }
    }

    const ENUM: &str = "{type: string, enum: [s, l]}";

    #[test]
    fn members_are_boxed_if_their_struct_would_be_large() {
        let with = |count| api(&[("A", object(2, "B")), ("B", object(count, "C")), ("C", object(20, "s"))]);
        // `C` has 480 bytes. 17 of them take 8160 bytes, and 18 take more than the limit of 8192.
        let (small, large) = (with(17), with(18));
        assert_eq!((boxed(&small, "A"), boxed(&small, "B").len()), (vec!["b_0".to_owned(), "b_1".to_owned()], 0));
        assert_eq!((boxed(&large, "A").len(), boxed(&large, "B").len()), (0, 18), "members of the same type are alike");
    }

    #[test]
    fn only_the_largest_members_are_boxed() {
        let members = [("large", "B"), ("text", "s"), ("small", "C"), ("size", "D")];
        let members = members.map(|(name, member)| format!("{name}: {}", reference(member))).join(", ");
        let whole = format!("{{type: object, properties: {{{members}}}}}");
        let parts = [("A", whole), ("B", object(341, "s")), ("C", object(3, "s")), ("D", ENUM.to_owned())];
        assert_eq!(boxed(&api(&parts), "A"), ["large"]);
        let many = api(&[("A", object(400, "D")), ("D", ENUM.to_owned())]);
        assert_eq!(boxed(&many, "A"), [""; 0], "a box is hardly smaller than such a member");
    }

    #[test]
    fn items_of_tuples_are_boxed() {
        let items = ["B", "s", "B"].map(reference).join(", ");
        let tuple = format!("{{type: array, prefixItems: [{items}], items: false, minItems: 3}}");
        assert_eq!(boxed(&api(&[("A", tuple), ("B", object(200, "s"))]), "A"), ["0", "2"]);
    }
}
