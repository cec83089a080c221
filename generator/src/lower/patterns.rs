//! Patterns: which ones are a sequence of bounded character classes that one greedy pass decides, and which need an engine.

use crate::ir::{Matcher, Piece};

/// Decides how `pattern` is matched. The caller has made sure that it is a regular expression.
pub fn matcher(pattern: &str) -> Matcher {
    classes(pattern).unwrap_or(Matcher::Engine)
}

fn classes(pattern: &str) -> Option<Matcher> {
    let (anchored_start, rest) = strip_first(pattern, '^');
    let anchored_end = rest.ends_with('$') && !rest.ends_with("\\$");
    let body = if anchored_end { &rest[..rest.len() - 1] } else { rest };
    let mut reader = Reader { letters: body.chars().collect(), at: 0 };
    let mut pieces = Vec::new();
    while reader.at < reader.letters.len() {
        let ranges = reader.atom()?;
        let (min, max) = reader.repetition()?;
        pieces.push(Piece { ranges, min, max });
    }
    if !anchored_start {
        pieces.reverse();
        shorten(&mut pieces);
        pieces.reverse();
    }
    if !anchored_end {
        shorten(&mut pieces);
    }
    greedy_is_right(&pieces).then_some(Matcher::Classes { anchored_start, anchored_end, pieces })
}

/// At an end that is not anchored a text matches if it does so with as few characters as may be: taking more of them costs time,
/// at every place where a match may begin.
fn shorten(pieces: &mut Vec<Piece>) {
    while let Some(mut last) = pieces.pop() {
        last.max = Some(last.min);
        if last.min > 0 {
            return pieces.push(last);
        }
    }
}

fn strip_first(text: &str, first: char) -> (bool, &str) {
    text.strip_prefix(first).map_or((false, text), |rest| (true, rest))
}

/// Taking as many as possible is right where nothing that may follow a class could have used what the class took.
fn greedy_is_right(pieces: &[Piece]) -> bool {
    pieces.iter().enumerate().all(|(index, piece)| {
        if piece.max == Some(piece.min) {
            return true;
        }
        let needed = pieces[index + 1..].iter().position(|next| next.min > 0);
        let followers = &pieces[index + 1..needed.map_or(pieces.len(), |offset| index + offset + 2)];
        followers.iter().all(|next| disjoint(&piece.ranges, &next.ranges))
    })
}

fn disjoint(left: &[(char, char)], right: &[(char, char)]) -> bool {
    left.iter().all(|(first, last)| right.iter().all(|(from, to)| last < from || to < first))
}

/// Reads atoms and repetitions; answers `None` for everything beyond them.
struct Reader {
    letters: Vec<char>,
    at: usize,
}

impl Reader {
    fn next(&mut self) -> Option<char> {
        let letter = self.letters.get(self.at).copied()?;
        self.at += 1;
        Some(letter)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.letters.get(self.at) == Some(&wanted);
        self.at += usize::from(found);
        found
    }

    /// One character or one class.
    fn atom(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            '[' => self.class(),
            '\\' => self.escape(),
            '(' | ')' | '|' | '*' | '+' | '?' | '{' | '}' | ']' | '^' | '$' | '.' => None,
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// The inside of `[…]`.
    fn class(&mut self) -> Option<Vec<(char, char)>> {
        let negated = self.eat('^');
        let mut ranges = Vec::new();
        while !self.eat(']') {
            let first = self.class_atom()?;
            let starts_range = self.letters.get(self.at) == Some(&'-') && self.letters.get(self.at + 1) != Some(&']');
            if !starts_range {
                ranges.extend(first);
                continue;
            }
            self.at += 1;
            match (first.as_slice(), self.class_atom()?.as_slice()) {
                (&[(first, same)], &[(last, alike)]) if first == same && last == alike && first <= last => {
                    ranges.push((first, last))
                }
                _ => return None,
            }
        }
        let ranges = merged(ranges);
        match (negated, ranges.is_empty()) {
            (false, true) => None,
            (false, false) => Some(ranges),
            (true, _) => Some(complement(&ranges)),
        }
    }

    fn class_atom(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            '\\' => self.escape(),
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// What follows a backslash: the ASCII classes and escaped punctuation.
    fn escape(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            'd' => Some(vec![('0', '9')]),
            'w' => Some(vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]),
            't' => Some(vec![('\t', '\t')]),
            'n' => Some(vec![('\n', '\n')]),
            'r' => Some(vec![('\r', '\r')]),
            letter if letter.is_ascii_punctuation() => Some(vec![(letter, letter)]),
            _ => None,
        }
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}` or nothing; a lazy one takes the same texts as a greedy one where greedy is right.
    fn repetition(&mut self) -> Option<(usize, Option<usize>)> {
        let bounds = match self.letters.get(self.at) {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(),
            _ => return Some((1, Some(1))),
        };
        self.at += 1;
        (!matches!(self.letters.get(self.at), Some('?' | '+' | '*'))).then_some(bounds)
    }

    fn counted(&mut self) -> Option<(usize, Option<usize>)> {
        let close = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inside: String = self.letters[self.at + 1..self.at + close].iter().collect();
        self.at += close + 1;
        let (min, max) = match inside.split_once(',') {
            None => (inside.parse().ok()?, Some(inside.parse().ok()?)),
            Some((min, "")) => (min.parse().ok()?, None),
            Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
        };
        let lazy = self.letters.get(self.at) == Some(&'?');
        (!lazy && max.is_none_or(|max| min <= max)).then_some((min, max))
    }
}

/// The same characters as ascending ranges that do not touch.
fn merged(mut ranges: Vec<(char, char)>) -> Vec<(char, char)> {
    ranges.sort_unstable();
    let mut out: Vec<(char, char)> = Vec::new();
    for (first, last) in ranges {
        match out.last_mut() {
            Some((_, end)) if first <= successor(*end) => *end = (*end).max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

/// All other characters.
fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut out = Vec::new();
    let mut next = Some('\0');
    for &(first, last) in ranges {
        if let Some(start) = next.filter(|start| *start < first) {
            out.push((start, predecessor(first)));
        }
        next = (last < char::MAX).then(|| successor(last));
    }
    out.extend(next.map(|start| (start, char::MAX)));
    out
}

/// The next character; the surrogates are none.
fn successor(letter: char) -> char {
    (u32::from(letter) + 1..=u32::from(char::MAX)).find_map(char::from_u32).unwrap_or(char::MAX)
}

fn predecessor(letter: char) -> char {
    (0..u32::from(letter)).rev().find_map(char::from_u32).unwrap_or('\0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(pattern: &str) -> Option<Vec<Piece>> {
        match matcher(pattern) {
            Matcher::Classes { pieces, .. } => Some(pieces),
            Matcher::Engine => None,
        }
    }

    #[test]
    fn sequences_of_classes_need_no_engine() {
        let any_of = |ranges: &[(char, char)], min, max| Piece { ranges: ranges.to_vec(), min, max };
        assert_eq!(pieces("^[^A-Z]*$"), Some(vec![any_of(&[('\0', '@'), ('[', char::MAX)], 0, None)]));
        assert_eq!(
            pieces("^[^:]+:"),
            Some(vec![any_of(&[('\0', '9'), (';', char::MAX)], 1, None), any_of(&[(':', ':')], 1, Some(1))])
        );
        assert_eq!(pieces("a*b+$"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(pieces("^b+a*"), Some(vec![any_of(&[('b', 'b')], 1, Some(1))]));
        assert_eq!(pieces(r"^\d{4}-\d{2}$").map(|pieces| pieces.len()), Some(3));
        assert_eq!(pieces(r"^[A-Za-z0-9_-]{1,64}$").map(|pieces| pieces[0].ranges.len()), Some(5));
    }

    #[test]
    fn what_a_greedy_pass_could_get_wrong_goes_to_the_engine() {
        for pattern in ["^a*ab$", "^(a|b)$", "a.b", "^[a-z]+[a-z]$", "^a+?$", r"^\s$", "[]", r"^\u0041$", "^a?b?a$"] {
            assert_eq!(pieces(pattern), None, "{pattern}");
        }
    }
}
