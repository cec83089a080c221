//! Makes names unique within a scope by adding numbers: `id`, `id2`, `id3`.

use std::collections::{HashMap, HashSet};

use crate::lower::naming::identifiers::{limited, normalized};

/// The names in use in one scope, such as the fields of a struct.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    /// For each name that got numbers, the last number. All smaller numbers are in use, too.
    last_numbers: HashMap<String, usize>,
}

impl Scope {
    /// Returns a scope in which the names `reserved` are already in use.
    pub(crate) fn with(reserved: &[&str]) -> Self {
        let mut scope = Self::default();
        scope.reserve(reserved);
        scope
    }

    /// Reserves more names. An item that already has one of these names keeps its name.
    pub(crate) fn reserve(&mut self, names: &[&str]) {
        self.taken.extend(names.iter().map(|name| (*name).to_owned()));
    }

    /// Converts each of the `texts` with the function `name`, and makes the results unique with numbers. `detailed` is another
    /// conversion, for a text whose first name is in use.
    ///
    /// For example, `PetId`, `pet-id` and `pet_id` all convert to `PetId`. Only the text `PetId` is the same before and after the
    /// conversion, so its result has no number. The others become `PetId2` and `PetId3`, in alphabetical order of the texts.
    pub(crate) fn take_all(
        &mut self,
        texts: &[&str],
        name: fn(&str) -> String,
        detailed: fn(&str) -> String,
    ) -> Vec<String> {
        let wanted: Vec<String> = texts.iter().map(|text| name(text)).collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|index| (wanted[*index] != texts[*index], texts[*index]));
        let mut taken = vec![String::new(); texts.len()];
        for index in order {
            let name = limited(normalized(wanted[index].clone()));
            taken[index] = match self.taken.contains(&name) {
                true => self.take_first([name, detailed(texts[index])]),
                false => self.take(name),
            };
        }
        taken
    }

    /// Returns the first of `names` that is not in use. If all are in use, adds a number to the first one.
    pub(crate) fn take_first<const N: usize>(&mut self, names: [String; N]) -> String {
        let names = names.map(|name| limited(normalized(name)));
        match names.iter().find(|name| !self.taken.contains(*name)) {
            Some(name) => self.take(name.clone()),
            None => self.take(names.into_iter().next().unwrap_or_default()),
        }
    }

    /// Returns whether a name is in use.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Returns `name`, or the first of `name2`, `name3`, … if `name` is already in use. The returned name is in use from then on.
    ///
    /// A long name is shortened. Parts that are normalized may form a name that is not, because a letter may combine with the letter before it. Names that
    /// the compiler regards as equal are equal here.
    pub(crate) fn take(&mut self, name: String) -> String {
        let name = limited(normalized(name));
        if self.taken.insert(name.clone()) {
            return name;
        }
        let mut number = self.last_numbers.get(&name).map_or(2, |last| last + 1);
        loop {
            let numbered = format!("{name}{number}");
            if self.taken.insert(numbered.clone()) {
                self.last_numbers.insert(name, number);
                return numbered;
            }
            number += 1;
        }
    }

    /// Returns a name as [`Scope::take`] does that is not in use in `outer` either.
    pub(crate) fn take_outside(&mut self, outer: &Self, name: String) -> String {
        loop {
            let taken = self.take(name.clone());
            if !outer.has(&taken) {
                return taken;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::naming::identifiers::pascal;

    #[test]
    fn names_do_not_depend_on_the_order_of_the_texts() {
        let names = |texts: &[&str]| Scope::default().take_all(texts, pascal, pascal);
        assert_eq!(names(&["pet_id", "pet-id", "PetId", "cat"]), ["PetId3", "PetId2", "PetId", "Cat"]);
        assert_eq!(names(&["cat", "PetId", "pet-id", "pet_id"]), ["Cat", "PetId", "PetId2", "PetId3"]);
    }

    #[test]
    fn long_names_are_shortened_and_stay_different() {
        let mut scope = Scope::default();
        let taken = ["a", "b"].map(|end| scope.take(format!("{}{end}", "ñ".repeat(200))));
        assert!(taken.iter().all(|name| name.starts_with("ññ") && name.len() <= 180), "{taken:?}");
        assert_ne!(taken[0], taken[1]);
        assert_eq!(scope.take("a".repeat(180)), "a".repeat(180));
    }

    #[test]
    fn names_that_the_compiler_regards_as_equal_are_equal() {
        let mut scope = Scope::default();
        let taken =
            ["Caf\u{e9}", "Cafe\u{301}", "A\u{1100}\u{1161}", "A\u{ac00}"].map(|name| scope.take(name.to_owned()));
        assert_eq!(taken, ["Caf\u{e9}", "Caf\u{e9}2", "A\u{ac00}", "A\u{ac00}2"]);
    }

    #[test]
    fn names_in_use_get_a_number() {
        let mut scope = Scope::with(&["send"]);
        let taken = ["send", "id", "id", "id2"].map(|name| scope.take(name.to_owned()));
        assert_eq!(taken, ["send2", "id", "id2", "id22"]);
    }
}
