//! Decides which parts of the runtime the code of a crate uses.

use std::collections::{BTreeSet, HashMap};

use super::super::output::Output;
use super::super::parallel;
use super::parts::PARTS;

/// The paths whose next name is an item of the runtime.
const ITEMS: &[&str] = &["runtime::", "codec::", "keywords::", "CredentialLocation::"];

/// Returns the names of the parts that the Rust files in `code` use, without the parts that these parts need themselves.
pub fn used_parts(code: &[Output]) -> BTreeSet<&'static str> {
    let words: HashMap<&str, usize> =
        PARTS.iter().enumerate().flat_map(|(index, part)| part.words.iter().map(move |word| (*word, index))).collect();
    let lengths = lengths(words.keys().copied());
    let rust: Vec<&Output> = code.iter().filter(|output| output.path.ends_with(".rs")).collect();
    let used = parallel::map(&rust, |output| used_in(&output.text, &words, &lengths));
    used.into_iter().flatten().map(|index| PARTS[index].name).collect()
}

/// For each first byte of a word, the lengths of the words with this byte: bit 8 is set if there is a word of 8 bytes. Almost all
/// identifiers of a crate differ from every word of [`PARTS`] in one of the two, and need no search.
type Lengths = [u64; 256];

/// Returns the first bytes and lengths of `words`, without the dot or the colons at their start.
fn lengths<'w>(words: impl Iterator<Item = &'w str>) -> Lengths {
    let mut lengths = [0; 256];
    for word in words.map(|word| word.trim_start_matches(['.', ':'])) {
        lengths[usize::from(word.as_bytes()[0])] |= 1 << (word.len() % 64);
    }
    lengths
}

/// Returns the indexes of the parts that a text uses. `words` maps the words of [`PARTS`] to these indexes, and `lengths` has
/// their lengths.
fn used_in(text: &str, words: &HashMap<&str, usize>, lengths: &Lengths) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    let mut is_import = false;
    for line in text.lines() {
        let code = line.trim_start();
        if code.starts_with("//") {
            continue;
        }
        is_import |= code.starts_with("use crate::runtime::");
        for (start, end) in identifiers(line) {
            if lengths[usize::from(line.as_bytes()[start])] & (1 << ((end - start) % 64)) == 0 {
                continue;
            }
            let (before, word) = (&line[..start], &line[start..end]);
            let is_item = is_import || ITEMS.iter().any(|prefix| before.ends_with(prefix));
            let qualified = match before.chars().next_back() {
                Some('.') => words.get(&line[start - 1..end]),
                _ if is_item => words.get(format!("::{word}").as_str()),
                _ => None,
            };
            used.extend(qualified.or_else(|| words.get(word)));
        }
        is_import &= !code.ends_with(';');
    }
    used
}

/// Returns the start and the end of each word of ASCII letters, digits and `_` in a line.
fn identifiers(line: &str) -> impl Iterator<Item = (usize, usize)> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let bytes = line.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(|byte| is_part(*byte))?;
        at = bytes[start..].iter().position(|byte| !is_part(*byte)).map_or(bytes.len(), |length| start + length);
        Some((start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(text: &str) -> Vec<&'static str> {
        used_parts(&[Output::new("src/a.rs".to_owned(), text.to_owned())]).into_iter().collect()
    }

    #[test]
    fn code_uses_parts() {
        for (text, parts) in [
            ("at.unique_items(&self.tags);", vec!["unique_items"]),
            ("crate::runtime::codec::union! { A }", vec!["unions"]),
            ("use crate::runtime::{\n    Call, Style,\n};", vec!["styles"]),
            ("    pub price: Option<f64>,", vec!["floats"]),
        ] {
            assert_eq!(used(text), parts, "{text}");
        }
    }

    #[test]
    fn texts_and_names_of_a_document_use_no_part() {
        for text in [
            "/// crate::runtime::Style",
            "pub unique_items: types::Style,",
            "use super::Style;\nlet union = Style;",
            "use crate::runtime::Call;\nuse super::Style;",
        ] {
            assert!(used(text).is_empty(), "{text}");
        }
    }
}
