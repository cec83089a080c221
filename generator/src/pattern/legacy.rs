//! Rewrites patterns that are valid only without the flag `u`, such as `\d\-\d`, to patterns with the same meaning that are valid
//! with the flag.
//!
//! OpenAPI 3.0 refers to ECMA-262 5.1, which has no flag `u`. There, a backslash may stand before any character that is not a letter
//! or digit, and braces and brackets that belong to no construct stand for themselves.

/// Returns a pattern that is valid with the flag `u`, and has the meaning that `pattern` has without the flag. Returns `None` for
/// a pattern that probably means something else, such as `\A` or `[[:alpha:]]`, which other regular expression languages have.
pub(super) fn modernized(pattern: &str) -> Option<String> {
    if pattern.contains("[[:") {
        return None;
    }
    let groups = pattern.matches('(').count();
    let mut rest: Vec<char> = pattern.chars().rev().collect();
    let mut modern = String::with_capacity(pattern.len() + 8);
    while let Some(letter) = rest.pop() {
        match letter {
            '\\' => modern.push_str(&escape(&mut rest, groups, false)?),
            '[' => class(&mut rest, &mut modern)?,
            '{' if !is_quantifier(&rest) => modern.push_str(r"\{"),
            '{' => {
                modern.push('{');
                while let Some(inner) = rest.pop() {
                    modern.push(inner);
                    if inner == '}' {
                        break;
                    }
                }
            }
            ']' | '}' => modern.extend(['\\', letter]),
            other => modern.push(other),
        }
    }
    Some(modern)
}

/// Rewrites a character class. `rest` begins after the `[`.
fn class(rest: &mut Vec<char>, modern: &mut String) -> Option<()> {
    modern.push('[');
    if rest.last() == Some(&'^') {
        rest.pop();
        modern.push('^');
    }
    // The last member of the class, if a range can begin with it, and whether it stands for several characters, such as `\d`.
    let mut before: Option<bool> = None;
    loop {
        match rest.pop()? {
            ']' => {
                modern.push(']');
                return Some(());
            }
            '-' if before.is_some() && !matches!(rest.last(), Some(']')) => {
                // If one end of a range stands for several characters, the hyphen stands for itself.
                let next = rest.pop()?;
                let (end, is_set) = member(next, rest)?;
                let is_range = before == Some(false) && !is_set;
                modern.push_str(if is_range { "-" } else { r"\-" });
                modern.push_str(&end);
                before = if is_range { None } else { Some(is_set) };
            }
            letter => {
                let (text, is_set) = member(letter, rest)?;
                modern.push_str(&text);
                before = Some(is_set);
            }
        }
    }
}

/// Rewrites a member of a class that begins with `letter`. Also returns whether the member stands for several characters.
fn member(letter: char, rest: &mut Vec<char>) -> Option<(String, bool)> {
    if letter != '\\' {
        let text = if "-^[".contains(letter) { format!("\\{letter}") } else { letter.to_string() };
        return Some((text, false));
    }
    let is_set = rest.last().is_some_and(|next| "dDsSwWpP".contains(*next));
    Some((escape(rest, 0, true)?, is_set))
}

/// Rewrites an escape. `rest` begins after the backslash. `groups` is the number of capturing groups of the pattern.
fn escape(rest: &mut Vec<char>, groups: usize, in_class: bool) -> Option<String> {
    let letter = rest.pop()?;
    Some(match letter {
        '0'..='9' => return number(letter, rest, groups),
        'b' | 'd' | 'D' | 's' | 'S' | 'w' | 'W' | 'f' | 'n' | 'r' | 't' | 'v' => format!("\\{letter}"),
        'B' | 'k' if !in_class => format!("\\{letter}"),
        // The operands of these escapes are ordinary characters, so they need no change.
        'c' | 'x' => format!("\\{letter}{}", rest.pop()?),
        'u' | 'p' | 'P' => match rest.last() {
            Some('{') => {
                let mut text = format!("\\{letter}");
                while !text.ends_with('}') {
                    text.push(rest.pop()?);
                }
                text
            }
            _ => format!("\\{letter}"),
        },
        letter if letter.is_alphanumeric() => return None,
        letter if r"^$\.*+?()[]{}|/".contains(letter) || (in_class && letter == '-') => format!("\\{letter}"),
        other => other.to_string(),
    })
}

/// Rewrites an escape that begins with a digit: a backreference, or a character with an octal code.
fn number(first: char, rest: &mut Vec<char>, groups: usize) -> Option<String> {
    let mut digits = first.to_string();
    while let Some(digit) = rest.last().copied().filter(char::is_ascii_digit) {
        digits.push(digit);
        rest.pop();
    }
    if first != '0' && digits.parse::<usize>().is_ok_and(|group| group <= groups) {
        return Some(format!("\\{digits}"));
    }
    // An octal code has at most three digits, and is at most 377.
    let most = if first <= '3' { 3 } else { 2 };
    let octal = digits.chars().take(most).take_while(|digit| digit.is_digit(8)).count();
    if octal == 0 {
        return None;
    }
    let (code, others) = digits.split_at(octal);
    Some(format!("\\x{:02x}{others}", u32::from_str_radix(code, 8).ok()?))
}

/// Returns whether the text after a `{` is the rest of a quantifier: `2}`, `2,}` or `2,5}`.
fn is_quantifier(rest: &[char]) -> bool {
    let inner: String = rest.iter().rev().take_while(|letter| **letter != '}').collect();
    let is_closed = rest.len() > inner.chars().count();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_closed
        && match inner.split_once(',') {
            Some((least, most)) => is_number(least) && (most.is_empty() || is_number(most)),
            None => is_number(&inner),
        }
}
