//! Pairs the names of a page with those of a document.

/// The similarity from which two names count as one name with a mistake.
const SIMILAR: f64 = 0.6;

/// The names of a page and of a document in pairs. Each number is an index.
#[derive(Debug, Default)]
pub(crate) struct Pairs {
    /// The same name.
    pub(crate) same: Vec<(usize, usize)>,
    /// Different names of one thing.
    pub(crate) renamed: Vec<(usize, usize)>,
    /// Only on the page.
    pub(crate) missing: Vec<usize>,
    /// Only in the document.
    pub(crate) extra: Vec<usize>,
}

/// Pairs names. `known` are pairs of different names that are known to belong together.
pub(crate) fn pair(page: &[String], document: &[String], known: &[(String, String)]) -> Pairs {
    let mut pairs = Pairs::default();
    let mut open: Vec<usize> = (0..document.len()).collect();
    for (index, name) in page.iter().enumerate() {
        match open.iter().position(|other| document.get(*other) == Some(name)) {
            Some(position) => pairs.same.push((index, open.remove(position))),
            None => pairs.missing.push(index),
        }
    }
    let is_known = |left: &String, right: &String| known.iter().any(|(a, b)| a == left && b == right);
    let single = pairs.missing.len() == 1 && open.len() == 1;
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for left in &pairs.missing {
        for right in &open {
            let (Some(on_page), Some(in_document)) = (page.get(*left), document.get(*right)) else { continue };
            let score = similarity(on_page, in_document);
            let is_moved =
                last_word(on_page).zip(last_word(in_document)).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b));
            let least = if single { SIMILAR - 0.2 } else { SIMILAR };
            let is_same_place = first_word(on_page) == first_word(in_document);
            if is_known(on_page, in_document) || is_moved {
                candidates.push((2.0, *left, *right));
            } else if score >= least && is_same_place {
                candidates.push((score, *left, *right));
            }
        }
    }
    candidates.sort_by(|left, right| right.0.total_cmp(&left.0));
    for (_, left, right) in candidates {
        if pairs.missing.contains(&left) && open.contains(&right) {
            pairs.missing.retain(|index| *index != left);
            open.retain(|index| *index != right);
            pairs.renamed.push((left, right));
        }
    }
    pairs.extra = open;
    pairs
}

/// Names of parameters have their place before them: `query limit`.
fn last_word(name: &str) -> Option<&str> {
    name.split_once(' ').map(|(_, name)| name)
}

fn first_word(name: &str) -> Option<&str> {
    name.split_once(' ').map(|(place, _)| place)
}

fn similarity(left: &str, right: &str) -> f64 {
    let name = |text: &str| last_word(text).unwrap_or(text).to_lowercase();
    strsim::normalized_levenshtein(&name(left), &name(right))
}
