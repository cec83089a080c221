//! Groups names into files. Names that begin alike share a file. When a name is added, few of the old names move to a different
//! file.
//!
//! All possible names are the leaves of one binary tree, which does not depend on the document. Each branch of the tree divides
//! names by a question about the next letter: Does the word end here? Is this a digit or a letter? Does the letter come before
//! `q`? More such questions follow until the letter is known.
//!
//! Files are formed from the leaves to the root. If the items of both halves of a branch fit into one file, they stay together
//! and move up to the next branch. If not, the half with more lines becomes a file. The other half moves up, unless it is long
//! enough for a file of its own.
//!
//! The position of an item in the tree depends only on the item's name. A new item therefore usually changes only the file that
//! it is added to. This file is divided only if it outgrows the limit. If each file were instead filled to the limit in
//! alphabetical order, a new item would move items between all files after it.

use std::ops::Range;

/// The largest and the smallest weight of a group. A weight may be a number of lines or of files.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest weight. A heavier group is divided, unless it is a single item.
    pub most: usize,
    /// The smallest weight. If a group would be lighter, its items may be added to a neighboring group instead.
    pub least: usize,
}

/// Groups `items` by their names, which are words in snake case. Returns the groups in alphabetical order, each with sorted
/// items. The name of a group is a common beginning of names, such as `pets`, or a range of letters, such as `a_to_p`.
pub fn group<T>(
    items: Vec<T>,
    limits: Limits,
    name: impl Fn(&T) -> &str,
    weight: impl Fn(&T) -> usize,
) -> Vec<(String, Vec<T>)> {
    let mut items = items;
    items.sort_by_cached_key(|item| path(name(item)));
    let mut tree = Tree {
        paths: items.iter().map(|item| path(name(item))).collect(),
        weights: items.iter().map(weight).collect(),
        limits,
        groups: Vec::new(),
    };
    let rest = tree.collect(0..items.len(), 0);
    if !rest.is_empty() {
        tree.groups.push((0, rest));
    }
    let names: Vec<&str> = items.iter().map(&name).collect();
    let group_name = |(depth, members): &(usize, Vec<usize>)| {
        let path = &tree.paths[members[0]];
        // A path in the tree of names can be shorter than `depth`. The missing steps are steps to the left, which do not change
        // the name of the branch.
        let branch = &path[..path.len().min(*depth)];
        group_name(branch, &members.iter().map(|index| names[*index]).collect::<Vec<_>>())
    };
    let group_names: Vec<String> = tree.groups.iter().map(group_name).collect();
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    let mut members =
        |(_, members): &(usize, Vec<usize>)| members.iter().filter_map(|index| items[*index].take()).collect();
    let mut groups: Vec<(String, Vec<T>)> = group_names.into_iter().zip(tree.groups.iter().map(&mut members)).collect();
    groups.sort_by(|(one, _), (other, _)| one.cmp(other));
    groups
}

/// The steps from the root of a binary tree to one name. The tree contains all possible names. `false` is a step to the left, and
/// `true` is a step to the right.
type Steps = Vec<bool>;

struct Tree {
    /// For each item, the path from the root of the tree to the name of the item. The paths are sorted.
    paths: Vec<Steps>,
    weights: Vec<usize>,
    limits: Limits,
    /// The finished groups. The number is the depth of the tree branch that contains all items of the group. The list contains
    /// the indices of these items.
    groups: Vec<(usize, Vec<usize>)>,
}

impl Tree {
    /// Groups the items in `range`. Their paths have the first `depth` steps in common. Returns the indices of the items that are
    /// not in a finished group yet.
    fn collect(&mut self, range: Range<usize>, mut depth: usize) -> Vec<usize> {
        if range.len() < 2 || self.weight(range.clone()) <= self.limits.most {
            return range.collect();
        }
        let (start, end) = (range.start, range.end);
        let longest = self.paths[range].iter().map(Vec::len).max().unwrap_or_default();
        let middle = loop {
            let is_left = |path: &Steps| !path.get(depth).copied().unwrap_or_default();
            let middle = start + self.paths[start..end].partition_point(is_left);
            depth += 1;
            if (start < middle && middle < end) || depth > longest {
                break middle;
            }
        };
        if depth > longest {
            // Equal names cannot be divided.
            return (start..end).collect();
        }
        let (left, right) = (self.collect(start..middle, depth), self.collect(middle..end, depth));
        let (left_weight, right_weight) = (self.weight(left.iter().copied()), self.weight(right.iter().copied()));
        if left_weight + right_weight <= self.limits.most {
            return [left, right].concat();
        }
        let (shorter, longer) = if right_weight < left_weight { (right, left) } else { (left, right) };
        self.groups.push((depth, longer));
        if left_weight.min(right_weight) < self.limits.least {
            return shorter;
        }
        self.groups.push((depth, shorter));
        Vec::new()
    }

    fn weight(&self, items: impl Iterator<Item = usize>) -> usize {
        items.map(|index| self.weights[index]).sum()
    }
}

/// The number of steps in the tree that select one of 32 letters.
const LETTER_STEPS: usize = 5;
const DIGIT_STEPS: usize = 4;

/// Returns the steps from the root of the tree of all names to one name. After a letter or digit, the step `false` means that the
/// word ends, and the step `true` means that another letter or digit follows.
fn path(name: &str) -> Steps {
    let mut steps = Vec::with_capacity(name.len() * (LETTER_STEPS + 2));
    for letter in name.bytes().chain([b'_']) {
        let (kind, count, number) = match letter {
            b'_' => {
                steps.push(false);
                continue;
            }
            b'0'..=b'9' => (false, DIGIT_STEPS, letter - b'0'),
            _ => (true, LETTER_STEPS, letter.to_ascii_lowercase().wrapping_sub(b'a').min(31)),
        };
        steps.extend([true, kind]);
        steps.extend((0..count).rev().map(|bit| number >> bit & 1 == 1));
    }
    steps
}

/// Returns the common beginning of all names in a branch of the tree of names. If the branch also restricts the next letter or
/// digit, returns the range of that letter or digit.
fn beginning(branch: &[bool]) -> (String, Option<(char, char)>) {
    let mut beginning = String::new();
    let mut steps = branch.iter().copied();
    while let Some(step) = steps.next() {
        if !step {
            beginning.push('_');
            continue;
        }
        let (first, last, count) = match steps.next() {
            None => return (beginning, Some(('a', 'z'))),
            Some(true) => (b'a', b'z', LETTER_STEPS),
            Some(false) => (b'0', b'9', DIGIT_STEPS),
        };
        let known: Vec<bool> = steps.by_ref().take(count).collect();
        let number = |open: bool| {
            let bits = known.iter().copied().chain(std::iter::repeat(open)).take(count);
            char::from(bits.fold(0, |number, bit| number * 2 + u8::from(bit)).saturating_add(first).min(last))
        };
        if known.len() < count {
            return (beginning, Some((number(false), number(true))));
        }
        beginning.push(number(false));
    }
    (beginning, None)
}

/// Returns the name of a group. `names` are the names of its items, and `branch` is the path to its branch of the tree. If all
/// names are equal, the group gets this name. Otherwise, the name of the group depends only on `branch`, so a new item does not
/// rename the file of the group.
fn group_name(branch: &[bool], names: &[&str]) -> String {
    if let Some(first) = names.first().filter(|first| names.iter().all(|name| name == *first)) {
        return (*first).to_owned();
    }
    let (beginning, range) = beginning(branch);
    let letters = &beginning[beginning.rfind('_').map_or(0, |end| end + 1)..];
    match range {
        None if beginning.is_empty() => "others".to_owned(),
        None => beginning.trim_end_matches('_').to_owned(),
        Some((first, last)) if first == last => format!("{beginning}{first}"),
        Some((first, last)) => format!("{beginning}{first}_to_{letters}{last}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    const LIMITS: Limits = Limits { most: 100, least: 40 };

    fn groups(items: &[(&str, usize)]) -> Vec<(String, Vec<String>)> {
        let groups = group(items.to_vec(), LIMITS, |(name, _)| name, |(_, weight)| *weight);
        let names = |items: Vec<(&str, usize)>| items.into_iter().map(|(name, _)| name.to_owned()).collect();
        groups.into_iter().map(|(name, items)| (name, names(items))).collect()
    }

    /// Groups `items` and returns the groups as text, for example `cow: cow, others: cat dog`.
    fn text(items: &[(&str, usize)]) -> String {
        let groups = groups(items).into_iter().map(|(name, items)| format!("{name}: {}", items.join(" ")));
        groups.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn items_that_fit_stay_together() {
        assert_eq!(text(&[("cat", 30), ("ant", 30), ("zoo", 30)]), "others: ant cat zoo");
        assert_eq!(text(&[]), "");
    }

    #[test]
    fn words_and_ranges_of_letters_name_the_groups() {
        let items = [("cat_food", 60), ("cat_tail", 30), ("dog", 50), ("eel", 20), ("zoo", 10), ("cats", 70)];
        assert_eq!(text(&items), "cat: cat_food cat_tail, cats: cats, others: dog eel zoo");
        let items = [("cat_food", 60), ("cat_ear", 60), ("cat_tail", 60), ("cat_paw", 60)];
        assert_eq!(text(&items), "cat_ear: cat_ear, cat_food: cat_food, cat_paw: cat_paw, cat_tail: cat_tail");
        let items = [("cat", 30), ("bat", 30), ("ape", 30), ("rat", 50), ("sow", 40), ("v1", 60), ("v2_x", 70)];
        assert_eq!(text(&items), "a_to_p: ape bat cat, q_to_z: rat sow, v1: v1, v2_x: v2_x");
    }

    #[test]
    fn an_item_above_the_limit_is_alone() {
        assert_eq!(text(&[("cat", 30), ("cow", 300), ("dog", 30)]), "cow: cow, others: cat dog");
    }

    #[test]
    fn equal_names_stay_together() {
        assert_eq!(text(&[("cat", 60), ("cat", 60), ("dog", 10)]), "cat: cat cat, dog: dog");
    }

    /// Adds a name to many names, and counts how many of these names move to another file. Does this for many new names. If a new
    /// name makes a file too long, the file is divided, and names with the same first word may also move between other files.
    #[test]
    fn a_new_name_moves_few_others() {
        const WORDS: [&str; 9] = ["account", "bank", "charge", "file", "invoice", "item", "order", "plan", "refund"];
        let pairs = WORDS.iter().flat_map(|first| WORDS.iter().map(move |second| format!("{first}_{second}")));
        let names: Vec<String> = pairs.flat_map(|pair| WORDS.map(|third| format!("{pair}_{third}"))).collect();
        let limits = Limits { most: 1_000, least: 400 };
        let files = |names: &[String]| -> HashMap<String, String> {
            let weight = |name: &String| 10 + 7 * (name.len() % 11);
            let groups = group(names.to_vec(), limits, |name| name, weight);
            groups
                .into_iter()
                .flat_map(|(file, names)| names.into_iter().map(move |name| (name, file.clone())))
                .collect()
        };
        let before = files(&names);
        let moved_by = |new: &String| {
            let after = files(&[names.as_slice(), &[format!("{new}_list")]].concat());
            names.iter().filter(|name| before[*name] != after[*name]).count()
        };
        let moved: Vec<usize> = names.iter().step_by(5).map(moved_by).collect();
        let without_effect = moved.iter().filter(|moved| **moved == 0).count();
        assert!(without_effect * 10 > moved.len() * 8, "{without_effect} of {}", moved.len());
        assert!(moved.iter().all(|moved| *moved < names.len() / 6), "{moved:?}");
    }
}
