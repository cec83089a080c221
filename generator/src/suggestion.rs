//! Suggestions for misspelt words: "Did you mean …?".

use serde_json::Value;

use crate::pointer::Pointer;

/// At most this many candidates are considered for each word, so that a document with many misspelt words takes linear time.
const MOST_CANDIDATES: usize = 5_000;

/// At most this many candidates of a similar length are compared with each word. A long word is compared with fewer, because each
/// comparison takes a time that grows with the square of the length.
const MOST_COMPARED: usize = 500;

/// The square of the length of a word, multiplied by the number of candidates with which it is compared, is at most this number.
const MOST_STEPS: usize = 500_000;

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
    let lower = word.to_lowercase();
    let distance = |candidate: &str| strsim::osa_distance(&lower, &candidate.to_lowercase());
    let (distance, best) = candidates
        .take(MOST_CANDIDATES)
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= MOST_EDITS)
        .take((MOST_STEPS / (length * length).max(1)).clamp(1, MOST_COMPARED))
        .map(|candidate| (distance(candidate), candidate))
        // If several candidates have the same distance, prefer one that only adds letters to `word`. A missing letter is more
        // common than a wrong letter.
        .min_by_key(|(distance, candidate)| (*distance, !is_subsequence(&lower, &candidate.to_lowercase())))?;
    let limit = (best.chars().count() / letters.max(1)).clamp(1, MOST_EDITS);
    // Reject candidates that have no letter in common with `word`, such as `x` for `y`.
    let is_similar = distance < word.chars().count().max(best.chars().count());
    (distance <= limit && is_similar && word != best).then_some(best)
}

/// Returns whether `whole` contains the letters of `part` in the same order: `post` contains `pst`.
fn is_subsequence(part: &str, whole: &str) -> bool {
    let mut letters = whole.chars();
    part.chars().all(|letter| letters.any(|other| other == letter))
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
}
