//! Prints plain-text tables. The first and the last column are aligned left, all others right.

/// Prints `rows` below the column titles `head`.
pub fn print(head: &[&str], rows: &[Vec<String>]) {
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    let all = || std::iter::once(&head).chain(rows);
    let width =
        |column: usize| all().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    for row in all() {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ if column + 1 == head.len() => cell.clone(),
            _ => format!("{cell:>width$}"),
        });
        println!("{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}

/// Formats the number of findings for each code, for example `0304×2 0401×14`.
pub fn counts<'c>(counts: impl IntoIterator<Item = (&'c String, &'c usize)>) -> String {
    let format_count = |(code, count): (&String, &usize)| format!("{}×{count}", code.trim_start_matches("CP"));
    counts.into_iter().map(format_count).collect::<Vec<_>>().join(" ")
}

/// Formats `part / whole` as a percentage, or as `-` if `whole` is zero.
pub fn percent(part: usize, whole: usize) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{:.2} %", 100.0 * part as f64 / whole as f64) }
}
