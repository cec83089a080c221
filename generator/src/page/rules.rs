//! Turns the phrases of a description into rules: bounds, defaults, values, examples. A rule fits the type of its row.

use crate::json::number;
use crate::page::collector::Collector;
use crate::page::fact::{FactKind, Rule, Stated, TypeName};
use crate::page::phrase::Hit;
use crate::page::sentences::Sentences;
use crate::page::tree::Text;
use crate::page::value;
use crate::page::vocabulary::{Meaning, TypeWord, Vocabulary};
use crate::text::boundary::floor_char_boundary;

/// Collects the rules of one parameter or property.
pub(super) struct RuleCollector<'a> {
    pub(super) collector: &'a mut Collector,
    pub(super) vocabulary: &'static Vocabulary,
    pub(super) subject: &'a str,
    pub(super) kind: Option<&'a TypeName>,
    pub(super) stated: Vec<Stated<Rule>>,
    /// Rules for which the description has two values.
    pub(super) disputed: Vec<Rule>,
    /// Whether the text is the first of the description.
    pub(super) is_first: bool,
}

impl RuleCollector<'_> {
    /// Adds the rules that a phrase states.
    pub(super) fn apply(&mut self, hit: &Hit, sentences: &mut Sentences<'_>) {
        if is_conditional(hit, sentences) || !self.is_about_value(hit, sentences) {
            return;
        }
        let text = sentences.text;
        let words = text.words.get(hit.start..hit.end).unwrap_or_default().to_owned();
        let line = text.line_at(hit.start);
        let base = self.kind.map_or(self.vocabulary.implied_type, |kind| kind.innermost().base);
        let is_number = is_number_type(base);
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
            Meaning::SubjectDefault => rules.extend(hit.values.iter().map(|value| Some(Rule::Default(value.clone())))),
            Meaning::Fixed | Meaning::Values | Meaning::Choice | Meaning::SubjectChoice => {
                rules.push(Some(Rule::Values(hit.values.clone())))
            }
            Meaning::OtherValues => rules.push(self.with_default(&hit.values)),
            Meaning::Form => rules.extend(hit.values.iter().map(|value| Some(Rule::Form(value.clone())))),
            Meaning::Repeated => rules.push(Some(Rule::Repeated)),
            Meaning::Lowercase => rules.push(Some(Rule::Lowercase)),
            Meaning::Charset => rules.extend(hit.values.first().map(|letters| Some(Rule::Charset(letters.clone())))),
            Meaning::Forbidden => {
                rules.extend(hit.values.first().map(|letters| Some(Rule::Forbidden(letters.clone()))))
            }
            // The page has no type for the items, so nobody knows whether these are lengths or numbers.
            meaning if base == TypeWord::Array && is_bound(meaning) => {
                let reason = format!("the items of `{}` have no type, and a bound: `{words}`", self.subject);
                self.collector.unread(line, reason);
            }
            _ => {}
        }
        rules.extend(hit.default.clone().map(|value| Some(Rule::Default(value))));
        let words = share(&words, rules.len());
        for rule in rules.into_iter().flatten() {
            self.add(rule, words, line);
        }
    }

    /// Returns whether a phrase is about the value itself, rather than about a part of it that the sentence names.
    fn is_about_value(&mut self, hit: &Hit, sentences: &Sentences<'_>) -> bool {
        let text = sentences.text;
        let Some(range) = sentences.at(hit.start) else { return true };
        match hit.meaning {
            Meaning::SubjectChoice | Meaning::SubjectDefault => self.is_first && range.start == 0,
            Meaning::Charset => {
                let before = text.words.get(range.start..hit.start).unwrap_or_default().trim().to_lowercase();
                let after = text.words.get(hit.end..range.end.max(hit.end)).unwrap_or_default();
                // The last word of a name such as `tag_key`.
                let name = self.subject.rsplit(['_', '-', '.']).next().unwrap_or_default().to_lowercase();
                let words = self.vocabulary.characters;
                let is_own = before.is_empty()
                    || words.subjects.iter().any(|start| before.starts_with(start))
                    || before.ends_with(['(', ':'])
                    || before.contains(name.as_str());
                let is_whole = !words.parts.iter().any(|part| after.trim_start().starts_with(part));
                if !(is_own && is_whole) {
                    let words = text.words.get(hit.start..hit.end).unwrap_or_default();
                    let reason = format!("these may be the characters of a part of `{}`: `{words}`", self.subject);
                    self.collector.unread(text.line_at(hit.start), reason);
                }
                is_own && is_whole
            }
            _ => true,
        }
    }

    /// Returns the default and the other values; `None` if the description does not state the default before them.
    fn with_default(&self, others: &[String]) -> Option<Rule> {
        let default = self.stated.iter().find_map(|rule| match &rule.value {
            Rule::Default(value) => Some(value.clone()),
            _ => None,
        })?;
        let others = others.iter().filter(|value| **value != default).cloned();
        Some(Rule::Values(std::iter::once(default.clone()).chain(others).collect()))
    }

    fn is_array(&self) -> bool {
        self.kind.is_some_and(|kind| kind.base == TypeWord::Array)
    }

    /// Adds a rule. If the description states two values of it, the rule depends on a condition: neither is a fact.
    pub(super) fn add(&mut self, rule: Rule, words: &str, line: usize) {
        let base = self.kind.map_or(self.vocabulary.implied_type, |kind| kind.innermost().base);
        let rule = match rule {
            // A word such as `None`, and a number with separators: `1,000`. A slash is a value, although it stands for nothing in a cell.
            Rule::Default(value) if value != "/" && self.vocabulary.nothing.contains(&value.as_str()) => return,
            Rule::Default(value) if is_number_type(base) => Rule::Default(without_separators(&value)),
            rule => rule,
        };
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
            if let Some(index) = self.stated.iter().position(|other| is_same(&other.value)) {
                if self.stated.get(index).is_some_and(|other| !is_equal(&other.value, &rule)) {
                    let other = self.stated.remove(index);
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
            Rule::Form(_) | Rule::Charset(_) | Rule::Forbidden(_) | Rule::Lowercase | Rule::Repeated => FactKind::Form,
            _ => FactKind::Bound,
        };
        let stated = self.collector.state(kind, self.subject, rule, words, line);
        self.stated.push(stated);
    }

    /// Reports a sentence that seems to state a bound, and that no phrase reads.
    pub(super) fn check_bounds(&mut self, text: &Text, hits: &[Hit]) {
        for range in value::sentences(&text.words) {
            let words = &text.words[range.clone()];
            let sentence = words.to_lowercase();
            // The phrases are in order, and do not overlap.
            let next = hits.partition_point(|hit| hit.end <= range.start);
            let is_read = hits.get(next).is_some_and(|hit| hit.start < range.end);
            let is_conditional = || self.vocabulary.has_condition(&sentence, true);
            if !is_read && self.vocabulary.has_bound_sign(&sentence) && !is_conditional() {
                let reason = format!("a bound of `{}` is not read: `{}`", self.subject, words.trim());
                self.collector.unread(text.line_at(range.start), reason);
            }
        }
    }
}

/// Returns whether the sentence of a phrase has a condition, so that the phrase does not hold for every value. A default may have
/// the condition that the value is absent.
fn is_conditional(hit: &Hit, sentences: &mut Sentences<'_>) -> bool {
    match hit.meaning {
        Meaning::Example | Meaning::Repeated | Meaning::Prose | Meaning::ValuesFollow => false,
        Meaning::Default | Meaning::SubjectDefault => sentences.has_condition(hit.start, false),
        // A quota that the vendor can raise, or a bound of each item.
        Meaning::MinItems | Meaning::MaxItems if sentences.is_quota(hit.start) => true,
        _ => sentences.has_condition(hit.start, true),
    }
}

/// The number of bytes of words that the facts of one phrase have together: 100 examples in 1,000 bytes. Real lists of examples
/// have less than ten.
const MOST_WORDS: usize = 100_000;

/// The number of bytes of words that every fact can have.
const LEAST_WORDS: usize = 40;

/// Returns the words of a phrase that each of its facts repeats: all, or the start if there are many facts.
fn share(words: &str, facts: usize) -> &str {
    let most = (MOST_WORDS / facts.max(1)).max(LEAST_WORDS);
    &words[..floor_char_boundary(words, most)]
}

/// Returns whether a phrase states bounds of a text or a number.
fn is_bound(meaning: Meaning) -> bool {
    use Meaning::{ExactLength, Least, Length, MaxLength, Maximum, MinLength, Minimum, Most, Range, Within};
    matches!(meaning, Least | Most | Within | MinLength | MaxLength | Length | ExactLength | Minimum | Maximum | Range)
}

fn is_number_type(base: TypeWord) -> bool {
    matches!(base, TypeWord::Integer | TypeWord::Long | TypeWord::Number)
}

/// Returns a number without the commas between thousands.
fn without_separators(number: &str) -> String {
    let mut groups = number.split(',');
    let are_groups = groups.next().is_some_and(|first| !first.is_empty()) && groups.all(|group| group.len() == 3);
    if are_groups { number.replace(',', "") } else { number.to_owned() }
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
        Rule::Form(_) | Rule::Charset(_) | Rule::Forbidden(_) | Rule::Lowercase
            if !matches!(base, TypeWord::String | TypeWord::Any) =>
        {
            return Fit::StatesNothing;
        }
        Rule::Values(values) => values.as_slice(),
        Rule::Default(value) | Rule::Example(value) | Rule::Minimum(value) | Rule::Maximum(value) => {
            std::slice::from_ref(value)
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_facts_of_a_phrase_share_100000_bytes_of_words() {
        let words = "x".repeat(1_001);
        let shared = [0, 1, 99, 100, 1_000, 9_000].map(|facts| share(&words, facts).len());
        assert_eq!(shared, [1_001, 1_001, 1_001, 1_000, 100, 40]);
        assert_eq!(share(&"é".repeat(1_001), 297).len(), 336);
    }
}
