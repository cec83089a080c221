//! Emits the character classes of patterns. A class with many ranges, such as that of `\p{L}`, is a static that the patterns share.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::fragments::{docs, ident};
use crate::ir::{Api, Matcher, Pattern};
use crate::pattern::Part;

/// The number of ranges above which a class is a static. The classes of `\s` and `\S` have 10 and 11 ranges.
const MAX_INLINE_RANGES: usize = 16;

/// The number of ranges in all copies of a class above which the class is a static. A pattern of a few bytes can have hundreds of
/// copies of a class such as `\s`.
const MAX_COPIED_RANGES: usize = 500;

/// The ranges of a character class.
type Ranges = [(char, char)];

/// The character classes that are statics, in the order of their first pattern.
pub struct SharedClasses<'a> {
    classes: Vec<SharedClass<'a>>,
    /// The index of each class in `classes`.
    indices: HashMap<&'a Ranges, usize>,
    /// The name of the module with which code refers to a static. It is empty if all statics are in the same file.
    module: &'static str,
}

/// A character class that is a static.
struct SharedClass<'a> {
    /// The name of the static.
    name: String,
    ranges: &'a Ranges,
    /// The name of the first constant of a pattern that contains the class.
    pattern: &'a str,
}

impl<'a> SharedClasses<'a> {
    /// Returns the classes that are statics in the emitted code of `api`. `module` is the name of the module with which code refers
    /// to a static, or empty.
    pub fn of(api: &'a Api, module: &'static str) -> Self {
        let patterns = || api.emitted_patterns.iter().map(|id| &api.patterns[id.0]);
        let mut copied_ranges: HashMap<&Ranges, usize> = HashMap::new();
        each_class(patterns(), &mut |_, ranges| *copied_ranges.entry(ranges).or_default() += ranges.len());
        let taken: HashSet<&str> = patterns().map(|pattern| pattern.constant.as_str()).collect();
        let names = (1_usize..).map(|number| format!("CLASS_{number}"));
        let mut names = names.filter(|name| !taken.contains(name.as_str()));
        let (mut classes, mut indices) = (Vec::new(), HashMap::new());
        each_class(patterns(), &mut |pattern, ranges| {
            let is_shared = ranges.len() > MAX_INLINE_RANGES || copied_ranges[ranges] > MAX_COPIED_RANGES;
            if is_shared && !indices.contains_key(ranges) {
                indices.insert(ranges, classes.len());
                classes.extend(names.next().map(|name| SharedClass { name, ranges, pattern: &pattern.constant }));
            }
        });
        Self { classes, indices, module }
    }

    /// Returns the number of classes.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Returns the name of the static for the class with this index.
    pub fn name(&self, index: usize) -> &str {
        &self.classes[index].name
    }

    /// Emits the static for the class with this index. prettyplease prints an array of characters in a few lines, but an array of
    /// pairs with a line for each pair.
    pub fn emit(&self, index: usize, visibility: &TokenStream) -> TokenStream {
        let SharedClass { name, ranges, pattern } = &self.classes[index];
        let docs = docs(&[format!("A character class in the pattern `{pattern}`.")]);
        let (name, count) = (ident(name), Literal::usize_unsuffixed(ranges.len()));
        let ends = ranges.iter().flat_map(|(first, last)| [first, last]);
        quote! { #docs #visibility static #name: [(char, char); #count] = character_ranges(&[#(#ends),*]); }
    }

    /// Emits a reference to a class.
    pub fn reference(&self, ranges: &Ranges) -> TokenStream {
        match self.indices.get(ranges) {
            Some(index) => {
                let name = ident(&self.classes[*index].name);
                let module = (!self.module.is_empty()).then(|| ident(self.module)).into_iter();
                quote! { &#(#module::)*#name }
            }
            None => {
                let ranges = ranges.iter().map(|(first, last)| {
                    let (first, last) = (character(*first), character(*last));
                    quote! { (#first, #last) }
                });
                quote! { &[#(#ranges),*] }
            }
        }
    }
}

/// Calls `visit` for each occurrence of a character class in `patterns`, in the order of the patterns.
fn each_class<'a>(patterns: impl Iterator<Item = &'a Pattern>, visit: &mut impl FnMut(&'a Pattern, &'a Ranges)) {
    for pattern in patterns {
        match &pattern.matcher {
            Matcher::Classes { classes, .. } => classes.iter().for_each(|class| visit(pattern, &class.ranges)),
            Matcher::Backtracking(program) => program.classes.iter().for_each(|class| visit(pattern, class)),
            Matcher::Automaton(structure) => {
                let lookaheads = structure.lookaheads.iter().map(|lookahead| &lookahead.alternatives);
                for alternatives in lookaheads.chain([&structure.alternatives]) {
                    each_class_of_parts(alternatives, &mut |ranges| visit(pattern, ranges));
                }
            }
        }
    }
}

fn each_class_of_parts<'a>(alternatives: &'a [Vec<Part>], visit: &mut dyn FnMut(&'a Ranges)) {
    for part in alternatives.iter().flatten() {
        match part {
            Part::Class(ranges, _) => visit(ranges),
            Part::Group(inside, _) => each_class_of_parts(inside, visit),
            Part::Start | Part::End => {}
        }
    }
}

fn character(letter: char) -> TokenStream {
    if letter == char::MAX {
        quote! { char::MAX }
    } else {
        quote! { #letter }
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;
    use crate::emit::types::patterns::{emit, statics};

    /// Lowers a document whose schemas have these patterns.
    fn api(patterns: impl Iterator<Item = String>) -> Api {
        let schema =
            |(index, pattern): (usize, String)| format!("    S{index}: {{type: string, pattern: '{pattern}'}}\n");
        crate::pipeline::lowered_schemas("3.1.0", &patterns.enumerate().map(schema).collect::<String>())
    }

    /// Returns the code of the statics.
    fn code(api: &Api) -> Vec<String> {
        let classes = SharedClasses::of(api, "");
        statics(api, &classes).map(|item| emit(item, &classes, &TokenStream::new()).to_string()).collect()
    }

    #[test]
    fn patterns_with_the_same_property_share_its_class() {
        let code = code(&api(["^\\p{L}+$", "\\p{L}\\d", "^[a-z]$"].into_iter().map(str::to_owned)));
        assert_eq!(code.len(), 4, "a class and three patterns");
        assert!(code[0].contains("static CLASS_1") && code[0].contains("character_ranges"), "{}", code[0]);
        assert_eq!(code[0].matches("'ª'").count(), 2, "both ends of a range");
        let uses: Vec<usize> = code.iter().map(|text| text.matches("& CLASS_1").count()).collect();
        assert_eq!(uses, [0, 1, 1, 0]);
        assert!(code[3].contains("& [('a' , 'z')]"), "{}", code[3]);
    }

    #[test]
    fn each_further_pattern_adds_little_code() {
        let length = |count: usize| {
            let patterns = (0..count).map(|index| format!("^\\P{{Lu}}+{}$", char::from(b'a' + index as u8)));
            code(&api(patterns)).iter().map(String::len).sum::<usize>()
        };
        let (few, more, most) = (length(2), length(4), length(6));
        assert!(more - few < 2_000 && most - more == more - few, "{few} {more} {most}");
    }

    #[test]
    fn small_classes_are_shared_if_they_have_many_copies() {
        let names = |count: usize| SharedClasses::of(&api(std::iter::once("\\s(a|b)?".repeat(count))), "").len();
        assert_eq!((names(40), names(60)), (0, 1), "`\\s` has 10 ranges");
    }

    #[test]
    fn statics_of_classes_have_names_of_their_own() {
        let schemas = "    S: {type: object, properties: {class_1: {type: string, pattern: '\\p{L}'}}}\n";
        let api = crate::pipeline::lowered_schemas("3.1.0", schemas);
        assert_eq!(SharedClasses::of(&api, "").name(0), "CLASS_2");
    }
}
