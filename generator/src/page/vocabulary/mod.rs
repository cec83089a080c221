//! The vocabulary of a documentation system: which headings, captions, columns, types and phrases it uses, and their meaning.
//!
//! A vocabulary is a table of data. Support for another documentation system is another table, not another program.

mod english;
mod english_phrases;
mod generic;
mod huawei;
mod huawei_chinese;
mod model;
mod personium;

pub use model::{CharacterWords, Column, Label, Meaning, Place, Section, TypeWord, Vocabulary, prefixed};

/// All vocabularies. The last is used for pages that have the signs of no other.
pub const ALL: &[&Vocabulary] =
    &[&huawei::VOCABULARY, &huawei_chinese::VOCABULARY, &personium::VOCABULARY, &generic::VOCABULARY];

/// Returns the vocabulary for a page: the one with most of its signs in the text.
pub fn of(page: &str) -> &'static Vocabulary {
    let mut best: &'static Vocabulary = &generic::VOCABULARY;
    let mut most = 0;
    for vocabulary in ALL {
        let signs = vocabulary.signs.iter().filter(|sign| page.contains(**sign)).count();
        if signs > most {
            (best, most) = (vocabulary, signs);
        }
    }
    best
}
