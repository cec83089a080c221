//! Reads names, numbers and strings of a JSONPath.

use serde_json::{Number, Value};

/// The largest integer of a JSONPath (RFC 7493).
const MAX_INTEGER: i64 = (1 << 53) - 1;

/// The text of a JSONPath, and how much of it is read.
pub(super) struct Lexer<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, rest: text }
    }

    /// Returns the problem that `expected` is missing here.
    pub(super) fn expected<T>(&self, expected: &str) -> Result<T, String> {
        let read = self.text.len() - self.rest.len();
        Err(format!("{expected} is expected at character {}", self.text[..read].chars().count() + 1))
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Skips spaces and line ends.
    pub(super) fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    /// Reads `token` if the rest begins with it.
    pub(super) fn take(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Reads `token`, with spaces before it if `token` follows them.
    pub(super) fn take_after_blanks(&mut self, token: &str) -> bool {
        let before = self.rest;
        self.skip_blanks();
        let is_there = self.take(token);
        if !is_there {
            self.rest = before;
        }
        is_there
    }

    /// Reads the characters for which `is_part` is true.
    pub(super) fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|letter| !is_part(letter)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// Reads a member name without quotes.
    pub(super) fn member_name(&mut self) -> Result<String, String> {
        let is_first = |letter: char| letter.is_ascii_alphabetic() || letter == '_' || !letter.is_ascii();
        match self.peek() {
            Some(letter) if is_first(letter) => {
                Ok(self.take_while(|letter| is_first(letter) || letter.is_ascii_digit()).to_owned())
            }
            _ => self.expected("a member name"),
        }
    }

    /// Reads the name of a function if `(` follows it.
    pub(super) fn function_name(&mut self) -> Option<&'t str> {
        let before = self.rest;
        let is_part = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let name = self.take_while(is_part);
        if name.starts_with(|letter: char| letter.is_ascii_lowercase()) && self.take("(") {
            return Some(name);
        }
        self.rest = before;
        None
    }

    /// Reads an integer. Returns `None` if there is none here.
    pub(super) fn integer(&mut self) -> Result<Option<i64>, String> {
        let before = self.rest;
        let sign = if self.take("-") { "-" } else { "" };
        let digits = self.take_while(|letter| letter.is_ascii_digit());
        if digits.is_empty() && sign.is_empty() {
            return Ok(None);
        }
        let integer = format!("{sign}{digits}").parse().ok().filter(|integer: &i64| integer.abs() <= MAX_INTEGER);
        let is_plain = !digits.starts_with('0') || (digits.len() == 1 && sign.is_empty());
        if let Some(integer) = integer.filter(|_| is_plain) {
            return Ok(Some(integer));
        }
        self.rest = before;
        self.expected("an integer")
    }

    /// Reads a number in the notation of JSON.
    pub(super) fn number(&mut self) -> Result<Value, String> {
        let before = self.rest;
        let word = self.take_while(|letter| letter.is_ascii_digit() || matches!(letter, '-' | '+' | '.' | 'e' | 'E'));
        match serde_json::from_str::<Number>(word) {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => {
                self.rest = before;
                self.expected("a number")
            }
        }
    }

    /// Reads a string in single or double quotes.
    pub(super) fn string(&mut self) -> Result<String, String> {
        let quote = match self.peek() {
            Some(quote @ ('\'' | '"')) => quote,
            _ => return self.expected("a string in quotes"),
        };
        self.advance();
        let mut text = String::new();
        loop {
            match self.peek() {
                Some(letter) if letter == quote => {
                    self.advance();
                    return Ok(text);
                }
                Some('\\') => {
                    self.advance();
                    text.push(self.escaped(quote)?);
                }
                Some(letter) if letter >= ' ' => {
                    self.advance();
                    text.push(letter);
                }
                _ => return self.expected("the end of the string"),
            }
        }
    }

    /// Skips one character.
    fn advance(&mut self) {
        let mut letters = self.rest.chars();
        letters.next();
        self.rest = letters.as_str();
    }

    /// Reads the character that follows a backslash.
    fn escaped(&mut self, quote: char) -> Result<char, String> {
        let letter = match self.peek() {
            Some(letter) if letter == quote => letter,
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some(letter @ ('/' | '\\')) => letter,
            Some('u') => {
                self.advance();
                return self.code_point();
            }
            _ => return self.expected("an escape sequence"),
        };
        self.advance();
        Ok(letter)
    }

    /// Reads the digits after `\u`, and a second escape sequence if the first is half of a surrogate pair.
    fn code_point(&mut self) -> Result<char, String> {
        let first = self.four_digits()?;
        let code = match first {
            0xd800..0xdc00 if self.take("\\u") => match self.four_digits()? {
                second @ 0xdc00..0xe000 => 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00),
                _ => return self.expected("the second half of a surrogate pair"),
            },
            _ => first,
        };
        char::from_u32(code).map_or_else(|| self.expected("a surrogate pair"), Ok)
    }

    fn four_digits(&mut self) -> Result<u32, String> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let Some(code) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return self.expected("four hexadecimal digits");
        };
        self.rest = &self.rest[4..];
        Ok(code)
    }
}
