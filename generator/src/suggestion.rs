//! Suggestions for misspelt words: "Did you mean …?".

use serde_json::Value;

use crate::pointer::Pointer;

/// At most this many candidates are considered for each word, so that a document with many misspelt words takes linear time.
const MOST_CANDIDATES: usize = 5_000;

/// At most this many candidates of a similar length are compared with each word. A long word is compared with fewer.
const MOST_COMPARED: usize = 500;

/// The square of the length of a word, multiplied by the number of candidates with which it is compared, is at most this number.
const MOST_STEPS: usize = 500_000;

/// At most this many letters of a word are compared with candidates, summed over all candidates. The comparison with a candidate
/// ends at the letter at which it has too many edits, which is soon: only candidates that were made for it reach this number.
const MOST_COMPARED_LETTERS: usize = 6_000;

/// A word with more letters than this gets no suggestion, because comparing it with all candidates would take long.
const MOST_LETTERS: usize = 200;

/// The largest number of edits between a word and a suggestion.
const MOST_EDITS: usize = 3;

/// Returns the candidate that `word` probably misspells, ignoring case. Returns `None` if no candidate is similar enough. One
/// edit is allowed for every `letters` letters of the candidate, but at least 1 edit and at most 3 edits.
pub(crate) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>, letters: usize) -> Option<&'c str> {
    let length = word.chars().count();
    if length > MOST_LETTERS {
        return None;
    }
    let allowed = |length: usize| (length / letters.max(1)).clamp(1, MOST_EDITS);
    let has_similar_length = |candidate: &&str| {
        // A letter takes at most 4 bytes. Counting the letters takes longer than this comparison.
        (length.saturating_sub(MOST_EDITS)..=(length + MOST_EDITS) * 4).contains(&candidate.len())
            && candidate.chars().count().abs_diff(length) <= MOST_EDITS
    };
    let mut lower = Vec::new();
    lower_letters(word, &mut lower);
    let mut other = Vec::new();
    let mut best: Option<(usize, bool, &str)> = None;
    // A candidate with more edits than this is no suggestion, or a worse one than `best`.
    let mut most = allowed(length + MOST_EDITS);
    let mut budget = MOST_COMPARED_LETTERS;
    let similar = candidates.take(MOST_CANDIDATES).filter(has_similar_length);
    for candidate in similar.take((MOST_STEPS / (length * length).max(1)).clamp(1, MOST_COMPARED)) {
        if budget == 0 {
            break;
        }
        lower_letters(candidate, &mut other);
        let Some(distance) = edits(&lower, &other, most, &mut budget) else { continue };
        // If several candidates have the same distance, prefer one that only adds letters to `word`. A missing letter is more
        // common than a wrong letter.
        let has_other_letters = !is_subsequence(&lower, &other);
        if best.is_some_and(|(least, has_others, _)| (least, has_others) <= (distance, has_other_letters)) {
            continue;
        }
        best = Some((distance, has_other_letters, candidate));
        match if has_other_letters { Some(distance) } else { distance.checked_sub(1) } {
            Some(better) => most = better,
            None => break,
        }
    }
    let (distance, _, best) = best?;
    let best_length = best.chars().count();
    // Reject candidates that have no letter in common with `word`, such as `x` for `y`.
    let is_similar = distance < length.max(best_length);
    (distance <= allowed(best_length) && is_similar && word != best).then_some(best)
}

/// Writes the letters of `word` in lower case to `letters`, instead of the letters that it has.
fn lower_letters(word: &str, letters: &mut Vec<char>) {
    letters.clear();
    if word.is_ascii() {
        letters.extend(word.bytes().map(|letter| char::from(letter.to_ascii_lowercase())));
    } else {
        letters.extend(word.to_lowercase().chars());
    }
}

/// Returns the number of edits between two words: letters that are added, removed or replaced, and neighbours that change places.
/// Returns `None` if it is more than `most`, which is at most [`MOST_EDITS`]. Subtracts the compared letters from `budget`.
fn edits(left: &[char], right: &[char], most: usize, budget: &mut usize) -> Option<usize> {
    const FAR: usize = MOST_EDITS + 1;
    /// The number of prefixes of `right` that are compared with each prefix of `left`: the others differ too much in length.
    const BAND: usize = 2 * MOST_EDITS + 1;
    let (left, right) = without_common_ends(left, right);
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    // Each row has the numbers of edits between a prefix of `left` and the prefixes of `right` that have up to `MOST_EDITS`
    // letters less or more. The last element is never a number of edits.
    let mut two_above = [FAR; BAND + 1];
    let mut above = [FAR; BAND + 1];
    above.iter_mut().take(BAND).skip(MOST_EDITS).enumerate().for_each(|(column, cell)| *cell = column);
    let mut last_letter = None;
    for (index, letter) in left.iter().enumerate() {
        *budget = budget.saturating_sub(1);
        let mut row = [FAR; BAND + 1];
        let mut least = FAR;
        let mut before = FAR;
        for cell in MOST_EDITS - most..=MOST_EDITS + most {
            let Some(column) = (index + 1 + cell).checked_sub(MOST_EDITS) else { continue };
            let at = |column: Option<usize>| column.and_then(|column| right.get(column));
            let other = at(column.checked_sub(1));
            let replaced = above[cell] + usize::from(other != Some(letter));
            let mut count = replaced.min(above[cell + 1] + 1).min(before + 1);
            if last_letter.is_some() && other == last_letter && at(column.checked_sub(2)) == Some(letter) {
                count = count.min(two_above[cell] + 1);
            }
            row[cell] = count;
            least = least.min(count);
            before = count;
        }
        if least > most {
            return None;
        }
        (two_above, above) = (above, row);
        last_letter = Some(letter);
    }
    let distance = above.get((right.len() + MOST_EDITS).checked_sub(left.len())?).copied()?;
    (distance <= most).then_some(distance)
}

/// Removes the letters with which both words begin, and those with which both end.
fn without_common_ends<'l>(left: &'l [char], right: &'l [char]) -> (&'l [char], &'l [char]) {
    let start = left.iter().zip(right).take_while(|(one, other)| one == other).count();
    let (left, right) = (left.get(start..).unwrap_or_default(), right.get(start..).unwrap_or_default());
    let end = left.iter().rev().zip(right.iter().rev()).take_while(|(one, other)| one == other).count();
    let kept = |letters: &'l [char]| letters.get(..letters.len() - end).unwrap_or_default();
    (kept(left), kept(right))
}

/// Returns whether `whole` contains the letters of `part` in the same order: `post` contains `pst`.
fn is_subsequence(part: &[char], whole: &[char]) -> bool {
    let mut letters = whole.iter();
    part.iter().all(|letter| letters.any(|other| other == letter))
}

/// Suggests a correction of `pointer`, which points to nothing. Replaces the last token by a similar key that exists:
/// `/components/schemas/Pat` becomes `/components/schemas/Pet`. If no key is similar, returns the JSON Pointer of a component
/// whose name is the last token.
pub(crate) fn nearest_place(tree: &Value, pointer: &Pointer) -> Option<Pointer> {
    let sibling = || {
        let parent = pointer.parent()?;
        let members = tree.pointer(parent.as_str())?.as_object()?;
        let name = nearest(&pointer.last()?, members.keys().map(String::as_str), 3)?;
        Some(parent.join(name))
    };
    // Search for the last token alone, because the other tokens may be wrong, as in `#/component/schemas/Pet` or
    // `#/definitions/Pet`.
    let component = || {
        let sections = tree.get("components")?.as_object()?.iter();
        let namesake = |(section, members): (&String, &Value)| {
            let place = Pointer::root().join("components").join(section).join(pointer.last()?);
            members.get(pointer.last()?).map(|_| place)
        };
        sections.filter(|(section, _)| !section.starts_with("x-")).find_map(namesake)
    };
    sibling().or_else(component)
}

/// Suggests the component that `reference` probably means. `section` is a section of `components`, such as `schemas`. Compares
/// the last token of `reference` with the names of the components in that section.
pub(crate) fn nearest_component(tree: &Value, section: &str, reference: &str) -> Option<Pointer> {
    let name = reference.rsplit(['/', '#']).next().filter(|name| !name.is_empty())?;
    let place = Pointer::root().join("components").join(section);
    let members = tree.pointer(place.as_str())?.as_object()?;
    if members.contains_key(name) {
        return Some(place.join(name));
    }
    Some(place.join(nearest(name, members.keys().map(String::as_str), 3)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_reference_suggests_a_component() {
        let tree = serde_json::json!({"components": {"schemas": {"Pet": {}}, "responses": {"Gone": {}}}});
        let near = |pointer: &str| nearest_place(&tree, &Pointer::parse(pointer)?).map(|near| near.to_string());
        assert_eq!(near("/components/schemas/Pat").as_deref(), Some("/components/schemas/Pet"));
        assert_eq!(near("/component/schemas/Pet").as_deref(), Some("/components/schemas/Pet"));
        assert_eq!(near("/definitions/Gone").as_deref(), Some("/components/responses/Gone"));
        assert_eq!(near("/definitions/Cat"), None);
        let named = |reference: &str| nearest_component(&tree, "schemas", reference).map(|near| near.to_string());
        for reference in ["Pet", "schemas/Pet", "Pat"] {
            assert_eq!(named(reference).as_deref(), Some("/components/schemas/Pet"), "{reference}");
        }
        assert_eq!(named("cats.yaml"), None);
    }

    #[test]
    fn a_misspelt_word_suggests_the_right_one() {
        let keys = ["description", "operationId", "tags", "in"];
        assert_eq!(nearest("descripton", keys.into_iter(), 3), Some("description"));
        assert_eq!(nearest("operationID", keys.into_iter(), 3), Some("operationId"));
        assert_eq!(nearest("tag", keys.into_iter(), 3), Some("tags"));
        assert_eq!(nearest("produces", keys.into_iter(), 3), None);
        assert_eq!(nearest("tags", keys.into_iter(), 3), None);
        assert_eq!(nearest("pst", ["put", "post"].into_iter(), 3), Some("post"));
        assert_eq!(nearest("x", ["y"].into_iter(), 3), None);
        assert_eq!(nearest("X", ["x"].into_iter(), 3), Some("x"));
    }

    #[test]
    fn edits_are_counted_up_to_a_limit() {
        let mut words = vec![String::new()];
        for length in 0..5 {
            let longest: Vec<String> = words.iter().filter(|word| word.len() == length).cloned().collect();
            words.extend(longest.iter().flat_map(|word| ["a", "b", "c"].map(|letter| format!("{word}{letter}"))));
        }
        words.extend(
            ["abcabcabcabc", "bacbacabcabc", "abcabbcacabc", "cabcabcabcab", "abcabcabcabcaab"].map(str::to_owned),
        );
        for (index, left) in words.iter().enumerate() {
            for right in words.iter().skip(index % 3).step_by(3).chain(words.iter().rev().take(5)) {
                let distance = strsim::osa_distance(left, right);
                let letters = |word: &str| word.chars().collect::<Vec<_>>();
                for most in 0..=MOST_EDITS {
                    let expected = Some(distance).filter(|distance| *distance <= most);
                    assert_eq!(edits(&letters(left), &letters(right), most, &mut 0), expected, "{left} {right} {most}");
                }
            }
        }
    }

    #[test]
    fn the_first_of_the_nearest_words_that_only_add_letters_is_suggested() {
        let near = |word: &str, candidates: &[&'static str]| nearest(word, candidates.iter().copied(), 3);
        assert_eq!(near("petstore", &["bedstory", "petstone", "petstored", "petstores"]), Some("petstored"));
        assert_eq!(near("petstore", &["petstores", "petstoer", "Petstore"]), Some("Petstore"));
        assert_eq!(near("\u{c4}pfel", &["\u{e4}pfle", "apfel"]), Some("\u{e4}pfle"));
        assert_eq!(near("abcdefghi", &["abc", "xyzdefghijkl", "abcfedihg"]), None);
    }
}
