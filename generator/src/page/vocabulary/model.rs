//! The types of a vocabulary, and look-ups in it.

/// The words of a documentation system.
#[derive(Debug)]
pub struct Vocabulary {
    /// The name of the documentation system.
    pub name: &'static str,
    /// Terms that tell this system from the others. The vocabulary with most of them in a page is used for the page.
    pub signs: &'static [&'static str],
    /// Headings of sections.
    pub sections: &'static [(&'static str, Section)],
    /// Whether a heading that is not in `sections` ends the section above it. Of an unknown documentation system, nobody knows what
    /// is below such a heading.
    pub ends_sections: bool,
    /// Parts of captions that name the place of the rows.
    pub captions: &'static [(&'static str, Place)],
    /// Texts around the name of an object in a caption, such as `Description of the * field`.
    pub object_captions: &'static [&'static str],
    /// Words before the number of a table in a caption or reference.
    pub table_words: &'static [&'static str],
    /// Heads of columns.
    pub columns: &'static [(&'static str, Column)],
    /// Words of a cell that states whether a value is mandatory.
    pub mandatory: &'static [(&'static str, bool)],
    /// Names of types.
    pub types: &'static [(&'static str, TypeWord)],
    /// Labels that divide a description.
    pub labels: &'static [(&'static str, Label)],
    /// Phrases of descriptions. `{n}` and `{m}` are numbers, `{v}` is a value, `{list}` is a list of values, `{characters}` are
    /// names of characters, and `{signs}` are signs such as `!@#`.
    pub phrases: &'static [(&'static str, Meaning)],
    /// Units after numbers: `GB`, `Mbit/s`.
    pub units: &'static [&'static str],
    /// Words of numbers.
    pub numbers: &'static [(&'static str, u64)],
    /// Words before the code of a status.
    pub status_words: &'static [&'static str],
    /// Words that stand for nothing: `None`, `N/A`.
    pub nothing: &'static [&'static str],
    /// Words between the items of a list of values.
    pub separators: &'static [&'static str],
    /// Parts of a sentence with a number which show that the sentence may state a bound. If no phrase reads such a sentence, its
    /// line is reported. Before a part that begins with `#` is a number.
    pub bound_signs: &'static [&'static str],
    /// Words that begin a condition: `if`, `when`. A bound in a sentence with a condition does not hold for every value.
    pub conditions: &'static [&'static str],
    /// Words of the condition that a value is absent, which is when a default applies.
    pub absences: &'static [&'static str],
    /// Words that begin an explanation after a list of values: `red or blue, indicating the color`.
    pub explanations: &'static [&'static str],
    /// Marks of the default in a list of values: `red or blue (default)`.
    pub default_marks: &'static [&'static str],
    /// Words that end a list which does not name all values.
    pub open_ends: &'static [&'static str],
    /// Words of sentences about the characters of a value.
    pub characters: &'static CharacterWords,
    /// The first words of lines that are part of a page but not of its content.
    pub furniture: &'static [&'static str],
    /// The type of a value whose row has no type.
    pub implied_type: TypeWord,
}

/// Words of sentences about the characters of a value: `The value can contain only letters, digits, and hyphens (-).`
#[derive(Debug)]
pub struct CharacterWords {
    /// Names of sets of characters, each with the characters.
    pub sets: &'static [(&'static str, &'static str)],
    /// Words before signs that the page prints: `special characters (!@#)`.
    pub signs: &'static [&'static str],
    /// Words between names.
    pub joints: &'static [&'static str],
    /// Words before a name that say nothing.
    pub fillers: &'static [&'static str],
    /// Words after which a sentence says something else about the characters.
    pub ends: &'static [&'static str],
    /// Words that begin a sentence about the value itself.
    pub subjects: &'static [&'static str],
    /// Words after the names which show that the sentence is about a part of the value.
    pub parts: &'static [&'static str],
}

/// The meaning of a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    /// Prose about the operation.
    Prose,
    /// The method and the path.
    Uri,
    /// The method.
    Method,
    /// Parameters of the query.
    Query,
    /// Headers of the request.
    RequestHeader,
    /// Parameters and body of the request.
    Request,
    /// The body of the request.
    RequestBody,
    /// Everything about the responses.
    Response,
    /// Status codes without a table.
    ResponseStatus,
    /// Headers of the response.
    ResponseHeader,
    /// The body of the response.
    ResponseBody,
    /// Examples of requests.
    RequestExample,
    /// Examples of responses.
    ResponseExample,
    /// Examples of requests and responses.
    Example,
    /// A table of status codes.
    Statuses,
    /// Error codes.
    Errors,
    /// Code that uses the vendor's libraries.
    SampleCode,
    /// Parts of every page of the site, such as a form for feedback.
    Furniture,
}

impl Section {
    /// Returns whether the section describes values of the request or of a response.
    pub fn has_values(self) -> bool {
        use Section::{Query, Request, RequestBody, RequestHeader, Response, ResponseBody, ResponseHeader};
        matches!(
            self,
            Query | Request | RequestBody | RequestHeader | Response | ResponseBody | ResponseHeader | Self::Uri
        )
    }
}

/// The place of a value in a request or a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The path of the URL.
    Path,
    /// The query string.
    Query,
    /// A header of the request.
    Header,
    /// A cookie.
    Cookie,
    /// The body of the request.
    Body,
    /// A header of a response.
    ResponseHeader,
    /// The body of a response.
    ResponseBody,
    /// Any place of the request: the section and the name decide.
    Request,
    /// Any place of a response.
    Response,
    /// Any place: the section decides.
    Open,
}

/// The meaning of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name of a parameter or property.
    Name,
    /// The place of a parameter: path, query, header or cookie.
    Place,
    /// The object that has the property.
    Object,
    /// Whether the value is mandatory.
    Mandatory,
    /// The type.
    Type,
    /// Prose, with bounds and values in phrases.
    Description,
    /// The values that the system allows, as a phrase.
    Values,
    /// The default.
    Default,
    /// An example.
    Example,
    /// The code of a status.
    Status,
    /// The code of an error.
    Code,
    /// Anything else: prose.
    Other,
}

/// The meaning of the name of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TypeWord {
    String,
    Integer,
    Long,
    Number,
    Boolean,
    Array,
    Object,
    /// Any JSON value.
    Any,
}

/// The meaning of a label that divides a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// Prose.
    Definition,
    /// Phrases about the value.
    Constraints,
    /// The allowed values.
    Range,
    /// The default.
    Default,
}

/// The meaning of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Meaning {
    /// A lower bound: of the length of a string, or of a number.
    Least,
    /// An upper bound: of the length of a string, or of a number.
    Most,
    /// A lower and an upper bound: of the length of a string, or of a number.
    Within,
    /// The shortest length.
    MinLength,
    /// The greatest length.
    MaxLength,
    /// The shortest and the greatest length.
    Length,
    /// The only length.
    ExactLength,
    /// The least number.
    Minimum,
    /// The greatest number.
    Maximum,
    /// The least and the greatest number.
    Range,
    /// The least number of items.
    MinItems,
    /// The greatest number of items.
    MaxItems,
    /// The least and the greatest number of items.
    ItemCount,
    /// The default.
    Default,
    /// The default, if it is in the first sentence: in a later one it can be that of a part of the value.
    SubjectDefault,
    /// An example.
    Example,
    /// The only value.
    Fixed,
    /// All values.
    Values,
    /// All values, if there are several. A single word after such a phrase may be prose.
    Choice,
    /// All values, if there are several, in the first sentence: in a later one they can be those of a part of the value.
    SubjectChoice,
    /// All values but the default.
    OtherValues,
    /// All values, in the list or paragraph that follows.
    ValuesFollow,
    /// The form of the value, as a template.
    Form,
    /// A header that may be repeated.
    Repeated,
    /// Letters are in lower case.
    Lowercase,
    /// The set of characters.
    Charset,
    /// Characters that the value does not have.
    Forbidden,
    /// Prose that only looks like a bound.
    #[default]
    Prose,
}

impl Vocabulary {
    /// Returns the meaning of a heading.
    pub fn section(&self, heading: &str) -> Option<Section> {
        let heading = heading.split(['(', '（']).next().unwrap_or_default();
        let heading = heading.trim().trim_end_matches([':', '：']).trim();
        named(self.sections, heading)
    }

    /// Returns the meaning of the head of a column.
    pub fn column(&self, head: &str) -> Option<Column> {
        named(self.columns, head.trim())
    }

    /// Returns whether a cell states that a value is mandatory.
    pub fn mandatory(&self, cell: &str) -> Option<bool> {
        named(self.mandatory, cell.trim().trim_end_matches(['.', '。']))
    }

    /// Returns the label that a line is, such as `Default Value`.
    pub fn label(&self, line: &str) -> Option<Label> {
        named(self.labels, line.trim().trim_end_matches([':', '：']))
    }

    /// Returns whether the words stand for nothing.
    pub fn is_nothing(&self, words: &str) -> bool {
        let words = words.trim().trim_end_matches(['.', '。']);
        self.nothing.iter().any(|nothing| nothing.eq_ignore_ascii_case(words))
    }

    /// Returns whether an item of a list shows that the list does not name all values.
    pub fn is_open_end(&self, item: &str) -> bool {
        let item = item.trim().trim_end_matches(['.', '。']);
        self.open_ends.iter().any(|end| end.eq_ignore_ascii_case(item))
    }

    /// Returns whether an item of a list is marked as the default.
    pub fn is_default(&self, item: &str) -> bool {
        let item = item.to_lowercase();
        self.default_marks.iter().any(|mark| item.contains(mark))
    }

    /// Returns whether an item of a list begins an explanation of the list.
    pub fn is_explanation(&self, item: &str) -> bool {
        self.explanations.iter().any(|start| prefixed(item.trim(), start).is_some())
    }

    /// Returns whether the words are the name of a set of characters.
    pub fn is_charset(&self, words: &str) -> bool {
        self.characters.sets.iter().any(|(name, _)| name.eq_ignore_ascii_case(words.trim()))
    }

    /// Returns whether a sentence has a condition. The condition that a value is absent counts only if `counts_absence` is true.
    pub fn has_condition(&self, sentence: &str, counts_absence: bool) -> bool {
        let sentence = sentence.trim().to_lowercase();
        let is_there = |condition: &&str| {
            let mut places = sentence.match_indices(condition);
            // A word of English begins the condition; a Chinese word is anywhere.
            places.any(|(at, _)| at == 0 || !condition.is_ascii() || !sentence[..at].ends_with(char::is_alphanumeric))
        };
        let has_condition = self.conditions.iter().any(is_there);
        has_condition && (counts_absence || !self.absences.iter().any(|absence| sentence.contains(absence)))
    }

    /// Returns whether a sentence may state a bound. The sentence is in lower case.
    pub fn has_bound_sign(&self, sentence: &str) -> bool {
        let is_there = |sign: &&str| {
            let (sign, needs_number) = sign.strip_prefix("# ").map_or((*sign, false), |sign| (sign, true));
            sentence.match_indices(sign).any(|(at, _)| {
                let before = &sentence[..at];
                match needs_number {
                    true => before.trim_end().ends_with(|last: char| last.is_ascii_digit()),
                    false => !sign.is_ascii() || !before.ends_with(char::is_alphanumeric),
                }
            })
        };
        sentence.bytes().any(|byte| byte.is_ascii_digit()) && self.bound_signs.iter().any(is_there)
    }

    /// Returns the code after the words of a status, such as 200 in `Status code: 200`.
    pub fn status(&self, line: &str) -> Option<u16> {
        let line = line.trim();
        let rest = self.status_words.iter().find_map(|words| prefixed(line, words))?;
        let code = rest.trim_start_matches([':', '：', ' ']).trim();
        let digits = code.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        let is_whole = code[3..].chars().next().is_none_or(|next| !next.is_alphanumeric());
        digits.parse().ok().filter(|_| is_whole && code.chars().count() < 40)
    }
}

/// Returns the entry with this name. Case is ignored.
fn named<T: Copy>(entries: &[(&str, T)], name: &str) -> Option<T> {
    entries.iter().find(|(entry, _)| entry.eq_ignore_ascii_case(name)).map(|(_, meaning)| *meaning)
}

/// Returns the text after `prefix`, if the text begins with it. Case is ignored.
pub fn prefixed<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let start = text.get(..prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}
