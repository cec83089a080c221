//! Reads the rules that descriptions state: bounds, defaults, values, examples.

use crate::json::number;
use crate::page::collector::Collector;
use crate::page::fact::{FactKind, LineUse, Rule, Stated, TypeName};
use crate::page::phrase::{Hit, Phrases};
use crate::page::tree::{Block, Text};
use crate::page::value;
use crate::page::vocabulary::{Label, Meaning, TypeWord, Vocabulary};

/// Reads the description of one parameter or property.
pub(super) struct DescriptionReader<'a> {
    pub(super) collector: &'a mut Collector,
    pub(super) phrases: &'a Phrases,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) subject: &'a str,
    pub(super) kind: Option<&'a TypeName>,
    pub(super) rules: Vec<Stated<Rule>>,
    pub(super) prose: String,
    /// The first words of prose, and their line.
    pub(super) first: Option<(String, usize)>,
    label: Option<Label>,
    values_follow: bool,
    /// Rules for which the description has two values.
    disputed: Vec<Rule>,
}

impl<'a> DescriptionReader<'a> {
    pub(super) fn new(
        collector: &'a mut Collector,
        phrases: &'a Phrases,
        vocabulary: &'static Vocabulary,
        subject: &'a str,
        kind: Option<&'a TypeName>,
    ) -> Self {
        let (rules, prose) = (Vec::new(), String::new());
        Self {
            collector,
            phrases,
            vocabulary,
            subject,
            kind,
            rules,
            prose,
            first: None,
            label: None,
            values_follow: false,
            disputed: Vec::new(),
        }
    }

    /// Reads the blocks of a description.
    pub(super) fn read(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(text) | Block::Heading(text) => self.paragraph(text),
                Block::List(items) => self.list(items),
                Block::Code(lines) => lines.iter().for_each(|(line, _)| self.collector.mark(*line, LineUse::Code)),
                Block::Table(table) => {
                    let cells = table.head.iter().chain(table.rows.iter().flatten());
                    cells.for_each(|cell| self.collector.mark_text(&cell.text(), LineUse::Prose));
                }
                Block::Anchor(_) => {}
                Block::Furniture(lines) => lines.iter().for_each(|line| self.collector.mark(*line, LineUse::Prose)),
                Block::NotRead(lines, reason) => self.collector.unread_lines(lines, reason),
            }
        }
    }

    /// Reads a cell that only has the allowed values, or the form of the value.
    pub(super) fn read_values(&mut self, blocks: &[Block]) {
        for block in blocks {
            if let Block::Paragraph(text) = block
                && text.words.contains('{')
            {
                let words = text.words.trim();
                self.rule(Rule::Form(words.to_owned()), words, text.line());
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
        self.collector.mark_text(text, LineUse::Prose);
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
        self.collector.mark_text(text, LineUse::Prose);
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
                    return self.rule(Rule::Default(value), words, text.line());
                }
            }
            Some(Label::Range) if self.bare_range(text) => return,
            _ => {}
        }
        self.add_prose(text);
        let hits = self.phrases.find(&text.words);
        self.values_follow = false;
        for hit in &hits {
            self.apply(hit, text);
        }
        if let Some(last) = hits.last() {
            let rest = text.words.get(last.end..).unwrap_or_default().trim();
            self.values_follow = last.meaning == Meaning::ValuesFollow && rest.is_empty();
        }
        self.check_bounds(text, &hits);
    }

    /// Reads a paragraph below the label of a range: `0 to 100`, or a list of values. Returns whether it is one.
    fn bare_range(&mut self, text: &Text) -> bool {
        let words = text.words.trim();
        let bounds = words.split_once(" to ").or_else(|| words.split_once('~')).or_else(|| words.split_once('-'));
        let is_number = |text: &str| !text.is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit());
        if let Some((least, most)) = bounds.filter(|(least, most)| is_number(least) && is_number(most)) {
            let numbers = vec![least.trim().to_owned(), most.trim().to_owned()];
            let hit = Hit { meaning: Meaning::Within, numbers, values: Vec::new(), start: 0, end: text.words.len() };
            self.apply(&hit, text);
            return true;
        }
        let Some(list) = value::all(words, self.vocabulary) else { return false };
        let is_whole = words.get(list.length..).is_some_and(|rest| rest.trim_start_matches(['.', '。']).is_empty());
        if !is_whole || (list.values.len() == 1 && words.ends_with('.')) {
            return false;
        }
        self.rule(Rule::Values(list.values), words, text.line());
        true
    }

    fn list(&mut self, items: &[Vec<Block>]) {
        let texts: Vec<Text> = items.iter().map(|item| first_text(item)).collect();
        let values: Vec<String> = texts.iter().filter_map(|text| item_value(&text.words)).collect();
        let follows = std::mem::take(&mut self.values_follow) || self.label == Some(Label::Range);
        if follows && !values.is_empty() && values.len() == texts.len() {
            let words: Vec<&str> = values.iter().map(String::as_str).collect();
            let line = texts.first().map_or(0, Text::line);
            self.rule(Rule::Values(values.clone()), &words.join(", "), line);
            for text in &texts {
                self.collector.mark_text(text, LineUse::Fact);
            }
            for item in items {
                mark_prose(item, self.collector);
            }
            return;
        }
        // An item of a list that has other items than values is no value either.
        let label = self.label.take_if(|label| *label == Label::Range);
        items.iter().for_each(|item| self.read(item));
        self.label = label.or(self.label);
    }

    /// Applies a phrase.
    fn apply(&mut self, hit: &Hit, text: &Text) {
        if self.is_conditional(hit, text) {
            return;
        }
        let words = text.words.get(hit.start..hit.end).unwrap_or_default().to_owned();
        let line = text.line_at(hit.start);
        let base = self.kind.map_or(self.vocabulary.implied_type, |kind| kind.innermost().base);
        let is_number = matches!(base, TypeWord::Integer | TypeWord::Long | TypeWord::Number);
        let is_text = matches!(base, TypeWord::String | TypeWord::Any);
        let number = |index: usize| hit.numbers.get(index).cloned().unwrap_or_default();
        let length = |index: usize| number(index).parse::<u64>().ok();
        let mut rules: Vec<Option<Rule>> = Vec::new();
        match hit.meaning {
            Meaning::MinLength => rules.push(length(0).map(Rule::MinLength).filter(|_| is_text)),
            Meaning::MaxLength => rules.push(length(0).map(Rule::MaxLength).filter(|_| is_text)),
            Meaning::Length if is_text => {
                rules.extend([length(0).map(Rule::MinLength), length(1).map(Rule::MaxLength)]);
            }
            Meaning::ExactLength if is_text => {
                rules.extend([length(0).map(Rule::MinLength), length(0).map(Rule::MaxLength)]);
            }
            Meaning::Least if is_text => rules.push(length(0).map(Rule::MinLength)),
            Meaning::Most if is_text => rules.push(length(0).map(Rule::MaxLength)),
            Meaning::Least | Meaning::Minimum if is_number => rules.push(Some(Rule::Minimum(number(0)))),
            Meaning::Most | Meaning::Maximum if is_number => rules.push(Some(Rule::Maximum(number(0)))),
            Meaning::Within | Meaning::Range if is_number => {
                rules.extend([Some(Rule::Minimum(number(0))), Some(Rule::Maximum(number(1)))]);
            }
            Meaning::MinItems => rules.push(length(0).map(Rule::MinItems)),
            Meaning::MaxItems => rules.push(length(0).map(Rule::MaxItems).filter(|_| self.is_array())),
            Meaning::ItemCount => rules.extend([length(0).map(Rule::MinItems), length(1).map(Rule::MaxItems)]),
            Meaning::Default => rules.extend(hit.values.iter().map(|value| Some(Rule::Default(value.clone())))),
            Meaning::Example => rules.extend(hit.values.iter().map(|value| Some(Rule::Example(value.clone())))),
            Meaning::Fixed | Meaning::Values | Meaning::Choice => rules.push(Some(Rule::Values(hit.values.clone()))),
            Meaning::OtherValues => rules.push(self.with_default(&hit.values)),
            Meaning::Form => rules.extend(hit.values.iter().map(|value| Some(Rule::Form(value.clone())))),
            Meaning::Repeated => rules.push(Some(Rule::Repeated)),
            Meaning::Lowercase => rules.push(Some(Rule::Lowercase)),
            Meaning::Charset => rules.push(self.charset(&words)),
            _ => {}
        }
        for rule in rules.into_iter().flatten() {
            self.rule(rule, &words, line);
        }
    }

    /// Returns whether the sentence of a phrase has a condition, so that the phrase does not hold for every value. A default
    /// may have the condition that the value is absent.
    fn is_conditional(&self, hit: &Hit, text: &Text) -> bool {
        let range = value::sentences(&text.words).find(|range| range.end >= hit.start);
        let sentence = range.and_then(|range| text.words.get(range)).unwrap_or_default();
        match hit.meaning {
            Meaning::Example | Meaning::Repeated | Meaning::Prose | Meaning::ValuesFollow => false,
            Meaning::Default => self.vocabulary.has_condition(sentence, false),
            _ => self.vocabulary.has_condition(sentence, true),
        }
    }

    /// Returns the default and the other values; `None` if the description does not state the default before them.
    fn with_default(&self, others: &[String]) -> Option<Rule> {
        let default = self.rules.iter().find_map(|rule| match &rule.value {
            Rule::Default(value) => Some(value.clone()),
            _ => None,
        })?;
        let others = others.iter().filter(|value| **value != default).cloned();
        Some(Rule::Values(std::iter::once(default.clone()).chain(others).collect()))
    }

    fn is_array(&self) -> bool {
        self.kind.is_some_and(|kind| kind.base == TypeWord::Array)
    }

    /// Reads the names of characters in a phrase: `alphanumeric characters, hyphens and underscores`.
    fn charset(&self, words: &str) -> Option<Rule> {
        let lower = words.to_lowercase();
        let known = self.vocabulary.charsets.iter().filter(|(name, _)| lower.contains(name));
        let letters: String = known.map(|(_, letters)| *letters).collect();
        (!letters.is_empty()).then_some(Rule::Charset(letters))
    }

    /// Adds a rule. If the description states two values of it, the rule depends on a condition: neither is a fact.
    fn rule(&mut self, rule: Rule, words: &str, line: usize) {
        let base = self.kind.map_or(self.vocabulary.implied_type, |kind| kind.innermost().base);
        match fit(&rule, base, self.is_array()) {
            Fit::Fits => {}
            Fit::StatesNothing => return,
            Fit::Differs => {
                let subject = self.subject;
                return self
                    .collector
                    .unread(line, format!("a value does not have the type of `{subject}`: `{words}`"));
            }
        }
        let is_same = |other: &Rule| std::mem::discriminant(other) == std::mem::discriminant(&rule);
        if !matches!(rule, Rule::Example(_)) {
            if self.disputed.iter().any(is_same) {
                return;
            }
            if let Some(index) = self.rules.iter().position(|other| is_same(&other.value)) {
                if self.rules.get(index).is_some_and(|other| !is_equal(&other.value, &rule)) {
                    let other = self.rules.remove(index);
                    self.collector.retract(other.fact);
                    let subject = self.subject;
                    self.collector
                        .unread(line, format!("`{subject}` has two different values for one rule: `{words}`"));
                    self.disputed.push(rule);
                }
                return;
            }
        }
        let kind = match rule {
            Rule::Default(_) => FactKind::Default,
            Rule::Values(_) => FactKind::Values,
            Rule::Example(_) => FactKind::Example,
            Rule::Form(_) | Rule::Charset(_) | Rule::Lowercase | Rule::Repeated => FactKind::Form,
            _ => FactKind::Bound,
        };
        let stated = self.collector.state(kind, self.subject, rule, words, line);
        self.rules.push(stated);
    }

    /// Reports a sentence that seems to state a bound, and that no phrase reads.
    fn check_bounds(&mut self, text: &Text, hits: &[Hit]) {
        for range in value::sentences(&text.words) {
            let words = &text.words[range.clone()];
            let sentence = words.to_lowercase();
            let is_read = hits.iter().any(|hit| hit.start < range.end && hit.end > range.start);
            let has_sign = self.vocabulary.bound_signs.iter().any(|sign| sentence.contains(sign));
            if !is_read && has_sign && sentence.bytes().any(|byte| byte.is_ascii_digit()) {
                let reason = format!("a bound of `{}` is not read: `{}`", self.subject, words.trim());
                self.collector.unread(text.line_at(range.start), reason);
            }
        }
    }
}

/// Returns whether two rules are equal. The order of allowed values does not count.
fn is_equal(left: &Rule, right: &Rule) -> bool {
    match (left, right) {
        (Rule::Values(left), Rule::Values(right)) => {
            left.len() == right.len() && left.iter().all(|value| right.contains(value))
        }
        _ => left == right,
    }
}

/// Whether a rule fits the type of its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    Fits,
    /// The page states nothing by it: every Boolean is true or false, and a value of an object or a list is prose.
    StatesNothing,
    /// The value is not of the type.
    Differs,
}

fn fit(rule: &Rule, base: TypeWord, is_array: bool) -> Fit {
    let values = match rule {
        Rule::MinItems(_) | Rule::MaxItems(_) | Rule::Repeated => return Fit::Fits,
        _ if base == TypeWord::Object => return Fit::StatesNothing,
        Rule::Default(value) if is_array || value == "null" => return Fit::StatesNothing,
        Rule::Values(_) if base == TypeWord::Boolean => return Fit::StatesNothing,
        Rule::Values(values) => values.as_slice(),
        Rule::Default(value) | Rule::Example(value) => std::slice::from_ref(value),
        _ => return Fit::Fits,
    };
    let is_of_type = |value: &String| match base {
        TypeWord::Integer | TypeWord::Long => value.parse::<i128>().is_ok(),
        TypeWord::Number => number::parse(value).is_some(),
        TypeWord::Boolean => ["true", "false"].contains(&value.to_ascii_lowercase().as_str()),
        _ => true,
    };
    match rule {
        _ if values.iter().all(is_of_type) => Fit::Fits,
        // A part of a sentence about the value, such as an example of its text.
        Rule::Example(_) => Fit::StatesNothing,
        _ => Fit::Differs,
    }
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
    let ends = [": ", "：", " - ", " (", "（"];
    let end = ends.iter().filter_map(|end| words.find(end)).min().unwrap_or(words.len());
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
