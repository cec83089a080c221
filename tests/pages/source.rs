//! Edits of the source of a page: words in a line, rows and columns of tables.

use std::ops::Range;

use copperplate::page::Format;

/// A page without a row, and with the row twice under two names.
pub struct Edit {
    /// The page without the row.
    pub removed: String,
    /// The page with the row twice.
    pub doubled: String,
    /// The lines of the second row.
    pub added: Range<usize>,
}

/// Replaces words in a line that are not part of a longer word. In a table of text, the columns stay where they are.
pub fn replaced_in_line(text: &str, line: usize, words: &str, other: &str) -> Option<String> {
    let range = line_range(text, line)?;
    let changed = replaced(&text[range.clone()], words, other)?;
    Some(format!("{}{changed}{}", &text[..range.start], &text[range.end..]))
}

fn replaced(line: &str, words: &str, other: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let is_free = |at: usize| {
        let is_in_tag = line[..at].rfind('<') > line[..at].rfind('>') && line.contains('>');
        !is_in_tag && !line[..at].ends_with(is_part) && !line[at + words.len()..].starts_with(is_part)
    };
    let (at, _) = line.match_indices(words).find(|(at, _)| is_free(*at)).filter(|_| !words.is_empty())?;
    let rest = &line[at + words.len()..];
    let (new, old) = (other.chars().count(), words.chars().count());
    let is_table = line.trim_start().starts_with('|');
    let rest = match new.checked_sub(old) {
        // A cell of a simple table.
        Some(longer) if !is_table && rest.starts_with(&" ".repeat(longer + 2)) => rest[longer..].to_owned(),
        None if !is_table && rest.starts_with("  ") => " ".repeat(old - new) + rest,
        _ if !is_table => rest.to_owned(),
        // The cell must have as many spaces at its end.
        Some(longer) => {
            let spaces = " ".repeat(longer);
            let place = rest.find(&format!("{spaces} |"))?;
            format!("{}{}", &rest[..place], &rest[place + longer..])
        }
        None => {
            let bar = rest.find('|')?;
            format!("{}{}{}", &rest[..bar], " ".repeat(old - new), &rest[bar..])
        }
    };
    Some(format!("{}{other}{rest}", &line[..at]))
}

fn line_range(text: &str, line: usize) -> Option<Range<usize>> {
    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
    let rest = text.get(start..)?;
    Some(start..start + rest.find('\n').unwrap_or(rest.len()))
}

/// Returns another name of the same length.
pub fn other_name(name: &str) -> Option<String> {
    let last = name.chars().next_back().filter(char::is_ascii_alphanumeric)?;
    Some(format!("{}{}", &name[..name.len() - 1], if last == 'q' { 'z' } else { 'q' }))
}

/// Returns the opposite of the words for "mandatory".
pub fn opposite(words: &str) -> Option<&'static str> {
    let pairs = [
        ("Yes", "No"),
        ("No", "Yes"),
        ("是", "否"),
        ("否", "是"),
        ("Mandatory", "Optional"),
        ("Optional", "Mandatory"),
    ];
    pairs.iter().find(|(word, _)| *word == words).map(|(_, other)| *other)
}

/// Returns words with another last number.
pub fn other_number(words: &str) -> Option<String> {
    let end = words.rfind(|letter: char| letter.is_ascii_digit())? + 1;
    // `1,024` becomes `1,025`.
    let digit = words[end - 1..end].parse::<u8>().ok()?;
    Some(format!("{}{}{}", &words[..end - 1], if digit == 9 { 8 } else { digit + 1 }, &words[end..]))
}

/// Returns the page with another value of a member of JSON that begins in a line.
pub fn other_member(text: &str, line: usize, name: &str) -> Option<String> {
    let range = line_range(text, line)?;
    let old = &text[range.clone()];
    let after = old.find(name)? + name.len();
    let colon = after + old[after..].find(':')? + 1;
    let value = old[colon..].trim_start();
    let start = old.len() - value.len();
    let changed = match value.as_bytes().first()? {
        b'"' if value[1..].starts_with(|first: char| first.is_ascii_alphanumeric()) => format!("\"z{}", &value[1..]),
        b'0'..=b'9' => format!("9{value}"),
        b't' => value.replacen("true", "false", 1),
        b'f' => value.replacen("false", "true", 1),
        _ => return None,
    };
    Some(format!("{}{}{changed}{}", &text[..range.start], &old[..start], &text[range.end..]))
}

/// Names of columns, each with another name that means the same.
const SYNONYMS: &[(&str, &str)] = &[
    ("Parameter", "Name"),
    ("Mandatory", "Required"),
    ("Type", "Schema"),
    ("Parameter Type", "Type"),
    ("参数", "名称"),
    ("参数类型", "类型"),
    ("是否必选", "必选"),
    ("描述", "说明"),
    ("Item Name", "Item"),
    ("Overview", "Summary"),
];

/// Returns the heads of columns that have another name: each with its line and the other name.
pub fn synonyms(text: &str) -> Vec<(usize, &'static str, &'static str)> {
    let mut found = Vec::new();
    for (index, line) in text.lines().enumerate() {
        // The words of a caption come first in its line.
        let known = SYNONYMS.iter().filter(|(head, _)| is_in_cell(line, head) && !line.contains("<caption"));
        found.extend(known.map(|(head, other)| (index + 1, *head, *other)));
    }
    found
}

/// Returns whether a cell of a line has these words alone.
fn is_in_cell(line: &str, words: &str) -> bool {
    let line = line.trim();
    let is_grid = line.starts_with('|') && line.split('|').any(|cell| cell.trim() == words);
    is_grid || line.contains(&format!(">{words}<"))
}

/// Returns the page with the table around a line without rows, and the lines of the rows.
pub fn emptied(text: &str, format: Format, line: usize) -> Option<(String, Range<usize>)> {
    let at = line_range(text, line)?;
    let rows = match format {
        Format::Rst => {
            let head = text[..at.start].rfind("+=")?;
            let start = head + text[head..].find('\n')? + 1;
            let is_table = |line: &&str| line.trim_start().starts_with(['|', '+']);
            let length: usize = text[start..].split_inclusive('\n').take_while(is_table).map(str::len).sum();
            (at.start >= start && at.end <= start + length).then_some(start..start + length)?
        }
        Format::Html | Format::Markdown => {
            let table = text[..at.start].rfind("<table")?;
            let end = at.start + text[at.start..].find("</table>")?;
            let is_plain = !text[table + 6..end].contains("<table");
            let start = table + text[table..end].find("</tr>").filter(|_| is_plain)? + "</tr>".len();
            let start = start + text[start..end].find("<tr")?;
            let last = start + text[start..end].rfind("</tr>")? + "</tr>".len();
            (at.start >= start || at.end > start).then_some(start..last)?
        }
        Format::Text => return None,
    };
    let first = text[..rows.start].matches('\n').count() + 1;
    let removed = first..first + text[rows.clone()].matches('\n').count() + 1;
    Some((format!("{}{}", &text[..rows.start], &text[rows.end..]), removed))
}

/// Returns words with another last word.
pub fn other_word(words: &str) -> Option<String> {
    let is_value = |letter: char| letter.is_ascii_alphanumeric();
    let end = words.rfind(is_value)? + 1;
    let letter = &words[end - 1..end];
    let other = match letter.as_bytes().first()? {
        b'0'..=b'8' => ((letter.as_bytes()[0]) + 1) as char,
        b'9' => '8',
        b'q' => 'z',
        _ => 'q',
    };
    Some(format!("{}{other}{}", &words[..end - 1], &words[end..]))
}

/// Returns the heads of columns that state facts: each with its line.
pub fn heads(text: &str) -> Vec<(usize, &'static str)> {
    let known =
        ["Mandatory", "Type", "Parameter Type", "Data Type", "Required", "Effective Value", "是否必选", "参数类型"];
    let mut heads = Vec::new();
    for (index, line) in text.lines().enumerate() {
        heads.extend(known.iter().filter(|head| is_in_cell(line, head)).map(|head| (index + 1, *head)));
    }
    heads
}

/// Returns the edits of the row whose name is in a line.
pub fn row(text: &str, format: Format, line: usize, name: &str) -> Option<Edit> {
    let range = match format {
        Format::Rst => grid_row(text, line)?,
        Format::Html | Format::Markdown => html_row(text, line, name)?,
        Format::Text => return None,
    };
    let row = &text[range.clone()];
    let mut renamed = String::new();
    let mut is_renamed = false;
    for part in row.split_inclusive('\n') {
        match replaced(part, name, &other_name(name)?).filter(|_| !is_renamed) {
            Some(other) => {
                renamed.push_str(&other);
                is_renamed = true;
            }
            None => renamed.push_str(part),
        }
    }
    if !is_renamed {
        return None;
    }
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let first = text[..range.end].matches('\n').count() + 1;
    Some(Edit {
        removed: format!("{before}{after}"),
        doubled: format!("{before}{row}{renamed}{after}"),
        added: first..first + renamed.matches('\n').count() + 1,
    })
}

/// Returns the bytes of a row of a grid table, with the line below it.
fn grid_row(text: &str, line: usize) -> Option<Range<usize>> {
    let lines: Vec<&str> = text.lines().collect();
    let is_row = |number: usize| lines.get(number).is_some_and(|line| line.trim_start().starts_with('|'));
    let is_rule = |number: usize| lines.get(number).is_some_and(|line| line.trim_start().starts_with("+-"));
    let (mut first, mut last) = (line.checked_sub(1)?, line);
    if !is_row(first) {
        return None;
    }
    while first > 0 && is_row(first - 1) {
        first -= 1;
    }
    while is_row(last) {
        last += 1;
    }
    if !is_rule(last) {
        return None;
    }
    Some(line_range(text, first + 1)?.start..line_range(text, last + 1)?.end + 1)
}

/// Returns the bytes of a row of an HTML table, if no table is in it.
fn html_row(text: &str, line: usize, name: &str) -> Option<Range<usize>> {
    let line = line_range(text, line)?;
    let at = line.start + text[line].find(name)?;
    let start = text[..at].rfind("<tr")?;
    let end = at + text[at..].find("</tr>")? + "</tr>".len();
    let is_plain = !text[start..end].contains("<table") && !text[start + 3..end].contains("<tr");
    (is_plain && !text[start..end].contains("rowspan")).then_some(start..end)
}

/// Returns the page with the columns of each table in reverse order; `None` if no table could be changed.
pub fn columns_reversed(text: &str, format: Format) -> Option<String> {
    let changed = match format {
        Format::Rst => grid_columns(text),
        Format::Html | Format::Markdown => html_columns(text),
        Format::Text => return None,
    };
    (changed != text).then_some(changed)
}

fn grid_columns(text: &str) -> String {
    let mut out = String::new();
    let mut table: Vec<&str> = Vec::new();
    for line in text.split_inclusive('\n').chain([""]) {
        if line.trim_start().starts_with(['+', '|']) {
            table.push(line);
            continue;
        }
        out.push_str(&reversed_grid(&table).unwrap_or_else(|| table.concat()));
        table.clear();
        out.push_str(line);
    }
    out
}

/// Reverses the columns of a grid table in which no cell spans several columns.
fn reversed_grid(lines: &[&str]) -> Option<String> {
    let first: Vec<char> = lines.first()?.trim_end().chars().collect();
    let corners: Vec<usize> = (0..first.len()).filter(|at| first.get(*at) == Some(&'+')).collect();
    let mut out = String::new();
    for line in lines {
        let letters: Vec<char> = line.trim_end().chars().collect();
        let is_whole = letters.len() == first.len()
            && corners.iter().all(|at| letters.get(*at).is_some_and(|letter| ['+', '|'].contains(letter)));
        if !is_whole {
            return None;
        }
        let edge = *letters.get(*corners.first()?)?;
        let indent: String = letters.get(..*corners.first()?)?.iter().collect();
        out.push_str(&indent);
        for pair in corners.windows(2).rev() {
            let [start, end] = pair else { continue };
            out.push(edge);
            out.extend(letters.get(start + 1..*end)?);
        }
        out.push(edge);
        out.push('\n');
    }
    Some(out)
}

fn html_columns(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("<table") {
        let Some(length) = rest[start..].find("</table>") else { break };
        let table = &rest[start..start + length];
        let is_plain = !table[6..].contains("<table") && !table.contains("rowspan=") && !table.contains("colspan=");
        out.push_str(&rest[..start]);
        if is_plain {
            out.push_str(&reversed_rows(table))
        } else {
            out.push_str(table)
        }
        rest = &rest[start + length..];
    }
    out.push_str(rest);
    out
}

/// Reverses the cells of each row of an HTML table.
fn reversed_rows(table: &str) -> String {
    let mut out = String::new();
    let mut parts = table.split("<tr");
    out.push_str(parts.next().unwrap_or_default());
    for row in parts {
        out.push_str("<tr");
        let tag = if row.contains("<th ") || row.contains("<th>") { "th" } else { "td" };
        let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
        let first = row.find(&open).unwrap_or(row.len());
        let last = row.rfind(&close).map_or(row.len(), |at| at + close.len());
        let cells: Vec<&str> = row[first..last.max(first)].split_inclusive(close.as_str()).collect();
        out.push_str(&row[..first]);
        cells.iter().rev().for_each(|cell| out.push_str(cell));
        out.push_str(&row[last.max(first)..]);
    }
    out
}
