//! Changes the bytes of documents.

use crate::input::Input;
use crate::pipeline::Commands;
use crate::random::Seeded;
use crate::seeds::Seeds;
use crate::{Target, hostile};

/// The length of a text, in bytes. Longer texts are cut.
const LENGTH: usize = 12_000;

/// Pieces of YAML and JSON.
const PIECES: &[&[u8]] = &[
    b"&a ",
    b"*a",
    b"*a\n",
    b"&a [*a, *a]",
    b"<<: *a",
    b"<<: [*a, {b: 1}]",
    b"!!str ",
    b"!!binary ",
    b"!!set ",
    b"!a!b ",
    b"!<a>",
    b"%YAML 1.2\n---\n",
    b"%TAG ! a:\n",
    b"---\n",
    b"...\n",
    b"\t",
    b"\r",
    b"\r\n",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\xE2\x80\xA8",
    b"\xC2\x85",
    b"\0",
    b"\xC0\x80",
    b"\xED\xA0\x80",
    b"\xF4\x90\x80\x80",
    b"? ",
    b"? a\n: b\n",
    b"- ",
    b"-\n",
    b": ",
    b":",
    b"#",
    b" # a",
    b"|\n  a\n",
    b"|+9\n",
    b">-\n",
    b">1-\n   a\n",
    b"|2\n",
    b"'",
    b"\"",
    b"''",
    b"\\",
    b"\\x4",
    b"\\u12",
    b"\\ud800",
    b"\\ud83e\\udd80",
    b"\\U00110000",
    b"\\\n",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"{a: b}",
    b"[a, b]",
    b"{{",
    b"[[[[[[[[",
    b"{\"a\":",
    b"{a: {a: {a: {a: ",
    b"~",
    b"null",
    b".inf",
    b"-.INF",
    b".nan",
    b"0x1F",
    b"0o17",
    b"1_000",
    b"0b1",
    b"1e400",
    b"+1",
    b"2024-01-01",
    b"12:30:45",
    b"yes",
    b"\"a\": 1, \"a\": 2",
    b"@",
    b"`",
    b"=",
    b"\n",
    b"\n\n",
    b" ",
    b"  ",
    b"        ",
    b"//",
    b"/*",
];

/// Creates a text with changed bytes.
pub fn input(seeds: &Seeds, random: &mut Seeded) -> Input {
    let text = &seeds.texts[random.below(seeds.texts.len())];
    let mut content = text.as_bytes()[..text.len().min(LENGTH)].to_vec();
    let most = random.of(&[1, 2, 4, 16]);
    let changes = 1 + random.below(most);
    for _ in 0..changes {
        change(&mut content, seeds, random);
    }
    let name = if text.starts_with('{') && random.one_in(2) { "fuzz.json" } else { "fuzz.yaml" };
    Input { target: Target::Bytes, name: name.to_owned(), content, old: None, commands: Commands::random(random) }
}

/// Returns a short range of bytes.
fn range(content: &[u8], random: &mut Seeded) -> std::ops::Range<usize> {
    let start = random.below(content.len() + 1);
    let length = if random.one_in(4) { random.below(200) } else { random.below(12) };
    start..(start + length).min(content.len())
}

fn change(content: &mut Vec<u8>, seeds: &Seeds, random: &mut Seeded) {
    let range = range(content, random);
    let start = range.start;
    match random.below(9) {
        0 => _ = content.drain(range),
        1 => {
            let copy = content[range].to_vec();
            let place = random.below(content.len() + 1);
            content.splice(place..place, copy);
        }
        2 if start < content.len() => content[start] ^= 1 << random.below(8),
        3 if start < content.len() => content[start] = random.below(256) as u8,
        4 => {
            let other = seeds.texts[random.below(seeds.texts.len())].as_bytes();
            let from = self::range(other, random);
            content.splice(range, other[from].to_vec());
        }
        5 => _ = content.splice(start..start, hostile::text(random).into_bytes()),
        6 => {
            let times = random.below(300);
            let piece = random.of(PIECES).repeat(times);
            content.splice(start..start, piece);
        }
        7 if random.one_in(4) => content.truncate(start),
        _ => _ = content.splice(start..start, random.of(PIECES).iter().copied()),
    }
}
