//! Splits a text into words, numbers and signs.

/// A word, a number or a sign, with its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Token<'t> {
    pub text: &'t str,
    pub start: usize,
}

/// Splits a text into words, numbers and signs.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        if letter.is_ascii_alphanumeric() {
            let is_number = letter.is_ascii_digit();
            while let Some((at, next)) = letters.peek().copied() {
                let follows = text[at + next.len_utf8()..].chars().next();
                let is_inner = is_number
                    && matches!(next, ',' | '.')
                    && follows.is_some_and(|follows| follows.is_ascii_digit())
                    && (next == '.' || text[at + 1..].bytes().take_while(u8::is_ascii_digit).count() == 3);
                if !(next.is_ascii_alphanumeric() || next == '_' || is_inner) {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
        }
        tokens.push(Token { text: &text[start..end], start });
    }
    tokens
}
