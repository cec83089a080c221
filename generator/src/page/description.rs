//! Reads the blocks of a description: labels, sentences with phrases, and lists of values.

use crate::page::collector::Collector;
use crate::page::fact::{LineUse, Rule, TypeName};
use crate::page::phrase::{Hit, Phrases};
use crate::page::rules::RuleCollector;
use crate::page::sentences::Sentences;
use crate::page::tree::{Block, Text};
use crate::page::value;
use crate::page::vocabulary::{Label, Meaning, Vocabulary};

/// Reads the description of one parameter or property.
pub(super) struct DescriptionReader<'a> {
    pub(super) rules: RuleCollector<'a>,
    pub(super) phrases: &'a Phrases,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) prose: String,
    /// The first words of prose, and their line.
    pub(super) first: Option<(String, usize)>,
    label: Option<Label>,
    values_follow: bool,
}

impl<'a> DescriptionReader<'a> {
    pub(super) fn new(
        collector: &'a mut Collector,
        phrases: &'a Phrases,
        vocabulary: &'static Vocabulary,
        subject: &'a str,
        kind: Option<&'a TypeName>,
    ) -> Self {
        let (stated, disputed) = (Vec::new(), Vec::new());
        let rules = RuleCollector { collector, vocabulary, subject, kind, stated, disputed, is_first: false };
        Self { rules, phrases, vocabulary, prose: String::new(), first: None, label: None, values_follow: false }
    }

    /// Reads the blocks of a description.
    pub(super) fn read(&mut self, blocks: &[Block]) {
        let mut blocks = blocks;
        while let Some((block, rest)) = blocks.split_first() {
            self.block(block);
            blocks = rest;
            if !self.values_follow {
                continue;
            }
            // Each value is a paragraph of its own.
            let texts: Vec<Text> = rest.iter().map_while(|block| self.value_paragraph(block)).collect();
            if texts.len() > 1 {
                self.values(&texts);
                texts.iter().for_each(|text| self.add_prose(text));
                blocks = rest.get(texts.len()..).unwrap_or_default();
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) | Block::Heading(text) => self.paragraph(text),
            Block::List(items) => self.list(items),
            Block::Code(lines) => lines.iter().for_each(|(line, _)| self.rules.collector.mark(*line, LineUse::Code)),
            Block::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| self.rules.collector.mark_text(&cell.text(), LineUse::Prose));
            }
            Block::Anchor(_) => {}
            Block::Furniture(lines) => {
                lines.iter().for_each(|line| self.rules.collector.mark(*line, LineUse::Prose));
            }
            Block::NotRead(lines, reason) => self.rules.collector.unread_lines(lines, reason),
        }
    }

    /// Reads a cell that only has the allowed values, or the form of the value.
    pub(super) fn read_values(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Paragraph(text) = block
                && text.words.contains('{')
            {
                let words = text.words.trim();
                self.rules.add(Rule::Form(words.to_owned()), words, text.line());
                self.add_prose(text);
            } else {
                self.read(std::slice::from_ref(block));
            }
        }
    }

    /// Reads a cell that only has the default.
    pub(super) fn read_default(&mut self, text: &Text) {
        self.label = Some(Label::Default);
        self.paragraph(text);
        self.label = None;
    }

    fn add_prose(&mut self, text: &Text) {
        self.rules.collector.mark_text(text, LineUse::Prose);
        if self.first.is_none() {
            self.first = Some((text.words.trim().to_owned(), text.line()));
        }
        if !self.prose.is_empty() {
            self.prose.push(' ');
        }
        self.prose.push_str(text.words.trim());
    }

    fn paragraph(&mut self, text: &Text) {
        let words = text.words.trim();
        self.rules.collector.mark_text(text, LineUse::Prose);
        if let Some(label) = self.vocabulary.label(words) {
            (self.label, self.values_follow) = (Some(label), label == Label::Range);
            return;
        }
        if self.vocabulary.is_nothing(words) {
            self.values_follow = false;
            return;
        }
        let label = self.label;
        match label {
            Some(Label::Default) => {
                if let Some(value) = value::plain(words) {
                    return self.rules.add(Rule::Default(value), words, text.line());
                }
            }
            Some(Label::Range) if self.bare_range(text) => return,
            _ => {}
        }
        self.add_prose(text);
        let (hits, end) = self.phrases.search(&text.words);
        if let Some(end) = end {
            let reason = format!("the rest of a long text about `{}` is not searched for phrases", self.rules.subject);
            self.rules.collector.unread(text.line_at(end), reason);
        }
        self.rules.is_first = self.prose == text.words.trim();
        self.values_follow = false;
        let mut sentences = Sentences::of(text, self.vocabulary);
        for hit in &hits {
            self.rules.apply(hit, &mut sentences);
        }
        if let Some(last) = hits.last().filter(|last| last.meaning == Meaning::ValuesFollow) {
            let rest = text.words.get(last.end..).unwrap_or_default();
            self.values_follow = rest.trim().is_empty();
            // The items of a list that the page writes in one paragraph: `- 0: off - 1: on`.
            let items = dashed(rest).unwrap_or_default();
            let start = last.end + (rest.len() - rest.trim_start().len());
            let items: Vec<Text> = items.iter().map(|item| Text::on_line(item, text.line_at(start))).collect();
            if !items.is_empty() {
                self.values(&items);
            }
        }
        self.rules.check_bounds(text, &hits);
    }

    /// Reads a paragraph below the label of a range: `0 to 100`, or a list of values. Returns whether it is one.
    fn bare_range(&mut self, text: &Text) -> bool {
        let words = text.words.trim();
        let bounds = words.split_once(" to ").or_else(|| words.split_once('~')).or_else(|| words.split_once('-'));
        let is_number = |text: &str| !text.is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit());
        if let Some((least, most)) = bounds.filter(|(least, most)| is_number(least) && is_number(most)) {
            let numbers = vec![least.trim().to_owned(), most.trim().to_owned()];
            let hit = Hit { meaning: Meaning::Within, numbers, end: text.words.len(), ..Hit::default() };
            self.rules.apply(&hit, &mut Sentences::of(text, self.vocabulary));
            return true;
        }
        let Some(list) = value::all(words, self.vocabulary) else { return false };
        let is_whole = words.get(list.length..).is_some_and(|rest| rest.trim_start_matches(['.', '。']).is_empty());
        // A word before an explanation is one of several values.
        let is_sentence = words.ends_with('.') || words.contains(": ");
        if !is_whole || (list.values.len() == 1 && is_sentence) {
            return false;
        }
        self.rules.add(Rule::Values(list.values), words, text.line());
        true
    }

    /// Returns the text of a paragraph that is a value, or begins with one and a sign: `0: off`.
    fn value_paragraph(&self, block: &Block) -> Option<Text> {
        let Block::Paragraph(text) = block else { return None };
        let words = text.words.trim();
        let value = item_value(words)?;
        let is_label = self.vocabulary.label(&value).is_some() || self.vocabulary.is_nothing(&value);
        let is_phrase = self.phrases.find(words).first().is_some_and(|hit| hit.start == 0);
        let has_sign = [": ", "：", " - "].iter().any(|sign| words.contains(sign));
        (!is_label && !is_phrase && (has_sign || value == words)).then(|| text.clone())
    }

    /// Reads texts that begin with a value each. Returns whether all do.
    fn values(&mut self, texts: &[Text]) -> bool {
        let values: Vec<String> = texts.iter().filter_map(|text| item_value(&text.words)).collect();
        let Some(first) = texts.first().filter(|_| values.len() == texts.len()) else { return false };
        let words: Vec<&str> = values.iter().map(String::as_str).collect();
        self.rules.add(Rule::Values(values.clone()), &words.join(", "), first.line());
        for (text, value) in texts.iter().zip(&values) {
            self.rules.collector.mark_text(text, LineUse::Fact);
            if self.vocabulary.is_default(&text.words) {
                self.rules.add(Rule::Default(value.clone()), text.words.trim(), text.line());
            }
        }
        true
    }

    fn list(&mut self, items: &[Vec<Block>]) {
        let texts: Vec<Text> = items.iter().map(|item| first_text(item)).collect();
        let follows = std::mem::take(&mut self.values_follow) || self.label == Some(Label::Range);
        if follows && self.values(&texts) {
            for item in items {
                mark_prose(item, self.rules.collector);
            }
            return;
        }
        // An item of a list that has other items than values is no value either.
        let label = self.label.take_if(|label| *label == Label::Range);
        let mut items = items;
        while let Some((item, rest)) = items.split_first() {
            self.read(item);
            items = rest;
            if !self.values_follow {
                continue;
            }
            // An item such as `Range:`, and the values in the items after it.
            let is_value = |item: &Vec<Block>| match item.as_slice() {
                [only] => self.value_paragraph(only),
                _ => None,
            };
            let texts: Vec<Text> = rest.iter().map_while(is_value).collect();
            if texts.len() > 1 {
                self.values(&texts);
                texts.iter().for_each(|text| self.add_prose(text));
                items = rest.get(texts.len()..).unwrap_or_default();
            }
        }
        self.label = label.or(self.label);
    }
}

/// Splits `- 0: off - 1: on` into its items. Returns `None` if it has fewer than two.
fn dashed(text: &str) -> Option<Vec<&str>> {
    let inner = text.trim().strip_prefix("- ")?;
    let (mut items, mut start) = (Vec::new(), 0);
    for (at, _) in inner.match_indices(" - ") {
        // A dash in an explanation is not before a value.
        if item_value(&inner[at + 3..]).is_some() {
            items.push(&inner[start..at]);
            start = at + 3;
        }
    }
    items.push(&inner[start..]);
    (items.len() > 1).then_some(items)
}

/// Returns the text of the first paragraph of a list item.
fn first_text(item: &[Block]) -> Text {
    let text = |block: &Block| match block {
        Block::Paragraph(text) | Block::Heading(text) => Some(text.clone()),
        _ => None,
    };
    item.iter().find_map(text).unwrap_or_default()
}

/// Returns the value that a list item describes: `**a**: the first` gives `a`.
pub(super) fn item_value(words: &str) -> Option<String> {
    let words = words.trim();
    // No sign after the first dash counts.
    let dash = words.find(" - ");
    let before = dash.map_or(words, |dash| &words[..=dash]);
    let ends = [": ", "：", " (", "（"];
    let end = ends.iter().filter_map(|end| before.find(end)).chain(dash).min().unwrap_or(words.len());
    let value = words.get(..end)?;
    value::allowed(value.trim_end_matches([':', ';', ',']))
}

fn mark_prose(blocks: &[Block], collector: &mut Collector) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(text) => collector.mark_text(text, LineUse::Prose),
            Block::List(items) => items.iter().for_each(|item| mark_prose(item, collector)),
            Block::Code(lines) => lines.iter().for_each(|(line, _)| collector.mark(*line, LineUse::Code)),
            Block::Table(table) => {
                let cells = table.head.iter().chain(table.rows.iter().flatten());
                cells.for_each(|cell| collector.mark_text(&cell.text(), LineUse::Prose));
            }
            Block::Anchor(_) => {}
            Block::Furniture(lines) => lines.iter().for_each(|line| collector.mark(*line, LineUse::Prose)),
            Block::NotRead(lines, reason) => collector.unread_lines(lines, reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    /// Returns the allowed values that the blocks of a description state, and the prose.
    fn described(blocks: &[Block]) -> (Vec<Vec<String>>, String) {
        let vocabulary = vocabulary::of("Mandatory");
        let (mut collector, phrases) = (Collector::new("a.html", 9, vocabulary.name), Phrases::of(vocabulary));
        let mut reader = DescriptionReader::new(&mut collector, &phrases, vocabulary, "a", None);
        reader.read(blocks);
        let values = |rule: &Rule| match rule {
            Rule::Values(values) => Some(values.clone()),
            _ => None,
        };
        (reader.rules.stated.iter().filter_map(|stated| values(&stated.value)).collect(), reader.prose)
    }

    fn paragraphs(words: &[&str]) -> Vec<Block> {
        words.iter().enumerate().map(|(index, words)| Block::Paragraph(Text::on_line(words, index + 1))).collect()
    }

    #[test]
    fn values_are_paragraphs_after_words_that_announce_them() {
        let (values, prose) = described(&paragraphs(&["A color. The options are as follows:", "red", "blue", "Any."]));
        assert_eq!(values, [["red", "blue"]]);
        assert_eq!(prose, "A color. The options are as follows: red blue Any.");
        assert_eq!(described(&paragraphs(&["A color.", "red", "blue"])).0, Vec::<Vec<String>>::new());
        let items = |words| Block::List(paragraphs(words).into_iter().map(|block| vec![block]).collect());
        let list = items(&["A color.", "The options are as follows:", "red", "blue"]);
        assert_eq!(described(&[list]).0, [["red", "blue"]]);
        assert_eq!(described(&[items(&["A color.", "red", "blue"])]).0, Vec::<Vec<String>>::new());
    }

    #[test]
    fn items_begin_with_a_value_after_a_dash() {
        assert_eq!(
            dashed(" - 0: off - 1 (old) - on - a part of it"),
            Some(vec!["0: off", "1 (old)", "on - a part of it"])
        );
        assert_eq!((dashed("- 0: off"), dashed("0 - 1")), (None, None));
        let values = ["a: - b", "a - b: c", "a (b - c)", "a：b - c", "a b - c", "a, - b"].map(item_value);
        let some = |value: &str| Some(value.to_owned());
        assert_eq!(values, [some("a"), some("a"), some("a"), some("a"), None, some("a")]);
    }

    #[test]
    fn the_rest_of_a_long_text_is_recorded() {
        let vocabulary = vocabulary::of("Mandatory");
        let unread = |length: usize| {
            let (mut collector, phrases) = (Collector::new("a.html", 9, vocabulary.name), Phrases::of(vocabulary));
            let mut text = Text::on_line(&"x".repeat(length), 2);
            text.push(" It is red by default.", 3);
            DescriptionReader::new(&mut collector, &phrases, vocabulary, "a", None).read(&[Block::Paragraph(text)]);
            (collector.page.facts.len(), collector.page.unread)
        };
        assert_eq!(unread(1_000), (1, Vec::new()));
        let reason = "the rest of a long text about `a` is not searched for phrases".to_owned();
        assert_eq!(unread(20_001), (0, vec![(2, reason)]));
    }
}
